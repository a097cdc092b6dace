"""Score a design for one shop: every check of every built lane, and the verdict. Pure."""

from __future__ import annotations

from luthier_desktop.domain.bill.bill import (
    NO_VOLUME,
    Making,
    bill_of_materials,
    material_efficiency,
)
from luthier_desktop.domain.feasibility import (
    bending,
    channel,
    finish,
    fit,
    layout,
    machining,
    tiles,
    verdict,
)
from luthier_desktop.domain.feasibility.answers import number
from luthier_desktop.domain.feasibility.checks import Check, run_each
from luthier_desktop.domain.feasibility.findings import Finding, Scored
from luthier_desktop.domain.feasibility.inputs import Case, read_case
from luthier_desktop.domain.feasibility.risk import Lane, RiskBucket, worst
from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup

SMALLEST_SOUNDHOLE_MM, LARGEST_SOUNDHOLE_MM = 40.0, 115.0
NO_RINGS = "no rings"

BUILT: tuple[tuple[Lane, tuple[Check, ...]], ...] = (
    (Lane.LAYOUT, layout.CHECKS),
    (Lane.CHANNEL, channel.CHECKS),
    (Lane.BENDING, bending.CHECKS),
    (Lane.TILES, tiles.CHECKS),
    (Lane.MACHINING, machining.CHECKS),
    (Lane.FIT, fit.CHECKS),
    (Lane.FINISH, finish.CHECKS),
)
"""The lanes in the order that decides ties of the binding check."""


def score(design: RosetteParamSpec, setup: Setup, materials: MaterialCatalogue) -> Scored:
    """Judge *design* in the shop *setup*; the same inputs always give the same answer."""
    case = read_case(design, setup, materials)
    if not case.rings:
        return _nothing_to_judge(case)
    by_lane = [(lane, list(run_each(checks, case))) for lane, checks in BUILT]
    findings = tuple([finding for _, lane_findings in by_lane for finding in lane_findings])
    lanes = tuple([verdict.lane_verdict(lane, own) for lane, own in by_lane])
    bucket = worst([finding.status for finding in findings])
    penalties = [verdict.lane_penalty(lane_findings) for _, lane_findings in by_lane]
    minutes, no_time = _cutting_time(findings)
    efficiency, no_efficiency = _efficiency(case)
    return Scored(
        score=round(verdict.number_in_band(bucket, penalties), 1),
        risk_bucket=bucket,
        findings=findings,
        rings=verdict.ring_verdicts(case.rings, findings),
        lanes=lanes,
        binding=verdict.binding(bucket, findings),
        assumed=case.assumed + fit.assumed_clearances(case),
        warnings=(*_odd_soundhole(design), *no_efficiency, *no_time),
        material_efficiency=efficiency,
        estimated_cut_time_min=minutes,
    )


_NO_EFFICIENCY = "Material efficiency is not given."
_NO_TIME = "Cutting time is not given."
_EMPTY = "There are no rings."


def _efficiency(case: Case) -> tuple[float | None, tuple[str, ...]]:
    """Return the share of the stock that is left in the rosette, or None and why as a warning."""
    making = Making(case.channel.depth_mm, case.top.face_removal_mm)
    try:
        efficiency, reason = material_efficiency(bill_of_materials(case.design, making))
    except (ArithmeticError, ValueError):
        efficiency, reason = None, NO_VOLUME
    return efficiency, (f"{_NO_EFFICIENCY} {reason}",) if reason else ()


def _cutting_time(findings: tuple[Finding, ...]) -> tuple[float | None, tuple[str, ...]]:
    """Return the minutes of M11, or None and the reason as a warning."""
    found = next((one for one in findings if one.check_id == "M11"), None)
    if found is not None and found.value is not None:
        return found.value, ()
    reason = "" if found is None else f" {found.message}"
    return None, (f"{_NO_TIME}{reason}",)


def _nothing_to_judge(case: Case) -> Scored:
    return Scored(
        score=None,
        risk_bucket=RiskBucket.UNKNOWN,
        findings=(),
        rings=(),
        lanes=(),
        binding=None,
        assumed=case.assumed,
        warnings=(NO_RINGS, *_odd_soundhole(case.design), *_no_numbers()),
        material_efficiency=None,
        estimated_cut_time_min=None,
    )


def _no_numbers() -> tuple[str, ...]:
    return tuple(f"{what} {_EMPTY}" for what in (_NO_EFFICIENCY, _NO_TIME))


def _odd_soundhole(design: RosetteParamSpec) -> tuple[str, ...]:
    """Say that a soundhole is not a guitar's; without one the inner diameter is looked at."""
    given_mm = design.soundhole_diameter_mm
    diameter_mm = design.inner_diameter_mm if given_mm is None else given_mm
    if SMALLEST_SOUNDHOLE_MM <= diameter_mm <= LARGEST_SOUNDHOLE_MM:
        return ()
    looked_at = " No soundhole is given; the inner diameter was looked at."
    return (
        f"{number(diameter_mm)} mm is not a guitar's soundhole: guitars and ukuleles have "
        f"{number(SMALLEST_SOUNDHOLE_MM)} to {number(LARGEST_SOUNDHOLE_MM)} mm."
        + (looked_at if given_mm is None else ""),
    )
