"""Entry, limits of the machine, rim speed, room and time, each at its limits."""

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
    scored,
)

STEEPNESS = [
    (0.299, GREEN, 0.0),
    (0.3, GREEN, 0.0),
    (0.301, YELLOW, 0.005),
    (0.5, YELLOW, 1.0),
    (0.501, RED, 1.0),
]


@pytest.mark.parametrize(("steepness", "status", "penalty"), STEEPNESS)
def test_m5_entry_by_ramp_and_by_plunge(steepness, status, penalty):
    ramp = {"cut.ramp_deg": math.degrees(math.atan(steepness))}
    plunge = {"cut.entry": "plunge", "cut.plunge_mm_min": 1000 * steepness}
    for changes in (ramp, plunge):
        finding = judged("M5", changes)
        assert_stands(finding, status, pytest.approx(steepness), penalty, within=1e-7)


def test_m5_a_bit_that_does_not_cut_at_its_centre_cannot_plunge():
    plunge = {"cut.entry": "plunge", "cut.plunge_mm_min": 100.0}
    assert judged("M5", plunge | {"tool.center_cutting": False}).status is RED
    assert judged("M5", {"tool.center_cutting": False}).status is GREEN
    unknown = judged("M5", plunge | {"tool.center_cutting": None})
    assert unknown.status is UNKNOWN
    assert "tool.center_cutting" in unknown.message


def test_m5_names_what_is_missing():
    assert "cut.entry" in judged("M5", {"cut.entry": None}).message
    assert "cut.ramp_deg" in judged("M5", {"cut.ramp_deg": None}).message
    plunge = {"cut.entry": "plunge", "cut.plunge_mm_min": None}
    assert "cut.plunge_mm_min" in judged("M5", plunge).message
    assert judged("M5", {"machine.kind": "hand"}).status is NA


def test_m5_a_hand_router_plunges_by_feel():
    felt = {"machine.kind": "hand_router", "cut.feed_mm_min": None}
    assert judged("M5", felt | {"cut.entry": None}).status is NA
    assert judged("M5", felt | {"cut.entry": "plunge", "cut.plunge_mm_min": None}).status is NA
    assert judged("M5", felt).status is GREEN


@pytest.mark.parametrize(
    ("share", "status", "penalty"),
    [
        (0.999, GREEN, 0.0),
        (1.0, GREEN, 0.0),
        (1.001, YELLOW, 0.02),
        (1.05, YELLOW, 1.0),
        (1.051, RED, 1.0),
    ],
)
def test_m8_speed_and_feed_within_the_limits(share, status, penalty):
    for changes in (
        {"cut.feed_mm_min": 4000 * share},
        {"cut.spindle_rpm": 30_000 * share},
        {"cut.spindle_rpm": 10_000.0, "tool.max_rpm": 10_000 / share},
        {"cut.spindle_rpm": 10_000.0, "machine.min_rpm": 10_000 * share},
    ):
        finding = judged("M8", changes)
        assert_stands(finding, status, pytest.approx(share), penalty, within=1e-7)


def test_m8_a_hand_router_has_no_limit_of_feed():
    fast = {"machine.kind": "hand_router", "cut.feed_mm_min": 9000.0}
    assert judged("M8", fast).status is GREEN
    assert judged("M8", fast | {"machine.max_feed_mm_min": None}).status is GREEN


@pytest.mark.parametrize(
    "path",
    ["cut.spindle_rpm", "cut.feed_mm_min", "machine.max_rpm", "machine.min_rpm", "tool.max_rpm",
     "machine.max_feed_mm_min"],
)  # fmt: skip
def test_m8_names_what_is_missing(path):
    finding = judged("M8", {path: None})
    assert finding.status is UNKNOWN
    assert path in finding.message


@pytest.mark.parametrize(
    ("diameter_mm", "rpm", "status"),
    [
        (25.4, 40_000, NA),
        (25.5, 18_000, GREEN),
        (25.5, 18_001, RED),
        (38.0, 18_000, GREEN),
        (38.1, 15_000, GREEN),
        (38.1, 15_001, RED),
        (64.0, 15_000, GREEN),
        (64.1, 10_000, GREEN),
        (64.1, 10_001, RED),
    ],
)
def test_m9_rim_speed_of_large_bits(diameter_mm, rpm, status):
    finding = judged("M9", {"tool.diameter_mm": diameter_mm, "cut.spindle_rpm": float(rpm)})
    assert finding.status is status
    if status is not NA:
        assert finding.value == pytest.approx(math.pi * diameter_mm * rpm / 60_000)


def test_m9_names_what_is_missing():
    assert judged("M9", {"tool.diameter_mm": None}).status is UNKNOWN
    assert judged("M9", {"tool.diameter_mm": 30.0, "cut.spindle_rpm": None}).status is UNKNOWN
    assert judged("M9", {"machine.kind": "hand"}).status is NA


@pytest.mark.parametrize(
    ("travel_mm", "room_mm", "status", "penalty"),
    [
        # 102 + 2 x 2 + 20 = 126
        (136.01, 10.01, GREEN, 0.0),
        (136.0, 10.0, GREEN, 0.0),
        (135.99, 9.99, YELLOW, 0.001),
        (126.0, 0.0, YELLOW, 1.0),
        (125.99, -0.01, RED, 1.0),
    ],
)
def test_m10_room_on_the_machine(travel_mm, room_mm, status, penalty):
    for area in ([travel_mm, 500.0, 80.0], [500.0, travel_mm, 80.0]):
        finding = judged("M10", {"machine.work_area_mm": area})
        assert_stands(finding, status, pytest.approx(room_mm), penalty, within=1e-7)


def test_m10_is_judged_for_a_cnc_alone():
    assert judged("M10", {"machine.kind": "hand_router"}).status is NA
    assert judged("M10", {"machine.kind": None}).status is GREEN
    unknown = judged("M10", {"machine.work_area_mm": None})
    assert unknown.status is UNKNOWN
    assert "machine.work_area_mm" in unknown.message


def test_m11_minutes_of_one_channel_worked_by_hand():
    # r 45 to 51, D 2, step-over 0.8: 6 circles at 46, 46.8 ... 50, together 2 pi 288 mm;
    # 1000 mm/min = 16.667 mm/s, v/a = 0.041667 s: 108.573 + 6 x 0.041667 = 108.823 s;
    # five steps of 0.8 mm: 5 (0.048 + 0.041667) = 0.448 s; two levels: 218.543 s;
    # plunge 0.36 s, lifts 0.4 s, start 15 s, set-up 120 s
    finding = judged("M11")
    assert finding.status is NOTE
    assert finding.value == pytest.approx(354.303 / 60, abs=1e-4)
    assert finding.message == "Cutting takes 5 to 6.8 minutes with set-up."
    assert scored().estimated_cut_time_min == finding.value


def test_m11_a_channel_that_the_bit_fills_takes_one_circle_a_level():
    narrow = {"outer_diameter_mm": 94.0, "ring_params": [ring(width_mm=2.0)]}
    # one circle at r 46: 17.342 + 0.041667 s, twice
    seconds = 2 * (2 * math.pi * 46 * 60 / 1000 + 1000 / 60 / 400) + 0.36 + 0.4 + 15 + 120
    assert judged("M11", narrow).value == pytest.approx(seconds / 60)


def test_m11_a_slow_machine_is_limited_by_its_acceleration():
    # a = 1 mm/s2: circles at sqrt(r) mm/s, each with sqrt(r) s to speed up and down;
    # steps of 0.8 mm are short: 2 sqrt(0.8) s
    radii = [46 + 0.8 * step for step in range(6)]
    level = sum(2 * math.pi * r / math.sqrt(r) + math.sqrt(r) for r in radii)
    level += 5 * 2 * math.sqrt(0.8)
    slow = judged("M11", {"machine.accel_mm_s2": 1.0})
    assert slow.value == pytest.approx((2 * level + 0.36 + 0.4 + 15 + 120) / 60)


def test_m11_each_channel_adds_its_own_start():
    rings = [ring(width_mm=2.0), ring(ring_index=1, width_mm=2.0, gap_before_mm=2.0)]
    both = judged("M11", {"ring_params": rings, "channel.layout": "per_ring"})
    assert both.inputs["channels"] == 2
    seconds = 120 + sum(
        2 * (2 * math.pi * r * 60 / 1000 + 1000 / 60 / 400) + 15.76 for r in (46, 50)
    )
    assert both.value == pytest.approx(seconds / 60)


@pytest.mark.parametrize(
    "changes",
    [
        {"machine.accel_mm_s2": None},
        {"cut.plunge_mm_min": None},
        {"cut.stepover_ratio": None},
        {"channel.depth_mm": None},
        {"machine.kind": "hand_router"},
        {"machine.kind": "hand"},
        {"cut.stepover_ratio": 1e-9},
    ],
)
def test_m11_without_its_numbers_there_is_no_time_and_a_reason(changes):
    assert judged("M11", changes).status is NA
    result = scored(changes)
    assert result.estimated_cut_time_min is None
    assert any("Cutting time is not given" in warning for warning in result.warnings)
