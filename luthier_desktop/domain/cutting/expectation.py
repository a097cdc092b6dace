"""What a G-code file must do, as the design and the setup say it; no plan of moves is read."""

from __future__ import annotations

from typing import NamedTuple

from luthier_desktop.domain.cutting.plan_values import Groove
from luthier_desktop.domain.gcode_options import Post


class Expectation(NamedTuple):
    """The limits that a file is held to; lengths in mm, feeds in mm/min.

    ``plunge_mm_min`` limits how fast the bit may sink. ``stepdown_mm`` limits how deep a pass
    may bite; only a strip of ``allowance_mm`` may be taken as deep as the bit is wide.
    """

    post: Post
    grooves: tuple[Groove, ...]
    diameter_mm: float
    flute_mm: float
    spindle_rpm: float
    feed_mm_min: float
    plunge_mm_min: float
    stepdown_mm: float
    stepover_mm: float
    allowance_mm: float
    safe_z_mm: float
    spin_up_s: float
    work_area_mm: tuple[float, float, float]


class Fault(NamedTuple):
    """Something that is wrong with a file: its short name, the line (from 1), and a sentence."""

    name: str
    line: int
    sentence: str
