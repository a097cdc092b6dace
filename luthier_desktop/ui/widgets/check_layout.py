"""Where the texts of a row of the check view stand: wrapped, never cut, measured once."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics

from luthier_desktop.ui import style
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.widgets.check_lines import Ink, Line, lines_of
from luthier_desktop.ui.widgets.check_tree import Ask, CheckHead, Content, Heading, Offer

SIDE = style.GRID
GAP = 2 * style.GRID
GLYPH_WIDTH = 5 * style.GRID
LEFT = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
RIGHT = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
_ANYWHERE = int(Qt.TextFlag.TextWrapAnywhere)
_ENDLESS = 100_000
_MOST_TEXTS = 4096
_MOST_ROWS = 1024
_NARROWEST = 40


class _Measured(NamedTuple):
    """The room a text takes, and the flag that breaks a word which is longer than a line."""

    width: int
    height: int
    breaking: int


class PlacedText(NamedTuple):
    """One text in its place, relative to the row's corner."""

    text: str
    ink: Ink
    colour: str
    place: QRect
    flags: int


class RowLayout(NamedTuple):
    """A row laid out for one width; ``glyph_top`` is where its first strong line begins."""

    content: Content
    width: int
    texts: tuple[PlacedText, ...]
    bottom: int
    glyph_top: int


class RowLayouts:
    """Lays rows out and remembers them until their content, the width or the font changes."""

    def __init__(self, font: QFont) -> None:
        self.fonts = {ink: _inked(font, ink) for ink in Ink}
        self.metrics = {ink: QFontMetrics(self.fonts[ink]) for ink in Ink}
        self._measured: dict[tuple[str, Ink, int], _Measured] = {}
        self._rows: dict[int, RowLayout] = {}

    def of(self, ident: int, content: Content, width: int) -> RowLayout:
        """Return the layout of the row *ident*, which shows *content* in *width* pixels."""
        found = self._rows.get(ident)
        if found is None or found.content is not content or found.width != width:
            if len(self._rows) >= _MOST_ROWS:
                self._rows.clear()
            found = self._rows[ident] = self._laid_out(content, width)
        return found

    def _laid_out(self, content: Content, width: int) -> RowLayout:
        left = SIDE + (GLYPH_WIDTH if glyph_status(content) else 0)
        left += SIDE if isinstance(content, Offer | Ask) else 0
        room = max(_NARROWEST, width - SIDE - left)
        texts: list[PlacedText] = []
        top = bottom = SIDE
        glyph_line = 1 if isinstance(content, CheckHead) and content.decides else 0
        glyph_top = top
        for number, told in enumerate(lines_of(content)):
            line = told._replace(left=tr(told.left), right=tr(told.right))
            if number == glyph_line:
                glyph_top = top
            bottom = self._place(line, QRect(left, top, room, 0), texts)
            top = bottom + line.gap
        return RowLayout(content, width, tuple(texts), bottom, glyph_top)

    def _place(self, line: Line, room: QRect, texts: list[PlacedText]) -> int:
        """Set the texts beside each other where they fit, else the right one below."""
        width = room.width()
        right = self._size(line.right, line.right_ink, _ENDLESS) if line.right else None
        if right is None:
            return self._add(texts, line.left, line.left_ink, line.left_colour, room)
        beside = width - right.width - GAP
        wanted = self._size(line.left, line.left_ink, _ENDLESS).width
        if beside >= min(wanted, width * 2 // 5):
            place = QRect(room.left(), room.top(), beside, 0)
            bottom = self._add(texts, line.left, line.left_ink, line.left_colour, place)
            place = QRect(room.left() + beside + GAP, room.top(), right.width, right.height)
            texts.append(
                PlacedText(line.right, line.right_ink, line.right_colour, place, RIGHT)
            )
            return max(bottom, room.top() + right.height)
        bottom = self._add(texts, line.left, line.left_ink, line.left_colour, room)
        below = QRect(room.left(), bottom, width, 0)
        return self._add(texts, line.right, line.right_ink, line.right_colour, below)

    def _add(
        self, texts: list[PlacedText], text: str, ink: Ink, colour: str, room: QRect
    ) -> int:
        size = self._size(text, ink, room.width())
        place = QRect(room.left(), room.top(), room.width(), size.height)
        texts.append(PlacedText(text, ink, colour, place, LEFT | size.breaking))
        return room.top() + size.height

    def _size(self, text: str, ink: Ink, width: int) -> _Measured:
        key = (text, ink, width)
        found = self._measured.get(key)
        if found is None:
            if len(self._measured) >= _MOST_TEXTS:
                self._measured.clear()
            found = self._measured[key] = _measure(self.metrics[ink], text, width)
        return found


def _inked(font: QFont, ink: Ink) -> QFont:
    result = QFont(font)
    result.setPointSizeF(result.pointSizeF() * ink.size)
    result.setWeight(QFont.Weight.DemiBold if ink.is_bold else QFont.Weight.Normal)
    result.setUnderline(ink is Ink.LINK)
    return result


def _measure(metrics: QFontMetrics, text: str, width: int) -> _Measured:
    room = QRect(0, 0, width, _ENDLESS)
    size = metrics.boundingRect(room, LEFT, text).size()
    if size.width() <= width:
        return _Measured(size.width() + 1, size.height(), 0)
    size = metrics.boundingRect(room, LEFT | _ANYWHERE, text).size()
    return _Measured(size.width() + 1, size.height(), _ANYWHERE)


def glyph_status(content: Content) -> str:
    """Return the status whose glyph stands before the row, "" for none."""
    match content:
        case CheckHead(row):
            return row.status
        case Heading(verdict=verdict) if verdict:
            return verdict
        case _:
            return ""
