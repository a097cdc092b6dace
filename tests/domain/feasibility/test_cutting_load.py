"""Depth of cut, strength, stiffness, runout and rubbing of the bit, each at its limits."""

from __future__ import annotations

import math

import pytest

from luthier_desktop.domain.feasibility import cutting
from tests.domain.feasibility.by_hand import bend_mm, force_n
from tests.domain.feasibility.standing import assert_stands
from tests.domain.feasibility.workbench import (
    CATALOGUE,
    GREEN,
    NA,
    RED,
    UNKNOWN,
    YELLOW,
    judged,
    ring,
)


def material(material_id):
    found = CATALOGUE.get(material_id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("material_id", "force_mpa"),
    # the domain reference: spruce 425 gives 32, maple 705 gives 53, ebony 1035 gives 78 at 0.1 mm
    [("sitka_spruce", 31.875), ("hard_maple", 52.875), ("gaboon_ebony", 77.625),
     ("mother_of_pearl", 2500), ("bone", 300), ("abs", 80), ("vulcanised_fibre", 80)],
)  # fmt: skip
def test_the_specific_force_of_a_tenth_of_a_millimetre(material_id, force_mpa):
    assert cutting.specific_force_mpa(material(material_id), 0.1) == pytest.approx(force_mpa)


def test_thin_chips_take_more_force_in_wood_and_not_in_shell():
    wood, shell = material("sitka_spruce"), material("mother_of_pearl")
    # 31.875 x 0.5^-0.45 = 31.875 x 1.366040
    assert cutting.specific_force_mpa(wood, 0.05) == pytest.approx(43.5425, abs=1e-3)
    assert cutting.specific_force_mpa(shell, 0.05) == 2500


def test_a_millimetre_bit_in_shell_at_spruce_feeds_breaks():
    # the domain reference: 3214 MPa; a_p 0.5, fz 0.02, 4 mm of flute
    force = cutting.lateral_force_n(material("mother_of_pearl"), 0.5, 0.02)
    assert cutting.bending_stress_mpa(force, 1.0, 4.0) == pytest.approx(3214, abs=1)


@pytest.mark.parametrize(
    ("feed", "stepdown", "status", "penalty"),
    [
        # chip 2.5 of 4.0 %: 62.5 % of the band, so 2 D is green and nothing is yellow
        (1000, 3.998, GREEN, 0.0),
        (1000, 4.0, GREEN, 0.0),
        (1000, 4.002, RED, 1.0),
        # 50 %: up to 3 D is yellow
        (800, 4.0, GREEN, 0.0),
        (800, 4.002, YELLOW, 1.001 / 2),
        (800, 6.0, YELLOW, 1.0),
        (800, 6.002, RED, 1.0),
        # exactly 75 %, and just over it
        (1200, 4.0, GREEN, 0.0),
        (1202, 2.0, GREEN, 0.0),
        (1202, 2.002, YELLOW, 0.001),
        (1202, 4.0, YELLOW, 1.0),
        (1202, 4.002, RED, 1.0),
    ],
)
def test_m2_the_depth_of_a_pass(feed, stepdown, status, penalty):
    changes = {"cut.feed_mm_min": float(feed), "cut.stepdown_mm": stepdown}
    finding = judged("M2", changes | {"channel.depth_mm": 10.0})
    assert_stands(finding, status, pytest.approx(stepdown / 2), penalty)


def test_m2_a_pass_is_never_deeper_than_the_channel():
    assert judged("M2", {"cut.stepdown_mm": 9.0}).value == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("stress_mpa", "status", "penalty"),
    [
        (699.0, GREEN, 0.0),
        (700.0, GREEN, 0.0),
        (701.0, YELLOW, 0.002),
        (1200.0, YELLOW, 1.0),
        (1201.0, RED, 1.0),
    ],
)
def test_m3_breakage(stress_mpa, status, penalty):
    flute_mm = stress_mpa * math.pi * 1.6**3 / (32 * force_n(0.6))
    lengths = {"tool.flute_length_mm": flute_mm, "tool.stickout_mm": flute_mm}
    finding = judged("M3", lengths)
    assert_stands(finding, status, pytest.approx(stress_mpa), penalty, within=1e-7)


@pytest.mark.parametrize(
    ("delta_mm", "status", "penalty"),
    [
        (0.01499, GREEN, 0.0),
        (0.015, GREEN, 0.0),
        (0.01501, YELLOW, 0.00001 / 0.035),
        (0.05, YELLOW, 1.0),
        (0.05001, RED, 1.0),
    ],
)
def test_m4_deflection(delta_mm, status, penalty):
    pass_mm = 0.6 * delta_mm / bend_mm(0.6)
    finding = judged("M4", {"cut.stepdown_mm": pass_mm, "channel.depth_mm": 30.0})
    assert_stands(finding, status, pytest.approx(delta_mm), penalty, within=1e-6)


def test_m4_steel_bends_nearly_three_times_as_far_as_carbide():
    assert judged("M4", {"tool.material": "hss"}).value == pytest.approx(bend_mm(0.6, 200_000))
    assert judged("M4").value == pytest.approx(bend_mm(0.6))


def test_m4_a_bit_set_deep_into_the_collet_has_no_shank_to_bend():
    short = {"tool.stickout_mm": 6.0, "tool.shank_diameter_mm": None}
    assert judged("M4", short).value == pytest.approx(bend_mm(0.6, stickout_mm=6.0))


def test_m4_grain_counts_for_wood_alone():
    # bone: 300 N/mm2, no grain factor
    force = 300 * 0.6 * 0.05 * math.sqrt(1.16) * 1.5
    expected = bend_mm(0.6) * force / force_n(0.6)
    assert judged("M4", {"top.material_id": "bone"}).value == pytest.approx(expected)


@pytest.mark.parametrize(
    ("runout_mm", "status", "penalty"),
    [
        # fz 0.05, D 2: red above 0.16 mm
        (0.0499, GREEN, 0.0),
        (0.05, GREEN, 0.0),
        (0.0501, YELLOW, 0.001),
        (0.15, YELLOW, 1.0),
        (0.16, YELLOW, 1.0),
        (0.1601, RED, 1.0),
    ],
)
def test_m6_runout(runout_mm, status, penalty):
    finding = judged("M6", {"tool.runout_mm": runout_mm})
    assert_stands(finding, status, pytest.approx(runout_mm / 0.05), penalty)


@pytest.mark.parametrize(
    ("given", "value", "status", "penalty"),
    [
        # D 4 mm in spruce, lo 1.5 %: fz 0.03 is 0.75 %, half of it
        (("sitka_spruce", 4.0, 601.0), 1.5 / 0.75125, GREEN, 0.0),
        (("sitka_spruce", 4.0, 600.0), 2.0, GREEN, 0.0),
        (("sitka_spruce", 4.0, 599.0), 1.5 / 0.74875, YELLOW, (1.5 / 0.74875 - 2) / 2),
        (("sitka_spruce", 4.0, 300.0), 4.0, YELLOW, 1.0),
        (("sitka_spruce", 4.0, 299.0), 1.5 / 0.37375, RED, 1.0),
        # maple burns: lo 1.0, factor 1.3
        (("hard_maple", 4.0, 520.0), 2.0, GREEN, 0.0),
        (("hard_maple", 4.0, 519.0), 1.3 / 0.64875, YELLOW, (1.3 / 0.64875 - 2) / 2),
        # D 0.5 mm in spruce: the chip itself is too thin
        (("sitka_spruce", 0.5, 160.0), 0.9375, GREEN, 0.0),
        (("sitka_spruce", 0.5, 159.0), 1.5 / 1.59, YELLOW, 0.00005 / 0.003),
        (("sitka_spruce", 0.5, 100.0), 1.5, YELLOW, 1.0),
        (("sitka_spruce", 0.5, 99.0), 1.5 / 0.99, RED, 1.0),
        # shell has no such floor: fz 0.002 of 0.5 mm is 0.4 %
        (("mother_of_pearl", 0.5, 40.0), 0.5, GREEN, 0.0),
    ],
)
def test_m7_rubbing_and_burning(given, value, status, penalty):
    material_id, diameter_mm, feed = given
    changes = {"top.material_id": material_id, "tool.diameter_mm": diameter_mm}
    finding = judged("M7", changes | {"cut.feed_mm_min": feed})
    assert_stands(finding, status, pytest.approx(value), penalty, within=1e-6)


@pytest.mark.parametrize(
    ("check_id", "paths"),
    [
        ("M2", ("cut.stepdown_mm", "channel.depth_mm", "tool.diameter_mm", "top.material_id")),
        ("M3", ("tool.flute_length_mm", "tool.stickout_mm", "cut.stepdown_mm", "tool.flutes")),
        ("M4", ("tool.material", "tool.shank_diameter_mm", "cut.feed_mm_min", "top.material_id")),
        ("M6", ("tool.runout_mm", "cut.spindle_rpm", "top.material_id")),
        ("M7", ("cut.feed_mm_min", "tool.flutes", "top.material_id")),
    ],
)
def test_what_is_missing_is_unknown_and_named(check_id, paths):
    for path in paths:
        finding = judged(check_id, {path: None})
        assert finding.status is UNKNOWN
        assert path in finding.message
    assert judged(check_id, {"top.material_id": "cardboard"}).status is UNKNOWN
    assert judged(check_id, {"machine.kind": "hand"}).status is NA
    felt = {"machine.kind": "hand_router", "cut.feed_mm_min": None}
    assert judged(check_id, felt).status is NA
    assert judged(check_id, {"machine.kind": "hand_router"}).status is GREEN


def test_a_machined_ring_repeats_the_checks_of_its_cut_with_its_own_depth():
    part = ring(made="machine", materials=["mother_of_pearl"], inlay_thickness_mm=0.5)
    changes = {"ring_params": [part], "inlay_cut.stepdown_mm": 9.0, "inlay_tool.diameter_mm": 1.0}
    assert judged("M2", changes, 0).value == pytest.approx(0.5)
    # without a thickness: channel 1.2 + 0.4
    no_thickness = ring(made="machine", materials=["mother_of_pearl"])
    assert judged("M2", changes | {"ring_params": [no_thickness]}, 0).value == pytest.approx(1.6)
    for check_id in ("M1", "M3", "M4", "M6", "M7"):
        assert judged(check_id, changes, 0).ring_index == 0
