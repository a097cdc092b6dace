"""What holds for each of the sixteen families: pieces tile the ring, and the count closes it."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.geometry import Piece, RingRadii
from luthier_desktop.domain.patterns.draw import RingDrawing, draw_ring, lay_out, repeat
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.registry import PARAMETERS
from luthier_desktop.domain.patterns.totals import material_totals
from luthier_desktop.domain.rosette import RingParam
from tests.domain.measuring import contains, perimeter_mm, piece_area_mm2, places
from tests.domain.patterns.rings import MATERIALS, OWN, RADII, draw, ring

CHORD_MM = 0.005
"""No chord of a drawn curve leaves the true curve by more."""
EXAMPLES = 8
LOOKS = 5


@st.composite
def rings_of(draws: st.DrawFn, family: str) -> tuple[RingParam, RingRadii]:
    inner_mm, width_mm = draws(st.floats(20, 90)), draws(st.floats(1, 15))
    materials = draws(st.none() | st.lists(st.sampled_from(MATERIALS), max_size=4))
    one = ring(family, draws(OWN[family]), width_mm=width_mm, materials=materials)
    return one, RingRadii(inner_mm, inner_mm + width_mm)


def test_the_properties_are_tried_on_every_family() -> None:
    assert set(OWN) == {family.value for family in PatternFamily} == set(PARAMETERS)


@pytest.mark.parametrize("family", PARAMETERS)
def test_the_pieces_of_each_family_tile_the_ring(family: str) -> None:
    """Told areas add up within 1e-6; outlines enclose them; no place lies in two pieces."""

    @settings(max_examples=EXAMPLES, deadline=None)
    @given(rings_of(family), st.integers(0, 2**32))
    def tried(case: tuple[RingParam, RingRadii], seed: int) -> None:
        drawing, radii = draw_ring(*case), case[1]
        told_mm2 = math.fsum(piece.area_mm2 for piece in drawing.pieces)
        assert told_mm2 == pytest.approx(radii.area_mm2, rel=1e-6)
        enclosed_mm2 = math.fsum(piece_area_mm2(piece) for piece in drawing.pieces)
        around_mm = math.fsum(_all_round_mm(piece) for piece in drawing.pieces)
        assert enclosed_mm2 == pytest.approx(radii.area_mm2, abs=1e-6 + CHORD_MM * around_mm)
        around_circle_mm = math.pi * (radii.inner_mm + radii.outer_mm)
        assert drawing.count * drawing.pitch_mm == pytest.approx(around_circle_mm, rel=1e-12)
        chance = random.Random(seed)
        for _ in range(LOOKS):
            _look(drawing, radii, chance)

    tried()


def _all_round_mm(piece: Piece) -> float:
    return perimeter_mm(piece.outline) + sum(perimeter_mm(hole) for hole in piece.holes)


def _look(drawing: RingDrawing, radii: RingRadii, chance: random.Random) -> None:
    """Look at a place; only within two chords' play of a boundary it may lie in none or two."""
    radius_mm = chance.uniform(*radii)
    angle = chance.uniform(0, 2 * math.pi)
    place = (radius_mm * math.sin(angle), -radius_mm * math.cos(angle))
    found = [piece for piece in drawing.pieces if contains(piece, place)]
    if len(found) != 1:
        near = found or drawing.pieces
        assert min(_boundary_mm(piece, place) for piece in near) < 4 * CHORD_MM


def _boundary_mm(piece: Piece, place: tuple[float, float]) -> float:
    nearest_mm = math.inf
    for outline in (piece.outline, *piece.holes):
        walk = list(places(outline))
        for (x0, y0), (x1, y1) in zip(walk, walk[1:] + walk[:1], strict=True):
            length2 = (x1 - x0) ** 2 + (y1 - y0) ** 2
            along = (place[0] - x0) * (x1 - x0) + (place[1] - y0) * (y1 - y0)
            share = min(1.0, max(0.0, along / length2)) if length2 else 0.0
            foot = (x0 + share * (x1 - x0), y0 + share * (y1 - y0))
            nearest_mm = min(nearest_mm, math.dist(place, foot))
    return nearest_mm


def test_the_look_finds_two_pieces_that_lie_on_each_other() -> None:
    """The negative control: a ring drawn twice."""
    drawing = draw("LADDER", {"count": 12})
    twice = RingDrawing(
        drawing.pieces * 2, drawing.joints, drawing.count, drawing.pitch_mm, 0.0, 0.0, 1.0, {}
    )
    with pytest.raises(AssertionError):
        _look(twice, RADII, random.Random(1))


@pytest.mark.parametrize("family", PARAMETERS)
def test_the_default_drawing_adds_up_by_material(family: str) -> None:
    drawing = draw(family)
    totals = material_totals(lay_out(ring(family), RADII))
    assert {name: total.pieces for name, total in totals.items()} == drawing.pieces_by_material
    for material_id, total in totals.items():
        own = [one.area_mm2 for one in drawing.pieces if one.material_id == material_id]
        assert total.area_mm2 == pytest.approx(math.fsum(own), rel=1e-9)


@pytest.mark.parametrize("family", ["MEANDER", "CUSTOM", "MOSAIC", "HERRINGBONE"])
def test_what_comes_again_is_the_beginning_of_the_whole_ring(family: str) -> None:
    again = repeat(ring(family), RADII)
    assert again is not None
    whole = draw(family).pieces
    assert len(again.pieces) * again.times == len(whole)
    if family != "HERRINGBONE":  # whose rows are drawn one after the other
        assert tuple(again.pieces) == whole[: len(again.pieces)]
