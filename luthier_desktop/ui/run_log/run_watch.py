"""Noticing what other programs record: a light look at the log's end, while a list is seen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QFileSystemWatcher, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from luthier_desktop.ui.background import Background
from luthier_desktop.ui.run_log.listing import End, ListCalls
from luthier_desktop.ui.widgets.pauses import pause

_LOOK_MS = 800
_CALM_MS = 60


class RunWatch(QObject):
    """Tells by ``grown`` that the log came further; looks only while someone can see it.

    The system tells of a new event at once; where it cannot, as on some drives, the next look
    sees it.
    """

    grown = Signal()

    def __init__(self, calls: ListCalls, background: Background, seen: QWidget) -> None:
        super().__init__(seen)
        self._seen: list[QWidget] = []
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
        self.look_for(seen)

    def look_for(self, seen: QWidget) -> None:
        """Look while this list can be seen, too."""
        self._seen.append(seen)
        seen.installEventFilter(self)
        if seen.isVisible():
            self._begin()

    def look(self) -> None:
        """Ask how far the log came, unless that is being asked or nobody can see it."""
        seen = self._visible()
        if not self._is_looking and seen and not seen[0].window().isMinimized():
            self._is_looking = True
            self._background.run(self._calls.end, self._found, self._not_found)

    def _begin(self) -> None:
        """Look from now on; at once when it is taken up again."""
        if not self._looks.isActive():
            self._looks.start()
            if self._number is not None:
                self.look()

    def _rest(self) -> None:
        self._looks.stop()
        self._calm.stop()

    def _visible(self) -> list[QWidget]:
        return [each for each in self._seen if each.isVisible()]

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

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._begin()
        elif event.type() == QEvent.Type.Hide and not self._visible():
            self._rest()
        return super().eventFilter(watched, event)
