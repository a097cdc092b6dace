"""How long moves take: moves that run on smoothly into one another start and stop but once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from luthier_desktop.domain.cutting.plan_values import CutNumbers, Move

LIFT_MM_MIN = 1500.0
"""Speed of rapid moves up and down, as check M11 reckons them."""
SMOOTH = 0.01
"""Directions that differ by less than this, as vectors of length 1, run on smoothly."""


def timed(moves: Sequence[Move], numbers: CutNumbers, begin_s: float) -> tuple[Move, ...]:
    """Return the moves with their times, the first beginning at *begin_s*."""
    smooth = [False, *(_runs_on(one, other) for one, other in pairwise(moves)), False]
    done, now_s = [], begin_s
    for position, move in enumerate(moves):
        stops = 2 - smooth[position] - smooth[position + 1]
        end_s = now_s + _seconds(move, numbers, stops)
        done.append(move._replace(begin_s=now_s, end_s=end_s))
        now_s = end_s
    return tuple(done)


def _seconds(move: Move, numbers: CutNumbers, stops: int) -> float:
    """Return L/v + v/a from rest to rest; half of the last where only one end is at rest."""
    length_mm, speed = move.length_mm, _speed_mm_s(move, numbers)
    accel = numbers.accel_mm_s2
    if accel is None or not stops:
        return length_mm / speed
    if length_mm >= stops * speed**2 / accel / 2:
        return length_mm / speed + stops * speed / accel / 2
    return math.sqrt(2 * stops * length_mm / accel)


def _speed_mm_s(move: Move, numbers: CutNumbers) -> float:
    if move.kind == "rapid":
        lifts = move.start[:2] == move.end[:2]
        limit = min(numbers.rapid_mm_min, LIFT_MM_MIN) if lifts else numbers.rapid_mm_min
        return limit / 60
    speed = move.feed_mm_min / 60
    if move.kind == "feed" or numbers.accel_mm_s2 is None:
        return speed
    return min(speed, math.sqrt(numbers.accel_mm_s2 * move.radius_mm))


def _runs_on(one: Move, other: Move) -> bool:
    """Tell whether the second move goes on in the direction in which the first ends."""
    if "rapid" in (one.kind, other.kind):
        return False
    return math.dist(_direction(one, at_end=True), _direction(other, at_end=False)) < SMOOTH


def _direction(move: Move, *, at_end: bool) -> tuple[float, float]:
    """Return the direction in the plane at one end of a move; no length where it only sinks."""
    if move.kind == "feed":
        run = (move.end.x_mm - move.start.x_mm, move.end.y_mm - move.start.y_mm)
    else:
        place = move.end if at_end else move.start
        out = (place.x_mm - move.centre[0], place.y_mm - move.centre[1])
        run = (-out[1], out[0]) if move.kind == "ccw" else (out[1], -out[0])
    length = math.hypot(*run)
    return (run[0] / length, run[1] / length) if length else (0.0, 0.0)
