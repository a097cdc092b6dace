"""Measures outlines by means of their own: areas by Green's theorem, places by ray casting."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from luthier_desktop.domain.geometry import Arc, Edge, Line, Outline, Piece

Place = tuple[float, float]


def on_arc(arc: Arc, share: float) -> Place:
    angle = math.radians(arc.start_deg + share * arc.sweep_deg)
    return (
        arc.center.x_mm + arc.radius_mm * math.sin(angle),
        arc.center.y_mm - arc.radius_mm * math.cos(angle),
    )


def ends(edge: Edge) -> tuple[Place, Place]:
    if isinstance(edge, Arc):
        return on_arc(edge, 0), on_arc(edge, 1)
    if isinstance(edge, Line):
        return edge.start, edge.end
    return edge.points[0], edge.points[-1]


def places(outline: Outline) -> Iterator[Place]:
    """Walk round the outline; arcs in chords that leave them by 0.001 mm at most."""
    for edge in outline.edges:
        if isinstance(edge, Arc):
            flat = abs(math.radians(edge.sweep_deg)) * math.sqrt(edge.radius_mm / 0.008)
            steps = max(4, math.ceil(flat))
            yield from (on_arc(edge, step / steps) for step in range(steps))
        elif isinstance(edge, Line):
            yield edge.start
        else:
            yield from edge.points[:-1]


def outline_area_mm2(outline: Outline) -> float:
    """Half the sum of x dy - y dx: arcs exactly, curves by their chords."""
    total = 0.0
    for edge in outline.edges:
        if isinstance(edge, Arc):
            (x0, y0), (x1, y1) = ends(edge)
            sweep = math.radians(edge.sweep_deg)
            total += edge.radius_mm**2 * sweep
            total += edge.center.x_mm * (y1 - y0) - edge.center.y_mm * (x1 - x0)
        else:
            points = [edge.start, edge.end] if isinstance(edge, Line) else list(edge.points)
            for (x0, y0), (x1, y1) in pairwise(points):
                total += x0 * y1 - y0 * x1
    return abs(total) / 2


def piece_area_mm2(piece: Piece) -> float:
    return outline_area_mm2(piece.outline) - sum(outline_area_mm2(hole) for hole in piece.holes)


def perimeter_mm(outline: Outline) -> float:
    walk = list(places(outline))
    return sum(math.dist(a, b) for a, b in zip(walk, walk[1:] + walk[:1], strict=True))


def largest_break_mm(outline: Outline) -> float:
    """The largest distance between the end of one edge and the start of the next."""
    both = [ends(edge) for edge in outline.edges]
    return max(
        math.dist(one[1], other[0]) for one, other in zip(both, both[1:] + both[:1], strict=True)
    )


def contains(piece: Piece, place: Place) -> bool:
    return _within(piece.outline, place) and not any(
        _within(hole, place) for hole in piece.holes
    )


def _within(outline: Outline, place: Place) -> bool:
    x, y = place
    walk = list(places(outline))
    inside = False
    for (x0, y0), (x1, y1) in zip(walk, walk[1:] + walk[:1], strict=True):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
            inside = not inside
    return inside
