"""Dots: round inlays on the ring's mean circle, in a field of the ring's first material."""

from __future__ import annotations

import math

from luthier_desktop.domain.base import PositiveMm
from luthier_desktop.domain.geometry import Piece, annulus, circle, polar
from luthier_desktop.domain.patterns.layout import Filling, RingLayout
from luthier_desktop.domain.patterns.parameters import CountedParameters, PatternParameters

DEFAULT_MATERIALS = ("gaboon_ebony", "mother_of_pearl")
MOST_OF_ROOM = 0.98


class DotsParameters(CountedParameters):
    """``dot_diameter_mm`` and ``count``; drawing has defaults for both, checks have none."""

    dot_diameter_mm: PositiveMm | None = None


def wanted_diameter_mm(width_mm: float, parameters: PatternParameters | None) -> float:
    """Return the diameter that the design gives, else half the ring's width."""
    given_mm = parameters.dot_diameter_mm if isinstance(parameters, DotsParameters) else None
    return given_mm or width_mm / 2


def default_pitch_mm(width_mm: float, parameters: PatternParameters | None) -> float:
    """Return the distance of dots that leaves one diameter between two of them."""
    return 2 * wanted_diameter_mm(width_mm, parameters)


def build(layout: RingLayout) -> Filling:
    """Return the field, its grain along the ring, and the round dots that lie in its holes.

    The first material is the field's; the dots take turns through the others. Dots are never
    drawn beyond the ring's edges or into each other: 98 % of that room is the most.
    """
    radii, tiles = layout.radii, layout.tiles
    diameter_mm = drawn_diameter_mm(layout)
    area_mm2 = math.pi * diameter_mm**2 / 4
    circles = [
        circle(polar(radii.mean_mm, place * layout.step_deg), diameter_mm / 2)
        for place in range(tiles)
    ]
    colours = dot_materials(layout)
    dots = [
        Piece(one, (), colours[place % len(colours)], place * layout.step_deg % 180, area_mm2)
        for place, one in enumerate(circles)
    ]
    whole = annulus(radii, layout.material(0), bent=True)
    field = whole._replace(
        holes=(*whole.holes, *circles), area_mm2=whole.area_mm2 - tiles * area_mm2
    )
    return Filling([field, *dots], [], diameter_mm)


def drawn_diameter_mm(layout: RingLayout) -> float:
    """Return the dots' diameter, made smaller where they would leave the ring or touch."""
    radii, tiles = layout.radii, layout.tiles
    apart_mm = 2 * radii.mean_mm * math.sin(math.pi / tiles) if tiles > 1 else math.inf
    wanted_mm = wanted_diameter_mm(radii.width_mm, layout.ring.pattern)
    return min(wanted_mm, MOST_OF_ROOM * radii.width_mm, MOST_OF_ROOM * apart_mm)


def dot_materials(layout: RingLayout) -> tuple[str, ...]:
    """Return the materials that the dots take turns in: all but the field's."""
    return layout.materials[1:] or (DEFAULT_MATERIALS[1],)
