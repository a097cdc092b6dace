"""Waiting for a hand to rest: a timer that fires once after each pause."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

REST_MS = 120
"""A design that stands unchanged for so long has come to rest."""


def pause(owner: QObject, pause_ms: int) -> QTimer:
    """Return a timer of *owner* that fires once, *pause_ms* after its latest start."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(pause_ms)
    return timer
