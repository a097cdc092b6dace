"""Lane C, channel and structure: what is left of the top, and can the channel be cut in it?"""

from __future__ import annotations

from collections.abc import Sequence

from luthier_desktop.domain.feasibility.answers import (
    absent,
    not_judged,
    number,
    unknown,
)
from luthier_desktop.domain.feasibility.checks import Check, each_channel, each_ring
from luthier_desktop.domain.feasibility.findings import Finding, Input
from luthier_desktop.domain.feasibility.inputs import Case, RingCase
from luthier_desktop.domain.feasibility.jobs import BY_HAND
from luthier_desktop.domain.feasibility.lands import land, lands
from luthier_desktop.domain.feasibility.limits import (
    Judgement,
    at_least,
    at_most,
    exact,
    failed,
    in_force,
    passed,
    softly_at_most,
    worse,
)
from luthier_desktop.domain.feasibility.risk import Status
from luthier_desktop.domain.stack import ChannelSpan

RESIDUAL_GREEN_MM, RESIDUAL_YELLOW_MM = 1.2, 0.8
BACKED_GREEN_MM, BACKED_YELLOW_MM = 0.8, 0.5
RATIO_GREEN, RATIO_YELLOW = 0.45, 0.30
INLAY_GREEN_MM, INLAY_YELLOW_MM = 0.6, 0.4
FIT_GREEN, FIT_YELLOW = 1.1, 1.0
PROUD_LOW_MM, PROUD_HIGH_MM, PROUD_FULL_MM = 0.2, 0.6, 1.0
PACKING_GREEN, PACKING_YELLOW = 1.0, 2.0


def residual_top(case: Case) -> Finding:
    """C1: judge the wood under the channel: t_res = t_rout - d - removed_back, in mm.

    Levelling removes the face and leaves t_res as it is; the ratio compares it with the
    finished top. A backed top has lower limits and no ratio.
    """
    top, depth_mm = case.top, case.channel.depth_mm
    if top.thickness_mm is None or depth_mm is None:
        return unknown(
            "C1", None,
            *absent(**{"top.thickness_mm": top.thickness_mm, "channel.depth_mm": depth_mm}),
        )
    left_mm = top.thickness_mm - depth_mm - top.back_removal_mm
    final_mm = top.thickness_mm - top.face_removal_mm - top.back_removal_mm
    judgement, green_mm, yellow_mm = _judge_residual(left_mm, final_mm, backed=top.backed)
    inputs: dict[str, Input] = {
        "t_rout_mm": top.thickness_mm,
        "d_mm": depth_mm,
        "back_mm": top.back_removal_mm,
        "t_final_mm": final_mm,
        **in_force(green_mm, yellow_mm, (RESIDUAL_GREEN_MM, RESIDUAL_YELLOW_MM)),
    }
    if not top.backed and exact(final_mm) > 0:
        inputs["ratio"] = left_mm / final_mm
    message = _residual_message(left_mm, depth_mm, judgement.status, green_mm, yellow_mm)
    return Finding("C1", None, *judgement, inputs, message)


def _judge_residual(
    left_mm: float, final_mm: float, *, backed: bool
) -> tuple[Judgement, float, float]:
    """Return the judgement and the limits in mm that come out of both criteria."""
    if backed:
        judgement = at_least(left_mm, BACKED_GREEN_MM, BACKED_YELLOW_MM)
        return judgement, BACKED_GREEN_MM, BACKED_YELLOW_MM
    green_mm = exact(max(RESIDUAL_GREEN_MM, RATIO_GREEN * final_mm))
    yellow_mm = exact(max(RESIDUAL_YELLOW_MM, RATIO_YELLOW * final_mm))
    if exact(final_mm) <= 0:
        gone = failed(left_mm)._replace(margin=exact(left_mm) - yellow_mm)
        return gone, green_mm, yellow_mm
    by_ratio = at_least(left_mm / final_mm, RATIO_GREEN, RATIO_YELLOW)
    both = worse(at_least(left_mm, RESIDUAL_GREEN_MM, RESIDUAL_YELLOW_MM), by_ratio)
    margin_mm = at_least(left_mm, green_mm, yellow_mm).margin
    return both._replace(margin=margin_mm), green_mm, yellow_mm


def _residual_message(
    left_mm: float, depth_mm: float, status: Status, green_mm: float, yellow_mm: float
) -> str:
    depth, left = number(depth_mm), number(left_mm)
    if left_mm <= 0:
        return f"The {depth} mm channel goes through the top: nothing is left under it."
    if status is Status.RED:
        return (
            f"Only {left} mm of top is left under a {depth} mm channel; "
            f"at least {number(yellow_mm)} mm is needed."
        )
    if status is Status.YELLOW:
        return (
            f"{left} mm of top is left under a {depth} mm channel; "
            f"{number(green_mm)} mm would be safe."
        )
    return f"{left} mm of top is left under a {depth} mm channel."


def inlay_left(case: Case) -> Finding:
    """C1b: judge the inlay that levelling leaves: d - removed_face, in mm."""
    depth_mm, face_mm = case.channel.depth_mm, case.top.face_removal_mm
    if depth_mm is None:
        return unknown("C1b", None, "channel.depth_mm")
    left_mm = depth_mm - face_mm
    judgement = at_least(left_mm, INLAY_GREEN_MM, INLAY_YELLOW_MM)
    message = (
        f"{number(left_mm)} mm of inlay is left after levelling."
        if judgement.status is Status.GREEN
        else f"Only {number(max(left_mm, 0.0))} mm of inlay is left after {number(face_mm)} mm is "
        f"levelled off; {number(INLAY_GREEN_MM)} mm is safe against sanding through."
    )
    return Finding("C1b", None, *judgement, {"d_mm": depth_mm, "face_mm": face_mm}, message)


def bit_fits(case: Case, span: ChannelSpan) -> Finding:
    """C2: judge the channel's nominal width against the bit: w/D."""
    place = case.span_place(span)
    if case.kind == "hand":
        return not_judged("C2", place, BY_HAND)
    diameter_mm = case.tool.diameter_mm
    if diameter_mm is None:
        return unknown("C2", place, "tool.diameter_mm")
    width_mm = span.width_mm
    ratio = width_mm / diameter_mm
    judgement = at_least(ratio, FIT_GREEN, FIT_YELLOW)
    inputs = {"w_mm": width_mm, "D_mm": diameter_mm}
    message = _fit_message(width_mm, diameter_mm, judgement.status)
    return Finding("C2", place, *judgement, inputs, message)


def _fit_message(width_mm: float, diameter_mm: float, status: Status) -> str:
    width, bit = number(width_mm), number(diameter_mm)
    if status is Status.RED:
        return f"A {bit} mm bit does not fit a {width} mm channel; use one of {width} mm or less."
    if status is Status.YELLOW:
        return f"A {bit} mm bit fills the {width} mm channel: no room for a finish pass."
    return f"A {bit} mm bit fits the {width} mm channel with room for a finish pass."


def proud(case: Case, ring: RingCase) -> Finding:
    """C4: judge how far the inlay stands above the top before levelling: t_inlay - d, in mm."""
    inlay_mm, depth_mm = ring.ring.inlay_thickness_mm, case.channel.depth_mm
    if inlay_mm is None:
        wanted = " to d + 0.4 mm" if depth_mm is None else f" to {number(depth_mm + 0.4)} mm"
        return not_judged("C4", ring.ring_index, f"Thickness the parts{wanted}.")
    if depth_mm is None:
        return unknown("C4", ring.ring_index, "channel.depth_mm")
    face_mm = case.top.face_removal_mm
    proud_mm = inlay_mm - depth_mm
    judgement = _judge_proud(proud_mm, face_mm)
    inputs = {"t_inlay_mm": inlay_mm, "d_mm": depth_mm}
    if proud_mm < PROUD_LOW_MM:
        inputs["face_mm"] = face_mm
    message = _proud_message(proud_mm, judgement.status)
    return Finding("C4", ring.ring_index, *judgement, inputs, message)


def _judge_proud(proud_mm: float, face_mm: float) -> Judgement:
    low = at_least(proud_mm, PROUD_LOW_MM, -face_mm)
    return worse(low, softly_at_most(proud_mm, PROUD_HIGH_MM, PROUD_FULL_MM))


def _proud_message(proud_mm: float, status: Status) -> str:
    amount = number(abs(proud_mm))
    if status is Status.RED:
        return f"The inlay ends {amount} mm below the top and stays below it after levelling."
    if proud_mm < 0:
        return f"The inlay lies {amount} mm below the top; only levelling brings it flush."
    if status is Status.GREEN:
        return f"The inlay stands {amount} mm proud for levelling."
    if proud_mm < PROUD_LOW_MM:
        return f"The inlay stands only {amount} mm proud; 0.2 mm leaves room for levelling."
    return f"The inlay stands {amount} mm proud; more than 0.6 mm is a lot of scraping."


def packing(case: Case) -> Finding:
    """C5: judge how a downcut bit packs its slot: d/D; extraction keeps it clear."""
    if case.kind == "hand":
        return not_judged("C5", None, BY_HAND)
    packs = case.tool.geometry in (None, "downcut") and case.shop.extraction is not True
    depth_mm, diameter_mm = case.channel.depth_mm, case.tool.diameter_mm
    if depth_mm is None or diameter_mm is None:
        if not packs:
            return Finding("C5", None, *passed(None), {}, _CLEAR)
        missing = {"channel.depth_mm": depth_mm, "tool.diameter_mm": diameter_mm}
        return unknown("C5", None, *absent(**missing))
    ratio = depth_mm / diameter_mm
    judgement = at_most(ratio, PACKING_GREEN, PACKING_YELLOW) if packs else passed(ratio)
    inputs: dict[str, Input] = {"d_mm": depth_mm, "D_mm": diameter_mm, "packs": packs}
    message = (
        f"A downcut bit packs a slot {number(ratio, 2)} times as deep as it is wide: vacuum it, "
        "or take an upcut bit."
        if judgement.status is not Status.GREEN
        else ("The slot is shallow enough to stay clear of dust." if packs else _CLEAR)
    )
    return Finding("C5", None, *judgement, inputs, message)


_CLEAR = "The chips are carried out of the slot."


def _lands(case: Case) -> Sequence[RingCase | None]:
    return lands(case) or (None,)


CHECKS = (
    Check("C1", None, residual_top),
    Check("C1b", None, inlay_left),
    Check("C2", each_channel, bit_fits),
    Check("C3", _lands, land),
    Check("C4", each_ring, proud),
    Check("C5", None, packing),
)
