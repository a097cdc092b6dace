"""Lane C: the fields that leave enough top, enough inlay and enough land."""

from __future__ import annotations

import math

from luthier_desktop.domain.feasibility import channel as rules
from luthier_desktop.domain.feasibility.lands import (
    LAND_GREEN_MM,
    LAND_YELLOW_MM,
    USE_GREEN,
    USE_YELLOW,
)
from luthier_desktop.domain.feasibility.remedies.loads import lighter
from luthier_desktop.domain.feasibility.remedies.problem import (
    Problem,
    Solve,
    at_least,
    at_most,
    exactly,
    wider,
)
from luthier_desktop.domain.feasibility.remedies.remedy import Candidate
from luthier_desktop.domain.feasibility.remedies.steps import LENGTH, larger_bit, smaller_bit
from luthier_desktop.domain.feasibility.risk import Status

DEPTH = "channel.depth_mm"


def residual(problem: Problem) -> list[Candidate]:
    """C1: t - d - back >= limit, and unbacked >= ratio (t - face - back): solved for each."""
    top, depth_mm = problem.case.top, problem.number("d_mm")
    thick_mm, back_mm, face_mm = top.thickness_mm or 0.0, top.back_removal_mm, top.face_removal_mm
    green = problem.aim is Status.GREEN
    bare_mm = rules.RESIDUAL_GREEN_MM if green else rules.RESIDUAL_YELLOW_MM
    backed_mm = rules.BACKED_GREEN_MM if green else rules.BACKED_YELLOW_MM
    ratio = rules.RATIO_GREEN if green else rules.RATIO_YELLOW
    least_mm = backed_mm if top.backed else bare_mm
    thickness_mm, removal_mm = least_mm + depth_mm + back_mm, thick_mm - depth_mm - least_mm
    left_mm = least_mm
    if not top.backed:
        left_mm = max(least_mm, ratio * (thick_mm - face_mm - back_mm))
        by_ratio_mm = (depth_mm + back_mm - ratio * (face_mm + back_mm)) / (1 - ratio)
        thickness_mm = max(thickness_mm, by_ratio_mm)
        removal_mm = min(removal_mm, thick_mm - (depth_mm - ratio * face_mm) / (1 - ratio))
    found = at_most(DEPTH, thick_mm - back_mm - left_mm)
    found += at_most("top.back_removal_mm", removal_mm, 1)
    found += at_least("top.thickness_mm", thickness_mm, 2)
    return found if top.backed else found + exactly("top.backed", True, 3)


def inlay_left(problem: Problem) -> list[Candidate]:
    """C1b: d - face >= limit."""
    limit_mm = problem.limit(rules.INLAY_GREEN_MM, rules.INLAY_YELLOW_MM)
    face_mm, depth_mm = problem.number("face_mm"), problem.number("d_mm")
    return [
        *at_least(DEPTH, face_mm + limit_mm),
        *at_most("top.face_removal_mm", depth_mm - limit_mm, 1),
    ]


def bit_fits(problem: Problem) -> list[Candidate]:
    """C2: w/D >= limit: a bit of the trade that is thin enough, or a wider channel."""
    limit = problem.limit(rules.FIT_GREEN, rules.FIT_YELLOW)
    width_mm, diameter_mm = problem.number("w_mm"), problem.number("D_mm")
    short_mm = limit * diameter_mm - width_mm
    found = exactly("setup.tool.diameter_mm", smaller_bit(width_mm / limit))
    if problem.case.channel.layout == "single":
        wide_mm = problem.case.design.outer_diameter_mm + 2 * short_mm
        return found + at_least("outer_diameter_mm", wide_mm, 1)
    inside = problem.span.ring_indices
    rings = [ring for ring in problem.case.rings if ring.ring_index in inside]
    return found + wider(rings, short_mm, 1, LENGTH)


def land(problem: Problem) -> list[Candidate]:
    """C3: b >= limit and util <= limit; util falls with b^2 and with the force of the cut."""
    land_mm = problem.number("b_mm")
    use = problem.finding.inputs.get("util")
    green = problem.aim is Status.GREEN
    least_mm = LAND_GREEN_MM if green else LAND_YELLOW_MM
    wide_mm = least_mm
    found: list[Candidate] = []
    if isinstance(use, float):
        most = USE_GREEN if green else USE_YELLOW
        wide_mm = max(least_mm, land_mm * math.sqrt(use / most))
        if land_mm >= least_mm:
            found += lighter(problem, most / use)
    return found + at_least(problem.ring.path("gap_before_mm"), wide_mm, 1)


def proud(problem: Problem) -> list[Candidate]:
    """C4: t_inlay - d within its limits: a thinner or thicker inlay, or another depth."""
    inlay_mm, depth_mm = problem.number("t_inlay_mm"), problem.number("d_mm")
    path = problem.ring.path("inlay_thickness_mm")
    if problem.value > rules.PROUD_HIGH_MM:
        return [
            *at_most(path, depth_mm + rules.PROUD_HIGH_MM),
            *at_least(DEPTH, inlay_mm - rules.PROUD_HIGH_MM, 1),
        ]
    least_mm = problem.limit(rules.PROUD_LOW_MM, -problem.case.top.face_removal_mm)
    return [*at_least(path, depth_mm + least_mm), *at_most(DEPTH, inlay_mm - least_mm, 1)]


def packing(problem: Problem) -> list[Candidate]:
    """C5: d/D <= limit, or dust that is carried away."""
    limit = problem.limit(rules.PACKING_GREEN, rules.PACKING_YELLOW)
    depth_mm, diameter_mm = problem.number("d_mm"), problem.number("D_mm")
    return [
        *exactly("setup.shop.extraction", True),
        *exactly("setup.tool.geometry", "upcut", 1),
        *exactly("setup.tool.diameter_mm", larger_bit(depth_mm / limit), 2),
        *at_most(DEPTH, limit * diameter_mm, 2),
    ]


SOLVERS: dict[str, Solve] = {
    "C1": residual,
    "C1b": inlay_left,
    "C2": bit_fits,
    "C3": land,
    "C4": proud,
    "C5": packing,
}
