"""A part that is cut from a sheet, and the sheet that it is cut from."""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

from luthier_desktop.domain.geometry import Outline, Point
from luthier_desktop.domain.paper import Box


class Bow(NamedTuple):
    """A sector between two circles, half of it on either side of its middle.

    It opens to the left, so that the next lies in it to the right, or downwards.
    """

    inner_mm: float
    outer_mm: float
    half_deg: float
    opens: Literal["left", "down"]

    def step_mm(self, gap_mm: float) -> float:
        """Return how far along the middle the next such part lies that keeps the gap.

        It lies outside of a circle about this one's centre with radius outer + gap, and so does
        all of it, for its inner ends are what is nearest to that centre.
        """
        half = math.radians(self.half_deg)
        reach_mm, end_mm = self.outer_mm + gap_mm, self.inner_mm * math.sin(half)
        return math.sqrt(reach_mm**2 - end_mm**2) - self.inner_mm * math.cos(half)


class Part(NamedTuple):
    """One part, turned so that its grain runs along x.

    ``box`` lies tightly round the outline, in the outline's own frame (y down), and ``middle`` in
    its wood. ``thickness_mm`` is None where neither the ring's inlay nor the channel's depth is
    known. ``bow`` is given where the part is a sector of a ring.
    """

    ring_index: int
    outline: Outline
    holes: tuple[Outline, ...]
    material_id: str
    thickness_mm: float | None
    box: Box
    middle: Point
    bow: Bow | None = None


class PlacedPart(NamedTuple):
    """A part moved by ``shift`` from its own frame to its sheet's: origin upper left, y down."""

    part: Part
    shift: Point


class PartSheet(NamedTuple):
    """One sheet of stock; ``number`` counts the sheets of this wood and thickness from 1."""

    material_id: str
    thickness_mm: float | None
    number: int
    parts: tuple[PlacedPart, ...]


class PartsPlan(NamedTuple):
    """All sheets, their size, the room between parts, and what is to be known of the rings."""

    sheets: tuple[PartSheet, ...]
    sheet_width_mm: float
    sheet_height_mm: float
    edge_mm: float
    gap_mm: float
    bit_mm: float
    sentences: tuple[str, ...]

    @property
    def part_count(self) -> int:
        """How many parts are cut."""
        return sum(len(sheet.parts) for sheet in self.sheets)
