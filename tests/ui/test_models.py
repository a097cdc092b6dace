"""Every model that a view shows keeps Qt's rules, and every row of it is told in words."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QPushButton

from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.services.studio import open_studio
from tests import legacy_files
from tests.ui import screens
from tests.ui.desk import Desk, close_dialog, dialog, record_runs, wait_until

UI = Path(__file__).parents[2] / "luthier_desktop" / "ui"
TESTS = Path(__file__).parent
TESTERS = ("QAbstractItemModelTester", "qtmodeltester")
FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
SPOKEN = Qt.ItemDataRole.AccessibleTextRole
SHOWN_BY = ("history", "gallery", "compare", "compare_table", "key_sheet", "findings")
"""States of the window that show models, apart from those of `pages`."""


@cache
def declared() -> frozenset[str]:
    """Name every class of the window whose base is a model of Qt's, or of ours."""
    bases = {
        node.name: [ast.unparse(base) for base in node.bases]
        for path in UI.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    found: set[str] = set()
    while more := {name for name, of in bases.items() if any(map(_is_model(found), of))} - found:
        found |= more
    return frozenset(found)


def _is_model(ours: set[str]) -> Callable[[str], bool]:
    return lambda base: (base.startswith("Q") and base.endswith("Model")) or base in ours


def with_a_test_of_their_own() -> set[str]:
    """Name the models that a test file of their own hands to Qt's tester."""
    others = [path for path in TESTS.rglob("test_*.py") if path != Path(__file__)]
    told = [path.read_text("utf-8") for path in others]
    handed = [text for text in told if any(tester in text for tester in TESTERS)]
    return {name for name in declared() for text in handed if name in text}


def rows_of(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[list[QModelIndex]]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for row in range(model.rowCount(parent)):
        cells = [model.index(row, column, parent) for column in range(columns)]
        yield cells
        yield from rows_of(model, cells[0])


def silent(model: QAbstractItemModel) -> list[str]:
    """Tell of the rows that a screen reader is told nothing of."""
    return [
        f"{type(model).__name__} row {cells[0].row()}: {cells[0].data()!r}"
        for cells in rows_of(model, QModelIndex())
        if not any(str(cell.data(SPOKEN) or "").strip() for cell in cells)
    ]


class Look:
    """Hands each model of ours that is shown to Qt's tester, and listens to its rows."""

    def __init__(self) -> None:
        self.seen: dict[str, int] = {}
        self.silent: list[str] = []

    def look(self) -> None:
        for view in QApplication.allWidgets():
            model = view.model() if isinstance(view, QAbstractItemView) else None
            if model is None or isinstance(view, QHeaderView):
                continue
            if type(model).__name__ not in declared():
                continue
            name, rows = type(model).__name__, model.rowCount()
            if rows > self.seen.get(name, 0):
                QAbstractItemModelTester(model, FATAL)
                self.seen[name] = rows
                self.silent += silent(model)


def pages(desk: Desk, folder: Path) -> Iterator[None]:
    """Show what no state of the screens shows: pages of the details, library and legacy."""
    desk.window.dock("log").raise_()
    desk.log.table.go_to(1)
    for command in ("show_details", "verify_run", "reproduce_run"):
        desk.press(command)
        yield
    for _ in range(desk.log.details.tabs.count()):
        desk.press("next_details_page")
        yield
    desk.log.details.hide()
    desk.press("sweep_field")
    asked = dialog("sweepDialog")
    asked.findChild(QPushButton, "sweepTry").click()  # type: ignore[union-attr]
    desk.settle()
    yield
    asked.close()
    desk.press("focus_snapshots")
    yield
    desk.workbench.legacy.bring_in(str(folder))
    desk.settle()
    wait_until(lambda: any(w.objectName() == "legacyReport" for w in QApplication.allWidgets()))
    yield
    close_dialog("legacyReport")


def show_all(desk: Desk, folder: Path, look: Look) -> None:
    screens.begin(desk)
    for name in SHOWN_BY:
        for _ in screens.STATES[name](desk):
            desk.settle()
            look.look()
    for _ in pages(desk, folder):
        look.look()


@pytest.fixture(scope="module")
def looked(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Look]:
    folder = tmp_path_factory.mktemp("models")
    with open_studio(folder / "data") as studio:
        for name in ("Rose", "Rose"):
            studio.snapshots.save(studio.presets.first(), SnapshotDetails(name=name))
    record_runs(folder / "data")
    legacy_files.write_sound(folder / "web")
    desk, look = Desk(folder), Look()
    try:
        show_all(desk, folder / "web", look)
        yield look
    finally:
        desk.close()


def test_every_model_is_handed_to_the_tester_with_rows_in_it(looked: Look) -> None:
    """A fault here: show the new model in `pages`, or test it in a file of its own."""
    seen = {name for name, rows in looked.seen.items() if rows}
    assert declared() - seen - with_a_test_of_their_own() == set()
    assert len(seen) > 10


def test_every_row_is_told_to_a_screen_reader(looked: Look) -> None:
    assert looked.silent == []


def test_a_row_without_words_is_found(qapp: object) -> None:
    model = QStandardItemModel()
    root = QStandardItem("shown, not spoken")
    model.appendRow(root)
    assert len(silent(model)) == 1
    root.setData("spoken", SPOKEN)
    assert silent(model) == []
    root.appendRow(QStandardItem("inside"))
    assert len(silent(model)) == 1
