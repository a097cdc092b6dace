"""Lane S: what a field can do about dust and movement; woods are the luthier's choice."""

from __future__ import annotations

from luthier_desktop.domain.feasibility.remedies.problem import Problem, Solve, exactly
from luthier_desktop.domain.feasibility.remedies.remedy import Candidate

WEDGES = 4
"""A ring of quarters is the least that is built of wedges."""


def dust(problem: Problem) -> list[Candidate]:
    """S3: extraction and respirator, whichever is not there."""
    return [
        candidate
        for name in ("extraction", "respirator")
        if problem.finding.inputs.get(name) is not True
        for candidate in exactly(f"setup.shop.{name}", True)
    ]


def movement(problem: Problem) -> list[Candidate]:
    """S4: wedges instead of one plate."""
    return exactly(problem.ring.path("pattern.pieces"), WEDGES)


SOLVERS: dict[str, Solve] = {"S3": dust, "S4": movement}
