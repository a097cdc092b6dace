"""A frame around the list, table or text that has the focus: its own style shows it faintly."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QScrollArea, QWidget
from shiboken6 import isValid

from luthier_desktop.ui import style
from luthier_desktop.ui.messages import PlainLabel

_LINE = 1
"""As wide as the frame that the style draws, so that nothing inside is covered."""


class FocusFrames(QObject):
    """Puts the frame around whatever scrolls and has the focus, in every window."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._frame: _Frame | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._move)

    def _move(self, _: QWidget | None, now: QWidget | None) -> None:
        if self._frame is not None and isValid(self._frame):
            self._frame.hide()
            self._frame.deleteLater()
        self._frame = _Frame(now) if _is_framed(now) and now is not None else None


class _Frame(QWidget):
    def __init__(self, around: QWidget) -> None:
        super().__init__(around)
        self.setObjectName("focusFrame")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        around.installEventFilter(self)
        self._fit(around)
        self.show()

    def _fit(self, around: QWidget) -> None:
        self.setGeometry(around.rect())
        inside = self.rect().adjusted(_LINE, _LINE, -_LINE, -_LINE)
        self.setMask(QRegion(self.rect()).subtracted(QRegion(inside)))
        self.raise_()

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and isinstance(watched, QWidget):
            self._fit(watched)
        return False

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(style.tokens().accent))
        painter.end()


def _is_framed(widget: QWidget | None) -> bool:
    if isinstance(widget, QScrollArea):  # what lies in it has the focus, unless it is only read
        return isinstance(widget.widget(), PlainLabel)
    return isinstance(widget, QAbstractScrollArea)
