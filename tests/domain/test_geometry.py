from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luthier_desktop.domain.geometry import (
    ORIGIN,
    Arc,
    Line,
    Outline,
    Point,
    RingRadii,
    annulus,
    circle,
    grain_angle_deg,
    hidden_arc_deg,
    mirrored,
    polar,
    sector,
    stacked_radii,
    turned,
)
from tests.domain.measuring import ends, largest_break_mm, outline_area_mm2, piece_area_mm2


def test_angles_run_clockwise_from_twelve_o_clock() -> None:
    assert polar(10, 0) == pytest.approx((0, -10))
    assert polar(10, 90) == pytest.approx((10, 0))
    assert polar(10, 180) == pytest.approx((0, 10))
    assert polar(10, 270) == pytest.approx((-10, 0))


def test_a_62_mm_board_hides_twice_37_degrees_at_radius_51_5() -> None:
    assert hidden_arc_deg(51.5, 62, 0) == pytest.approx(2 * 37.0, abs=0.02)


def test_a_board_that_ends_before_the_circle_hides_nothing() -> None:
    assert hidden_arc_deg(50, 62, 50) == 0
    assert hidden_arc_deg(50, 62, 60) == 0


def test_a_board_that_ends_close_to_the_circle_hides_what_its_end_cuts_off() -> None:
    # a chord 49 mm from the centre of a circle of 50: half angle acos(0.98) = 11.478 degrees
    assert hidden_arc_deg(50, 62, 49) == pytest.approx(2 * 11.4783, abs=1e-4)


def test_a_board_wider_than_the_circle_hides_its_upper_half_at_most() -> None:
    assert hidden_arc_deg(20, 62, 0) == pytest.approx(180)


def test_rings_are_stacked_after_the_gap_before_each() -> None:
    assert stacked_radii(45, [(1, 2), (0, 3)]) == (RingRadii(46, 48), RingRadii(48, 51))


def test_a_whole_ring_is_one_arc_with_one_round_hole() -> None:
    ring = annulus(RingRadii(50, 56), "koa", bent=True)
    assert ring.outline.edges == (Arc(ORIGIN, 56, 0.0, 360.0),)
    assert ring.holes == (Outline((Arc(ORIGIN, 50, 0.0, 360.0),)),)
    assert ring.area_mm2 == pytest.approx(math.pi * (56**2 - 50**2), rel=1e-12)
    assert piece_area_mm2(ring) == pytest.approx(ring.area_mm2, rel=1e-12)


def test_a_sector_is_bounded_by_two_arcs_and_two_radii() -> None:
    outline = sector(RingRadii(50, 56), 0, 3)
    kinds = [type(edge) for edge in outline.edges]
    assert kinds == [Arc, Line, Arc, Line]
    # 56 sin 3 deg, -56 cos 3 deg
    assert ends(outline.edges[0])[1] == pytest.approx((2.930813550, -55.923253949))
    assert outline_area_mm2(outline) == pytest.approx(math.pi * 636 / 120, rel=1e-12)


def test_twelve_cells_at_radius_50_would_miss_by_1_7_mm_if_their_edges_were_chords() -> None:
    arc = sector(RingRadii(44, 50), 0, 30).edges[0]
    assert isinstance(arc, Arc)
    (x0, y0), (x1, y1) = ends(arc)
    chord_middle_mm = math.hypot((x0 + x1) / 2, (y0 + y1) / 2)
    assert arc.radius_mm - chord_middle_mm == pytest.approx(1.70, abs=0.005)


def test_points_turn_clockwise() -> None:
    assert turned([Point(0, -10)], math.pi / 2)[0] == pytest.approx((10, 0))


def test_the_mirror_image_lies_across_the_axis() -> None:
    image = mirrored(sector(RingRadii(50, 56), 10, 20))
    assert ends(image.edges[0])[0] == pytest.approx(polar(56, -10))
    assert ends(image.edges[0])[1] == pytest.approx(polar(56, -30))
    assert mirrored(circle(Point(3, 4), 2)) == Outline((Arc(Point(-3, 4), 2, -0.0, -360.0),))


@given(
    st.floats(1, 500), st.floats(0.01, 50), st.floats(-360, 360), st.floats(0.01, 360)
)
def test_every_sector_closes_and_has_its_share_of_the_ring(
    inner_mm: float, width_mm: float, start_deg: float, sweep_deg: float
) -> None:
    radii = RingRadii(inner_mm, inner_mm + width_mm)
    outline = sector(radii, start_deg, sweep_deg)
    assert largest_break_mm(outline) < 1e-9
    assert outline_area_mm2(outline) == pytest.approx(
        radii.area_mm2 * sweep_deg / 360, rel=1e-6
    )


def test_a_direction_of_grain_is_below_a_half_turn_however_small_its_sign() -> None:
    turns_deg = (-1e-35, -0.0, 0.0, 180.0, 190.0, -10.0)
    assert [grain_angle_deg(one) for one in turns_deg] == [0, 0, 0, 0, 10, 170]
