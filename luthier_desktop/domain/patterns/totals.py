"""How many pieces of each material a ring has and how large they are, without drawing it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from luthier_desktop.domain.patterns import (
    checker,
    dots,
    herringbone,
    lines,
    mosaic,
    rope,
    segments,
)
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.layout import RingLayout
from luthier_desktop.domain.patterns.mirrored import half_bars, halves
from luthier_desktop.domain.patterns.parameters import Grid
from luthier_desktop.domain.patterns.sectors import row_edges_mm


class MaterialTotal(NamedTuple):
    """The pieces of one material in a ring: their number and the sum of their areas."""

    pieces: int
    area_mm2: float


Share = tuple[str, int, float]
"""Material, pieces, area of them all."""


def material_totals(layout: RingLayout) -> dict[str, MaterialTotal]:
    """Return the total of each material, exactly as the ring would be drawn."""
    totals: dict[str, MaterialTotal] = {}
    for material_id, pieces, area_mm2 in _SHARES.get(layout.ring.pattern_type, _alike)(layout):
        old = totals.get(material_id)
        if old is not None:
            pieces, area_mm2 = pieces + old.pieces, area_mm2 + old.area_mm2
        totals[material_id] = MaterialTotal(pieces, area_mm2)
    return totals


def turns(materials: Sequence[str], places: range) -> Iterator[tuple[str, int]]:
    """Return how often each of *materials* comes when they take turns at *places*."""
    kinds = len(materials)
    full, rest = divmod(len(places), kinds)
    first = places.start % kinds
    for kind, material_id in enumerate(materials):
        count = full + ((kind - first) % kinds < rest)
        if count:
            yield material_id, count


def _alike(layout: RingLayout) -> Iterator[Share]:
    """SOLID, LADDER, BARBER_POLE: equal pieces that fill the ring."""
    each_mm2 = layout.radii.area_mm2 / layout.tiles
    for material_id, count in turns(layout.materials, range(layout.tiles)):
        yield material_id, count, count * each_mm2


def _lines(layout: RingLayout) -> Iterator[Share]:
    own = zip(lines.own_lines(layout), lines.line_spans(layout), strict=True)
    for (material_id, _), span in own:
        yield material_id, 1, span.area_mm2


def _rope(layout: RingLayout) -> Iterator[Share]:
    _, outline_mm2 = rope.outline_each_mm2(layout)
    each_mm2 = layout.radii.area_mm2 / layout.tiles - outline_mm2
    for material_id, count in turns(layout.materials, range(layout.tiles)):
        yield material_id, count, count * each_mm2
    if outline_mm2:
        yield rope.outline_material(layout), layout.tiles, layout.tiles * outline_mm2


def _herringbone(layout: RingLayout) -> Iterator[Share]:
    parameters, tiles = layout.ring.pattern, layout.tiles
    if not herringbone.is_mirrored(parameters):
        for material_id, count in turns(layout.materials, range(tiles)):
            yield material_id, 2 * count, count * layout.radii.area_mm2 / tiles
        return
    lean = herringbone.row_lean_rad(layout.radii, parameters)
    for row, ends in zip(halves(layout.radii), ((lean, 0.0), (0.0, lean)), strict=True):
        for places, each_mm2 in half_bars(tiles, row, ends):
            for material_id, count in turns(layout.materials, places):
                yield material_id, 2 * count, 2 * count * each_mm2


def _checker(layout: RingLayout) -> Iterator[Share]:
    columns = checker.column_kinds(layout)
    rows_mm2 = _cell_areas_mm2(layout, len(columns[0]), layout.tiles)
    for kind, column in enumerate(columns):
        count = max(0, math.ceil((layout.tiles - kind) / len(columns)))
        for material_id, cell_mm2 in zip(column, rows_mm2, strict=True):
            yield material_id, count, count * cell_mm2


def _mosaic(layout: RingLayout) -> Iterator[Share]:
    grid = mosaic.tile_grid(layout)
    rows = _row_counts(grid)
    cells_mm2 = _cell_areas_mm2(layout, len(grid), layout.tiles * len(grid[0]))
    odd_tiles = layout.tiles // 2 if mosaic.turns_rows(layout) else 0
    for row, cell_mm2 in enumerate(cells_mm2):
        for material_id, cells in rows[-1 - row]:
            count = cells * (layout.tiles - odd_tiles)
            yield material_id, count, count * cell_mm2
        for material_id, cells in rows[row] if odd_tiles else ():
            yield material_id, cells * odd_tiles, cells * odd_tiles * cell_mm2


def _cell_areas_mm2(layout: RingLayout, rows: int, columns: int) -> list[float]:
    edges_mm = row_edges_mm(layout.radii, rows)
    return [
        (outer - inner) * (outer + inner) * math.pi / columns
        for inner, outer in pairwise(edges_mm)
    ]


@lru_cache(maxsize=64)
def _row_counts(grid: Grid) -> tuple[tuple[tuple[str, int], ...], ...]:
    """Return the cells of each material in each row; scoring asks for the same tile often."""
    return tuple(tuple(Counter(row).items()) for row in grid)


def _segments(layout: RingLayout) -> Iterator[Share]:
    each_mm2 = segments.block_area_mm2(layout)
    for material_id, count in turns(layout.materials, range(layout.tiles)):
        yield material_id, count, count * each_mm2


def _dots(layout: RingLayout) -> Iterator[Share]:
    each_mm2 = math.pi * dots.drawn_diameter_mm(layout) ** 2 / 4
    yield layout.material(0), 1, layout.radii.area_mm2 - layout.tiles * each_mm2
    for material_id, count in turns(dots.dot_materials(layout), range(layout.tiles)):
        yield material_id, count, count * each_mm2


_SHARES: dict[PatternFamily, Callable[[RingLayout], Iterator[Share]]] = {
    PatternFamily.LINES: _lines,
    PatternFamily.ROPE: _rope,
    PatternFamily.HERRINGBONE: _herringbone,
    PatternFamily.CHECKER: _checker,
    PatternFamily.MOSAIC: _mosaic,
    PatternFamily.SEGMENTS: _segments,
    PatternFamily.DOTS: _dots,
}
