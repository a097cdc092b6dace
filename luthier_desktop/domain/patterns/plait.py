"""A plait (Turk's head): strands that cross over and under each other, let into a field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from luthier_desktop.domain.base import Count, LengthMm, PositiveMm
from luthier_desktop.domain.geometry import (
    Outline,
    Piece,
    annulus,
    grain_angle_deg,
)
from luthier_desktop.domain.patterns.layout import Filling, RingLayout
from luthier_desktop.domain.patterns.parameters import CountedParameters, PatternParameters
from luthier_desktop.domain.patterns.plait_strands import Plait, fitting
from luthier_desktop.domain.patterns.shares import Share

DEFAULT_MATERIALS = ("indian_rosewood", "holly")
DEFAULT_STRANDS = 3
STRAND_SHARE, GAP_SHARE, LENGTH_SHARE = 0.2, 0.18, 1.3
"""Strand and length of a bight as parts of the ring's width, the gap as a part of the strand."""


class PlaitParameters(CountedParameters):
    """``strands`` (3 when absent) in ``count`` bights along each edge.

    ``strand_mm`` is a strand's width, ``gap_mm`` what an under-strand is cut short of the one
    that crosses over it. Drawing has defaults for all of them, checks have none.
    """

    strands: Annotated[Count, Field(ge=2, le=12)] | None = None
    strand_mm: PositiveMm | None = None
    gap_mm: LengthMm | None = None


def default_pitch_mm(width_mm: float, parameters: PatternParameters | None) -> float:
    """Return the length of a bight: more strands make flatter curves."""
    own = parameters if isinstance(parameters, PlaitParameters) else PlaitParameters.empty()
    return LENGTH_SHARE * width_mm * DEFAULT_STRANDS / max(3, own.strands or DEFAULT_STRANDS)


def drawn_plait(layout: RingLayout) -> Plait:
    """Return the plait, its strands made thinner where they would not fit."""
    own, width_mm = layout.ring.pattern, layout.radii.width_mm
    given = own if isinstance(own, PlaitParameters) else PlaitParameters.empty()
    strands = given.strands or DEFAULT_STRANDS
    strand_mm = given.strand_mm or STRAND_SHARE * width_mm * 3 / max(3, strands)
    gap_mm = GAP_SHARE * strand_mm if given.gap_mm is None else given.gap_mm
    return fitting(layout.radii, strands, layout.tiles, strand_mm, gap_mm)


def strand_materials(layout: RingLayout) -> tuple[str, ...]:
    """Return the materials that the strands take turns in: all but the field's."""
    return layout.materials[1:] or (DEFAULT_MATERIALS[1],)


def piece_count(layout: RingLayout) -> float:
    """Return how many pieces will be drawn: q (p - 1) crossings, each with one that is over."""
    own = layout.ring.pattern
    given = own.strands if isinstance(own, PlaitParameters) else None
    return layout.tiles * ((given or DEFAULT_STRANDS) - 1.0) + 1


def build(layout: RingLayout) -> Filling:
    """Return the field and the strands' pieces, each from one under-crossing to the next.

    The first material is the field's. A plait of p strands and q bights is gcd(p, q) closed
    strands, which take turns through the other materials; grain runs along each piece.
    """
    plait = drawn_plait(layout)
    woods = strand_materials(layout)
    pieces = [
        Piece(
            plait.turned_outline(strand, place),
            (),
            woods[plait.component(place) % len(woods)],
            grain_angle_deg(strand.grain_deg + plait.angle_deg(place)),
            strand.area_mm2,
        )
        for strand in plait.kinds
        for place in range(plait.bights)
    ]
    field = _field(layout, plait, tuple(piece.outline for piece in pieces))
    return Filling([field, *pieces], [], plait.strand_mm)


def shares(layout: RingLayout) -> Iterator[Share]:
    """Return each material's pieces and their area."""
    plait = drawn_plait(layout)
    yield layout.material(0), 1, layout.radii.area_mm2 - plait.strands_mm2
    woods, own_mm2 = strand_materials(layout), sum(kind.area_mm2 for kind in plait.kinds)
    for place in range(plait.components):
        each = plait.bights // plait.components
        yield woods[place % len(woods)], each * len(plait.kinds), each * own_mm2


def _field(layout: RingLayout, plait: Plait, pockets: tuple[Outline, ...]) -> Piece:
    whole = annulus(layout.radii, layout.material(0), bent=True)
    area_mm2 = whole.area_mm2 - plait.strands_mm2
    return whole._replace(holes=(*whole.holes, *pockets), area_mm2=area_mm2)
