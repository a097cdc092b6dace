"""A barber pole: slanted bars of alternating materials, sheared and then bent."""

from __future__ import annotations

from luthier_desktop.domain.patterns.parameters import SlantedParameters


class BarberPoleParameters(SlantedParameters):
    """``angle_deg`` of the bars from the tangent, 45 when absent."""
