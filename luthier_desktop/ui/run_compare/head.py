"""Which two are compared, and whether they are the same."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QGridLayout, QWidget

from luthier_desktop.services.comparing import Comparison, Side
from luthier_desktop.ui import style
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, shown
from luthier_desktop.ui.run_compare.marks import paint_tag
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.widgets.record_values import status_shown, time_text, verdict_text

_CHIP = QSize(GRID * 9, GRID * 6)
_SAME = "The same: nothing differs but ids and times."
_OF_DAMAGED = "Only what the list of runs still tells is compared."


class CompareHead(QWidget):
    """Two lines, one a side, and below them what is to be said of both."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compareHead")
        self._statuses: list[str] = []
        self._lines: list[tuple[PlainLabel, ...]] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GRID * 3)
        grid.setVerticalSpacing(GRID)
        grid.setColumnStretch(4, 1)
        self._lines = [self._line(grid, side) for side in (0, 1)]
        self.said = PlainLabel("", self)
        self.said.setObjectName("compareSaid")
        self.said.setWordWrap(True)
        self.said.setFont(style.sized(bold=True))
        grid.addWidget(self.said, 2, 0, 1, 5)

    def show_comparison(self, found: Comparison, count: int) -> None:
        """Name both sides and say how much differs."""
        for side, line in zip((found.a, found.b), self._lines, strict=True):
            for label, text in zip(line, _texts(side), strict=True):
                label.setText(tr(text))
        self._statuses = ["RED" if one.damage else one.verdict for one in (found.a, found.b)]
        self._colour()
        self.said.setText(tr(_said(found, count)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:  # the look may have changed
            self._colour()

    def _colour(self) -> None:
        for status, (_, verdict, *_rest) in zip(self._statuses, self._lines, strict=False):
            palette = QPalette(self.palette())
            palette.setColor(verdict.foregroundRole(), QColor(style.risk_sign(status).colour))
            verdict.setPalette(palette)

    def _line(self, grid: QGridLayout, side: int) -> tuple[PlainLabel, ...]:
        grid.addWidget(_Chip(side, self), side, 0)
        labels = tuple(PlainLabel("", self) for _ in range(4))
        for column, label in enumerate(labels, 1):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setAccessibleName(
                tr(f"{'ab'[side]}: {('time', 'verdict', 'id', 'name')[column - 1]}")
            )
            grid.addWidget(label, side, column)
        labels[2].setFont(style.fixed_font())
        labels[3].setWordWrap(True)
        return labels


class _Chip(QWidget):
    """The letter of a side in its colour."""

    def __init__(self, side: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._side = side
        self.setFixedSize(_CHIP)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_tag(painter, QPointF(1, 1), self._side)


def _texts(side: Side) -> tuple[str, ...]:
    verdict = f"{status_shown('RED').text[0]} Damaged" if side.damage else verdict_text(side)
    return time_text(side.created_at_utc), verdict, side.id, shown(side.name) if side.name else ""


def _said(found: Comparison, count: int) -> str:
    if found.same:
        return _SAME
    noun = "difference" if count == 1 else "differences"
    told = [f"{count} {noun}." if count else "No difference is known."]
    told += [
        f"{'a' if side is found.a else 'b'}: {shown(side.damage, 400)}"
        for side in (found.a, found.b)
        if side.damage
    ]
    if found.damage and found.a.snapshot is None:
        told.append(_OF_DAMAGED)
    return " ".join(told)
