"""Full backups in a process of its own: made, verified, restored into an empty place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.backups.backups_window import BackupsWindow
from luthier_desktop.ui.backups.full_page import CANCEL_TIP
from luthier_desktop.ui.backups.places_dialog import PlacesDialog
from luthier_desktop.ui.backups.words import created_lines, restored_lines, verified_lines
from luthier_desktop.ui.job_runner import JobCall, RunningJob
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.messages import sentence, title_text
from luthier_desktop.ui.widgets.progress import Progress

_MAKE, _VERIFY, _RESTORE = "Full backup", "Verifying the full backup", "Restoring the full backup"
_PATIENCE_MS = 120_000
"""A slow stick takes its time until what was begun is cleared away again."""
Lines = Callable[[Mapping[str, Any]], list[str]]


class FullBackingUp(QObject):
    """Does one such work at a time, and shows on its page how far it is and what came of it.

    It goes on when the window of backups is closed; the status bar shows it too. ``recorded()``
    comes with a new run.
    """

    recorded = Signal()

    def __init__(self, window: MainWindow, background: Background, data_dir: str) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._data_dir = data_dir
        self._backups: BackupsWindow | None = None
        self._job: RunningJob | None = None
        self._bar: Progress | None = None

    def show_in(self, backups: BackupsWindow) -> None:
        """Show in this window what comes of it."""
        self._backups = backups

    def ask_where_to(self) -> None:
        """Ask for the folder or stick that a new full backup goes to."""
        self._ask_for_folder("fullBackupDialog", "Make a full backup in", self.make)

    def ask_what_to_verify(self) -> None:
        """Ask for a full backup."""
        self._ask_for_folder("verifyFullDialog", "Verify a full backup", self.verify)

    def ask_for_places(self) -> None:
        """Ask from which full backup a new data folder is made, and where."""
        if self._is_free():
            dialog = PlacesDialog(self._backups or self._window)
            dialog.given.connect(self.restore)
            dialog.open()

    def make(self, folder: str) -> None:
        """Make a full backup in a folder."""
        self._start(self._call("full_backup", _MAKE, {"to": folder}), created_lines)

    def verify(self, folder: str) -> None:
        """Verify a full backup."""
        self._start(self._call("full_verify", _VERIFY, {"from": folder}), verified_lines)

    def restore(self, folder: str, into: str) -> None:
        """Make a new data folder of a full backup."""
        asked = {"from": folder, "into": into}
        self._start(self._call("full_restore", _RESTORE, asked), restored_lines)

    def cancel(self) -> None:
        """End what is under way."""
        if self._job is not None:
            self._job.cancel()

    def _call(self, name: str, what: str, asked: Mapping[str, Any]) -> JobCall:
        return JobCall(name, what, self._data_dir, asked, patience_ms=_PATIENCE_MS)

    def _is_free(self) -> bool:
        if self._job is not None:
            self._window.messages.say("A full backup is under way; wait for it, or cancel it.")
        return self._job is None

    def _ask_for_folder(self, name: str, title: str, then: Callable[[str], object]) -> None:
        if not self._is_free():
            return
        dialog = QFileDialog(self._backups or self._window, title_text(tr(title)))
        dialog.setObjectName(name)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(then)
        dialog.open()

    def _start(self, call: JobCall, lines: Lines) -> None:
        backups = self._backups
        if backups is None or not self._is_free():
            return
        bar = self._window.statusBar()
        self._bar = Progress(call.what, CANCEL_TIP, bar)
        self._job = self._background.start(call, partial(self._done, call, lines), self._fail)
        for progress in (self._bar, backups.full.begin(call.what)):
            self._job.progressed.connect(progress.show_steps)
            progress.cancelled.connect(self.cancel)
        bar.clearMessage()
        bar.insertPermanentWidget(0, self._bar)
        backups.error.clear()
        backups.work(True)

    def _done(self, call: JobCall, lines: Lines, told: Mapping[str, Any]) -> None:
        self._end()
        self._show(lines(told))
        if call.name == "full_backup":
            self.recorded.emit()

    def _show(self, lines: Sequence[str]) -> None:
        if self._backups is not None:
            self._backups.full.show_result(lines)
        self._window.statusBar().showMessage(tr(lines[0]))
        self._window.messages.say(lines[0])

    def _fail(self, error: Exception) -> None:
        was_cancelled = self._job is not None and self._job.is_cancelled()
        self._end()
        if was_cancelled and isinstance(error, LuthierError):
            self._show([sentence(error.sentence)])
        elif self._backups is None or not self._backups.isVisible():
            self._window.messages.fail(error)
        else:
            self._window.messages.fail(error, self._backups.error.show_sentence)

    def _end(self) -> None:
        self._job = None
        if self._backups is not None:
            self._backups.full.end()
            self._backups.work(False)
        if self._bar is not None:
            self._window.statusBar().removeWidget(self._bar)
            self._bar.deleteLater()
            self._bar = None
