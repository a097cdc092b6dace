"""Rings whose tile is an ordered grid: the grid that is drawn and the symmetry in force."""

from __future__ import annotations

from luthier_desktop.domain.patterns import custom, meander, mosaic
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.layout import RingLayout
from luthier_desktop.domain.patterns.parameters import Grid, GridParameters, Symmetry
from luthier_desktop.domain.patterns.ring import PatternedRing

_GRIDS = {
    PatternFamily.MOSAIC: mosaic.tile_grid,
    PatternFamily.MEANDER: meander.tile_grid,
    PatternFamily.CUSTOM: custom.tile_grid,
}
PAINTED = frozenset(_GRIDS)
"""Families whose tile can be painted."""


def drawn_grid(layout: RingLayout) -> Grid:
    """Return the painted tile or the figure that stands for it, outermost row first."""
    return _GRIDS[layout.ring.pattern_type](layout)


def symmetry_of(ring: PatternedRing) -> Symmetry:
    """Return how odd tiles follow even ones; a mosaic is a book where it does not say."""
    own = ring.pattern
    if isinstance(own, GridParameters) and own.symmetry is not None:
        return own.symmetry
    return "book" if ring.pattern_type is PatternFamily.MOSAIC else "slip"
