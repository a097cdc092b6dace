"""What comes again round a ring: its turns are the pieces of the whole ring."""

from __future__ import annotations

import math
from collections import Counter

import pytest

from luthier_desktop.domain.geometry import Line, Piece, Point, RingRadii
from luthier_desktop.domain.patterns.draw import draw_ring, repeat
from luthier_desktop.domain.rosette import RingParam

RADII = RingRadii(45.0, 52.0)
GRID = [["holly", "pear", "cherry"], ["pear", "holly", "holly"]]


def ring(**members: object) -> RingParam:
    """Return a ring that is 7 mm wide."""
    return RingParam.read({"ring_index": 0, "width_mm": 7.0, **members}, "The ring")


def herringbone(*materials: str, mirrored: bool = False, tiles: int = 120) -> RingParam:
    """Return a herringbone of *tiles* bars a row."""
    return ring(
        pattern_type="HERRINGBONE", materials=list(materials),
        pattern={"count": tiles, "mirrored": mirrored},
    )


def mosaic(symmetry: str, tiles: int = 24) -> RingParam:
    """Return a mosaic of two by three cells a tile."""
    return ring(
        pattern_type="MOSAIC", pattern={"grid": GRID, "count": tiles, "symmetry": symmetry}
    )


def corner(piece: Piece, turn_rad: float) -> tuple[float, float, str]:
    """Return the place of a piece's last edge's start, turned, and its material."""
    edge = piece.outline.edges[-1]
    at = edge[0] if isinstance(edge, Line) else edge.points[0]  # type: ignore[union-attr] # a curve
    assert isinstance(at, Point)
    radius, angle = math.hypot(*at), math.atan2(at.x_mm, -at.y_mm) + turn_rad
    x_mm, y_mm = radius * math.sin(angle), -radius * math.cos(angle)
    return round(x_mm, 6) + 0.0, round(y_mm, 6) + 0.0, piece.material_id


@pytest.mark.parametrize(
    "drawn",
    [mosaic("slip", 25), mosaic("book"), mosaic("inversion"), mosaic("book_inversion"),
     herringbone("holly", "pear"), herringbone("holly", "pear", "cherry")],
    ids=["slip", "book", "inversion", "both", "two woods", "three woods"],
)
def test_what_comes_again_makes_the_whole_ring_when_it_is_turned(drawn: RingParam) -> None:
    again = repeat(drawn, RADII)
    assert again is not None
    assert again.times > 1
    turns = [2 * math.pi * time / again.times for time in range(again.times)]
    found = Counter(corner(piece, turn) for turn in turns for piece in again.pieces)
    assert found == Counter(corner(piece, 0.0) for piece in draw_ring(drawn, RADII).pieces)


@pytest.mark.parametrize(
    "drawn",
    [mosaic("book", 25), herringbone("holly", "pear", tiles=121),
     herringbone("holly", "pear", mirrored=True), ring(pattern_type="SOLID")],
    ids=["odd tile left", "odd bar left", "mirrored", "one piece"],
)
def test_a_ring_that_does_not_come_out_even_has_nothing_that_comes_again(
    drawn: RingParam,
) -> None:
    assert repeat(drawn, RADII) is None
