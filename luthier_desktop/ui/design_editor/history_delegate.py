"""How a step of the history is painted: its picture, its name, its verdict and where it stands."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from luthier_desktop.ui import style
from luthier_desktop.ui.design_editor.history_looks import SIDE_PX, StepLook, StepLooks
from luthier_desktop.ui.design_editor.history_model import HistoryModel, Place, Step
from luthier_desktop.ui.language import tr

AnyIndex = QModelIndex | QPersistentModelIndex

_GAP = 2 * style.GRID
_NOW_BAR = style.GRID
_LINE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_NOW_SIGN = "●"


class HistoryDelegate(QStyledItemDelegate):
    """Paints the rows of a ``HistoryModel``; all are of one height."""

    def __init__(self, view: QTableView, model: HistoryModel, looks: StepLooks) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._looks = looks

    def row_height(self) -> int:
        """Return the height of every row."""
        return max(SIDE_PX, 2 * QFontMetrics(style.sized(bold=True)).height()) + _GAP

    def _paint_picture(self, painter: QPainter, area: QRect, look: StepLook | None) -> None:
        if look is None:
            painter.setPen(QColor(style.tokens().border))
            painter.drawEllipse(area.adjusted(2, 2, -2, -2))
        else:
            painter.drawPixmap(area.topLeft(), look.picture)

    def _paint_name(self, painter: QPainter, area: QRect, step: Step, colour: str) -> None:
        painter.setFont(style.sized(bold=step.place is Place.NOW))
        painter.setPen(QColor(colour))
        name = painter.fontMetrics().elidedText(
            tr(step.name), Qt.TextElideMode.ElideRight, area.width()
        )
        painter.drawText(area, _LINE, name)

    def _paint_words(
        self, painter: QPainter, area: QRect, step: Step, look: StepLook | None, colour: str
    ) -> None:
        painter.setFont(_small())
        left = area.left()
        if look is not None:
            painter.setPen(QColor(style.risk_sign(look.verdict.status).colour))
            text = tr(look.verdict.text)
            painter.drawText(area, _LINE, text)
            left += max(_verdict_width(), painter.fontMetrics().horizontalAdvance(text)) + _GAP
        painter.setPen(QColor(colour))
        room = QRect(left, area.top(), area.right() - left, area.height())
        told = tr(" · ".join(_told(step)))
        told = painter.fontMetrics().elidedText(told, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LINE, told)

    # Qt overrides

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        step = self._model.step(index.row())
        look = self._looks.look(step.design, self._view.devicePixelRatioF())
        tokens = style.tokens()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        usual = tokens.on_selection if chosen else tokens.text
        colour = tokens.muted if step.place is Place.UNDONE and not chosen else usual
        area = option.rect
        painter.save()
        if chosen:
            painter.fillRect(area, QColor(tokens.selection))
        if step.place is Place.NOW:
            bar = QRect(area.left(), area.top(), _NOW_BAR, area.height())
            painter.fillRect(bar, QColor(tokens.accent))
        top = area.top() + (area.height() - SIDE_PX) // 2
        left = area.left() + _NOW_BAR + _GAP
        self._paint_picture(painter, QRect(left, top, SIDE_PX, SIDE_PX), look)
        left += SIDE_PX + _GAP
        room = QRect(left, area.top(), area.right() - left - _GAP, area.height())
        half = room.height() // 2
        upper, lower = room.adjusted(0, 2, 0, -half), room.adjusted(0, half, 0, -2)
        self._paint_name(painter, upper, step, colour)
        self._paint_words(painter, lower, step, look, colour)
        if chosen and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(tokens.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(0, 0, -1, -1))
        painter.restore()


def _told(step: Step) -> list[str]:
    words = [f"{_NOW_SIGN} {word}" if word == Place.NOW.value else word for word in step.words]
    return [f"step {step.number:,}", *words] if step.number else words


def _small() -> QFont:
    return style.sized(0.92)


def _verdict_width() -> int:
    sign = style.risk_sign("YELLOW")
    return QFontMetrics(_small()).horizontalAdvance(f"{sign.glyph} {sign.word} 88.8")
