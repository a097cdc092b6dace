"""A check that is to be cleared, with the place where it is judged and the status aimed at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from luthier_desktop.domain.feasibility.findings import Finding
from luthier_desktop.domain.feasibility.inputs import Case, RingCase
from luthier_desktop.domain.feasibility.jobs import Job, jobs
from luthier_desktop.domain.feasibility.remedies.remedy import Candidate
from luthier_desktop.domain.feasibility.remedies.steps import Step, down, near, step_of, up
from luthier_desktop.domain.feasibility.risk import Status
from luthier_desktop.domain.stack import ChannelSpan


class Problem(NamedTuple):
    """A finding that speaks against the design; ``aim`` is GREEN, or YELLOW for a RED one."""

    case: Case
    finding: Finding
    aim: Status

    def limit(self, green: float, yellow: float) -> float:
        """Return the limit of the status aimed at: the one of this case where it has its own."""
        name, usual = ("green_limit", green) if self.aim is Status.GREEN else (
            "yellow_limit", yellow)  # fmt: skip
        own = self.finding.inputs.get(name)
        return usual if own is None or isinstance(own, str) else float(own)

    def number(self, name: str) -> float:
        """Return a number that the check read."""
        value = self.finding.inputs[name]
        return float(value) if isinstance(value, (int, float)) else 0.0

    @property
    def value(self) -> float:
        """The check's value; 0 where it has none."""
        return 0.0 if self.finding.value is None else self.finding.value

    @property
    def ring(self) -> RingCase:
        """The ring at which the check is judged."""
        index = self.finding.ring_index
        return next(ring for ring in self.case.rings if ring.ring_index == index)

    @property
    def span(self) -> ChannelSpan:
        """The channel at which the check is judged."""
        index = self.finding.ring_index
        spans = self.case.spans
        if index is None:
            return spans[0]
        return next(span for span in spans if span.ring_indices[0] == index)

    @property
    def job(self) -> Job:
        """The cut at which the check is judged."""
        index = self.finding.ring_index
        return next(job for job in jobs(self.case) if job.ring_index == index)

    @property
    def cut_path(self) -> str:
        """Where the fields of the cut stand that is judged."""
        return "setup.cut." if self.finding.ring_index is None else "setup.inlay_cut."

    @property
    def tool_path(self) -> str:
        """Where the fields of the bit stand that is judged."""
        return "setup.tool." if self.finding.ring_index is None else "setup.inlay_tool."


Solve = Callable[[Problem], Iterable[Candidate]]


def at_most(
    path: str, value: float, rank: int = 0, step: Step | None = None
) -> list[Candidate]:
    """Propose the largest value on the field's step up to *value*; nothing outside its range."""
    return _candidate(path, down(value, step or step_of(path)), rank)


def at_least(
    path: str, value: float, rank: int = 0, step: Step | None = None
) -> list[Candidate]:
    """Propose the smallest value on the field's step from *value*; nothing outside its range."""
    return _candidate(path, up(value, step or step_of(path)), rank)


def close_to(
    path: str, value: float, rank: int = 0, step: Step | None = None
) -> list[Candidate]:
    """Propose the value on the field's step nearest to *value*; nothing outside its range."""
    return _candidate(path, near(value, step or step_of(path)), rank)


def exactly(path: str, value: float | str | bool | None, rank: int = 0) -> list[Candidate]:
    """Propose *value* as it is; nothing when there is none."""
    return [] if value is None else [Candidate(path, value, rank)]


def _candidate(path: str, value: float | int | None, rank: int) -> list[Candidate]:
    return [] if value is None else [Candidate(path, value, rank)]


def wider(rings: Iterable[RingCase], more_mm: float, rank: int, step: Step) -> list[Candidate]:
    """Propose the widest ring that may be changed with *more_mm* of width; less where negative.

    Locked rings keep their width, and that of a measured one is a fact.
    """
    free = [ring for ring in rings if _is_free(ring)]
    if not free:
        return []
    widest = max(free, key=lambda ring: ring.width_mm)
    propose = at_least if more_mm > 0 else at_most
    return propose(widest.path("width_mm"), widest.width_mm + more_mm, rank, step)


def _is_free(ring: RingCase) -> bool:
    return not ring.ring.locked and ring.ring.measured_width_mm is None
