"""A remedy: one field of the design or the setup, and what changing it does."""

from __future__ import annotations

from typing import NamedTuple

from luthier_desktop.domain.feasibility.findings import Input
from luthier_desktop.domain.feasibility.risk import Status

CheckKey = tuple[str, int | None]


class Remedy(NamedTuple):
    """A change of exactly one field that clears a check.

    ``path`` is that of a field of the design, or of the setup after ``setup.``. ``before`` is what
    stands there now, None when nothing does. ``side_effect`` names what gets worse, "" when
    nothing does. ``reaches`` is the status of the check afterwards: mostly GREEN, NOTE or NA;
    YELLOW where no single field takes a RED one further, and then ``side_effect`` says so too.
    """

    path: str
    before: Input
    after: Input
    clears: str
    side_effect: str = ""
    reaches: Status = Status.GREEN


class Candidate(NamedTuple):
    """A value for a field that should clear a check; smaller ``rank`` is the more natural one."""

    path: str
    after: Input
    rank: int = 0
