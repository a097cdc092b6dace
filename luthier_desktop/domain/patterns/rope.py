"""A rope: strands that lean in a smooth S from the inner to the outer edge."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from luthier_desktop.domain.base import LengthMm, MaterialId
from luthier_desktop.domain.geometry import Piece, RingRadii
from luthier_desktop.domain.patterns.layout import Filling, RingLayout
from luthier_desktop.domain.patterns.parameters import PatternParameters, TiledParameters
from luthier_desktop.domain.patterns.strips import (
    Boundary,
    all_round,
    as_edges,
    boundary,
    most_segments,
    segments_for,
    strip,
)

DEFAULT_MATERIALS = ("indian_rosewood", "hard_maple")
DEFAULT_OUTLINE = "gaboon_ebony"


class RopeParameters(TiledParameters):
    """``lean_mm`` along the ring, the ring's width when absent; ``outline_mm`` 0 when absent.

    ``outline_material_id`` is drawn between the strands, ebony when absent; it is no strand.
    """

    lean_mm: LengthMm | None = None
    outline_mm: LengthMm | None = None
    outline_material_id: MaterialId | None = None

    def lean_in(self, width_mm: float) -> float:
        """Return how far a strand runs along the ring on its way across it, in mm."""
        return width_mm if self.lean_mm is None else self.lean_mm

    def thinnest_strand_mm(self, pitch_mm: float, width_mm: float) -> float:
        """Return p/sqrt(1 + (1.5 a/w)^2) - outline: the strand where it leans most.

        Source: domain reference 5.3 (T3) and section 6.
        """
        slope = 1.5 * self.lean_in(width_mm) / width_mm
        return pitch_mm / math.hypot(1.0, slope) - (self.outline_mm or 0.0)


def default_pitch_mm(width_mm: float, _: PatternParameters | None) -> float:
    """Return the length of a strand along the ring that looks well on a ring of this width."""
    return 0.8 * width_mm


def build(layout: RingLayout) -> Filling:
    """Return the strands, and the lines between them where the design asks for an outline.

    Boundary in the flat strip: x = a (3 u^2 - 2 u^3), u from 0 to 1 across the ring, bent by
    theta = x / r_m. An outline takes half its thickness, square to the boundary, from the
    strands on both sides; it is drawn with at most 90 % of the thinnest strand. Grain runs along
    the strand at the ring's middle.
    """
    parameters, radii = layout.ring.pattern, layout.radii
    own = parameters if isinstance(parameters, RopeParameters) else RopeParameters.empty()
    shape = _Shape.of(own, radii, layout.pitch_mm)
    tiles = layout.tiles
    segments = shape.segments(most_segments(tiles * (3 if shape.outline_mm else 1)))
    middle = all_round(boundary(radii, shape.angle, segments), tiles)
    thinnest_mm = own.thinnest_strand_mm(layout.pitch_mm, radii.width_mm)
    grain_deg = shape.grain_deg + layout.step_deg / 2
    if not shape.outline_mm:
        strands = _between(layout, middle, middle[1:], grain_deg)
        return Filling(strands, as_edges(middle), thinnest_mm)
    before = all_round(boundary(radii, shape.before, segments), tiles)
    after = all_round(boundary(radii, shape.after, segments), tiles)
    share = shape.outline_area_mm2
    strands = _between(layout, after, before[1:], grain_deg)
    strands = [one._replace(area_mm2=radii.area_mm2 / tiles - share) for one in strands]
    ink = outline_material(layout)
    lines = _between(layout._replace(materials=(ink,)), before, after[:-1], shape.grain_deg)
    lines = [one._replace(area_mm2=share) for one in lines]
    return Filling([*strands, *lines], as_edges(middle), min(thinnest_mm, shape.outline_mm))


def outline_material(layout: RingLayout) -> str:
    """Return the material of the lines between the strands."""
    parameters = layout.ring.pattern
    given = parameters.outline_material_id if isinstance(parameters, RopeParameters) else None
    return given or DEFAULT_OUTLINE


def outline_each_mm2(layout: RingLayout) -> tuple[float, float]:
    """Return the outline's drawn thickness in mm and the area of one; 0 without an outline."""
    parameters = layout.ring.pattern
    if not isinstance(parameters, RopeParameters) or not parameters.outline_mm:
        return 0.0, 0.0
    shape = _Shape.of(parameters, layout.radii, layout.pitch_mm)
    return shape.outline_mm, shape.outline_area_mm2


def _between(
    layout: RingLayout, left: list[Boundary], right: list[Boundary], grain_deg: float
) -> list[Piece]:
    radii, step_deg = layout.radii, layout.step_deg
    return [
        strip(radii, one, other, layout.material(place), place * step_deg + grain_deg)
        for place, (one, other) in enumerate(zip(left, right, strict=False))
    ]


class _Shape(NamedTuple):
    """The S of one boundary in the flat strip and the outline beside it."""

    radii: RingRadii
    lean_mm: float
    outline_mm: float

    @classmethod
    def of(cls, own: RopeParameters, radii: RingRadii, pitch_mm: float) -> _Shape:
        bare = own.model_copy(update={"outline_mm": 0.0})
        room_mm = 0.9 * bare.thinnest_strand_mm(pitch_mm, radii.width_mm)
        outline_mm = min(own.outline_mm or 0.0, room_mm)
        return cls(radii, own.lean_in(radii.width_mm), outline_mm)

    @property
    def slope(self) -> float:
        return self.lean_mm / self.radii.width_mm

    @property
    def grain_deg(self) -> float:
        half_lean_deg = math.degrees(self.lean_mm / 2 / self.radii.mean_mm)
        return half_lean_deg + math.degrees(math.atan(1.5 * self.slope))

    @property
    def outline_area_mm2(self) -> float:
        """Area of one outline: w times the mean of its length along the ring, by symmetry."""
        return self.radii.width_mm * 2 * _mean(self._half)

    def angle(self, share: float) -> float:
        along_mm = self.lean_mm * share * share * (3 - 2 * share)
        return along_mm / self.radii.mean_mm

    def before(self, share: float) -> float:
        return self.angle(share) - self._half(share) / self.radii.mean_mm

    def after(self, share: float) -> float:
        return self.angle(share) + self._half(share) / self.radii.mean_mm

    def segments(self, most: int) -> int:
        """Bound |P''| by hypot(r theta'^2, 2 w theta' + r theta'') at their largest values."""
        slope = self.slope
        swelling_mm = self.outline_mm / 2 * slope * (36 * slope + 12 * min(1.0, 1.5 * slope))
        steepest = (1.5 * self.lean_mm + 3 * slope * self.outline_mm) / self.radii.mean_mm
        bending = (6 * self.lean_mm + swelling_mm) / self.radii.mean_mm
        outer_mm = self.radii.outer_mm
        bend_mm = math.hypot(
            outer_mm * steepest**2, 2 * self.radii.width_mm * steepest + outer_mm * bending
        )
        return segments_for(bend_mm, most)

    def _half(self, share: float) -> float:
        """Return half the outline along the ring where it is half a line square to the S."""
        return self.outline_mm / 2 * math.hypot(1.0, 6 * self.slope * share * (1 - share))


def _mean(function: Callable[[float], float], steps: int = 64) -> float:
    """Return the mean over 0..1 by Simpson's rule; the length of the S has no closed form."""
    ends = function(0.0) + function(1.0)
    odd = sum(function((2 * k + 1) / (2 * steps)) for k in range(steps))
    even = sum(function(k / steps) for k in range(1, steps))
    return (ends + 4 * odd + 2 * even) / (6 * steps)
