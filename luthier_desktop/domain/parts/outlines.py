"""Measures of outlines: how far they reach, where they are moved, how tight they are inside."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise

from luthier_desktop.domain.geometry import Arc, Curve, Edge, Line, Outline, Point, on_arc
from luthier_desktop.domain.paper import Box

_STRAIGHT = 1e-6
"""A turn of less than this, in radians, is none."""


def box_of(outline: Outline) -> Box:
    """Return the smallest upright rectangle round an outline."""
    points = [point for edge in outline.edges for point in _extremes(edge)]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    return Box(left, top, right - left, bottom - top)


def moved(outline: Outline, shift: Point) -> Outline:
    """Return the outline moved."""
    return Outline(tuple([_moved(edge, shift) for edge in outline.edges]))


def tightest_inside_mm(outline: Outline, holes: Iterable[Outline] = ()) -> float:
    """Return the smallest radius that a bit meets which goes round a part outside its outline.

    A hole is gone round inside. 0 is a sharp inside corner; infinity: there is none at all.
    """
    tightest = list(_inside_radii_mm(outline, math.copysign(1.0, _turning(outline))))
    for hole in holes:
        tightest += _inside_radii_mm(hole, -math.copysign(1.0, _turning(hole)))
    return min(tightest, default=math.inf)


def _extremes(edge: Edge) -> Iterator[Point]:
    """Yield the ends of an edge, and where an arc is furthest left, right, up or down."""
    if isinstance(edge, Line):
        yield from edge
    elif isinstance(edge, Curve):
        yield from edge.points
    else:
        yield from (on_arc(edge, 0.0), on_arc(edge, 1.0))
        low, high = sorted((edge.start_deg, edge.start_deg + edge.sweep_deg))
        for quarter in range(math.ceil(low / 90), math.floor(high / 90) + 1):
            yield on_arc(Arc(edge.center, edge.radius_mm, quarter * 90.0, 0.0), 0.0)


def _moved(edge: Edge, shift: Point) -> Edge:
    if isinstance(edge, Line):
        return Line(_moved_point(edge.start, shift), _moved_point(edge.end, shift))
    if isinstance(edge, Arc):
        return edge._replace(center=_moved_point(edge.center, shift))
    return Curve(tuple([_moved_point(point, shift) for point in edge.points]))


def _moved_point(point: Point, shift: Point) -> Point:
    return Point(point[0] + shift[0], point[1] + shift[1])


def _turning(outline: Outline) -> float:
    """Return the sum of all turns along a closed outline: a full one, to one hand or the other."""
    turns = [math.radians(edge.sweep_deg) for edge in outline.edges if isinstance(edge, Arc)]
    return math.fsum([*turns, *(turn for turn in _corner_turns(outline))])


def _inside_radii_mm(outline: Outline, hand: float) -> Iterator[float]:
    """Yield the radii of what bends against *hand*, the one that the outline turns to."""
    for edge in outline.edges:
        if isinstance(edge, Arc) and edge.sweep_deg * hand < 0:
            yield edge.radius_mm
    for turn in _corner_turns(outline):
        if turn * hand < -_STRAIGHT:
            yield 0.0


def _corner_turns(outline: Outline) -> list[float]:
    """Return the turn at each corner, in radians, positive clockwise as seen."""
    ways = [way for edge in outline.edges for way in _ways(edge)]
    if len(ways) < 2:
        return []
    return [_wrapped(begin - end) for (_, end), (begin, _) in pairwise([*ways, ways[0]])]


def _ways(edge: Edge) -> Iterator[tuple[float, float]]:
    """Yield the headings at begin and end of an edge, or of each part of a curve."""
    if isinstance(edge, Arc):
        hand = math.copysign(math.pi / 2, edge.sweep_deg)
        start = math.radians(edge.start_deg) - math.pi / 2 + hand
        yield start, start + math.radians(edge.sweep_deg)
        return
    points = edge.points if isinstance(edge, Curve) else (edge.start, edge.end)
    for (x0, y0), (x1, y1) in pairwise(points):
        heading = math.atan2(y1 - y0, x1 - x0)
        yield heading, heading


def _wrapped(angle: float) -> float:
    return math.remainder(angle, 2 * math.pi)
