"""What if: every combination is judged, bounded, cancelable, and leaves no record."""

from __future__ import annotations

import pytest

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.feasibility.risk import RiskBucket
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Channel, TopPlate
from luthier_desktop.services.studio import Studio
from luthier_desktop.services.sweeps import SweepField, steps_between, with_values

DEPTH = SweepField("channel.depth_mm", (1.2, 1.6, 3.0))


def never() -> bool:
    return False


@pytest.fixture
def design(studio: Studio) -> RosetteParamSpec:
    """A starter in a 2.8 mm top that is levelled by nothing."""
    return studio.presets.starters()[0].design.model_copy(
        update={
            "channel": Channel(depth_mm=1.4, layout="single"),
            "top": TopPlate(
                material_id="sitka_spruce", thickness_mm=2.8, face_removal_mm=0.0,
                back_removal_mm=0.0,
            ),
        }
    )


@pytest.mark.parametrize(
    ("first", "last", "steps", "whole", "values"),
    [
        (1.0, 2.0, 5, False, (1.0, 1.25, 1.5, 1.75, 2.0)),
        (2.0, 1.0, 3, False, (2.0, 1.5, 1.0)),
        (1.0, 1.0, 1, False, (1.0,)),
        (0.1, 0.4, 4, False, (0.1, 0.2, 0.3, 0.4)),
        (1, 3, 5, True, (1, 2, 3)),
    ],
)
def test_a_range_is_cut_into_steps_with_both_ends(first, last, steps, whole, values):
    assert steps_between(first, last, steps, whole=whole) == values


@pytest.mark.parametrize("steps", [0, -3, 2501, 10**12])
def test_a_range_of_no_steps_or_of_too_many_is_refused_at_once(steps):
    with pytest.raises(InputRefused):
        steps_between(1.0, 2.0, steps, whole=False)


def test_each_step_is_judged_like_the_design_itself(studio, design):
    cells = list(studio.feasibility.sweep(design, [DEPTH], never))
    assert [cell.at for cell in cells] == [(0,), (1,), (2,)]
    for cell, depth_mm in zip(cells, DEPTH.values, strict=True):
        channel = design.channel.model_copy(update={"depth_mm": depth_mm})
        scored = studio.feasibility.preview(design.model_copy(update={"channel": channel}))
        assert (cell.risk_bucket, cell.score) == (scored.risk_bucket, scored.score)
        assert cell.binding == scored.binding
    assert cells[2].risk_bucket is RiskBucket.RED  # 3.0 mm deep in a 2.8 mm top
    assert cells[2].binding.check_id == "C1"


def test_two_fields_are_crossed_the_second_one_fastest(studio, design):
    other = SweepField("ring_params[0].width_mm", (1.0, 2.0))
    cells = list(studio.feasibility.sweep(design, [DEPTH, other], never))
    assert [cell.at for cell in cells] == [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)]
    assert design.channel.depth_mm == 1.4


def test_a_step_that_breaks_a_rule_is_told_and_the_rest_goes_on(studio, design):
    field = SweepField("inner_diameter_mm", (design.inner_diameter_mm, 900.0))
    sound, broken = studio.feasibility.sweep(design, [field], never)
    assert sound.refused == ""
    assert broken.risk_bucket is None
    assert broken.score is None
    assert "inner_diameter_mm" in broken.refused


def test_a_field_that_is_absent_is_filled_in(studio, design):
    field = SweepField("channel.clearance_mm", (0.05,))
    assert with_values(design, [field], (0,)).channel.clearance_mm == 0.05
    assert with_values(design, [DEPTH], (1,)).channel.depth_mm == 1.6


def test_a_sweep_stops_when_it_is_told_to(studio, design):
    asked = []

    def stop_after_two() -> bool:
        asked.append(None)
        return len(asked) > 2

    assert len(list(studio.feasibility.sweep(design, [DEPTH], stop_after_two))) == 2


@pytest.mark.parametrize(
    "fields",
    [
        [],
        [DEPTH, DEPTH],
        [DEPTH, SweepField("top.thickness_mm", (2.8,)), SweepField("inner_diameter_mm", (90.0,))],
        [SweepField("channel.depth_mm", ())],
        [SweepField("channel.depth_mm", tuple(n / 100 for n in range(1, 52))),
         SweepField("top.thickness_mm", tuple(n / 10 for n in range(1, 51)))],
    ],
)
def test_fields_that_are_no_sweep_are_refused_before_anything_is_judged(studio, design, fields):
    with pytest.raises(InputRefused):
        studio.feasibility.sweep(design, fields, never)


def test_2500_designs_are_the_most_and_the_sentence_says_so(studio, design):
    wide = SweepField("channel.depth_mm", tuple(n / 100 for n in range(1, 52)))
    tall = SweepField("top.thickness_mm", tuple(n / 10 for n in range(1, 51)))
    with pytest.raises(InputRefused, match="2,550 designs; a sweep judges at most 2,500"):
        studio.feasibility.sweep(design, [wide, tall], never)


def test_a_sweep_records_nothing(studio, design):
    list(studio.feasibility.sweep(design, [DEPTH], never))
    assert not (studio.data_dir / "ledger.jsonl").exists()
    assert not list(studio.data_dir.rglob("run_*"))
