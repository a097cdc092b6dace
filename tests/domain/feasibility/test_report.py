"""The report as stored and as joined with the rules."""

from __future__ import annotations

import hashlib
import json
import math

import pytest

from luthier_desktop.domain.feasibility.report import (
    hashed_form,
    joined_report,
    rounded,
    stored_report,
)
from luthier_desktop.domain.feasibility.rules import RULES, RULES_VERSION, rules_document
from luthier_desktop.domain.feasibility.scorer import BUILT
from tests.domain.feasibility.workbench import ring, scored

RULES_SHA = "0" * 64


def mixed():
    """Score a design with a check of every status but RED in lane T."""
    rings = [
        ring("MOSAIC", width_mm=3.0, pattern={"count": 99, "log_length_mm": 76.0, "kerf_mm": 0.5}),
        ring(ring_index=1, width_mm=3.005, ring_id="outer"),
    ]
    return scored({"ring_params": rings})


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1.0, "1"),
        (-0.0, "0"),
        (1 / 3, "0.333333333"),
        (123456.7891234, "123456.789"),
        (0.1 + 0.2, "0.3"),
        (1234567891234.0, "1234567890000"),
        (1e300, "1e+300"),
    ],
)
def test_numbers_have_nine_significant_digits_and_whole_ones_are_ints(value, written):
    assert json.dumps(rounded(value)) == written


def test_the_joined_report_has_every_member_of_the_contract():
    report = joined_report(mixed(), RULES_SHA, run_id="run_x", suggestion_id="s1")
    assert set(report) == {
        "suggestion_id", "run_id", "overall_score", "risk_bucket", "material_efficiency",
        "estimated_cut_time_min", "warnings", "rules_version", "rules_sha256", "assumed",
        "checks", "rings", "lanes", "binding",
    }  # fmt: skip
    assert report["binding"] == {"id": "T1b", "ring_index": 0}
    assert report["rules_version"] == RULES_VERSION
    for check in report["checks"]:
        assert set(check) == {
            "id", "lane", "ring_index", "status", "value", "unit", "green", "yellow", "margin",
            "penalty", "formula", "inputs", "source", "confidence", "message", "remedies",
            "sensitivity",
        }  # fmt: skip
    for one in report["rings"]:
        assert set(one) == {
            "ring_index", "ring_id", "inner_radius_mm", "outer_radius_mm", "risk_bucket",
            "worst_check",
        }  # fmt: skip
    assert {"path": "channel.layout", "value": "single", "from": "setup"} not in report["assumed"]
    assert {"path": "top.backed", "value": False, "from": "default"} in report["assumed"]


def test_the_stored_report_leaves_out_what_the_rules_file_holds():
    stored = stored_report(mixed(), RULES_SHA)
    for check in stored["checks"]:
        assert {"id", "ring_index", "status"} <= set(check) <= {
            "id", "ring_index", "status", "value", "margin", "penalty", "inputs", "message",
            "remedies", "like", "same",
        }  # fmt: skip
        assert check["status"] != "NA"
    assert {"id": "T1", "ring_index": 1} in stored["not_judged"]


def test_stored_and_joined_tell_the_same_checks():
    stored, joined = stored_report(mixed(), RULES_SHA), joined_report(mixed(), RULES_SHA)
    kept = [(one["id"], one["ring_index"]) for one in stored["checks"]]
    skipped = [(one["id"], one["ring_index"]) for one in stored["not_judged"]]
    told = [(one["id"], one["ring_index"]) for one in joined["checks"]]
    assert sorted(kept + skipped, key=str) == sorted(told, key=str)


def test_numbers_that_are_not_computed_are_null_with_the_reason():
    report = joined_report(scored({"channel.depth_mm": None}), RULES_SHA)
    assert report["material_efficiency"] is None
    assert report["estimated_cut_time_min"] is None
    assert report["warnings"] == [
        "Material efficiency is not given. Fill in channel.depth_mm.",
        "Cutting time is not given. A number of the cut or the machine is not given.",
    ]


def test_efficiency_and_cutting_time_are_given_without_a_warning():
    report = joined_report(scored(), RULES_SHA)
    # One strip of 6 x 1.6 as four of 1.5, 2 pi 51 x 1.1 long, and 0.5 mm of saw beside each;
    # 1 mm of pi (51^2 - 45^2) is left.
    stock_mm3 = 4 * 1.5 * 2 * math.pi * 51 * 1.1 * (1.6 + 0.5)
    left_mm3 = math.pi * (51**2 - 45**2)
    assert report["material_efficiency"] == pytest.approx(left_mm3 / stock_mm3, rel=1e-8)
    # Two levels; radii 46, 46.8, 47.6, 48.4, 49.2, 50 mm at 1000 mm/min and 400 mm/s2, where
    # v/a is 1/24 s: six circles and six starts, then five steps of 0.8 mm.
    speed, start = 1000 / 60, 1000 / 60 / 400
    level_s = 2 * math.pi * 288 / speed + 6 * start + 5 * (0.8 / speed + start)
    seconds = 120 + 2 * level_s + 1.2 / (200 / 60) + 10 / (1500 / 60) + 15
    assert report["estimated_cut_time_min"] == pytest.approx(seconds / 60, rel=1e-8)
    assert report["warnings"] == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"machine.kind": "hand"}, "The channel is cut by hand."),
        ({"machine.kind": "hand_router"}, "The time of a hand router is not planned."),
        ({"machine.accel_mm_s2": None}, "A number of the cut or the machine is not given."),
    ],
)
def test_without_a_planned_cut_there_is_no_cutting_time(change, reason):
    answer = scored(change)
    assert answer.estimated_cut_time_min is None
    assert answer.warnings == (f"Cutting time is not given. {reason}",)


@pytest.mark.parametrize("angle_deg", [5e-324, 1e-310])
def test_an_angle_of_next_to_nothing_gives_no_efficiency(angle_deg):
    pattern = {"count": 60, "angle_deg": angle_deg}
    answer = scored({"ring_params": [ring("BARBER_POLE", pattern=pattern)]})
    assert answer.material_efficiency is None
    assert "These values give no volume: one of them" in answer.warnings[0]


def test_without_rings_neither_number_is_given():
    answer = scored({"ring_params": []})
    assert (answer.material_efficiency, answer.estimated_cut_time_min) == (None, None)
    assert answer.warnings == (
        "no rings",
        "Material efficiency is not given. There are no rings.",
        "Cutting time is not given. There are no rings.",
    )


def test_the_hashed_form_knows_no_run_and_no_identity_of_rings():
    first = stored_report(mixed(), RULES_SHA, run_id="run_a", suggestion_id="s1")
    rings = [ring("MOSAIC", width_mm=3.0, ring_id="mosaic",
                  pattern={"count": 99, "log_length_mm": 76.0, "kerf_mm": 0.5}),
             ring(ring_index=1, width_mm=3.005)]
    second = stored_report(scored({"ring_params": rings}), RULES_SHA, run_id="run_b")
    assert first != second
    assert hashed_form(first) == hashed_form(second)


def test_the_report_is_plain_json():
    report = joined_report(mixed(), RULES_SHA)
    assert json.loads(json.dumps(report, allow_nan=False)) == report


def test_every_built_check_is_registered_in_its_lane_with_text_and_source():
    for lane, checks in BUILT:
        for check in checks:
            rule = RULES[check.check_id]
            assert rule.lane is lane
            assert all((rule.title, rule.formula, rule.green, rule.yellow, rule.red, rule.source))
            assert rule.confidence in ("H", "M", "L")


def test_every_rule_belongs_to_a_check_that_is_built():
    built = [check.check_id for _, checks in BUILT for check in checks]
    assert list(RULES) == built


def test_the_rules_document_holds_every_rule_once():
    document = rules_document()
    assert document["rules_version"] == RULES_VERSION
    assert [rule["id"] for rule in document["checks"]] == list(RULES)
    assert json.loads(json.dumps(document, allow_nan=False)) == document


def test_the_text_of_a_rules_version_never_changes():
    """A store keeps the text of each version once: change it together with RULES_VERSION."""
    text = json.dumps(rules_document(), sort_keys=True).encode()
    assert (RULES_VERSION, hashlib.sha256(text).hexdigest()) == (
        "rules-2",
        "83cabd3aceeae930a728e9e4279ace1fe86005992a5d28906d43fde3746af0a1",
    )
