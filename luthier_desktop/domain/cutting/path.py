"""A path drawn by the bit's tip: straight moves, circles, ramps, and moves through the air."""

from __future__ import annotations

import math

from luthier_desktop.domain.cutting.plan_values import (
    DECIMALS,
    CutNumbers,
    Move,
    MoveKind,
    Position,
    Purpose,
)
from luthier_desktop.domain.errors import InputRefused

Spin = MoveKind
MOST_MOVES = 20_000
START_ABOVE_MM = 0.5
"""An entry begins so far above the face: no top lies quite flat."""
_QUARTERS = ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))


def written(value: float) -> float:
    """Round to what a file holds; -0 becomes 0."""
    return round(value, DECIMALS) + 0.0


def on_circle(radius_mm: float, angle_rad: float) -> tuple[float, float]:
    """Return the point of a circle about the origin, as it is written."""
    return written(radius_mm * math.cos(angle_rad)), written(radius_mm * math.sin(angle_rad))


class Path:
    """Collects the moves of one file, from the safe height above the origin."""

    def __init__(self, numbers: CutNumbers, safe_z_mm: float) -> None:
        self.numbers = numbers
        self.moves: list[Move] = []
        self.at = Position(0.0, 0.0, written(safe_z_mm))
        self.quarter = 0
        self._safe_z_mm = written(safe_z_mm)

    def travel(self, x_mm: float, y_mm: float) -> None:
        """Lift to the safe height and move there through the air."""
        self._rapid(self.at._replace(z_mm=self._safe_z_mm))
        self._rapid(Position(x_mm, y_mm, self._safe_z_mm))

    def travel_to_circle(self, radius_mm: float) -> None:
        """Lift, and move through the air to where a circle about the origin begins."""
        self.quarter = 0
        self.travel(*self._on_axis(radius_mm))

    def sink(self, z_mm: float, purpose: Purpose = "entry") -> None:
        """Move straight down, or up, at the plunge feed."""
        end = self.at._replace(z_mm=written(z_mm))
        self._add("feed", end, self.numbers.plunge_mm_min, purpose)

    def straight(self, x_mm: float, y_mm: float, purpose: Purpose) -> None:
        """Move straight at this depth at the feed."""
        end = Position(x_mm, y_mm, self.at.z_mm)
        self._add("feed", end, self.numbers.feed_mm_min, purpose)

    def step_to_circle(self, radius_mm: float, purpose: Purpose = "rough") -> None:
        """Move outward or inward to another circle about the origin."""
        self.straight(*self._on_axis(radius_mm), purpose)

    def circle(self, radius_mm: float, spin: Spin, purpose: Purpose) -> None:
        """Cut a full circle about the origin in two halves, from and to where the bit is."""
        for _ in range(2):
            self._turn(radius_mm, spin, 2, self.at.z_mm, purpose)

    def ramp(self, radius_mm: float, spin: Spin, z_mm: float) -> None:
        """Sink along a circle, no steeper than the setup's ramp, or plunge where it says so.

        A ramp takes whole quarters of a turn, so that every circle begins on an axis, where its
        coordinates are exact.
        """
        drop_mm = self.at.z_mm - z_mm
        if self.numbers.ramp is None:
            self.sink(z_mm)
            return
        quarter_mm = math.pi / 2 * radius_mm
        quarters = max(1, math.ceil(drop_mm / self.numbers.ramp / quarter_mm - 1e-9))
        self.refuse_too_many(quarters)
        top_mm, done = self.at.z_mm, 0
        while done < quarters:
            turned = min(2, quarters - done)
            done += turned
            self._turn(radius_mm, spin, turned, top_mm - drop_mm * done / quarters, "entry")

    def lead(self, radius_mm: float, spin: Spin) -> None:
        """Glide to another circle about the origin by half a turn that touches both of them."""
        half = self.quarter + (2 if spin == "ccw" else -2)
        end_x, end_y = self._on_axis(radius_mm, half)
        centre = (written((self.at.x_mm + end_x) / 2), written((self.at.y_mm + end_y) / 2))
        self.quarter = half
        self.arc(Position(end_x, end_y, self.at.z_mm), spin, "finish", centre)

    def arc(
        self, end: Position, spin: Spin, purpose: Purpose, centre: tuple[float, float] = (0, 0)
    ) -> None:
        """Cut an arc; where it sinks, no faster than the plunge feed."""
        numbers = self.numbers
        move = Move(spin, self.at, end, numbers.feed_mm_min, purpose, centre)
        sinks_mm = self.at.z_mm - end.z_mm
        feed = numbers.feed_mm_min
        if sinks_mm > 0:
            feed = min(feed, numbers.plunge_mm_min * move.length_mm / sinks_mm)
        self._add(spin, end, feed, purpose, centre)

    def refuse_too_many(self, more: float) -> None:
        """Refuse a path that grows beyond all use.

        Raises:
            InputRefused: Step-over, stepdown or ramp are too small.
        """
        if len(self.moves) + more > MOST_MOVES:
            raise InputRefused(
                f"The cut takes more than {MOST_MOVES} moves; make cut.stepdown_mm, "
                "cut.stepover_ratio or cut.ramp_deg larger.",
                "cut.stepdown_mm",
            )

    def _turn(
        self, radius_mm: float, spin: Spin, quarters: int, z_mm: float, purpose: Purpose
    ) -> None:
        self.quarter += quarters if spin == "ccw" else -quarters
        end = Position(*self._on_axis(radius_mm), written(z_mm))
        self.arc(end, spin, purpose)

    def _on_axis(self, radius_mm: float, quarter: int | None = None) -> tuple[float, float]:
        cos, sin = _QUARTERS[(self.quarter if quarter is None else quarter) % 4]
        radius_mm = written(radius_mm)
        return cos * radius_mm + 0.0, sin * radius_mm + 0.0

    def _rapid(self, end: Position) -> None:
        self._add("rapid", end, 0.0, "travel")

    def _add(
        self,
        kind: MoveKind,
        end: Position,
        feed_mm_min: float,
        purpose: Purpose,
        centre: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        if end == self.at and kind in ("rapid", "feed"):
            return
        self.refuse_too_many(1)
        feed_mm_min = math.floor(feed_mm_min * 1000) / 1000
        self.moves.append(Move(kind, self.at, end, feed_mm_min, purpose, centre))
        self.at = end
