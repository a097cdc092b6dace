"""What each family is cut from, worked out by hand."""

from __future__ import annotations

import itertools
import math
from typing import Any

import pytest

from luthier_desktop.domain.bill.bill import Bill, Making, bill_of_materials
from luthier_desktop.domain.bill.logs import slices_of_log
from luthier_desktop.domain.bill.stock import ASSUMPTIONS, with_spares
from luthier_desktop.domain.rosette import RosetteParamSpec

PI = math.pi
AREA_MM2 = PI * (56**2 - 50**2)


def billed(family: str, pattern: dict[str, Any] | None = None, **members: Any) -> Bill:
    """Bill one ring from r 50 to 56, channel 1.2, face 0.2: parts of 1.6, 1.0 of it left."""
    ring = {
        "ring_index": 0, "width_mm": 6.0, "pattern_type": family,
        "materials": ["koa", "holly"], "pattern": pattern or {}, **members,
    }
    ring = {name: value for name, value in ring.items() if value is not None}
    plain = {"inner_diameter_mm": 100.0, "outer_diameter_mm": 112.0, "ring_params": [ring]}
    return bill_of_materials(RosetteParamSpec.read(plain, "design"), Making(1.2, 0.2))


def test_a_bent_ring_takes_as_many_laminations_as_fill_its_width() -> None:
    (row,) = billed("SOLID", strip_thickness_mm=1.6).rows
    assert (row.kind, row.material_id, row.quantity) == ("strip", "koa", 4)  # 6 / 1.6 = 3.75
    length_mm = 2 * PI * 56 * 1.1
    assert row.length_mm == pytest.approx(length_mm)
    sawn_mm3 = 4 * 1.6 * length_mm * 0.5  # thicker than 1 mm: sawn, 0.5 mm a cut
    assert row.kerf_mm3 == pytest.approx(sawn_mm3)
    assert row.stock_mm3 == pytest.approx(4 * 1.6 * 1.6 * length_mm + sawn_mm3)
    assert row.finished_mm3 == pytest.approx(AREA_MM2)


def test_a_ring_in_one_plate_takes_a_square_with_a_margin() -> None:
    (row,) = billed("SOLID").rows
    assert (row.kind, row.quantity) == ("plate", 1)
    assert row.width_mm == row.length_mm == 122  # 112 and 5 on either side
    assert row.stock_mm3 == pytest.approx(122 * 122 * 1.6)


def test_quarters_take_the_rectangle_round_a_quarter() -> None:
    koa, holly = billed("SOLID", {"pieces": 4}).rows
    assert (koa.kind, koa.needed, koa.quantity, holly.quantity) == ("wedge", 2, 3, 3)
    half = math.sqrt(0.5)
    assert koa.width_mm == pytest.approx(112 * half)
    assert koa.length_mm == pytest.approx(56 - 50 * half)
    assert koa.finished_mm3 == pytest.approx(AREA_MM2 / 2)


def test_the_sawn_side_of_a_thin_line_is_at_least_the_thinnest_veneer() -> None:
    lines = [{"material_id": "koa", "thickness_mm": 0.2},
             {"material_id": "holly", "thickness_mm": 5.8}]
    koa, holly = billed("LINES", {"lines": lines}).rows
    assert (koa.width_mm, holly.width_mm) == (0.25, 5.8)
    assert koa.kerf_mm3 == 0
    assert holly.kerf_mm3 > 0


def test_lines_that_do_not_fill_the_ring_are_billed_as_they_must_be_cut() -> None:
    lines = [{"material_id": "koa", "thickness_mm": 1.0},
             {"material_id": "holly", "thickness_mm": 2.0}]
    koa, holly = billed("LINES", {"lines": lines}).rows
    assert (koa.width_mm, holly.width_mm) == (2.0, 4.0)


def test_bars_of_a_ladder_are_as_wide_as_their_outer_end() -> None:
    koa, _ = billed("LADDER", {"count": 120}).rows
    assert (koa.kind, koa.needed, koa.quantity) == ("bar strip", 60, 66)
    assert koa.width_mm == pytest.approx(112 * math.sin(math.radians(1.5)))
    assert koa.length_mm == pytest.approx(56 - 50 * math.cos(math.radians(1.5)))
    assert koa.kerf_mm3 == pytest.approx(66 * koa.width_mm * 1.6 * 0.5)


def test_slanted_bars_take_the_rectangle_round_a_parallelogram() -> None:
    pitch_mm, sin = 2 * PI * 56 / 100, math.sqrt(0.5)
    (pole, _) = billed("BARBER_POLE", {"count": 100, "angle_deg": 45.0}).rows
    assert (pole.needed, pole.quantity) == (50, 55)
    assert pole.width_mm == pytest.approx(pitch_mm * sin)
    assert pole.length_mm == pytest.approx(6 / sin + pitch_mm * sin)
    assert pole.kerf_mm3 == pytest.approx(55 * pole.width_mm * pole.length_mm * 0.5)
    (bone, _) = billed("HERRINGBONE", {"count": 100}).rows
    assert (bone.needed, bone.quantity) == (100, 110)
    assert bone.length_mm == pytest.approx(3 / sin + pitch_mm * sin)


def test_a_rope_takes_bars_wide_enough_for_the_s_and_veneer_for_its_lines() -> None:
    koa, holly, ink = billed("ROPE", {"count": 60, "lean_mm": 6.0, "outline_mm": 0.4}).rows
    assert (koa.needed, holly.needed, ink.needed, ink.quantity) == (30, 30, 60, 66)
    pitch_mm, sin = 2 * PI * 56 / 60, math.sqrt(0.5)
    # The S leaves its chord by up to 6 x 0.0962 along the ring, on either side.
    assert koa.width_mm == pytest.approx((pitch_mm + 2 * 6 * 0.0962250) * sin, rel=1e-6)
    assert koa.length_mm == pytest.approx(6 / sin + pitch_mm * sin)
    assert (ink.material_id, ink.width_mm) == ("gaboon_ebony", 0.4)
    xs = [6 * (3 * (k / 5000) ** 2 - 2 * (k / 5000) ** 3) for k in range(5001)]
    s_mm = sum(math.hypot(6 / 5000, b - a) for a, b in itertools.pairwise(xs))
    assert ink.length_mm == pytest.approx(s_mm, rel=1e-6)
    assert sum(row.finished_mm3 for row in (koa, holly, ink)) == pytest.approx(AREA_MM2)


def test_a_checker_is_sliced_from_one_stick_for_each_kind_of_column() -> None:
    found = billed("CHECKER", {"count": 100, "rows": 3, "waste": 0.2, "kerf_mm": 0.6})
    (plan,) = found.logs
    assert plan.columns == (("koa", "holly", "koa"), ("holly", "koa", "holly"))
    assert (plan.tiles, plan.slices_needed, plan.logs, plan.sticks) == (50, 60, 1, 2)
    assert plan.slice_mm == 1.6
    assert plan.log_length_mm == pytest.approx(60 * 1.6 + 59 * 0.6)
    assert plan.column_outer_mm == pytest.approx(2 * PI * 56 / 100)
    koa, holly = found.rows
    assert koa.quantity == holly.quantity == 3
    assert koa.thickness_mm == pytest.approx(2)
    assert koa.waste_mm3 == pytest.approx(3 * 2 * plan.column_outer_mm * 10 * 1.6)


def test_a_mosaic_with_more_logs_than_it_needs_wastes_what_is_left_of_them() -> None:
    pattern = {"count": 40, "rows": 4, "cols": 4, "log_length_mm": 100.0, "kerf_mm": 0.4}
    (one,) = billed("MOSAIC", pattern).logs
    assert (one.slices_needed, one.slices_per_log, one.logs) == (44, 50, 1)
    (three,) = billed("MOSAIC", pattern | {"logs": 3}).logs
    assert three.logs == 3
    short = billed("MOSAIC", pattern | {"log_length_mm": 30.0, "logs": 1})
    assert short.logs[0].logs == 3  # 15 slices a log


def test_straight_and_pre_curved_segments_take_their_own_blanks() -> None:
    (straight, _) = billed("SEGMENTS", {"count": 40, "shape": "straight"}).rows
    half = math.radians(4.5)
    assert straight.width_mm == pytest.approx(56 * math.cos(half) - 50)
    assert straight.length_mm == pytest.approx(112 * math.sin(half))
    (curved, _) = billed("SEGMENTS", {"count": 40, "shape": "pre_curved"}).rows
    assert (curved.width_mm, curved.length_mm) == pytest.approx((6, 2 * PI * 56 / 40))


def test_dots_come_from_a_rod_and_their_field_from_a_strip() -> None:
    field, dot = billed("DOTS", {"count": 30, "dot_diameter_mm": 3.0}).rows
    assert (field.kind, field.material_id, field.quantity) == ("strip", "koa", 1)
    assert field.finished_mm3 == pytest.approx(AREA_MM2 - 30 * PI * 2.25)
    assert (dot.kind, dot.material_id, dot.quantity) == ("dot rod", "holly", 33)
    assert dot.stock_mm3 == pytest.approx(33 * PI * 2.25 * (1.6 + 0.5))


def test_wheat_ears_take_bars_for_kernels_and_veneer_behind_them() -> None:
    own = {"count": 200, "backing_mm": 0.4, "backing_material_id": "pear"}
    veneer, koa, holly = billed("WHEAT_EAR", own).rows
    assert (veneer.kind, veneer.material_id, veneer.quantity) == ("strip", "pear", 2)
    assert veneer.finished_mm3 == pytest.approx(AREA_MM2 - PI * (55.6**2 - 50.4**2))
    assert (koa.kind, koa.needed, koa.quantity, holly.needed) == ("bar strip", 200, 220, 200)
    pitch_mm, sin = 2 * PI * 55.6 / 200, math.sqrt(0.5)
    assert koa.width_mm == pytest.approx(pitch_mm * sin)
    assert koa.length_mm == pytest.approx(2.6 / sin + pitch_mm * sin)


def test_a_wave_takes_a_band_as_long_as_its_swing() -> None:
    field, band = billed("WAVE", {"count": 20, "band_mm": 1.0, "amplitude_mm": 1.5}).rows
    assert (field.material_id, band.material_id, band.width_mm) == ("koa", "holly", 1.0)
    # The mean of sqrt(53^2 + (30 cos t)^2) is 53 (1 + 30^2/53^2/4 - ...): 57.03 by Simpson.
    values = [math.hypot(53, 30 * math.cos(PI * k / 500)) for k in range(1000)]
    assert band.length_mm == pytest.approx(2 * PI * sum(values) / 1000 * 1.1, rel=1e-3)
    assert band.finished_mm3 == pytest.approx(2 * PI * 53)
    assert field.finished_mm3 == pytest.approx(AREA_MM2 - 2 * PI * 53)


def test_a_plait_takes_a_blank_for_each_crossing() -> None:
    own = {"strands": 3, "count": 30, "strand_mm": 1.0}
    field, strand = billed("PLAIT", own).rows
    assert (strand.kind, strand.needed, strand.quantity) == ("strand blank", 60, 66)
    assert strand.width_mm > 1.0
    assert 11.1 < strand.length_mm < 22.2  # one bight of 2 pi 53 / 30 and less than two
    assert field.finished_mm3 + strand.finished_mm3 == pytest.approx(AREA_MM2)


def test_a_meander_is_a_log_of_its_columns() -> None:
    (plan,) = billed("MEANDER", {"rows": 5, "cols": 6, "count": 46}).logs
    assert plan.tiles == 46
    assert plan.slices_needed == 51
    # From the inner edge outwards; the first column is all line, the last one line at its foot.
    assert plan.columns[0] == ("koa",) * 5
    assert plan.columns[5] == ("koa", "holly", "holly", "holly", "holly")


def test_an_own_tile_is_sawn_field_by_field() -> None:
    grid = [["koa", "koa", "koa"], ["koa", "pear", "koa"], ["koa", "koa", "koa"]]
    koa, pear = billed("CUSTOM", {"grid": grid, "count": 12}).rows
    assert (koa.kind, koa.needed, pear.needed, pear.quantity) == ("sawn field", 12, 12, 14)
    # The core's grain runs along the ring: 10 degrees long at r 54, between 52 cos 5 and 54.
    half = math.radians(5)
    assert pear.length_mm == pytest.approx(108 * math.sin(half), rel=1e-4)
    assert pear.width_mm == pytest.approx(54 - 52 * math.cos(half), rel=1e-3)


def test_placed_shapes_take_the_rectangle_round_them() -> None:
    own = {"count": 20, "shapes": [{"kind": "lozenge", "size_mm": 4.0, "turn_deg": 90.0}]}
    field, lozenge = billed("INLAY", own).rows
    assert (lozenge.kind, lozenge.material_id) == ("shape blank", "holly")
    assert (lozenge.needed, lozenge.quantity) == (20, 22)
    assert (lozenge.width_mm, lozenge.length_mm) == pytest.approx((2.0, 4.0))
    assert field.finished_mm3 == pytest.approx(AREA_MM2 - 20 * 4)


def test_what_a_bill_lacks_of_the_new_families_is_named() -> None:
    for family, lacking in (
        ("WAVE", ("band_mm", "count")), ("PLAIT", ("strand_mm", "count")),
        ("INLAY", ("shapes", "count")), ("MEANDER", ("rows", "cols")), ("CUSTOM", ("grid",)),
    ):
        found = billed(family, tile_length_mm=7.0 if family in ("MEANDER", "CUSTOM") else None)
        assert found.rows == ()
        assert found.lacking == tuple(f"ring_params[0].pattern.{name}" for name in lacking)


def test_the_thickness_of_the_inlay_goes_before_depth_and_proud() -> None:
    (row,) = billed("SOLID", inlay_thickness_mm=2.5).rows
    assert row.thickness_mm == 2.5
    assert row.finished_mm3 == pytest.approx(AREA_MM2)


def test_logs_yield_as_the_reference_says() -> None:
    assert slices_of_log(76.2, 1.5, 0.5) == 38
    assert slices_of_log(76.2, 1.5, 0.36) == 41
    assert slices_of_log(2.1, 2.1, 0.3) == 1
    assert slices_of_log(2.0, 2.1, 0.3) == 0


def test_spares_are_rounded_up_but_not_by_the_noise_of_a_product() -> None:
    assert [with_spares(count, 0.1) for count in (1, 10, 70, 61)] == [2, 11, 77, 68]


def test_every_assumption_has_a_meaning_and_a_source() -> None:
    assert len({one.name for one in ASSUMPTIONS}) == len(ASSUMPTIONS)
    assert all(one.meaning for one in ASSUMPTIONS)
    assert all(one.source.startswith(("domain reference", "estimate")) for one in ASSUMPTIONS)
