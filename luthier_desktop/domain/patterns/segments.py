"""Segments: blocks of shell or wood round the ring with radial joints."""

from __future__ import annotations

import math
from typing import Literal

from luthier_desktop.domain.base import LengthMm, PositiveMm
from luthier_desktop.domain.geometry import (
    Line,
    Outline,
    Piece,
    RingRadii,
    grain_angle_deg,
    polar,
    sector,
)
from luthier_desktop.domain.patterns.layout import Filling, RingLayout
from luthier_desktop.domain.patterns.parameters import PatternParameters, TiledParameters
from luthier_desktop.domain.patterns.sectors import radial_joints

DEFAULT_MATERIALS = ("abalone",)
MOST_OF_PITCH = 0.9


class SegmentsParameters(TiledParameters):
    """``shape`` "curved" when absent; ``stock_radius_mm`` belongs to "pre_curved"."""

    shape: Literal["curved", "straight", "pre_curved"] | None = None
    stock_radius_mm: PositiveMm | None = None
    gap_mm: LengthMm | None = None


_PLAIN = SegmentsParameters.empty()


def default_pitch_mm(_: float, __: PatternParameters | None) -> float:
    """Return the length of shell strips as they are sold."""
    return 25.0


def build(layout: RingLayout) -> Filling:
    """Return the blocks; between two of them half the gap lies on either side of the joint.

    Curved and pre-curved blocks follow the ring's circles. A straight block is the widest that
    fits into its sector: its outer edge is the chord, its inner edge touches the inner circle.
    Where a straight block is too long to fit at all, a shorter one is drawn, with open ends.
    Grain runs along the ring at each block's middle. Areas: curved h (ro^2 - ri^2), straight
    sin h cos h (ro^2 - (ri / cos h)^2), h half the block's angle.
    """
    radii, step_deg = layout.radii, layout.step_deg
    gap_mm = _drawn_gap_mm(layout)
    half_deg = half_block_deg(layout)
    cut = _straight if own_parameters(layout).shape == "straight" else _curved
    blocks = [
        cut(radii, (place + 0.5) * step_deg, half_deg, layout.material(place))
        for place in range(layout.tiles)
    ]
    touching = gap_mm == 0 and layout.tiles > 1
    joints = radial_joints(radii.inner_mm, radii.outer_mm, layout.tiles) if touching else []
    return Filling(blocks, joints, min(radii.width_mm, layout.pitch_mm - gap_mm))


def own_parameters(layout: RingLayout) -> SegmentsParameters:
    """Return the ring's parameters; a ring without any has those that stand for none."""
    parameters = layout.ring.pattern
    return parameters if isinstance(parameters, SegmentsParameters) else _PLAIN


def half_block_deg(layout: RingLayout) -> float:
    """Return half the angle of one block, without the gap beside it."""
    radii = layout.radii
    half_deg = (layout.step_deg - math.degrees(_drawn_gap_mm(layout) / radii.mean_mm)) / 2
    if own_parameters(layout).shape != "straight":
        return half_deg
    fits_deg = math.degrees(math.acos(radii.inner_mm / radii.outer_mm))
    return min(half_deg, MOST_OF_PITCH * fits_deg)


def block_area_mm2(layout: RingLayout) -> float:
    """Return the area of one block."""
    straight = own_parameters(layout).shape == "straight"
    area_mm2 = _straight_mm2 if straight else _curved_mm2
    return area_mm2(layout.radii, half_block_deg(layout))


def _curved_mm2(radii: RingRadii, half_deg: float) -> float:
    return radii.area_mm2 * half_deg / 180


def _straight_mm2(radii: RingRadii, half_deg: float) -> float:
    half = math.radians(half_deg)
    inner_mm = radii.inner_mm / math.cos(half)
    return math.sin(half) * math.cos(half) * (radii.outer_mm**2 - inner_mm**2)


def _drawn_gap_mm(layout: RingLayout) -> float:
    return min(own_parameters(layout).gap_mm or 0.0, MOST_OF_PITCH * layout.pitch_mm)


def _curved(radii: RingRadii, middle_deg: float, half_deg: float, material_id: str) -> Piece:
    outline = sector(radii, middle_deg - half_deg, 2 * half_deg)
    area_mm2 = _curved_mm2(radii, half_deg)
    return Piece(outline, (), material_id, grain_angle_deg(middle_deg + 90), area_mm2, bent=True)


def _straight(radii: RingRadii, middle_deg: float, half_deg: float, material_id: str) -> Piece:
    outline, area_mm2 = straight_block(radii, middle_deg, half_deg), _straight_mm2(radii, half_deg)
    return Piece(outline, (), material_id, grain_angle_deg(middle_deg + 90), area_mm2)


def straight_block(radii: RingRadii, middle_deg: float, half_deg: float) -> Outline:
    """Return the widest straight block in a sector: chord outside, touching the circle inside."""
    inner_mm = radii.inner_mm / math.cos(math.radians(half_deg))
    start_deg, end_deg = middle_deg - half_deg, middle_deg + half_deg
    corners = (
        polar(radii.outer_mm, start_deg),
        polar(radii.outer_mm, end_deg),
        polar(inner_mm, end_deg),
        polar(inner_mm, start_deg),
    )
    return Outline(tuple(Line(corners[side], corners[(side + 1) % 4]) for side in range(4)))
