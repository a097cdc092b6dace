"""A solid ring: one bent strip, a plate, or wedges with radial joints."""

from __future__ import annotations

from luthier_desktop.domain.base import Count
from luthier_desktop.domain.geometry import annulus
from luthier_desktop.domain.patterns.layout import Filling, RingLayout
from luthier_desktop.domain.patterns.parameters import PatternParameters
from luthier_desktop.domain.patterns.ring import PatternedRing
from luthier_desktop.domain.patterns.sectors import radial_cells, radial_joints

DEFAULT_MATERIALS = ("indian_rosewood",)


class SolidParameters(PatternParameters):
    """``pieces``: how many equal sectors the ring is joined from; 1 when absent."""

    pieces: Count | None = None


def is_bent(ring: PatternedRing) -> bool:
    """Whether a ring in one piece is bent from strips; else it is cut from a plate."""
    return ring.strip_thickness_mm is not None or ring.bending in {"cold", "hot"}


def build(layout: RingLayout) -> Filling:
    """Return one bent strip or plate, or wedges.

    Grain: a bent strip's follows the ring; a plate's runs along the guitar's axis as the top's
    does; a wedge's runs along the radius at its middle.
    """
    ring, radii, tiles = layout.ring, layout.radii, layout.tiles
    if tiles == 1:
        bent = is_bent(ring)
        whole = annulus(radii, layout.material(0), 90.0 if bent else 0.0, bent=bent)
        return Filling([whole], [], radii.width_mm)
    edges_mm = (radii.inner_mm, radii.outer_mm)
    wedges = radial_cells(edges_mm, tiles, lambda _, column: layout.material(column))
    smallest_mm = min(radii.width_mm, layout.pitch_mm)
    return Filling(wedges, radial_joints(*edges_mm, tiles), smallest_mm)
