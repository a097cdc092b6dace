"""Whether a verdict holds within the uncertainty of what it rests on, worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.feasibility.limits import at_most
from luthier_desktop.domain.feasibility.scorer import score
from luthier_desktop.domain.feasibility.sensitivity import (
    Doubt,
    Sensitivity,
    sensitivities,
    told,
)
from tests.domain.feasibility.test_remedies import case
from tests.domain.feasibility.workbench import CATALOGUE, ring


def certain(
    check_id: str, changes: dict[str, Any], ring_index: int | None = None
) -> Sensitivity | None:
    """Return how far one check can be relied on after *changes*."""
    design, setup = case(changes)
    scored = score(design, setup, CATALOGUE)
    return sensitivities(design, setup, CATALOGUE, scored).get((check_id, ring_index))


def of_force(value: float) -> Doubt:
    return Doubt("the cutting force", 50, 100, 150,
                 lambda part: at_most(value * part, 700.0, 1200.0).status)  # fmt: skip


@pytest.mark.parametrize(
    ("stress_mpa", "holds", "text"),
    [
        (100.0, True, "holds for +-50 % of the cutting force"),
        (466.0, True, "holds for +-50 % of the cutting force"),
        (600.0, False, "depends on the cutting force: YELLOW from +17 %"),
        (1000.0, False, "depends on the cutting force: GREEN from -30 %, RED from +21 %"),
        (1300.0, False, "depends on the cutting force: YELLOW from -8 %, GREEN from -47 %"),
        (2500.0, True, "holds for +-50 % of the cutting force"),
    ],
)
def test_the_force_at_which_a_bit_may_break(stress_mpa, holds, text):
    """Limits 700 and 1200: 700/600 = 1.167; 700/1000 and 1200/1000; 1200/1300 = 0.923."""
    assert told(of_force(stress_mpa)) == (holds, text)


def test_a_bit_that_is_stiff_enough_stays_so_for_any_force_in_reach():
    for check_id in ("M3", "M4", "F2"):
        assert certain(check_id, {}) == (True, "holds for +-50 % of the cutting force")


def test_a_land_that_is_wide_enough_may_still_be_too_weak():
    rings = [ring(width_mm=3.0), ring(ring_index=1, width_mm=3.0, gap_before_mm=2.0)]
    changes = {"ring_params": rings, "outer_diameter_mm": 106.0, "channel.layout": "per_ring",
               "channel.depth_mm": 1.6, "cut.stepdown_mm": 1.6,
               "cut.feed_mm_min": 1600.0}  # fmt: skip
    design, setup = case(changes)
    (land,) = [one for one in score(design, setup, CATALOGUE).findings if one.check_id == "C3"]
    use = float(land.inputs["util"] or 0)
    assert 0.30 < use < 0.60
    green = next(p for p in range(1, 51) if use * (1 - p / 100) <= 0.30)
    red = next(p for p in range(1, 51) if use * (1 + p / 100) > 0.60)
    assert certain("C3", changes, 1) == (
        False, f"depends on the cutting force: GREEN from -{green} %, RED from +{red} %"
    )  # fmt: skip


def test_a_burn_factor_that_decides_is_named():
    """fz 0.018 of 2 mm is 0.9 %: 1.5/0.9 = 1.667, times 1.2 is 2.0 and times 1.21 more."""
    changes = {"cut.feed_mm_min": 360.0}
    assert certain("M7", changes) == (
        False, "depends on the burn factor: YELLOW from 1.21")  # fmt: skip
    assert certain("M7", {}) == (True, "holds for the burn factor from 1.0 to 1.3")


def test_limits_that_are_estimates_are_moved_by_a_fifth():
    """tan 15 = 0.268: 0.3 less 10 % is 0.27, less 11 % 0.267; 2.28 times as hard is under 2.4."""
    limits = "its limits, which are an estimate"
    assert certain("M5", {"cut.ramp_deg": 15.0}) == (
        False, f"depends on {limits}: YELLOW from -11 %")  # fmt: skip
    assert certain("M5", {}) == (True, f"holds for +-20 % of {limits}")
    assert certain("S1", {}, 0) == (True, f"holds for +-20 % of {limits}")
    assert certain("M10", {}) == (True, f"holds for +-20 % of {limits}")


def test_a_slanted_strip_is_judged_by_an_estimate_and_a_straight_one_is_not():
    """45.75/1.5 = 30.5 bends hot from 15; a fifth more is 18."""
    rope = {"ring_params": [ring("ROPE", tile_length_mm=4.0, strip_thickness_mm=1.5,
                                 bending="hot", materials=["koa", "holly"])]}  # fmt: skip
    assert certain("B1", rope, 0) == (
        True, "holds for +-20 % of its limits, which are an estimate")  # fmt: skip
    assert certain("B1", {}, 0) is None


@pytest.mark.parametrize("check_id", ["C1", "G2", "G5", "C2", "M8", "F1"])
def test_what_is_measured_has_no_doubt(check_id):
    assert certain(check_id, {}) is None


def test_nothing_is_said_of_a_check_that_is_not_judged():
    assert certain("M3", {"machine.kind": "hand"}) is None
    assert certain("M3", {"cut.feed_mm_min": None}) is None


@settings(max_examples=60, deadline=None)
@given(st.floats(1.0, 5000.0))
def test_a_status_that_holds_is_the_same_at_every_percent(stress_mpa):
    """The text is right at each whole percent, looked at one by one."""
    doubt = of_force(stress_mpa)
    statuses = {doubt.status(part / 100) for part in range(doubt.low, doubt.high + 1)}
    assert told(doubt).holds == (len(statuses) == 1)
    for status in statuses - {doubt.status(1.0)}:
        assert f"{status.value} from" in told(doubt).text
