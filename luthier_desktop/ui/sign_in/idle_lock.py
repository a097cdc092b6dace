"""Notices when nobody has touched key or mouse for a while."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QEvent, QObject, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QWindow

from luthier_desktop.ui.widgets.pauses import pause

IDLE_MS = 5 * 60 * 1000
"""Five minutes, the same for every shop. Source: storage reference 6.1."""

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class IdleLock(QObject):
    """``lapsed`` comes once when the windows were left alone for *idle_ms*, or the PC slept so.

    It listens at the windows of the screen, which see a touch before their widgets do; so the
    many events between widgets cost nothing.
    """

    lapsed = Signal()

    def __init__(self, parent: QObject, idle_ms: int = IDLE_MS) -> None:
        super().__init__(parent)
        self._idle_ms = idle_ms
        self._is_on = False
        self._touched_ms = 0
        self._cursor = QCursor.pos()
        self.timer = pause(self, idle_ms)
        self.timer.setObjectName("idleTimer")
        self.timer.timeout.connect(self._look)

    def begin(self) -> None:
        """Wait from now on."""
        if not self._is_on:
            self._is_on = True
            self._application().focusWindowChanged.connect(self._follow)
            self._follow(QGuiApplication.focusWindow())
        self._touch()

    def end(self) -> None:
        """Wait no longer."""
        self.timer.stop()
        if self._is_on:
            self._is_on = False
            self._application().focusWindowChanged.disconnect(self._follow)

    def _follow(self, _: QWindow | None) -> None:
        """Listen at every window there is; a second filter on one only replaces the first."""
        for window in QGuiApplication.topLevelWindows():
            window.installEventFilter(self)

    def _touch(self) -> None:
        self._touched_ms = QDateTime.currentMSecsSinceEpoch()
        self._cursor = QCursor.pos()
        self.timer.start()

    def _look(self) -> None:
        """Take a moved mouse for a touch too: an open menu has the mouse for itself."""
        if self._cursor != QCursor.pos():
            self._touch()
        else:
            self._lapse()

    def _lapse(self) -> None:
        self.end()
        self.lapsed.emit()

    def _application(self) -> QGuiApplication:
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        return application

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin anew with each touch; after a sleep of the PC it comes too late for that."""
        if self._is_on and event.type() in _TOUCHES:
            if QDateTime.currentMSecsSinceEpoch() - self._touched_ms > self._idle_ms:
                self._lapse()
            else:
                self._touch()
        return False
