"""Cells between radial joints: a ring cut into columns and rows by radii and arcs."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

from luthier_desktop.domain.geometry import (
    ORIGIN,
    Arc,
    Edge,
    Line,
    Outline,
    Piece,
    Point,
    RingRadii,
    grain_angle_deg,
)

MaterialAt = Callable[[int, int], str]


def radial_cells(
    edges_mm: Sequence[float], columns: int, material_at: MaterialAt, drawn: int | None = None
) -> list[Piece]:
    """Return the cells of a ring cut into equal *columns* and into rows between *edges_mm*.

    With *drawn* only the cells of the first so many columns are built.

    *edges_mm* are the rows' radii, inner to outer; ``material_at(row, column)`` counts rows from
    the innermost and columns clockwise from 12 o'clock. Grain runs along the radius at each
    cell's middle. Area of a cell: (ro^2 - ri^2) pi / columns.
    """
    shown = columns if drawn is None else drawn
    corners = _corners(edges_mm, columns, shown)
    step_deg = 360.0 / columns
    rows = [
        (inner, outer, (outer - inner) * (outer + inner) * math.pi / columns)
        for inner, outer in pairwise(edges_mm)
    ]
    pieces = []
    for column in range(shown):
        left, right = corners[column], corners[column + 1]
        start_deg, end_deg = column * step_deg, (column + 1) * step_deg
        grain_deg = grain_angle_deg(start_deg + step_deg / 2)
        for row, (inner_mm, outer_mm, area_mm2) in enumerate(rows):
            outline = Outline(
                (
                    Arc(ORIGIN, outer_mm, start_deg, step_deg),
                    Line(right[row + 1], right[row]),
                    Arc(ORIGIN, inner_mm, end_deg, -step_deg),
                    Line(left[row], left[row + 1]),
                )
            )
            pieces.append(Piece(outline, (), material_at(row, column), grain_deg, area_mm2))
    return pieces


def row_edges_mm(radii: RingRadii, rows: int) -> list[float]:
    """Return the radii between equal rows, inner to outer, both edges included."""
    height_mm = radii.width_mm / rows
    inside = [radii.inner_mm + row * height_mm for row in range(rows)]
    return [*inside, radii.outer_mm]


def radial_joints(inner_mm: float, outer_mm: float, columns: int) -> list[Edge]:
    """Return one radial line for each joint between equal columns, from 12 o'clock."""
    corners = _corners((inner_mm, outer_mm), columns, columns)
    return [Line(inner, outer) for inner, outer in corners[:-1]]


def _corners(edges_mm: Sequence[float], columns: int, shown: int) -> list[list[Point]]:
    """Return the corners on each joint, inner to outer; a whole ring ends at its first joint."""
    joints: list[list[Point]] = []
    for joint in range(min(shown + 1, columns)):
        angle = 2 * math.pi * joint / columns
        sin, cos = math.sin(angle), math.cos(angle)
        joints.append([Point(radius * sin, -radius * cos) for radius in edges_mm])
    return joints if shown < columns else [*joints, joints[0]]
