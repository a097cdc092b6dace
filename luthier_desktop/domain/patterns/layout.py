"""A ring laid out and ready to be built, and what a family's builder gives back."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from luthier_desktop.domain.geometry import Edge, Piece, RingRadii
from luthier_desktop.domain.patterns.ring import PatternedRing


class RingLayout(NamedTuple):
    """A ring with its radii, how often the pattern repeats round it, and its materials."""

    ring: PatternedRing
    radii: RingRadii
    tiles: int
    materials: tuple[str, ...]

    @property
    def step_deg(self) -> float:
        """The angle of one tile."""
        return 360.0 / self.tiles

    @property
    def pitch_mm(self) -> float:
        """The length of one tile along the mean circle, so that all of them close it."""
        return 2 * math.pi * self.radii.mean_mm / self.tiles

    def material(self, position: int) -> str:
        """Return the material of the tile at *position*; they take turns."""
        return self.materials[position % len(self.materials)]


class Filling(NamedTuple):
    """What fills a ring: its pieces, the joints between tiles, and its smallest dimension."""

    pieces: Sequence[Piece]
    joints: Sequence[Edge]
    smallest_mm: float


class Repeat(NamedTuple):
    """The first pieces of a ring, which come again *times* over to fill it."""

    pieces: Sequence[Piece]
    times: int
