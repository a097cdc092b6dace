"""The path in one groove: levels, circles from wall to wall, and a light pass along both walls."""

from __future__ import annotations

import math
from typing import NamedTuple

from luthier_desktop.domain.cutting.path import START_ABOVE_MM, Path, Spin
from luthier_desktop.domain.cutting.plan_values import CutNumbers, Groove
from luthier_desktop.domain.feasibility.limits import exact
from luthier_desktop.domain.gcode_options import Direction

ONE_CIRCLE_MM = 0.002
"""A bit with less play than this in its groove cuts both walls in one circle."""
OVERLAP_MM = 0.02
"""Two circles overlap by this at least: a bit ground so much too thin leaves no ridge."""
LIGHT = 0.1
"""A wall pass that takes at most this share of the bit's diameter is a light one; estimate."""


class Circles(NamedTuple):
    """The circles of the bit's centre: those of roughing, and the two along the walls.

    ``walls`` is empty where roughing cuts the walls itself.
    """

    rough_mm: tuple[float, ...]
    walls_mm: tuple[float, ...]


def circles_of(groove: Groove, numbers: CutNumbers, allowance_mm: float) -> Circles:
    """Return n_r = ceil((w - D)/(s D)) + 1 circles of roughing, evenly spaced, and the walls.

    What roughing leaves on a wall is never more than half the bit's play, or one step across.
    """
    first_mm = groove.inner_mm + numbers.diameter_mm / 2
    last_mm = groove.outer_mm - numbers.diameter_mm / 2
    play_mm = last_mm - first_mm
    if play_mm < ONE_CIRCLE_MM:
        return Circles(((first_mm + last_mm) / 2,), ())
    step_mm = min(numbers.stepover_mm, max(numbers.diameter_mm - OVERLAP_MM, OVERLAP_MM))
    left_mm = min(allowance_mm, play_mm / 2, step_mm)
    walls_mm = (first_mm, last_mm) if left_mm > 0 else ()
    return Circles(_between(first_mm + left_mm, last_mm - left_mm, step_mm), walls_mm)


def _between(first_mm: float, last_mm: float, step_mm: float) -> tuple[float, ...]:
    width_mm = last_mm - first_mm
    if exact(width_mm) <= 0:
        return ((first_mm + last_mm) / 2,)
    steps = math.ceil(exact(width_mm / step_mm))
    return tuple(first_mm + number * width_mm / steps for number in range(steps + 1))


def levels_of(top_mm: float, bottom_mm: float, stepdown_mm: float) -> tuple[float, ...]:
    """Return n_z = ceil(depth/stepdown) equal levels, as z; both depths lie below the face."""
    depth_mm = bottom_mm - top_mm
    passes = max(1, math.ceil(exact(depth_mm / stepdown_mm)))
    return tuple(-(top_mm + number * depth_mm / passes) for number in range(1, passes + 1))


def spin_of(direction: Direction, *, wood_outside: bool) -> Spin:
    """Return how to go round: climb keeps the wood on the right of a bit that turns clockwise."""
    return "ccw" if (direction == "climb") == wood_outside else "cw"


def cut_channel(path: Path, groove: Groove, direction: Direction, allowance_mm: float) -> None:
    """Cut a groove to its depth: roughing outward and inward by turns, then both walls."""
    numbers = path.numbers
    circles = circles_of(groove, numbers, allowance_mm)
    levels = levels_of(0.0, groove.depth_mm, numbers.stepdown_mm)
    path.refuse_too_many(3.0 * len(levels) * len(circles.rough_mm))
    path.travel_to_circle(circles.rough_mm[0])
    path.sink(START_ABOVE_MM)
    order, outward = circles.rough_mm, True
    for z_mm in levels:
        _clear(path, order, z_mm, spin_of(direction, wood_outside=outward))
        order, outward = order[::-1], not outward
    if circles.walls_mm:
        _finish(path, circles, groove, direction)


def cut_round_disc(path: Path, groove: Groove, direction: Direction, bottom_mm: float) -> None:
    """Cut full circles down to *bottom_mm* below the face, the wall of the hole always last."""
    numbers = path.numbers
    circles_mm = circles_of(groove, numbers, 0.0).rough_mm
    levels = levels_of(0.0, bottom_mm, numbers.stepdown_mm)
    path.refuse_too_many(4.0 * len(levels) * len(circles_mm))
    path.travel_to_circle(circles_mm[0])
    path.sink(START_ABOVE_MM)
    for z_mm in levels:
        path.step_to_circle(circles_mm[0])
        _clear(path, circles_mm, z_mm, spin_of(direction, wood_outside=True))


def _clear(path: Path, circles_mm: tuple[float, ...], z_mm: float, spin: Spin) -> None:
    path.ramp(circles_mm[0], spin, z_mm)
    for radius_mm in circles_mm:
        path.step_to_circle(radius_mm)
        path.circle(radius_mm, spin, "rough")


def _finish(path: Path, circles: Circles, groove: Groove, direction: Direction) -> None:
    """Cut both walls, the nearer first."""
    levels = levels_of(0.0, groove.depth_mm, _wall_depth_mm(circles, path.numbers))
    inner = (circles.rough_mm[0], circles.walls_mm[0], False)
    outer = (circles.rough_mm[-1], circles.walls_mm[-1], True)
    now_mm = math.hypot(path.at.x_mm, path.at.y_mm)
    walls = sorted((outer, inner), key=lambda wall: abs(wall[0] - now_mm))
    for rough_mm, wall_mm, wood_outside in walls:
        path.step_to_circle(rough_mm, "finish")
        spin = spin_of(direction, wood_outside=wood_outside)
        for z_mm in levels:
            path.sink(z_mm, "finish")
            path.lead(wall_mm, spin)
            path.circle(wall_mm, spin, "finish")
            path.lead(rough_mm, spin)


def _wall_depth_mm(circles: Circles, numbers: CutNumbers) -> float:
    """Return how deep a wall pass may go: a light one as deep as the bit is wide (check M2)."""
    left_mm = exact(circles.rough_mm[0] - circles.walls_mm[0])
    if left_mm > exact(LIGHT * numbers.diameter_mm):
        return numbers.stepdown_mm
    return max(numbers.diameter_mm, numbers.stepdown_mm)
