"""Chip and slenderness at, inside and outside each limit; expected values are worked by hand."""

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

# D 2 mm, two flutes, 10 000 rpm: fz = F/20 000, so F = 400 mm/min is 1 % of D


@pytest.mark.parametrize(
    ("feed", "value", "status", "penalty"),
    [
        # softwood 1.5 to 4.0 %; yellow down to 0.375 % and up to 6 %
        (1000, 2.5, GREEN, 0.0),
        (1600, 4.0, GREEN, 0.0),
        (1602, 4.005, YELLOW, 0.0025),
        (2400, 6.0, YELLOW, 1.0),
        (2402, 6.005, RED, 1.0),
        (600, 1.5, GREEN, 0.0),
        (599, 1.4975, YELLOW, 0.0025 / 1.125),
        (150, 0.375, YELLOW, 1.0),
        (149.8, 0.3745, RED, 1.0),
    ],
)
def test_m1_chipload_in_softwood(feed, value, status, penalty):
    finding = judged("M1", {"cut.feed_mm_min": float(feed)})
    assert_stands(finding, status, pytest.approx(value), penalty)


def test_m1_wood_rubs_below_five_thousandths_whatever_the_diameter():
    # D 1: fz 0.005 mm is 0.5 %, above a quarter of 1.5 %
    small = {"tool.diameter_mm": 1.0}
    at_floor = judged("M1", small | {"cut.feed_mm_min": 100.0})
    assert (at_floor.status, at_floor.penalty) == (YELLOW, 1.0)
    assert judged("M1", small | {"cut.feed_mm_min": 99.9}).status is RED
    # D 0.1: 4.5 % is above the band and still only 0.0045 mm
    tiny = {"tool.diameter_mm": 0.1, "cut.feed_mm_min": 90.0}
    assert judged("M1", tiny).status is RED


@pytest.mark.parametrize(
    ("material_id", "low", "high"),
    [
        ("light_wood", 1.5, 4.0),  # 519.9
        ("middling_wood", 1.0, 3.2),  # 520
        ("firm_wood", 1.0, 3.2),  # 850
        ("dense_wood", 0.8, 2.0),  # 850.1
        ("abs", 1.5, 3.5),
        ("celluloid", 1.5, 3.5),
        ("vulcanised_fibre", 1.5, 3.5),
        ("bone", 1.0, 2.5),
        ("mother_of_pearl", 0.2, 0.8),
    ],
)
def test_m1_each_class_of_material_has_its_band(material_id, low, high):
    for percent, status in (
        (low, GREEN),
        (low * 0.999, YELLOW),
        (high, GREEN),
        (high * 1.001, YELLOW),
        (high * 1.501, RED),
    ):
        changes = {"top.material_id": material_id, "cut.feed_mm_min": 400.0 * percent}
        assert judged("M1", changes).status is status


def test_m1_the_typical_hobby_setting_is_yellow():
    typical = {"tool.diameter_mm": 3.175, "cut.spindle_rpm": 18000.0}
    finding = judged("M1", typical | {"cut.feed_mm_min": 600.0})
    assert finding.status is YELLOW
    assert finding.value == pytest.approx(0.525, abs=5e-4)
    assert judged("M1", typical | {"cut.feed_mm_min": 1715.0}).status is GREEN
    assert judged("M1", typical | {"cut.feed_mm_min": 4572.0}).status is GREEN
    assert judged("M1", typical | {"cut.feed_mm_min": 4573.0}).status is YELLOW


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"cut.feed_mm_min": None}, "cut.feed_mm_min"),
        ({"cut.spindle_rpm": None}, "cut.spindle_rpm"),
        ({"tool.flutes": None}, "tool.flutes"),
        ({"tool.diameter_mm": None}, "tool.diameter_mm"),
        ({"top.material_id": None}, "top.material_id"),
        ({"top.material_id": "cardboard"}, "cardboard"),
    ],
)
def test_m1_names_what_is_missing(changes, path):
    finding = judged("M1", changes)
    assert finding.status is UNKNOWN
    assert path in finding.message


def test_m1_is_not_judged_by_hand_or_with_a_felt_feed():
    assert judged("M1", {"machine.kind": "hand"}).status is NA
    felt = {"machine.kind": "hand_router", "cut.feed_mm_min": None}
    assert judged("M1", felt).status is NA
    assert judged("M1", {"machine.kind": "hand_router"}).status is GREEN


def machined(**changes):
    shell = ring(made="machine", materials=["hard_maple", "mother_of_pearl", "gaboon_ebony"])
    return {"ring_params": [shell], **changes}


def test_m1_a_machined_ring_is_judged_for_its_touchiest_material():
    # inlay tool 1.0 mm over the 2 mm tool, inlay cut 120 mm/min over 1000: fz 0.006 = 0.6 % of 1
    changes = machined(**{"inlay_tool.diameter_mm": 1.0, "inlay_cut.feed_mm_min": 120.0})
    finding = judged("M1", changes, 0)
    assert finding.inputs["class"] == "shell"
    assert (finding.status, finding.value) == (GREEN, pytest.approx(0.6))
    assert judged("M1", changes).value == pytest.approx(2.5)


def test_m1_a_machined_ring_names_its_own_missing_fields():
    no_material = machined()
    no_material["ring_params"][0].pop("materials")
    assert "ring_params[0].materials" in judged("M1", no_material, 0).message
    strange = {"ring_params": [ring(made="machine", materials=["koa", "cardboard"])]}
    assert "cardboard" in judged("M1", strange, 0).message
    no_flutes = judged("M1", machined(**{"tool.flutes": None}), 0)
    assert no_flutes.message == "Fill in tool.flutes."


@pytest.mark.parametrize(
    ("flute_mm", "value", "status", "penalty"),
    [
        (11.98, 5.99, GREEN, 0.0),
        (12.0, 6.0, GREEN, 0.0),
        (12.02, 6.01, YELLOW, 0.0025),
        (20.0, 10.0, YELLOW, 1.0),
        (20.02, 10.01, RED, 1.0),
    ],
)
def test_m4b_slenderness_of_the_bit(flute_mm, value, status, penalty):
    for lengths in (
        {"tool.flute_length_mm": flute_mm, "tool.stickout_mm": 40.0},
        {"tool.flute_length_mm": 40.0, "tool.stickout_mm": flute_mm},
    ):
        finding = judged("M4b", lengths)
        assert_stands(finding, status, pytest.approx(value), penalty)


def test_m4b_names_what_is_missing_and_is_not_judged_by_hand():
    finding = judged("M4b", {"tool.stickout_mm": None})
    assert finding.status is UNKNOWN
    assert "tool.stickout_mm" in finding.message
    assert judged("M4b", {"machine.kind": "hand"}).status is NA
    felt = {"machine.kind": "hand_router", "cut.feed_mm_min": None}
    assert judged("M4b", felt).status is GREEN
