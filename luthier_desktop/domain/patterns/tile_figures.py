"""What a painted tile measures on its ring: cells at the edges, count, closure, woods."""

from __future__ import annotations

import math
from collections import Counter
from typing import NamedTuple

from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.patterns.counts import closure_mm
from luthier_desktop.domain.patterns.draw import lay_out
from luthier_desktop.domain.patterns.grids import drawn_grid
from luthier_desktop.domain.patterns.layout import RingLayout
from luthier_desktop.domain.patterns.parameters import Grid
from luthier_desktop.domain.patterns.ring import PatternedRing


class Along(NamedTuple):
    """A length along the ring at its inner edge, its middle and its outer edge."""

    inner_mm: float
    mean_mm: float
    outer_mm: float


class TileFigures(NamedTuple):
    """The measures of a painted ring; ``closing_mm`` is what each tile is off, C/N - p.

    ``cells`` counts each wood in one tile, in the order in which they are met.
    """

    rows: int
    cols: int
    tiles: int
    tile: Along
    cell: Along
    cell_across_mm: float
    closing_mm: float
    smallest_mm: float
    cells: dict[str, int]


def tile_figures(ring: PatternedRing, radii: RingRadii) -> TileFigures:
    """Measure the tile of *ring* as it is drawn between *radii*.

    Raises:
        InputRefused: There would be more tiles than can be drawn.
    """
    layout = lay_out(ring, radii)
    grid = drawn_grid(layout)
    rows, cols = len(grid), len(grid[0])
    cell = _along(layout, layout.tiles * cols)
    across_mm = radii.width_mm / rows
    return TileFigures(
        rows=rows,
        cols=cols,
        tiles=layout.tiles,
        tile=_along(layout, layout.tiles),
        cell=cell,
        cell_across_mm=across_mm,
        closing_mm=closure_mm(ring, radii) or 0.0,
        smallest_mm=min(across_mm, cell.inner_mm),
        cells=_counted(grid),
    )


def _counted(grid: Grid) -> dict[str, int]:
    cells: Counter[str] = Counter()
    for row in grid:
        cells.update(row)
    return cells


def _along(layout: RingLayout, parts: int) -> Along:
    inner_mm, outer_mm = layout.radii
    radii = (inner_mm, layout.radii.mean_mm, outer_mm)
    return Along(*(2 * math.pi * radius_mm / parts for radius_mm in radii))
