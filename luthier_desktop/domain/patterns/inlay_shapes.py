"""The shapes of a placed inlay: exact outlines of arcs and lines, and the room that they need."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Literal, NamedTuple

from luthier_desktop.domain.geometry import Arc, Edge, Line, Outline, Point, circle, on_arc

ShapeKind = Literal["leaf", "moon", "lozenge", "dot"]

LEAF_WIDTH, LOZENGE_WIDTH = 0.4, 0.5
"""Widths as parts of the length."""
MOON_CUT, MOON_SHIFT = 0.85, 0.42
"""Radius of the disc that is cut out of a moon and how far it lies aside, as parts of its own."""
CORNERS_OF_ROUND = 24
CORNERS_OF_LEAF = 8


class Shape(NamedTuple):
    """A shape where it lies: its long axis runs at ``turn_deg``, clockwise from 12 o'clock."""

    kind: ShapeKind
    center: Point
    size_mm: float
    turn_deg: float

    def outline(self) -> Outline:
        """Return the closed outline, clockwise."""
        if self.kind == "dot":
            return circle(self.center, self.size_mm / 2)
        if self.kind == "lozenge":
            corners = self._lozenge()
            return Outline(tuple(Line(*side) for side in pairwise([*corners, corners[0]])))
        return Outline(self._leaf() if self.kind == "leaf" else self._moon())

    def hull(self) -> tuple[Point, ...]:
        """Return a convex polygon round the shape; a moon needs the room of its whole disc."""
        if self.kind == "lozenge":
            return self._lozenge()
        if self.kind == "leaf":
            return self._leaf_hull()
        radius_mm = self.size_mm / 2 / math.cos(math.pi / CORNERS_OF_ROUND)
        turns = [2 * math.pi * place / CORNERS_OF_ROUND for place in range(CORNERS_OF_ROUND)]
        return tuple(
            self._at(radius_mm * math.cos(turn), radius_mm * math.sin(turn)) for turn in turns
        )

    def _at(self, along_mm: float, aside_mm: float) -> Point:
        sin, cos = math.sin(math.radians(self.turn_deg)), math.cos(math.radians(self.turn_deg))
        return Point(
            self.center.x_mm + along_mm * sin + aside_mm * cos,
            self.center.y_mm - along_mm * cos + aside_mm * sin,
        )

    def _lozenge(self) -> tuple[Point, ...]:
        long_mm, wide_mm = self.size_mm / 2, LOZENGE_WIDTH * self.size_mm / 2
        return (
            self._at(long_mm, 0.0), self._at(0.0, wide_mm),
            self._at(-long_mm, 0.0), self._at(0.0, -wide_mm),
        )

    def _leaf(self) -> tuple[Edge, ...]:
        """Return two arcs from tip to tip."""
        radius_mm, aside_mm, tip_deg = self._leaf_arc()
        sweep_deg = 180.0 - 2 * tip_deg
        return (
            Arc(self._at(0.0, -aside_mm), radius_mm, self.turn_deg + tip_deg, sweep_deg),
            Arc(self._at(0.0, aside_mm), radius_mm, self.turn_deg + tip_deg + 180, sweep_deg),
        )

    def _leaf_arc(self) -> tuple[float, float, float]:
        half_mm, wide_mm = self.size_mm / 2, LEAF_WIDTH * self.size_mm / 2
        radius_mm = (half_mm**2 + wide_mm**2) / (2 * wide_mm)
        aside_mm = radius_mm - wide_mm
        return radius_mm, aside_mm, math.degrees(math.atan2(aside_mm, half_mm))

    def _leaf_hull(self) -> tuple[Point, ...]:
        """Return corners on tangents of the arcs: none of it lies within the leaf."""
        radius_mm, aside_mm, tip_deg = self._leaf_arc()
        step = math.radians(180.0 - 2 * tip_deg) / CORNERS_OF_LEAF
        far_mm = radius_mm / math.cos(step / 2)
        turns = [
            math.radians(tip_deg) + (place + 0.5) * step for place in range(CORNERS_OF_LEAF)
        ]
        side = [(far_mm * math.cos(turn), far_mm * math.sin(turn) - aside_mm) for turn in turns]
        half_mm = self.size_mm / 2
        return (
            self._at(half_mm, 0.0),
            *(self._at(along, aside) for along, aside in side),
            self._at(-half_mm, 0.0),
            *(self._at(-along, -aside) for along, aside in side),
        )

    def _moon(self) -> tuple[Edge, ...]:
        """Return the outer arc between the horns, and the arc of the disc that is cut out."""
        radius_mm = self.size_mm / 2
        cut_mm, shift_mm = MOON_CUT * radius_mm, MOON_SHIFT * radius_mm
        aside_mm = (shift_mm**2 + radius_mm**2 - cut_mm**2) / (2 * shift_mm)
        along_mm = math.sqrt(radius_mm**2 - aside_mm**2)
        horn_deg = math.degrees(math.atan2(aside_mm, along_mm))
        inner_deg = math.degrees(math.atan2(aside_mm - shift_mm, along_mm))
        outer = Arc(self.center, radius_mm, self.turn_deg + 180 - horn_deg, 180 + 2 * horn_deg)
        center = self._at(0.0, shift_mm)
        inner = Arc(center, cut_mm, self.turn_deg + inner_deg, -180 - 2 * inner_deg)
        return outer, inner


def enclosed_mm2(outline: Outline) -> float:
    """Return the area within arcs and lines, exactly: half the sum of x dy - y dx."""
    total = 0.0
    for edge in outline.edges:
        if isinstance(edge, Arc):
            start, end = on_arc(edge, 0.0), on_arc(edge, 1.0)
            total += edge.radius_mm**2 * math.radians(edge.sweep_deg)
            total += edge.center.x_mm * (end.y_mm - start.y_mm)
            total -= edge.center.y_mm * (end.x_mm - start.x_mm)
        elif isinstance(edge, Line):
            (x0, y0), (x1, y1) = edge
            total += x0 * y1 - y0 * x1
    return total / 2


def are_apart(one: tuple[Point, ...], other: tuple[Point, ...]) -> bool:
    """Return whether two convex polygons lie apart: one of their sides has all between."""
    return _has_parting_side(one, other) or _has_parting_side(other, one)


def _has_parting_side(one: tuple[Point, ...], other: tuple[Point, ...]) -> bool:
    """Return whether all of *other* lies outside a side of *one*, which runs clockwise."""
    return any(
        all((bx - ax) * (y - ay) - (by - ay) * (x - ax) < 0 for x, y in other)
        for (ax, ay), (bx, by) in pairwise([*one, one[0]])
    )


def reach_mm(polygon: tuple[Point, ...]) -> tuple[float, float]:
    """Return the least and the largest distance of a polygon from the soundhole's centre."""
    nearest = min(_from_origin_mm(a, b) for a, b in pairwise([*polygon, polygon[0]]))
    return nearest, max(math.hypot(*corner) for corner in polygon)


def _from_origin_mm(one: Point, other: Point) -> float:
    (ax, ay), (bx, by) = one, other
    length2 = (bx - ax) ** 2 + (by - ay) ** 2
    share = -(ax * (bx - ax) + ay * (by - ay)) / length2 if length2 else 0.0
    share = min(1.0, max(0.0, share))
    return math.hypot(ax + share * (bx - ax), ay + share * (by - ay))
