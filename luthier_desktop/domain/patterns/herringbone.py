"""A herringbone: two rows of bars that slant against each other."""

from __future__ import annotations

import math
from itertools import pairwise

from luthier_desktop.domain.base import Flag
from luthier_desktop.domain.geometry import Edge, Piece, RingRadii
from luthier_desktop.domain.patterns.barber_pole import lean_rad
from luthier_desktop.domain.patterns.layout import Filling, Repeat, RingLayout
from luthier_desktop.domain.patterns.mirrored import halves, mirrored_halves
from luthier_desktop.domain.patterns.parameters import PatternParameters, SlantedParameters
from luthier_desktop.domain.patterns.strips import (
    all_round,
    as_edges,
    most_segments,
    spiral,
    strip,
)

DEFAULT_MATERIALS = ("gaboon_ebony", "hard_maple")


class HerringboneParameters(SlantedParameters):
    """``angle_deg`` from the tangent, 45 when absent; ``mirrored`` about the guitar's axis."""

    mirrored: Flag | None = None


def default_pitch_mm(width_mm: float, _: PatternParameters | None) -> float:
    """Return the length of a bar along the ring that looks well on a ring of this width."""
    return width_mm / 3


def row_lean_rad(radii: RingRadii, parameters: PatternParameters | None) -> float:
    """Return the offset of a row across its height: (w/2) tan(90 - phi) / r_m.

    Source: domain reference, section 6, row 7.
    """
    own = (
        parameters if isinstance(parameters, HerringboneParameters)
        else HerringboneParameters.empty()
    )
    return lean_rad(radii, radii.width_mm / 2, own.slant_deg)


def piece_count(layout: RingLayout) -> float:
    """Return how many pieces will be drawn; mirrored halves have cut bars at the axis."""
    radii, parameters, tiles = layout.radii, layout.ring.pattern, layout.tiles
    if not is_mirrored(parameters):
        return 2.0 * tiles
    return 2.0 * tiles + 4 * (row_lean_rad(radii, parameters) * tiles / (2 * math.pi) + 1)


def build(layout: RingLayout) -> Filling:
    """Return two rows of bars that meet on the mean circle, each with its grain along the bar.

    Mirrored: the half right of the axis is cut square at 12 and 6 o'clock, points on the axis,
    and the left half is its mirror image (the wheat-ear way).
    """
    radii, parameters = layout.radii, layout.ring.pattern
    own = (
        parameters if isinstance(parameters, HerringboneParameters)
        else HerringboneParameters.empty()
    )
    lean = row_lean_rad(radii, own)
    if own.mirrored:
        pieces, joints = mirrored_halves(layout, lean, own.slant_deg)
    else:
        pieces, joints = rows_all_round(layout, lean, own.slant_deg, layout.tiles)
    return Filling(pieces, joints, layout.pitch_mm * math.sin(math.radians(own.slant_deg)))


def repeat(layout: RingLayout) -> Repeat | None:
    """Return the bars that come again, or None where the materials do not come out even."""
    period = len(layout.materials)
    if layout.tiles % period or is_mirrored(layout.ring.pattern):
        return None
    own = layout.ring.pattern
    slant = own if isinstance(own, HerringboneParameters) else HerringboneParameters.empty()
    lean = row_lean_rad(layout.radii, own)
    pieces, _ = rows_all_round(layout, lean, slant.slant_deg, period)
    return Repeat(pieces, layout.tiles // period)


def is_mirrored(parameters: PatternParameters | None) -> bool:
    """Whether the left half is the mirror image of the right one."""
    return isinstance(parameters, HerringboneParameters) and bool(parameters.mirrored)


def rows_all_round(
    layout: RingLayout, lean: float, slant_deg: float, drawn: int
) -> tuple[list[Piece], list[Edge]]:
    """Return the first *drawn* bars of both rows and their joints."""
    radii, tiles = layout.radii, layout.tiles
    most = most_segments(2 * tiles)
    pieces: list[Piece] = []
    joints: list[Edge] = []
    middle_deg = (math.degrees(lean) + layout.step_deg) / 2
    for row, (start, end, bar_deg) in zip(
        halves(radii), ((0.0, lean, 90 - slant_deg), (lean, 0.0, 90 + slant_deg)), strict=True
    ):
        bounds = all_round(spiral(row, start, end, most), tiles, drawn)
        joints += as_edges(bounds)
        pieces += [
            strip(row, left, right, layout.material(place), place * layout.step_deg + grain_deg)
            for grain_deg in (middle_deg + bar_deg,)
            for place, (left, right) in enumerate(pairwise(bounds))
        ]
    return pieces, joints
