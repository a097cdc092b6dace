"""Lane F: the clearance that the glue wants, and a channel with true walls."""

from __future__ import annotations

from luthier_desktop.domain.feasibility.fit import (
    DRY_FIT_MM,
    FAR_MM,
    NEAR_MM,
    SWELLING,
    WALL_GREEN_MM,
    WALL_YELLOW_MM,
)
from luthier_desktop.domain.feasibility.remedies.loads import lighter
from luthier_desktop.domain.feasibility.remedies.problem import (
    Problem,
    Solve,
    at_least,
    at_most,
    exactly,
)
from luthier_desktop.domain.feasibility.remedies.remedy import Candidate
from luthier_desktop.domain.feasibility.risk import Status

CLEARANCE = "channel.clearance_mm"


def clearance(problem: Problem) -> list[Candidate]:
    """F1: c within 0.10 mm of rec; to YELLOW from 0 to rec + 0.25. Or the other kind of glue."""
    room_mm, wanted_mm = problem.value, problem.number("rec_mm")
    green = problem.aim is Status.GREEN
    if room_mm > wanted_mm:
        found = at_most(CLEARANCE, wanted_mm + (NEAR_MM if green else FAR_MM))
    else:
        found = at_least(CLEARANCE, max(0.0, wanted_mm - NEAR_MM) if green else 0.0)
    swells = problem.finding.inputs.get("glue") in SWELLING
    return found + exactly("channel.glue", "ca" if swells else "pva", 1)


def wall_error(problem: Problem) -> list[Candidate]:
    """F2: delta + TIR/2 + backlash + max(0, c - (rec - 0.05))/2 <= limit: each term alone."""
    over_mm = problem.value - problem.limit(WALL_GREEN_MM, WALL_YELLOW_MM)
    runout_mm, backlash_mm = problem.number("TIR_mm"), problem.number("backlash_mm")
    clear_mm, bend_mm = problem.number("c_mm"), problem.number("delta_mm")
    unfilled_mm = clear_mm - (problem.number("rec_mm") - DRY_FIT_MM)
    found: list[Candidate] = []
    if unfilled_mm / 2 >= over_mm:
        found += at_most(CLEARANCE, clear_mm - 2 * over_mm)
    if bend_mm > over_mm:
        found += lighter(problem, 1 - over_mm / bend_mm, 1)
    found += at_most("setup.tool.runout_mm", runout_mm - 2 * over_mm, 2)
    return found + at_most("setup.machine.backlash_mm", backlash_mm - over_mm, 2)


SOLVERS: dict[str, Solve] = {"F1": clearance, "F2": wall_error}
