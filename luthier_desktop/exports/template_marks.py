"""How a template is drawn: its pens and letters, and small marks that come again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from luthier_desktop.domain.geometry import ORIGIN, Line, Outline, Point, circle
from luthier_desktop.domain.paper import BLACK, Align, Mark, Part, Stroke, Words
from luthier_desktop.exports.print_letters import fitted_text, printable

CUT_MM, RING_MM, HAIR_MM = 0.15, 0.12, 0.1
"""Pens of what is cut, of a ring's edges, and of all that lies inside or is there to measure.

All of them are black: a printer makes dots of grey, and so fine a line would be lost.
"""
CHAIN_MM, DASHED_MM = (6.0, 1.2, 1.2, 1.2), (3.0, 1.5)
SMALL_MM, TEXT_MM, TITLE_MM = 2.2, 2.5, 4.4
"""How large letters are."""


class Block(NamedTuple):
    """Marks from their own upper left corner, and the room that they take."""

    marks: tuple[Mark, ...]
    width_mm: float
    height_mm: float

    def at(self, left_mm: float, top_mm: float) -> Part:
        """Return the block with its corner there."""
        return Part(self.marks, Point(left_mm, top_mm))


def line(
    start: tuple[float, float],
    end: tuple[float, float],
    pen_mm: float = HAIR_MM,
    dash_mm: tuple[float, ...] = (),
) -> Stroke:
    """Return a straight line."""
    return Stroke((Line(Point(*start), Point(*end)),), pen_mm, BLACK, dash_mm)


def closed(outline: Outline, pen_mm: float, dash_mm: tuple[float, ...] = ()) -> Stroke:
    """Return an outline drawn with a pen."""
    return Stroke(outline.edges, pen_mm, BLACK, dash_mm, closed=True)


def round_mark(radius_mm: float, pen_mm: float, center: Point = ORIGIN) -> Stroke:
    """Return a circle."""
    return closed(circle(center, radius_mm), pen_mm)


def rectangle(left_mm: float, top_mm: float, width_mm: float, height_mm: float) -> Outline:
    """Return a rectangle's outline."""
    corners = (
        Point(left_mm, top_mm),
        Point(left_mm + width_mm, top_mm),
        Point(left_mm + width_mm, top_mm + height_mm),
        Point(left_mm, top_mm + height_mm),
    )
    turned = (*corners[1:], corners[0])
    return Outline(tuple([Line(*ends) for ends in zip(corners, turned, strict=True)]))


def words(text: str, x_mm: float, y_mm: float, size_mm: float, align: Align = "left") -> Words:
    """Return one line of text as it is printed, on its base line."""
    return Words(printable(text), Point(x_mm, y_mm), size_mm, BLACK, align)


def bold(text: str, x_mm: float, y_mm: float, size_mm: float, align: Align = "left") -> Words:
    """Return one line of bold text."""
    plain = printable(text, bold=True)
    return Words(plain, Point(x_mm, y_mm), size_mm, BLACK, align, bold=True)


def upwards(text: str, x_mm: float, y_mm: float, size_mm: float) -> Words:
    """Return one line of text that runs up the page, its middle there."""
    return words(text, x_mm, y_mm, size_mm, "center")._replace(angle_deg=-90.0)


def cells(
    texts: Sequence[str], rights_mm: Iterable[float], y_mm: float, size_mm: float
) -> tuple[Words, ...]:
    """Return texts that each end at a place of their own."""
    pairs = zip(texts, rights_mm, strict=True)
    return tuple([words(text, right_mm, y_mm, size_mm, "right") for text, right_mm in pairs])


def within(text: str, room_mm: float, size_mm: float) -> str:
    """Return *text*, cut with an ellipsis where it is wider than its room."""
    return fitted_text(text, size_mm, room_mm)
