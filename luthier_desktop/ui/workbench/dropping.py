"""Files dropped on the window: designs are opened, photographs lie under the drawing."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.widgets.drops import dropped_file
from luthier_desktop.ui.workbench.design_files import DesignFiles
from luthier_desktop.ui.workbench.photographs import Photographs

_OPENED = frozenset({".json", ".rosette", ".svg", ".pdf"})
_MAY_CARRY = frozenset({".png"})


class Dropping(QObject):
    """Takes one local file at a time, wherever on the window it is dropped."""

    def __init__(
        self,
        window: MainWindow,
        background: Background,
        studio: Studio,
        files: DesignFiles,
        photographs: Photographs,
    ) -> None:
        super().__init__(window)
        self._background = background
        self._studio = studio
        self._files = files
        self._photographs = photographs
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def take_on_canvas(self, path: str) -> None:
        """Open a file that was dropped on the drawing; a photo is laid under it."""
        suffix = Path(path).suffix.lower()
        if suffix in _OPENED:
            self._files.open_file(path)
        elif suffix in _MAY_CARRY:
            work = partial(self._studio.sharing.carries, Path(path))
            done = partial(self._open_or_lay, path)
            self._background.run(work, done, partial(self._lay, path))
        else:
            self._photographs.read(path)

    def _open_or_lay(self, path: str, carries: bool) -> None:
        if carries:
            self._files.open_file(path)
        else:
            self._photographs.read(path)

    def _lay(self, path: str, _: Exception) -> None:
        self._photographs.read(path)  # it says in its own words what is wrong with the file

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and dropped_file(event):
            event.acceptProposedAction()
            return True
        if event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            path = dropped_file(event)
            if path:
                event.acceptProposedAction()
                self._files.open_file(path)
                return True
        return super().eventFilter(watched, event)
