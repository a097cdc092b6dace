"""How a value stands to its limits: status, margin and penalty, as the domain reference says.

Every limit belongs to the better side, and a value is rounded to 9 decimals before it is compared.
The margin is the signed distance to the nearest limit of the present status, positive on that
limit's better side. The penalty is 0 up to the green limit, 1 from the red one, linear between.
"""

from __future__ import annotations

from typing import NamedTuple

from luthier_desktop.domain.feasibility.risk import Status

DECIMALS = 9
UNSCALED_PENALTY = 0.5
"""The penalty of UNKNOWN and of a yellow without a scale."""


class Judgement(NamedTuple):
    """The status of a value, its distance to the nearest limit, and its penalty."""

    status: Status
    value: float | None
    margin: float | None
    penalty: float


_WORSE = {Status.GREEN: 0, Status.YELLOW: 1, Status.RED: 2}


def exact(value: float) -> float:
    """Round to the 9 decimals at which values and limits are compared."""
    return round(value, DECIMALS)


def in_force(green: float, yellow: float, usual: tuple[float, float]) -> dict[str, float]:
    """Return as inputs those limits of this case that are not the rule's constant ones."""
    limits = {}
    if green != usual[0]:
        limits["green_limit"] = green
    if yellow != usual[1]:
        limits["yellow_limit"] = yellow
    return limits


def passed(value: float | None) -> Judgement:
    """Judge GREEN where no limit applies."""
    return Judgement(Status.GREEN, value, None, 0.0)


def failed(value: float | None) -> Judgement:
    """Judge RED where no limit can be told."""
    return Judgement(Status.RED, value, None, 1.0)


def unscaled_yellow() -> Judgement:
    """Judge YELLOW where there is no scale between green and red."""
    return Judgement(Status.YELLOW, None, None, UNSCALED_PENALTY)


def advice(value: float | None) -> Judgement:
    """Judge nothing: the value is advice, neither good nor bad."""
    return Judgement(Status.NOTE, value, None, 0.0)


def at_least(value: float, green: float, yellow: float) -> Judgement:
    """Judge a value that must not be small: green from *green*, yellow from *yellow*."""
    compared = round(value, DECIMALS)
    return _rated(value, green - compared, compared - yellow)


def at_most(value: float, green: float, yellow: float) -> Judgement:
    """Judge a value that must not be large: green to *green*, yellow to *yellow*."""
    compared = round(value, DECIMALS)
    return _rated(value, compared - green, yellow - compared)


def _rated(value: float, short: float, room: float) -> Judgement:
    """Rate a value that is *short* of green and has *room* before red."""
    if short <= 0:
        return Judgement(Status.GREEN, value, -short, 0.0)
    if room < 0:
        return Judgement(Status.RED, value, room, 1.0)
    margin = room if room <= short else -short
    return Judgement(Status.YELLOW, value, margin, short / (short + room))


def softly_at_most(value: float, green: float, full: float) -> Judgement:
    """Judge a value that is at worst yellow: the penalty reaches 1 at *full*."""
    over = round(value, DECIMALS) - green
    if over <= 0:
        return Judgement(Status.GREEN, value, -over, 0.0)
    return Judgement(Status.YELLOW, value, -over, min(1.0, over / (full - green)))


def softly_at_least(value: float, green: float, full: float) -> Judgement:
    """Judge a value that is at worst yellow: the penalty reaches 1 down at *full*."""
    short = green - round(value, DECIMALS)
    if short <= 0:
        return Judgement(Status.GREEN, value, -short, 0.0)
    return Judgement(Status.YELLOW, value, -short, min(1.0, short / (green - full)))


def worse(first: Judgement, second: Judgement) -> Judgement:
    """Join two criteria of one check: the worse status, the larger penalty, the first's value.

    The margin is that of the criterion with the worse status; of two alike, the smaller one.
    """
    difference = _WORSE[first.status] - _WORSE[second.status]
    decisive = first if difference >= 0 else second
    margin = decisive.margin
    if difference == 0 and second.margin is not None:
        margin = second.margin if margin is None else min(margin, second.margin)
    penalty = max(first.penalty, second.penalty)
    return Judgement(decisive.status, first.value, margin, penalty)


def better(first: Judgement, second: Judgement) -> Judgement:
    """Choose the better of two criteria that are alternatives; the value is the first's."""
    if (_WORSE[second.status], second.penalty) < (_WORSE[first.status], first.penalty):
        return second._replace(value=first.value)
    return first
