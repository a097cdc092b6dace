"""What was opened last: noted as it is opened, shown with pictures, opened again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.services.recent_files import Recent
from luthier_desktop.services.sharing import Looked
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.workbench.design_files import DesignFiles, opened
from luthier_desktop.ui.workbench.importing import drawn
from luthier_desktop.ui.workbench.recent_dialog import RecentDialog


class OpeningAgain(QObject):
    """Remembers each file that could be opened, wherever it came from."""

    def __init__(
        self, window: MainWindow, background: Background, studio: Studio, files: DesignFiles
    ) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._studio = studio
        self._files = files
        self._dialog: RecentDialog | None = None
        for came in (files.begun, files.opened, files.looked):
            came.connect(self._note)
        files.gallery.recentWanted.connect(self.show)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the command about recent files calls."""
        return {"open_recent": self.show}

    def show(self) -> None:
        """Show the list; missing files are looked for now."""
        if self._dialog is None:
            self._dialog = dialog = RecentDialog(self._window)
            dialog.chosen.connect(self._files.open_file)
            dialog.unwanted.connect(self._forget)
            dialog.clearWanted.connect(self._clear)
            dialog.finished.connect(self._closed)
            dialog.open()
        self._list_after(_nothing)

    def _note(self, _: object, origin: str) -> None:
        path = Path(origin)
        if origin and path.is_absolute():
            note = partial(self._studio.recent_files.note, path)
            self._background.run(note, _nothing, self._fail)

    def _forget(self, path: str) -> None:
        self._list_after(partial(self._studio.recent_files.forget, Path(path)))

    def _clear(self) -> None:
        self._list_after(self._studio.recent_files.clear)

    def _list_after(self, change: Callable[[], object]) -> None:
        recent = self._studio.recent_files
        self._background.run(partial(_changed, change, recent.listed), self._show, self._fail)

    def _show(self, recent: Recent) -> None:
        if self._dialog is None:
            return
        self._dialog.show_recent(recent)
        for file in recent.files:
            if not file.reason:
                work = partial(opened, self._studio, file.path, "The file")
                done = partial(self._draw, self._dialog, file.path)
                failed = partial(self._tell_fault, self._dialog, file.path)
                self._background.run(work, done, failed)

    def _draw(self, dialog: RecentDialog, path: Path, found: RosetteParamSpec | Looked) -> None:
        design = found if isinstance(found, RosetteParamSpec) else found.preview.design
        if design is not None and self._dialog is dialog:
            work = partial(drawn, design, self._studio.materials, dialog.devicePixelRatioF())
            done = partial(self._show_picture, dialog, path)
            self._background.run_long(work, done, partial(self._tell_fault, dialog, path))

    def _show_picture(self, dialog: RecentDialog, path: Path, image: QImage) -> None:
        if self._dialog is dialog:
            dialog.show_picture(path, image)

    def _tell_fault(self, dialog: RecentDialog, path: Path, error: Exception) -> None:
        if not isinstance(error, LuthierError):
            self._fail(error)
        elif self._dialog is dialog:
            dialog.tell_fault(path, error.sentence)

    def _closed(self, _: int) -> None:
        self._dialog = None

    def _fail(self, error: Exception) -> None:
        self._window.messages.fail(error)


def _nothing(*_: Any) -> None:
    """Do nothing more."""


def _changed(change: Callable[[], object], listed: Callable[[], Recent]) -> Recent:
    change()
    return listed()
