"""A wave: a band that swings to and fro between the ring's edges, in a field."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from luthier_desktop.domain.base import PositiveMm
from luthier_desktop.domain.geometry import (
    ORIGIN,
    Curve,
    Outline,
    Piece,
    Point,
    RingRadii,
    circle,
)
from luthier_desktop.domain.patterns.layout import Filling, RingLayout
from luthier_desktop.domain.patterns.parameters import CountedParameters, PatternParameters
from luthier_desktop.domain.patterns.shares import Share
from luthier_desktop.domain.patterns.strips import MOST_POINTS_A_RING, segments_for

DEFAULT_MATERIALS = ("gaboon_ebony", "hard_maple")
BAND_SHARE, SWING_SHARE, LENGTH_SHARE = 0.2, 0.29, 3.0
"""Band, swing and length of a wave as parts of the ring's width, where nothing is given."""
MOST_OF_ROOM = 0.98
LEAST_CHORDS = 8


class WaveParameters(CountedParameters):
    """``count`` waves round the ring, of a band ``band_mm`` thick across the ring.

    ``amplitude_mm`` is how far the band's middle swings to either side of the mean circle.
    Drawing has defaults for all of them, checks have none.
    """

    band_mm: PositiveMm | None = None
    amplitude_mm: PositiveMm | None = None


class Wave(NamedTuple):
    """r = r_m + A sin(N theta) +- t/2, as it is drawn. Source: domain reference 6, row 12."""

    radii: RingRadii
    swing_mm: float
    band_mm: float
    waves: int

    @property
    def band_mm2(self) -> float:
        """Area of the band: the swing cancels out over whole waves, 2 pi r_m t."""
        return 2 * math.pi * self.radii.mean_mm * self.band_mm

    @property
    def inner_mm2(self) -> float:
        """Area of the field inside the band: pi ((r_m - t/2)^2 + A^2/2 - r_i^2)."""
        middle_mm = self.radii.mean_mm - self.band_mm / 2
        return math.pi * (middle_mm**2 + self.swing_mm**2 / 2 - self.radii.inner_mm**2)

    @property
    def outer_mm2(self) -> float:
        """Area of the field outside the band: pi (r_o^2 - (r_m + t/2)^2 - A^2/2)."""
        middle_mm = self.radii.mean_mm + self.band_mm / 2
        return math.pi * (self.radii.outer_mm**2 - middle_mm**2 - self.swing_mm**2 / 2)

    @property
    def length_mm(self) -> float:
        """Length of the band along its middle, by chords of 1/64 of a wave."""
        places = [self._at(step / 64 / self.waves * 2 * math.pi, 0.0) for step in range(65)]
        return self.waves * sum(map(math.dist, places, places[1:]))

    def edge(self, aside_mm: float) -> Outline:
        """Return the closed curve at *aside_mm* from the band's middle, clockwise."""
        swing_mm, waves = self.swing_mm, self.waves
        bend_mm = math.hypot(
            self.radii.outer_mm + swing_mm * waves**2, 2 * swing_mm * waves
        ) * (2 * math.pi / waves) ** 2
        most = max(LEAST_CHORDS, MOST_POINTS_A_RING // (4 * waves))
        chords = waves * max(LEAST_CHORDS, segments_for(bend_mm, most))
        step = 2 * math.pi / chords
        points = [self._at(place * step, aside_mm) for place in range(chords)]
        return Outline((Curve((*points, points[0])),))

    def _at(self, angle: float, aside_mm: float) -> Point:
        radius_mm = self.radii.mean_mm + self.swing_mm * math.sin(self.waves * angle) + aside_mm
        return Point(radius_mm * math.sin(angle), -radius_mm * math.cos(angle))


def default_pitch_mm(width_mm: float, _: PatternParameters | None) -> float:
    """Return the length of a wave that looks well on a ring of this width."""
    return LENGTH_SHARE * width_mm


def drawn_wave(layout: RingLayout) -> Wave:
    """Return the wave, its band and swing made smaller where they would leave the ring."""
    own, width_mm = layout.ring.pattern, layout.radii.width_mm
    given = own if isinstance(own, WaveParameters) else WaveParameters.empty()
    band_mm = min(given.band_mm or BAND_SHARE * width_mm, MOST_OF_ROOM * width_mm / 2)
    room_mm = MOST_OF_ROOM * width_mm / 2 - band_mm / 2
    swing_mm = min(given.amplitude_mm or SWING_SHARE * width_mm, room_mm)
    return Wave(layout.radii, swing_mm, band_mm, layout.tiles)


def band_material(layout: RingLayout) -> str:
    """Return the band's material: the ring's second one."""
    return layout.material(1) if len(layout.materials) > 1 else DEFAULT_MATERIALS[1]


def piece_count(_: RingLayout) -> float:
    """Return how many pieces will be drawn."""
    return 3


def build(layout: RingLayout) -> Filling:
    """Return the field on both sides of the band, and the band, all with the grain bent round."""
    wave, radii = drawn_wave(layout), layout.radii
    inner, outer = wave.edge(-wave.band_mm / 2), wave.edge(wave.band_mm / 2)
    ground = layout.material(0)
    within = circle(ORIGIN, radii.inner_mm)
    around = circle(ORIGIN, radii.outer_mm)
    pieces = [
        Piece(inner, (within,), ground, 90.0, wave.inner_mm2, bent=True),
        Piece(outer, (inner,), band_material(layout), 90.0, wave.band_mm2, bent=True),
        Piece(around, (outer,), ground, 90.0, wave.outer_mm2, bent=True),
    ]
    return Filling(pieces, [], wave.band_mm)


def shares(layout: RingLayout) -> Iterator[Share]:
    """Return each material's pieces and their area."""
    wave = drawn_wave(layout)
    yield layout.material(0), 2, wave.inner_mm2 + wave.outer_mm2
    yield band_material(layout), 1, wave.band_mm2
