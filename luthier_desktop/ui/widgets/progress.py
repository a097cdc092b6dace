"""How far long work is, with a button that ends it; it stands in the status bar."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, set_tool_tip
from luthier_desktop.ui.style import GRID

_BAR_WIDTH = GRID * 30
_BAR_HEIGHT = GRID * 4
WHOLE_PERCENT = 100


class Progress(QWidget):
    """Names the work, shows its share done, and asks to end it with ``cancelled``."""

    cancelled = Signal()

    def __init__(self, work: str, tip: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("progress")
        self._bar = QProgressBar(self)
        self._bar.setObjectName("progressBar")
        self._bar.setAccessibleName(tr(work))
        self._bar.setRange(0, WHOLE_PERCENT)
        self._bar.setFixedSize(_BAR_WIDTH, _BAR_HEIGHT)
        cancel = QPushButton(tr("Cancel"), self)
        cancel.setObjectName("cancelProgress")
        cancel.setAccessibleName(tr(f"Cancel: {work}"))
        set_tool_tip(cancel, tip)
        cancel.clicked.connect(self._cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, 0, GRID, 0)
        row.setSpacing(GRID * 2)
        row.addWidget(PlainLabel(work, self))
        row.addWidget(self._bar)
        row.addWidget(cancel)

    def show_percent(self, percent: int) -> None:
        """Show how much is done; it never goes back."""
        self._bar.setRange(0, WHOLE_PERCENT)
        self._bar.setValue(max(percent, self._bar.value()))

    def show_steps(self, done: int, total: int) -> None:
        """Show how many of how many steps are done; 0 of 0 when that cannot be known."""
        if total:
            self.show_percent(WHOLE_PERCENT * done // max(total, done))
        else:
            self._bar.setRange(0, 0)

    def percent(self) -> int:
        """Return how much is shown as done."""
        return self._bar.value()

    def _cancel(self) -> None:
        self.cancelled.emit()
