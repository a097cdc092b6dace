"""Lane M: the bit's shape, its entry, and what the machine allows."""

from __future__ import annotations

import math

from luthier_desktop.domain.feasibility import machine_limits as rules
from luthier_desktop.domain.feasibility.limits import exact
from luthier_desktop.domain.feasibility.remedies.machining import shorter_flutes
from luthier_desktop.domain.feasibility.remedies.problem import (
    Problem,
    Solve,
    at_least,
    at_most,
    exactly,
)
from luthier_desktop.domain.feasibility.remedies.remedy import Candidate
from luthier_desktop.domain.feasibility.remedies.steps import larger_bit, smaller_bit

DIAMETER = "setup.tool.diameter_mm"
SPEED, FEED = "setup.cut.spindle_rpm", "setup.cut.feed_mm_min"


def slenderness(problem: Problem) -> list[Candidate]:
    """M4b: min(flute, stickout)/D <= limit."""
    limit = problem.limit(rules.SLENDER_GREEN, rules.SLENDER_YELLOW)
    long_mm = limit * problem.number("D_mm")
    return [
        *shorter_flutes(problem, long_mm),
        *exactly(DIAMETER, larger_bit(problem.number("L1_mm") / limit), 1),
    ]


def entry(problem: Problem) -> list[Candidate]:
    """M5: tan(ramp) or plunge/F <= limit; a bit that cannot plunge ramps in."""
    limit = problem.limit(rules.ENTRY_GREEN, rules.ENTRY_YELLOW)
    inputs = problem.finding.inputs
    if "ramp_deg" in inputs:
        return at_most("setup.cut.ramp_deg", math.degrees(math.atan(limit)))
    ramp = exactly("setup.cut.entry", "ramp", 1)
    if "plunge_mm_min" not in inputs:
        return [*ramp, *exactly("setup.tool.center_cutting", True, 2)]
    plunge, feed = problem.number("plunge_mm_min"), problem.number("F_mm_min")
    gentle = at_most("setup.cut.plunge_mm_min", limit * feed)
    return [*gentle, *ramp, *at_least(FEED, plunge / limit, 2)]


def speed_limits(problem: Problem) -> list[Candidate]:
    """M8: within what machine and bit allow; to GREEN at once."""
    machine, tool = problem.case.machine, problem.case.tool
    limit = problem.finding.inputs.get("limit")
    if limit == "machine.max_feed_mm_min":
        return at_most(FEED, machine.max_feed_mm_min or 0.0)
    if limit == "machine.min_rpm":
        return at_least(SPEED, machine.min_rpm or 0.0)
    return at_most(SPEED, min(machine.max_rpm or 0.0, tool.max_rpm or 0.0))


def rim_speed(problem: Problem) -> list[Candidate]:
    """M9: the speed that is safe for this bit, or a bit that is safe at this speed."""
    rpm = problem.number("n_rpm")
    safe = [upto_mm for upto_mm, most_rpm in rules.RIM_RPM if exact(rpm) <= most_rpm]
    largest_mm = max(safe, default=rules.SMALL_BIT_MM)
    return [*at_most(SPEED, problem.number("most_rpm")), *at_most(DIAMETER, largest_mm, 1)]


def machine_room(problem: Problem) -> list[Candidate]:
    """M10: min(x, y) - (2 r_out + 2 D + 20) >= limit: a thinner bit or a larger machine."""
    short_mm = problem.limit(rules.ROOM_GREEN_MM, rules.ROOM_YELLOW_MM) - problem.value
    area_mm = problem.case.machine.work_area_mm or (0.0, 0.0, 0.0)
    shorter = 0 if area_mm[0] <= area_mm[1] else 1
    thin = smaller_bit(problem.number("D_mm") - short_mm / 2)
    wide_mm = area_mm[shorter] + short_mm
    return [
        *exactly(DIAMETER, thin),
        *at_least(f"setup.machine.work_area_mm[{shorter}]", wide_mm, 1),
    ]


SOLVERS: dict[str, Solve] = {
    "M4b": slenderness,
    "M5": entry,
    "M8": speed_limits,
    "M9": rim_speed,
    "M10": machine_room,
}
