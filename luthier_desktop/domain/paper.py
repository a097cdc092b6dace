"""Sheets of paper at true size: what a template or a shop sheet shows, whoever paints it.

The PDF writer, the window's preview and the printer paint the same sheets, so they agree.
Frame: origin at the sheet's upper left corner, x right, y down, mm. A later mark lies over an
earlier one.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from luthier_desktop.domain.geometry import Edge, Outline, Point

BLACK = "#000000"
Align = Literal["left", "center", "right"]


class Stroke(NamedTuple):
    """Edges drawn with a pen, each starting where the one before it ends.

    ``dash_mm`` are the lengths of dashes and gaps in turn; none for a full line.
    """

    edges: tuple[Edge, ...]
    pen_mm: float
    colour: str = BLACK
    dash_mm: tuple[float, ...] = ()
    closed: bool = False


class Fill(NamedTuple):
    """An area within closed outlines, without a border; what is in two of them is a hole."""

    outlines: tuple[Outline, ...]
    colour: str


class Words(NamedTuple):
    """One line of text; ``at`` is on its base line, ``angle_deg`` turns it clockwise there."""

    text: str
    at: Point
    size_mm: float
    colour: str = BLACK
    align: Align = "left"
    bold: bool = False
    angle_deg: float = 0.0


class Modules(NamedTuple):
    """A QR code: rows of 0 and 1, without a border; ``corner`` is its upper left one."""

    rows: tuple[bytes, ...]
    corner: Point
    side_mm: float


class Box(NamedTuple):
    """A rectangle on a sheet."""

    left_mm: float
    top_mm: float
    width_mm: float
    height_mm: float


class Part(NamedTuple):
    """Marks moved by ``shift`` and cut off outside ``clip``, which lies in the sheet's frame."""

    marks: tuple[Mark, ...]
    shift: Point
    clip: Box | None = None


Mark = Stroke | Fill | Words | Modules | Part


class Sheet(NamedTuple):
    """One page of exactly this size."""

    width_mm: float
    height_mm: float
    marks: tuple[Mark, ...]
