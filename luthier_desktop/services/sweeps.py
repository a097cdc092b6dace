"""What if a field, or two, had other values: each step judged, nothing recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from math import prod
from typing import NamedTuple

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.feasibility.findings import Finding, Scored
from luthier_desktop.domain.feasibility.remedies.fields import apply
from luthier_desktop.domain.feasibility.remedies.remedy import Remedy
from luthier_desktop.domain.feasibility.risk import RiskBucket
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup

MOST_CELLS = 2_500
MOST_FIELDS = 2
_DECIMALS = 6


class SweepField(NamedTuple):
    """A field of the design at *path* and the values to try, in their order."""

    path: str
    values: tuple[float, ...]


class SweepCell(NamedTuple):
    """The answer at one place: ``at`` is the position among each field's values.

    A design that breaks a rule is ``refused`` with its sentence and has no verdict.
    """

    at: tuple[int, ...]
    risk_bucket: RiskBucket | None
    score: float | None
    binding: Finding | None
    refused: str = ""


def steps_between(first: float, last: float, steps: int, *, whole: bool) -> tuple[float, ...]:
    """Return *steps* values from *first* to *last*; *whole* ones each once.

    Raises:
        InputRefused: There is no step, or one alone for two ends.
    """
    if steps < 1 or (steps == 1 and first != last):
        raise InputRefused("A range needs at least two steps, one for each end.", "steps")
    if steps > MOST_CELLS:
        raise InputRefused(_too_many(steps), "steps")
    span = last - first
    values = [first + span * step / max(1, steps - 1) for step in range(steps)]
    if whole:
        return tuple(dict.fromkeys(round(value) for value in values))
    return tuple(dict.fromkeys(round(value, _DECIMALS) for value in values))


def sweep(
    design: RosetteParamSpec,
    fields: Sequence[SweepField],
    score: Callable[[RosetteParamSpec], Scored],
    cancelled: Callable[[], bool],
) -> Iterator[SweepCell]:
    """Judge the design once for every combination of values, the last field's fastest.

    Raises:
        InputRefused: No field, more than two, the same one twice, or more than 2,500 steps.
    """
    _require_bounded(fields)
    return _cells(design, fields, score, cancelled)


def _require_bounded(fields: Sequence[SweepField]) -> None:
    if not 1 <= len(fields) <= MOST_FIELDS:
        raise InputRefused("A sweep takes one field or two; choose which.", "fields")
    if len({field.path for field in fields}) < len(fields):
        raise InputRefused("A sweep over two fields needs two different ones.", "fields")
    cells = prod(len(field.values) for field in fields)
    if cells > MOST_CELLS:
        raise InputRefused(_too_many(cells), "steps")
    if not cells:
        raise InputRefused("A sweep needs at least one value of each field.", "steps")


def _too_many(cells: int) -> str:
    return f"That is {cells:,} designs; a sweep judges at most {MOST_CELLS:,}: take fewer steps."


def _cells(
    design: RosetteParamSpec,
    fields: Sequence[SweepField],
    score: Callable[[RosetteParamSpec], Scored],
    cancelled: Callable[[], bool],
) -> Iterator[SweepCell]:
    for at in product(*(range(len(field.values)) for field in fields)):
        if cancelled():
            return
        yield _cell(design, fields, at, score)


def _cell(
    design: RosetteParamSpec,
    fields: Sequence[SweepField],
    at: tuple[int, ...],
    score: Callable[[RosetteParamSpec], Scored],
) -> SweepCell:
    try:
        scored = score(with_values(design, fields, at))
    except InputRefused as refused:
        return SweepCell(at, None, None, None, refused.sentence)
    return SweepCell(at, scored.risk_bucket, scored.score, scored.binding)


def with_values(
    design: RosetteParamSpec, fields: Sequence[SweepField], at: Sequence[int]
) -> RosetteParamSpec:
    """Return the design at one place of a sweep.

    Raises:
        InputRefused: The values break a rule of the design.
    """
    for field, position in zip(fields, at, strict=True):
        change = Remedy(field.path, None, field.values[position], "")
        design, _ = apply(change, design, _NO_SETUP)
    return design


_NO_SETUP = Setup()
