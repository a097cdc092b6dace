"""Lane S at, just inside and just outside each limit; expected values are worked by hand."""

from __future__ import annotations

import pytest

from tests.domain.feasibility.standing import assert_stands
from tests.domain.feasibility.workbench import (
    GREEN,
    NA,
    NOTE,
    RED,
    UNKNOWN,
    YELLOW,
    Row,
    catalogue,
    judged,
    ring,
    scored,
)


def of(check_id, materials, ring_index=0, **changes):
    return judged(
        check_id, {"ring_params": [ring(materials=materials)], **changes}, ring_index
    )


@pytest.mark.parametrize(
    ("janka", "status"), [(2999.0, GREEN), (3000.0, GREEN), (3001.0, NOTE), (9000.0, NOTE)]
)
def test_s1_hardness_against_the_top(janka, status):
    woods = catalogue(
        Row("sitka_spruce", "wood", 425, 1000.0, 4.3), Row("koa", "wood", 610, janka, 5.5)
    )
    changes = {"ring_params": [ring(materials=["holly", "koa"])]}
    woods_soft = catalogue(
        Row("sitka_spruce", "wood", 425, 1000.0, 4.3),
        Row("koa", "wood", 610, janka, 5.5),
        Row("holly", "wood", 640, 500.0, 4.8),
    )
    finding = judged("S1", changes, 0, woods_soft)
    assert finding.status is status
    assert finding.value == pytest.approx(janka / 1000)
    assert finding.penalty == 0
    # holly of 4540 is the hardest of both where it is harder
    assert judged("S1", changes, 0, woods).value == pytest.approx(max(janka, 4540) / 1000)


def test_s1_shell_is_a_note_and_bone_alone_is_not_judged():
    shell = of("S1", ["mother_of_pearl"])
    assert (shell.status, shell.value) == (NOTE, None)
    assert of("S1", ["koa", "mother_of_pearl"]).status is NOTE
    assert of("S1", ["bone"]).status is NA


@pytest.mark.parametrize(
    ("materials", "top", "status"),
    [
        (["koa"], "sitka_spruce", GREEN),
        (["cocobolo"], "western_red_cedar", GREEN),
        (["cocobolo"], "sitka_spruce", YELLOW),
        (["cocobolo", "holly"], "western_red_cedar", YELLOW),
        (["african_padauk"], "sitka_spruce", YELLOW),
        (["indian_rosewood"], "sitka_spruce", NOTE),
        (["indian_rosewood", "hard_maple"], "western_red_cedar", NOTE),
        (["indian_rosewood", "cocobolo"], "sitka_spruce", YELLOW),
    ],
)
def test_s2_what_bleeds_beside_white_wood(materials, top, status):
    finding = of("S2", materials, **{"top.material_id": top})
    assert finding.status is status
    assert finding.penalty == (0.5 if status is YELLOW else 0.0)


@pytest.mark.parametrize(
    ("layout", "gap", "neighbour", "top", "status"),
    [
        # cocobolo in the middle of three rings
        ("single", 0.0, "koa", "sitka_spruce", GREEN),
        ("single", 0.0, "holly", "western_red_cedar", YELLOW),
        ("per_ring", 2.5, "holly", "western_red_cedar", GREEN),
        ("per_ring", 2.5, "koa", "sitka_spruce", YELLOW),
    ],
)
def test_s2_a_ring_looks_at_what_touches_it(layout, gap, neighbour, top, status):
    rings = [
        ring(width_mm=2.0, materials=["koa"]),
        ring(ring_index=1, width_mm=2.0, materials=["cocobolo"]),
        ring(ring_index=2, width_mm=2.0, materials=[neighbour], gap_before_mm=gap),
    ]
    changes = {"ring_params": rings, "channel.layout": layout, "top.material_id": top}
    assert judged("S2", changes, 1).status is status


@pytest.mark.parametrize(
    ("materials", "extraction", "respirator", "status"),
    [
        (["koa"], False, False, GREEN),
        (["mother_of_pearl"], True, True, NOTE),
        (["mother_of_pearl"], True, False, YELLOW),
        (["mother_of_pearl"], None, True, YELLOW),
        (["mother_of_pearl"], False, False, RED),
        (["bone"], None, None, RED),
        (["cocobolo"], True, True, NOTE),
        (["cocobolo"], True, None, YELLOW),
        (["gaboon_ebony"], False, False, YELLOW),
        (["gaboon_ebony", "bone"], False, False, RED),
    ],
)
def test_s3_dust(materials, extraction, respirator, status):
    finding = of(
        "S3", materials, **{"shop.extraction": extraction, "shop.respirator": respirator}
    )
    assert finding.status is status
    assert finding.penalty == {YELLOW: 0.5, RED: 1.0}.get(status, 0.0)


def plate(materials=("koa",), **members):
    changes = {"ring_params": [ring(materials=list(materials), **members)]}
    return judged("S4", changes, 0)


@pytest.mark.parametrize(
    ("moves_mm", "status", "penalty"),
    [
        (0.299, GREEN, 0.0),
        (0.3, GREEN, 0.0),
        (0.301, YELLOW, 0.0025),
        (0.7, YELLOW, 1.0),
        (0.9, YELLOW, 1.0),
    ],
)
def test_s4_a_plate_that_moves_otherwise_than_the_top(moves_mm, status, penalty):
    # 2 x 51 x 4 x (S - 4.3) / 2900
    shrink = 4.3 + moves_mm * 2900 / (102 * 4)
    woods = catalogue(Row("koa", "wood", 610, 5180, shrink))
    finding = judged("S4", {"ring_params": [ring()]}, 0, woods)
    assert_stands(finding, status, pytest.approx(moves_mm), penalty, within=1e-7)


def test_s4_shell_and_plastic_do_not_move_and_the_largest_difference_counts():
    # 102 x 4 x 4.3 / 2900
    assert plate(["mother_of_pearl"]).value == pytest.approx(0.604966, abs=1e-6)
    # koa differs by 1.2, bone by 4.3
    assert plate(["koa", "bone"]).value == pytest.approx(0.604966, abs=1e-6)


def test_s4_is_judged_for_a_one_piece_plate_only():
    assert plate().status is GREEN
    assert plate(bending="none").status is GREEN
    assert plate(bending="hot").status is NA
    assert plate(strip_thickness_mm=2.0).status is NA
    assert plate(pattern={"pieces": 4}).status is NA
    assert judged("S4", {"ring_params": [ring("LADDER")]}, 0).status is NA


@pytest.mark.parametrize(
    ("materials", "status"),
    [
        (["koa"], GREEN),
        (["koa", "indian_rosewood"], NOTE),
        (["indian_rosewood", "brazilian_rosewood"], YELLOW),
    ],
)
def test_s5_trade(materials, status):
    assert of("S5", materials).status is status


def test_an_unknown_material_or_top_leaves_the_finish_unknown():
    for changes, path in (
        ({"ring_params": [ring(materials=["cardboard"])]}, "cardboard"),
        ({"ring_params": [ring(materials=None)]}, "ring_params[0].materials"),
        ({"ring_params": [ring()], "top.material_id": "cardboard"}, "cardboard"),
        ({"ring_params": [ring()], "top.material_id": None}, "top.material_id"),
    ):
        result = scored(changes)
        finish = [one for one in result.findings if one.check_id.startswith("S")]
        assert len(finish) == 5
        for finding in finish:
            assert finding.status is UNKNOWN
            assert path in finding.message


def test_a_material_without_its_figure_is_unknown_and_named():
    bare = catalogue(Row("koa", "wood", 610), Row("sitka_spruce", "wood", 425, None, 4.3))
    assert judged("S4", {"ring_params": [ring()]}, 0, bare).status is UNKNOWN
    hard = {"ring_params": [ring(materials=["holly"])]}
    assert judged("S1", hard, 0, bare).status is UNKNOWN
    assert judged("S1", {"ring_params": [ring()]}, 0, bare).status is NA
