"""A herringbone: two rows of bars that slant against each other."""

from __future__ import annotations

from luthier_desktop.domain.base import Flag
from luthier_desktop.domain.patterns.parameters import AngleDeg, TiledParameters


class HerringboneParameters(TiledParameters):
    """``angle_deg`` from the tangent, 45 when absent; ``mirrored`` about the guitar's axis."""

    angle_deg: AngleDeg | None = None
    mirrored: Flag | None = None
