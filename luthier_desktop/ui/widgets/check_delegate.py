"""How a row of the check view is measured and painted: plain text, wrapped, never cut."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from luthier_desktop.ui import style
from luthier_desktop.ui.widgets import check_margin
from luthier_desktop.ui.widgets.check_lines import Ink, Line, lines_of
from luthier_desktop.ui.widgets.check_model import CheckModel
from luthier_desktop.ui.widgets.check_tree import Bar, CheckHead, Content, Heading

AnyIndex = QModelIndex | QPersistentModelIndex

GLYPH_WIDTH = 5 * style.GRID
SIDE = style.GRID
GAP = 2 * style.GRID
BAR_HEIGHT = 2 * style.GRID
MARK = style.GRID
_MOST_MEASURED = 4096
_LEFT = int(
    Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
)
_RIGHT = int(
    Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
)
_ANYWHERE = int(Qt.TextFlag.TextWrapAnywhere)
_ENDLESS = 100_000


class _Measured(NamedTuple):
    """The room a text takes, and the flag that breaks a word which is longer than a line."""

    width: int
    height: int
    breaking: int


class _Placed(NamedTuple):
    """One line with its two texts in their places."""

    line: Line
    left: QRect
    left_flags: int
    right: QRect
    right_flags: int

    @property
    def bottom(self) -> int:
        """The last row of pixels of the line."""
        return max(self.left.bottom(), self.right.bottom())


class CheckDelegate(QStyledItemDelegate):
    """Paints the rows of a ``CheckModel`` in its tree."""

    def __init__(self, view: QTreeView, model: CheckModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._measured: dict[tuple[str, Ink, int], _Measured] = {}
        self._fonts: dict[Ink, QFont] = {}
        self._metrics: dict[Ink, QFontMetrics] = {}
        self.restyle()

    def restyle(self) -> None:
        """Take up the view's font anew."""
        self._measured.clear()
        for ink in Ink:
            font = QFont(self._view.font())
            font.setPointSizeF(font.pointSizeF() * ink.size)
            font.setWeight(QFont.Weight.DemiBold if ink.is_bold else QFont.Weight.Normal)
            font.setUnderline(ink is Ink.LINK)
            self._fonts[ink] = font
            self._metrics[ink] = QFontMetrics(font)

    def _size(self, text: str, ink: Ink, width: int = _ENDLESS) -> _Measured:
        key = (text, ink, width)
        found = self._measured.get(key)
        if found is None:
            if len(self._measured) >= _MOST_MEASURED:
                self._measured.clear()
            found = self._measured[key] = self._measure(text, ink, width)
        return found

    def _measure(self, text: str, ink: Ink, width: int) -> _Measured:
        room = QRect(0, 0, width, _ENDLESS)
        size = self._metrics[ink].boundingRect(room, _LEFT, text).size()
        if size.width() <= width:
            return _Measured(size.width() + 1, size.height(), 0)
        size = self._metrics[ink].boundingRect(room, _LEFT | _ANYWHERE, text).size()
        return _Measured(size.width() + 1, size.height(), _ANYWHERE)

    def _placed(self, content: Content, area: QRect) -> list[_Placed]:
        """Put the lines of *content* below each other into *area*; its height is not looked at."""
        left, top = area.left() + SIDE, area.top() + SIDE
        if _glyph_status(content):
            left += GLYPH_WIDTH
        width = max(40, area.right() - SIDE - left)
        placed = []
        for line in lines_of(content):
            found = self._place(line, QRect(left, top, width, 0))
            placed.append(found)
            top = found.bottom + 1 + line.gap
        return placed

    def _place(self, line: Line, room: QRect) -> _Placed:
        """Set the texts beside each other where they fit, else the right one below."""
        width = room.width()
        if not line.right:
            left = self._size(line.left, line.left_ink, width)
            place = _at(room, 0, 0, width, left.height)
            return _Placed(line, place, _LEFT | left.breaking, QRect(), _RIGHT)
        right = self._size(line.right, line.right_ink)
        beside = width - right.width - GAP
        if beside >= min(self._size(line.left, line.left_ink).width, width * 2 // 5):
            left = self._size(line.left, line.left_ink, beside)
            return _Placed(
                line,
                _at(room, 0, 0, beside, left.height),
                _LEFT | left.breaking,
                _at(room, beside + GAP, 0, right.width, right.height),
                _RIGHT,
            )
        above = self._size(line.left, line.left_ink, width)
        below = self._size(line.right, line.right_ink, width)
        return _Placed(
            line,
            _at(room, 0, 0, width, above.height),
            _LEFT | above.breaking,
            _at(room, 0, above.height, width, below.height),
            _LEFT | below.breaking,
        )

    def _paint_text(self, painter: QPainter, content: Content, area: QRect) -> int:
        """Paint the lines and return where they end."""
        placed = self._placed(content, area)
        for line, left, left_flags, right, right_flags in placed:
            painter.setFont(self._fonts[line.left_ink])
            painter.setPen(QColor(line.left_colour))
            painter.drawText(left, left_flags, line.left)
            if line.right:
                painter.setFont(self._fonts[line.right_ink])
                painter.setPen(QColor(line.right_colour))
                painter.drawText(right, right_flags, line.right)
        return placed[-1].bottom + 1

    def _paint_glyph(self, painter: QPainter, status: str, content: Content, area: QRect) -> None:
        sign = style.risk_sign(status)
        first = self._placed(content, area)[_glyph_line(content)].left
        place = QRect(area.left() + SIDE, first.top(), GLYPH_WIDTH - SIDE, first.height())
        painter.setFont(self._fonts[Ink.STRONG])
        painter.setPen(QColor(sign.colour))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter),
                         sign.glyph)

    def _paint_bar(self, painter: QPainter, content: Bar, area: QRect) -> None:
        """Paint the zones, their words below them and a mark where the value lies."""
        found = check_margin.zones(content.row.rule) if content.row.rule else ()
        place = check_margin.place(content.row)
        if not found or place is None:
            return
        painter.setFont(self._fonts[Ink.SMALL])
        for number, status in enumerate(found):
            sign = style.risk_sign(status)
            left = area.left() + area.width() * number // len(found)
            right = area.left() + area.width() * (number + 1) // len(found)
            zone = QRect(left, area.top() + MARK, right - left - 1, BAR_HEIGHT)
            painter.fillRect(zone, QColor(sign.soft))
            painter.setPen(QColor(sign.colour))
            painter.drawRect(zone.adjusted(0, 0, -1, -1))
            words = QRect(left, zone.bottom() + 2, right - left - 1, area.height())
            painter.drawText(words, int(Qt.AlignmentFlag.AlignHCenter), sign.word)
        self._paint_mark(painter, content, area, place)

    def _paint_mark(self, painter: QPainter, bar: Bar, area: QRect, place: float) -> None:
        at = area.left() + round(place * (area.width() - 1))
        stem = QRect(at - 1, area.top(), 3, BAR_HEIGHT + 2 * MARK)
        painter.fillRect(stem.adjusted(-1, 0, 1, 0), QColor(style.tokens().base))
        painter.fillRect(stem, QColor(style.tokens().text))

    def _bar_height(self) -> int:
        return BAR_HEIGHT + 2 * MARK + self._metrics[Ink.SMALL].height() + 2

    # Qt overrides

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        content = self._model.content(index)
        width = self._view.viewport().width() - self._view.indentation() * _depth(index)
        placed = self._placed(content, QRect(0, 0, width, 0))
        bottom = placed[-1].bottom + 1
        if isinstance(content, Bar):
            bottom += self._bar_height()
        return QSize(width, bottom + SIDE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex
    ) -> None:
        content = self._model.content(index)
        area: QRect = option.rect
        painter.save()
        bottom = self._paint_text(painter, content, area)
        status = _glyph_status(content)
        if status:
            self._paint_glyph(painter, status, content, area)
        if isinstance(content, Bar):
            room = QRect(area.left() + SIDE, bottom, area.width() - 2 * SIDE, self._bar_height())
            self._paint_bar(painter, content, room)
        painter.restore()


def _at(room: QRect, left: int, top: int, width: int, height: int) -> QRect:
    return QRect(room.left() + left, room.top() + top, width, height)


def _glyph_status(content: Content) -> str:
    match content:
        case CheckHead(row):
            return row.status
        case Heading(verdict=verdict) if verdict:
            return verdict
        case _:
            return ""


def _glyph_line(content: Content) -> int:
    return 1 if isinstance(content, CheckHead) and content.decides else 0


def _depth(index: AnyIndex) -> int:
    depth, above = 1, index.parent()
    while above.isValid():
        depth, above = depth + 1, above.parent()
    return depth
