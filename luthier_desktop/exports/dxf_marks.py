"""What a DXF drawing consists of: entities on layers, each of them once, y pointing up.

Our frame's y points down; turned over here, so that the drawing is seen as on the screen:
12 o'clock up, clockwise still clockwise. A circle or a profile that two parts share stands once,
on the layer that came first; edges without length are left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from luthier_desktop.domain.geometry import Arc, Curve, Edge, Line, Outline, Point, on_arc

DECIMALS = 7
"""Coordinates are written to 1e-7 mm: rounded, they are the same on every processor."""
BULGE_DECIMALS = 10
_SAME_DECIMALS = 5
_HALF_DEG = 180.0

Vertex = tuple[float, float, float]
"""x, y and the bulge of the edge that begins there: tan(angle/4), positive anticlockwise."""


class DxfCircle(NamedTuple):
    """A full circle."""

    layer: str
    center: tuple[float, float]
    radius_mm: float


class DxfArc(NamedTuple):
    """An arc by itself; angles in degrees anticlockwise from the x axis."""

    layer: str
    center: tuple[float, float]
    radius_mm: float
    start_deg: float
    end_deg: float


class DxfLine(NamedTuple):
    """A straight line."""

    layer: str
    start: tuple[float, float]
    end: tuple[float, float]


class DxfPolyline(NamedTuple):
    """A run of lines and arcs."""

    layer: str
    vertices: tuple[Vertex, ...]
    closed: bool


class DxfText(NamedTuple):
    """One line of text, its left end on the base line."""

    layer: str
    text: str
    at: tuple[float, float]
    height_mm: float


DxfMark = DxfCircle | DxfArc | DxfLine | DxfPolyline | DxfText


class DxfMarks:
    """Collects the entities of a drawing and the layers they stand on, in order."""

    def __init__(self) -> None:
        self.marks: list[DxfMark] = []
        self._seen: set[object] = set()

    def circle(self, layer: str, center: Point, radius_mm: float) -> None:
        """Add a circle, unless it stands there already."""
        x_mm, y_mm = _place(center)
        radius = round(radius_mm, DECIMALS)
        if self._is_new(_same(x_mm), _same(y_mm), _same(radius)):
            self.marks.append(DxfCircle(layer, (x_mm, y_mm), radius))

    def edges(self, layer: str, edges: Iterable[Edge]) -> None:
        """Add edges that each stand by themselves."""
        for edge in edges:
            if isinstance(edge, Line):
                self.line(layer, edge.start, edge.end)
            elif isinstance(edge, Arc):
                self._arc(layer, edge)
            else:
                self._run(layer, _vertices((edge,), ended=True), closed=False)

    def line(self, layer: str, start: Point, end: Point) -> None:
        """Add a straight line."""
        one, other = _place(start), _place(end)
        if one != other and self._is_new(frozenset(map(_same_place, (one, other)))):
            self.marks.append(DxfLine(layer, one, other))

    def outline(self, layer: str, outline: Outline) -> None:
        """Add a closed profile: a true circle where it is one, else lines and arcs."""
        first = outline.edges[0]
        if len(outline.edges) == 1 and isinstance(first, Arc):
            self.circle(layer, first.center, first.radius_mm)
        else:
            self._run(layer, _vertices(outline.edges, ended=False), closed=True)

    def text(self, layer: str, text: str, at: Point, height_mm: float) -> None:
        """Add a line of text; its characters are those of `outgoing_text.machine_name`."""
        self.marks.append(DxfText(layer, text, _place(at), height_mm))

    def _arc(self, layer: str, arc: Arc) -> None:
        if abs(arc.sweep_deg) >= 360.0:
            self.circle(layer, arc.center, arc.radius_mm)
            return
        ends_deg = sorted((90.0 - arc.start_deg, 90.0 - arc.start_deg - arc.sweep_deg))
        start_deg, end_deg = (round(angle % 360.0, DECIMALS) for angle in ends_deg)
        center, radius = _place(arc.center), round(arc.radius_mm, DECIMALS)
        if start_deg != end_deg and self._is_new(center, radius, start_deg, end_deg):
            self.marks.append(DxfArc(layer, center, radius, start_deg, end_deg))

    def _run(self, layer: str, vertices: Sequence[Vertex], *, closed: bool) -> None:
        kept = _with_length(vertices, closed=closed)
        if len(kept) < 2:
            return
        corners = frozenset([(x, y) for x, y, _ in kept])  # the same whichever way it runs
        if self._is_new(closed, corners, frozenset([abs(bulge) for _, _, bulge in kept])):
            self.marks.append(DxfPolyline(layer, tuple(kept), closed))

    def _is_new(self, *key: object) -> bool:
        if key in self._seen:
            return False
        self._seen.add(key)
        return True


def _vertices(edges: Sequence[Edge], *, ended: bool) -> list[Vertex]:
    """Return the vertices of joined edges, that at the very end only where it is *ended*."""
    vertices: list[Vertex] = []
    for edge in edges:
        if isinstance(edge, Line):
            vertices.append((*_place(edge.start), 0.0))
        elif isinstance(edge, Curve):
            vertices += [(*_place(point), 0.0) for point in edge.points[:-1]]
        else:
            vertices += _arc_vertices(edge)
    if ended and edges:
        last = edges[-1]
        if isinstance(last, Curve):
            vertices.append((*_place(last.points[-1]), 0.0))
    return vertices


def _arc_vertices(arc: Arc) -> list[Vertex]:
    """Return the arc in parts of a half circle at most: many readers know no larger bulge."""
    parts = max(1, math.ceil(abs(arc.sweep_deg) / _HALF_DEG - 1e-9))
    step_deg = arc.sweep_deg / parts
    bulge = round(-math.tan(math.radians(step_deg) / 4), BULGE_DECIMALS)
    return [(*_place(on_arc(arc, part / parts)), bulge) for part in range(parts)]


def _with_length(vertices: Sequence[Vertex], *, closed: bool) -> list[Vertex]:
    """Leave out vertices from which no way leads on."""
    kept = []
    last = len(vertices) - 1
    for number, one in enumerate(vertices):
        following = vertices[0 if number == last else number + 1]
        if one[:2] != following[:2] or (number == last and not closed):
            kept.append(one)
    return kept


def _place(point: Point) -> tuple[float, float]:
    return round(point[0], DECIMALS) + 0.0, 0.0 - round(point[1], DECIMALS)


def _same(value: float) -> float:
    return round(value, _SAME_DECIMALS) + 0.0


def _same_place(place: tuple[float, float]) -> tuple[float, float]:
    return _same(place[0]), _same(place[1])
