"""C3: the strip of top between two channels, which breaks before anything else does."""

from __future__ import annotations

import math
from typing import NamedTuple

from luthier_desktop.domain.feasibility import cutting
from luthier_desktop.domain.feasibility.answers import not_judged, number, unknown
from luthier_desktop.domain.feasibility.findings import Finding, Input
from luthier_desktop.domain.feasibility.inputs import Case, RingCase
from luthier_desktop.domain.feasibility.jobs import channel_job
from luthier_desktop.domain.feasibility.limits import (
    Judgement,
    at_least,
    at_most,
    exact,
    in_force,
    worse,
)
from luthier_desktop.domain.feasibility.risk import Status
from luthier_desktop.domain.materials import Material
from luthier_desktop.domain.stack import JOINED_MM

LAND_GREEN_MM, LAND_YELLOW_MM = 2.0, 1.0
USE_GREEN, USE_YELLOW = 0.30, 0.60
TENSION_ACROSS_MPA = 2.4
"""Where the catalogue has no tension across the grain."""
_CUT_FIELDS = ("feed_mm_min", "spindle_rpm", "stepdown_mm")


class Push(NamedTuple):
    """What pushes on a land while its channel is cut."""

    stress_mpa: float
    strength_mpa: float
    force_n: float

    @property
    def utilisation(self) -> float:
        """The share of the wood's strength across the grain that is used."""
        return self.stress_mpa / self.strength_mpa


def lands(case: Case) -> tuple[RingCase, ...]:
    """Return the rings that have a land on their inner side: the places of C3."""
    if case.channel.layout == "single":
        return ()
    return tuple(ring for ring in case.rings[1:] if ring.ring.gap_before_mm > JOINED_MM)


def land(case: Case, ring: RingCase | None) -> Finding:
    """C3: judge a land by its width b and by sigma/f_t90 while it is cut.

    By width alone when the channel is cut by hand or the feed is felt. A land under 1 mm is RED
    also when the cut is not known.
    """
    if ring is None:
        return not_judged("C3", None, "There is no land between two channels.")
    land_mm = ring.ring.gap_before_mm
    by_width = at_least(land_mm, LAND_GREEN_MM, LAND_YELLOW_MM)
    if _width_alone(case):
        message = _message(land_mm, None, by_width.status)
        return Finding("C3", ring.ring_index, *by_width, {"b_mm": land_mm}, message)
    push = _push(case, land_mm)
    if push is not None:
        return _both(ring.ring_index, land_mm, by_width, push)
    if by_width.status is Status.RED:
        message = _message(land_mm, None, by_width.status)
        return Finding("C3", ring.ring_index, *by_width, {"b_mm": land_mm}, message)
    return unknown("C3", ring.ring_index, *_missing(case))


def _width_alone(case: Case) -> bool:
    return case.kind == "hand" or (case.kind == "hand_router" and case.cut.feed_mm_min is None)


def _missing(case: Case) -> list[str]:
    job = channel_job(case)
    missing = [] if case.top.material is not None else ["top.material_id"]
    if job.depth_mm is None:
        missing.append("channel.depth_mm")
    return missing + job.paths_of(("diameter_mm", "flutes"), _CUT_FIELDS)


def _push(case: Case, land_mm: float) -> Push | None:
    """Return the push on the land; None when a number that it needs is missing."""
    job = channel_job(case)
    wood, chip_mm, pass_mm = job.material, job.chip_mm, job.pass_depth_mm
    depth_mm, diameter_mm = job.depth_mm, job.tool.diameter_mm
    if wood is None or chip_mm is None or pass_mm is None:
        return None
    if depth_mm is None or diameter_mm is None:
        return None
    force_n = cutting.wall_force_n(wood, pass_mm, chip_mm)
    stress_mpa = cutting.land_stress_mpa(force_n, depth_mm, diameter_mm, land_mm)
    return Push(stress_mpa, _strength_mpa(wood), force_n)


def _strength_mpa(wood: Material) -> float:
    known = wood.tension_across_mpa
    return TENSION_ACROSS_MPA if known is None or known.value <= 0 else known.value


def _both(ring_index: int, land_mm: float, by_width: Judgement, push: Push) -> Finding:
    """Join both criteria; sigma falls with b squared, so its limits are widths as well."""
    use = push.utilisation
    green_mm = exact(max(LAND_GREEN_MM, land_mm * math.sqrt(use / USE_GREEN)))
    yellow_mm = exact(max(LAND_YELLOW_MM, land_mm * math.sqrt(use / USE_YELLOW)))
    judgement = worse(by_width, at_most(use, USE_GREEN, USE_YELLOW))
    judgement = judgement._replace(margin=at_least(land_mm, green_mm, yellow_mm).margin)
    inputs: dict[str, Input] = {
        "b_mm": land_mm,
        "F_n_n": push.force_n,
        "f_t90_mpa": push.strength_mpa,
        "util": use,
        **in_force(green_mm, yellow_mm, (LAND_GREEN_MM, LAND_YELLOW_MM)),
    }
    message = _message(land_mm, use, judgement.status)
    return Finding("C3", ring_index, *judgement, inputs, message)


def _message(land_mm: float, use: float | None, status: Status) -> str:
    part = "" if use is None else f", {number(100 * use, 0)} % of its strength used by the cut"
    if status is Status.GREEN:
        return f"The land of {number(land_mm)} mm holds{part}."
    if status is Status.RED:
        return f"The land of {number(land_mm)} mm crumbles{part}; make it wider or cut lighter."
    return f"The land of {number(land_mm)} mm is narrow{part}; 2 mm and under 30 % is safe."
