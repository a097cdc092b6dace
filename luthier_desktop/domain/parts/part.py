"""A part that is cut from a sheet, and the sheet that it is cut from."""

from __future__ import annotations

from typing import NamedTuple

from luthier_desktop.domain.geometry import Outline, Point
from luthier_desktop.domain.paper import Box


class Part(NamedTuple):
    """One part, turned so that its grain runs along x.

    ``box`` lies tightly round the outline, in the outline's own frame (y down). ``thickness_mm``
    is None where neither the ring's inlay nor the channel's depth is known.
    """

    ring_index: int
    outline: Outline
    holes: tuple[Outline, ...]
    material_id: str
    thickness_mm: float | None
    box: Box


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
