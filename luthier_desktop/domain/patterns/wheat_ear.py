"""A wheat ear (espiga): two rows of fine kernels whose points meet, between backing veneers."""

from __future__ import annotations

import math
from collections.abc import Iterator

from luthier_desktop.domain.base import Flag, LengthMm, MaterialId
from luthier_desktop.domain.geometry import Piece, RingRadii, annulus
from luthier_desktop.domain.patterns.barber_pole import lean_rad
from luthier_desktop.domain.patterns.herringbone import rows_all_round
from luthier_desktop.domain.patterns.layout import Filling, RingLayout
from luthier_desktop.domain.patterns.mirrored import (
    half_bars,
    halves,
    mirrored_halves,
    wedge_area_mm2,
)
from luthier_desktop.domain.patterns.parameters import PatternParameters, SlantedParameters
from luthier_desktop.domain.patterns.shares import Share, turns

DEFAULT_MATERIALS = ("gaboon_ebony", "hard_maple")
VENEER_MM = 0.5
"""Sheets that kernels are sliced from, and the veneer behind them. Source: domain 1.2."""
MOST_BACKING = 0.1
"""A veneer behind a row is drawn with at most this share of the ring's width."""


class WheatEarParameters(SlantedParameters):
    """``angle_deg`` from the tangent, 45 when absent; ``mirrored`` about the guitar's axis.

    ``backing_mm`` is the veneer behind each row, along both edges of the ring: 0.5 mm when
    absent, 0 for none. ``backing_material_id`` is its material and that of the wedges which
    fill the ends of mirrored halves: the ring's first when absent.
    """

    mirrored: Flag | None = None
    backing_mm: LengthMm | None = None
    backing_material_id: MaterialId | None = None


def default_pitch_mm(width_mm: float, _: PatternParameters | None) -> float:
    """Return the length of a kernel along the ring: a veneer at 45 degrees, more in wide rings."""
    return max(VENEER_MM * math.sqrt(2), width_mm / 6)


def own_parameters(layout: RingLayout) -> WheatEarParameters:
    """Return the ring's parameters; a ring without any has those that stand for none."""
    own = layout.ring.pattern
    return own if isinstance(own, WheatEarParameters) else WheatEarParameters.empty()


def backing_mm(layout: RingLayout) -> float:
    """Return the drawn thickness of the veneer behind each row."""
    own_mm = own_parameters(layout).backing_mm
    return min(VENEER_MM if own_mm is None else own_mm, MOST_BACKING * layout.radii.width_mm)


def backing_material(layout: RingLayout) -> str:
    """Return the material of the veneers behind the rows and of the wedges at their ends."""
    return own_parameters(layout).backing_material_id or layout.material(0)


def ear_layout(layout: RingLayout) -> RingLayout:
    """Return the ring without its backing veneers: two rows of kernels."""
    thick_mm, (inner_mm, outer_mm) = backing_mm(layout), layout.radii
    return layout._replace(radii=RingRadii(inner_mm + thick_mm, outer_mm - thick_mm))


def piece_count(layout: RingLayout) -> float:
    """Return how many pieces will be drawn at most: kernels, backing veneers, wedges."""
    return 2.0 * layout.tiles + 10


def build(layout: RingLayout) -> Filling:
    """Return the backing veneers and two rows of kernels, each with its grain along itself.

    Mirrored: both halves point to 12 o'clock, where wedges fill what their points leave open.
    """
    ears, own = ear_layout(layout), own_parameters(layout)
    lean = _lean_rad(ears)
    if own.mirrored:
        wedge = backing_material(layout)
        kernels, joints = mirrored_halves(ears, lean, own.slant_deg, wedge=wedge)
    else:
        kernels, joints = rows_all_round(ears, lean, own.slant_deg, layout.tiles)
    smallest_mm = layout.pitch_mm * math.sin(math.radians(own.slant_deg))
    backings = _backings(layout)
    if backings:
        smallest_mm = min(smallest_mm, backing_mm(layout))
    return Filling([*backings, *kernels], joints, smallest_mm)


def shares(layout: RingLayout) -> Iterator[Share]:
    """Return each material's pieces and their area, as they are drawn."""
    for piece in _backings(layout):
        yield piece.material_id, 1, piece.area_mm2
    ears, tiles = ear_layout(layout), layout.tiles
    if not own_parameters(layout).mirrored:
        for material_id, count in turns(layout.materials, range(tiles)):
            yield material_id, 2 * count, count * ears.radii.area_mm2 / tiles
        return
    lean, wedge = _lean_rad(ears), backing_material(layout)
    for row, ends in zip(halves(ears.radii), ((lean, 0.0), (0.0, lean)), strict=True):
        yield wedge, 2, 2 * wedge_area_mm2(row, ends)
        for places, each_mm2 in half_bars(tiles, row, ends, pointed=True):
            for material_id, count in turns(layout.materials, places):
                yield material_id, 2 * count, 2 * count * each_mm2


def _lean_rad(ears: RingLayout) -> float:
    return lean_rad(ears.radii, ears.radii.width_mm / 2, own_parameters(ears).slant_deg)


def _backings(layout: RingLayout) -> list[Piece]:
    (inner_mm, outer_mm), ears = layout.radii, ear_layout(layout).radii
    if ears == layout.radii:
        return []
    wood = backing_material(layout)
    return [
        annulus(RingRadii(inner_mm, ears.inner_mm), wood, bent=True),
        annulus(RingRadii(ears.outer_mm, outer_mm), wood, bent=True),
    ]
