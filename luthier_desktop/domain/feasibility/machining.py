"""Lane M, machining: chip, depth of cut, strength and stiffness of the bit, runout, rubbing."""

from __future__ import annotations

from collections.abc import Mapping

from luthier_desktop.domain.feasibility.answers import number
from luthier_desktop.domain.feasibility.checks import Check
from luthier_desktop.domain.feasibility.cycle_time import cycle_time
from luthier_desktop.domain.feasibility.findings import Finding, Input
from luthier_desktop.domain.feasibility.inputs import Case
from luthier_desktop.domain.feasibility.jobs import (
    CHIP_CUT,
    CHIP_TOOL,
    Chip,
    Job,
    jobs,
    missing,
    skipped,
)
from luthier_desktop.domain.feasibility.limits import (
    Judgement,
    at_least,
    at_most,
    exact,
    failed,
    in_force,
    softly_at_most,
    worse,
)
from luthier_desktop.domain.feasibility.load import LOAD_CUT, LOAD_TOOL, STRESS_TOOL, load_of
from luthier_desktop.domain.feasibility.machine_limits import (
    entry,
    machine_room,
    rim_speed,
    slenderness,
    speed_limits,
)
from luthier_desktop.domain.feasibility.risk import Status

FEAST = 1.5
"""Chips up to this many times the band's upper end are yellow."""
FAST = 4.0
"""Chips down to the band's lower end divided by this are yellow."""
RUB_RED_MM, RUB_GREEN_MM = 0.005, 0.008
STEP_GREEN, STEP_YELLOW = 1.0, 2.0
LIGHT_GREEN, LIGHT = 2.0, 0.75
"""With chips of at most 0.75 of the band's upper end a pass may be 2 D deep and stay green."""
FEATHER_YELLOW, FEATHER = 3.0, 0.5
"""With chips of at most half of it, 3 D and stay yellow."""
STRESS_GREEN_MPA, STRESS_YELLOW_MPA = 700.0, 1200.0
BEND_GREEN_MM, BEND_YELLOW_MM = 0.015, 0.050
RUNOUT_GREEN, RUNOUT_FULL, RUNOUT_MOST = 1.0, 3.0, 0.08
RUB_GREEN, RUB_YELLOW = 2.0, 4.0


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


def stepdown(case: Case, job: Job) -> Finding:
    """M2: judge the depth of a pass against the diameter: a_p/D, a_p = min(stepdown, d).

    The lighter the chip, the deeper a pass may be.
    """
    if (answer := skipped("M2", case, job)) is not None:
        return answer
    chip, pass_mm = job.chip, job.pass_depth_mm
    if chip is None or pass_mm is None:
        return missing("M2", job, cut=(*CHIP_CUT, "stepdown_mm"))
    ratio = pass_mm / chip.diameter_mm
    share = exact(chip.percent / chip.band.high_percent)
    green = LIGHT_GREEN if share <= LIGHT else STEP_GREEN
    yellow = FEATHER_YELLOW if share <= FEATHER else STEP_YELLOW
    judgement = at_most(ratio, green, yellow)
    if judgement.status is Status.YELLOW:
        penalty = (exact(ratio) - STEP_GREEN) / (yellow - STEP_GREEN)
        judgement = judgement._replace(penalty=penalty)
    inputs: dict[str, Input] = {
        "a_p_mm": pass_mm,
        "D_mm": chip.diameter_mm,
        "chip_percent": chip.percent,
        "hi": chip.band.high_percent,
        **in_force(green, yellow, (STEP_GREEN, STEP_YELLOW)),
    }
    message = f"Each pass is {number(ratio, 2)} diameters deep" + (
        "." if judgement.status is Status.GREEN
        else f"; with this chip {number(green)} is safe."
    )
    return Finding("M2", job.ring_index, *judgement, inputs, message)


def breakage(case: Case, job: Job) -> Finding:
    """M3: judge the bending stress of the bit in its first pass, in MPa; force +-50 %."""
    if (answer := skipped("M3", case, job)) is not None:
        return answer
    load = load_of(job)
    if load is None:
        return missing("M3", job, STRESS_TOOL, LOAD_CUT)
    judgement = at_most(load.stress_mpa, STRESS_GREEN_MPA, STRESS_YELLOW_MPA)
    inputs = {"F_n": load.force_n, "L1_mm": load.flute_mm, "D_mm": load.diameter_mm}
    stress = number(load.stress_mpa, 0)
    message = (
        f"The bit bears {stress} MPa, well under its strength."
        if judgement.status is Status.GREEN
        else f"The bit bears {stress} MPa and may snap; up to 700 MPa is safe."
    )
    return Finding("M3", job.ring_index, *judgement, inputs, message)


def deflection(case: Case, job: Job) -> Finding:
    """M4: judge how far the bit's tip bends in its first pass, in mm; force +-50 %."""
    if (answer := skipped("M4", case, job)) is not None:
        return answer
    load = load_of(job)
    if load is None:
        return missing("M4", job, LOAD_TOOL, LOAD_CUT)
    bend_mm, bit = load.deflection_mm, load.bit
    if bend_mm is None or bit is None:
        return missing("M4", job, ("material", "shank_diameter_mm"), ())
    judgement = at_most(bend_mm, BEND_GREEN_MM, BEND_YELLOW_MM)
    inputs = {
        "F_n": load.force_n,
        "L1_mm": load.flute_mm,
        "L2_mm": bit.shank_length_mm,
        "D_mm": load.diameter_mm,
        "D2_mm": bit.shank_diameter_mm,
        "E_mpa": bit.elasticity_mpa,
    }
    message = f"The bit bends by {number(bend_mm)} mm" + (
        "." if judgement.status is Status.GREEN else "; over 0.015 mm shows in the fit."
    )
    return Finding("M4", job.ring_index, *judgement, inputs, message)


def runout(case: Case, job: Job) -> Finding:
    """M6: judge runout against the chip: TIR/fz. Above 1 one flute does the work."""
    if (answer := skipped("M6", case, job)) is not None:
        return answer
    chip, runout_mm = job.chip, job.tool.runout_mm
    if chip is None or runout_mm is None:
        return missing("M6", job, (*CHIP_TOOL, "runout_mm"))
    ratio, most_mm = runout_mm / chip.chip_mm, exact(RUNOUT_MOST * chip.diameter_mm)
    judgement = softly_at_most(ratio, RUNOUT_GREEN, RUNOUT_FULL)
    room = (most_mm - exact(runout_mm)) / chip.chip_mm
    if room < 0:
        judgement = failed(ratio)._replace(margin=room)
    elif judgement.status is Status.YELLOW and room <= -(judgement.margin or 0.0):
        judgement = judgement._replace(margin=room)
    inputs: dict[str, Input] = {
        "TIR_mm": runout_mm,
        "fz_mm": chip.chip_mm,
        "D_mm": chip.diameter_mm,
        "most_mm": most_mm,
    }
    message = _runout_message(ratio, runout_mm, judgement.status)
    return Finding("M6", job.ring_index, *judgement, inputs, message)


def _runout_message(ratio: float, runout_mm: float, status: Status) -> str:
    if status is Status.RED:
        return f"{number(runout_mm)} mm of runout is too much for so small a bit: it breaks."
    if status is Status.YELLOW:
        return f"Runout is {number(ratio, 2)} times the chip: one flute does the work, roughly."
    return f"Runout is {number(ratio, 2)} times the chip."


def rubbing(case: Case, job: Job) -> Finding:
    """M7: judge rubbing and burning: RR = lo/(100 fz/D) x burn factor, and fz in wood."""
    if (answer := skipped("M7", case, job)) is not None:
        return answer
    chip = job.chip
    if chip is None:
        return missing("M7", job)
    known = chip.material.burn_factor
    burn = 1.0 if known is None else known.value
    ratio = chip.band.low_percent / chip.percent * burn
    green, yellow = RUB_GREEN, RUB_YELLOW
    judgement = at_most(ratio, green, yellow)
    if chip.wood:
        judgement = worse(judgement, at_least(chip.chip_mm, RUB_GREEN_MM, RUB_RED_MM))
        green = exact(min(green, ratio * chip.chip_mm / RUB_GREEN_MM))
        yellow = exact(min(yellow, ratio * chip.chip_mm / RUB_RED_MM))
        judgement = judgement._replace(margin=at_most(ratio, green, yellow).margin)
    inputs: dict[str, Input] = {
        "fz_mm": chip.chip_mm,
        "chip_percent": chip.percent,
        "lo": chip.band.low_percent,
        "burn": burn,
        **in_force(green, yellow, (RUB_GREEN, RUB_YELLOW)),
    }
    message = (
        "The bit cuts chips, not dust."
        if judgement.status is Status.GREEN
        else f"The bit makes dust, not chips ({number(chip.chip_mm, 4)} mm a tooth): it rubs, "
        "burns and dulls. Feed faster or turn slower."
    )
    return Finding("M7", job.ring_index, *judgement, inputs, message)


CHECKS = (
    Check("M1", jobs, chipload),
    Check("M2", jobs, stepdown),
    Check("M3", jobs, breakage),
    Check("M4", jobs, deflection),
    Check("M4b", None, slenderness),
    Check("M5", None, entry),
    Check("M6", jobs, runout),
    Check("M7", jobs, rubbing),
    Check("M8", None, speed_limits),
    Check("M9", None, rim_speed),
    Check("M10", None, machine_room),
    Check("M11", None, cycle_time),
)
