"""T3: what makes the smallest cell of a pattern larger, family by family."""

from __future__ import annotations

import math

from luthier_desktop.domain.feasibility.inputs import RingCase
from luthier_desktop.domain.feasibility.remedies.problem import (
    Problem,
    at_least,
    at_most,
    wider,
)
from luthier_desktop.domain.feasibility.remedies.remedy import Candidate
from luthier_desktop.domain.feasibility.remedies.steps import FINE, LENGTH
from luthier_desktop.domain.feasibility.risk import Status
from luthier_desktop.domain.feasibility.tiles import (
    LINE_LIMITS_MM,
    SHELL_LIMITS_MM,
    WOOD_LIMITS_MM,
)
from luthier_desktop.domain.patterns.counts import (
    CELL_KEYS,
    SLANTED,
    circumference_mm,
    gap_mm,
    given_count,
    parity,
    slant_deg,
    tile_length_mm,
)
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.lines import LinesParameters
from luthier_desktop.domain.patterns.parameters import GridParameters
from luthier_desktop.domain.patterns.rope import RopeParameters

MEASURED = frozenset({PatternFamily.CUSTOM, PatternFamily.INLAY})
"""Families that say how small their figure's smallest part is; saying more changes no part."""


def cell_size(problem: Problem) -> list[Candidate]:
    """T3: the pattern's own inverse."""
    ring, limit_mm = problem.ring, _limit_mm(problem)
    if ring.family is PatternFamily.LINES:
        return _thicker_line(ring, limit_mm)
    if ring.family in CELL_KEYS:
        return _larger_part(ring, limit_mm)
    if isinstance(ring.pattern, GridParameters):
        return _larger_cells(ring, ring.pattern, limit_mm)
    if ring.family is PatternFamily.ROPE:
        return _thicker_strand(ring, limit_mm)
    if ring.family in SLANTED:
        return _steeper_bars(ring, limit_mm)
    short_mm = limit_mm - ring.width_mm
    return (wider((ring,), short_mm, 1, LENGTH) if short_mm > 0 else []) + _longer(ring, limit_mm)


def _larger_part(ring: RingCase, limit_mm: float) -> list[Candidate]:
    """Propose a larger dot, band or strand; what was measured on a figure stays as it is."""
    if ring.family in MEASURED:
        return []
    return at_least(ring.path(f"pattern.{CELL_KEYS[ring.family]}"), limit_mm)


def _limit_mm(problem: Problem) -> float:
    ring = problem.ring
    limits = SHELL_LIMITS_MM if ring.has_shell else WOOD_LIMITS_MM
    if ring.family is PatternFamily.LINES:
        limits = LINE_LIMITS_MM
    return limits[0] if problem.aim is Status.GREEN else limits[1]


def _thicker_line(ring: RingCase, limit_mm: float) -> list[Candidate]:
    pattern = ring.pattern
    if isinstance(pattern, LinesParameters) and pattern.lines:
        thinnest = min(range(len(pattern.lines)), key=lambda at: pattern.lines[at].thickness_mm)  # type: ignore[index]  # lines are there
        return at_least(ring.path(f"pattern.lines[{thinnest}].thickness_mm"), limit_mm)
    wanted_mm = limit_mm * len(ring.ring.materials or ())
    return wider((ring,), wanted_mm - ring.width_mm, 0, LENGTH)


def _longer(ring: RingCase, length_mm: float) -> list[Candidate]:
    """Propose tiles of at least *length_mm*: their length, or the number that has it."""
    if ring.pitch_mm is not None:
        return at_least(ring.path("tile_length_mm"), length_mm)
    multiple, around_mm = parity(ring.ring), circumference_mm(ring.radii)
    most = math.floor(around_mm / (length_mm + gap_mm(ring.ring)) / multiple)
    return at_most(ring.path("pattern.count"), multiple * most)


def _larger_cells(ring: RingCase, pattern: GridParameters, limit_mm: float) -> list[Candidate]:
    """Propose fewer rows, fewer columns or longer tiles: w/rows and 2 pi r_in/(N cols)."""
    rows, cols = pattern.rows, pattern.cols
    if ring.family is PatternFamily.CHECKER:
        cols = 1
    if rows is None or cols is None or ring.tile_count is None:
        return []
    found = []
    if ring.width_mm / rows < limit_mm:
        if pattern.grid is None:
            found += at_most(ring.path("pattern.rows"), ring.width_mm / limit_mm)
        found += wider((ring,), limit_mm * rows - ring.width_mm, 1, LENGTH)
    inner_mm = 2 * math.pi * ring.radii.inner_mm
    if inner_mm / (ring.tile_count * cols) < limit_mm:
        if pattern.grid is None and ring.family is not PatternFamily.CHECKER:
            few = inner_mm / (ring.tile_count * limit_mm)
            found += at_most(ring.path("pattern.cols"), few)
        found += _fewer_tiles(ring, inner_mm / (limit_mm * cols), cols)
    return found


def _fewer_tiles(ring: RingCase, most: float, cols: int) -> list[Candidate]:
    """Propose a count, or the length of tile or cell, that gives at most *most* tiles."""
    multiple = parity(ring.ring)
    count = multiple * math.floor(most / multiple)
    if count < 1:
        return []
    if given_count(ring.ring) is not None:
        return at_most(ring.path("pattern.count"), count)
    length_mm = circumference_mm(ring.radii) / count
    if ring.ring.tile_length_mm is None:
        return at_least(ring.path("pattern.px_mm"), length_mm / cols, 0, FINE)
    return at_least(ring.path("tile_length_mm"), length_mm)


def _steeper_bars(ring: RingCase, limit_mm: float) -> list[Candidate]:
    """Propose longer or steeper bars: p sin(angle)."""
    length_mm = tile_length_mm(ring.ring, ring.radii) or 0.0
    found = _longer(ring, limit_mm / math.sin(math.radians(slant_deg(ring.ring))))
    if length_mm > limit_mm:
        steep_deg = math.degrees(math.asin(limit_mm / length_mm))
        found += at_least(ring.path("pattern.angle_deg"), steep_deg, 1)
    return found


def _thicker_strand(ring: RingCase, limit_mm: float) -> list[Candidate]:
    """Propose longer strands, less lean or a thinner outline: p/sqrt(1 + (1.5 a/w)^2) - o."""
    rope = ring.pattern if isinstance(ring.pattern, RopeParameters) else RopeParameters()
    outline_mm, width_mm = rope.outline_mm or 0.0, ring.width_mm
    slope = math.hypot(1.0, 1.5 * rope.lean_in(width_mm) / width_mm)
    length_mm = tile_length_mm(ring.ring, ring.radii) or 0.0
    found = _longer(ring, (limit_mm + outline_mm) * slope)
    lean = (length_mm / (limit_mm + outline_mm)) ** 2 - 1
    if lean >= 0:
        lean_mm = math.sqrt(lean) * width_mm / 1.5
        found += at_most(ring.path("pattern.lean_mm"), lean_mm, 1)
    if outline_mm > 0:
        thin_mm = length_mm / slope - limit_mm
        found += at_most(ring.path("pattern.outline_mm"), thin_mm, 1)
    return found
