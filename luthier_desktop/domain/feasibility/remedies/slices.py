"""T4 and T5: logs and slices of a mosaic."""

from __future__ import annotations

import math

from luthier_desktop.domain.feasibility.limits import exact
from luthier_desktop.domain.feasibility.remedies.problem import Problem, at_least, at_most
from luthier_desktop.domain.feasibility.remedies.remedy import Candidate
from luthier_desktop.domain.feasibility.risk import Status
from luthier_desktop.domain.feasibility.slices import SLICE_GREEN_MM, SLICE_YELLOW_MM


def log_yield(problem: Problem) -> list[Candidate]:
    """T4: logs x floor((L + k)/(t + k)) >= need: more logs, longer ones, thinner slices."""
    ring, inputs = problem.ring, problem.finding.inputs
    length_mm, kerf_mm = problem.number("L_mm"), problem.number("k_mm")
    thick_mm, each = problem.number("t_mm"), problem.number("n")
    if "logs" not in inputs:
        return at_least(ring.path("pattern.log_length_mm"), thick_mm)
    need = problem.limit(1.0, 1.0)
    found = []
    if each:
        found += at_least(ring.path("pattern.logs"), math.ceil(need / each))
    of_each = math.ceil(exact(need / problem.number("logs")))
    long_mm = of_each * (thick_mm + kerf_mm) - kerf_mm
    found += at_least(ring.path("pattern.log_length_mm"), long_mm, 1)
    thin_mm = (length_mm + kerf_mm) / of_each - kerf_mm
    found += at_most(ring.path("pattern.slice_mm"), thin_mm, 2)
    if problem.aim is Status.GREEN:
        found += at_most(ring.path("pattern.waste"), problem.value / problem.number("N") - 1, 3)
    return found


def slice_strength(problem: Problem) -> list[Candidate]:
    """T5: t >= limit."""
    limit_mm = problem.limit(SLICE_GREEN_MM, SLICE_YELLOW_MM)
    return at_least(problem.ring.path("pattern.slice_mm"), limit_mm)
