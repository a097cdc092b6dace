"""A mosaic: a tile painted as an ordered grid of veneer cells, repeated round the ring."""

from __future__ import annotations

import math
from functools import lru_cache

from luthier_desktop.domain.geometry import Piece
from luthier_desktop.domain.patterns.layout import Filling, Repeat, RingLayout
from luthier_desktop.domain.patterns.parameters import (
    Grid,
    GridParameters,
    PatternParameters,
)
from luthier_desktop.domain.patterns.sectors import radial_cells, radial_joints, row_edges_mm
from luthier_desktop.domain.patterns.symmetry import turned_tile

DEFAULT_MATERIALS = ("hard_maple", "indian_rosewood", "gaboon_ebony")
MOST_DEFAULT_CELLS = 3000
MOST_DEFAULT_ROWS = 9


class MosaicParameters(GridParameters):
    """``grid`` is the painted tile; absent: ``rows`` x ``cols`` in the ring's materials."""


def default_pitch_mm(width_mm: float, parameters: PatternParameters | None) -> float:
    """Return the length of a painted tile, or of one that is as long as it is high."""
    if isinstance(parameters, MosaicParameters) and parameters.px_mm and parameters.grid:
        return len(parameters.grid[0]) * parameters.px_mm
    if isinstance(parameters, MosaicParameters) and parameters.grid:
        return width_mm * len(parameters.grid[0]) / len(parameters.grid)
    return width_mm


def drawn_size(layout: RingLayout) -> tuple[int, int]:
    """Return rows and columns to draw: painted, given, or square cells of a bounded number."""
    parameters, width_mm = layout.ring.pattern, layout.radii.width_mm
    own = parameters if isinstance(parameters, MosaicParameters) else MosaicParameters.empty()
    if own.grid is not None:
        return len(own.grid), len(own.grid[0])
    room = MOST_DEFAULT_CELLS / layout.tiles
    rows = own.rows or _rows_for(own.px_mm, width_mm, layout.pitch_mm, room)
    square = rows * layout.pitch_mm / width_mm
    cols = own.cols or max(1, round(min(square, room / rows, 200.0)))
    return rows, cols


def piece_count(layout: RingLayout) -> float:
    """Return how many cells will be drawn."""
    return layout.tiles * math.prod(drawn_size(layout))


def _rows_for(px_mm: float | None, width_mm: float, pitch_mm: float, room: float) -> int:
    if px_mm is not None:
        return round(min(200.0, max(1.0, width_mm / px_mm)))
    odd = (math.isqrt(int(room * width_mm / pitch_mm)) + 1) // 2 * 2 - 1
    return max(1, min(MOST_DEFAULT_ROWS, odd, int(room)))


@lru_cache(maxsize=64)
def figure(rows: int, cols: int, materials: tuple[str, ...]) -> Grid:
    """Return the figure that is drawn where none is painted: nested diamonds."""
    return tuple(
        tuple(
            materials[int(_from_middle(row, rows) + _from_middle(col, cols)) // 2 % len(materials)]
            for col in range(cols)
        )
        for row in range(rows)
    )


def _from_middle(position: int, length: int) -> float:
    return abs(position - (length - 1) / 2)


def build(layout: RingLayout) -> Filling:
    """Return the cells of every tile; odd tiles are turned as the symmetry says.

    slip: every tile alike; book: odd tiles mirrored at their joint; inversion: mirrored at the
    ring's mean circle; book_inversion: both, a half turn. Absent: book. Cells show end grain;
    ``grain_deg`` is the radius, along which the columns' veneers were stacked.
    """
    radii = layout.radii
    rows, cols = drawn_size(layout)
    joints = radial_joints(radii.inner_mm, radii.outer_mm, layout.tiles)
    along_mm = 2 * math.pi * radii.inner_mm / (layout.tiles * cols)
    smallest_mm = min(radii.width_mm / rows, along_mm)
    return Filling(_cells(layout, layout.tiles), joints, smallest_mm)


def repeat(layout: RingLayout) -> Repeat | None:
    """Return the cells of the tiles that come again, or None where an odd tile is left over."""
    even, odd = _tiles(layout)
    period = 1 if even == odd else 2
    if layout.tiles % period:
        return None
    return Repeat(_cells(layout, period), layout.tiles // period)


def _cells(layout: RingLayout, drawn_tiles: int) -> list[Piece]:
    rows, cols = drawn_size(layout)
    even, odd = _tiles(layout)

    def material_at(row: int, column: int) -> str:
        tile, place = divmod(column, cols)
        return (odd if tile % 2 else even)[row][place]

    edges_mm = row_edges_mm(layout.radii, rows)
    return radial_cells(edges_mm, layout.tiles * cols, material_at, drawn_tiles * cols)


def _tiles(layout: RingLayout) -> tuple[Grid, Grid]:
    """Return an even and an odd tile, innermost row first."""
    parameters = layout.ring.pattern
    said = parameters.symmetry if isinstance(parameters, MosaicParameters) else None
    upwards = tile_grid(layout)[::-1]
    return upwards, turned_tile(upwards, said or "book")


def tile_grid(layout: RingLayout) -> Grid:
    """Return the painted tile or the figure that stands for it, outermost row first."""
    parameters = layout.ring.pattern
    if isinstance(parameters, MosaicParameters) and parameters.grid:
        return parameters.grid
    return figure(*drawn_size(layout), layout.materials)


def turns_rows(layout: RingLayout) -> bool:
    """Whether odd tiles are turned so that their inner row comes to lie outside."""
    parameters = layout.ring.pattern
    turned = ("inversion", "book_inversion")
    return isinstance(parameters, MosaicParameters) and parameters.symmetry in turned
