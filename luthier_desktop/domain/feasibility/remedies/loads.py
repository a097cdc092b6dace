"""Lighter cuts: the pass and the feed at which a bit's force falls to a part of itself."""

from __future__ import annotations

from luthier_desktop.domain.feasibility.cutting import SIZE_EXPONENT
from luthier_desktop.domain.feasibility.jobs import Job, channel_job
from luthier_desktop.domain.feasibility.remedies.problem import Problem, at_most
from luthier_desktop.domain.feasibility.remedies.remedy import Candidate

OF_CHANNEL = frozenset({"C3", "F2"})
"""Checks that read the force of the channel's cut wherever they are judged."""


def lighter(problem: Problem, share: float, rank: int = 0) -> list[Candidate]:
    """Propose the pass and the feed that bring the force to *share* of what it is.

    F is proportional to a_p and, in wood, to fz^0.55.
    """
    of_channel = problem.finding.check_id in OF_CHANNEL
    job = channel_job(problem.case) if of_channel else problem.job
    path = "setup.cut." if of_channel else problem.cut_path
    pass_mm, feed = job.pass_depth_mm, job.cut.feed_mm_min
    if share <= 0 or pass_mm is None or feed is None:
        return []
    found = at_most(f"{path}stepdown_mm", pass_mm * share, rank)
    return found + at_most(f"{path}feed_mm_min", feed * share ** (1 / _power(job)), rank)


def _power(job: Job) -> float:
    is_wood = job.material is not None and job.material.kind == "wood"
    return 1 - SIZE_EXPONENT if is_wood else 1.0
