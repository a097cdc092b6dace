"""How a row of the check view is painted: texts, the glyph of its status, the margin bar."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from luthier_desktop.ui import style
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.widgets import check_margin
from luthier_desktop.ui.widgets.check_layout import (
    GLYPH_WIDTH,
    SIDE,
    RowLayout,
    RowLayouts,
    glyph_status,
)
from luthier_desktop.ui.widgets.check_lines import Ink
from luthier_desktop.ui.widgets.check_model import CheckModel
from luthier_desktop.ui.widgets.check_tree import Ask, Bar, Content, Offer

AnyIndex = QModelIndex | QPersistentModelIndex

BAR_HEIGHT = 2 * style.GRID
MARK = style.GRID
_CENTRED = int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)


def can_be_applied(content: Content) -> bool:
    """Say whether the row is a fix of the design at hand."""
    if not isinstance(content, Offer) or content.fix is None:
        return False
    return content.of.is_live and not content.fix.is_of_setup


def _is_button(content: Content) -> bool:
    return can_be_applied(content) or (isinstance(content, Ask) and bool(content.decision.offer))


class CheckDelegate(QStyledItemDelegate):
    """Paints the rows of a ``CheckModel`` in its tree."""

    def __init__(self, view: QTreeView, model: CheckModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._layouts = RowLayouts(view.font())

    def restyle(self) -> None:
        """Take up the view's font and the colours in force anew."""
        self._layouts = RowLayouts(self._view.font())

    def _layout(self, index: AnyIndex) -> RowLayout:
        depth = self._model.depth(index)
        width = self._view.columnWidth(0) - self._view.indentation() * depth
        return self._layouts.of(index.internalId(), self._model.content(index), width)

    def _paint_glyph(self, painter: QPainter, status: str, top: int) -> None:
        sign = style.risk_sign(status)
        height = self._layouts.metrics[Ink.STRONG].height()
        painter.setFont(self._layouts.fonts[Ink.STRONG])
        painter.setPen(QColor(sign.colour))
        painter.drawText(QRect(SIDE, top, GLYPH_WIDTH - SIDE, height), _CENTRED, sign.glyph)

    def _paint_button(self, painter: QPainter, area: QRect) -> None:
        """Paint the ground of a fix or a decision that can be made: it is to be pressed."""
        colours = style.tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(colours.border))
        painter.setBrush(QColor(colours.button))
        painter.drawRoundedRect(area.adjusted(0, 1, -SIDE // 2, -1), SIDE, SIDE)

    def _paint_bar(self, painter: QPainter, bar: Bar, area: QRect) -> None:
        """Paint the zones, their words below them and a mark where the value lies."""
        found = check_margin.zones(bar.row.rule) if bar.row.rule else ()
        place = check_margin.place(bar.row)
        if place is None:
            return
        painter.setFont(self._layouts.fonts[Ink.SMALL])
        for number, status in enumerate(found):
            sign = style.risk_sign(status)
            left = area.left() + area.width() * number // len(found)
            right = area.left() + area.width() * (number + 1) // len(found)
            zone = QRect(left, area.top() + MARK, right - left - 1, BAR_HEIGHT)
            painter.fillRect(zone, QColor(sign.soft))
            painter.setPen(QColor(sign.colour))
            painter.drawRect(zone.adjusted(0, 0, -1, -1))
            words = QRect(left, zone.bottom() + MARK, right - left - 1, area.height())
            painter.drawText(words, _CENTRED, tr(sign.word))
        at = area.left() + round(place * (area.width() - 1))
        stem = QRect(at - 1, area.top(), 3, BAR_HEIGHT + 2 * MARK)
        painter.fillRect(stem.adjusted(-1, 0, 1, 0), QColor(style.tokens().base))
        painter.fillRect(stem, QColor(style.tokens().text))

    def _bar_height(self) -> int:
        return BAR_HEIGHT + 2 * MARK + self._layouts.metrics[Ink.SMALL].height()

    def height(self, index: AnyIndex) -> int:
        """Return the height that the row at *index* needs."""
        layout = self._layout(index)
        more = self._bar_height() if isinstance(layout.content, Bar) else 0
        return layout.bottom + more + SIDE

    # Qt overrides

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(self._layout(index).width, self.height(index))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        layout = self._layout(index)
        painter.save()
        painter.translate(option.rect.topLeft())
        if _is_button(layout.content):
            self._paint_button(painter, QRect(0, 0, layout.width, option.rect.height()))
        for text, ink, colour, place, flags in layout.texts:
            painter.setFont(self._layouts.fonts[ink])
            painter.setPen(QColor(colour))
            painter.drawText(place, flags, text)
        status = glyph_status(layout.content)
        if status:
            self._paint_glyph(painter, status, layout.glyph_top)
        if isinstance(layout.content, Bar):
            width = layout.width - 2 * SIDE
            room = QRect(SIDE, layout.bottom, width, self._bar_height())
            self._paint_bar(painter, layout.content, room)
        painter.restore()
