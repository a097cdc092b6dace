"""The parts of a dialog that scroll where the screen is too small for them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QWidget


def scrolling(parts: QLayout, parent: QWidget) -> QScrollArea:
    """Return *parts* in a place that scrolls; the focus goes to the parts alone."""
    held = QWidget(parent)
    parts.setContentsMargins(0, 0, 0, 0)
    held.setLayout(parts)
    area = QScrollArea(parent)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setWidget(held)
    return area
