"""How far a motion comes from the soundhole's centre: the nearest and the farthest radius."""

from __future__ import annotations

import math

from luthier_desktop.domain.cutting.interpreter_motion import Motion


def reach(motion: Motion) -> tuple[float, float]:
    """Return the smallest and the largest distance of the bit's centre from the origin."""
    ends = math.hypot(*motion.start[:2]), math.hypot(*motion.end[:2])
    if not motion.sweep:
        return _nearest_of_line(motion), max(ends)
    radius = math.dist(motion.start[:2], motion.centre)
    off = math.hypot(*motion.centre)
    low, high = min(ends), max(ends)
    if off < 1e-9:
        return low, high
    outward = math.atan2(motion.centre[1], motion.centre[0])
    if _passes(motion, outward):
        high = max(high, off + radius)
    if _passes(motion, outward + math.pi):
        low = min(low, abs(radius - off))
    return low, high


def stays_within(motion: Motion, across: float, along: float) -> bool:
    """Tell whether a motion stays within these distances from the origin along x and y."""
    if motion.sweep:
        farthest = math.hypot(*motion.centre) + math.dist(motion.start[:2], motion.centre)
        if farthest <= min(across, along):
            return True
    far_x, far_y = _extent(motion)
    return far_x <= across and far_y <= along


def _extent(motion: Motion) -> tuple[float, float]:
    across = max(abs(motion.start[0]), abs(motion.end[0]))
    along = max(abs(motion.start[1]), abs(motion.end[1]))
    if motion.sweep:
        radius = math.dist(motion.start[:2], motion.centre)
        for quarter in range(4):
            angle = quarter * math.pi / 2
            if _passes(motion, angle):
                across = max(across, abs(motion.centre[0] + radius * math.cos(angle)))
                along = max(along, abs(motion.centre[1] + radius * math.sin(angle)))
    return across, along


def _passes(motion: Motion, angle: float) -> bool:
    """Tell whether an arc passes a direction as seen from its own centre."""
    first = math.atan2(
        motion.start[1] - motion.centre[1], motion.start[0] - motion.centre[0]
    )
    turn = (angle - first) if motion.sweep > 0 else (first - angle)
    return turn % (2 * math.pi) <= abs(motion.sweep)


def _nearest_of_line(motion: Motion) -> float:
    x, y = motion.start[:2]
    run_x, run_y = motion.end[0] - x, motion.end[1] - y
    square = run_x * run_x + run_y * run_y
    share = 0.0 if not square else min(max(-(x * run_x + y * run_y) / square, 0.0), 1.0)
    return math.hypot(x + share * run_x, y + share * run_y)
