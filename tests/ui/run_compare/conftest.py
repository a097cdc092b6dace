"""Runs of one design as it changes, and the windows that compare them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from luthier_desktop.services.studio import open_studio
from luthier_desktop.ui.design_editor.still import Still
from luthier_desktop.ui.messages import Messages
from luthier_desktop.ui.run_compare.compare_window import CompareWindow
from luthier_desktop.ui.run_compare.table_model import table_lines
from luthier_desktop.ui.run_compare.table_window import TableWindow
from luthier_desktop.ui.workbench.comparing import _drawn
from tests.services.builders import design
from tests.ui.desk import make_active
from tests.ui.run_compare.compare_steps import HOSTILE, Open, Runs, at_once, window_lives


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runs]:
    folder = tmp_path_factory.mktemp("compare")
    with open_studio(folder) as studio:
        plain = studio.designs.identified(design())
        inner, middle, outer = plain.ring_params
        wider = middle.model_copy(update={"width_mm": 7.0})
        changed = plain.with_rings((inner, wider, outer)).model_copy(update={"name": HOSTILE})
        moved = plain.with_rings((middle, inner, outer))
        ids = [studio.feasibility.check(each).run_id for each in (plain, changed, moved, plain)]
        yield Runs(studio, tuple(filter(None, ids)), folder)


@pytest.fixture
def compare(runs: Runs, qapp: QApplication) -> Iterator[Open]:
    parent = QWidget()
    opened: list[CompareWindow] = []

    def open_one(a: int, b: int, run: Any = at_once) -> CompareWindow:
        stills = (Still(runs.studio.materials), Still(runs.studio.materials))
        found = runs.studio.comparing.runs(runs.ids[a], runs.ids[b])
        window = CompareWindow(found, partial(_drawn, stills), run, Messages(parent), parent)
        window.show()
        make_active(window)
        opened.append(window)
        return window

    yield open_one
    for window in filter(window_lives, opened):
        window.close()
    parent.deleteLater()


@pytest.fixture
def table(runs: Runs, qapp: QApplication) -> Iterator[TableWindow]:
    parent = QWidget()
    found = runs.studio.comparing.table(runs.ids[:3])
    window = TableWindow(found, table_lines(found), parent)
    window.show()
    make_active(window)
    yield window
    window.close()
    parent.deleteLater()
