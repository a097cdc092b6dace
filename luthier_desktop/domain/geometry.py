"""Circles, arcs and closed outlines, exact and in closed form.

Frame: origin at the soundhole's centre, angles in degrees clockwise from 12 o'clock (the
fingerboard), lengths in mm. In the plane x points right and y points down, as on a screen:
``x = r sin(theta)``, ``y = -r cos(theta)``.
"""

from __future__ import annotations

import math
from typing import NamedTuple


class Point(NamedTuple):
    """A place in the plane, mm; x right, y down."""

    x_mm: float
    y_mm: float


class Line(NamedTuple):
    """A straight edge."""

    start: Point
    end: Point


class Arc(NamedTuple):
    """An edge that follows a circle; ``sweep_deg`` is positive clockwise on the screen."""

    center: Point
    radius_mm: float
    start_deg: float
    sweep_deg: float


class Curve(NamedTuple):
    """An edge that is neither: points close enough together to be drawn as it is (0.005 mm)."""

    points: tuple[Point, ...]


Edge = Line | Arc | Curve


class Outline(NamedTuple):
    """A closed run of edges, each starting where the one before it ends."""

    edges: tuple[Edge, ...]


class Piece(NamedTuple):
    """One piece of inlay: outer outline, holes, its wood, how its grain runs, its true area."""

    outline: Outline
    holes: tuple[Outline, ...]
    material_id: str
    grain_deg: float
    area_mm2: float


class RingRadii(NamedTuple):
    """Where one ring of a stack lies."""

    inner_mm: float
    outer_mm: float

    @property
    def mean_mm(self) -> float:
        """The mean radius, at which lengths along the ring are counted."""
        return (self.inner_mm + self.outer_mm) / 2

    @property
    def width_mm(self) -> float:
        """The radial width."""
        return self.outer_mm - self.inner_mm

    @property
    def area_mm2(self) -> float:
        """Area in mm2: pi (ro^2 - ri^2)."""
        return math.pi * (self.outer_mm - self.inner_mm) * (self.outer_mm + self.inner_mm)


def polar(radius_mm: float, angle_deg: float) -> Point:
    """Return the point at *angle_deg* clockwise from 12 o'clock."""
    angle = math.radians(angle_deg)
    return Point(radius_mm * math.sin(angle), -radius_mm * math.cos(angle))


def hidden_arc_deg(radius_mm: float, board_width_mm: float, end_distance_mm: float) -> float:
    """Return the arc that the fingerboard's end hides at *radius_mm*, in degrees.

    2 min(asin(w/2r), acos(d/r)); 0 where the circle does not reach the board's end.
    Source: domain reference, check G3.
    """
    if radius_mm <= end_distance_mm:
        return 0.0
    side = math.asin(min(1.0, board_width_mm / (2 * radius_mm)))
    end = math.acos(end_distance_mm / radius_mm)
    return math.degrees(2 * min(side, end))
