"""The path between the tabs that hold a soundhole's disc: arc by arc, each down to its depth."""

from __future__ import annotations

import math
from typing import NamedTuple

from luthier_desktop.domain.cutting.groove_path import circles_of, levels_of, spin_of
from luthier_desktop.domain.cutting.numbers import refused
from luthier_desktop.domain.cutting.path import Path, Spin, on_circle, written
from luthier_desktop.domain.cutting.plan_values import Groove, Position, Purpose, Tabs
from luthier_desktop.domain.gcode_options import Direction

SHORTEST_DIAMETERS = 2.0
"""An arc between two tabs is at least so many bits long."""


class _Gap(NamedTuple):
    """An arc between two tabs: where the bit begins and ends, and which way it cuts."""

    first_rad: float
    last_rad: float
    spin: Spin

    @property
    def back(self) -> Spin:
        return "cw" if self.spin == "ccw" else "ccw"


def cut_between_tabs(path: Path, groove: Groove, tabs: Tabs, direction: Direction) -> None:
    """Cut from the tabs' upper side to the groove's depth in every arc between two of them."""
    numbers = path.numbers
    circles_mm = circles_of(groove, numbers, 0.0).rough_mm
    levels = levels_of(tabs.top_mm, groove.depth_mm, numbers.stepdown_mm)
    for gap in _gaps(tabs, circles_mm[0], numbers.diameter_mm, direction):
        path.travel(*on_circle(circles_mm[0], gap.first_rad))
        path.sink(-tabs.top_mm)
        for z_mm in levels:
            _cut_level(path, circles_mm, gap, z_mm)


def _gaps(
    tabs: Tabs, radius_mm: float, diameter_mm: float, direction: Direction
) -> tuple[_Gap, ...]:
    half_rad = (tabs.width_mm + diameter_mm) / 2 / radius_mm
    pitch_rad = math.tau / tabs.number
    if (pitch_rad - 2 * half_rad) * radius_mm < SHORTEST_DIAMETERS * diameter_mm:
        raise refused(
            f"{tabs.number} tabs of {tabs.width_mm:g} mm leave no room to cut between them; take "
            "fewer or narrower ones (tab_width_mm).",
            "tab_width_mm",
        )
    gaps = []
    for number in range(tabs.number):
        begin = (number + 0.5) * pitch_rad + half_rad
        end = (number + 1.5) * pitch_rad - half_rad
        ccw = spin_of(direction, wood_outside=True) == "ccw"
        gaps.append(_Gap(begin, end, "ccw") if ccw else _Gap(end, begin, "cw"))
    return tuple(gaps)


def _cut_level(path: Path, circles_mm: tuple[float, ...], gap: _Gap, z_mm: float) -> None:
    """Sink along the first circle to and fro, clear it, then cut the others the right way."""
    radius_mm = circles_mm[0]
    _sink_along(path, radius_mm, gap, z_mm)
    for wider_mm in circles_mm[1:]:
        path.straight(*on_circle(wider_mm, gap.first_rad), "rough")
        _sweep(path, wider_mm, gap.last_rad, gap.spin, z_mm)
        path.straight(*on_circle(radius_mm, gap.last_rad), "rough")
        _sweep(path, radius_mm, gap.first_rad, gap.back, z_mm)


def _sink_along(path: Path, radius_mm: float, gap: _Gap, z_mm: float) -> None:
    """Reach *z_mm* in an odd number of ramps, and clear what the last one left on the way back."""
    top_mm, ramp = path.at.z_mm, path.numbers.ramp
    if ramp is None:
        path.sink(z_mm)
        _sweep(path, radius_mm, gap.last_rad, gap.spin, z_mm)
    else:
        length_mm = radius_mm * abs(gap.last_rad - gap.first_rad)
        ramps = max(1, math.ceil((top_mm - z_mm) / ramp / length_mm - 1e-9))
        ramps += 1 - ramps % 2
        path.refuse_too_many(ramps)
        for number in range(1, ramps + 1):
            there = number % 2 == 1
            angle_rad, spin = (gap.last_rad, gap.spin) if there else (gap.first_rad, gap.back)
            now_mm = top_mm - (top_mm - z_mm) * number / ramps
            _sweep(path, radius_mm, angle_rad, spin, now_mm)
    _sweep(path, radius_mm, gap.first_rad, gap.back, z_mm)


def _sweep(path: Path, radius_mm: float, angle_rad: float, spin: Spin, z_mm: float) -> None:
    purpose: Purpose = "entry" if written(z_mm) < path.at.z_mm else "rough"
    end = Position(*on_circle(radius_mm, angle_rad), written(z_mm))
    path.arc(end, spin, purpose)
