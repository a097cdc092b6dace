"""Lane T at, just inside and just outside each limit; expected values are worked by hand."""

from __future__ import annotations

import math

import pytest

from tests.domain.feasibility.standing import assert_stands
from tests.domain.feasibility.workbench import (
    GREEN,
    NA,
    NOTE,
    RED,
    UNKNOWN,
    YELLOW,
    judged,
    ring,
)

AROUND_MM = 2 * math.pi * 48
"""The ring of the workbench lies between r 45 and r 51."""


def tiled(check_id, family, *, board=None, **members):
    changes = {"ring_params": [ring(family, **members)], "fingerboard": board}
    return judged(check_id, changes, 0)


def mosaic(check_id, pitch_mm=None, *, board=None, width_mm=6.0, materials=("koa",), **pattern):
    members = {"width_mm": width_mm, "pattern": pattern, "materials": list(materials)}
    if pitch_mm is not None:
        members["tile_length_mm"] = pitch_mm
    return tiled(check_id, "MOSAIC", board=board, **members)


@pytest.mark.parametrize(
    ("error_mm", "status", "penalty"),
    [
        # 100 tiles of about 3 mm: 0.03 mm is kinder than 0.5 %, 0.10 mm kinder than 2 %
        (0.029, GREEN, 0.0),
        (0.03, GREEN, 0.0),
        (-0.03, GREEN, 0.0),
        (0.031, YELLOW, 0.001 / 0.07),
        (0.10, YELLOW, 1.0),
        (-0.10, YELLOW, 1.0),
        (0.101, RED, 1.0),
        (-0.101, RED, 1.0),
    ],
)
def test_t1_small_tiles_close_by_the_millimetre(error_mm, status, penalty):
    finding = mosaic("T1", AROUND_MM / 100 - error_mm, count=100)
    assert_stands(finding, status, pytest.approx(error_mm, abs=1e-9), penalty, within=1e-7)


@pytest.mark.parametrize(
    ("share", "status", "penalty"),
    [
        # 10 tiles of about 30 mm: 0.5 % is 0.15 mm, 2 % is 0.6 mm, kinder than 0.03 and 0.10
        (0.00499, GREEN, 0.0),
        (0.005, GREEN, 0.0),
        (0.00501, YELLOW, 0.00001 / 0.015),
        (0.02, YELLOW, 1.0),
        (0.02001, RED, 1.0),
    ],
)
def test_t1_large_tiles_close_by_the_per_cent(share, status, penalty):
    finding = mosaic("T1", AROUND_MM / 10 / (1 + share), count=10)
    assert finding.status is status
    assert finding.inputs["percent"] == pytest.approx(100 * share)
    assert finding.penalty == pytest.approx(penalty, abs=1e-7)


def test_t1_takes_the_count_that_is_nearest_and_keeps_the_order():
    # 301.593 / 3.05 = 98.88; by twos: 2 round(49.44) = 98; dp = 3.07748 - 3.05
    finding = mosaic("T1", 3.05)
    assert finding.inputs["N"] == 98
    assert finding.value == pytest.approx(AROUND_MM / 98 - 3.05)
    assert finding.status is GREEN


def test_t1_a_pitch_can_come_from_the_cells():
    # 6 columns of 0.5 mm
    finding = mosaic("T1", cols=6, px_mm=0.5)
    assert finding.inputs["p_mm"] == 3.0
    assert finding.inputs["N"] == 100


def test_t1_the_hidden_arc_takes_the_error_of_one_tile():
    # r 48: 60 mm board, its end 40 mm out, hides 67.1146 deg = 56.225 mm
    board = {"width_mm": 60.0, "end_distance_mm": 40.0}
    hidden_mm = math.radians(67.1146186) * 48
    assert mosaic("T1", 56.2, count=5, board=board).status is GREEN
    assert mosaic("T1", 56.3, count=5, board=board).status is RED
    assert mosaic("T1", 56.2, count=5, board=board).inputs["hidden_mm"] == pytest.approx(hidden_mm)


@pytest.mark.parametrize("family", ["SEGMENTS", "LADDER"])
@pytest.mark.parametrize(
    ("share", "status", "penalty"),
    [
        (0.0499, GREEN, 0.0),
        (0.05, GREEN, 0.0),
        (0.0501, YELLOW, 0.0001 / 0.15),
        (0.20, YELLOW, 1.0),
        (0.9, YELLOW, 1.0),
    ],
)
def test_t1_pieces_cut_to_length_are_never_red(family, share, status, penalty):
    board = {"width_mm": 60.0, "end_distance_mm": 40.0}
    finding = tiled(
        "T1",
        family,
        board=board,
        tile_length_mm=AROUND_MM / 10 / (1 + share),
        pattern={"count": 10},
    )
    assert finding.status is status
    assert finding.penalty == pytest.approx(penalty, abs=1e-7)


def test_t1_a_count_without_a_length_closes():
    finding = mosaic("T1", count=100)
    assert (finding.status, finding.value) == (GREEN, 0.0)


def test_tiles_without_length_and_count_are_unknown():
    for check_id in ("T1", "T1b", "T2"):
        finding = mosaic(check_id)
        assert finding.status is UNKNOWN
        assert "ring_params[0].tile_length_mm" in finding.message


def test_a_family_without_tiles_is_not_judged_for_closure():
    for family in ("SOLID", "LINES", "DOTS"):
        for check_id in ("T1", "T1b", "T2"):
            assert tiled(check_id, family).status is NA


@pytest.mark.parametrize(
    ("family", "materials", "pattern", "rest", "status"),
    [
        ("MOSAIC", ["koa"], {"count": 100}, 0, GREEN),
        ("MOSAIC", ["koa"], {"count": 99}, 1, RED),
        ("MOSAIC", ["koa"], {"count": 99, "symmetry": "slip"}, 0, GREEN),
        ("MOSAIC", ["koa"], {"count": 99, "symmetry": "book"}, 1, RED),
        ("CHECKER", ["koa", "holly"], {"count": 301}, 1, RED),
        ("CHECKER", ["koa", "holly"], {"count": 300}, 0, GREEN),
        ("HERRINGBONE", ["koa", "holly"], {"count": 101}, 1, RED),
        ("LADDER", ["koa", "holly", "bone"], {"count": 100}, 1, RED),
        ("LADDER", ["koa", "holly", "bone"], {"count": 102}, 0, GREEN),
        ("ROPE", ["koa", "holly"], {"count": 101}, 1, RED),
        ("BARBER_POLE", ["koa"], {"count": 101}, 0, GREEN),
        ("BARBER_POLE", None, {"count": 101}, 0, GREEN),
        ("SEGMENTS", ["koa", "holly"], {"count": 7}, 0, GREEN),
    ],
)
def test_t1b_the_colours_come_round(family, materials, pattern, rest, status):
    finding = tiled("T1b", family, materials=materials, pattern=pattern)
    assert (finding.status, finding.value) == (status, rest)


@pytest.mark.parametrize(
    ("wedge_mm", "status", "penalty"),
    [
        (0.0499, GREEN, 0.0),
        (0.05, GREEN, 0.0),
        (0.0501, YELLOW, 0.001),
        (0.15, YELLOW, 1.0),
        (0.1501, RED, 1.0),
    ],
)
def test_t2_straight_tiles_leave_wedges(wedge_mm, status, penalty):
    width_mm = wedge_mm / (2 * math.tan(math.pi / 100))
    straight = mosaic("T2", width_mm=width_mm, count=100, tapered=False)
    assert straight.status is status
    assert straight.value == pytest.approx(wedge_mm)
    assert straight.penalty == pytest.approx(penalty, abs=1e-7)
    tapered = mosaic("T2", width_mm=width_mm, count=100)
    assert (tapered.status, tapered.value) == (GREEN, straight.value)


def test_t2_a_bent_strip_has_no_wedges():
    for family in ("BARBER_POLE", "ROPE", "HERRINGBONE"):
        assert tiled("T2", family, tile_length_mm=3.0).status is NA


@pytest.mark.parametrize(
    ("cell_mm", "status", "penalty"),
    [
        (0.301, GREEN, 0.0),
        (0.3, GREEN, 0.0),
        (0.299, YELLOW, 0.01),
        (0.2, YELLOW, 1.0),
        (0.199, RED, 1.0),
    ],
)
def test_t3_the_thinnest_line(cell_mm, status, penalty):
    lines = [
        {"material_id": "koa", "thickness_mm": 1.0},
        {"material_id": "holly", "thickness_mm": cell_mm},
    ]
    finding = tiled("T3", "LINES", pattern={"lines": lines})
    assert_stands(finding, status, cell_mm, penalty)


def test_t3_lines_that_are_not_given_share_the_width():
    assert tiled("T3", "LINES", width_mm=0.9, materials=["koa", "holly", "koa"]).value == (
        pytest.approx(0.3)
    )
    assert tiled("T3", "LINES", materials=None).status is UNKNOWN


@pytest.mark.parametrize(
    ("cell_mm", "status", "penalty"),
    [
        (0.401, GREEN, 0.0),
        (0.4, GREEN, 0.0),
        (0.399, YELLOW, 0.01),
        (0.3, YELLOW, 1.0),
        (0.299, RED, 1.0),
    ],
)
def test_t3_a_cell_of_wood(cell_mm, status, penalty):
    answers = [
        tiled("T3", "LADDER", tile_length_mm=cell_mm),
        tiled("T3", "LADDER", tile_length_mm=9.0, width_mm=cell_mm),
        tiled("T3", "BARBER_POLE", tile_length_mm=2 * cell_mm, pattern={"angle_deg": 30.0}),
        tiled("T3", "ROPE", tile_length_mm=cell_mm + 0.2, pattern={"lean_mm": 0.0,
                                                                   "outline_mm": 0.2}),
        mosaic("T3", 3.0, rows=15, cols=1, width_mm=15 * cell_mm),
        tiled("T3", "DOTS", pattern={"dot_diameter_mm": cell_mm}),
    ]
    for finding in answers:
        assert_stands(finding, status, pytest.approx(cell_mm, abs=1e-9), penalty, within=1e-7)


def test_t3_a_rope_is_thinnest_where_it_leans_most():
    # lean = width: p / sqrt(1 + 1.5^2) = 3 / 1.802776
    finding = tiled("T3", "ROPE", tile_length_mm=3.0)
    assert finding.value == pytest.approx(1.664101, abs=1e-6)


def test_t3_a_cell_of_a_grid_is_measured_at_the_inner_edge():
    # 2 pi 45 / (100 x 6) = 0.471239; 6/10 = 0.6
    assert mosaic("T3", rows=10, cols=6, count=100).value == pytest.approx(0.471239, abs=1e-6)
    # a checker has one column a tile: 2 pi 45 / 300 = 0.942478; 6/8 = 0.75
    finding = tiled("T3", "CHECKER", pattern={"rows": 8, "count": 300})
    assert finding.value == pytest.approx(0.75)
    finding = tiled("T3", "CHECKER", pattern={"rows": 2, "count": 300})
    assert finding.value == pytest.approx(0.942478, abs=1e-6)


@pytest.mark.parametrize(
    ("cell_mm", "status"), [(1.0, GREEN), (0.999, YELLOW), (0.7, YELLOW), (0.699, RED)]
)
def test_t3_shell_is_handled_in_larger_pieces(cell_mm, status):
    finding = tiled(
        "T3", "SEGMENTS", tile_length_mm=cell_mm, materials=["koa", "mother_of_pearl"]
    )
    assert finding.status is status


@pytest.mark.parametrize(
    ("family", "pattern", "path"),
    [
        ("MOSAIC", {"cols": 6, "count": 100}, "pattern.rows"),
        ("MOSAIC", {"rows": 6, "count": 100}, "pattern.cols"),
        ("MOSAIC", {"rows": 6, "cols": 6}, "tile_length_mm"),
        ("CHECKER", {"count": 100}, "pattern.rows"),
        ("CHECKER", None, "pattern.rows"),
        ("DOTS", {}, "pattern.dot_diameter_mm"),
        ("LADDER", {}, "tile_length_mm"),
        ("ROPE", None, "tile_length_mm"),
    ],
)
def test_t3_names_what_the_cell_still_needs(family, pattern, path):
    finding = tiled("T3", family, pattern=pattern)
    assert finding.status is UNKNOWN
    assert f"ring_params[0].{path}" in finding.message


def test_t3_a_solid_ring_has_no_cells():
    assert tiled("T3", "SOLID").status is NA


LOG = {"log_length_mm": 76.0, "kerf_mm": 0.5, "slice_mm": 1.5}
"""floor(76.5 / 2.0) = 38 slices."""


@pytest.mark.parametrize(
    ("count", "logs", "slices", "status", "penalty"),
    [
        (34, 1, 38, GREEN, 0.0),  # ceil(37.4) = 38
        (35, 1, 38, YELLOW, 1 / 5),  # ceil(38.5) = 39
        (38, 1, 38, YELLOW, 4 / 5),  # ceil(41.8) = 42
        (39, 1, 38, RED, 1.0),
        (69, 2, 76, GREEN, 0.0),  # ceil(75.9) = 76
        (70, 2, 76, YELLOW, 1 / 8),  # 77
        (77, 2, 76, RED, 1.0),
    ],
)
def test_t4_slices_from_the_logs(count, logs, slices, status, penalty):
    finding = mosaic("T4", count=count, logs=logs, **LOG)
    assert (finding.status, finding.value) == (status, slices)
    assert finding.penalty == pytest.approx(penalty)


def test_t4_forty_tiles_with_a_tenth_of_waste_are_forty_four():
    assert mosaic("T4", count=40, logs=2, **LOG).inputs["green_limit"] == 44


def test_t4_without_a_number_of_logs_says_how_many_to_make():
    finding = mosaic("T4", count=100, **LOG)
    assert (finding.status, finding.value) == (NOTE, 38)
    assert "make 3 logs" in finding.message  # 110 / 38
    short = mosaic("T4", count=100, log_length_mm=1.0, kerf_mm=0.5, slice_mm=1.5)
    assert (short.status, short.value) == (RED, 0)


def test_t4_a_slice_is_as_thick_as_the_inlay_or_the_channel_and_a_bit():
    pattern = {"log_length_mm": 76.0, "kerf_mm": 0.5, "count": 34}
    # channel 1.2 + 0.4: floor(76.5 / 2.1) = 36
    assert tiled("T4", "MOSAIC", pattern=pattern).value == 36
    # inlay 2.0: floor(76.5 / 2.5) = 30
    assert tiled("T4", "MOSAIC", pattern=pattern, inlay_thickness_mm=2.0).value == 30


def test_t4_is_not_judged_without_log_and_kerf_and_unknown_with_one_of_them():
    assert mosaic("T4", count=100).status is NA
    half = mosaic("T4", count=100, log_length_mm=76.0)
    assert half.status is UNKNOWN
    assert "ring_params[0].pattern.kerf_mm" in half.message
    assert tiled("T4", "LADDER", tile_length_mm=3.0).status is NA


@pytest.mark.parametrize(
    ("slice_mm", "status", "penalty"),
    [
        (1.201, GREEN, 0.0),
        (1.2, GREEN, 0.0),
        (1.199, YELLOW, 0.0025),
        (0.8, YELLOW, 1.0),
        (0.799, RED, 1.0),
    ],
)
def test_t5_end_grain_slices_need_thickness(slice_mm, status, penalty):
    finding = mosaic("T5", slice_mm=slice_mm)
    assert finding.status is status
    assert finding.penalty == pytest.approx(penalty, abs=1e-9)


def test_t5_without_any_thickness_is_unknown():
    changes = {"ring_params": [ring("MOSAIC")], "channel.depth_mm": None}
    assert judged("T5", changes, 0).status is UNKNOWN
    assert tiled("T5", "CHECKER").status is NA


@pytest.mark.parametrize(
    ("outer_mm", "status", "penalty"),
    [
        (99.92, GREEN, 0.0),
        (100.0, GREEN, 0.0),
        (100.08, YELLOW, 0.004),
        (120.0, YELLOW, 1.0),
        (160.0, YELLOW, 1.0),
    ],
)
def test_t6_cells_stretch_towards_the_outside(outer_mm, status, penalty):
    changes = {
        "inner_diameter_mm": 80.0,
        "outer_diameter_mm": outer_mm,
        "ring_params": [ring("MOSAIC", width_mm=(outer_mm - 80) / 2)],
    }
    finding = judged("T6", changes, 0)
    assert_stands(finding, status, pytest.approx(outer_mm / 80), penalty, within=1e-7)


def test_t6_is_not_judged_without_a_grid():
    assert tiled("T6", "ROPE").status is NA
