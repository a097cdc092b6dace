"""A meander (Greek key): a line that winds in and out of its tile and on into the next one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from luthier_desktop.domain.patterns import painted_tile
from luthier_desktop.domain.patterns.layout import Filling, Repeat, RingLayout
from luthier_desktop.domain.patterns.parameters import Grid, GridParameters, PatternParameters
from luthier_desktop.domain.patterns.shares import Share

DEFAULT_MATERIALS = ("gaboon_ebony", "hard_maple")
KEY = (
    "11111.",
    "1...1.",
    "1.111.",
    "1.1...",
    "1.1111",
)
"""The usual key, five cells high and six long; its line goes on in the next tile."""


class MeanderParameters(GridParameters):
    """``grid`` is a key of one's own; absent: the usual key in the ring's first two materials.

    ``symmetry`` absent: all tiles alike.
    """


@lru_cache(maxsize=64)
def key(rows: int, cols: int, materials: tuple[str, ...]) -> Grid:
    """Return the usual key, stretched to another number of cells where one is given."""
    line, ground = materials[0], materials[1 % len(materials)]
    wide = [col * len(KEY[0]) // cols for col in range(cols)]
    return tuple(
        tuple(line if KEY[row * len(KEY) // rows][at] == "1" else ground for at in wide)
        for row in range(rows)
    )


FIGURE = painted_tile.Figure(len(KEY), len(KEY[0]), key, 0.0)
"""Cells show end grain; the grain told is the radius, along which veneers were stacked."""


def default_pitch_mm(width_mm: float, parameters: PatternParameters | None) -> float:
    """Return the length of a key with square cells."""
    return painted_tile.default_pitch_mm(width_mm, parameters, FIGURE)


def tile_grid(layout: RingLayout) -> Grid:
    """Return the painted key or the usual one, outermost row first."""
    return painted_tile.tile_grid(layout, FIGURE)


def piece_count(layout: RingLayout) -> float:
    """Return how many pieces will be drawn."""
    return painted_tile.piece_count(layout, FIGURE)


def build(layout: RingLayout) -> Filling:
    """Return the line and its ground, each as far as it is joined within a tile."""
    return painted_tile.build(layout, FIGURE)


def repeat(layout: RingLayout) -> Repeat | None:
    """Return the tile that comes again."""
    return painted_tile.repeat(layout, FIGURE)


def shares(layout: RingLayout) -> Iterator[Share]:
    """Return each material's pieces and their area."""
    return painted_tile.shares(layout, FIGURE)
