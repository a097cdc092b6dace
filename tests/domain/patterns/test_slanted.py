"""Barber pole, rope and herringbone: where their boundaries run."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.geometry import Arc, Curve, Edge, Piece, Point, RingRadii
from tests.domain.measuring import places
from tests.domain.patterns.rings import RADII, draw

PURFLING = RingRadii(50, 54.8)


def angle_deg(point: Point) -> float:
    """Clockwise from 12 o'clock."""
    return math.degrees(math.atan2(point[0], -point[1]))


def left_side(piece: Piece) -> tuple[Point, ...]:
    side = piece.outline.edges[3]
    assert isinstance(side, Curve)
    return side.points


def worst_chord_mm(points: tuple[Point, ...], angle_at: object, radii: RingRadii) -> float:
    """How far the middles of the chords lie from the true curve, along the ring."""
    worst = 0.0
    for one, other in pairwise(points):
        x, y = (one[0] + other[0]) / 2, (one[1] + other[1]) / 2
        radius_mm = math.hypot(x, y)
        true = angle_at((radius_mm - radii.inner_mm) / radii.width_mm)
        away = (math.atan2(x, -y) - true + math.pi) % (2 * math.pi) - math.pi
        worst = max(worst, abs(away) * radius_mm)
    return worst


def test_a_barber_pole_leans_by_its_width_over_the_mean_radius_and_the_angles_tangent() -> None:
    # 6 / (53 tan 30) rad = 11.2347 degrees
    side = left_side(draw("BARBER_POLE", {"angle_deg": 30, "count": 60}).pieces[0])
    assert side[0] == pytest.approx((0, -50))
    assert angle_deg(side[-1]) == pytest.approx(11.2347, abs=1e-4)
    assert math.hypot(*side[-1]) == pytest.approx(56)


def test_a_barber_poles_angle_grows_evenly_with_the_radius() -> None:
    lean = 6 / (53 * math.tan(math.radians(45)))
    for point in left_side(draw("BARBER_POLE", {"count": 60}).pieces[0]):
        share = (math.hypot(*point) - 50) / 6
        assert math.radians(angle_deg(point)) == pytest.approx(share * lean, abs=1e-12)


def test_a_barber_poles_thinnest_place_is_its_pitch_times_the_sine() -> None:
    drawing = draw("BARBER_POLE", {"count": 100, "angle_deg": 30})
    assert drawing.smallest_piece_mm == pytest.approx(3.330088 / 2, abs=1e-6)


def test_the_grain_of_a_slanted_bar_runs_along_it() -> None:
    # the middle bar crosses the mean circle at the boundary's half lean and half a step
    first = draw("BARBER_POLE", {"count": 60, "angle_deg": 30}).pieces[0]
    assert first.grain_deg == pytest.approx(11.2347 / 2 + 3 + 60, abs=1e-4)


@given(st.floats(2, 89), st.floats(12, 120), st.floats(0.5, 20))
@settings(max_examples=60, deadline=None)
def test_a_drawn_spiral_stays_within_5_micrometres(
    slant_deg: float, inner_mm: float, width_mm: float
) -> None:
    radii = RingRadii(inner_mm, inner_mm + width_mm)
    lean = width_mm / (radii.mean_mm * math.tan(math.radians(slant_deg)))
    drawing = draw("BARBER_POLE", {"angle_deg": slant_deg, "count": 2}, radii, width_mm=width_mm)
    side = left_side(drawing.pieces[0])
    # measured along the ring it is longer than square to the curve by the slant
    square = math.sin(math.atan2(width_mm, lean * radii.outer_mm))
    assert worst_chord_mm(side, lambda share: share * lean, radii) * square <= 0.0051


def test_a_ropes_boundary_is_a_smooth_s() -> None:
    side = left_side(draw("ROPE", {"count": 60, "lean_mm": 8}).pieces[0])
    for point in side:
        share = (math.hypot(*point) - 50) / 6
        along_mm = 8 * (3 * share**2 - 2 * share**3)
        assert math.radians(angle_deg(point)) == pytest.approx(along_mm / 53, abs=1e-12)
    assert angle_deg(side[-1]) == pytest.approx(8.6484, abs=1e-4)  # 8 / 53 rad


@given(st.floats(0, 30), st.floats(20, 120), st.floats(1, 15), st.floats(0, 0.6))
@settings(max_examples=60, deadline=None)
def test_a_drawn_rope_stays_within_5_micrometres(
    lean_mm: float, inner_mm: float, width_mm: float, outline_mm: float
) -> None:
    radii = RingRadii(inner_mm, inner_mm + width_mm)
    pattern = {"lean_mm": lean_mm, "count": 4, "outline_mm": outline_mm}
    points = left_side(draw("ROPE", pattern, radii, width_mm=width_mm).pieces[0])
    slope = lean_mm / width_mm

    def angle_at(share: float) -> float:
        half_mm = outline_mm / 2 * math.hypot(1, 6 * slope * share * (1 - share))
        return (lean_mm * (3 * share**2 - 2 * share**3) + half_mm) / radii.mean_mm

    assert worst_chord_mm(points, angle_at, radii) <= 0.0055 * max(1.0, 1.5 * slope)


def test_a_ropes_thinnest_strand_is_told() -> None:
    # 330.0088.../100 = 3.330088; / sqrt(1 + 1.5^2) = 1.847202; less the outline of 0.4
    drawing = draw("ROPE", {"count": 100, "outline_mm": 0.4})
    assert draw("ROPE", {"count": 100}).smallest_piece_mm == pytest.approx(1.847201, abs=1e-6)
    assert drawing.smallest_piece_mm == pytest.approx(0.4)


def test_an_outline_lies_between_the_strands_in_a_material_of_its_own() -> None:
    named = {"count": 40, "outline_mm": 0.4, "outline_material_id": "bone"}
    drawing = draw("ROPE", named, materials=["koa", "pear"])
    assert drawing.pieces_by_material == {"koa": 20, "pear": 20, "bone": 40}
    assert "gaboon_ebony" in draw("ROPE", {"count": 40, "outline_mm": 0.4}).pieces_by_material


def test_an_outline_takes_half_a_line_from_the_strands_on_both_sides() -> None:
    drawing = draw("ROPE", {"count": 40, "outline_mm": 0.4, "lean_mm": 0.0})
    # without lean the boundary is radial: 0.2 mm at the mean circle on either side
    assert angle_deg(left_side(drawing.pieces[0])[0]) == pytest.approx(
        math.degrees(0.2 / 53), abs=1e-9
    )
    line = drawing.pieces[-1]
    assert line.area_mm2 == pytest.approx(0.4 * 6, rel=1e-9)


def test_the_rows_of_a_herringbone_are_offset_by_half_the_width_over_the_tangent() -> None:
    # (4.8 / 2) tan(90 - 45) / 52.4 rad = 2.624234 degrees
    drawing = draw("HERRINGBONE", {"count": 120}, PURFLING, width_mm=4.8)
    inner, outer = left_side(drawing.pieces[0]), left_side(drawing.pieces[120])
    assert angle_deg(inner[0]) == pytest.approx(0, abs=1e-9)
    assert angle_deg(inner[-1]) == pytest.approx(2.624234, abs=1e-6)
    assert math.hypot(*inner[-1]) == pytest.approx(52.4)
    assert outer[0] == pytest.approx(inner[-1], abs=1e-9)
    assert angle_deg(outer[-1]) == pytest.approx(0, abs=1e-9)


def test_a_flatter_herringbone_is_offset_more() -> None:
    # 2.4 tan(60) / 52.4 rad
    drawing = draw("HERRINGBONE", {"count": 120, "angle_deg": 30}, PURFLING, width_mm=4.8)
    assert angle_deg(left_side(drawing.pieces[0])[-1]) == pytest.approx(4.545307, abs=1e-6)


def test_bars_of_both_rows_that_meet_are_of_one_material() -> None:
    drawing = draw("HERRINGBONE", {"count": 120}, materials=["koa", "pear"])
    inner, outer = drawing.pieces[:120], drawing.pieces[120:]
    assert [one.material_id for one in inner] == [one.material_id for one in outer]
    assert drawing.pieces_by_material == {"koa": 120, "pear": 120}


def test_the_rows_of_a_herringbone_slant_against_each_other() -> None:
    drawing = draw("HERRINGBONE", {"count": 120, "angle_deg": 30}, PURFLING, width_mm=4.8)
    middle_deg = 4.54529 / 2 + 1.5
    assert drawing.pieces[0].grain_deg == pytest.approx(middle_deg + 60, abs=1e-4)
    assert drawing.pieces[120].grain_deg == pytest.approx(middle_deg + 120, abs=1e-4)


def crossings(edges: tuple[Edge, ...], sign: float) -> float:
    """The furthest that any edge reaches over the axis to the side of *sign*, mm."""
    return max(sign * x for edge in edges if not isinstance(edge, Arc) for x, _ in _points(edge))


def _points(edge: Edge) -> tuple[Point, ...]:
    assert not isinstance(edge, Arc)
    return edge.points if isinstance(edge, Curve) else (edge.start, edge.end)


@pytest.mark.parametrize("count", [40, 41, 3])
def test_mirrored_halves_are_mirror_images_and_never_cross_the_axis(count: int) -> None:
    drawing = draw("HERRINGBONE", {"count": count, "mirrored": True})
    half = len(drawing.pieces) // 2
    for one, other in zip(drawing.pieces[:half], drawing.pieces[half:], strict=True):
        assert crossings(one.outline.edges, -1) <= 1e-9
        assert crossings(other.outline.edges, 1) <= 1e-9
        for (x, y), image in zip(places(one.outline), places(other.outline), strict=True):
            assert image == pytest.approx((-x, y), abs=1e-9)
        assert one.material_id == other.material_id
        assert (one.grain_deg + other.grain_deg) % 180 == pytest.approx(0, abs=1e-9)


def test_the_points_of_mirrored_halves_meet_on_the_axis() -> None:
    drawing = draw("HERRINGBONE", {"count": 40, "mirrored": True})
    tops = [
        point
        for piece in drawing.pieces
        for edge in piece.outline.edges
        if isinstance(edge, Curve)
        for point in (edge.points[0], edge.points[-1])
        if math.dist(point, (0, -53)) < 1e-9
    ]
    assert len(tops) >= 4


def test_a_ring_of_slanted_bars_is_joined_along_their_sides() -> None:
    assert len(draw("BARBER_POLE", {"count": 30}).joints) == 30
    assert len(draw("HERRINGBONE", {"count": 30}).joints) == 60
    assert draw("ROPE", {"count": 30}, RADII).joints[0] == Curve(
        left_side(draw("ROPE", {"count": 30}, RADII).pieces[0])
    )
