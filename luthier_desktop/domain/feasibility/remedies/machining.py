"""Lane M: the chip, the pass and the bit that suit each other."""

from __future__ import annotations

import math

from luthier_desktop.domain.feasibility import machining as rules
from luthier_desktop.domain.feasibility.cutting import FLUTE_SECTION, second_moment_mm4
from luthier_desktop.domain.feasibility.jobs import Job
from luthier_desktop.domain.feasibility.load import Load, load_of
from luthier_desktop.domain.feasibility.remedies.loads import lighter
from luthier_desktop.domain.feasibility.remedies.problem import (
    Problem,
    Solve,
    at_least,
    at_most,
    exactly,
)
from luthier_desktop.domain.feasibility.remedies.remedy import Candidate
from luthier_desktop.domain.feasibility.remedies.steps import larger_bit
from luthier_desktop.domain.feasibility.risk import Status


def thicker_chip(problem: Problem, chip_mm: float) -> list[Candidate]:
    """Propose the feed, the speed and the flutes that give a chip of at least *chip_mm*."""
    feed, rpm, flutes = _motion(problem.job)
    return [
        *at_least(f"{problem.cut_path}feed_mm_min", chip_mm * rpm * flutes),
        *at_most(f"{problem.cut_path}spindle_rpm", feed / (chip_mm * flutes)),
        *at_most(f"{problem.tool_path}flutes", feed / (chip_mm * rpm), 1),
    ]


def thinner_chip(problem: Problem, chip_mm: float, rank: int = 0) -> list[Candidate]:
    """Propose the feed and the speed that give a chip of at most *chip_mm*."""
    feed, rpm, flutes = _motion(problem.job)
    return [
        *at_most(f"{problem.cut_path}feed_mm_min", chip_mm * rpm * flutes, rank),
        *at_least(f"{problem.cut_path}spindle_rpm", feed / (chip_mm * flutes), rank),
    ]


def _motion(job: Job) -> tuple[float, float, int]:
    return job.cut.feed_mm_min or 0.0, job.cut.spindle_rpm or 0.0, job.tool.flutes or 1


def chipload(problem: Problem) -> list[Candidate]:
    """M1: fz = limit D/100 on the side on which the chip lies."""
    high = problem.number("hi")
    limit = problem.limit(high, high)
    chip_mm = limit * problem.number("D_mm") / 100
    if problem.value > limit:
        return thinner_chip(problem, chip_mm)
    return thicker_chip(problem, chip_mm)


def stepdown(problem: Problem) -> list[Candidate]:
    """M2: a_p/D <= limit; a lighter chip allows a deeper pass."""
    limit = problem.limit(rules.STEP_GREEN, rules.STEP_YELLOW)
    diameter_mm, pass_mm = problem.number("D_mm"), problem.number("a_p_mm")
    found = at_most(f"{problem.cut_path}stepdown_mm", limit * diameter_mm)
    green = problem.aim is Status.GREEN
    deepest, share = (
        (rules.LIGHT_GREEN, rules.LIGHT) if green else (rules.FEATHER_YELLOW, rules.FEATHER)
    )
    if problem.value <= deepest:
        chip_mm = share * problem.number("hi") * diameter_mm / 100
        found += thinner_chip(problem, chip_mm, 1)
    return found + exactly(f"{problem.tool_path}diameter_mm", larger_bit(pass_mm / limit), 2)


def breakage(problem: Problem) -> list[Candidate]:
    """M3: sigma is proportional to F L1/D^3."""
    limit = problem.limit(rules.STRESS_GREEN_MPA, rules.STRESS_YELLOW_MPA)
    share = limit / problem.value
    wide_mm = problem.number("D_mm") * share ** (-1 / 3)
    return [
        *lighter(problem, share),
        *shorter_flutes(problem, problem.number("L1_mm") * share, 1),
        *exactly(f"{problem.tool_path}diameter_mm", larger_bit(wide_mm), 2),
    ]


def shorter_flutes(problem: Problem, long_mm: float, rank: int = 0) -> list[Candidate]:
    """Propose a bit with flutes of at most *long_mm*; they have to reach the channel's floor."""
    deep_mm = problem.job.depth_mm or 0.0
    return [
        one
        for one in at_most(f"{problem.tool_path}flute_length_mm", long_mm, rank)
        if isinstance(one.after, float) and one.after >= deep_mm
    ]


def deflection(problem: Problem) -> list[Candidate]:
    """M4: delta is proportional to F, and to the stick-out by its two sections."""
    load = load_of(problem.job)
    if load is None or load.bit is None:
        return []
    limit = problem.limit(rules.BEND_GREEN_MM, rules.BEND_YELLOW_MM)
    found = lighter(problem, limit / problem.value)
    found += _shorter_reach(problem, stickout_bending_mm(load, limit))
    if problem.job.tool.material == "hss":
        found += exactly(f"{problem.tool_path}material", "carbide", 2)
    return found + exactly(f"{problem.tool_path}diameter_mm", _wider_bit(load, limit), 3)


def _shorter_reach(problem: Problem, reach_mm: float) -> list[Candidate]:
    """Propose less stick-out; the collet holds the shank, so the flutes stay outside."""
    flutes_mm = problem.job.tool.flute_length_mm or 0.0
    return [
        one
        for one in at_most(f"{problem.tool_path}stickout_mm", reach_mm, 1)
        if isinstance(one.after, float) and one.after >= flutes_mm
    ]


def stickout_bending_mm(load: Load, limit_mm: float) -> float:
    """Return the stick-out at which the tip bends by *limit_mm*: the inverse of delta."""
    bit = load.bit
    if bit is None:
        return 0.0
    moment = second_moment_mm4(FLUTE_SECTION * bit.diameter_mm)
    bend = limit_mm * 3 * bit.elasticity_mpa / load.force_n
    flutes = bit.flute_mm**3 / moment
    if bend < flutes:
        return math.cbrt(bend * moment)
    shank = second_moment_mm4(bit.shank_diameter_mm)
    return math.cbrt((bend - flutes) * shank + bit.flute_mm**3)


def _wider_bit(load: Load, limit_mm: float) -> float | None:
    """Return the bit whose flutes bend so little that flutes and shank stay within the limit."""
    bit = load.bit
    if bit is None:
        return None
    bend = load.force_n / (3 * bit.elasticity_mpa)
    whole_mm = load.deflection_mm or 0.0
    flutes_mm = bend * bit.flute_mm**3 / second_moment_mm4(FLUTE_SECTION * bit.diameter_mm)
    rest_mm = limit_mm - (whole_mm - flutes_mm)
    if rest_mm <= 0:
        return None
    return larger_bit(bit.diameter_mm * (flutes_mm / rest_mm) ** 0.25)


def runout(problem: Problem) -> list[Candidate]:
    """M6: TIR/fz <= 1 and TIR <= 0.08 D."""
    runout_mm, chip_mm = problem.number("TIR_mm"), problem.number("fz_mm")
    most_mm, path = problem.number("most_mm"), f"{problem.tool_path}runout_mm"
    if problem.aim is Status.YELLOW:
        return at_most(path, most_mm)
    held = at_most(path, min(most_mm, chip_mm * rules.RUNOUT_GREEN), 2)
    if runout_mm > most_mm:
        wide = larger_bit(runout_mm / rules.RUNOUT_MOST)
        return [*held, *exactly(f"{problem.tool_path}diameter_mm", wide, 3)]
    return [*thicker_chip(problem, runout_mm / rules.RUNOUT_GREEN), *held]


def rubbing(problem: Problem) -> list[Candidate]:
    """M7: RR = lo burn/(100 fz/D) <= limit, and in wood fz at its own limit."""
    ratio, chip_mm = problem.value, problem.number("fz_mm")
    limit = problem.limit(rules.RUB_GREEN, rules.RUB_YELLOW)
    return thicker_chip(problem, chip_mm * ratio / limit)


SOLVERS: dict[str, Solve] = {
    "M1": chipload,
    "M2": stepdown,
    "M3": breakage,
    "M4": deflection,
    "M6": runout,
    "M7": rubbing,
}
