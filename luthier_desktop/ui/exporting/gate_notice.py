"""What stands in the way of cutting, in the Export dialog, and the way to open it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from luthier_desktop.ui import style
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, sentence
from luthier_desktop.ui.style import GRID

_HEAD = "May not be cut yet. In the way:"
_OPEN = "May be cut: every check is green, or was decided on."
_ASKING = "Asking whether this may be cut…"
_LINES = 5
_LEAST_WIDTH = 250 * GRID
_BENCH = "Decisions are made on the bench: open this design there, then accept or override."


class GateNotice(QFrame):
    """Lists every sentence of the gate; ``decisionWanted`` asks for a decision on the next one."""

    decisionWanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("exportGate")
        self.setAccessibleName(tr("Who may cut"))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.is_open = False
        self._status, self._theme = "UNKNOWN", style.theme()
        self._head = PlainLabel(_ASKING, self)
        self._head.setObjectName("exportGateHead")
        self._head.setWordWrap(True)
        self._lines = PlainLabel("", self)
        self._lines.setObjectName("exportGateLines")
        self._lines.setWordWrap(True)
        self._lines.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("exportGateScroll")
        self._scroll.setAccessibleName(tr("In the way"))
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._lines)
        self._decide = QPushButton(tr("Accept or o&verride…"), self)
        self._decide.setObjectName("exportDecide")
        self._decide.setAutoDefault(False)
        self._decide.clicked.connect(self.decisionWanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 3, GRID * 2, GRID * 3, GRID * 2)
        column.setSpacing(GRID)
        for part in (self._head, self._scroll):
            column.addWidget(part)
        column.addWidget(self._decide, 0, Qt.AlignmentFlag.AlignLeft)

    def ask(self) -> None:
        """Say that the answer is on its way."""
        self._show("UNKNOWN", _ASKING, (), decides=False)

    def tell(self, in_the_way: Sequence[str], *, on_bench: bool, decides: bool) -> None:
        """Show the gate's answer: all that is in the way, or that it is open.

        *on_bench*: the design is the one that decisions are made on; *decides*: there is one
        that whoever works may make.
        """
        self.is_open = not in_the_way
        if self.is_open:
            self._show("GREEN", _OPEN, (), decides=False)
        else:
            lines = in_the_way if on_bench else (*in_the_way, _BENCH)
            self._show("RED", _HEAD, lines, decides=on_bench and decides)

    def _fit(self, lines: Sequence[str]) -> None:
        """Give the sentences the room that they need, up to some lines; then they scroll."""
        width_px = max(self.width(), _LEAST_WIDTH) - 8 * GRID
        line_px = self.fontMetrics().lineSpacing()
        needed_px = self._lines.heightForWidth(width_px) if lines else 0
        self._scroll.setFixedHeight(min(needed_px, _LINES * line_px) + GRID)

    def _show(self, status: str, head: str, lines: Sequence[str], *, decides: bool) -> None:
        sign = style.risk_sign(status)
        self.is_open = status == "GREEN"
        self._head.setText(tr(f"{sign.glyph}  {head}"))
        self._lines.setText(tr("\n".join(f"• {sentence(line)}" for line in lines)))
        self._scroll.setVisible(bool(lines))
        self._fit(lines)
        self._decide.setVisible(decides)
        self._status = status
        self._colour()

    def _colour(self) -> None:
        sign, own, head = style.risk_sign(self._status), QPalette(), QPalette()
        self._theme = style.theme()
        own.setColor(QPalette.ColorRole.Window, QColor(sign.soft))
        self.setPalette(own)
        head.setColor(QPalette.ColorRole.WindowText, QColor(sign.colour))
        self._head.setPalette(head)

    # Qt overrides

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._theme != style.theme():
            self._colour()
