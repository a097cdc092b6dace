"""A row of widgets that goes on in the next line where the width does not suffice."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Sets its widgets from left to right and line by line; hidden ones take no room."""

    def __init__(self, parent: QWidget, gap: int) -> None:
        super().__init__(parent)
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def height_at(self, width: int) -> int:
        """Return the height that the lines need at a width."""
        return self._place(width, None)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, width: int, origin: QPoint | None) -> int:
        """Set the widgets, unless *origin* is None, and return the height that they need."""
        x = y = line_height = 0
        for item in self._shown():
            size = item.sizeHint()
            if x and x + size.width() > width:
                x, y, line_height = 0, y + line_height + self._gap, 0
            if origin is not None:
                item.setGeometry(QRect(origin + QPoint(x, y), size))
            x += size.width() + self._gap
            line_height = max(line_height, size.height())
        return y + line_height

    # Qt overrides

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect.width(), rect.topLeft())

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._shown()]
        gaps = self._gap * max(0, len(sizes) - 1)
        highest = max((size.height() for size in sizes), default=0)
        return QSize(sum(size.width() for size in sizes) + gaps, highest)

    def minimumSize(self) -> QSize:
        sizes = [item.sizeHint() for item in self._shown()]
        widest = max((size.width() for size in sizes), default=0)
        return QSize(widest, max((size.height() for size in sizes), default=0))


class FlowArea(QWidget):
    """A widget that is as high as the lines of its `FlowLayout`.

    A layout with height for width would make every pane above it ask for the height that its
    table would like, and scroll where that is too much.
    """

    def __init__(self, parent: QWidget, gap: int) -> None:
        super().__init__(parent)
        self.flow = FlowLayout(self, gap)

    def _settle(self) -> None:
        height = self.flow.height_at(self.width())
        if height != self.minimumHeight() or height != self.maximumHeight():
            self.setFixedHeight(height)

    # Qt overrides

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._settle()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()
