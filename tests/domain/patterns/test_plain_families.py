"""Solid, lines, segments and dots."""

from __future__ import annotations

import math

import pytest

from luthier_desktop.domain.geometry import Arc, Line, RingRadii
from tests.domain.measuring import places
from tests.domain.patterns.rings import AROUND_MM, draw

RING_MM2 = math.pi * (56**2 - 50**2)


def lines(*thickness_mm: float) -> dict[str, object]:
    return {
        "lines": [
            {"material_id": f"line_{number}", "thickness_mm": each}
            for number, each in enumerate(thickness_mm)
        ]
    }


def test_a_solid_ring_is_a_plate_with_the_tops_grain_unless_it_is_bent() -> None:
    plate = draw("SOLID")
    assert (plate.count, plate.pieces[0].bent, plate.pieces[0].grain_deg) == (1, False, 0)
    assert draw("SOLID", bending="hot").pieces[0].bent
    assert draw("SOLID", strip_thickness_mm=2.3).pieces[0].bent
    assert not draw("SOLID", bending="none").pieces[0].bent


def test_wedges_are_equal_sectors_with_radial_grain() -> None:
    drawing = draw("SOLID", {"pieces": 4}, materials=["koa"])
    assert [piece.grain_deg for piece in drawing.pieces] == pytest.approx([45, 135, 45, 135])
    assert [piece.area_mm2 for piece in drawing.pieces] == pytest.approx([RING_MM2 / 4] * 4)
    assert drawing.joints[1] == Line(*drawing.joints[1])
    assert drawing.joints[1].end == pytest.approx((56, 0), abs=1e-9)
    assert drawing.pitch_mm == pytest.approx(AROUND_MM / 4)


def test_lines_lie_one_on_another_from_the_inside() -> None:
    drawing = draw("LINES", lines(0.5, 5.0, 0.5))
    inner_mm = [piece.holes[0].edges[0].radius_mm for piece in drawing.pieces]
    outer_mm = [piece.outline.edges[0].radius_mm for piece in drawing.pieces]
    assert inner_mm == pytest.approx([50, 50.5, 55.5])
    assert outer_mm == pytest.approx([50.5, 55.5, 56])
    assert [piece.material_id for piece in drawing.pieces] == ["line_0", "line_1", "line_2"]
    assert all(piece.bent for piece in drawing.pieces)
    assert drawing.smallest_piece_mm == pytest.approx(0.5)
    assert drawing.leftover_mm == pytest.approx(0)


def test_lines_that_do_not_fill_the_ring_are_drawn_in_proportion_and_the_rest_is_told() -> None:
    drawing = draw("LINES", lines(1.0, 2.0))
    assert drawing.pieces[0].outline.edges[0].radius_mm == pytest.approx(52)
    assert drawing.leftover_mm == pytest.approx(3)


def test_without_lines_the_materials_share_the_width() -> None:
    drawing = draw("LINES", materials=["koa", "pear", "koa"])
    assert drawing.pieces_by_material == {"koa": 2, "pear": 1}
    assert drawing.smallest_piece_mm == pytest.approx(2)


def test_curved_segments_touch_at_radial_joints() -> None:
    drawing = draw("SEGMENTS", tile_length_mm=25)
    assert drawing.count == 13
    assert len(drawing.joints) == 13
    assert drawing.pieces[0].bent
    assert drawing.pieces[0].grain_deg == pytest.approx(90 + 180 / 13)


def test_a_gap_is_left_open_half_on_either_side_of_a_joint() -> None:
    drawing = draw("SEGMENTS", {"gap_mm": 2}, tile_length_mm=25)
    assert drawing.count == 12
    arc = drawing.pieces[0].outline.edges[0]
    assert arc.start_deg == pytest.approx(math.degrees(1 / 53))
    assert arc.sweep_deg == pytest.approx(30 - math.degrees(2 / 53))
    filled = sum(piece.area_mm2 for piece in drawing.pieces) / RING_MM2
    assert filled == pytest.approx(1 - 24 / AROUND_MM)
    assert drawing.joints == ()
    assert drawing.smallest_piece_mm == pytest.approx(6)


def test_a_straight_block_has_four_straight_edges_inside_the_ring() -> None:
    drawing = draw("SEGMENTS", {"shape": "straight", "count": 30})
    for piece in drawing.pieces:
        assert [type(edge) for edge in piece.outline.edges] == [Line] * 4
        radii_mm = [math.hypot(*place) for place in places(piece.outline)]
        assert max(radii_mm) == pytest.approx(56)
    top, _, inner, _ = drawing.pieces[0].outline.edges
    # the inner edge touches the inner circle: its middle is 50 mm from the centre
    middle = ((inner.start[0] + inner.end[0]) / 2, (inner.start[1] + inner.end[1]) / 2)
    assert math.hypot(*middle) == pytest.approx(50)
    assert math.dist(*top) == pytest.approx(2 * 56 * math.sin(math.radians(6)))


def test_the_area_of_a_straight_block() -> None:
    # trapezium: height 56 cos 6 - 50 = 5.693226; sides 2 x 56 sin 6 and 2 x 50 tan 6
    block = draw("SEGMENTS", {"shape": "straight", "count": 30}).pieces[0]
    half = math.radians(6)
    mean_mm = 56 * math.sin(half) + 50 * math.tan(half)
    assert block.area_mm2 == pytest.approx((56 * math.cos(half) - 50) * mean_mm, rel=1e-9)


def test_straight_blocks_that_are_too_long_are_drawn_shorter() -> None:
    drawing = draw("SEGMENTS", {"shape": "straight", "count": 3})
    for piece in drawing.pieces:
        for edge in piece.outline.edges:
            assert isinstance(edge, Line)
            middle = ((edge.start[0] + edge.end[0]) / 2, (edge.start[1] + edge.end[1]) / 2)
            assert math.hypot(*middle) >= 50 - 1e-9


def test_dots_lie_on_the_mean_circle_in_holes_of_their_field() -> None:
    drawing = draw("DOTS", {"count": 20, "dot_diameter_mm": 3}, materials=["koa", "bone"])
    field, *dots = drawing.pieces
    assert len(field.holes) == 21
    assert field.holes[1:] == tuple(dot.outline for dot in dots)
    first = dots[0].outline.edges[0]
    assert first == Arc(first.center, 1.5, 0.0, 360.0)
    assert first.center == pytest.approx((0, -53))
    assert field.area_mm2 == pytest.approx(RING_MM2 - 20 * math.pi * 2.25)
    assert drawing.pieces_by_material == {"koa": 1, "bone": 20}
    assert drawing.smallest_piece_mm == 3


def test_dots_take_turns_through_the_materials_after_the_fields() -> None:
    drawing = draw("DOTS", {"count": 6}, materials=["koa", "bone", "abalone"])
    assert drawing.pieces_by_material == {"koa": 1, "bone": 3, "abalone": 3}
    assert draw("DOTS", {"count": 6}, materials=["koa"]).pieces_by_material == {
        "koa": 1, "mother_of_pearl": 6
    }


def test_default_dots_stand_one_diameter_apart() -> None:
    # half of 6 mm, every 6 mm: 333.0088 / 6 = 55.5
    drawing = draw("DOTS")
    assert drawing.count in {55, 56}
    assert drawing.smallest_piece_mm == 3


def test_dots_never_leave_the_ring_or_run_into_each_other() -> None:
    assert draw("DOTS", {"dot_diameter_mm": 9, "count": 4}).smallest_piece_mm == pytest.approx(
        0.98 * 6
    )
    apart_mm = 2 * 53 * math.sin(math.pi / 100)
    crowded = draw("DOTS", {"dot_diameter_mm": 5, "count": 100})
    assert crowded.smallest_piece_mm == pytest.approx(0.98 * apart_mm)


def test_a_ring_around_a_tiny_hole_is_drawn_too() -> None:
    assert draw("SEGMENTS", {"shape": "straight", "count": 6}, RingRadii(0.001, 6)).pieces
