"""What a file leaves in the wood: the floor of a groove, ring by ring, as its circles cut it."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from luthier_desktop.domain.cutting.expectation import Expectation, Fault
from luthier_desktop.domain.cutting.interpreter_motion import Motion
from luthier_desktop.domain.cutting.interpreter_reach import reach
from luthier_desktop.domain.cutting.plan_values import Groove, Tabs

TRUE_MM = 0.001
"""Radii and depths are true to this."""
SLIVER_MM = 0.0011
TURN = 2 * math.pi


class Cutting(NamedTuple):
    """A motion in a groove with the radii between which the bit's centre stays."""

    motion: Motion
    low: float
    high: float

    @property
    def circle(self) -> float | None:
        """The radius, where it is a level arc about the origin."""
        motion = self.motion
        level = motion.start[2] == motion.end[2]
        if motion.sweep and level and math.hypot(*motion.centre) < TRUE_MM / 4:
            return round(math.dist(motion.start[:2], motion.centre), 4)
        return None


class Floor:
    """The floor of one groove, in cells between the edges that its circles cut.

    Between tabs it is kept arc by arc: each is cut on its own.
    """

    def __init__(self, groove: Groove, cuttings: Sequence[Cutting], expected: Expectation) -> None:
        self.groove, self.expected = groove, expected
        self.half = expected.diameter_mm / 2
        radii = {cutting.circle for cutting in cuttings} - {None}
        edges = {groove.inner_mm, groove.outer_mm}
        for radius in radii:
            edges |= {_or_zero(radius) - self.half, _or_zero(radius) + self.half}
        self.edges = sorted(edges)
        self.sectors = 1 if groove.tabs is None else groove.tabs.number
        self.depths = [[0.0] * (len(self.edges) - 1) for _ in range(self.sectors)]
        self.turned: dict[tuple[float, float], list[tuple[float, float]]] = {}
        self.done: set[tuple[float, float, int]] = set()

    def cut(self, cutting: Cutting) -> Fault | None:
        """Take away what a motion cuts; say where it bites off more than it may."""
        motion = cutting.motion
        fault = self._tab_fault(cutting)
        for sector in self._sectors_of(cutting):
            fault = fault or self._bite(cutting, sector)
        radius = cutting.circle
        if radius is not None:
            key = (radius, round(motion.end[2], 4))
            self.turned.setdefault(key, []).extend(_angles(motion))
            self._deepen(key)
        return fault

    def left_over(self) -> list[Fault]:
        """Return what a file has not cut away, and circles that lie too far apart."""
        faults = [fault for fault in map(self._left_in, range(self.sectors)) if fault]
        wanted = round(-self.groove.depth_mm, 4)
        radii = sorted({radius for radius, z, _ in self.done if abs(z - wanted) <= TRUE_MM})
        for one, other in pairwise(radii):
            if other - one > self.expected.stepover_mm + 2 * TRUE_MM:
                step = f"The circles of {one:.3f} and {other:.3f} mm lie too far apart."
                faults.append(Fault("stepover", 0, step))
        return faults

    def _left_in(self, sector: int) -> Fault | None:
        depth = self.groove.depth_mm
        for number, floor in enumerate(self.depths[sector]):
            low, high = self.edges[number], self.edges[number + 1]
            inside = self.groove.inner_mm - TRUE_MM < low and high < self.groove.outer_mm + TRUE_MM
            if not inside or high - low < SLIVER_MM or floor <= -depth + TRUE_MM:
                continue
            if floor < 0:
                told = f"The floor from {low:.3f} to {high:.3f} mm is only {-floor:.3f} mm deep."
                return Fault("depth_not_reached", 0, told)
            told = f"The wood from {low:.3f} to {high:.3f} mm stays uncut."
            walls = (self.groove.inner_mm, self.groove.outer_mm)
            wall = min(abs(low - walls[0]), abs(high - walls[1])) < TRUE_MM
            return Fault("wrong_radius" if wall else "island", 0, told)
        return None

    def _bite(self, cutting: Cutting, sector: int) -> Fault | None:
        expected, lowest = self.expected, cutting.motion.lowest
        low, high = cutting.low - self.half, cutting.high + self.half
        worst, width, most = 0.0, 0.0, 0.0
        number = max(0, bisect_left(self.edges, low + SLIVER_MM) - 1)
        floors = self.depths[sector]
        while number < len(floors) and self.edges[number] < high - SLIVER_MM:
            bite = floors[number] - lowest
            most = max(most, bite)
            if bite > expected.stepdown_mm + TRUE_MM:
                worst = max(worst, bite)
                width += min(self.edges[number + 1], high) - max(self.edges[number], low)
            number += 1
        if most > TRUE_MM and self._too_steep(cutting.motion):
            told = "The bit enters the wood more steeply than the setup's ramp."
            return Fault("steep_entry", cutting.motion.line, told)
        if not worst:
            return None
        deep = worst > max(expected.diameter_mm, expected.stepdown_mm) + TRUE_MM
        if deep or width > expected.allowance_mm + 2 * SLIVER_MM:
            told = f"The bit takes {worst:.3f} mm at once, {width:.3f} mm wide."
            return Fault("too_much_at_once", cutting.motion.line, told)
        return None

    def _too_steep(self, motion: Motion) -> bool:
        sinks, ramp = motion.start[2] - motion.end[2], self.expected.ramp
        if ramp is None or sinks <= 0:
            return False
        run = math.sqrt(max(0.0, motion.length**2 - sinks**2))
        return sinks > ramp * run + TRUE_MM

    def _deepen(self, key: tuple[float, float]) -> None:
        """Lower the floor under a circle as soon as it has been gone round."""
        radius, z = key
        for sector in range(self.sectors):
            if (radius, z, sector) in self.done or not self._gone_round(key, sector):
                continue
            self.done.add((radius, z, sector))
            floors = self.depths[sector]
            first = bisect_left(self.edges, radius - self.half)
            last = bisect_left(self.edges, radius + self.half)
            floors[first:last] = [min(floor, z) for floor in floors[first:last]]

    def _gone_round(self, key: tuple[float, float], sector: int) -> bool:
        tabs, z = self.groove.tabs, key[1]
        if tabs is None:
            return _covers(self.turned[key], 0.0, TURN)
        pitch = TURN / tabs.number
        first, last = (sector + 0.5) * pitch, (sector + 1.5) * pitch
        if z < -tabs.top_mm - TRUE_MM:
            inner = self.groove.inner_mm + self.half
            room = (tabs.width_mm + self.expected.diameter_mm) / 2 / inner + 0.002
            first, last = first + room, last - room
        return _covers(self.turned[key], first, last)

    def _sectors_of(self, cutting: Cutting) -> set[int]:
        tabs, motion = self.groove.tabs, cutting.motion
        if tabs is None:
            return {0}
        pitch = TURN / tabs.number
        if abs(motion.sweep) > pitch:
            return set(range(tabs.number))
        first = math.atan2(motion.start[1], motion.start[0])
        places = [first + share * motion.sweep for share in (0.001, 0.5, 0.999)]
        return {math.floor(place / pitch - 0.5) % tabs.number for place in places}

    def _tab_fault(self, cutting: Cutting) -> Fault | None:
        tabs, motion = self.groove.tabs, cutting.motion
        if tabs is None or motion.lowest >= -tabs.top_mm - TRUE_MM:
            return None
        if self._nearest_tab(motion, tabs) >= -TRUE_MM:
            return None
        return Fault("tab_cut", motion.line, "The bit cuts into a tab that holds the disc.")

    def _nearest_tab(self, motion: Motion, tabs: Tabs) -> float:
        """Return the wood, along the circle, that is left to the nearest tab; negative in it."""
        first = math.atan2(motion.start[1], motion.start[0])
        last = math.atan2(motion.end[1], motion.end[0])
        radius = min(math.hypot(*motion.start[:2]), math.hypot(*motion.end[:2]))
        distances = []
        for number in range(tabs.number):
            middle = (number + 0.5) * TURN / tabs.number
            ahead = (middle - first) if motion.sweep >= 0 else (first - middle)
            if ahead % TURN < abs(motion.sweep):
                return -radius
            distances += [_apart(middle, first), _apart(middle, last)]
        return min(distances) * radius - (tabs.width_mm + self.expected.diameter_mm) / 2


def cuttings_of(motions: Sequence[Motion]) -> list[Cutting]:
    """Return the motions that cut, with the radii they keep between."""
    return [Cutting(motion, *reach(motion)) for motion in motions if motion.code]


def _or_zero(radius: float | None) -> float:
    return radius or 0.0


def _apart(one: float, other: float) -> float:
    return abs((one - other + math.pi) % TURN - math.pi)


def _angles(motion: Motion) -> list[tuple[float, float]]:
    """Return the angles that a level arc about the origin passes, between 0 and a full turn."""
    first = math.atan2(motion.start[1], motion.start[0])
    begin = (first if motion.sweep > 0 else first + motion.sweep) % TURN
    end = begin + abs(motion.sweep)
    return [(begin, end)] if end <= TURN else [(begin, TURN), (0.0, end - TURN)]


def _covers(passed: Sequence[tuple[float, float]], first: float, last: float) -> bool:
    """Tell whether the angles passed leave no gap between two angles."""
    if last > TURN:
        return _covers(passed, first, TURN) and _covers(passed, 0.0, last - TURN)
    reached = first
    for begin, end in sorted(passed):
        if begin > reached + 1e-4:
            break
        reached = max(reached, end)
    return reached >= last - 1e-4
