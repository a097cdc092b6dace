"""How many pieces of each material a ring has and how large they are, without drawing it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from luthier_desktop.domain.patterns import (
    checker,
    custom,
    dots,
    herringbone,
    inlay,
    lines,
    meander,
    mosaic,
    plait,
    rope,
    segments,
    wave,
    wheat_ear,
)
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.layout import RingLayout
from luthier_desktop.domain.patterns.mirrored import half_bars, halves
from luthier_desktop.domain.patterns.parameters import Grid
from luthier_desktop.domain.patterns.shares import Share, turns


class MaterialTotal(NamedTuple):
    """The pieces of one material in a ring: their number and the sum of their areas."""

    pieces: int
    area_mm2: float


def material_totals(layout: RingLayout) -> dict[str, MaterialTotal]:
    """Return the total of each material, exactly as the ring would be drawn."""
    totals: dict[str, MaterialTotal] = {}
    for material_id, pieces, area_mm2 in _SHARES.get(layout.ring.pattern_type, _alike)(layout):
        old = totals.get(material_id)
        if old is not None:
            pieces, area_mm2 = pieces + old.pieces, area_mm2 + old.area_mm2
        totals[material_id] = MaterialTotal(pieces, area_mm2)
    return totals


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
    inner_mm2, more_mm2 = _cells_mm2(layout, len(columns[0]), layout.tiles)
    for kind, column in enumerate(columns[: layout.tiles]):
        count = math.ceil((layout.tiles - kind) / len(columns))
        for row, material_id in enumerate(column):
            yield material_id, count, count * (inner_mm2 + row * more_mm2)


def _mosaic(layout: RingLayout) -> Iterator[Share]:
    grid = mosaic.tile_grid(layout)
    last_row, tiles = len(grid) - 1, layout.tiles
    inner_mm2, more_mm2 = _cells_mm2(layout, len(grid), tiles * len(grid[0]))
    turned = tiles // 2 if mosaic.turns_rows(layout) else 0
    for material_id, cells, rows in _cells_and_rows(grid):
        all_rows = (tiles - turned) * rows + turned * (cells * last_row - rows)
        count = tiles * cells
        yield material_id, count, count * inner_mm2 + all_rows * more_mm2


def _cells_mm2(layout: RingLayout, rows: int, columns: int) -> tuple[float, float]:
    """Return the area of a cell in the innermost row, and what each row outwards adds to it."""
    height_mm = layout.radii.width_mm / rows
    inner_mm2 = math.pi * height_mm * (2 * layout.radii.inner_mm + height_mm) / columns
    return inner_mm2, 2 * math.pi * height_mm**2 / columns


@lru_cache(maxsize=64)
def _cells_and_rows(grid: Grid) -> tuple[tuple[str, int, int], ...]:
    """Return each material's cells and the sum of their rows, counted from the inner edge.

    Scoring asks for the same tile again and again.
    """
    cells: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    for row, own in enumerate(reversed(grid)):
        for material_id, count in Counter(own).items():
            cells[material_id] += count
            rows[material_id] += row * count
    return tuple((name, count, rows[name]) for name, count in cells.items())


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
    PatternFamily.WHEAT_EAR: wheat_ear.shares,
    PatternFamily.CHECKER: _checker,
    PatternFamily.MOSAIC: _mosaic,
    PatternFamily.SEGMENTS: _segments,
    PatternFamily.DOTS: _dots,
    PatternFamily.WAVE: wave.shares,
    PatternFamily.PLAIT: plait.shares,
    PatternFamily.MEANDER: meander.shares,
    PatternFamily.CUSTOM: custom.shares,
    PatternFamily.INLAY: inlay.shares,
}
