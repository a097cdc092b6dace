"""The verdict in one glance: colour, glyph, word and number, and what they are worth."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from luthier_desktop.domain.feasibility.risk import RiskBucket
from luthier_desktop.ui import style, units
from luthier_desktop.ui.language import tr

HEIGHT = 14 * style.GRID
EDGE = 4
NO_SCORE = "\u2013"


class Standing(Enum):
    """What a shown verdict is worth."""

    NONE = "nothing checked yet"
    PREVIEW = "preview, not recorded"
    RECORDED = "recorded"
    STALE = "out of date"


class VerdictBadge(QFrame):
    """Paints the verdict; what is out of date is only outlined."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("verdictBadge")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bucket: RiskBucket | None = None
        self._score: float | None = None
        self._standing = Standing.NONE
        self.show_verdict(None, None, Standing.NONE)

    def show_verdict(
        self, bucket: RiskBucket | None, score: float | None, standing: Standing
    ) -> None:
        """Show *bucket* and *score*; None: nothing was judged."""
        if (bucket, score, standing) == (self._bucket, self._score, self._standing):
            return
        self._bucket, self._score, self._standing = bucket, score, standing
        self.setAccessibleName(
            tr(f"Verdict: {self.word}, {self._spoken_score()}, {standing.value}")
        )
        self.update()

    @property
    def word(self) -> str:
        """The verdict in a word."""
        return "Not checked" if self._bucket is None else style.risk_sign(self._bucket).word

    @property
    def score_text(self) -> str:
        """The number to one decimal, or a dash where there is none."""
        return NO_SCORE if self._score is None else units.score_text(self._score)

    def _spoken_score(self) -> str:
        return "no score" if self._score is None else f"score {self.score_text} of 100"

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(60 * style.GRID, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(40 * style.GRID, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        sign = style.risk_sign(self._bucket or "NA")
        is_stale = self._standing is Standing.STALE
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(style.tokens().muted if is_stale else sign.colour), 1.5)
        pen.setStyle(Qt.PenStyle.DashLine if is_stale else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.setBrush(QColor(style.tokens().panel if is_stale else sign.soft))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), EDGE, EDGE)
        painter.setPen(QColor(style.tokens().muted if is_stale else sign.colour))
        room = self.rect().adjusted(3 * style.GRID, 0, -3 * style.GRID, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(style.sized(1.7, bold=True))
        glyph = QRect(room.left(), room.top(), 8 * style.GRID, room.height())
        painter.drawText(glyph, int(middle | Qt.AlignmentFlag.AlignLeft), sign.glyph)
        word = room.adjusted(8 * style.GRID, 0, 0, 0)
        painter.drawText(word, int(middle | Qt.AlignmentFlag.AlignLeft), tr(self.word))
        painter.drawText(room, int(middle | Qt.AlignmentFlag.AlignRight), tr(self.score_text))
        painter.end()
