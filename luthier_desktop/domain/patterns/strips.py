"""Strips that cross a ring between boundaries which are one curve, turned from tile to tile."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from luthier_desktop.domain.geometry import (
    ORIGIN,
    Arc,
    Curve,
    Edge,
    Outline,
    Piece,
    Point,
    RingRadii,
    grain_angle_deg,
    turned,
)

FLATNESS_MM = 0.005
"""No chord of a drawn curve leaves the true curve by more."""

MOST_POINTS_A_RING = 200_000
"""A bound on memory; only bars that wind round and round a large ring are drawn coarser."""


class Boundary(NamedTuple):
    """A curve across a ring: its points inner to outer, and the angles of its two ends."""

    points: tuple[Point, ...]
    inner_deg: float
    outer_deg: float

    def turned(self, angle_rad: float) -> Boundary:
        """Return the same curve further clockwise."""
        angle_deg = math.degrees(angle_rad)
        return Boundary(
            turned(self.points, angle_rad),
            self.inner_deg + angle_deg,
            self.outer_deg + angle_deg,
        )


def boundary(radii: RingRadii, angle_at: Callable[[float], float], segments: int) -> Boundary:
    """Return the curve theta = angle_at(u), u = 0 at the inner and 1 at the outer radius."""
    points = []
    for place in range(segments + 1):
        share = place / segments
        angle = angle_at(share)
        radius_mm = radii.inner_mm + share * radii.width_mm
        points.append(Point(radius_mm * math.sin(angle), -radius_mm * math.cos(angle)))
    return Boundary(tuple(points), math.degrees(angle_at(0.0)), math.degrees(angle_at(1.0)))


def spiral(radii: RingRadii, from_rad: float, to_rad: float, most_segments: int) -> Boundary:
    """Return theta linear in r: a straight bar that was sheared and then bent round the ring."""
    sweep = to_rad - from_rad
    segments = spiral_segments(radii, sweep, most_segments)
    return boundary(radii, lambda share: from_rad + share * sweep, segments)


def spiral_segments(radii: RingRadii, sweep_rad: float, most: int) -> int:
    """Return how many chords a spiral needs: |P''| <= hypot(r theta'^2, 2 r' theta')."""
    bend_mm = math.hypot(radii.outer_mm * sweep_rad * sweep_rad, 2 * radii.width_mm * sweep_rad)
    return segments_for(bend_mm, most)


def segments_for(bend_mm: float, most: int) -> int:
    """Return n so that chords over 1/n of the curve stay flat: |P''| / (8 n^2) <= 0.005 mm."""
    return max(1, min(most, math.ceil(math.sqrt(bend_mm / (8 * FLATNESS_MM)))))


def most_segments(boundaries: int) -> int:
    """Return the share of one boundary in the points that a ring may have."""
    return max(8, MOST_POINTS_A_RING // boundaries)


def strip(
    radii: RingRadii, left: Boundary, right: Boundary, material_id: str, grain_deg: float
) -> Piece:
    """Return the piece between a boundary and its turn, clockwise: arcs along the ring.

    Area = turn (ro^2 - ri^2)/2, whatever the curve.
    """
    turn_deg = right.inner_deg - left.inner_deg
    outline = Outline(
        (
            Arc(ORIGIN, radii.outer_mm, left.outer_deg, right.outer_deg - left.outer_deg),
            Curve(right.points[::-1]),
            Arc(ORIGIN, radii.inner_mm, right.inner_deg, -turn_deg),
            Curve(left.points),
        )
    )
    area_mm2 = radii.area_mm2 * turn_deg / 360
    return Piece(outline, (), material_id, grain_angle_deg(grain_deg), area_mm2)


def all_round(first: Boundary, count: int, drawn: int | None = None) -> list[Boundary]:
    """Return *first* and its turns by 1/count of the circle, the last one lying on the first.

    With *drawn* only so many turns follow on the first.
    """
    step = 2 * math.pi / count
    shown = count if drawn is None else drawn
    found = [first, *(first.turned(step * place) for place in range(1, min(shown + 1, count)))]
    if shown < count:
        return found
    closing = Boundary(first.points, first.inner_deg + 360.0, first.outer_deg + 360.0)
    return [*found, closing]


def as_edges(boundaries: list[Boundary]) -> list[Edge]:
    """Return each boundary once as a joint; the closing one is the first again."""
    return [Curve(one.points) for one in boundaries[:-1]]
