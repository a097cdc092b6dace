"""Lane B: the strip that bends, and the piece that follows the curve."""

from __future__ import annotations

import math

from luthier_desktop.domain.feasibility.bending import CHORD_GREEN_MM, CHORD_YELLOW_MM
from luthier_desktop.domain.feasibility.inputs import RingCase
from luthier_desktop.domain.feasibility.remedies.problem import (
    Problem,
    Solve,
    at_least,
    at_most,
    close_to,
    exactly,
)
from luthier_desktop.domain.feasibility.remedies.remedy import Candidate
from luthier_desktop.domain.feasibility.remedies.steps import FINE, LENGTH
from luthier_desktop.domain.patterns.counts import circumference_mm, gap_mm, parity
from luthier_desktop.domain.patterns.segments import SegmentsParameters


def bend(problem: Problem) -> list[Candidate]:
    """B1: R/t >= limit with R = r_in + t/2, so t <= r_in/(limit - 1/2); or bend it hot.

    What never bends is cut to the curve.
    """
    ring = problem.ring
    cut = exactly(ring.path("bending"), "none")
    if "green_limit" not in problem.finding.inputs:
        return cut
    thin_mm = ring.radii.inner_mm / (problem.limit(1.0, 1.0) - 0.5)
    step = LENGTH if thin_mm >= LENGTH.low else FINE
    hot = exactly(ring.path("bending"), "hot") if ring.ring.bending != "hot" else []
    return [*hot, *at_most(ring.path("strip_thickness_mm"), thin_mm, 0, step)]


def straight_piece(problem: Problem) -> list[Candidate]:
    """B2: straight s = R - sqrt(R^2 - L^2/4), pre-curved L^2/8 |1/R - 1/Rs|, solved for L and Rs.

    Or cut the pieces to the curve.
    """
    ring, pattern = problem.ring, problem.ring.pattern
    if not isinstance(pattern, SegmentsParameters):
        return []
    stand_mm = problem.limit(CHORD_GREEN_MM, CHORD_YELLOW_MM)
    radius_mm, stock_mm = ring.radii.inner_mm, pattern.stock_radius_mm
    found = exactly(ring.path("pattern.shape"), "curved", 2)
    if pattern.shape == "straight" or stock_mm is None:
        length_mm = 2 * math.sqrt(radius_mm**2 - max(0.0, radius_mm - stand_mm) ** 2)
        return found + _shorter(ring, length_mm)
    bend = abs(1 / radius_mm - 1 / stock_mm)
    found += _shorter(ring, math.sqrt(8 * stand_mm / bend) if bend else math.inf)
    return found + _stock(problem, stand_mm)


def _shorter(ring: RingCase, length_mm: float) -> list[Candidate]:
    """Propose pieces of at most *length_mm*: their length, or the number that has it."""
    if math.isinf(length_mm):
        return []
    if ring.pitch_mm is not None:
        return at_most(ring.path("tile_length_mm"), length_mm, 0, LENGTH)
    multiple = parity(ring.ring)
    most_mm = length_mm + gap_mm(ring.ring)
    count = multiple * math.ceil(circumference_mm(ring.radii) / (multiple * most_mm))
    return at_least(ring.path("pattern.count"), count)


def _stock(problem: Problem, stand_mm: float) -> list[Candidate]:
    """Propose the nearest stock radius: 1/Rs within 8 s/L^2 of 1/R."""
    length_mm, radius_mm = problem.number("L_piece_mm"), problem.number("r_in_mm")
    path, reach = problem.ring.path("pattern.stock_radius_mm"), 8 * stand_mm / length_mm**2
    if problem.number("Rs_mm") < radius_mm:
        return at_least(path, 1 / (1 / radius_mm + reach), 1)
    if reach >= 1 / radius_mm:
        return close_to(path, radius_mm, 1)
    return at_most(path, 1 / (1 / radius_mm - reach), 1)


SOLVERS: dict[str, Solve] = {"B1": bend, "B2": straight_piece}
