"""Outlines as PDF path operators, in mm from the sheet's lower left corner; arcs as Beziers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from luthier_desktop.domain.geometry import Arc, Edge, Line, Outline, Point, on_arc
from luthier_desktop.domain.paper import Box, Modules

ARC_ERROR_MM = 0.0005
"""How far a Bezier may leave its arc; numbers are rounded to a tenth of that."""

_QUARTER_DEG = 90.0
_QUARTER_ERROR = 2.73e-4
"""How far one Bezier leaves a quarter of a unit circle; it falls with the angle's sixth power."""


def number(value: float) -> str:
    """Write a number for a content stream, the same in every process."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


class Frame(NamedTuple):
    """Where marks lie: moved by this much, on a sheet of this height whose y points down."""

    left_mm: float
    top_mm: float
    sheet_mm: float

    def moved(self, shift: Point) -> Frame:
        """Return the frame of a part of this one."""
        return Frame(self.left_mm + shift.x_mm, self.top_mm + shift.y_mm, self.sheet_mm)

    def at(self, point: Point) -> str:
        """Write a place as the operand of an operator."""
        x_mm, y_mm = self.left_mm + point[0], self.sheet_mm - self.top_mm - point[1]
        return f"{number(x_mm)} {number(y_mm)}"


def box_path(box: Box, frame: Frame) -> str:
    """Return a rectangle."""
    corner = frame.at(Point(box.left_mm, box.top_mm + box.height_mm))
    return f"{corner} {number(box.width_mm)} {number(box.height_mm)} re"


def outline_path(outline: Outline, frame: Frame) -> str:
    """Return a closed path."""
    return edges_path(outline.edges, frame) + " h"


def edges_path(edges: Sequence[Edge], frame: Frame) -> str:
    """Return edges that hang together, begun at the start of the first."""
    steps = [f"{frame.at(_start(edges[0]))} m"]
    for edge in edges:
        steps += _steps(edge, frame)
    return " ".join(steps)


def modules_path(modules: Modules, frame: Frame) -> str:
    """Return a QR code, each run of dark modules in a row as one rectangle."""
    side_mm = modules.side_mm / len(modules.rows)
    left_mm, top_mm = modules.corner
    boxes = [
        Box(left_mm + start * side_mm, top_mm + y * side_mm, (end - start) * side_mm, side_mm)
        for y, row in enumerate(modules.rows)
        for start, end in _runs(row)
    ]
    return " ".join([box_path(box, frame) for box in boxes])


def _start(edge: Edge) -> Point:
    if isinstance(edge, Line):
        return edge.start
    return on_arc(edge, 0.0) if isinstance(edge, Arc) else edge.points[0]


def _steps(edge: Edge, frame: Frame) -> Iterable[str]:
    if isinstance(edge, Line):
        return [f"{frame.at(edge.end)} l"]
    if isinstance(edge, Arc):
        return _beziers(edge, frame)
    return [f"{frame.at(point)} l" for point in edge.points[1:]]


def _beziers(arc: Arc, frame: Frame) -> list[str]:
    """Return an arc in so many equal parts that each keeps to the circle."""
    quarters = abs(arc.sweep_deg) / _QUARTER_DEG
    strictness = (arc.radius_mm * _QUARTER_ERROR / ARC_ERROR_MM) ** (1 / 6)
    parts = max(1, math.ceil(quarters * max(1.0, strictness) - 1e-9))
    step = math.radians(arc.sweep_deg) / parts
    pull_mm = arc.radius_mm * 4 / 3 * math.tan(step / 4)
    start = math.radians(arc.start_deg)
    return [_bezier(arc, start + part * step, step, pull_mm, frame) for part in range(parts)]


def _bezier(arc: Arc, start: float, step: float, pull_mm: float, frame: Frame) -> str:
    (x_mm, y_mm), radius_mm = arc.center, arc.radius_mm
    sin, cos = math.sin(start), math.cos(start)
    end_sin, end_cos = math.sin(start + step), math.cos(start + step)
    end = Point(x_mm + radius_mm * end_sin, y_mm - radius_mm * end_cos)
    near = Point(x_mm + radius_mm * sin + pull_mm * cos, y_mm - radius_mm * cos + pull_mm * sin)
    far = Point(end.x_mm - pull_mm * end_cos, end.y_mm - pull_mm * end_sin)
    return f"{frame.at(near)} {frame.at(far)} {frame.at(end)} c"


def _runs(row: bytes) -> list[tuple[int, int]]:
    runs, start = [], None
    for at, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = at
        elif not dark and start is not None:
            runs.append((start, at))
            start = None
    return runs
