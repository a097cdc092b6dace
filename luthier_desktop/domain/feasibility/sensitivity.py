"""Whether a check's status would change within the stated uncertainty of what it rests on.

The cutting force is known to +-50 %, burn factors lie between 1.0 and 1.3, and limits that are
trade judgement are taken as good to +-20 %. Everything else that a check reads is measured or
geometry. Source: domain reference 3.2, 3.5 and 5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from luthier_desktop.domain.feasibility import (
    bending,
    fit,
    lands,
    layout,
    machine_limits,
    machining,
    tiles,
)
from luthier_desktop.domain.feasibility.findings import Finding, Scored
from luthier_desktop.domain.feasibility.finish import HARDNESS_GREEN
from luthier_desktop.domain.feasibility.inputs import Case, read_case
from luthier_desktop.domain.feasibility.jobs import channel_job, jobs
from luthier_desktop.domain.feasibility.limits import (
    at_least,
    at_most,
    exact,
    softly_at_most,
    worse,
)
from luthier_desktop.domain.feasibility.load import load_of
from luthier_desktop.domain.feasibility.risk import Status
from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup

FORCE, FORCE_PERCENT = "the cutting force", 50
BURN, BURN_HUNDREDTHS = "the burn factor", (100, 130)
LIMITS, LIMITS_PERCENT = "its limits, which are an estimate", 20
HARMLESS = (Status.NOTE, Status.GREEN)


class Sensitivity(NamedTuple):
    """Whether the status holds within the uncertainty, and a sentence part that says how far."""

    holds: bool
    text: str


class Doubt(NamedTuple):
    """What a status rests on; *status* gives it for a number of hundredths of that.

    It lies between *low* and *high* and is *now*. ``percent`` tells the number as a change.
    """

    name: str
    low: int
    now: int
    high: int
    status: Callable[[float], Status]
    percent: bool = True


Doubter = Callable[[Case, Finding], Doubt | None]


def sensitivities(
    design: RosetteParamSpec, setup: Setup, materials: MaterialCatalogue, scored: Scored
) -> Mapping[tuple[str, int | None], Sensitivity]:
    """Say of each judged check that rests on an uncertain constant whether it holds."""
    if not scored.findings:
        return {}
    case = read_case(design, setup, materials)
    return {
        (finding.check_id, finding.ring_index): told(doubt)
        for finding in scored.findings
        if finding.value is not None and finding.status not in (Status.NA, Status.UNKNOWN)
        for doubt in [_doubt(case, finding)]
        if doubt is not None
    }


def told(doubt: Doubt) -> Sensitivity:
    """Say whether the status is the same at both ends; where not, from where it changes."""
    changes = [*_changes(doubt, doubt.low), *_changes(doubt, doubt.high)]
    if changes:
        return Sensitivity(False, f"depends on {doubt.name}: {', '.join(changes)}")
    if doubt.percent:
        return Sensitivity(True, f"holds for +-{doubt.high - doubt.now} % of {doubt.name}")
    span = f"{doubt.low / 100:.1f} to {doubt.high / 100:.1f}"
    return Sensitivity(True, f"holds for {doubt.name} from {span}")


def _changes(doubt: Doubt, end: int) -> Iterator[str]:
    """Yield each status on the way to *end* and from where it is in force."""
    at, last = doubt.now, doubt.status(doubt.now / 100)
    final = doubt.status(end / 100)
    while last is not final:
        at = _first_other(doubt, at, end, last)
        last = doubt.status(at / 100)
        yield f"{last.value} from {_shown(doubt, at)}"


def _first_other(doubt: Doubt, at: int, end: int, last: Status) -> int:
    """Return the first number from *at* to *end*, whose status differs, that is not *last*."""
    near, far = at, end
    while abs(far - near) > 1:
        middle = (near + far) // 2
        if doubt.status(middle / 100) is last:
            near = middle
        else:
            far = middle
    return far


def _shown(doubt: Doubt, at: int) -> str:
    return f"{at - doubt.now:+d} %" if doubt.percent else f"{at / 100:.2f}"


def _doubt(case: Case, finding: Finding) -> Doubt | None:
    doubter = _DOUBTERS.get(finding.check_id)
    return None if doubter is None else doubter(case, finding)


def _number(finding: Finding, name: str) -> float | None:
    value = finding.inputs.get(name)
    return float(value) if isinstance(value, (int, float)) else None


def _of_force(status: Callable[[float], Status]) -> Doubt:
    return Doubt(FORCE, 100 - FORCE_PERCENT, 100, 100 + FORCE_PERCENT, status)


def _of_limits(status: Callable[[float], Status]) -> Doubt:
    return Doubt(LIMITS, 100 - LIMITS_PERCENT, 100, 100 + LIMITS_PERCENT, status)


def _stress(_case: Case, finding: Finding) -> Doubt:
    value = finding.value or 0.0
    green, yellow = machining.STRESS_GREEN_MPA, machining.STRESS_YELLOW_MPA
    return _of_force(lambda part: at_most(value * part, green, yellow).status)


def _bend(_case: Case, finding: Finding) -> Doubt:
    value = finding.value or 0.0
    green, yellow = machining.BEND_GREEN_MM, machining.BEND_YELLOW_MM
    return _of_force(lambda part: at_most(value * part, green, yellow).status)


def _wall(case: Case, finding: Finding) -> Doubt | None:
    """F2 where the bit's deflection follows from a force, not from what is felt."""
    bend_mm, value = _number(finding, "delta_mm"), finding.value or 0.0
    if bend_mm is None or load_of(channel_job(case)) is None:
        return None
    rest_mm, green, yellow = value - bend_mm, fit.WALL_GREEN_MM, fit.WALL_YELLOW_MM
    return _of_force(lambda part: at_most(rest_mm + bend_mm * part, green, yellow).status)


def _land(_case: Case, finding: Finding) -> Doubt | None:
    use = _number(finding, "util")
    if use is None:
        return None
    width = at_least(finding.value or 0.0, lands.LAND_GREEN_MM, lands.LAND_YELLOW_MM)
    return _of_force(
        lambda part: worse(width, at_most(use * part, lands.USE_GREEN, lands.USE_YELLOW)).status
    )


def _rubbing(case: Case, finding: Finding) -> Doubt | None:
    """M7 in wood, whose burn factor is an estimate."""
    burn, chip_mm = _number(finding, "burn"), _number(finding, "fz_mm")
    job = next(one for one in jobs(case) if one.ring_index == finding.ring_index)
    if job.material is None or job.material.kind != "wood" or not burn or chip_mm is None:
        return None
    cold = (finding.value or 0.0) / burn
    chip = at_least(chip_mm, machining.RUB_GREEN_MM, machining.RUB_RED_MM)
    low, high = BURN_HUNDREDTHS
    now = round(100 * burn)
    if not low <= now <= high:
        return None
    green, yellow = machining.RUB_GREEN, machining.RUB_YELLOW
    return Doubt(
        BURN, low, now, high,
        lambda factor: worse(at_most(cold * factor, green, yellow), chip).status, percent=False,
    )


def _outer(_case: Case, finding: Finding) -> Doubt:
    value, red = finding.value or 0.0, layout.OUTER_YELLOW_MM
    return _of_limits(lambda part: at_least(value, layout.OUTER_GREEN_MM * part, red).status)


def _room(_case: Case, finding: Finding) -> Doubt:
    value, red = finding.value or 0.0, machine_limits.ROOM_YELLOW_MM
    green = machine_limits.ROOM_GREEN_MM
    return _of_limits(lambda part: at_least(value, green * part, red).status)


def _entry(_case: Case, finding: Finding) -> Doubt:
    value = finding.value or 0.0
    green, yellow = machine_limits.ENTRY_GREEN, machine_limits.ENTRY_YELLOW
    return _of_limits(lambda part: at_most(value, exact(green * part), yellow * part).status)


def _aspect(_case: Case, finding: Finding) -> Doubt:
    stretch, green = (finding.value or 0.0) - 1, tiles.ASPECT_GREEN - 1
    return _of_limits(lambda part: softly_at_most(stretch, exact(green * part), 1.0).status)


def _hardness(_case: Case, finding: Finding) -> Doubt | None:
    """S1 where the hardness decides; shell is always a note."""
    value = finding.value or 0.0
    if (value > HARDNESS_GREEN) != (finding.status is Status.NOTE):
        return None
    return _of_limits(lambda part: HARMLESS[exact(value) <= exact(HARDNESS_GREEN * part)])


def _bending(_case: Case, finding: Finding) -> Doubt | None:
    """B1 for slanted strips, whose limits are trade judgement."""
    if not str(finding.inputs.get("class", "")).startswith(bending.SLANTED_CLASS):
        return None
    value = finding.value or 0.0
    green, yellow = _number(finding, "green_limit"), _number(finding, "yellow_limit")
    if green is None or yellow is None:
        return None
    return _of_limits(
        lambda part: at_least(value, exact(green * part), exact(yellow * part)).status
    )


_DOUBTERS: dict[str, Doubter] = {
    "G4": _outer,
    "C3": _land,
    "B1": _bending,
    "T6": _aspect,
    "M3": _stress,
    "M4": _bend,
    "M5": _entry,
    "M7": _rubbing,
    "M10": _room,
    "F2": _wall,
    "S1": _hardness,
}
