"""The steps on which remedies lie, and the range that each field allows.

A luthier sets lengths to 0.1 mm, clearances and fits to 0.01 mm, feeds to 10 mm/min, speeds to
100 rpm, the depth of a pass to 0.05 mm; counts are whole.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from luthier_desktop.domain.feasibility.limits import exact

BITS_MM = (0.8, 1.0, 1.27, 1.5875, 2.0, 2.38, 3.175)
"""The bits of the trade, smallest first."""


class Step(NamedTuple):
    """The distance between two values of a field, and its smallest and largest one."""

    size: float
    low: float
    high: float


LENGTH = Step(0.1, 0.1, 2000.0)
REMOVAL = Step(0.1, 0.0, 2000.0)
FINE = Step(0.01, 0.01, 2000.0)
THOUSANDTH = Step(0.001, 0.001, 2000.0)
FEED = Step(10.0, 10.0, 100_000.0)
COUNT = Step(1, 1, 10_000)
CELLS = Step(1, 1, 200)

THICKEST_TOP_MM = 4.0
"""Estimate: tops are 2.0 to 3.5 mm thick when routed (domain reference 1.1)."""

STEPS: dict[str, Step] = {
    "face_removal_mm": REMOVAL,
    "back_removal_mm": REMOVAL,
    "gap_before_mm": REMOVAL,
    "lean_mm": REMOVAL,
    "outline_mm": Step(0.01, 0.0, 2000.0),
    "gap_mm": REMOVAL,
    "clearance_mm": Step(0.01, -10.0, 10.0),
    "backlash_mm": Step(0.01, 0.0, 2000.0),
    "runout_mm": Step(0.001, 0.0, 2000.0),
    "slice_mm": LENGTH,
    "thickness_mm": Step(0.1, 0.1, THICKEST_TOP_MM),
    "strip_thickness_mm": FINE,
    "tile_length_mm": Step(0.01, 0.1, 2000.0),
    "px_mm": THOUSANDTH,
    "kerf_mm": FINE,
    "waste": Step(0.01, 0.0, 1.0),
    "stepdown_mm": Step(0.05, 0.05, 2000.0),
    "feed_mm_min": FEED,
    "plunge_mm_min": FEED,
    "spindle_rpm": Step(100.0, 100.0, 200_000.0),
    "ramp_deg": Step(0.5, 0.5, 89.5),
    "angle_deg": Step(0.5, 0.5, 89.5),
    "flutes": Step(1, 1, 12),
    "work_area_mm": Step(10.0, 10.0, 10_000.0),
    "count": COUNT,
    "logs": COUNT,
    "pieces": COUNT,
    "rows": CELLS,
    "cols": CELLS,
}
"""By a field's name; a length that is not listed takes the step of lengths."""


def step_of(path: str) -> Step:
    """Return the step of the field at *path*."""
    name = path.rpartition(".")[2].partition("[")[0]
    return STEPS.get(name, LENGTH)


def down(value: float, step: Step) -> float | int | None:
    """Return the largest value on the step that is at most *value*; None below the range."""
    return _within(math.floor(exact(value / step.size)), step)


def up(value: float, step: Step) -> float | int | None:
    """Return the smallest value on the step that is at least *value*; None above the range."""
    return _within(math.ceil(exact(value / step.size)), step)


def near(value: float, step: Step) -> float | int | None:
    """Return the value on the step that is nearest to *value*; None outside the range."""
    return _within(math.floor(exact(value / step.size) + 0.5), step)


def _within(steps: int, step: Step) -> float | int | None:
    value = steps * step.size
    if not step.low <= round(value, 6) <= step.high:
        return None
    return value if isinstance(step.size, int) else round(value, 6)


def smaller_bit(diameter_mm: float) -> float | None:
    """Return the largest bit of the trade up to *diameter_mm*; None when it is too thin."""
    return max((bit for bit in BITS_MM if bit <= exact(diameter_mm)), default=None)


def larger_bit(diameter_mm: float) -> float | None:
    """Return the smallest bit of the trade from *diameter_mm*; None when it is too thick."""
    return min((bit for bit in BITS_MM if bit >= exact(diameter_mm)), default=None)
