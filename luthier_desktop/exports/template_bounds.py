"""Boxes round marks, so that a page holds only what can be seen on it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from luthier_desktop.domain.geometry import Arc, Edge, Line, Point, on_arc
from luthier_desktop.domain.paper import Box, Mark, Stroke

_HALF_DEG = 180.0


def within_box(marks: Iterable[tuple[Mark, Box]], box: Box) -> tuple[Mark, ...]:
    """Return the marks whose boxes meet *box*."""
    return tuple([mark for mark, bounds in marks if _meet(bounds, box)])


def bounds_of(mark: Mark, everywhere: Box) -> Box:
    """Return a box round a stroke, never too small; of any other mark it is *everywhere*."""
    if not isinstance(mark, Stroke):
        return everywhere
    places = [place for edge in mark.edges for place in _reaches(edge)]
    xs, ys = [place[0] for place in places], [place[1] for place in places]
    left_mm, top_mm, pen_mm = min(xs), min(ys), mark.pen_mm
    return Box(
        left_mm - pen_mm,
        top_mm - pen_mm,
        max(xs) - left_mm + 2 * pen_mm,
        max(ys) - top_mm + 2 * pen_mm,
    )


def _reaches(edge: Edge) -> Iterator[tuple[float, float]]:
    if isinstance(edge, Line):
        yield from (edge.start, edge.end)
    elif isinstance(edge, Arc):
        yield from _arc_reaches(edge)
    else:
        yield from edge.points


def _arc_reaches(arc: Arc) -> Iterator[tuple[float, float]]:
    """Return both ends, widened by as much as the arc rises over its chord."""
    half_deg = min(_HALF_DEG, abs(arc.sweep_deg) / 2)
    rise_mm = arc.radius_mm * (1 - math.cos(math.radians(half_deg)))
    if half_deg >= _HALF_DEG / 2:
        yield from _round(arc.center, arc.radius_mm)
    else:
        for share in (0.0, 1.0):
            yield from _round(on_arc(arc, share), rise_mm)


def _round(place: Point, away_mm: float) -> Iterator[tuple[float, float]]:
    for sign in (-1, 1):
        yield place[0] + sign * away_mm, place[1] + sign * away_mm


def _meet(one: Box, other: Box) -> bool:
    across = one.left_mm <= other.left_mm + other.width_mm and (
        other.left_mm <= one.left_mm + one.width_mm
    )
    down = one.top_mm <= other.top_mm + other.height_mm and (
        other.top_mm <= one.top_mm + one.height_mm
    )
    return across and down
