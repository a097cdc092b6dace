"""What a plan is made with, read from design over setup; what is missing is refused by name."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TypeVar

from luthier_desktop.domain.cutting.plan_values import CutNumbers
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.feasibility.answers import number
from luthier_desktop.domain.feasibility.inputs import Case
from luthier_desktop.domain.gcode_options import GcodeOptions

ValueT = TypeVar("ValueT")
LEAST = 1.0
"""Feeds and speeds below this are a slip of the pen; a file would round them away."""
OVER_LIMIT = 1.05
"""Check M8 lets a lead accept so much over a limit; the file itself stays within it."""


def given(value: ValueT | None, path: str) -> ValueT:
    """Return a value that cannot be done without.

    Raises:
        InputRefused: It is missing; names its field.
    """
    if value is None:
        raise InputRefused(f"G-code needs {path}, which is not given; fill it in.", path)
    return value


def refused(sentence: str, path: str) -> InputRefused:
    """Return the refusal of a value that cannot be cut."""
    return InputRefused(sentence, path)


def read_numbers(case: Case, options: GcodeOptions) -> CutNumbers:
    """Return the numbers of a cut.

    Raises:
        InputRefused: The machine is no CNC, or a number is missing or beyond its limit.
    """
    if case.kind != "cnc":
        kind = "a hand router" if case.kind == "hand_router" else "hand tools"
        raise refused(
            f"The setup cuts with {kind}; G-code is written for a CNC machine only.",
            "machine.kind",
        )
    tool, cut, machine = case.tool, case.cut, case.machine
    most_feed = given(machine.max_feed_mm_min, "machine.max_feed_mm_min")
    feed = _limited(given(cut.feed_mm_min, "cut.feed_mm_min"), most_feed, "cut.feed_mm_min")
    diameter_mm = given(tool.diameter_mm, "tool.diameter_mm")
    return CutNumbers(
        diameter_mm=diameter_mm,
        spindle_rpm=_spindle_rpm(case),
        feed_mm_min=feed,
        plunge_mm_min=_plunge_mm_min(cut.plunge_mm_min, feed),
        stepdown_mm=_stepdown_mm(case, options),
        stepover_mm=given(cut.stepover_ratio, "cut.stepover_ratio") * diameter_mm,
        ramp=_ramp(case),
        rapid_mm_min=most_feed,
        accel_mm_s2=machine.accel_mm_s2,
        top_thickness_mm=_top_thickness_mm(case, options),
    )


def _limited(value: float, most: float, path: str) -> float:
    if value > OVER_LIMIT * most:
        raise refused(
            f"{path} is {number(value)}, but the machine allows {number(most)}; lower it.", path
        )
    if min(value, most) < LEAST:
        raise refused(f"{path} is {number(value)}; give at least {number(LEAST)}.", path)
    return min(value, most)


def _plunge_mm_min(plunge: float | None, feed: float) -> float:
    path = "cut.plunge_mm_min"
    return min(_limited(given(plunge, path), math.inf, path), feed)


def _spindle_rpm(case: Case) -> float:
    """Return whole turns a minute: no more than bit and machine allow, no fewer than it can."""
    rpm = given(case.cut.spindle_rpm, "cut.spindle_rpm")
    most = {
        "machine.max_rpm": given(case.machine.max_rpm, "machine.max_rpm"),
        "tool.max_rpm": given(case.tool.max_rpm, "tool.max_rpm"),
    }
    for limit in most.values():
        rpm = _limited(rpm, limit, "cut.spindle_rpm")
    least = given(case.machine.min_rpm, "machine.min_rpm")
    if rpm * OVER_LIMIT < least:
        raise refused(
            f"cut.spindle_rpm is {number(rpm)}, but the machine turns at {number(least)} or "
            "more; raise it.",
            "cut.spindle_rpm",
        )
    written = max(math.floor(rpm), math.ceil(least))
    _refuse_too_fast(written, most)
    return written


def _refuse_too_fast(least: float, most: Mapping[str, float]) -> None:
    """Refuse what turns faster at its slowest than something allows."""
    for path, limit in most.items():
        if least > limit:
            raise refused(
                f"The spindle turns at {number(least)} or more, but {path} is {number(limit)}; "
                "take another bit or machine.",
                path,
            )


def _stepdown_mm(case: Case, options: GcodeOptions) -> float:
    """Return how deep a pass may go: M2 to M4 judged none deeper than the channel."""
    stepdown_mm = given(case.cut.stepdown_mm, "cut.stepdown_mm")
    if options.part == "channel" or case.channel.depth_mm is None:
        return stepdown_mm
    return min(stepdown_mm, case.channel.depth_mm)


def _ramp(case: Case) -> float | None:
    """Return the steepest slope of an entry; None to plunge, for a bit that can."""
    entry = given(case.cut.entry, "cut.entry")
    if entry == "ramp":
        return math.tan(math.radians(given(case.cut.ramp_deg, "cut.ramp_deg")))
    if not given(case.tool.center_cutting, "tool.center_cutting"):
        raise refused(
            "The bit does not cut at its centre and cannot plunge; set cut.entry to ramp.",
            "cut.entry",
        )
    return None


def _top_thickness_mm(case: Case, options: GcodeOptions) -> float:
    """Return how thick the top is when this part is cut.

    The soundhole comes last: levelling has then taken its share from the face.
    """
    if options.part == "soundhole" and options.top_thickness_mm is not None:
        return options.top_thickness_mm
    routed_mm = given(case.top.thickness_mm, "top.thickness_mm")
    if options.part == "channel":
        return routed_mm
    return routed_mm - case.top.face_removal_mm


def refuse_out_of_reach(
    case: Case, options: GcodeOptions, farthest_mm: float, deepest_mm: float
) -> None:
    """Refuse a cut that machine or bit cannot reach.

    *farthest_mm* is the bit's centre from the soundhole's, *deepest_mm* its tip below the face.

    Raises:
        InputRefused: The work area is too small, or the flutes or the bit too short.
    """
    area_mm = given(case.machine.work_area_mm, "machine.work_area_mm")
    if 2 * farthest_mm > min(area_mm[:2]) or options.safe_z_mm + deepest_mm > area_mm[2]:
        raise refused(
            f"The bit travels {number(2 * farthest_mm)} mm across and "
            f"{number(options.safe_z_mm + deepest_mm)} mm up and down, more than the machine's "
            "machine.work_area_mm; take a larger machine.",
            "machine.work_area_mm",
        )
    for path, length_mm in (
        ("tool.flute_length_mm", case.tool.flute_length_mm),
        ("tool.stickout_mm", case.tool.stickout_mm),
    ):
        if given(length_mm, path) < deepest_mm:
            raise refused(
                f"The cut is {number(deepest_mm)} mm deep, but {path} is "
                f"{number(given(length_mm, path))} mm; take a longer bit.",
                path,
            )
