"""Lane T: tiles that close, whose colours come round, and that can be cut and handled."""

from __future__ import annotations

import math

from luthier_desktop.domain.feasibility import tiles as rules
from luthier_desktop.domain.feasibility.inputs import RingCase
from luthier_desktop.domain.feasibility.remedies import cells, slices
from luthier_desktop.domain.feasibility.remedies.problem import (
    Problem,
    Solve,
    at_least,
    close_to,
    exactly,
    wider,
)
from luthier_desktop.domain.feasibility.remedies.remedy import Candidate
from luthier_desktop.domain.feasibility.remedies.steps import COUNT, LENGTH, THOUSANDTH
from luthier_desktop.domain.patterns.counts import (
    circumference_mm,
    gap_mm,
    given_count,
    parity,
    rounded_count,
)
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.parameters import GridParameters


def closure(problem: Problem) -> list[Candidate]:
    """T1: p = C/N less the gap; by hand also the count whose pitch is nearest to p."""
    ring, count = problem.ring, problem.ring.tile_count or 1
    around_mm, gap = circumference_mm(ring.radii), gap_mm(ring.ring)
    length_mm = around_mm / count - gap
    found = close_to(ring.path("tile_length_mm"), length_mm, 1)
    if given_count(ring.ring) is not None and ring.pitch_mm is not None:
        multiple = parity(ring.ring)
        fitting = rounded_count(around_mm, ring.pitch_mm + gap, multiple)
        found += close_to(ring.path("pattern.count"), fitting, 0, COUNT)
    if ring.ring.tile_length_mm is None:
        found += _cells_of(ring, length_mm)
    return found + _ring_that_closes(ring, count, gap)


def _cells_of(ring: RingCase, length_mm: float) -> list[Candidate]:
    pattern = ring.pattern
    if not isinstance(pattern, GridParameters):
        return []
    cols = 1 if ring.family is PatternFamily.CHECKER else pattern.cols
    return [] if cols is None else close_to(
        ring.path("pattern.px_mm"), length_mm / cols, 0, THOUSANDTH
    )


def _ring_that_closes(ring: RingCase, count: int, gap: float) -> list[Candidate]:
    """Propose the width at which the mean circle holds the tiles: w = N p/pi - 2 r_in."""
    if ring.pitch_mm is None:
        return []
    width_mm = count * (ring.pitch_mm + gap) / math.pi - 2 * ring.radii.inner_mm
    more_mm = width_mm - ring.width_mm
    return [
        one._replace(after=round(width_mm, 2))
        for one in wider((ring,), more_mm, 2, THOUSANDTH)
        if width_mm > 0
    ]


def colours(problem: Problem) -> list[Candidate]:
    """T1b: the multiples of k on either side of N; a mosaic may also follow without mirroring."""
    ring, multiple = problem.ring, int(problem.number("k"))
    count, path = int(problem.number("N")), problem.ring.path("pattern.count")
    below, above = count - count % multiple, count - count % multiple + multiple
    first, second = (below, above) if _closes_better(ring, below, above) else (above, below)
    found = close_to(path, first, 0, COUNT) + close_to(path, second, 1, COUNT)
    if ring.family is PatternFamily.MOSAIC:
        found += exactly(ring.path("pattern.symmetry"), "slip", 2)
    return found


def _closes_better(ring: RingCase, one: int, other: int) -> bool:
    if ring.pitch_mm is None or one < 1:
        return one >= 1
    around_mm, tile_mm = circumference_mm(ring.radii), ring.pitch_mm + gap_mm(ring.ring)
    return abs(around_mm / one - tile_mm) <= abs(around_mm / other - tile_mm)


def taper(problem: Problem) -> list[Candidate]:
    """T2: taper the tiles; or 2 w tan(pi/N) <= limit, solved for N and w."""
    ring, count = problem.ring, problem.ring.tile_count or 1
    limit_mm = problem.limit(rules.TAPER_GREEN_MM, rules.TAPER_YELLOW_MM)
    found = exactly(ring.path("pattern.tapered"), True)
    if given_count(ring.ring) is not None:
        multiple = parity(ring.ring)
        most = math.pi / math.atan(limit_mm / (2 * ring.width_mm))
        found += at_least(ring.path("pattern.count"), multiple * math.ceil(most / multiple), 1)
    thin_mm = limit_mm / (2 * math.tan(math.pi / max(3, count)))
    return found + wider((ring,), thin_mm - ring.width_mm, 2, LENGTH)


def aspect(problem: Problem) -> list[Candidate]:
    """T6: r_o/r_i <= 1.25: a narrower ring."""
    ring = problem.ring
    narrow_mm = (rules.ASPECT_GREEN - 1) * ring.radii.inner_mm
    return wider((ring,), narrow_mm - ring.width_mm, 0, LENGTH)


SOLVERS: dict[str, Solve] = {
    "T1": closure,
    "T1b": colours,
    "T2": taper,
    "T3": cells.cell_size,
    "T4": slices.log_yield,
    "T5": slices.slice_strength,
    "T6": aspect,
}
