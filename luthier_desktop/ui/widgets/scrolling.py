"""The parts of a window that scroll where the screen is too small for them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QSizePolicy, QWidget


class ScrollingArea(QScrollArea):
    """Holds a widget, and scrolls it where there is too little room.

    It has no frame and no ground of its own, and the focus goes to the parts alone.
    """

    def __init__(self, held: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(held)
        held.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)


class SnugArea(ScrollingArea):
    """As high as what it holds, where there is room for that."""

    def __init__(self, held: QWidget, parent: QWidget) -> None:
        super().__init__(held, parent)
        self._held = held
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    # Qt overrides

    def sizeHint(self) -> QSize:
        high = self._held.heightForWidth(self.viewport().width())
        least = self._held.minimumSizeHint()  # it is never made lower than that
        return QSize(self._held.sizeHint().width(), max(high, least.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()  # what it holds may have become higher
        return super().eventFilter(watched, event)


def scrolling(parts: QLayout, parent: QWidget) -> ScrollingArea:
    """Return *parts* in a place that scrolls."""
    held = QWidget(parent)
    parts.setContentsMargins(0, 0, 0, 0)
    held.setLayout(parts)
    return ScrollingArea(held, parent)
