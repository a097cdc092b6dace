"""A herringbone: two rows of bars that slant against each other."""

from __future__ import annotations

from luthier_desktop.domain.base import Flag
from luthier_desktop.domain.patterns.parameters import SlantedParameters


class HerringboneParameters(SlantedParameters):
    """``angle_deg`` from the tangent, 45 when absent; ``mirrored`` about the guitar's axis."""

    mirrored: Flag | None = None
