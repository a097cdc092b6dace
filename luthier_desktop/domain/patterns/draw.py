"""Every ring's pieces at true scale, whatever its family; without parameters its defaults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.geometry import Edge, Piece, RingRadii
from luthier_desktop.domain.patterns import (
    barber_pole,
    checker,
    custom,
    dots,
    herringbone,
    inlay,
    ladder,
    lines,
    meander,
    mosaic,
    plait,
    rope,
    segments,
    solid,
    wave,
    wheat_ear,
)
from luthier_desktop.domain.patterns.counts import (
    circumference_mm,
    gap_mm,
    given_count,
    parity,
    rounded_count,
    tile_count,
    tile_pitch_mm,
)
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.layout import Filling, Repeat, RingLayout
from luthier_desktop.domain.patterns.parameters import PatternParameters
from luthier_desktop.domain.patterns.ring import PatternedRing

MOST_TILES_A_RING = 10_000
MOST_PIECES = 200_000
"""The most pieces that are drawn in one ring, and in a whole design."""

MOST_DEFAULT_TILES = 720


@dataclass(frozen=True, slots=True)
class RingDrawing:
    """A ring drawn: its pieces and joints, and how the pattern closes round it.

    ``pitch_mm`` times ``count`` is the mean circle; a ring of lines or one piece counts once.
    ``closure_mm`` is the exact pitch less the nominal one; ``leftover_mm`` what nominal tiles
    would leave of the circle (negative: what is missing), for lines of the ring's width.
    """

    pieces: tuple[Piece, ...]
    joints: tuple[Edge, ...]
    count: int
    pitch_mm: float
    closure_mm: float
    leftover_mm: float
    smallest_piece_mm: float
    pieces_by_material: Mapping[str, int]


class _Family(NamedTuple):
    """What stands in where a design is silent, and the builder."""

    materials: tuple[str, ...]
    build: Callable[[RingLayout], Filling]
    default_pitch_mm: Callable[[float, PatternParameters | None], float] | None = None
    default_multiple: int = 1
    pieces: Callable[[RingLayout], float] | None = None
    repeat: Callable[[RingLayout], Repeat | None] | None = None


_FAMILIES: dict[PatternFamily, _Family] = {
    PatternFamily.SOLID: _Family(solid.DEFAULT_MATERIALS, solid.build),
    PatternFamily.LINES: _Family(
        lines.DEFAULT_MATERIALS, lines.build, pieces=lines.piece_count
    ),
    PatternFamily.LADDER: _Family(
        ladder.DEFAULT_MATERIALS, ladder.build, ladder.default_pitch_mm, 2
    ),
    PatternFamily.CHECKER: _Family(
        checker.DEFAULT_MATERIALS, checker.build, checker.default_pitch_mm,
        pieces=checker.piece_count,
    ),
    PatternFamily.BARBER_POLE: _Family(
        barber_pole.DEFAULT_MATERIALS, barber_pole.build, barber_pole.default_pitch_mm, 2
    ),
    PatternFamily.ROPE: _Family(rope.DEFAULT_MATERIALS, rope.build, rope.default_pitch_mm, 2),
    PatternFamily.HERRINGBONE: _Family(
        herringbone.DEFAULT_MATERIALS, herringbone.build, herringbone.default_pitch_mm,
        pieces=herringbone.piece_count, repeat=herringbone.repeat,
    ),
    PatternFamily.WHEAT_EAR: _Family(
        wheat_ear.DEFAULT_MATERIALS, wheat_ear.build, wheat_ear.default_pitch_mm,
        pieces=wheat_ear.piece_count,
    ),
    PatternFamily.MOSAIC: _Family(
        mosaic.DEFAULT_MATERIALS, mosaic.build, mosaic.default_pitch_mm,
        pieces=mosaic.piece_count, repeat=mosaic.repeat,
    ),
    PatternFamily.SEGMENTS: _Family(
        segments.DEFAULT_MATERIALS, segments.build, segments.default_pitch_mm
    ),
    PatternFamily.DOTS: _Family(dots.DEFAULT_MATERIALS, dots.build, dots.default_pitch_mm),
    PatternFamily.WAVE: _Family(
        wave.DEFAULT_MATERIALS, wave.build, wave.default_pitch_mm, pieces=wave.piece_count
    ),
    PatternFamily.PLAIT: _Family(
        plait.DEFAULT_MATERIALS, plait.build, plait.default_pitch_mm, pieces=plait.piece_count
    ),
    PatternFamily.MEANDER: _Family(
        meander.DEFAULT_MATERIALS, meander.build, meander.default_pitch_mm,
        pieces=meander.piece_count, repeat=meander.repeat,
    ),
    PatternFamily.CUSTOM: _Family(
        custom.DEFAULT_MATERIALS, custom.build, custom.default_pitch_mm,
        pieces=custom.piece_count, repeat=custom.repeat,
    ),
    PatternFamily.INLAY: _Family(
        inlay.DEFAULT_MATERIALS, inlay.build, inlay.default_pitch_mm, pieces=inlay.piece_count
    ),
}


def draw_ring(ring: PatternedRing, radii: RingRadii) -> RingDrawing:
    """Build every piece of *ring* between *radii*.

    Raises:
        InputRefused: The ring would hold more tiles or pieces than can be drawn.
    """
    layout = _drawable(ring, radii)
    filling = _FAMILIES[ring.pattern_type].build(layout)
    nominal_mm = _nominal_mm(layout)
    return RingDrawing(
        pieces=tuple(filling.pieces),
        joints=tuple(filling.joints),
        count=layout.tiles,
        pitch_mm=layout.pitch_mm,
        closure_mm=layout.pitch_mm - nominal_mm,
        leftover_mm=_leftover_mm(layout, nominal_mm),
        smallest_piece_mm=filling.smallest_mm,
        pieces_by_material=Counter([piece.material_id for piece in filling.pieces]),
    )


def repeat(ring: PatternedRing, radii: RingRadii) -> Repeat | None:
    """Build only the pieces that come again round *ring*; None where nothing comes again.

    Turned round the ring they are the pieces of `draw_ring`.

    Raises:
        InputRefused: As `draw_ring`.
    """
    build = _FAMILIES[ring.pattern_type].repeat
    layout = _drawable(ring, radii)
    return None if build is None else build(layout)


def lay_out(ring: PatternedRing, radii: RingRadii) -> RingLayout:
    """Decide how often the pattern repeats round *ring* and which materials take turns in it.

    Raises:
        InputRefused: There would be more than 10,000 tiles; names the field that says so.
    """
    family = _FAMILIES[ring.pattern_type]
    tiles = _tiles(ring, radii, family)
    if tiles > MOST_TILES_A_RING:
        field = "pattern.px_mm" if ring.tile_length_mm is None else "tile_length_mm"
        raise InputRefused(
            f"{field} makes {tiles} tiles, but a ring holds at most {MOST_TILES_A_RING}; "
            "make the tiles longer",
            field,
        )
    return RingLayout(ring, radii, tiles, ring.materials or family.materials)


def piece_count(layout: RingLayout) -> float:
    """Return how many pieces the ring will be drawn in, before any is built."""
    count = _FAMILIES[layout.ring.pattern_type].pieces
    return layout.tiles if count is None else count(layout)


def _drawable(ring: PatternedRing, radii: RingRadii) -> RingLayout:
    layout = lay_out(ring, radii)
    if piece_count(layout) > MOST_PIECES:
        raise InputRefused(
            f"pattern: the ring would be drawn in {piece_count(layout):.0f} pieces, "
            f"but at most {MOST_PIECES} can be; make its tiles or cells larger",
            "pattern",
        )
    return layout


def _tiles(ring: PatternedRing, radii: RingRadii, family: _Family) -> int:
    """Return N by the rules that the checks read; without a tile of its own the family's."""
    pattern = ring.pattern
    if isinstance(pattern, solid.SolidParameters):
        return pattern.pieces or 1
    by_rule = tile_count(ring, radii) or given_count(ring)
    if by_rule is not None:
        return by_rule
    if family.default_pitch_mm is None:
        return 1
    around_mm = circumference_mm(radii)
    pitch_mm = family.default_pitch_mm(radii.width_mm, pattern) + gap_mm(ring)
    multiple = parity(ring) if ring.materials else max(parity(ring), family.default_multiple)
    return rounded_count(around_mm, max(pitch_mm, around_mm / MOST_DEFAULT_TILES), multiple)


def _nominal_mm(layout: RingLayout) -> float:
    """Return the nominal length from tile to tile; where the design gives none, the exact one."""
    pitch_mm = tile_pitch_mm(layout.ring)
    return layout.pitch_mm if pitch_mm is None else pitch_mm + gap_mm(layout.ring)


def _leftover_mm(layout: RingLayout, nominal_mm: float) -> float:
    if layout.ring.pattern_type is PatternFamily.LINES:
        return layout.radii.width_mm - sum(thick_mm for _, thick_mm in lines.own_lines(layout))
    return layout.tiles * (layout.pitch_mm - nominal_mm)
