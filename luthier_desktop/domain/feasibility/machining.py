"""Lane M, machining: chip, depth of cut, strength and stiffness of the bit, runout, rubbing."""

from __future__ import annotations

from collections.abc import Mapping

from luthier_desktop.domain.feasibility.answers import (
    not_judged,
    number,
    unknown,
    unknown_because,
)
from luthier_desktop.domain.feasibility.checks import Check
from luthier_desktop.domain.feasibility.findings import Finding, Input
from luthier_desktop.domain.feasibility.inputs import Case
from luthier_desktop.domain.feasibility.jobs import Chip, Job, channel_job, jobs
from luthier_desktop.domain.feasibility.limits import Judgement, at_least, at_most, exact
from luthier_desktop.domain.feasibility.risk import Status

FEAST = 1.5
"""Chips up to this many times the band's upper end are yellow."""
FAST = 4.0
"""Chips down to the band's lower end divided by this are yellow."""
RUB_RED_MM, RUB_GREEN_MM = 0.005, 0.008
SLENDER_GREEN, SLENDER_YELLOW = 6.0, 10.0
CHIP_TOOL = ("diameter_mm", "flutes")
CHIP_CUT = ("feed_mm_min", "spindle_rpm")
BY_HAND = "The channel is cut by hand."
_FELT = "The feed of a hand router is felt, not set."


def skipped(check_id: str, case: Case, job: Job) -> Finding | None:
    """Answer NA when the cut is by hand, or by a hand router without a feed."""
    if case.kind == "hand":
        return not_judged(check_id, job.ring_index, BY_HAND)
    if case.kind == "hand_router" and job.cut.feed_mm_min is None:
        return not_judged(check_id, job.ring_index, _FELT)
    return None


def missing(
    check_id: str, job: Job, tool: tuple[str, ...] = CHIP_TOOL, cut: tuple[str, ...] = CHIP_CUT
) -> Finding:
    """Answer UNKNOWN and name what is missing: the material first, then tool and cut."""
    if job.material is None and job.material_id is not None:
        sentence = f"The material '{job.material_id}' is not in the catalogue; correct its id."
        return unknown_because(check_id, job.ring_index, job.material_path, sentence)
    paths = [] if job.material is not None else [job.material_path]
    if "stepdown_mm" in cut and job.depth_mm is None:
        paths.append(job.depth_path)
    return unknown(check_id, job.ring_index, *paths, *job.paths_of(tool, cut))


def chipload(case: Case, job: Job) -> Finding:
    """M1: judge the feed per tooth against the band of the material's class.

    100 fz/D   [% of D]. Wood rubs below fz 0.005 mm whatever the diameter.
    """
    if (answer := skipped("M1", case, job)) is not None:
        return answer
    chip = job.chip
    if chip is None:
        return missing("M1", job)
    judgement, limits = _judge_chip(chip)
    inputs: dict[str, Input] = {
        "fz_mm": chip.chip_mm,
        "D_mm": chip.diameter_mm,
        "class": chip.band.name,
        "lo": chip.band.low_percent,
        "hi": chip.band.high_percent,
        **limits,
    }
    message = _chip_message(chip, judgement.status)
    return Finding("M1", job.ring_index, *judgement, inputs, message)


def _judge_chip(chip: Chip) -> tuple[Judgement, Mapping[str, Input]]:
    """Judge on the side on which the chip lies; the limits are those of that side."""
    low, high = chip.band.low_percent, chip.band.high_percent
    floor = low / FAST
    if chip.wood:
        floor = max(floor, exact(100 * RUB_RED_MM / chip.diameter_mm))
    if exact(chip.percent) > max(high, floor):
        judgement = at_most(chip.percent, high, exact(FEAST * high))
        return judgement, {"green_limit": high, "yellow_limit": exact(FEAST * high)}
    green = max(low, floor)
    judgement = at_least(chip.percent, green, floor)
    if judgement.status is Status.GREEN:
        room = min(exact(chip.percent) - green, high - exact(chip.percent))
        judgement = judgement._replace(margin=room)
    return judgement, {"green_limit": green, "yellow_limit": floor}


def _chip_message(chip: Chip, status: Status) -> str:
    size = f"{number(chip.chip_mm, 4)} mm a tooth, {number(chip.percent, 2)} % of the bit"
    band = f"{number(chip.band.low_percent)} to {number(chip.band.high_percent)} %"
    if status is Status.GREEN:
        return f"The chip is {size}: right for {chip.band.name}."
    if chip.percent > chip.band.high_percent:
        return f"The chip is {size}: too thick for {chip.band.name} ({band})."
    return f"The chip is {size}: it rubs instead of cutting ({chip.band.name}: {band})."


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


CHECKS = (
    Check("M1", jobs, chipload),
    Check("M4b", None, slenderness),
)
