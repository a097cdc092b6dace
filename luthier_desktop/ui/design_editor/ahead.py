"""What lies ahead of a drag: where along its way a check would turn yellow or red.

One judgement a step, so that the window can ask between two events. What is yellow or red all
along the way is not the drag's doing and is left out; so is the sum of the widths, which every
step opens and the status line tells.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.feasibility.findings import Scored
from luthier_desktop.domain.feasibility.risk import RiskBucket, Status
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui.design_editor.snapping import LEAST_WIDTH_MM

Judge = Callable[[RosetteParamSpec], Scored]
DesignAt = Callable[[float], RosetteParamSpec]

REACH_MM = 4.0
FIRST_STEP_MM = 0.25
GROWTH = 1.35
SHARP_MM = 0.02
MOST_JUDGEMENTS = 64
NO_ROOM = "no room"
_SUM = "G5"
_LONGEST_WORD = 48
_BAD = {Status.YELLOW: RiskBucket.YELLOW, Status.RED: RiskBucket.RED}

_Fault = tuple[str, int | None, Status]


class Span(NamedTuple):
    """Widths between which a check is yellow or red, and which one.

    *word* says what is wrong, and how much, where the drag would come upon it first.
    """

    low_mm: float
    high_mm: float
    bucket: RiskBucket
    check_id: str
    word: str


class Ahead:
    """The search along one drag; ``spans`` is right from the first step on and gets sharper."""

    def __init__(self, width_mm: float, design_at: DesignAt, judge: Judge) -> None:
        self._design_at = design_at
        self._judge = judge
        self._found: dict[float, frozenset[_Fault]] = {}
        self._told: dict[tuple[float, _Fault], str] = {}
        self._begun_mm = width_mm
        self._plan = self._widths(width_mm)
        self.spans: tuple[Span, ...] = ()

    def step(self) -> bool:
        """Judge one more width; False when there is nothing more to learn."""
        width_mm = next(self._plan, None)
        if width_mm is None:
            return False
        self._found[width_mm] = self._faults(width_mm)
        self.spans = self._spans()
        return True

    def _widths(self, width_mm: float) -> Iterator[float]:
        """Give the widths to judge: outwards from the present one, then between what differs."""
        yield width_mm
        away_mm, step_mm = FIRST_STEP_MM, FIRST_STEP_MM
        while away_mm <= max(REACH_MM, width_mm):
            for wanted_mm in (width_mm + away_mm, max(LEAST_WIDTH_MM, width_mm - away_mm)):
                if wanted_mm not in self._found:
                    yield wanted_mm
            step_mm *= GROWTH
            away_mm += step_mm
        while len(self._found) < MOST_JUDGEMENTS:
            between_mm = self._least_sharp(width_mm)
            if between_mm is None:
                return
            yield between_mm

    def _least_sharp(self, width_mm: float) -> float | None:
        """Return the middle of the nearest two widths that differ and lie apart."""
        common = self._common()
        at = sorted(self._found)
        unsharp = [
            (a + b) / 2
            for a, b in pairwise(at)
            if b - a > SHARP_MM and self._worst(a, common) != self._worst(b, common)
        ]
        return min(unsharp, key=lambda middle_mm: abs(middle_mm - width_mm), default=None)

    def _faults(self, width_mm: float) -> frozenset[_Fault]:
        try:
            scored = self._judge(self._design_at(width_mm))
        except LuthierError:
            return frozenset({(NO_ROOM, None, Status.RED)})
        faults = {
            (one.check_id, one.ring_index, one.status): one.message
            for one in scored.findings
            if one.status in _BAD and one.check_id != _SUM
        }
        self._told.update({(width_mm, fault): faults[fault] for fault in faults})
        return frozenset(faults)

    def _common(self) -> frozenset[_Fault]:
        return frozenset.intersection(*self._found.values())

    def _worst(self, width_mm: float, common: frozenset[_Fault]) -> tuple[RiskBucket, str] | None:
        fault = self._worst_fault(width_mm, common)
        return None if fault is None else (_BAD[fault[2]], fault[0])

    def _worst_fault(self, width_mm: float, common: frozenset[_Fault]) -> _Fault | None:
        return min(
            self._found[width_mm] - common,
            key=lambda fault: (fault[2] is not Status.RED, fault[0], fault[1] or 0),
            default=None,
        )

    def _word(self, width_mm: float, fault: _Fault) -> str:
        return short(self._told.get((width_mm, fault), fault[0]))

    def _spans(self) -> tuple[Span, ...]:
        """Join neighbouring widths of one colour; a border lies midway between two."""
        common = self._common()
        at = sorted(self._found)
        spans: list[Span] = []
        for number, width_mm in enumerate(at):
            worst = self._worst_fault(width_mm, common)
            if worst is None:
                continue
            bucket, word = _BAD[worst[2]], self._word(width_mm, worst)
            low_mm = (at[number - 1] + width_mm) / 2 if number else width_mm
            high_mm = (at[number + 1] + width_mm) / 2 if number + 1 < len(at) else width_mm
            last = spans[-1] if spans else None
            if last and last.bucket is bucket and math.isclose(last.high_mm, low_mm):
                comes_nearer = width_mm <= self._begun_mm
                spans[-1] = last._replace(
                    high_mm=high_mm, word=word if comes_nearer else last.word
                )
            else:
                spans.append(Span(low_mm, high_mm, bucket, worst[0], word))
        return tuple(spans)


def short(message: str) -> str:
    """Return what a finding's message says is wrong, without what to do about it."""
    fault = message.partition("; ")[0]
    if len(fault) > _LONGEST_WORD:
        fault = fault.partition(", ")[0]
    return fault.rstrip(".")
