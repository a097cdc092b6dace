"""Tiles painted on a grid and drawn field by field: what a meander and an own tile share."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from luthier_desktop.domain.geometry import (
    ORIGIN,
    Arc,
    Edge,
    Line,
    Outline,
    Piece,
    grain_angle_deg,
    polar,
)
from luthier_desktop.domain.patterns.fields_of_grid import Corner, Field, fields_of
from luthier_desktop.domain.patterns.layout import Filling, Repeat, RingLayout
from luthier_desktop.domain.patterns.parameters import Grid, GridParameters, PatternParameters
from luthier_desktop.domain.patterns.sectors import radial_joints, row_edges_mm
from luthier_desktop.domain.patterns.shares import Share
from luthier_desktop.domain.patterns.symmetry import turned_tile

CORNERS_A_PIECE = 4
"""So many corners are as much work to draw as one piece."""


class Figure(NamedTuple):
    """What stands in for a tile that is not painted: its usual size, and how it is drawn."""

    rows: int
    cols: int
    paint: Callable[[int, int, tuple[str, ...]], Grid]
    grain_deg: float


def default_pitch_mm(
    width_mm: float, parameters: PatternParameters | None, figure: Figure
) -> float:
    """Return the length of the painted or usual tile, with square cells unless they are given."""
    rows, cols = _size(parameters, figure)
    px_mm = parameters.px_mm if isinstance(parameters, GridParameters) else None
    return cols * (px_mm or width_mm / rows)


def tile_grid(layout: RingLayout, figure: Figure) -> Grid:
    """Return the painted tile or the figure that stands for it, outermost row first."""
    own = layout.ring.pattern
    if isinstance(own, GridParameters) and own.grid:
        return own.grid
    return figure.paint(*_size(own, figure), layout.materials)


def piece_count(layout: RingLayout, figure: Figure) -> float:
    """Return how many pieces will be drawn, or as how many their corners count."""
    found = fields_of(tile_grid(layout, figure)[::-1])
    return layout.tiles * max(len(found.fields), found.corners / CORNERS_A_PIECE)


def build(layout: RingLayout, figure: Figure) -> Filling:
    """Return the fields of every tile: neighbouring cells of one material are one piece.

    Odd tiles are turned as the symmetry says; absent: all alike. The smallest dimension is that
    of a cell.
    """
    radii = layout.radii
    rows, cols = _size(layout.ring.pattern, figure)
    joints = radial_joints(radii.inner_mm, radii.outer_mm, layout.tiles)
    along_mm = 2 * math.pi * radii.inner_mm / (layout.tiles * cols)
    smallest_mm = min(radii.width_mm / rows, along_mm)
    return Filling(_pieces(layout, figure, layout.tiles), joints, smallest_mm)


def repeat(layout: RingLayout, figure: Figure) -> Repeat | None:
    """Return the fields of the tiles that come again, or None where an odd tile is left over."""
    even, odd = _tiles(layout, figure)
    period = 1 if even == odd else 2
    if layout.tiles % period:
        return None
    return Repeat(_pieces(layout, figure, period), layout.tiles // period)


def shares(layout: RingLayout, figure: Figure) -> Iterator[Share]:
    """Return each material's pieces and their area, as they are drawn."""
    both = _tiles(layout, figure)
    rows, cols = len(both[0]), len(both[0][0])
    cell_mm2 = _cell_area_mm2(layout, rows, cols)
    tiles = (layout.tiles - layout.tiles // 2, layout.tiles // 2)
    for upwards, count in zip(both, tiles, strict=True):
        for field in fields_of(upwards).fields if count else ():
            yield field.material_id, count, count * cell_mm2(field)


def first_tiles(layout: RingLayout, figure: Figure) -> list[tuple[Piece, int]]:
    """Return the pieces of the first two tiles, which differ, and how often each comes."""
    even, odd = _tiles(layout, figure)
    period = 1 if even == odd or layout.tiles == 1 else 2
    pieces = _pieces(layout, figure, period)
    in_even = len(fields_of(even).fields)
    counts = (math.ceil(layout.tiles / period), layout.tiles // 2)
    return [(piece, counts[at >= in_even]) for at, piece in enumerate(pieces)]


def _size(own: PatternParameters | None, figure: Figure) -> tuple[int, int]:
    if not isinstance(own, GridParameters):
        return figure.rows, figure.cols
    if own.grid is not None:
        return len(own.grid), len(own.grid[0])
    return own.rows or figure.rows, own.cols or figure.cols


def _tiles(layout: RingLayout, figure: Figure) -> tuple[Grid, Grid]:
    own = layout.ring.pattern
    said = own.symmetry if isinstance(own, GridParameters) else None
    upwards = tile_grid(layout, figure)[::-1]
    return upwards, turned_tile(upwards, said or "slip")


def _cell_area_mm2(layout: RingLayout, rows: int, cols: int) -> Callable[[Field], float]:
    """Return what measures a field: a cell of row j is pi h (2 r_i + (2 j + 1) h)/columns."""
    columns, height_mm = layout.tiles * cols, layout.radii.width_mm / rows
    inner_mm2 = math.pi * height_mm * (2 * layout.radii.inner_mm + height_mm) / columns
    more_mm2 = 2 * math.pi * height_mm**2 / columns
    return lambda field: field.cells * inner_mm2 + field.rows * more_mm2


def _pieces(layout: RingLayout, figure: Figure, drawn_tiles: int) -> list[Piece]:
    both = _tiles(layout, figure)
    rows, cols = len(both[0]), len(both[0][0])
    edges_mm, area_mm2 = row_edges_mm(layout.radii, rows), _cell_area_mm2(layout, rows, cols)
    column_deg = layout.step_deg / cols
    pieces = []
    for tile in range(drawn_tiles):
        grain_deg = grain_angle_deg((tile + 0.5) * layout.step_deg + figure.grain_deg)
        for field in fields_of(both[tile % 2]).fields:
            loops = [
                Outline(tuple(_laid(loop, tile * cols, edges_mm, column_deg)))
                for loop in field.loops
            ]
            pieces.append(
                Piece(loops[0], tuple(loops[1:]), field.material_id, grain_deg, area_mm2(field))
            )
    return pieces


def _laid(
    loop: tuple[Corner, ...], first: int, edges_mm: list[float], column_deg: float
) -> Iterator[Edge]:
    """Lay a loop round the ring: its sides are arcs along it and radial lines across it."""
    for (x, y), (to_x, to_y) in pairwise([*loop, *loop[:1]]):
        angle_deg = (first + x) * column_deg
        if y == to_y:
            yield Arc(ORIGIN, edges_mm[y], angle_deg, (to_x - x) * column_deg)
        else:
            yield Line(polar(edges_mm[y], angle_deg), polar(edges_mm[to_y], angle_deg))
