"""A toast waits while a dialog lies over it, where only a strip of it would be seen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class ToastPause(QObject):
    """Shows *toast* over *window* for as long as *timer* runs, not counting what it waited.

    What is said before a dialog opens, or behind it, is shown when the dialog is gone; what is
    said beside a dialog that leaves room for it is shown at once.
    """

    def __init__(self, toast: QWidget, window: QWidget, timer: QTimer) -> None:
        super().__init__(toast)
        self._toast = toast
        self._window = window
        self._timer = timer
        self._shown_ms = timer.interval()
        self._left_ms: int | None = None
        timer.timeout.connect(toast.hide)
        window.installEventFilter(self)

    def show(self) -> None:
        """Show the toast, or keep it until what covers it is gone."""
        self._left_ms = self._shown_ms
        if not self._is_covered():
            self._go_on()

    def end(self) -> None:
        """Take the toast away for good."""
        self._left_ms = None
        self._timer.stop()
        self._toast.hide()

    def _wait(self) -> None:
        if self._toast.isVisible():
            self._left_ms = max(self._timer.remainingTime(), 0)
            self._timer.stop()
            self._toast.hide()

    def _go_on(self) -> None:
        if self._left_ms is not None:
            self._toast.show()
            self._toast.raise_()
            self._timer.start(self._left_ms)
            self._left_ms = None

    def _is_covered(self) -> bool:
        place = QRect(self._window.mapToGlobal(self._toast.pos()), self._toast.size())
        others = [one for one in QApplication.topLevelWidgets() if one is not self._window]
        dialogs = [one for one in others if one.isVisible() and one.isModal()]
        return any(one.frameGeometry().intersects(place) for one in dialogs)

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowBlocked:
            self._wait()
        elif event.type() == QEvent.Type.WindowUnblocked:
            self._go_on()
        elif event.type() == QEvent.Type.Close:
            self._timer.stop()
        return False
