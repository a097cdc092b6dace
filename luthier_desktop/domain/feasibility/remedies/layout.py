"""Lane G: the fields that bring rings, soundhole and span together."""

from __future__ import annotations

from luthier_desktop.domain.feasibility.layout import (
    EDGE_GREEN_MM,
    EDGE_YELLOW_MM,
    OUTER_GREEN_MM,
    OUTER_YELLOW_MM,
    SMALL_EDGE_GREEN_MM,
    SMALL_SOUNDHOLE_MM,
)
from luthier_desktop.domain.feasibility.remedies.problem import (
    Problem,
    Solve,
    at_least,
    at_most,
    close_to,
    exactly,
    wider,
)
from luthier_desktop.domain.feasibility.remedies.remedy import Candidate
from luthier_desktop.domain.feasibility.remedies.steps import FINE, LENGTH, Step
from luthier_desktop.domain.feasibility.risk import Status

_GAP = Step(0.01, 0.0, 2000.0)


def close_gap(problem: Problem) -> list[Candidate]:
    """G1: close the gap, or cut a channel per ring."""
    gap = problem.ring.path("gap_before_mm")
    return [*exactly(gap, 0.0), *exactly("channel.layout", "per_ring", 1)]


def edge(problem: Problem) -> list[Candidate]:
    """G2: r_in - R_sh >= limit: a smaller soundhole, or a rosette that starts further out."""
    design, inner_mm = problem.case.design, problem.case.rings[0].radii.inner_mm
    hole_mm = design.soundhole_diameter_mm or 0.0
    limit_mm = problem.limit(EDGE_GREEN_MM, EDGE_YELLOW_MM)
    found = at_most("soundhole_diameter_mm", _largest_hole_mm(problem.aim, inner_mm))
    if design.soundhole_edge == "bound":
        found += close_to("soundhole_diameter_mm", 2 * inner_mm)
    short_mm = limit_mm - (inner_mm - hole_mm / 2)
    start_mm = design.inner_diameter_mm + 2 * short_mm
    gap_mm = problem.case.rings[0].ring.gap_before_mm
    found += at_least("inner_diameter_mm", start_mm, 1)
    return found + at_least("ring_params[0].gap_before_mm", gap_mm + short_mm, 2)


def _largest_hole_mm(aim: Status, inner_mm: float) -> float:
    """Return the largest soundhole; those under 75 mm need less wood at their edge."""
    if aim is Status.YELLOW:
        return 2 * (inner_mm - EDGE_YELLOW_MM)
    large_mm = 2 * (inner_mm - EDGE_GREEN_MM)
    if large_mm >= SMALL_SOUNDHOLE_MM:
        return large_mm
    return min(2 * (inner_mm - SMALL_EDGE_GREEN_MM), SMALL_SOUNDHOLE_MM - LENGTH.size)


def room_outside(problem: Problem) -> list[Candidate]:
    """G4: limit_dia/2 - r_out >= limit: a narrower ring, a smaller rosette, a wider limit."""
    limit_mm = problem.limit(OUTER_GREEN_MM, OUTER_YELLOW_MM)
    short_mm = limit_mm - problem.value
    inner_mm = problem.case.design.inner_diameter_mm
    outer_mm = problem.case.rings[-1].radii.outer_mm
    return [
        *wider(problem.case.rings, -short_mm, 0, LENGTH),
        *at_most("inner_diameter_mm", inner_mm - 2 * short_mm, 1),
        *at_least("top.rosette_limit_diameter_mm", 2 * (outer_mm + limit_mm), 2),
    ]


def fill_span(problem: Problem) -> list[Candidate]:
    """G5: r_out = R_outer to the hundredth: the outer diameter, a ring's width, a gap."""
    error_mm, case = problem.value, problem.case
    found = close_to("outer_diameter_mm", 2 * case.rings[-1].radii.outer_mm, 0, FINE)
    for candidate in wider(case.rings, -error_mm, 1, FINE):
        ring = next(one for one in case.rings if one.path("width_mm") == candidate.path)
        found += close_to(candidate.path, ring.width_mm - error_mm, 1, FINE)
    widest = max(case.rings[1:], key=lambda one: one.ring.gap_before_mm, default=None)
    if widest is not None and widest.ring.gap_before_mm > 0:
        gap_mm = widest.ring.gap_before_mm - error_mm
        found += close_to(widest.path("gap_before_mm"), gap_mm, 2, _GAP)
    return found


SOLVERS: dict[str, Solve] = {
    "G1": close_gap,
    "G2": edge,
    "G4": room_outside,
    "G5": fill_span,
}
