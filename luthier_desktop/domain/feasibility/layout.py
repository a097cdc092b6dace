"""Lane G, layout: do the rings, the soundhole, the braces and the sums fit together?"""

from __future__ import annotations

import math

from luthier_desktop.domain.feasibility.answers import (
    not_judged,
    number,
    unknown,
)
from luthier_desktop.domain.feasibility.checks import Check, each_ring
from luthier_desktop.domain.feasibility.findings import Finding, Input
from luthier_desktop.domain.feasibility.inputs import Case, RingCase
from luthier_desktop.domain.feasibility.limits import (
    Judgement,
    advice,
    at_least,
    at_most,
    in_force,
    passed,
)
from luthier_desktop.domain.feasibility.risk import Status
from luthier_desktop.domain.geometry import hidden_arc_deg

GROOVE_MM = 0.05
"""A gap up to this inside one channel closes with the glue."""
BOUND_MM = 0.05
SMALL_SOUNDHOLE_MM = 75.0
EDGE_GREEN_MM, SMALL_EDGE_GREEN_MM, EDGE_YELLOW_MM = 2.5, 2.0, 1.0
OUTER_GREEN_MM, OUTER_YELLOW_MM = 3.0, 0.0
SUM_GREEN_MM, SUM_YELLOW_MM = 0.01, 0.05


def gapped_rings(case: Case) -> tuple[RingCase, ...]:
    """Return the places of G1: each ring after the first, the first too if it has a gap."""
    return tuple(ring for ring in case.rings if ring.position or ring.ring.gap_before_mm > 0)


def gap_fits(case: Case, ring: RingCase) -> Finding:
    """G1: in a single channel a gap is an empty groove; between channels C3 judges the land."""
    gap_mm = ring.ring.gap_before_mm
    if case.channel.layout == "per_ring":
        message = f"{number(gap_mm)} mm before this ring: each channel is cut on its own."
        return Finding("G1", ring.ring_index, *passed(gap_mm), {"gap_mm": gap_mm}, message)
    judgement = at_most(gap_mm, GROOVE_MM, GROOVE_MM)
    message = (
        "No gap inside the single channel."
        if judgement.status is Status.GREEN
        else f"A {number(gap_mm)} mm gap inside one channel is an empty groove; close it or "
        "cut a channel per ring."
    )
    return Finding("G1", ring.ring_index, *judgement, {"gap_mm": gap_mm}, message)


def soundhole_margin(case: Case) -> Finding:
    """G2: judge the wood between the soundhole's edge and the first ring."""
    hole_mm = case.design.soundhole_diameter_mm
    if hole_mm is None:
        return unknown("G2", None, "soundhole_diameter_mm")
    inner_mm = case.rings[0].radii.inner_mm
    margin_mm = inner_mm - hole_mm / 2
    green_mm = SMALL_EDGE_GREEN_MM if hole_mm < SMALL_SOUNDHOLE_MM else EDGE_GREEN_MM
    bound = case.design.soundhole_edge == "bound"
    if bound and at_most(abs(margin_mm), BOUND_MM, BOUND_MM).status is Status.GREEN:
        judgement = at_most(abs(margin_mm), BOUND_MM, BOUND_MM)._replace(value=margin_mm)
        message = "The rosette meets the bound edge of the soundhole."
    else:
        judgement = at_least(margin_mm, green_mm, EDGE_YELLOW_MM)
        message = _edge_message(margin_mm, green_mm, judgement.status)
    inputs: dict[str, Input] = {
        "r_in_mm": inner_mm,
        "R_sh_mm": hole_mm / 2,
        "bound": bound,
        **in_force(green_mm, EDGE_YELLOW_MM, (EDGE_GREEN_MM, EDGE_YELLOW_MM)),
    }
    return Finding("G2", None, *judgement, inputs, message)


def _edge_message(margin_mm: float, green_mm: float, status: Status) -> str:
    if margin_mm < 0:
        return f"The rosette reaches {number(-margin_mm)} mm into the soundhole."
    if status is Status.GREEN:
        return f"{number(margin_mm)} mm of wood is left at the soundhole's edge."
    return (
        f"Only {number(margin_mm)} mm of wood is left at the soundhole's edge; "
        f"{number(green_mm)} mm is safe, under {number(EDGE_YELLOW_MM)} mm it breaks out."
    )


def hidden_arc(case: Case, ring: RingCase) -> Finding:
    """G3: advice where a closing joint can hide; never a gate."""
    board = case.board
    if board.width_mm is None and board.end_distance_mm is None:
        return not_judged("G3", ring.ring_index, "No fingerboard is given.")
    if board.width_mm is None:
        return unknown("G3", ring.ring_index, "fingerboard.width_mm")
    if board.end_distance_mm is None:
        return unknown("G3", ring.ring_index, "fingerboard.end_distance_mm")
    arc_deg = hidden_arc_deg(ring.mean_mm, board.width_mm, board.end_distance_mm)
    inputs = {
        "r_mm": ring.mean_mm,
        "w_fb_mm": board.width_mm,
        "d_fb_mm": board.end_distance_mm,
    }
    length_mm = math.radians(arc_deg) * ring.mean_mm
    message = (
        f"{number(arc_deg, 1)}° ({number(length_mm, 1)} mm) lie under the fingerboard."
        if arc_deg > 0
        else "The fingerboard does not reach this ring."
    )
    return Finding("G3", ring.ring_index, *advice(arc_deg), inputs, message)


def outer_limit(case: Case) -> Finding:
    """G4: judge the room to what limits the rosette outside (a brace, the waist)."""
    limit_mm = case.top.rosette_limit_diameter_mm
    if limit_mm is None:
        return not_judged("G4", None, "No limit diameter of the rosette is given.")
    outer_mm = case.rings[-1].radii.outer_mm
    room_mm = limit_mm / 2 - outer_mm
    judgement = at_least(room_mm, OUTER_GREEN_MM, OUTER_YELLOW_MM)
    inputs = {"limit_dia_mm": limit_mm, "r_out_mm": outer_mm}
    message = (
        f"{number(room_mm)} mm of room to the limit circle of {number(limit_mm)} mm."
        if room_mm >= 0
        else f"The rosette passes the limit circle of {number(limit_mm)} mm by "
        f"{number(-room_mm)} mm."
    )
    return Finding("G4", None, *judgement, inputs, message)


def stack_sum(case: Case) -> Finding:
    """G5: judge whether the rings fill the span to the hundredth."""
    outer_mm, wanted_mm = case.rings[-1].radii.outer_mm, case.design.outer_diameter_mm / 2
    error_mm = outer_mm - wanted_mm
    judgement = _closure(error_mm)
    inputs = {"r_out_mm": outer_mm, "R_outer_mm": wanted_mm}
    return Finding("G5", None, *judgement, inputs, _sum_message(error_mm, judgement))


def _closure(error_mm: float) -> Judgement:
    judgement = at_most(abs(error_mm), SUM_GREEN_MM, SUM_YELLOW_MM)
    return judgement._replace(value=error_mm)


def _sum_message(error_mm: float, judgement: Judgement) -> str:
    if judgement.status is Status.GREEN:
        return "The rings fill the span."
    word = "too full" if error_mm > 0 else "not full"
    return (
        f"The stack is {word}: its rings end {number(abs(error_mm))} mm "
        f"{'beyond' if error_mm > 0 else 'short of'} the outer diameter."
    )


CHECKS = (
    Check("G1", gapped_rings, gap_fits),
    Check("G2", None, soundhole_margin),
    Check("G3", each_ring, hidden_arc),
    Check("G4", None, outer_limit),
    Check("G5", None, stack_sum),
)
