"""The plan of a cut: grooves, moves with their times, and the numbers that they were planned with.

Frame: origin at the soundhole's centre on the top face, x right, y towards the fingerboard, z up,
mm. Angles run counter-clockwise from x, in radians. Every coordinate has four decimals at most, so
that the plan is exactly what is written.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import Literal, NamedTuple

from luthier_desktop.domain.gcode_options import GcodeOptions

DECIMALS = 4
MoveKind = Literal["rapid", "feed", "cw", "ccw"]
Purpose = Literal["travel", "entry", "rough", "finish"]


class Position(NamedTuple):
    """A place of the bit's tip."""

    x_mm: float
    y_mm: float
    z_mm: float


class Move(NamedTuple):
    """One move of the bit's tip; ``cw`` and ``ccw`` are arcs about ``centre``, also as helix.

    ``feed_mm_min`` is 0 for rapid moves. Its time runs from ``begin_s`` to ``end_s``.
    """

    kind: MoveKind
    start: Position
    end: Position
    feed_mm_min: float
    purpose: Purpose
    centre: tuple[float, float] = (0.0, 0.0)
    begin_s: float = 0.0
    end_s: float = 0.0

    @property
    def sweep_rad(self) -> float:
        """The signed angle of an arc about its centre; 0 for a straight move."""
        if self.kind in ("rapid", "feed"):
            return 0.0
        at_x, at_y = self.centre
        first = math.atan2(self.start.y_mm - at_y, self.start.x_mm - at_x)
        last = math.atan2(self.end.y_mm - at_y, self.end.x_mm - at_x)
        turn = (last - first) % math.tau if self.kind == "ccw" else -((first - last) % math.tau)
        return turn or (math.tau if self.kind == "ccw" else -math.tau)

    @property
    def radius_mm(self) -> float:
        """The radius of an arc about its centre."""
        return math.dist(self.start[:2], self.centre)

    @property
    def length_mm(self) -> float:
        """The length of the path, its depth included."""
        if self.kind in ("rapid", "feed"):
            return math.dist(self.start, self.end)
        return math.hypot(self.radius_mm * self.sweep_rad, self.end.z_mm - self.start.z_mm)

    def at(self, share: float) -> Position:
        """Return the place after a *share* (0 to 1) of the move."""
        z_mm = self.start.z_mm + share * (self.end.z_mm - self.start.z_mm)
        if self.kind in ("rapid", "feed"):
            x_mm = self.start.x_mm + share * (self.end.x_mm - self.start.x_mm)
            y_mm = self.start.y_mm + share * (self.end.y_mm - self.start.y_mm)
            return Position(x_mm, y_mm, z_mm)
        at_x, at_y = self.centre
        turned = math.atan2(self.start.y_mm - at_y, self.start.x_mm - at_x)
        turned += share * self.sweep_rad
        radius_mm = self.radius_mm
        return Position(
            at_x + radius_mm * math.cos(turned), at_y + radius_mm * math.sin(turned), z_mm
        )


class Tabs(NamedTuple):
    """Bridges that hold a disc: how many, how wide, and how far below the face they begin.

    The first lies at pi/``number``, so that four lie between the axes of the grain.
    """

    number: int
    width_mm: float
    top_mm: float


class Groove(NamedTuple):
    """What is cut away: a ring between two radii, to a depth below the face."""

    inner_mm: float
    outer_mm: float
    depth_mm: float
    tabs: Tabs | None = None

    @property
    def width_mm(self) -> float:
        """The width, clearance included."""
        return self.outer_mm - self.inner_mm


class CutNumbers(NamedTuple):
    """The numbers of bit, machine and cut that a plan is made with.

    Feeds are limited to the machine's largest. ``ramp`` is the steepest slope of an entry, None
    to plunge. ``accel_mm_s2`` None: times are reckoned without acceleration.
    """

    diameter_mm: float
    spindle_rpm: float
    feed_mm_min: float
    plunge_mm_min: float
    stepdown_mm: float
    stepover_mm: float
    ramp: float | None
    rapid_mm_min: float
    accel_mm_s2: float | None
    top_thickness_mm: float


class CutPlan(NamedTuple):
    """The moves of one file with one bit, in order, and their times.

    It begins when the spindle has been switched on at the safe height: ``options.spin_up_s``
    passes before the first move.
    """

    options: GcodeOptions
    numbers: CutNumbers
    grooves: tuple[Groove, ...]
    moves: tuple[Move, ...]

    @property
    def seconds(self) -> float:
        """The time of the whole file."""
        return self.moves[-1].end_s

    @property
    def deepest_mm(self) -> float:
        """How far the bit goes below the face."""
        return max(groove.depth_mm for groove in self.grooves)

    def at_time(self, seconds: float) -> tuple[int, Position]:
        """Return the index of the move at *seconds* and the place of the bit there."""
        found = bisect_left(self.moves, seconds, key=lambda move: move.end_s)
        index = min(found, len(self.moves) - 1)
        move = self.moves[index]
        span_s = move.end_s - move.begin_s
        share = (seconds - move.begin_s) / span_s if span_s > 0 else 1.0
        return index, move.at(min(max(share, 0.0), 1.0))
