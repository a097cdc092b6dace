"""Blocks of a printed page: pieces of known height that are stacked into columns and pages.

Frame of a block: origin at its upper left corner, x right, y down, mm.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from luthier_desktop.domain.geometry import Line, Point
from luthier_desktop.domain.paper import Align, Mark, Stroke, Words
from luthier_desktop.exports.print_letters import text_width_mm
from luthier_desktop.exports.print_wrap import print_lines, seen

INK, PALE_INK, RULE = "#26211c", "#5c544c", "#b9b1a6"
LEADING = 1.3
ASCENT_EM, DESCENT_EM = 0.76, 0.22
"""How far letters reach over their base line, and others below it."""
_AFTER_MARK_EM, _INDENT_EM = 0.45, 1.0
_LONGEST_NUMBER = 3
"""A longer mark is a word: the text goes on below it."""
_RULE_MM = 0.15
_COLUMN_GAP_EM = 0.5
_SHARE_OF: dict[Align, float] = {"left": 0.0, "center": 0.5, "right": 1.0}


class Block(NamedTuple):
    """A piece of a page that is never divided; it stays ``with_next`` on the same column."""

    height_mm: float
    marks: tuple[Mark, ...] = ()
    with_next: bool = False


class Face(NamedTuple):
    """How text is set."""

    size_mm: float
    bold: bool = False
    colour: str = INK

    @property
    def line_mm(self) -> float:
        """How high a line of text is."""
        return LEADING * self.size_mm

    @property
    def base_mm(self) -> float:
        """How far the base line lies below the line's upper edge."""
        return (LEADING - ASCENT_EM - DESCENT_EM) * self.size_mm / 2 + ASCENT_EM * self.size_mm

    def words(self, text: str, x_mm: float, y_mm: float, align: Align = "left") -> Words:
        """Return one line whose upper edge is at *y_mm*."""
        at = Point(x_mm, y_mm + self.base_mm)
        plain = seen(text, self.bold)
        return Words(plain, at, self.size_mm, self.colour, align, self.bold)

    def wrapped(self, text: str, room_mm: float) -> list[str]:
        """Return *text* in lines that fit."""
        return print_lines(text, self.size_mm, room_mm, bold=self.bold)

    def width_mm(self, text: str) -> float:
        """Return how wide *text* is."""
        return text_width_mm(text, self.size_mm, bold=self.bold)


class Column(NamedTuple):
    """A column of a table: how wide, and how its cells are set."""

    title: str
    width_mm: float
    align: Align = "left"


def space(height_mm: float, *, with_next: bool = False) -> Block:
    """Return an empty block."""
    return Block(height_mm, (), with_next)


def paragraph(text: str, face: Face, room_mm: float, *, with_next: bool = False) -> list[Block]:
    """Return *text* line by line; its first two lines stay together."""
    lines = face.wrapped(text, room_mm)
    return [
        Block(face.line_mm, (face.words(line, 0.0, 0.0),), with_next or at == 0 < len(lines) - 1)
        for at, line in enumerate(lines)
    ]


def item(mark: str, text: str, face: Face, room_mm: float) -> tuple[Block, ...]:
    """Return *text* behind a number, a bullet or a bold word, its lines held together."""
    bold = face._replace(bold=True)
    taken_mm = bold.width_mm(mark) + _AFTER_MARK_EM * face.size_mm if mark else 0.0
    hanging = len(mark) <= _LONGEST_NUMBER
    indent_mm = taken_mm if hanging else _INDENT_EM * face.size_mm
    lines = print_lines(
        text, face.size_mm, room_mm - indent_mm, begun_mm=max(0.0, taken_mm - indent_mm)
    )
    marks = [(face.words(line, indent_mm, 0.0),) if line else () for line in lines]
    if mark:
        first = (face.words(lines[0], taken_mm, 0.0),) if lines[0] else ()
        marks[0] = (bold.words(mark, 0.0, 0.0), *first)
    return tuple([Block(face.line_mm, each) for each in marks])


def heading(text: str, face: Face, room_mm: float) -> list[Block]:
    """Return a heading with a rule below it."""
    bold = face._replace(bold=True)
    lines = bold.wrapped(text, room_mm)
    blocks = [
        space(0.9 * face.size_mm, with_next=True),
        *(Block(bold.line_mm, (bold.words(line, 0.0, 0.0),), True) for line in lines),
    ]
    rule = Block(0.45 * face.size_mm, (rule_at(0.15 * face.size_mm, room_mm),), True)
    return [*blocks, rule]


def rule_at(y_mm: float, room_mm: float, colour: str = RULE) -> Stroke:
    """Return a thin line across."""
    return Stroke((Line(Point(0.0, y_mm), Point(room_mm, y_mm)),), _RULE_MM, colour)


def row(cells: Sequence[str], columns: Sequence[Column], face: Face) -> Block:
    """Return one row of a table; what is wider than its column goes on below in it."""
    marks: list[Mark] = []
    left_mm, most = 0.0, 1
    gap_mm = _COLUMN_GAP_EM * face.size_mm
    for cell, column in zip(cells, columns, strict=True):
        room_mm = column.width_mm - gap_mm
        lines = face.wrapped(cell, room_mm)
        at_mm = left_mm + room_mm * _SHARE_OF[column.align]
        for number, line in enumerate(lines):
            marks.append(face.words(line, at_mm, number * face.line_mm, column.align))
        most = max(most, len(lines))
        left_mm += column.width_mm
    return Block(most * face.line_mm, tuple(marks))


def height_mm(blocks: Iterable[Block]) -> float:
    """Return how high *blocks* are together."""
    return sum([block.height_mm for block in blocks])
