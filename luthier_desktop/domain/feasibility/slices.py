"""T4 and T5: are there enough slices of the mosaic's log, and are they strong enough?"""

from __future__ import annotations

import math

from luthier_desktop.domain.bill.logs import slices_of_log
from luthier_desktop.domain.bill.stock import PROUD_MM, WASTE_SHARE, with_spares
from luthier_desktop.domain.feasibility.answers import not_judged, number, unknown
from luthier_desktop.domain.feasibility.findings import Finding, Input
from luthier_desktop.domain.feasibility.inputs import Case, RingCase
from luthier_desktop.domain.feasibility.limits import (
    Judgement,
    advice,
    at_least,
    exact,
    failed,
)
from luthier_desktop.domain.feasibility.risk import Status
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.parameters import GridParameters

SLICED = frozenset({PatternFamily.MOSAIC, PatternFamily.MEANDER})
SLICE_GREEN_MM, SLICE_YELLOW_MM = 1.2, 0.8
_NOT_SLICED = "This pattern is not sliced from a log."
_SLICE_PATH = "pattern.slice_mm"


def slice_mm(case: Case, ring: RingCase) -> float | None:
    """Return the thickness of a slice: given, else the inlay's, else d + 0.4 mm."""
    pattern = ring.pattern
    if isinstance(pattern, GridParameters) and pattern.slice_mm is not None:
        return pattern.slice_mm
    if ring.ring.inlay_thickness_mm is not None:
        return ring.ring.inlay_thickness_mm
    depth_mm = case.channel.depth_mm
    return None if depth_mm is None else exact(depth_mm + PROUD_MM)


def log_yield(case: Case, ring: RingCase) -> Finding:
    """T4: count slices: n = floor((L + k)/(t + k)) a log; needed: ceil(N (1 + waste))."""
    pattern = ring.pattern
    if ring.family not in SLICED or not isinstance(pattern, GridParameters):
        return not_judged("T4", ring.ring_index, _NOT_SLICED)
    length_mm, kerf_mm = pattern.log_length_mm, pattern.kerf_mm
    if length_mm is None and kerf_mm is None:
        return not_judged("T4", ring.ring_index, "No log length and kerf are given.")
    thickness_mm = slice_mm(case, ring)
    if length_mm is None or kerf_mm is None or thickness_mm is None or ring.tile_count is None:
        return unknown("T4", ring.ring_index, *_missing(ring, pattern, thickness_mm))
    each = slices_of_log(length_mm, thickness_mm, kerf_mm)
    waste = WASTE_SHARE if pattern.waste is None else pattern.waste
    need = with_spares(ring.tile_count, waste)
    inputs: dict[str, Input] = {
        "L_mm": length_mm,
        "k_mm": kerf_mm,
        "t_mm": thickness_mm,
        "N": ring.tile_count,
        "waste": waste,
        "n": each,
        "green_limit": need,
        "yellow_limit": ring.tile_count,
    }
    if pattern.logs is None:
        judgement, message = _without_logs(each, need)
    else:
        inputs["logs"] = pattern.logs
        judgement, message = _with_logs(each * pattern.logs, ring.tile_count, need)
    return Finding("T4", ring.ring_index, *judgement, inputs, message)


def _missing(ring: RingCase, pattern: GridParameters, thickness_mm: float | None) -> list[str]:
    fields = {
        "pattern.log_length_mm": pattern.log_length_mm,
        "pattern.kerf_mm": pattern.kerf_mm,
        _SLICE_PATH: thickness_mm,
        "tile_length_mm": ring.tile_count,
    }
    return [ring.path(name) for name, value in fields.items() if value is None]


def _without_logs(each: int, need: int) -> tuple[Judgement, str]:
    if each < 1:
        return failed(each), "The log is shorter than one slice."
    logs = math.ceil(need / each)
    plural = "log" if logs == 1 else "logs"
    return advice(each), f"A log gives {each} slices and {need} are needed: make {logs} {plural}."


def _with_logs(slices: int, count: int, need: int) -> tuple[Judgement, str]:
    judgement = at_least(slices, need, count)
    if judgement.status is Status.YELLOW:
        judgement = judgement._replace(penalty=(need - slices) / (need - count + 1))
    if judgement.status is Status.GREEN:
        return judgement, f"The logs give {slices} slices; {need} are needed with spares."
    if judgement.status is Status.YELLOW:
        return judgement, f"The logs give {slices} slices: enough for {count}, few spares."
    return judgement, f"The logs give only {slices} slices; the ring alone takes {count}."


def slice_strength(case: Case, ring: RingCase) -> Finding:
    """T5: judge the thickness of an end-grain slice, in mm."""
    if ring.family not in SLICED:
        return not_judged("T5", ring.ring_index, _NOT_SLICED)
    thickness_mm = slice_mm(case, ring)
    if thickness_mm is None:
        return unknown("T5", ring.ring_index, ring.path(_SLICE_PATH))
    judgement = at_least(thickness_mm, SLICE_GREEN_MM, SLICE_YELLOW_MM)
    message = (
        f"Slices of {number(thickness_mm)} mm hold together."
        if judgement.status is Status.GREEN
        else f"End-grain slices of {number(thickness_mm)} mm break; 1.2 mm is safe."
    )
    return Finding("T5", ring.ring_index, *judgement, {"t_mm": thickness_mm}, message)
