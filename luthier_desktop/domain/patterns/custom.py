"""A tile of one's own, painted on a grid or read from a picture, bent round the ring."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

from luthier_desktop.domain.base import PositiveMm
from luthier_desktop.domain.geometry import Piece
from luthier_desktop.domain.patterns import painted_tile
from luthier_desktop.domain.patterns.layout import Filling, Repeat, RingLayout
from luthier_desktop.domain.patterns.parameters import Grid, GridParameters, PatternParameters
from luthier_desktop.domain.patterns.shares import Share

DEFAULT_MATERIALS = ("hard_maple", "gaboon_ebony", "indian_rosewood")
ROWS, COLS = 18, 22
ARCH, INNER_ARCH = (0.43, 0.44), (0.30, 0.31)
"""Half the span and the rise of the arcade's arch and of the field in it, as parts of the tile."""
SPRING = 0.5
"""How high over the inner edge both arches begin to bend."""


class CustomParameters(GridParameters):
    """``grid`` is the tile; absent: an arcade in the ring's materials.

    ``min_cell_mm`` is how small the smallest part of the figure is, as its maker measures it.
    ``symmetry`` absent: all tiles alike.
    """

    min_cell_mm: PositiveMm | None = None


@lru_cache(maxsize=64)
def arcade(rows: int, cols: int, materials: tuple[str, ...]) -> Grid:
    """Return a round arch: ground, arch and the field within it, in this many cells."""
    return tuple(
        tuple(
            materials[_inside((col + 0.5) / cols - 0.5, up / rows) % len(materials)]
            for col in range(cols)
        )
        for up in [rows - 0.5 - row for row in range(rows)]
    )


def _inside(across: float, up: float) -> int:
    """Return how many of the two arches a place lies in."""
    return sum(
        math.hypot(across / half_span, max(0.0, up - SPRING) / rise) < 1
        for half_span, rise in (ARCH, INNER_ARCH)
    )


FIGURE = painted_tile.Figure(ROWS, COLS, arcade, 90.0)
"""Fields are sawn from veneer whose grain runs along the ring at the tile's middle."""


def default_pitch_mm(width_mm: float, parameters: PatternParameters | None) -> float:
    """Return the length of a tile with square cells."""
    return painted_tile.default_pitch_mm(width_mm, parameters, FIGURE)


def tile_grid(layout: RingLayout) -> Grid:
    """Return the painted tile or the arcade, outermost row first."""
    return painted_tile.tile_grid(layout, FIGURE)


def piece_count(layout: RingLayout) -> float:
    """Return how many pieces will be drawn."""
    return painted_tile.piece_count(layout, FIGURE)


def build(layout: RingLayout) -> Filling:
    """Return the fields of each tile: x becomes theta = x/r_ref, y the radius."""
    return painted_tile.build(layout, FIGURE)


def repeat(layout: RingLayout) -> Repeat | None:
    """Return the tile that comes again."""
    return painted_tile.repeat(layout, FIGURE)


def first_tiles(layout: RingLayout) -> list[tuple[Piece, int]]:
    """Return the pieces of the tiles that come again, and how often each comes."""
    return painted_tile.first_tiles(layout, FIGURE)


def shares(layout: RingLayout) -> Iterator[Share]:
    """Return each material's pieces and their area."""
    return painted_tile.shares(layout, FIGURE)
