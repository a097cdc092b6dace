"""A word over the lower edge of the window with a button that takes back what it tells of."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from luthier_desktop.ui.widgets.offer_toast import OfferToast


class UndoToast(OfferToast):
    """``undone`` comes when its button is pressed; Ctrl+Z does it by keys."""

    undone = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "undoToast", "Undo")
        self.taken.connect(self.undone)
