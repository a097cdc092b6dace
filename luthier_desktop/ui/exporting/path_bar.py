"""The strip below the drawing while the path of the bit lies over it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QTransform
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from luthier_desktop.domain.cutting.plan_values import CutPlan
from luthier_desktop.ui.exporting.path_drawing import PathDrawing
from luthier_desktop.ui.exporting.path_player import PathPlayer
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, sentence, set_tool_tip
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.widgets.fields import ChoiceField

_PARTS = (("channel", "Channel"), ("soundhole", "Soundhole"))
_HEAD = "Cutting path"
_PLANNING = "Planning the cut…"


class PathBar(QWidget):
    """Plays the path.

    ``partChosen(part)`` asks for the channel's or the soundhole's, ``left`` that it goes away.
    """

    partChosen = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pathBar")
        self.setAccessibleName(tr(_HEAD))
        self._part = ChoiceField("Part that is cut", "Each is a file of its own.", self)
        self._part.setObjectName("pathPart")
        for part, words in _PARTS:
            self._part.addItem(tr(words), part)
        self._close = QPushButton(tr("Close"), self)
        self._close.setObjectName("pathClose")
        set_tool_tip(self._close, "Take the path away from the drawing: Esc.")
        self.player = PathPlayer(self)
        self._told = PlainLabel("", self)
        self._told.setObjectName("pathRefusal")
        self._told.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(GRID * 2)
        head.addWidget(PlainLabel(_HEAD, self))
        head.addWidget(self._part)
        head.addStretch(1)
        head.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(head)
        column.addWidget(self.player)
        column.addWidget(self._told)
        self.hide()
        self._part.currentIndexChanged.connect(self._choose)
        self._close.clicked.connect(self.left)

    @property
    def part(self) -> str:
        """The part whose path is wanted."""
        return str(self._part.currentData())

    def wait(self) -> None:
        """Say that the path is on its way."""
        self.tell(_PLANNING)

    def tell(self, told: str) -> None:
        """Say why there is no path."""
        self.player.hide()
        self._told.setText(tr(sentence(told)))
        self._told.show()

    def show_plan(self, plan: CutPlan) -> None:
        """Play this plan."""
        self._told.hide()
        self.player.show_plan(plan)
        self.player.show()

    def _choose(self, _: int) -> None:
        self.partChosen.emit(self.part)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class PathLayer:
    """The path over a drawing, as far as the player is."""

    def __init__(self, plan: CutPlan, player: PathPlayer, leave: Callable[[], None]) -> None:
        self._drawing = PathDrawing(plan)
        self._player = player
        self._leave = leave

    def paint(self, painter: QPainter, to_px: QTransform, size: QSize, ratio: float) -> None:
        """Paint it; *to_px* brings mm to logical pixels."""
        self._drawing.paint(painter, to_px, size, ratio, self._player.seconds)

    def leave(self) -> None:
        """Go away: Esc was pressed."""
        self._leave()
