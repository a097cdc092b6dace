"""One window over one data directory: a second start hands over its file and ends."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QMessageBox

from luthier_desktop.services.one_window import guard_of
from luthier_desktop.ui.application import application
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.main_window import PROGRAM, MainWindow
from luthier_desktop.ui.widgets.pauses import pause

if TYPE_CHECKING:
    from luthier_desktop.ui.workbench.handing_over import Ears

Outcome = Literal["first", "handed over", "no answer"]
NO_ANSWER = (
    "This log is open in another window, and that window does not answer. Wait until it has "
    "finished, or close it, and start again. Nothing was changed."
)
STORAGE_FAILED = 7
_PATIENCE_S = 10.0
_PAUSE_S = 0.05
_ASK_AGAIN_MS = 250


class OneWindow(QObject):
    """Keeps this window the only one over its data directory, and hears of later starts."""

    def __init__(self, window: MainWindow, data_dir: str = "") -> None:
        super().__init__(window)
        self._window = window
        self._guard = guard_of(Path(data_dir) if data_dir else None)
        self._ears: Ears | None = None
        self._open: Callable[[str], object] | None = None
        self._files: list[str] = []
        self._later = pause(self, _ASK_AGAIN_MS)
        self._later.timeout.connect(self._open_files)

    def enter(self, file: str = "", patience_s: float = _PATIENCE_S) -> Outcome:
        """Become the window of the data directory, or hand *file* over to the one there is.

        The window there is may be about to end, or may not listen yet: both are tried in turn.
        """
        if self._is_first():
            return "first"
        from luthier_desktop.ui.workbench.handing_over import hand_over, message_of

        until, message = time.monotonic() + patience_s, message_of(file)
        while True:
            if hand_over(self._guard.address(), message):
                return "handed over"
            if self._is_first():
                return "first"
            if time.monotonic() >= until:
                return "no answer"
            time.sleep(_PAUSE_S)

    def _is_first(self) -> bool:
        try:
            return self._guard.is_held() or self._guard.take()
        except OSError:  # without a place for the guard, better two windows than none
            return True

    def listen(self, open_file: Callable[[str], object]) -> None:
        """Hear of later starts from now on; *open_file* is called with what they were given.

        Without ears they can only say that this window is here. Files that the system asks for
        come the same way.
        """
        self._open = open_file
        ours = application()
        if ours is not None:
            ours.listen(self._come_forward)
        if not self._guard.is_held() or self._ears is not None:
            return
        from luthier_desktop.ui.workbench.handing_over import Ears, clear_away

        clear_away(self._guard.address())
        self._ears = Ears(self)
        self._ears.asked.connect(self._come_forward)
        with contextlib.suppress(OSError):
            self._guard.tell_address(self._ears.listen())

    def leave(self) -> None:
        """Hear no more, and let another window come."""
        if self._ears is not None:
            self._ears.close()
            self._ears.deleteLater()
            self._ears = None
        self._later.stop()
        self._open = None
        ours = application()
        if ours is not None:
            ours.listen(None)
        self._guard.release()

    @Slot(str)
    def _come_forward(self, file: str) -> None:
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()
        QApplication.alert(window)
        if file:
            self._files.append(file)
            self._open_files()

    @Slot()
    def _open_files(self) -> None:
        """Open what later starts were given, once no dialog stands over the design."""
        while self._files and self._open is not None:
            if QApplication.activeModalWidget() is not None:
                self._later.start()
                return
            self._open(self._files.pop(0))


def tell_no_answer(window: MainWindow | None = None) -> QMessageBox:
    """Say that the window there is does not answer, and end the program when that was read."""
    print(NO_ANSWER, file=sys.stderr, flush=True)
    box = QMessageBox(QMessageBox.Icon.Warning, PROGRAM, tr(NO_ANSWER), parent=window)
    box.setObjectName("noAnswer")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.finished.connect(_end)
    box.open()
    return box


def _end() -> None:
    QApplication.exit(STORAGE_FAILED)
