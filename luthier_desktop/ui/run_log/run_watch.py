"""Noticing what other programs record: a light look at the log's end, while the list is seen."""

from __future__ import annotations

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from luthier_desktop.ui.background import Background
from luthier_desktop.ui.run_log.listing import End, ListCalls
from luthier_desktop.ui.widgets.pauses import pause

_LOOK_MS = 800
_CALM_MS = 60


class RunWatch(QObject):
    """Tells by ``grown`` that the log came further; looks only between `begin` and `rest`.

    The system tells of a new event at once; where it cannot, as on some drives, the next look
    sees it.
    """

    grown = Signal()

    def __init__(self, calls: ListCalls, background: Background, seen: QWidget) -> None:
        super().__init__(seen)
        self._seen = seen
        self._calls = calls
        self._background = background
        self._number: int | None = None
        self._is_looking = False
        self._looks = QTimer(self)
        self._looks.setInterval(_LOOK_MS)
        self._looks.timeout.connect(self.look)
        self._calm = pause(self, _CALM_MS)
        self._calm.timeout.connect(self.look)
        self._folders = QFileSystemWatcher(self)
        self._folders.directoryChanged.connect(self._stirred)

    def begin(self) -> None:
        """Look from now on; at once when it is taken up again."""
        if not self._looks.isActive():
            self._looks.start()
            if self._number is not None:
                self.look()

    def rest(self) -> None:
        """Look no more."""
        self._looks.stop()
        self._calm.stop()

    def look(self) -> None:
        """Ask how far the log came, unless that is being asked or nobody can see it."""
        if not self._is_looking and not self._seen.window().isMinimized():
            self._is_looking = True
            self._background.run(self._calls.end, self._found, self._not_found)

    def _stirred(self) -> None:
        if self._looks.isActive():
            self._calm.start()

    def _found(self, end: End) -> None:
        self._is_looking = False
        if end.folder is not None and str(end.folder) not in self._folders.directories():
            if self._folders.directories():
                self._folders.removePaths(self._folders.directories())
            self._folders.addPath(str(end.folder))
        if end.number != self._number:  # at the first look too: the list may be older than it
            self._number = end.number
            self.grown.emit()

    def _not_found(self, _: Exception) -> None:
        self._is_looking = False  # whoever lists or records tells what is wrong with the log
