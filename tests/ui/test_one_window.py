"""One window over one data directory: a later start hands over its file, and ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtTest import QTest

from luthier_desktop import app, paths
from luthier_desktop.app import Options, Program
from luthier_desktop.services.one_window import guard_of
from luthier_desktop.ui.window_state import WindowState
from luthier_desktop.ui.workbench import handing_over
from luthier_desktop.ui.workbench.handing_over import ANSWER, message_of, read_message
from luthier_desktop.ui.workbench.one_window import OneWindow, tell_no_answer
from tests.ui.desk import Desk, OpenDesk, close_dialog, dialog, type_width, wait_until

OTHER = paths.resource("presets/minimal_ring.json")
START_PATIENCE_MS = 60_000
"""A whole program starts, maybe on a busy machine."""
LIVES = """
import sys
from luthier_desktop import app
from luthier_desktop.ui.workbench.one_window import OneWindow
listen = OneWindow.listen
def told(self, open_file):
    listen(self, open_file)
    print("open", flush=True)
OneWindow.listen = told
sys.exit(app.main(["--data-dir", sys.argv[1]]))
"""


def start(data_dir: Path, *file: str, cwd: Path | None = None) -> subprocess.Popen[str]:
    program = [sys.executable, "-m", "luthier_desktop.app", "--data-dir", str(data_dir), *file]
    environment = {**os.environ, "PYTHONPATH": str(Path(app.__file__).parents[1])}
    return subprocess.Popen(
        program, env=environment, cwd=cwd, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Wait for a later start while the window goes on; return how it ended and what it said."""
    waiting = QElapsedTimer()
    waiting.start()
    while process.poll() is None:
        assert waiting.elapsed() < START_PATIENCE_MS, "the later start did not end"
        QTest.qWait(5)
    out, err = process.communicate()
    return process.returncode, out + err


def test_a_second_start_hands_its_file_over_beside_the_design_on_the_bench(
    tmp_path: Path, desk: Desk
) -> None:
    type_width(desk, 1, "3.75")
    edited = desk.workbench.editor.design()
    (tmp_path / "file.json").write_bytes(OTHER.read_bytes())
    desk.window.showMinimized()
    assert ended(start(desk.data_dir, "file.json", cwd=tmp_path)) == (0, "")
    desk.settle()
    assert desk.workbench.editor.design().name != edited.name
    assert not desk.window.isMinimized()
    desk.press("previous_design")
    assert desk.workbench.editor.design() == edited


def test_a_second_start_without_a_file_brings_the_window_forward(desk: Desk) -> None:
    before = desk.workbench.editor.design()
    desk.window.setWindowState(Qt.WindowState.WindowMinimized)
    assert ended(start(desk.data_dir)) == (0, "")
    assert not desk.window.isMinimized()
    assert desk.workbench.editor.design() == before


def test_a_file_waits_while_a_dialog_stands_over_the_design(desk: Desk) -> None:
    before = desk.workbench.editor.design()
    desk.press("save_snapshot")
    said = say(desk, message_of(str(OTHER)))
    assert said == ANSWER
    desk.settle()
    assert desk.workbench.editor.design() == before
    close_dialog("saveSnapshotDialog")
    wait_until(lambda: desk.workbench.editor.design().name != before.name)
    desk.settle()


def say(desk: Desk, message: bytes) -> bytes:
    """Say *message* to the window and return the answer, with the window's loop running."""
    socket = QLocalSocket()
    socket.connectToServer(guard_of(desk.data_dir).address())
    socket.write(message)
    wait_until(lambda: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState)
    return bytes(socket.readAll().data())


def test_who_asks_twice_because_of_a_late_answer_is_served_once(desk: Desk) -> None:
    message = message_of(str(OTHER))
    assert say(desk, message) == ANSWER
    desk.settle()
    assert say(desk, message) == ANSWER
    desk.settle()
    assert len(desk.workbench.designs.all()) == 2


@pytest.mark.parametrize(
    "message",
    [
        b"hello\0",
        b"luthier-open 0123456789abcdef relative.json\0",
        b"luthier-open 0123456789abcdef /a\0/b\0",
        b"luthier-open 0123456789abcdef /" + b"a" * handing_over.LONGEST_MESSAGE,
        b"luthier-open /a\0",
    ],
    ids=["greeting", "relative", "two", "endless", "no number"],
)
def test_what_is_no_message_of_ours_is_not_answered(desk: Desk, message: bytes) -> None:
    before = desk.workbench.editor.design()
    assert say(desk, message) == b""
    assert desk.workbench.editor.design() == before
    assert say(desk, message_of("")) == ANSWER  # and the window hears on


def test_a_message_says_the_absolute_path_whatever_its_letters_are(tmp_path: Path) -> None:
    for name in ("Größe ⟨1⟩.json", "a\nb.json", os.fsdecode(b"\xff.json")):
        request = read_message(message_of(str(tmp_path / name)))
        assert request is not None
        assert request.file == str(tmp_path / name)
    request = read_message(message_of(""))
    assert request is not None
    assert request.file == ""


def test_a_window_that_does_not_answer_is_told(
    held_elsewhere: OneWindow, capsys: pytest.CaptureFixture[str]
) -> None:
    assert held_elsewhere.enter("", 0.0) == "no answer"
    box = tell_no_answer()
    assert dialog("noAnswer") is box
    assert "does not answer" in box.text()
    assert "does not answer" in capsys.readouterr().err
    close_dialog("noAnswer")


@pytest.fixture
def held_elsewhere(tmp_path: Path, desk: Desk) -> Iterator[OneWindow]:
    """A start beside a window that holds its guard and has no ears."""
    guard = guard_of(tmp_path / "silent")
    assert guard.take()
    yield OneWindow(desk.window, str(tmp_path / "silent"))
    guard.release()


def test_headless_takes_no_guard_and_asks_nobody(tmp_path: Path, desk: Desk) -> None:
    program = Program(Options(data_dir=str(desk.data_dir), headless=True), WindowState())
    assert program.find_outcome() == app.FIRST
    assert not guard_of(desk.data_dir).take()
    program.end()
    program.window.deleteLater()


def test_the_end_of_a_window_leaves_nothing_behind(desk: Desk) -> None:
    guard = guard_of(desk.data_dir)
    socket = Path(guard.address())
    assert socket.exists()
    desk.program.end()
    assert not socket.exists()
    assert guard.take()
    assert list((paths.state_dir() / "windows").glob("*.open")) == []
    guard.release()


def test_after_a_window_was_killed_the_next_one_clears_its_socket_away(
    tmp_path: Path, open_desk: OpenDesk
) -> None:
    program = [sys.executable, "-c", LIVES, str(tmp_path / "data")]
    environment = {**os.environ, "PYTHONPATH": str(Path(app.__file__).parents[1])}
    process = subprocess.Popen(
        program, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    socket = Path(guard_of(tmp_path / "data").address())
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert socket.exists()
    desk = open_desk()
    assert not socket.exists()
    assert say(desk, message_of("")) == ANSWER
