"""A ladder: radial bars of alternating materials."""

from __future__ import annotations

from luthier_desktop.domain.patterns.layout import Filling, RingLayout
from luthier_desktop.domain.patterns.parameters import PatternParameters, TiledParameters
from luthier_desktop.domain.patterns.sectors import radial_cells, radial_joints

DEFAULT_MATERIALS = ("gaboon_ebony", "hard_maple")


class LadderParameters(TiledParameters):
    """A tile is one bar, not one repeat of the colours."""


def default_pitch_mm(width_mm: float, _: PatternParameters | None) -> float:
    """Return the length of a bar along the ring that looks well on a ring of this width."""
    return 0.6 * width_mm


def build(layout: RingLayout) -> Filling:
    """Return radial bars, material by material, each with its grain along the bar."""
    radii = layout.radii
    edges_mm = (radii.inner_mm, radii.outer_mm)
    bars = radial_cells(edges_mm, layout.tiles, lambda _, column: layout.material(column))
    joints = radial_joints(*edges_mm, layout.tiles)
    return Filling(bars, joints, min(radii.width_mm, layout.pitch_mm))
