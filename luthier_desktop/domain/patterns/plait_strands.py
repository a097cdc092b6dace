"""The strands of a plait: their swing between the edges, where they cross, and their pieces.

A strand's middle is r = r_m + A cos(psi), psi = q theta/p + 2 pi k/p. Along its own phase psi a
strand is crossed at psi = pi m/p, m no multiple of p, by one whose phase is -psi there. Over and
under take turns along each strand. Source: domain reference 6, row 13. A strand is as wide square
to its middle as it says: half of it across the ring is (s/2) sqrt(1 + (dr/(r_m dtheta))^2).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from luthier_desktop.domain.geometry import Curve, Outline, Point, RingRadii, turned
from luthier_desktop.domain.patterns.strips import MOST_POINTS_A_RING, segments_for

MOST_OF_ROOM = 0.98
EYE_SHARE = 0.92
"""Between two crossings at most this share is taken up by the strands that cross there."""
STEPS = 128
HALVINGS = 50
SHRINKINGS = 24

Radius = Callable[[float], float]
"""A radius in mm as a function of the phase that has passed since the over-crossing."""


class Strand(NamedTuple):
    """One kind of piece, from an under-crossing to the next, as it lies first in the ring."""

    outline: Outline
    grain_deg: float
    area_mm2: float


class Plait(NamedTuple):
    """A plait as it is drawn; each of its kinds of pieces comes once a bight."""

    strands: int
    bights: int
    strand_mm: float
    kinds: tuple[Strand, ...]

    @property
    def components(self) -> int:
        """How many closed strands there are."""
        return math.gcd(self.strands, self.bights)

    @property
    def strands_mm2(self) -> float:
        """The area of all pieces of the strands."""
        return self.bights * math.fsum(kind.area_mm2 for kind in self.kinds)

    def component(self, place: int) -> int:
        """Return which closed strand the piece at *place* belongs to."""
        return -place % self.components

    def angle_deg(self, place: int) -> float:
        """Return how far the piece at *place* is turned."""
        return 360.0 * place / self.bights

    def turned_outline(self, kind: Strand, place: int) -> Outline:
        """Return the outline of the piece at *place*."""
        if place == 0:
            return kind.outline
        angle = 2 * math.pi * place / self.bights
        edges = [edge for edge in kind.outline.edges if isinstance(edge, Curve)]
        return Outline(tuple(Curve(turned(edge.points, angle)) for edge in edges))


@lru_cache(maxsize=64)
def fitting(
    radii: RingRadii, strands: int, bights: int, strand_mm: float, gap_mm: float
) -> Plait:
    """Return the plait, strands and gaps made smaller where they would close up its eyes."""
    plan, low, high = _plan(radii, strands, bights, strand_mm, gap_mm), 0.0, 1.0
    if not plan.is_open():
        for _ in range(SHRINKINGS):
            share = (low + high) / 2
            tried = _plan(radii, strands, bights, share * strand_mm, share * gap_mm)
            if tried.is_open():
                plan, low = tried, share
            else:
                high = share
    kinds = tuple(plan.strand(over) for over in plan.overs())
    return Plait(strands, bights, plan.strand_mm, kinds)


class _Plan(NamedTuple):
    radii: RingRadii
    strands: int
    bights: int
    strand_mm: float
    gap_mm: float
    swing_mm: float

    @property
    def slope(self) -> float:
        """The steepest dr/(r_m dtheta) of a strand's middle."""
        return self.swing_mm * self.bights / (self.strands * self.radii.mean_mm)

    def overs(self) -> list[int]:
        """Return m of every crossing in one swing at which a strand lies above."""
        p = self.strands
        return [*range(1, p, 2), *range(p + 1 + (p + 1) % 2, 2 * p, 2)]

    def is_open(self) -> bool:
        """Whether all eyes between the strands stay open."""
        p = self.strands
        return self.swing_mm > 0 and all(
            self._reach(m) + self._reach(self._beside(m, 1))
            <= EYE_SHARE * math.pi * (self._beside(m, 1) - m) / p
            for m in range(1, p)
        )

    def strand(self, over: int) -> Strand:
        """Return the piece that lies above at the crossing *over*.

        Its ends are looked for between an under-crossing and where the two strands are farthest
        apart: of two strands that cross again and again, a quarter of a swing on.
        """
        before, after = self._beside(over, -1), self._beside(over, 1)
        own = math.pi * over / self.strands
        ends = [(before, self._cut(before, over, 1)), (after, self._cut(after, over, -1))]
        corners: dict[int, list[float]] = {1: [], -1: []}
        for at, cut in ends:
            there = math.pi * (at - over) / self.strands
            apart = there - math.copysign(min(math.pi / 2, EYE_SHARE * abs(there)), there)
            for side in (1, -1):
                edge = self._edge(own, side * self.strand_mm / 2)
                corners[side].append(_crossing(edge, cut, there, apart))
        (up0, up1), (low0, low1) = corners[1], corners[-1]
        walk = (
            (self._edge(own, self.strand_mm / 2), up0, up1),
            (ends[1][1], up1, low1),
            (self._edge(own, -self.strand_mm / 2), low1, low0),
            (ends[0][1], low0, up0),
        )
        start = math.pi * over / self.bights
        outline = Outline(tuple(Curve(self._points(*edge, start)) for edge in walk))
        area_mm2 = math.fsum(self._swept_mm2(*edge) for edge in walk)
        lean_deg = math.degrees(math.atan(-self.slope * math.sin(own)))
        return Strand(outline, math.degrees(start) + 90 - lean_deg, area_mm2)

    def _beside(self, m: int, way: int) -> int:
        """Return the next crossing along a strand; where it turns at an edge there is none."""
        return m + way if (m + way) % self.strands else m + 2 * way

    def _edge(self, phase: float, aside_mm: float) -> Radius:
        """Return a curve beside a strand whose phase is *phase* at the over-crossing."""
        mean_mm, swing_mm, slope = self.radii.mean_mm, self.swing_mm, self.slope

        def radius_mm(passed: float) -> float:
            angle = phase + passed
            across_mm = aside_mm * math.hypot(1.0, slope * math.sin(angle))
            return mean_mm + swing_mm * math.cos(angle) + across_mm

        return radius_mm

    def _cut(self, at: int, over: int, way: int) -> Radius:
        """Return the curve along which the piece ends under the strand that crosses it at *at*.

        A piece that runs inwards there lies inside that strand after it, outside before it.
        """
        inwards = math.sin(math.pi * at / self.strands) > 0
        side = -way if inwards else way
        phase = -math.pi * (2 * at - over) / self.strands
        return self._edge(phase, side * (self.strand_mm / 2 + self.gap_mm))

    def _reach(self, m: int) -> float:
        """Return how far from a crossing, in phase, both strands with their gaps come apart."""
        own, half_mm = math.pi * m / self.strands, self.strand_mm / 2 + self.gap_mm
        swing_mm, slope = 2 * self.swing_mm * abs(math.sin(own)), self.slope

        def apart_mm(passed: float) -> float:
            both = math.hypot(1, slope * math.sin(passed + own)) + math.hypot(
                1, slope * math.sin(passed - own)
            )
            return swing_mm * math.sin(passed) - half_mm * both

        room = math.pi / self.strands
        return math.pi if apart_mm(room) < 0 else _root(apart_mm, 0.0, room)

    def _swept_mm2(self, radius_mm: Radius, start: float, end: float) -> float:
        """Return half the integral of r^2 dtheta along an edge, by Simpson's rule."""
        step = (end - start) / STEPS
        values = [radius_mm(start + place * step) ** 2 for place in range(STEPS + 1)]
        total = values[0] + values[-1] + 4 * sum(values[1::2]) + 2 * sum(values[2:-1:2])
        return total * step / 6 * self.strands / self.bights

    def _points(self, radius_mm: Radius, start: float, end: float, at: float) -> tuple[Point, ...]:
        pace = self.strands / self.bights
        half_mm, slope = self.strand_mm / 2 + self.gap_mm, self.slope
        pull_mm = self.swing_mm + half_mm * (slope + slope**2)
        bend_mm = pull_mm * (1 + 2 * pace) + self.radii.outer_mm * pace**2
        most = max(8, MOST_POINTS_A_RING // (4 * self.bights * (self.strands - 1)))
        chords = segments_for(bend_mm * (end - start) ** 2, most)
        points = []
        for place in range(chords + 1):
            passed = start + (end - start) * place / chords
            angle, here_mm = at + pace * passed, radius_mm(passed)
            points.append(Point(here_mm * math.sin(angle), -here_mm * math.cos(angle)))
        return tuple(points)


def _plan(
    radii: RingRadii, strands: int, bights: int, strand_mm: float, gap_mm: float
) -> _Plan:
    """Return the plait that swings as far as the ring's width lets it."""
    room_mm = MOST_OF_ROOM * radii.width_mm / 2
    steepness = bights / (strands * radii.mean_mm)

    def left_mm(swing_mm: float) -> float:
        return room_mm - _farthest_mm(swing_mm, swing_mm * steepness, strand_mm / 2)

    if left_mm(0.0) <= 0:
        return _Plan(radii, strands, bights, strand_mm, gap_mm, 0.0)
    swing_mm = _root(left_mm, 0.0, room_mm)
    return _Plan(radii, strands, bights, strand_mm, gap_mm, swing_mm)


def _farthest_mm(swing_mm: float, slope: float, half_mm: float) -> float:
    """Return the largest A u + h sqrt(1 + c^2 (1 - u^2)) for u from 0 to 1."""
    if half_mm * slope**2 <= swing_mm:
        return swing_mm + half_mm
    return math.hypot(1.0, slope) * math.hypot(swing_mm / slope, half_mm)


def _crossing(one: Radius, other: Radius, near: float, far: float) -> float:
    return _root(lambda passed: one(passed) - other(passed), near, far)


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    """Return where *function* changes its sign between *low* and *high*."""
    sign = math.copysign(1.0, function(high))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if sign * function(middle) > 0:
            high = middle
        else:
            low = middle
    return (low + high) / 2
