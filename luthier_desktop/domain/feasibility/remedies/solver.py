"""Find the remedies of every check that is RED or YELLOW: solved, tried, and sorted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from luthier_desktop.domain.feasibility.checks import Check, run_each
from luthier_desktop.domain.feasibility.findings import Finding, Input, Scored
from luthier_desktop.domain.feasibility.inputs import read_case
from luthier_desktop.domain.feasibility.remedies import (
    bending,
    channel,
    finish,
    fit,
    layout,
    machine_limits,
    machining,
    tiles,
)
from luthier_desktop.domain.feasibility.remedies.fields import changed, is_allowed
from luthier_desktop.domain.feasibility.remedies.in_force import in_force
from luthier_desktop.domain.feasibility.remedies.problem import Problem, Solve
from luthier_desktop.domain.feasibility.remedies.reads import checks_reading, ring_position
from luthier_desktop.domain.feasibility.remedies.remedy import Candidate, CheckKey, Remedy
from luthier_desktop.domain.feasibility.risk import Status
from luthier_desktop.domain.feasibility.scorer import BUILT
from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup

MOST_REMEDIES = 3
MOST_HARM = 2
"""A remedy that makes another check RED may make no more checks than these worse."""
MOST_NAMED = 3
"""So many checks that get worse are named; of more it is told how many."""

_SOLVERS: dict[str, Solve] = {
    **layout.SOLVERS,
    **channel.SOLVERS,
    **bending.SOLVERS,
    **tiles.SOLVERS,
    **machining.SOLVERS,
    **machine_limits.SOLVERS,
    **fit.SOLVERS,
    **finish.SOLVERS,
}
_CHECKS: tuple[Check, ...] = tuple(check for _, checks in BUILT for check in checks)
_RANK = {Status.YELLOW: 1, Status.UNKNOWN: 2, Status.RED: 3}
_HEAVY = (Status.RED, Status.UNKNOWN)
_HARMFUL = 2
"""A remedy of this weight makes another check RED: offered only when there is no other."""

Statuses = dict[CheckKey, Status]


class _Outcome(NamedTuple):
    """The statuses after a change of those checks that read the field, and the worse ones."""

    statuses: Statuses
    worsened: list[tuple[CheckKey, Status]]


class _Tried(NamedTuple):
    """A candidate that helps: what it does, and how it compares with others."""

    remedy: Remedy
    order: tuple[int, int, float, str]


def solve(
    design: RosetteParamSpec, setup: Setup, materials: MaterialCatalogue, scored: Scored
) -> Mapping[CheckKey, tuple[Remedy, ...]]:
    """Return up to three remedies for each RED or YELLOW check of *scored*, the best first.

    Each is the nearest value on its field's step, and was tried: the checks that read the field
    were judged again.
    """
    problems = [one for one in scored.findings if one.status in (Status.RED, Status.YELLOW)]
    if not problems:
        return {}
    trials = _Trials(design, setup, materials, scored.findings)
    found = {(one.check_id, one.ring_index): trials.remedies(one) for one in problems}
    return {key: remedies for key, remedies in found.items() if remedies}


class _Trials:
    """Tries candidates on one design in one shop; each value of a field is tried once."""

    def __init__(
        self,
        design: RosetteParamSpec,
        setup: Setup,
        materials: MaterialCatalogue,
        findings: Iterable[Finding],
    ) -> None:
        self._design, self._setup, self._materials = design, setup, materials
        self._case = read_case(design, setup, materials)
        self._before: Statuses = {}
        self._worst: dict[str, Status] = {}
        for one in findings:
            self._before[one.check_id, one.ring_index] = one.status
            self._worst[one.check_id] = _worse(self._worst.get(one.check_id), one.status)
        self._after: dict[tuple[str, Input], _Outcome] = {}

    def remedies(self, finding: Finding) -> tuple[Remedy, ...]:
        """Return the best remedies of one finding: to GREEN, else to what is better than RED."""
        cleared = self._tried(finding, Status.GREEN)
        clear = [one for one in cleared if one.remedy.reaches is not Status.YELLOW]
        if not clear and finding.status is Status.RED:
            clear = cleared + self._tried(finding, Status.YELLOW)
        sound = [one for one in clear if one.order[0] < _HARMFUL]
        best: dict[str, Remedy] = {}
        for one in sorted(sound or clear, key=_order):
            best.setdefault(one.remedy.path, one.remedy)
        return tuple(best.values())[:MOST_REMEDIES]

    def _tried(self, finding: Finding, aim: Status) -> list[_Tried]:
        solver = _SOLVERS.get(finding.check_id)
        if solver is None:
            return []
        try:
            candidates = list(solver(Problem(self._case, finding, aim)))
        except (ArithmeticError, ValueError):
            return []
        return [
            one for candidate in candidates for one in self._try(finding, candidate)
        ]

    def _try(self, finding: Finding, candidate: Candidate) -> Iterator[_Tried]:
        before = in_force(candidate.path, self._case)
        if before == candidate.after and type(before) is type(candidate.after):
            return
        key = (finding.check_id, finding.ring_index)
        outcome = self._outcome(candidate)
        reaches = outcome.statuses.get(key, Status.UNKNOWN)
        if reaches in _HEAVY or (reaches is finding.status):
            return
        worsened = outcome.worsened
        effect = _told(key, reaches, worsened)
        remedy = Remedy(
            candidate.path, before, candidate.after, finding.check_id, effect, reaches
        )
        weight = max((_weight(other[0], status) for other, status in worsened), default=0)
        if weight == _HARMFUL and len(worsened) > MOST_HARM:
            return
        change = _relative(before, candidate.after)
        yield _Tried(remedy, (weight, candidate.rank, change, candidate.path))

    def _status_before(self, key: CheckKey) -> Status:
        return self._before.get(key) or self._worst.get(key[0], Status.NA)

    def _outcome(self, candidate: Candidate) -> _Outcome:
        """Return what the checks that read the field say after the change."""
        tried = (candidate.path, candidate.after)
        if tried not in self._after:
            statuses = self._judged(candidate)
            worsened = [
                (key, status)
                for key, status in statuses.items()
                if status in _RANK and _rank(status) > _rank(self._status_before(key))
            ]
            self._after[tried] = _Outcome(statuses, worsened)
        return self._after[tried]

    def _judged(self, candidate: Candidate) -> Statuses:
        path = candidate.path
        changes = changed(path, candidate.after, self._design, self._setup)
        if not is_allowed(path, changes[0]):
            return {}
        case = read_case(*changes, self._materials)
        read, position = checks_reading(path), ring_position(path)
        ring_index = None if position is None else case.rings[position].ring_index
        checks = [check for check in _CHECKS if read is None or check.check_id in read]
        return {
            (finding.check_id, finding.ring_index): finding.status
            for finding in run_each(checks, case, ring_index)
        }


def _weight(check_id: str, status: Status) -> int:
    """Weigh what gets worse; that the span is to follow the rings (G5) is no harm."""
    return _HARMFUL if status in _HEAVY and check_id != "G5" else 1


def _order(one: _Tried) -> tuple[int, int, float, str]:
    return one.order


def _rank(status: Status) -> int:
    return _RANK.get(status, 0)


def _worse(one: Status | None, other: Status) -> Status:
    return other if one is None or _rank(other) > _rank(one) else one


def _relative(before: Input, after: Input) -> float:
    """Return how large a change is in relation to what is there; 1 where that says nothing."""
    numbers = isinstance(before, (int, float)) and isinstance(after, (int, float))
    if not numbers or isinstance(after, bool) or not before:
        return 1.0
    return abs(float(after) - float(before)) / abs(float(before))  # type: ignore[arg-type]  # both are numbers


def _told(
    key: CheckKey, reaches: Status, worsened: list[tuple[CheckKey, Status]]
) -> str:
    """Say what stays and what gets worse; "" when nothing does."""
    parts = [f"{_place(key)} is still YELLOW."] if reaches is Status.YELLOW else []
    named = [f"{_place(other)} {status.value}" for other, status in worsened]
    if len(named) > MOST_NAMED:
        named = [*named[: MOST_NAMED - 1], f"{len(named) - MOST_NAMED + 1} more checks worse"]
    if named:
        first = ", ".join(named[:-1])
        parts.append(f"Makes {first} and {named[-1]}." if first else f"Makes {named[-1]}.")
    return " ".join(parts)


def _place(key: CheckKey) -> str:
    return key[0] if key[1] is None else f"{key[0]} at ring {key[1]}"
