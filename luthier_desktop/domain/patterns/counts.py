"""How many tiles a ring takes and how they close: read by the drawing and by the checks.

These rules read only what the design says; a value that it does not give is None, and the
check that needs it is UNKNOWN. Source: domain reference 5.0 and 5.3.
"""

from __future__ import annotations

import math

from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.lines import LinesParameters
from luthier_desktop.domain.patterns.parameters import (
    DEFAULT_ANGLE_DEG,
    CountedParameters,
    GridParameters,
    SlantedParameters,
)
from luthier_desktop.domain.patterns.ring import PatternedRing
from luthier_desktop.domain.patterns.rope import RopeParameters
from luthier_desktop.domain.patterns.segments import SegmentsParameters

TILED = frozenset(
    {
        PatternFamily.LADDER,
        PatternFamily.CHECKER,
        PatternFamily.BARBER_POLE,
        PatternFamily.ROPE,
        PatternFamily.HERRINGBONE,
        PatternFamily.WHEAT_EAR,
        PatternFamily.MOSAIC,
        PatternFamily.SEGMENTS,
        PatternFamily.MEANDER,
        PatternFamily.CUSTOM,
    }
)
"""Families of repeated pieces: T1, T1b and T2 are judged for these alone."""

SLANTED = frozenset(
    {
        PatternFamily.BARBER_POLE,
        PatternFamily.ROPE,
        PatternFamily.HERRINGBONE,
        PatternFamily.WHEAT_EAR,
    }
)
"""Families made as a straight strip and bent: no taper to judge."""

_BY_COLOURS = frozenset({PatternFamily.LADDER, PatternFamily.BARBER_POLE, PatternFamily.ROPE})
_ALWAYS_EVEN = frozenset(
    {PatternFamily.CHECKER, PatternFamily.HERRINGBONE, PatternFamily.WHEAT_EAR}
)
_GRIDS = frozenset({PatternFamily.CHECKER, PatternFamily.MOSAIC, PatternFamily.MEANDER})

CELL_KEYS = {
    PatternFamily.DOTS: "dot_diameter_mm",
    PatternFamily.WAVE: "band_mm",
    PatternFamily.PLAIT: "strand_mm",
    PatternFamily.CUSTOM: "min_cell_mm",
    PatternFamily.INLAY: "min_cell_mm",
}
"""Families whose smallest cell is what one of their own parameters says (T3)."""


def circumference_mm(radii: RingRadii) -> float:
    """Return C = 2 pi r_ref, with the mean radius as reference."""
    return 2 * math.pi * radii.mean_mm


def tile_pitch_mm(ring: PatternedRing) -> float | None:
    """Return p, the length of one tile that the design gives; None without one.

    p = ``tile_length_mm``; absent: CHECKER ``px_mm``, other grids ``cols`` x ``px_mm``.
    """
    if ring.pattern_type not in TILED:
        return None
    if ring.tile_length_mm is not None:
        return ring.tile_length_mm
    pattern = ring.pattern
    if not isinstance(pattern, GridParameters) or pattern.px_mm is None:
        return None
    if ring.pattern_type is PatternFamily.CHECKER:
        return pattern.px_mm
    return None if pattern.cols is None else pattern.cols * pattern.px_mm


def gap_mm(ring: PatternedRing) -> float:
    """Return the gap that is left between two tiles; only SEGMENTS has one."""
    pattern = ring.pattern
    return (pattern.gap_mm or 0.0) if isinstance(pattern, SegmentsParameters) else 0.0


def parity(ring: PatternedRing) -> int:
    """Return k: the number of tiles must be a multiple of it (T1b)."""
    if ring.pattern_type in _ALWAYS_EVEN:
        return 2
    if ring.pattern_type in _BY_COLOURS:
        return max(1, len(ring.materials or ()))
    if ring.pattern_type is PatternFamily.MOSAIC:
        pattern = ring.pattern
        slip = isinstance(pattern, GridParameters) and pattern.symmetry == "slip"
        return 1 if slip else 2
    return 1


def given_count(ring: PatternedRing) -> int | None:
    """Return the number of tiles that the design fixes by hand, or None."""
    pattern = ring.pattern
    if isinstance(pattern, CountedParameters):
        return pattern.count
    return None


def rounded_count(circumference_mm: float, pitch_mm: float, multiple: int) -> int:
    """Return k max(1, round(C/(k p))): the multiple of k whose pitch is nearest to p."""
    return multiple * max(1, round(circumference_mm / (multiple * pitch_mm)))


def tile_count(ring: PatternedRing, radii: RingRadii) -> int | None:
    """Return N: the count given by hand, else the one rounded from p; None without either."""
    if ring.pattern_type not in TILED:
        return None
    by_hand = given_count(ring)
    pitch_mm = tile_pitch_mm(ring)
    if by_hand is not None or pitch_mm is None:
        return by_hand
    return rounded_count(circumference_mm(radii), pitch_mm + gap_mm(ring), parity(ring))


def tile_length_mm(ring: PatternedRing, radii: RingRadii) -> float | None:
    """Return p, or what a count without a p makes of it: C/N less the gap."""
    pitch_mm = tile_pitch_mm(ring)
    count = given_count(ring)
    if pitch_mm is not None or count is None or ring.pattern_type not in TILED:
        return pitch_mm
    return circumference_mm(radii) / count - gap_mm(ring)


def closure_mm(ring: PatternedRing, radii: RingRadii) -> float | None:
    """Return dp = C/N - p (T1): positive when each tile is to be longer; None without p and N."""
    count = tile_count(ring, radii)
    pitch_mm = tile_pitch_mm(ring)
    if count is None:
        return None
    if pitch_mm is None:
        return 0.0
    return circumference_mm(radii) / count - pitch_mm - gap_mm(ring)


def taper_mm(radii: RingRadii, count: int) -> float:
    """Return 2 (r_o - r_i) tan(pi/N) (T2): the wedge that N straight tiles leave open.

    Fewer than three straight tiles close no ring; they are told as three.
    """
    return 2 * radii.width_mm * math.tan(math.pi / max(3, count))


def cell_size_mm(ring: PatternedRing, radii: RingRadii) -> float | None:
    """Return the smallest cell of the ring's pattern (T3); None: not given, and for SOLID."""
    family = ring.pattern_type
    if family is PatternFamily.LINES:
        return _thinnest_line_mm(ring, radii)
    if family in CELL_KEYS:
        return getattr(ring.pattern, CELL_KEYS[family], None)
    if isinstance(ring.pattern, GridParameters):
        return _grid_cell_mm(ring, ring.pattern, radii)
    length_mm = tile_length_mm(ring, radii)
    if length_mm is None or family in _GRIDS:
        return None
    if family is PatternFamily.ROPE:
        return _thinnest_strand_mm(ring, radii, length_mm)
    if family in SLANTED:
        return length_mm * math.sin(math.radians(slant_deg(ring)))
    return min(radii.width_mm, length_mm)


def slant_deg(ring: PatternedRing) -> float:
    """Return the bars' angle from the tangent, 45 degrees unless the design says otherwise."""
    pattern = ring.pattern
    return pattern.slant_deg if isinstance(pattern, SlantedParameters) else DEFAULT_ANGLE_DEG


def _thinnest_line_mm(ring: PatternedRing, radii: RingRadii) -> float | None:
    if isinstance(ring.pattern, LinesParameters) and ring.pattern.lines:
        return min(line.thickness_mm for line in ring.pattern.lines)
    return radii.width_mm / len(ring.materials) if ring.materials else None


def _grid_cell_mm(
    ring: PatternedRing, pattern: GridParameters, radii: RingRadii
) -> float | None:
    """Return min(w/rows, 2 pi r_in/(N cols)); a checker has one column a tile."""
    cols = 1 if ring.pattern_type is PatternFamily.CHECKER else pattern.cols
    count = tile_count(ring, radii)
    if pattern.rows is None or cols is None or count is None:
        return None
    along_mm = 2 * math.pi * radii.inner_mm / (count * cols)
    return min(radii.width_mm / pattern.rows, along_mm)


def _thinnest_strand_mm(ring: PatternedRing, radii: RingRadii, length_mm: float) -> float:
    parameters = (
        ring.pattern if isinstance(ring.pattern, RopeParameters)
        else RopeParameters.empty()
    )
    return parameters.thinnest_strand_mm(length_mm, radii.width_mm)
