"""Lane F at, just inside and just outside each limit; expected values are worked by hand."""

from __future__ import annotations

import pytest

from tests.domain.feasibility.by_hand import bend_mm
from tests.domain.feasibility.standing import assert_stands
from tests.domain.feasibility.workbench import (
    GREEN,
    NA,
    RED,
    UNKNOWN,
    YELLOW,
    judged,
    ring,
    scored,
)


def lines(count, **pattern):
    """Return a ring of *count* lines that share 6 mm."""
    veneers = [{"material_id": "koa", "thickness_mm": 6.0 / count}] * count
    return ring("LINES", pattern={"lines": veneers, **pattern})


@pytest.mark.parametrize(
    ("rings", "glue", "recommended"),
    [
        ([ring()], "hide", 0.07),
        ([ring()], "pva", 0.07),
        ([ring()], "ca", 0.05),
        ([ring()], "epoxy", 0.05),
        ([lines(5)], "hide", 0.15),
        ([lines(5, prelaminated=True)], "hide", 0.07),
        ([lines(12)], "pva", 0.29),
        ([lines(13)], "pva", 0.30),
        ([lines(37)], "hide", 0.30),
        ([lines(37)], "ca", 0.05),
        ([ring("LINES", materials=["koa", "holly", "koa"])], "hide", 0.11),
        ([ring("LINES", materials=None)], "hide", 0.07),
        ([ring("MOSAIC")], "hide", 0.07),
    ],
)
def test_f1_what_glue_and_strips_need(rings, glue, recommended):
    finding = judged("F1", {"ring_params": rings, "channel.glue": glue})
    assert finding.inputs["rec_mm"] == pytest.approx(recommended)
    assert (finding.status, finding.value) == (GREEN, pytest.approx(recommended))


@pytest.mark.parametrize(
    ("clearance", "status", "penalty"),
    [
        # 12 lines in PVA: rec 0.29
        (0.29, GREEN, 0.0),
        (0.19, GREEN, 0.0),
        (0.189, YELLOW, 0.001 / 0.15),
        (0.04, YELLOW, 1.0),
        (0.0, YELLOW, 1.0),
        (-0.001, RED, 1.0),
        (0.39, GREEN, 0.0),
        (0.391, YELLOW, 0.001 / 0.15),
        (0.54, YELLOW, 1.0),
        (0.541, RED, 1.0),
    ],
)
def test_f1_clearance_against_what_is_recommended(clearance, status, penalty):
    finding = judged("F1", {"ring_params": [lines(12)], "channel.clearance_mm": clearance})
    assert (finding.status, finding.value) == (status, clearance)
    assert finding.penalty == pytest.approx(penalty, abs=1e-9)


def test_f1_an_inlay_wider_than_its_channel_is_red_with_any_glue():
    # rec 0.05: rec - 0.10 lies below zero, and below zero it does not go in
    tight = {"channel.glue": "ca", "channel.clearance_mm": 0.0}
    assert judged("F1", tight).status is GREEN
    assert judged("F1", tight | {"channel.clearance_mm": -0.01}).status is RED


def test_f1_counts_the_strips_of_each_channel():
    rings = [ring(width_mm=2.0), ring("LINES", ring_index=1, width_mm=2.0,
                                      materials=["koa", "holly"]),
             ring(ring_index=2, width_mm=2.0, gap_before_mm=3.0)]
    result = scored({"ring_params": rings, "channel.layout": None})
    found = {one.ring_index: one.inputs["rec_mm"]
             for one in result.findings if one.check_id == "F1"}
    assert found == {0: pytest.approx(0.11), 2: pytest.approx(0.07)}
    listed = [one.value for one in result.assumed if one.path == "channel.clearance_mm"]
    assert listed == ["0.11 / 0.07"]


def test_f1_clearance_that_nobody_gives_is_listed_as_assumed():
    listed = [one for one in scored().assumed if one.path == "channel.clearance_mm"]
    assert [(one.value, one.origin) for one in listed] == [(0.07, "default")]
    given = scored({"setup.channel.clearance_mm": 0.1}).assumed
    assert [(one.value, one.origin) for one in given if one.path == "channel.clearance_mm"] == [
        (0.1, "setup")
    ]


def test_f1_without_a_glue_is_unknown():
    finding = judged("F1", {"channel.glue": None})
    assert finding.status is UNKNOWN
    assert "channel.glue" in finding.message


@pytest.mark.parametrize(
    ("error_mm", "status", "penalty"),
    [
        (0.0999, GREEN, 0.0),
        (0.10, GREEN, 0.0),
        (0.1001, YELLOW, 0.001),
        (0.20, YELLOW, 1.0),
        (0.2001, RED, 1.0),
    ],
)
def test_f2_the_wall_of_the_channel(error_mm, status, penalty):
    # c = rec leaves 0.05/2 unfilled; runout 0.01/2; the rest is play
    play = error_mm - bend_mm(0.6) - 0.005 - 0.025
    finding = judged("F2", {"machine.backlash_mm": play})
    assert_stands(finding, status, pytest.approx(error_mm), penalty, within=1e-6)


def test_f2_what_swelling_fills_is_no_gap():
    # rec 0.07: up to 0.02 is filled, above it half of the rest lies on each side
    base = bend_mm(0.6) + 0.005 + 0.02
    for clearance, extra in ((0.0, 0.0), (0.02, 0.0), (0.12, 0.05)):
        finding = judged("F2", {"channel.clearance_mm": clearance})
        assert finding.value == pytest.approx(base + extra)
    # CA fills nothing: rec 0.05
    dry = judged("F2", {"channel.glue": "ca", "channel.clearance_mm": 0.04})
    assert dry.value == pytest.approx(base + 0.02)


def test_f2_a_hand_router_with_felt_feed_counts_15_hundredths_of_a_tenth():
    felt = {"machine.kind": "hand_router", "cut.feed_mm_min": None}
    assert judged("F2", felt).value == pytest.approx(0.015 + 0.005 + 0.02 + 0.025)


def test_f2_is_not_judged_by_hand_and_names_what_is_missing():
    assert judged("F2", {"machine.kind": "hand"}).status is NA
    for path in (
        "tool.runout_mm", "machine.backlash_mm", "channel.glue", "cut.feed_mm_min",
        "cut.stepdown_mm", "tool.stickout_mm", "tool.material", "tool.shank_diameter_mm",
        "top.material_id", "channel.depth_mm",
    ):  # fmt: skip
        finding = judged("F2", {path: None})
        assert finding.status is UNKNOWN
        assert path in finding.message
