"""Lane B at, just inside and just outside each limit; expected values are worked by hand."""

from __future__ import annotations

import pytest

from tests.domain.feasibility.standing import assert_stands
from tests.domain.feasibility.workbench import (
    GREEN,
    NA,
    RED,
    UNKNOWN,
    YELLOW,
    judged,
    ring,
)


def strip_for(ratio):
    """Return t with (45 + t/2)/t = ratio: t = 45/(ratio - 1/2)."""
    return 45 / (ratio - 0.5)


def bent(family="SOLID", **members):
    return judged("B1", {"ring_params": [ring(family, **members)]}, 0)


@pytest.mark.parametrize(
    ("material_id", "bending", "family", "green", "yellow"),
    [
        ("koa", "cold", "SOLID", 60, 40),
        ("koa", "hot", "SOLID", 24, 15),
        ("koa", "hot", "LINES", 24, 15),
        ("koa", "cold", "BARBER_POLE", 30, 20),
        ("koa", "cold", "ROPE", 30, 20),
        ("koa", "hot", "HERRINGBONE", 15, 8),
        ("vulcanised_fibre", "cold", "SOLID", 15, 8),
        ("abs", "hot", "SOLID", 10, 5),
        ("celluloid", "hot", "SOLID", 15, 8),
    ],
)
def test_b1_each_class_has_its_limits(material_id, bending, family, green, yellow):
    for ratio, status, penalty in (
        (green * 1.001, GREEN, 0.0),
        (green, GREEN, 0.0),
        (green * 0.999, YELLOW, 0.001 * green / (green - yellow)),
        (yellow, YELLOW, 1.0),
        (yellow * 0.999, RED, 1.0),
    ):
        finding = bent(
            family, materials=[material_id], bending=bending, strip_thickness_mm=strip_for(ratio)
        )
        assert_stands(finding, status, pytest.approx(ratio), penalty, within=1e-6)


def test_b1_rosewood_of_2_8_mm_is_touchy_and_2_3_mm_bends():
    # R about 56: R/t 20.5 was bad, 25.0 ideal
    place = {"inner_diameter_mm": 110.0, "outer_diameter_mm": 122.0}
    thick, thin = (
        judged("B1", place | {"ring_params": [
            ring(materials=["indian_rosewood"], bending="hot", strip_thickness_mm=thickness)
        ]}, 0)
        for thickness in (2.8, 2.3)
    )  # fmt: skip
    assert (thick.status, thin.status) == (YELLOW, GREEN)


def test_b1_of_several_materials_the_worst_counts():
    mixed = bent(materials=["abs", "koa"], bending="cold", strip_thickness_mm=strip_for(50))
    assert mixed.status is YELLOW
    assert mixed.inputs["class"] == "wood, cold"


@pytest.mark.parametrize("material_id", ["mother_of_pearl", "bone"])
def test_b1_shell_and_bone_never_bend(material_id):
    finding = bent(materials=["koa", material_id], bending="hot", strip_thickness_mm=0.1)
    assert finding.status is RED
    assert "does not bend" in finding.message


@pytest.mark.parametrize(
    ("members", "thickness"),
    [
        ({"family": "SOLID", "bending": "hot"}, 6.0),
        ({"family": "SOLID", "bending": "hot", "strip_thickness_mm": 2.0}, 2.0),
        ({"family": "ROPE", "bending": "cold"}, 6.0),
        ({"family": "LINES", "materials": ["koa", "holly", "koa"]}, 2.0),
        ({"family": "LINES", "pattern": {"lines": [
            {"material_id": "koa", "thickness_mm": 0.5},
            {"material_id": "holly", "thickness_mm": 0.8},
        ]}}, 0.8),
        ({"family": "LINES", "pattern": {"prelaminated": True}}, 6.0),
    ],
)  # fmt: skip
def test_b1_the_thickness_that_is_bent(members, thickness):
    finding = bent(**members)
    assert finding.inputs["t_strip_mm"] == pytest.approx(thickness)
    assert finding.value == pytest.approx((45 + thickness / 2) / thickness)


def test_b1_is_not_judged_where_nothing_is_bent():
    assert bent(bending="none", strip_thickness_mm=1.0).status is NA
    assert bent().status is NA
    assert bent("ROPE").status is NA
    for family in ("MOSAIC", "SEGMENTS", "DOTS", "LADDER", "CHECKER"):
        assert bent(family, bending="hot", strip_thickness_mm=1.0).status is NA


def test_b1_names_what_is_missing():
    assert "ring_params[0].materials" in bent(materials=None, bending="hot").message
    unknown = bent(materials=["cardboard"], bending="hot")
    assert unknown.status is UNKNOWN
    assert "cardboard" in unknown.message
    assert bent("LINES", materials=None).status is UNKNOWN


def pieces(length_mm, inner_mm=45.0, **pattern):
    changes = {
        "inner_diameter_mm": 2 * inner_mm,
        "outer_diameter_mm": 2 * inner_mm + 12,
        "ring_params": [ring("SEGMENTS", tile_length_mm=length_mm, pattern=pattern)],
    }
    return judged("B2", changes, 0)


@pytest.mark.parametrize(
    ("gap_mm", "status", "penalty"),
    [
        (0.0499, GREEN, 0.0),
        (0.05, GREEN, 0.0),
        (0.0501, YELLOW, 0.001),
        (0.15, YELLOW, 1.0),
        (0.1501, RED, 1.0),
    ],
)
def test_b2_a_straight_piece_stands_off_the_circle(gap_mm, status, penalty):
    # s = R - sqrt(R^2 - L^2/4), so L = 2 sqrt(2 R s - s^2)
    straight = pieces(2 * (2 * 45 * gap_mm - gap_mm**2) ** 0.5, shape="straight")
    # L^2/8 (1/45 - 1/60) with L = sqrt(8 s / (1/45 - 1/60))
    curved = pieces(
        (8 * gap_mm / (1 / 45 - 1 / 60)) ** 0.5, shape="pre_curved", stock_radius_mm=60.0
    )
    for finding in (straight, curved):
        assert_stands(finding, status, pytest.approx(gap_mm), penalty, within=1e-6)


def test_b2_stock_of_the_rings_radius_follows_it():
    assert pieces(20.0, shape="pre_curved", stock_radius_mm=45.0).value == 0.0


def test_b2_a_piece_longer_than_the_ring_is_red():
    assert pieces(91.0, shape="straight").status is RED


def test_b2_curved_pieces_and_other_patterns_are_not_judged():
    assert pieces(20.0).status is NA
    assert pieces(20.0, shape="curved").status is NA
    assert judged("B2", ring_index=0).status is NA


def test_b2_names_what_is_missing():
    assert "tile_length_mm" in pieces(None, shape="straight").message
    finding = pieces(20.0, shape="pre_curved")
    assert finding.status is UNKNOWN
    assert "pattern.stock_radius_mm" in finding.message
    # 2 pi 48 / 30 = 10.05 mm
    by_count = pieces(None, shape="straight", count=30)
    assert by_count.inputs["L_piece_mm"] == pytest.approx(10.0531, abs=1e-4)
