"""Lane F, fit: does the inlay go in with its glue, and how true is the wall of the channel?"""

from __future__ import annotations

import math
from typing import NamedTuple

from luthier_desktop.domain.feasibility.answers import not_judged, number, unknown
from luthier_desktop.domain.feasibility.checks import Check
from luthier_desktop.domain.feasibility.findings import Assumed, Finding, Input
from luthier_desktop.domain.feasibility.inputs import Case, RingCase
from luthier_desktop.domain.feasibility.jobs import BY_HAND, channel_job
from luthier_desktop.domain.feasibility.limits import (
    Judgement,
    at_most,
    exact,
    failed,
    softly_at_least,
    worse,
)
from luthier_desktop.domain.feasibility.load import LOAD_CUT, LOAD_TOOL, load_of
from luthier_desktop.domain.feasibility.risk import Status
from luthier_desktop.domain.patterns.lines import LinesParameters
from luthier_desktop.domain.stack import ChannelSpan

DRY_FIT_MM = 0.05
"""The room that CA and epoxy take, and that hide and PVA take before any strip swells."""
A_STRIP_MM, MOST_ROOM_MM = 0.02, 0.30
SWELLING = frozenset({"hide", "pva"})
NEAR_MM, FAR_MM = 0.10, 0.25
WALL_GREEN_MM, WALL_YELLOW_MM = 0.10, 0.20
FELT_DEFLECTION_MM = 0.015
"""What a hand router gives where its feed is felt and its force is not known."""


class Room(NamedTuple):
    """The clearance of one channel and what is recommended for its glue and strips."""

    clearance_mm: float
    recommended_mm: float
    strips: int


class Wall(NamedTuple):
    """One channel as this lane judges it; ``bend_mm`` is the bit's deflection in its cut.

    ``bend_mm`` is None when it is not known, not a number when it is beyond all numbers.
    """

    ring_index: int | None
    room: Room | None
    bend_mm: float | None


def walls(case: Case) -> tuple[Wall, ...]:
    """Return the places of both checks: every channel."""
    bend_mm = _deflection_mm(case)
    return tuple(
        [Wall(case.span_place(span), room_of(case, span), bend_mm) for span in case.spans]
    )


def strips_of(ring: RingCase) -> int:
    """Return how many strips of a ring are put in one by one."""
    pattern = ring.pattern
    if not isinstance(pattern, LinesParameters) or pattern.prelaminated:
        return 1
    return len(pattern.lines or ring.ring.materials or ()) or 1


def room_of(case: Case, span: ChannelSpan) -> Room | None:
    """Return the clearance c and rec of a channel; None without a glue.

    rec = min(0.30, 0.05 + 0.02 n) for hide and PVA, 0.05 for CA and epoxy, in mm.
    """
    glue = case.channel.glue
    if glue is None:
        return None
    inside = span.ring_indices
    strips = sum([strips_of(ring) for ring in case.rings if ring.ring_index in inside])
    recommended_mm = DRY_FIT_MM
    if glue in SWELLING:
        recommended_mm = exact(min(MOST_ROOM_MM, DRY_FIT_MM + A_STRIP_MM * strips))
    clearance_mm = case.channel.clearance_mm
    return Room(
        recommended_mm if clearance_mm is None else clearance_mm, recommended_mm, strips
    )


def assumed_clearances(case: Case) -> tuple[Assumed, ...]:
    """Return the clearance that nobody gives: rec; of channels that differ, one after another."""
    if case.channel.clearance_mm is not None:
        return ()
    rooms = [room_of(case, span) for span in case.spans]
    widths_mm = list(dict.fromkeys(room.recommended_mm for room in rooms if room is not None))
    if not widths_mm:
        return ()
    listed = " / ".join(number(width_mm, 2) for width_mm in widths_mm)
    value = widths_mm[0] if len(widths_mm) == 1 else listed
    return (Assumed("channel.clearance_mm", value, "default"),)


def clearance(case: Case, wall: Wall) -> Finding:
    """F1: judge the channel's extra width against what the glue needs, in mm."""
    place, room = wall.ring_index, wall.room
    if room is None:
        return unknown("F1", place, "channel.glue")
    clearance_mm, recommended_mm, strips = room
    judgement = _judge_clearance(clearance_mm, recommended_mm)
    inputs: dict[str, Input] = {
        "c_mm": clearance_mm,
        "rec_mm": recommended_mm,
        "strips": strips,
        "glue": case.channel.glue,
    }
    message = _clearance_message(room, judgement.status)
    return Finding("F1", place, *judgement, inputs, message)


def _judge_clearance(clearance_mm: float, recommended_mm: float) -> Judgement:
    room_mm = exact(clearance_mm)
    if room_mm < 0:
        return failed(clearance_mm)._replace(margin=room_mm)
    loose = at_most(
        clearance_mm, exact(recommended_mm + NEAR_MM), exact(recommended_mm + FAR_MM)
    )
    tight = softly_at_least(
        clearance_mm, exact(recommended_mm - NEAR_MM), exact(recommended_mm - FAR_MM)
    )
    both = worse(loose, tight)
    if tight.status is not Status.YELLOW or tight.margin is None:
        return both
    return both._replace(margin=room_mm if room_mm <= -tight.margin else tight.margin)


def _clearance_message(room: Room, status: Status) -> str:
    given, wanted = number(room.clearance_mm), number(room.recommended_mm)
    strips = "1 strip" if room.strips == 1 else f"{room.strips} strips"
    if status is Status.GREEN:
        return f"{given} mm of clearance; {wanted} mm suits this glue and {strips}."
    if room.clearance_mm < 0:
        return f"The inlay is {number(-room.clearance_mm)} mm too wide for its channel."
    word = "tight" if room.clearance_mm < room.recommended_mm else "loose"
    return f"{given} mm of clearance is {word}: {wanted} mm suits this glue and {strips}."


def wall_error(case: Case, wall: Wall) -> Finding:
    """F2: judge how far a channel's wall may be off: bit, runout, play and unfilled clearance.

    delta + TIR/2 + backlash + max(0, c - (rec - 0.05))/2, in mm a side.
    """
    place, room, delta_mm = wall
    if case.kind == "hand":
        return not_judged("F2", place, BY_HAND)
    runout_mm, backlash_mm = case.tool.runout_mm, case.machine.backlash_mm
    if room is None or delta_mm is None or runout_mm is None or backlash_mm is None:
        return unknown("F2", place, *_missing(case, room, delta_mm))
    unfilled_mm = max(0.0, room.clearance_mm - (room.recommended_mm - DRY_FIT_MM))
    error_mm = delta_mm + runout_mm / 2 + backlash_mm + unfilled_mm / 2
    judgement = at_most(error_mm, WALL_GREEN_MM, WALL_YELLOW_MM)
    inputs: dict[str, Input] = {
        "delta_mm": delta_mm,
        "TIR_mm": runout_mm,
        "backlash_mm": backlash_mm,
        "c_mm": room.clearance_mm,
        "rec_mm": room.recommended_mm,
    }
    message = (
        f"The channel's wall is true to {number(error_mm)} mm."
        if judgement.status is Status.GREEN
        else f"The channel's wall may be off by {number(error_mm)} mm; over 0.1 mm is visible."
    )
    return Finding("F2", place, *judgement, inputs, message)


def _felt(case: Case) -> bool:
    return case.kind == "hand_router" and case.cut.feed_mm_min is None


def _deflection_mm(case: Case) -> float | None:
    if _felt(case):
        return FELT_DEFLECTION_MM
    try:
        load = load_of(channel_job(case))
        return None if load is None else load.deflection_mm
    except (ArithmeticError, ValueError):
        return math.nan


def _missing(case: Case, room: Room | None, delta_mm: float | None) -> list[str]:
    paths = []
    if delta_mm is None:
        job = channel_job(case)
        paths += [] if case.top.material is not None else ["top.material_id"]
        paths += [] if job.depth_mm is not None else [job.depth_path]
        paths += job.paths_of(LOAD_TOOL, LOAD_CUT)
        if not paths:
            paths.append("tool.shank_diameter_mm")
    if case.tool.runout_mm is None:
        paths.append("tool.runout_mm")
    if case.machine.backlash_mm is None:
        paths.append("machine.backlash_mm")
    if room is None:
        paths.append("channel.glue")
    return paths


CHECKS = (
    Check("F1", walls, clearance),
    Check("F2", walls, wall_error),
)
