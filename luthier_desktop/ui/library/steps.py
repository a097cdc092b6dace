"""Undo and redo of what is done in the library window, in its order."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

_MOST = 500


class Step(NamedTuple):
    """Something that was done, in words, and how to take it back and do it again."""

    text: str
    undo: Callable[[], None]
    redo: Callable[[], None]


class Steps(QObject):
    """The steps of one window; ``changed`` comes when another one is next."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: list[Step] = []
        self._at = 0

    def push(self, step: Step) -> None:
        """Remember what was just done; what was undone before is forgotten."""
        self._steps[self._at :] = [step]
        del self._steps[:-_MOST]
        self._at = len(self._steps)
        self.changed.emit()

    def undo(self) -> None:
        """Take the last step back."""
        if self._at:
            self._at -= 1
            self._steps[self._at].undo()
            self.changed.emit()

    def redo(self) -> None:
        """Do again what was taken back last."""
        if self._at < len(self._steps):
            self._at += 1
            self._steps[self._at - 1].redo()
            self.changed.emit()

    def undo_text(self) -> str:
        """Say what undo takes back; "" for nothing."""
        return self._steps[self._at - 1].text if self._at else ""

    def redo_text(self) -> str:
        """Say what redo does again; "" for nothing."""
        return self._steps[self._at].text if self._at < len(self._steps) else ""
