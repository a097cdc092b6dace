"""The worst wins, the number stays in its band, and one check binds."""

from __future__ import annotations

import json
import math

import pytest

from luthier_desktop.domain.feasibility.findings import Finding
from luthier_desktop.domain.feasibility.risk import RiskBucket, Status
from luthier_desktop.domain.feasibility.scorer import score
from luthier_desktop.domain.feasibility.verdict import binding, lane_penalty, number_in_band
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from tests.domain.feasibility.workbench import CATALOGUE, DESIGN, SETUP, ring, scored


def answer(check_id, status, penalty, ring_index=None):
    return Finding(check_id, ring_index, Status(status), None, None, penalty, {}, "")


def test_a_sound_design_in_a_competent_shop_is_green_with_nothing_binding():
    result = scored()
    assert (result.risk_bucket, result.score, result.binding) == (RiskBucket.GREEN, 100.0, None)
    assert {one.risk_bucket for one in result.lanes} == {RiskBucket.GREEN}
    assert result.rings[0].risk_bucket is RiskBucket.GREEN


@pytest.mark.parametrize(
    ("changes", "verdict", "binding_check"),
    [
        ({"ring_params.0.width_mm": 6.02}, "YELLOW", "G5"),
        ({"soundhole_diameter_mm": None}, "UNKNOWN", "G2"),
        ({"soundhole_diameter_mm": None, "ring_params.0.width_mm": 6.02}, "UNKNOWN", "G2"),
        ({"soundhole_diameter_mm": None, "top.thickness_mm": 1.5}, "RED", "C1"),
    ],
)
def test_the_worst_status_wins(changes, verdict, binding_check):
    result = scored(changes)
    assert result.risk_bucket.value == verdict
    assert result.binding is not None
    assert result.binding.check_id == binding_check


@pytest.mark.parametrize(
    ("bucket", "penalties", "number"),
    [
        # GREEN 80-100, YELLOW 60-79, UNKNOWN 40-59, RED 0-39; mean over seven lanes
        (RiskBucket.GREEN, [0, 0, 0, 0], 100.0),
        (RiskBucket.YELLOW, [0.7, 0, 0, 0], 60 + 19 * 0.9),
        (RiskBucket.YELLOW, [1, 1, 1, 1, 1, 1, 1], 60.0),
        (RiskBucket.UNKNOWN, [0.5, 0.2], 40 + 19 * 0.9),
        (RiskBucket.RED, [1, 0, 0, 0, 0, 0, 0], 39 * 6 / 7),
        (RiskBucket.RED, [1, 1, 1, 1, 1, 1, 1], 0.0),
    ],
)
def test_the_number_lies_in_the_band_of_the_verdict(bucket, penalties, number):
    assert number_in_band(bucket, penalties) == pytest.approx(number)


def test_a_lane_counts_with_its_largest_penalty():
    assert lane_penalty([answer("G2", "YELLOW", 0.3), answer("G5", "YELLOW", 0.6)]) == 0.6
    assert lane_penalty([]) == 0.0


def test_among_checks_of_the_verdict_the_largest_penalty_binds():
    findings = [
        answer("G2", "UNKNOWN", 0.5),
        answer("C1", "YELLOW", 0.9),
        answer("T2", "YELLOW", 0.4, 1),
        answer("M1", "YELLOW", 0.95),
    ]
    assert binding(RiskBucket.YELLOW, findings) is findings[3]
    assert binding(RiskBucket.UNKNOWN, findings) is findings[0]
    assert binding(RiskBucket.GREEN, findings) is None


def test_ties_go_to_the_earlier_lane_then_check_then_ring():
    # both red: C1 by depth, M4b by a whip of a bit; C before M
    result = scored({"top.thickness_mm": 1.5, "tool.flute_length_mm": 60.0,
                     "tool.stickout_mm": 60.0})
    assert result.binding is not None
    assert result.binding.check_id == "C1"
    # rings 0 and 1 alike: the inner one
    rings = [ring("MOSAIC", width_mm=3.0, pattern={"count": 99}),
             ring("MOSAIC", ring_index=1, width_mm=3.0, pattern={"count": 99})]
    result = scored({"ring_params": rings})
    assert result.binding is not None
    assert (result.binding.check_id, result.binding.ring_index) == ("T1b", 0)


def test_findings_come_in_the_order_that_decides_ties():
    order = list(dict.fromkeys(one.check_id for one in scored().findings))
    lanes = ["GCBTMFS".index(check_id[0]) for check_id in order]
    assert lanes == sorted(lanes)


def test_a_note_never_counts():
    # without a number of logs T4 is advice; the fingerboard's arc is advice too
    log = {"count": 100, "rows": 10, "cols": 6, "log_length_mm": 76.0, "kerf_mm": 0.5,
           "slice_mm": 1.5}
    result = scored({"ring_params": [ring("MOSAIC", pattern=log)]})
    assert Status.NOTE in {one.status for one in result.findings}
    assert (result.risk_bucket, result.score) == (RiskBucket.GREEN, 100.0)


def test_each_ring_has_the_verdict_of_its_own_checks():
    rings = [ring("MOSAIC", width_mm=3.0, pattern={"count": 99, "rows": 5, "cols": 5}),
             ring(ring_index=1, width_mm=3.0)]
    result = scored({"ring_params": rings})
    assert [(one.risk_bucket.value, one.worst_check) for one in result.rings] == [
        ("RED", "T1b"),
        ("GREEN", None),
    ]
    assert [(one.inner_radius_mm, one.outer_radius_mm) for one in result.rings] == [
        (45.0, 48.0),
        (48.0, 51.0),
    ]


def test_the_smoke_case_has_nothing_to_judge():
    design = RosetteParamSpec.read(
        {"outer_diameter_mm": 100, "inner_diameter_mm": 20, "ring_params": []}, "design"
    )
    result = score(design, Setup.read(SETUP, "setup"), CATALOGUE)
    assert (result.risk_bucket, result.score, result.binding) == (RiskBucket.UNKNOWN, None, None)
    assert result.warnings[0] == "no rings"
    assert "20 mm is not a guitar's soundhole" in result.warnings[1]


@pytest.mark.parametrize(
    ("soundhole_mm", "odd"), [(39.9, True), (40.0, False), (115.0, False), (115.1, True)]
)
def test_a_soundhole_that_no_guitar_has_is_said(soundhole_mm, odd):
    result = scored({"soundhole_diameter_mm": soundhole_mm})
    assert any("not a guitar's soundhole" in one for one in result.warnings) is odd


def test_every_value_that_is_not_the_designs_is_listed_with_its_origin():
    result = scored(
        {
            "top": {"thickness_mm": 3.0},
            "channel": {"glue": "ca"},
            "fingerboard": None,
            "setup.top.material_id": "koa",
            "setup.top.thickness_mm": 9.0,
            "setup.channel.depth_mm": 1.1,
            "setup.channel.glue": "pva",
            "setup.fingerboard.width_mm": 60.0,
        }
    )
    listed = {one.path: (one.value, one.origin) for one in result.assumed}
    clearance = listed.pop("channel.clearance_mm", None)
    assert clearance in (None, (0.05, "default"))
    assert listed == {
        "top.material_id": ("koa", "setup"),
        "top.face_removal_mm": (0.0, "default"),
        "top.back_removal_mm": (0.0, "default"),
        "top.backed": (False, "default"),
        "channel.depth_mm": (1.1, "setup"),
        "channel.layout": ("single", "default"),
        "fingerboard.width_mm": (60.0, "setup"),
    }


def test_a_gap_after_the_first_ring_cuts_a_channel_for_each():
    rings = [ring(width_mm=2.5), ring(ring_index=1, width_mm=2.5, gap_before_mm=1.0)]
    result = scored({"ring_params": rings, "channel.layout": None,
                     "setup.channel.layout": "single"})
    listed = {one.path: (one.value, one.origin) for one in result.assumed}
    assert listed["channel.layout"] == ("per_ring", "default")


def test_absurd_values_are_unknown_and_never_a_pass():
    for feed_mm_min in (1e-300, 100_000.0):
        result = scored(
            {
                "cut.feed_mm_min": feed_mm_min,
                "cut.spindle_rpm": 1e-300,
                "cut.stepdown_mm": 1e-6,
                "cut.stepover_ratio": 1e-300,
                "tool.diameter_mm": 1e-6,
                "tool.runout_mm": 2000.0,
                "machine.accel_mm_s2": 1e-300,
            }
        )
        assert result.risk_bucket is RiskBucket.RED
        numbers = [one.value for one in result.findings if one.value is not None]
        assert all(math.isfinite(number) for number in numbers)


def test_the_same_design_scores_the_same_whatever_the_order_of_its_keys():
    backwards = json.loads(json.dumps(DESIGN), object_pairs_hook=lambda o: dict(reversed(o)))
    setup = Setup.read(SETUP, "setup")
    assert score(RosetteParamSpec.read(backwards, "d"), setup, CATALOGUE) == score(
        RosetteParamSpec.read(DESIGN, "d"), setup, CATALOGUE
    )
