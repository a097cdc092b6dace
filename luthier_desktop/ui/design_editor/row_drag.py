"""A drag of rows in the ring table: which rows, and between which two they would fall."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QPainter, QPolygon
from PySide6.QtWidgets import QApplication

MARK_WIDTH = 2
TIP = 5


class RowDrag:
    """Begins when the cursor has left the place of the press by the usual distance."""

    def __init__(self, rows: tuple[int, ...], pressed: QPoint) -> None:
        self.rows = rows
        self.begun = False
        self.slot: int | None = None
        self._pressed = pressed

    def move(self, place: QPoint, slot: int) -> bool:
        """Follow the cursor over *slot*, the row before which they would fall."""
        distance = (place - self._pressed).manhattanLength()
        self.begun = self.begun or distance >= QApplication.startDragDistance()
        if self.begun:
            self.slot = slot
        return self.begun


def paint_mark(painter: QPainter, y: int, area: QRect, colour: QColor) -> None:
    """Draw the line between two rows where the dragged ones would fall, with a tip at its ends."""
    y = min(max(y, MARK_WIDTH), area.bottom() - MARK_WIDTH)
    painter.fillRect(area.left(), y - MARK_WIDTH // 2, area.width(), MARK_WIDTH, colour)
    painter.setPen(colour)
    painter.setBrush(colour)
    for x, towards in ((area.left(), TIP), (area.right(), -TIP)):
        painter.drawPolygon(
            QPolygon([QPoint(x, y - TIP), QPoint(x + towards, y), QPoint(x, y + TIP)])
        )
