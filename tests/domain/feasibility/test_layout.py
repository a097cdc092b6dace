"""Lane G at, just inside and just outside each limit; expected values are worked by hand."""

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
    judged,
    ring,
    scored,
)


def two_rings(gap_mm, layout):
    return {
        "ring_params": [
            ring(ring_index=0, width_mm=3.0),
            ring(ring_index=1, width_mm=3.0, gap_before_mm=gap_mm),
        ],
        "channel.layout": layout,
    }


@pytest.mark.parametrize(
    ("gap_mm", "layout", "status", "penalty"),
    [
        (0.0, "single", GREEN, 0.0),
        (0.049, "single", GREEN, 0.0),
        (0.05, "single", GREEN, 0.0),
        (0.051, "single", RED, 1.0),
        (4.0, "per_ring", GREEN, 0.0),
    ],
)
def test_g1_a_gap_inside_one_channel_is_an_empty_groove(gap_mm, layout, status, penalty):
    finding = judged("G1", two_rings(gap_mm, layout), ring_index=1)
    assert (finding.status, finding.value, finding.penalty) == (status, gap_mm, penalty)


def test_g1_the_first_ring_is_a_place_only_when_it_has_a_gap():
    assert not [one for one in scored().findings if one.check_id == "G1"]
    finding = judged("G1", {"ring_params.0.gap_before_mm": 0.2}, ring_index=0)
    assert finding.status is RED


@pytest.mark.parametrize(
    ("given", "value", "status", "penalty"),
    [
        ((85, 90.02, "wood"), 2.51, GREEN, 0.0),
        ((85, 90.0, "wood"), 2.5, GREEN, 0.0),
        ((85, 89.98, "wood"), 2.49, YELLOW, 0.01 / 1.5),
        ((85, 87.0, "wood"), 1.0, YELLOW, 1.0),
        ((85, 86.98, "wood"), 0.99, RED, 1.0),
        ((74.9, 78.9, "wood"), 2.0, GREEN, 0.0),
        ((74.9, 78.88, "wood"), 1.99, YELLOW, 0.01),
        ((75, 79.0, "wood"), 2.0, YELLOW, 0.5 / 1.5),
        ((85, 85.0, "wood"), 0.0, RED, 1.0),
        ((85, 85.0, "bound"), 0.0, GREEN, 0.0),
        ((85, 85.1, "bound"), 0.05, GREEN, 0.0),
        ((85, 84.9, "bound"), -0.05, GREEN, 0.0),
        ((85, 85.12, "bound"), 0.06, RED, 1.0),
        ((85, 84.88, "bound"), -0.06, RED, 1.0),
        ((85, 90.0, "bound"), 2.5, GREEN, 0.0),
    ],
)
def test_g2_wood_at_the_edge_of_the_soundhole(given, value, status, penalty):
    soundhole_mm, inner_mm, edge = given
    finding = judged(
        "G2",
        {
            "soundhole_diameter_mm": soundhole_mm,
            "inner_diameter_mm": inner_mm,
            "soundhole_edge": edge,
        },
    )
    assert_stands(finding, status, pytest.approx(value, abs=1e-9), penalty)


def test_g2_a_gap_before_the_first_ring_counts_as_wood():
    assert judged("G2", {"ring_params.0.gap_before_mm": 1.0}).value == pytest.approx(3.5)


def test_g2_without_a_soundhole_is_unknown_and_names_the_field():
    finding = judged("G2", {"soundhole_diameter_mm": None})
    assert finding.status is UNKNOWN
    assert finding.penalty == 0.5
    assert "soundhole_diameter_mm" in finding.message


@pytest.mark.parametrize(
    ("board", "degrees"),
    [
        # r = 48: asin(30/48) = 38.6822 deg, acos(40/48) = 33.5573 deg; the smaller, doubled
        ({"width_mm": 60.0, "end_distance_mm": 40.0}, 67.114619),
        # asin(20/48) = 24.6243 deg
        ({"width_mm": 40.0, "end_distance_mm": 40.0}, 49.248637),
        ({"width_mm": 60.0, "end_distance_mm": 48.0}, 0.0),
        ({"width_mm": 60.0, "end_distance_mm": 60.0}, 0.0),
    ],
)
def test_g3_the_hidden_arc_is_advice(board, degrees):
    finding = judged("G3", {"fingerboard": board}, ring_index=0)
    assert finding.status is NOTE
    assert finding.penalty == 0
    assert finding.value == pytest.approx(degrees, abs=1e-5)


def test_g3_is_not_judged_without_a_fingerboard_and_unknown_with_half_of_one():
    assert judged("G3", {"fingerboard": None}, 0).status is NA
    half = judged("G3", {"fingerboard": {"width_mm": 60.0}}, 0)
    assert half.status is UNKNOWN
    assert "fingerboard.end_distance_mm" in half.message


@pytest.mark.parametrize(
    ("limit_mm", "value", "status", "penalty"),
    [
        (108.02, 3.01, GREEN, 0.0),
        (108.0, 3.0, GREEN, 0.0),
        (107.98, 2.99, YELLOW, 0.01 / 3),
        (102.0, 0.0, YELLOW, 1.0),
        (101.98, -0.01, RED, 1.0),
    ],
)
def test_g4_room_to_the_outer_limit(limit_mm, value, status, penalty):
    finding = judged("G4", {"top.rosette_limit_diameter_mm": limit_mm})
    assert_stands(finding, status, pytest.approx(value, abs=1e-9), penalty)


def test_g4_is_not_judged_without_a_limit():
    assert judged("G4").status is NA


@pytest.mark.parametrize(
    ("width_mm", "value", "status", "penalty", "word"),
    [
        (6.0, 0.0, GREEN, 0.0, "fill the span"),
        (6.01, 0.01, GREEN, 0.0, "fill the span"),
        (5.99, -0.01, GREEN, 0.0, "fill the span"),
        (6.011, 0.011, YELLOW, 0.025, "too full"),
        (5.95, -0.05, YELLOW, 1.0, "not full"),
        (6.05, 0.05, YELLOW, 1.0, "too full"),
        (6.051, 0.051, RED, 1.0, "too full"),
        (5.949, -0.051, RED, 1.0, "not full"),
    ],
)
def test_g5_the_rings_fill_the_span(width_mm, value, status, penalty, word):
    finding = judged("G5", {"ring_params.0.width_mm": width_mm})
    assert_stands(finding, status, pytest.approx(value, abs=1e-9), penalty)
    assert word in finding.message


def test_g5_reads_the_measured_width_where_there_is_one():
    finding = judged("G5", {"ring_params.0.measured_width_mm": 5.9})
    assert finding.status is RED
    assert finding.value == pytest.approx(-0.1)
