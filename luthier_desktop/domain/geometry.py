"""Circles, arcs and closed outlines, exact and in closed form.

Frame: origin at the soundhole's centre, angles in degrees clockwise from 12 o'clock (the
fingerboard), lengths in mm. In the plane x points right and y points down, as on a screen:
``x = r sin(theta)``, ``y = -r cos(theta)``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
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


def on_arc(arc: Arc, share: float) -> Point:
    """Return the point at *share* of an arc, 0 its start and 1 its end."""
    angle = math.radians(arc.start_deg + share * arc.sweep_deg)
    return Point(
        arc.center.x_mm + arc.radius_mm * math.sin(angle),
        arc.center.y_mm - arc.radius_mm * math.cos(angle),
    )


class Outline(NamedTuple):
    """A closed run of edges, each starting where the one before it ends."""

    edges: tuple[Edge, ...]


class Piece(NamedTuple):
    """One piece of inlay: outer outline, holes, its wood, how its grain runs, its true area.

    ``grain_deg`` is the direction of the grain at the piece's middle, from 0 to below 180.
    Where ``bent`` is true the grain follows the ring: tangential everywhere.
    """

    outline: Outline
    holes: tuple[Outline, ...]
    material_id: str
    grain_deg: float
    area_mm2: float
    bent: bool = False


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


ORIGIN = Point(0.0, 0.0)
"""The soundhole's centre."""


def grain_angle_deg(direction_deg: float) -> float:
    """Return a direction of grain from 0 to below 180 degrees, for a grain has no head."""
    turned_deg = direction_deg % 180.0
    return turned_deg if turned_deg < 180.0 else 0.0  # of -1e-35 the remainder is 180 itself


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


def stacked_radii(
    inner_mm: float, gaps_and_widths_mm: Iterable[tuple[float, float]]
) -> tuple[RingRadii, ...]:
    """Return the radii of rings laid from *inner_mm* outwards, each after the gap before it."""
    radii = []
    edge_mm = inner_mm
    for gap_mm, width_mm in gaps_and_widths_mm:
        start_mm = edge_mm + gap_mm
        edge_mm = start_mm + width_mm
        radii.append(RingRadii(start_mm, edge_mm))
    return tuple(radii)


def circle(center: Point, radius_mm: float) -> Outline:
    """Return a full circle as one arc, clockwise from 12 o'clock."""
    return Outline((Arc(center, radius_mm, 0.0, 360.0),))


def annulus(radii: RingRadii, material_id: str, grain_deg: float = 90.0, *, bent: bool) -> Piece:
    """Return a whole ring as one piece with the inner circle as its hole."""
    return Piece(
        circle(ORIGIN, radii.outer_mm),
        (circle(ORIGIN, radii.inner_mm),),
        material_id,
        grain_deg,
        radii.area_mm2,
        bent,
    )


def sector(radii: RingRadii, start_deg: float, sweep_deg: float) -> Outline:
    """Return a ring's sector: arcs along the ring, radial lines across it, clockwise."""
    end_deg = start_deg + sweep_deg
    return Outline(
        (
            Arc(ORIGIN, radii.outer_mm, start_deg, sweep_deg),
            Line(polar(radii.outer_mm, end_deg), polar(radii.inner_mm, end_deg)),
            Arc(ORIGIN, radii.inner_mm, end_deg, -sweep_deg),
            Line(polar(radii.inner_mm, start_deg), polar(radii.outer_mm, start_deg)),
        )
    )


def turned(points: Iterable[Point], angle_rad: float) -> tuple[Point, ...]:
    """Return *points* turned clockwise about the origin."""
    sin, cos = math.sin(angle_rad), math.cos(angle_rad)
    return tuple([Point(x * cos - y * sin, x * sin + y * cos) for x, y in points])


def mirrored(outline: Outline) -> Outline:
    """Return the outline's mirror image about the guitar's axis."""
    return Outline(tuple([_mirrored_edge(edge) for edge in outline.edges]))


def _mirrored_edge(edge: Edge) -> Edge:
    if isinstance(edge, Arc):
        return Arc(_mirrored_point(edge.center), edge.radius_mm, -edge.start_deg, -edge.sweep_deg)
    if isinstance(edge, Line):
        return Line(_mirrored_point(edge.start), _mirrored_point(edge.end))
    return Curve(tuple([_mirrored_point(point) for point in edge.points]))


def _mirrored_point(point: Point) -> Point:
    return Point(-point.x_mm, point.y_mm)
