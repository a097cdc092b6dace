"""A barber pole: slanted bars of alternating materials, sheared and then bent."""

from __future__ import annotations

import math
from itertools import pairwise

from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.patterns.layout import Filling, RingLayout
from luthier_desktop.domain.patterns.parameters import PatternParameters, SlantedParameters
from luthier_desktop.domain.patterns.strips import (
    all_round,
    as_edges,
    most_segments,
    spiral,
    strip,
)

DEFAULT_MATERIALS = ("gaboon_ebony", "hard_maple")


class BarberPoleParameters(SlantedParameters):
    """``angle_deg`` of the bars from the tangent, 45 when absent."""


def default_pitch_mm(width_mm: float, _: PatternParameters | None) -> float:
    """Return the length of a bar along the ring that looks well on a ring of this width."""
    return 0.8 * width_mm


def lean_rad(radii: RingRadii, crossed_mm: float, angle_deg: float) -> float:
    """Return how far a bar runs round while it crosses *crossed_mm*: w / (r_m tan phi).

    Source: domain reference, section 6, rows 5 and 7.
    """
    return crossed_mm / (radii.mean_mm * math.tan(math.radians(angle_deg)))


def build(layout: RingLayout) -> Filling:
    """Return slanted bars: theta linear in r between parallel boundaries, grain along the bar."""
    radii, tiles, parameters = layout.radii, layout.tiles, layout.ring.pattern
    own = (
        parameters if isinstance(parameters, BarberPoleParameters)
        else BarberPoleParameters.empty()
    )
    lean = lean_rad(radii, radii.width_mm, own.slant_deg)
    bounds = all_round(spiral(radii, 0.0, lean, most_segments(tiles)), tiles)
    middle_deg = (math.degrees(lean) + layout.step_deg) / 2 + 90 - own.slant_deg
    bars = [
        strip(
            radii, left, right, layout.material(place), place * layout.step_deg + middle_deg
        )
        for place, (left, right) in enumerate(pairwise(bounds))
    ]
    thinnest_mm = layout.pitch_mm * math.sin(math.radians(own.slant_deg))
    return Filling(bars, as_edges(bounds), thinnest_mm)
