"""A window in which somebody edits: ``python -m tests.campaigns.edit_session FOLDER SEED HOW``.

It restores what a dead window left, as its user would, then presses keys for ever. It tells on
its standard output, a line each: "restored SHA" or "begun SHA" for the design that it begins
with, then "done SHA" for each committed step, before anything is written down.
HOW is "real", or "unflushed": the journal keeps its lines in memory until they are many.
"""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from luthier_desktop import paths
from luthier_desktop.app import Options, Program, make_application
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.storage import journal
from luthier_desktop.storage.canonical import canonical_bytes, sha256_hex
from luthier_desktop.ui.window_state import WindowState

_KEY, _HELD = Qt.Key, Qt.KeyboardModifier
KEYS = (
    *((_KEY.Key_Right, _HELD.NoModifier), (_KEY.Key_Left, _HELD.NoModifier)) * 3,
    (_KEY.Key_Right, _HELD.ShiftModifier),
    (_KEY.Key_Left, _HELD.AltModifier),
    (_KEY.Key_Right, _HELD.ControlModifier),
    (_KEY.Key_PageUp, _HELD.NoModifier),
    (_KEY.Key_PageDown, _HELD.NoModifier),
    (_KEY.Key_Insert, _HELD.NoModifier),
    (_KEY.Key_Delete, _HELD.NoModifier),
    (_KEY.Key_D, _HELD.ControlModifier),
    (_KEY.Key_Up, _HELD.ControlModifier),
    (_KEY.Key_Z, _HELD.ControlModifier),
    (_KEY.Key_Z, _HELD.ControlModifier),
    (_KEY.Key_Y, _HELD.ControlModifier),
)
SIMPLE = "presets/minimal_ring.json"
UNFLUSHED_BYTES = 2**16
PATIENCE_S = 60.0


def sha_of(design: RosetteParamSpec) -> str:
    """Hash a design as it is, to its last digit and ring id."""
    return sha256_hex(canonical_bytes(design.model_dump(mode="json", by_alias=True)))


class Session:
    """The window and its user."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.application = make_application(WindowState())
        options = Options(str(folder / "data"), str(paths.resource(SIMPLE)))
        self.program = Program(options, WindowState())
        self.program.start()
        self._wait()
        assert self.program.workbench is not None
        self.designs = self.program.workbench.designs
        self.chance = random.Random(seed)

    def begin(self) -> None:
        """Restore what there is."""
        button = self._dialog_button()
        if button is not None:
            QTest.keyClick(button, Qt.Key.Key_Return)
            self._wait()
        word = "begun" if button is None else "restored"
        _tell(f"{word} {sha_of(self.designs.current.committed)}")
        self.designs.current.moved.connect(self._done)

    def edit(self) -> None:
        """Press one key after the other, for ever."""
        self.program.window.activateWindow()
        canvas = self.program.window.findChild(QWidget, "designCanvas")
        assert canvas is not None
        canvas.setFocus()
        while True:
            key, held = self.chance.choice(KEYS)
            QTest.keyClick(canvas, key, held)
            QCoreApplication.processEvents()

    def _done(self, _: bool) -> None:
        _tell(f"done {sha_of(self.designs.current.committed)}")

    def _dialog_button(self) -> QPushButton | None:
        for widget in QApplication.topLevelWidgets():
            if widget.objectName() == "recoveryDialog" and widget.isVisible():
                return widget.findChild(QPushButton, "restoreDrafts")
        return None

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE_S
        while self.program.workbench is None or self.program.background.is_busy():
            if time.monotonic() > until:
                raise TimeoutError("the window does not come to rest")
            QTest.qWait(1)
        QCoreApplication.processEvents()


def _tell(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def keep_in_memory() -> None:
    """Let the journal forget its flush: the system gets its lines when they are many."""
    held: dict[int, bytes] = {}
    write = journal._write

    def later(descriptor: int, data: bytes, calls: journal.OsCalls) -> None:
        held[descriptor] = held.get(descriptor, b"") + data
        if len(held[descriptor]) > UNFLUSHED_BYTES:
            write(descriptor, held.pop(descriptor), calls)

    journal._write = later


if __name__ == "__main__":
    if sys.argv[3] == "unflushed":
        keep_in_memory()
    session = Session(Path(sys.argv[1]), int(sys.argv[2]))
    session.begin()
    session.edit()
