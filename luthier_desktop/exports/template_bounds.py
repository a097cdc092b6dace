"""Boxes round marks, so that a page holds only what can be seen on it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from luthier_desktop.domain.geometry import Arc, Edge, Line, Point, on_arc
from luthier_desktop.domain.paper import Box, Mark, Stroke, Words
from luthier_desktop.exports.print_letters import text_width_mm

_HALF_DEG = 180.0
_BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0}
_EVERYWHERE = Box(-1e6, -1e6, 2e6, 2e6)


def bounds_of(mark: Mark) -> Box:
    """Return a box round a stroke or a line of text, never too small; else one round all."""
    if isinstance(mark, Stroke):
        places = [place for edge in mark.edges for place in _reaches(edge)]
        return _box(places, mark.pen_mm)
    if isinstance(mark, Words):
        return _box(_line_ends(mark), mark.size_mm)
    return _EVERYWHERE


def _line_ends(words: Words) -> list[tuple[float, float]]:
    turn = math.radians(words.angle_deg)
    sin, cos = math.sin(turn), math.cos(turn)
    long_mm = text_width_mm(words.text, words.size_mm, bold=words.bold)
    shares = (-_BEFORE[words.align], 1 - _BEFORE[words.align])
    x_mm, y_mm = words.at
    return [(x_mm + share * long_mm * cos, y_mm + share * long_mm * sin) for share in shares]


def _box(places: Sequence[tuple[float, float]], border_mm: float) -> Box:
    xs, ys = [place[0] for place in places], [place[1] for place in places]
    left_mm, top_mm = min(xs) - border_mm, min(ys) - border_mm
    return Box(left_mm, top_mm, max(xs) + border_mm - left_mm, max(ys) + border_mm - top_mm)


def _reaches(edge: Edge) -> Iterator[tuple[float, float]]:
    if isinstance(edge, Line):
        yield from (edge.start, edge.end)
    elif isinstance(edge, Arc):
        yield from _arc_reaches(edge)
    else:
        yield from edge.points


def _arc_reaches(arc: Arc) -> Iterator[tuple[float, float]]:
    """Return both ends, widened by as much as the arc rises over its chord."""
    half_deg = abs(arc.sweep_deg) / 2
    if half_deg >= _HALF_DEG / 2:
        yield from _round(arc.center, arc.radius_mm)
        return
    rise_mm = arc.radius_mm * (1 - math.cos(math.radians(half_deg)))
    for share in (0.0, 1.0):
        yield from _round(on_arc(arc, share), rise_mm)


def _round(place: Point, away_mm: float) -> Iterator[tuple[float, float]]:
    for sign in (-1, 1):
        yield place[0] + sign * away_mm, place[1] + sign * away_mm


def holds(outer: Box, inner: Box) -> bool:
    """Whether all of *inner* lies in *outer*."""
    across = outer.left_mm <= inner.left_mm and (
        inner.left_mm + inner.width_mm <= outer.left_mm + outer.width_mm
    )
    down = outer.top_mm <= inner.top_mm and (
        inner.top_mm + inner.height_mm <= outer.top_mm + outer.height_mm
    )
    return across and down
