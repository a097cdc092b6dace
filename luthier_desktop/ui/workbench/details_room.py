"""Room to read: the log's pane is made taller while the details of a run are open."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer

from luthier_desktop.ui.main_window import LOG, MainWindow
from luthier_desktop.ui.run_log.run_details import RunDetails
from luthier_desktop.ui.style import GRID

_ROOM = GRID * 78
_MOST_SHARE = 0.45


class DetailsRoom(QObject):
    """Grows the pane when the details open, and gives back what nobody has changed since."""

    def __init__(self, window: MainWindow, details: RunDetails) -> None:
        super().__init__(window)
        self._window = window
        self._before = 0
        self._grown = 0
        self._asked = 0
        self._around = 0
        details.opened.connect(self.grow)
        details.closed.connect(self.shrink)

    def grow(self) -> None:
        """Make the pane as tall as reading needs, where the window has that height."""
        dock = self._window.dock(LOG)
        wanted = min(_ROOM, int(self._window.height() * _MOST_SHARE))
        self._grown = 0
        if dock.isVisible() and not dock.isFloating() and dock.height() < wanted:
            self._before = dock.height()
            self._resize(wanted)
            QTimer.singleShot(0, self, self._note)  # when the window has laid it out

    def shrink(self) -> None:
        """Give the height back, unless the user has chosen another one."""
        dock = self._window.dock(LOG)
        if self._grown and dock.height() == self._grown and not dock.isFloating():
            self._resize(self._before + self._around)
        self._grown = 0

    def _note(self) -> None:
        self._grown = self._window.dock(LOG).height()
        self._around = self._asked - self._grown  # tabs below the pane take some of it

    def _resize(self, height: int) -> None:
        dock = self._window.dock(LOG)
        self._asked = height
        self._window.resizeDocks([dock], [height], Qt.Orientation.Vertical)
