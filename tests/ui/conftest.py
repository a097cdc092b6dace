"""A real window over a real store, and a look for what a test left behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from luthier_desktop import paths
from luthier_desktop.domain.lengths import Unit
from luthier_desktop.ui import style, units
from luthier_desktop.ui.application import Application
from tests.ui.desk import SIMPLE_DESIGN, Desk, OpenDesk, record_runs


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """Let the tests run in the application that the program runs in."""
    return Application


@pytest.fixture(scope="session", autouse=True)
def _our_looks(qapp: QApplication) -> None:
    style.apply(qapp, style.LIGHT)
    fonts = paths.resource("fonts")
    style.load_fonts(qapp, [str(fonts / name) for name in style.FONT_FILES])


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> Iterator[None]:
    yield
    if style.theme() != style.LIGHT:
        style.apply(qapp, style.LIGHT)


@pytest.fixture(autouse=True)
def _millimetres() -> Iterator[None]:
    yield
    units.use(Unit.MM)


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[OpenDesk]:
    """Opens windows over one store, one after the other; every window is closed at the end."""
    opened: list[Desk] = []

    def open_one(file: str = SIMPLE_DESIGN) -> Desk:
        for earlier in opened:
            earlier.close()
        opened[:] = [Desk(tmp_path, file)]
        return opened[0]

    yield open_one
    for last in opened:
        last.close()


@pytest.fixture
def desk(open_desk: OpenDesk) -> Desk:
    """A window over an empty store."""
    return open_desk()


@pytest.fixture
def desk_with_runs(tmp_path: Path, open_desk: OpenDesk) -> Desk:
    """A window over a store of six runs; from the newest: green, red, green, green, red, green."""
    record_runs(tmp_path / "data")
    return open_desk()


@pytest.fixture(scope="module")
def keyboard(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One window over six runs for a whole file of key presses, set back by ``begin_anew``."""
    folder = tmp_path_factory.mktemp("keyboard")
    record_runs(folder / "data")
    desk = Desk(folder)
    desk.program.background.run_long(int, bool, bool)  # this lane lives as long as the window
    yield desk
    desk.close()


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
