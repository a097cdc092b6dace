"""Lane M, the bit's shape, its entry, and what the machine allows: M4b, M5, M8, M9, M10."""

from __future__ import annotations

import math

from luthier_desktop.domain.feasibility.answers import (
    absent,
    not_judged,
    number,
    unknown,
)
from luthier_desktop.domain.feasibility.findings import Finding, Input
from luthier_desktop.domain.feasibility.inputs import Case
from luthier_desktop.domain.feasibility.jobs import BY_HAND, channel_job
from luthier_desktop.domain.feasibility.limits import at_least, at_most, exact, failed
from luthier_desktop.domain.feasibility.risk import Status

SLENDER_GREEN, SLENDER_YELLOW = 6.0, 10.0
ENTRY_GREEN, ENTRY_YELLOW = 0.3, 0.5
SPEED_GREEN, SPEED_YELLOW = 1.0, 1.05
SMALL_BIT_MM = 25.4
"""Up to this diameter every router speed is safe."""
RIM_RPM = ((38.0, 18_000.0), (64.0, 15_000.0), (math.inf, 10_000.0))
ROOM_GREEN_MM, ROOM_YELLOW_MM = 10.0, 0.0
CLAMPS_MM = 20.0


def entry(case: Case) -> Finding:
    """M5: judge how steeply the bit enters: tan(ramp), or plunge/feed."""
    if case.kind == "hand":
        return not_judged("M5", None, BY_HAND)
    cut = case.cut
    if cut.entry is None or (cut.entry == "plunge" and cut.plunge_mm_min is None):
        if case.kind == "hand_router" and cut.feed_mm_min is None:
            return not_judged("M5", None, "The plunge of a hand router is felt, not set.")
        return unknown("M5", None, "cut.entry" if cut.entry is None else "cut.plunge_mm_min")
    return _ramp(case) if cut.entry == "ramp" else _plunge(case)


def _ramp(case: Case) -> Finding:
    ramp_deg = case.cut.ramp_deg
    if ramp_deg is None:
        return unknown("M5", None, "cut.ramp_deg")
    return _entered(math.tan(math.radians(ramp_deg)), {"ramp_deg": ramp_deg})


def _plunge(case: Case) -> Finding:
    plunge_mm_min, feed_mm_min = case.cut.plunge_mm_min, case.cut.feed_mm_min
    center_cutting = case.tool.center_cutting
    if center_cutting is False:
        message = "This bit does not cut at its centre: it cannot plunge. Ramp in."
        return Finding("M5", None, *failed(None), {"center_cutting": False}, message)
    if center_cutting is None or plunge_mm_min is None or feed_mm_min is None:
        wanted = {
            "tool.center_cutting": center_cutting,
            "cut.plunge_mm_min": plunge_mm_min,
            "cut.feed_mm_min": feed_mm_min,
        }
        return unknown("M5", None, *absent(**wanted))
    inputs = {"plunge_mm_min": plunge_mm_min, "F_mm_min": feed_mm_min}
    return _entered(plunge_mm_min / feed_mm_min, inputs)


def _entered(steepness: float, inputs: dict[str, float]) -> Finding:
    judgement = at_most(steepness, ENTRY_GREEN, ENTRY_YELLOW)
    shown = number(steepness, 2)
    message = (
        "The bit enters gently."
        if judgement.status is Status.GREEN
        else f"The bit enters at {shown} of its feed; up to 0.3 is gentle enough."
    )
    return Finding("M5", None, *judgement, inputs, message)


def speed_limits(case: Case) -> Finding:
    """M8: judge speed and feed against the limits of machine and bit: the largest share."""
    if case.kind == "hand":
        return not_judged("M8", None, BY_HAND)
    wanted: dict[str, float | None] = {
        "cut.spindle_rpm": case.cut.spindle_rpm,
        "machine.min_rpm": case.machine.min_rpm,
        "machine.max_rpm": case.machine.max_rpm,
        "tool.max_rpm": case.tool.max_rpm,
    }
    if case.kind == "cnc":
        wanted["cut.feed_mm_min"] = case.cut.feed_mm_min
        wanted["machine.max_feed_mm_min"] = case.machine.max_feed_mm_min
    given = {path: value for path, value in wanted.items() if value is not None}
    if len(given) < len(wanted):
        return unknown("M8", None, *absent(**wanted))
    shares = _shares(given)
    limit, share = max(shares.items(), key=lambda item: item[1])
    judgement = at_most(share, SPEED_GREEN, SPEED_YELLOW)
    inputs: dict[str, Input] = {"n_rpm": given["cut.spindle_rpm"], "limit": limit}
    message = (
        "Speed and feed are within the limits of machine and bit."
        if judgement.status is Status.GREEN
        else f"{_LIMITS[limit]}: {number(100 * share, 1)} % of what is allowed."
    )
    return Finding("M8", None, *judgement, inputs, message)


_LIMITS = {
    "machine.max_rpm": "Faster than the machine turns",
    "tool.max_rpm": "Faster than the bit may turn",
    "machine.min_rpm": "Slower than the machine turns",
    "machine.max_feed_mm_min": "Faster than the machine feeds",
}


def _shares(given: dict[str, float]) -> dict[str, float]:
    rpm = given["cut.spindle_rpm"]
    shares = {path: rpm / given[path] for path in ("machine.max_rpm", "tool.max_rpm")}
    shares["machine.min_rpm"] = given["machine.min_rpm"] / rpm
    if "cut.feed_mm_min" in given:
        most = given["machine.max_feed_mm_min"]
        shares["machine.max_feed_mm_min"] = given["cut.feed_mm_min"] / most
    return shares


def rim_speed(case: Case) -> Finding:
    """M9: judge the rim speed of a large bit: pi D n/60000, in m/s. For safety."""
    if case.kind == "hand":
        return not_judged("M9", None, BY_HAND)
    diameter_mm, rpm = case.tool.diameter_mm, case.cut.spindle_rpm
    if diameter_mm is None:
        return unknown("M9", None, "tool.diameter_mm")
    if exact(diameter_mm) <= SMALL_BIT_MM:
        return not_judged("M9", None, "A bit up to 25.4 mm is safe at every router speed.")
    if rpm is None:
        return unknown("M9", None, "cut.spindle_rpm")
    most_rpm = next(limit for upto_mm, limit in RIM_RPM if exact(diameter_mm) <= upto_mm)
    per_rpm = math.pi * diameter_mm / 60_000
    judgement = at_most(rpm, most_rpm, most_rpm)
    margin = None if judgement.margin is None else judgement.margin * per_rpm
    judgement = judgement._replace(value=rpm * per_rpm, margin=margin)
    inputs = {"D_mm": diameter_mm, "n_rpm": rpm, "most_rpm": most_rpm}
    message = (
        f"The rim runs at {number(rpm * per_rpm, 1)} m/s; a bit of {number(diameter_mm)} mm is "
        f"safe up to {number(most_rpm)} rpm."
    )
    return Finding("M9", None, *judgement, inputs, message)


def machine_room(case: Case) -> Finding:
    """M10: judge the travel that is left round the rosette: min(x, y) - (2 r_out + 2 D + 20)."""
    if case.kind != "cnc":
        return not_judged("M10", None, "Only a CNC has a work area.")
    area_mm, diameter_mm = case.machine.work_area_mm, case.tool.diameter_mm
    if area_mm is None or diameter_mm is None:
        wanted = {"machine.work_area_mm": area_mm, "tool.diameter_mm": diameter_mm}
        return unknown("M10", None, *absent(**wanted))
    travel_mm, outer_mm = min(area_mm[0], area_mm[1]), case.rings[-1].radii.outer_mm
    room_mm = travel_mm - (2 * outer_mm + 2 * diameter_mm + CLAMPS_MM)
    judgement = at_least(room_mm, ROOM_GREEN_MM, ROOM_YELLOW_MM)
    inputs = {"travel_mm": travel_mm, "r_out_mm": outer_mm, "D_mm": diameter_mm}
    message = (
        f"{number(room_mm, 1)} mm of travel is left round rosette and clamps."
        if room_mm >= 0
        else f"The machine's travel is {number(-room_mm, 1)} mm too short for rosette and clamps."
    )
    return Finding("M10", None, *judgement, inputs, message)


def slenderness(case: Case) -> Finding:
    """M4b: judge the free flute length against the diameter: min(flute, stickout)/D."""
    job = channel_job(case)
    if case.kind == "hand":
        return not_judged("M4b", None, BY_HAND)
    tool, length_mm = job.tool, job.flute_mm
    if tool.diameter_mm is None or length_mm is None:
        names = ("diameter_mm", "flute_length_mm", "stickout_mm")
        return unknown("M4b", None, *job.paths_of(names))
    ratio = length_mm / tool.diameter_mm
    judgement = at_most(ratio, SLENDER_GREEN, SLENDER_YELLOW)
    shown = number(ratio, 2)
    message = (
        f"The bit is {shown} diameters long."
        if judgement.status is Status.GREEN
        else f"The bit is {shown} diameters long and whips; up to 6 is stiff enough."
    )
    inputs = {"L1_mm": length_mm, "D_mm": tool.diameter_mm}
    return Finding("M4b", None, *judgement, inputs, message)
