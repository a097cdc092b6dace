from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.geometry import Arc, Line, RingRadii
from luthier_desktop.domain.patterns.draw import RingDrawing, draw_ring
from luthier_desktop.domain.patterns.lines import LinesParameters
from luthier_desktop.domain.patterns.registry import PARAMETERS
from luthier_desktop.domain.rosette import RingParam
from tests.domain.measuring import (
    largest_break_mm,
    outline_area_mm2,
    perimeter_mm,
    piece_area_mm2,
    places,
)
from tests.domain.patterns.rings import AROUND_MM, OWN, RADII, draw, drawn_rings, ring

SWINGING = ("WAVE", "PLAIT")
"""Families whose curves turn back between the ring's edges."""


def total_mm2(drawing: RingDrawing) -> float:
    return math.fsum(piece.area_mm2 for piece in drawing.pieces)


@given(drawn_rings())
@settings(max_examples=150, deadline=None)
def test_the_pieces_fill_the_ring_to_the_last_bit(case: tuple[RingParam, RingRadii]) -> None:
    drawing = draw_ring(*case)
    assert total_mm2(drawing) == pytest.approx(case[1].area_mm2, rel=1e-9)
    assert all(piece.area_mm2 > 0 for piece in drawing.pieces)


@given(drawn_rings())
@settings(max_examples=80, deadline=None)
def test_every_outline_closes_and_encloses_the_area_that_is_told(
    case: tuple[RingParam, RingRadii],
) -> None:
    for piece in draw_ring(*case).pieces[:60]:
        assert largest_break_mm(piece.outline) < 1e-8
        chords_mm2 = 0.005 * perimeter_mm(piece.outline) + 1e-6
        assert piece_area_mm2(piece) == pytest.approx(piece.area_mm2, abs=chords_mm2)


@given(drawn_rings())
@settings(max_examples=80, deadline=None)
def test_count_times_pitch_closes_the_mean_circle(case: tuple[RingParam, RingRadii]) -> None:
    drawing = draw_ring(*case)
    around_mm = 2 * math.pi * (case[1].inner_mm + case[1].outer_mm) / 2
    assert drawing.count * drawing.pitch_mm == pytest.approx(around_mm, rel=1e-12)
    assert sum(drawing.pieces_by_material.values()) == len(drawing.pieces)
    assert set(drawing.pieces_by_material) == {piece.material_id for piece in drawing.pieces}
    assert all(0 <= piece.grain_deg < 180 for piece in drawing.pieces)


@pytest.mark.parametrize("family", PARAMETERS)
def test_no_piece_leaves_its_ring(family: str) -> None:
    for piece in draw(family).pieces:
        for x_mm, y_mm in places(piece.outline):
            assert 50 - 0.005 <= math.hypot(x_mm, y_mm) <= 56 + 1e-9


@pytest.mark.parametrize("family", PARAMETERS)
def test_edges_along_the_ring_are_arcs_and_never_chords(family: str) -> None:
    for piece in draw(family).pieces:
        for edge in piece.outline.edges:
            if isinstance(edge, Line):
                assert math.hypot(*edge.start) != pytest.approx(math.hypot(*edge.end))
            elif not isinstance(edge, Arc):
                radii_mm = [math.hypot(*point) for point in edge.points]
                assert max(radii_mm) - min(radii_mm) > 0.01
                if family not in SWINGING:
                    assert radii_mm in (sorted(radii_mm), sorted(radii_mm, reverse=True))


@pytest.mark.parametrize("family", PARAMETERS)
def test_equal_rings_are_drawn_equal(family: str) -> None:
    assert draw(family) == draw(family)


@given(
    st.sampled_from(sorted(OWN)),
    st.floats(1e-6, 1900),
    st.floats(1e-6, 90),
    st.data(),
)
@settings(max_examples=60, deadline=None)
def test_what_can_be_read_can_be_drawn(
    family: str, inner_mm: float, width_mm: float, data: st.DataObject
) -> None:
    extreme = {
        "BARBER_POLE": {"angle_deg": data.draw(st.floats(1e-9, 89.999999))},
        "ROPE": {"lean_mm": data.draw(st.floats(0, 2000)), "outline_mm": 2000},
        "DOTS": {"dot_diameter_mm": 2000},
        "SEGMENTS": {"shape": "straight", "gap_mm": data.draw(st.floats(0, 2000))},
    }
    pattern = {**extreme.get(family, {}), **({"count": 40} if family == "ROPE" else {})}
    drawing = draw(family, pattern, RingRadii(inner_mm, inner_mm + width_mm), width_mm=width_mm)
    assert drawing.pieces
    assert all(math.isfinite(piece.area_mm2) and piece.area_mm2 > 0 for piece in drawing.pieces)


def test_a_ladder_of_120() -> None:
    drawing = draw("LADDER", {"count": 120}, materials=["gaboon_ebony", "hard_maple"])
    assert drawing.count == 120
    assert drawing.pitch_mm == pytest.approx(2.775074, abs=1e-6)
    assert drawing.pieces_by_material == {"gaboon_ebony": 60, "hard_maple": 60}
    assert drawing.smallest_piece_mm == pytest.approx(2.775074, abs=1e-6)
    first = drawing.pieces[0]
    assert first.area_mm2 == pytest.approx(16.650441, abs=1e-6)  # pi (56^2 - 50^2) / 120
    assert first.outline.edges[0] == Arc((0, 0), 56, 0, 3)
    assert first.outline.edges[1].start == pytest.approx((2.930814, -55.923254), abs=1e-6)
    assert first.outline.edges[1].end == pytest.approx((2.616798, -49.931477), abs=1e-6)
    assert first.grain_deg == pytest.approx(1.5)
    assert len(drawing.joints) == 120
    assert drawing.joints[30].end == pytest.approx((56, 0), abs=1e-9)


def test_what_nominal_tiles_would_leave_is_told() -> None:
    # 118 bars of 2.8: 333.008821 - 330.4
    drawing = draw("LADDER", tile_length_mm=2.8, materials=["koa", "pear"])
    assert drawing.count == 118
    assert drawing.closure_mm == pytest.approx(0.022109, abs=1e-6)
    assert drawing.leftover_mm == pytest.approx(2.608821, abs=1e-5)


def test_a_drawing_counts_as_the_checks_do_even_without_materials() -> None:
    assert draw("LADDER", tile_length_mm=2.8).count == 119


def test_without_a_tile_of_its_own_a_ring_closes_on_its_default() -> None:
    drawing = draw("BARBER_POLE")
    assert drawing.count % 2 == 0
    assert (drawing.closure_mm, drawing.leftover_mm) == (0, 0)


def test_more_tiles_than_a_ring_holds_are_refused_before_any_is_built() -> None:
    with pytest.raises(InputRefused, match="tile_length_mm makes 13823 tiles") as caught:
        draw("LADDER", tile_length_mm=0.1, radii=RingRadii(200, 240))
    assert caught.value.path == "tile_length_mm"


def test_more_cells_than_can_be_drawn_are_refused_before_any_is_built() -> None:
    with pytest.raises(InputRefused, match="400000 pieces, but at most 200000"):
        draw("MOSAIC", {"count": 10, "rows": 200, "cols": 200})


def test_parameters_of_another_family_do_not_stop_the_drawing() -> None:
    stray = ring("ROPE").model_copy(update={"pattern": LinesParameters()})
    assert draw_ring(stray, RADII) == draw("ROPE")


def test_an_empty_list_of_materials_is_as_good_as_none() -> None:
    assert draw("ROPE", materials=[]) == draw("ROPE")


def test_the_ring_of_the_brief_has_its_circumference() -> None:
    assert pytest.approx(333.008821, abs=1e-6) == AROUND_MM


def test_area_by_green_and_area_of_the_piece_agree_for_a_ladder() -> None:
    for piece in draw("LADDER", {"count": 7}).pieces:
        assert outline_area_mm2(piece.outline) == pytest.approx(piece.area_mm2, rel=1e-12)
