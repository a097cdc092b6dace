"""A real window over a real store, and a look for what a test left behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from luthier_desktop import paths
from luthier_desktop.ui import style
from tests.ui.desk import Desk, record_runs


@pytest.fixture(scope="session", autouse=True)
def _our_looks(qapp: QApplication) -> None:
    style.apply(qapp, style.LIGHT)
    fonts = paths.resource("fonts")
    style.load_fonts(qapp, [str(fonts / name) for name in style.FONT_FILES])


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A window over an empty store."""
    opened = Desk(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def desk_with_runs(tmp_path: Path) -> Iterator[Desk]:
    """A window over a store of six runs; from the newest: green, red, green, green, red, green."""
    record_runs(tmp_path / "data")
    opened = Desk(tmp_path)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    """Fail a test that leaves a thread, a running timer or a visible window behind."""
    threads = set(threading.enumerate())
    windows = set(QApplication.topLevelWidgets())
    yield
    assert set(threading.enumerate()) <= threads
    left = set(QApplication.topLevelWidgets()) - windows
    assert [widget for widget in left if widget.isVisible()] == []
    timers = [timer for widget in left for timer in widget.findChildren(QTimer)]
    assert [timer for timer in timers if timer.isActive()] == []
