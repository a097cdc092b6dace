"""What another panel lays over the drawing."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QTransform


class Layer(Protocol):
    """Painted last over the rings, and the first that Esc takes away."""

    def paint(self, painter: QPainter, to_px: QTransform, size: QSize, ratio: float) -> None:
        """Paint it; *to_px* brings mm to logical pixels."""

    def leave(self) -> None:
        """Go away: Esc was pressed."""
