"""Verifying from the window: it shows how far it is, can be ended, and never blocks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget

from tests.ui.desk import Desk


@contextmanager
def long_lane_held(desk: Desk) -> Iterator[None]:
    """Let the long lane wait, so that what is put on it does not begin yet."""
    gate = threading.Event()
    desk.program.background.run_long(gate.wait, lambda _: None, lambda _: None)
    try:
        yield
    finally:
        gate.set()
        desk.settle()


def start(desk: Desk) -> None:
    desk.window.commands["verify_log"].trigger()


def status(desk: Desk) -> str:
    return desk.window.statusBar().currentMessage()


def test_progress_is_shown_up_to_its_end_and_then_the_result(desk_with_runs: Desk) -> None:
    desk = desk_with_runs
    with long_lane_held(desk):
        start(desk)
        bar = desk.find("progressBar")
        assert isinstance(bar, QProgressBar)
        assert bar.isVisible()
        shown: list[int] = []
        bar.valueChanged.connect(shown.append)
        desk.log.table.go_to(3)
        assert desk.log.table.currentIndex().row() == 3
    assert shown == sorted(shown)
    assert shown[-1] == 100
    assert status(desk) == "Verified: 7 events, 6 runs, 0 problems"
    assert not any(each.isVisible() for each in desk.window.findChildren(QWidget, "progress"))
    assert desk.window.state_label.text() == "Recording"


def test_cancel_ends_it_and_the_command_again_does_too(desk_with_runs: Desk) -> None:
    desk = desk_with_runs
    for by_button in (True, False):
        with long_lane_held(desk):
            start(desk)
            if by_button:
                cancel = desk.find("cancelProgress")
                assert isinstance(cancel, QPushButton)
                QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
            else:
                start(desk)
        assert status(desk).startswith("The verification was cancelled")
    start(desk)
    desk.settle()
    assert status(desk).endswith("0 problems")


def test_the_window_closes_while_the_log_is_being_verified(desk_with_runs: Desk) -> None:
    desk = desk_with_runs
    start(desk)
    desk.window.close()
    assert not desk.window.isVisible()
    assert not [each for each in threading.enumerate() if each.name.startswith("luthier-")]
