"""A cut in words: how long it takes, in how many passes, and what the bit does at a time."""

from __future__ import annotations

from luthier_desktop.domain.cutting.plan_values import CutPlan, Move, Purpose
from luthier_desktop.ui import units

SPREAD = 0.15
"""How far off the true time may be: controllers plan their accelerations differently."""
_SAME_MM = 1e-6
_SHOWN = 2
_PURPOSES: dict[Purpose, str] = {
    "travel": "Moving above the wood",
    "entry": "Going in",
    "rough": "Roughing",
    "finish": "Finish pass",
}


def clock(seconds: float) -> str:
    """Write a time as minutes and seconds."""
    minutes, rest = divmod(round(max(0.0, seconds)), 60)
    return f"{minutes}:{rest:02d}"


def summary(plan: CutPlan) -> str:
    """Say how long the whole cut takes, and in how many passes."""
    least, most = (clock(plan.seconds * (1 + sign * SPREAD)) for sign in (-1, 1))
    rough, finish = _passes(plan, "rough"), _passes(plan, "finish")
    told = [f"{_count(rough, 'pass', 'passes')} down to {units.text(plan.deepest_mm)}"]
    if finish:
        told.append(_count(finish, "finish pass", "finish passes"))
    grooves = len(plan.grooves)
    if grooves > 1:
        told.append(f"{grooves} grooves")
    bit = units.text(plan.numbers.diameter_mm)
    return f"{clock(plan.seconds)} min ({least} to {most}); {', '.join(told)}; bit {bit}"


def doing(plan: CutPlan, seconds: float) -> str:
    """Say what the bit does at a time, and how deep."""
    index, place = plan.at_time(seconds)
    what = _PURPOSES[plan.moves[index].purpose]
    if place.z_mm >= 0:
        return f"{what}, {units.text(round(place.z_mm, _SHOWN))} above the face"
    return f"{what}, {units.text(round(-place.z_mm, _SHOWN))} deep"


def _passes(plan: CutPlan, purpose: Purpose) -> int:
    depths = {round(-move.end.z_mm, 4) for move in plan.moves if _is_level(move, purpose)}
    return len(depths)


def _is_level(move: Move, purpose: Purpose) -> bool:
    level = abs(move.start.z_mm - move.end.z_mm) < _SAME_MM
    return move.purpose == purpose and level and move.end.z_mm < 0


def _count(number: int, one: str, many: str) -> str:
    return f"1 {one}" if number == 1 else f"{number} {many}"
