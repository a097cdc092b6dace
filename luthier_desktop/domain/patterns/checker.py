"""A checker: rows of cells in alternating materials."""

from __future__ import annotations

import math

from luthier_desktop.domain.patterns.layout import Filling, RingLayout
from luthier_desktop.domain.patterns.parameters import GridParameters, PatternParameters
from luthier_desktop.domain.patterns.sectors import radial_cells, radial_joints, row_edges_mm

DEFAULT_MATERIALS = ("gaboon_ebony", "hard_maple")
DEFAULT_ROWS = 2


class CheckerParameters(GridParameters):
    """``rows`` of cells, one cell a tile; ``px_mm`` is the cell's length along the ring."""


def default_pitch_mm(width_mm: float, _: PatternParameters | None) -> float:
    """Return the length of a cell that makes two square rows."""
    return width_mm / DEFAULT_ROWS


def row_count(parameters: PatternParameters | None, width_mm: float) -> int:
    """Return the rows to draw: those given or painted, else as many as make cells square."""
    if not isinstance(parameters, CheckerParameters):
        return DEFAULT_ROWS
    if parameters.grid is not None:
        return len(parameters.grid)
    if parameters.rows is None and parameters.px_mm is not None:
        return round(min(20.0, max(1.0, width_mm / parameters.px_mm)))
    return parameters.rows or DEFAULT_ROWS


def piece_count(layout: RingLayout) -> float:
    """Return how many cells will be drawn."""
    return layout.tiles * row_count(layout.ring.pattern, layout.radii.width_mm)


def column_kinds(layout: RingLayout) -> list[tuple[str, ...]]:
    """Return the columns that take turns round the ring, each from its inner cell outwards."""
    parameters = layout.ring.pattern
    if isinstance(parameters, CheckerParameters) and parameters.grid is not None:
        return list(zip(*parameters.grid[::-1], strict=True))
    rows = range(row_count(parameters, layout.radii.width_mm))
    kinds = range(len(layout.materials))
    return [tuple([layout.material(row + kind) for row in rows]) for kind in kinds]


def build(layout: RingLayout) -> Filling:
    """Return the cells; row and column together choose the material, or the painted grid does.

    Cells show end grain; ``grain_deg`` is the radius, along which their strip was laid.
    """
    radii, parameters = layout.radii, layout.ring.pattern
    rows = row_count(parameters, radii.width_mm)
    edges_mm = row_edges_mm(radii, rows)
    columns = column_kinds(layout)

    def material_at(row: int, column: int) -> str:
        return columns[column % len(columns)][row]

    cells = radial_cells(edges_mm, layout.tiles, material_at)
    joints = radial_joints(radii.inner_mm, radii.outer_mm, layout.tiles)
    along_mm = 2 * math.pi * radii.inner_mm / layout.tiles
    return Filling(cells, joints, min(radii.width_mm / rows, along_mm))
