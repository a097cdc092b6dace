"""Remedies: solved by hand for the checks of each lane, and tried on spoilt designs."""

from __future__ import annotations

import math
from typing import Any

import pytest

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.feasibility.remedies.fields import apply
from luthier_desktop.domain.feasibility.remedies.remedy import Remedy
from luthier_desktop.domain.feasibility.remedies.solver import solve
from luthier_desktop.domain.feasibility.remedies.steps import step_of
from luthier_desktop.domain.feasibility.scorer import score
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from tests.campaigns.remedies import Spoilt, catalogue, faults, spoilt_designs
from tests.domain.feasibility.workbench import (
    CATALOGUE,
    DESIGN,
    GREEN,
    RED,
    SETUP,
    SHOP_MEMBERS,
    YELLOW,
    changed,
    ring,
)

NO_BOARD = {"fingerboard": None}


def case(changes: dict[str, Any]) -> tuple[RosetteParamSpec, Setup]:
    """Change the sound design or, by their own paths, the competent shop."""
    shop = {path: value for path, value in changes.items() if path.split(".")[0] in SHOP_MEMBERS}
    own = {path: value for path, value in changes.items() if path not in shop}
    design = RosetteParamSpec.read(changed(DESIGN, own), "design")
    return design, Setup.read(changed(SETUP, shop), "setup")


def fixes(
    check_id: str, changes: dict[str, Any], ring_index: int | None = None
) -> tuple[Remedy, ...]:
    """Return the remedies of one check after *changes*."""
    design, setup = case(changes)
    found = solve(design, setup, CATALOGUE, score(design, setup, CATALOGUE))
    return found.get((check_id, ring_index), ())


def told(remedies: tuple[Remedy, ...]) -> list[tuple[Any, ...]]:
    return [(one.path, one.before, one.after) for one in remedies]


def of_ring(pattern_type: str, **members: Any) -> dict[str, Any]:
    return {"ring_params": [ring(pattern_type, **members)]}


def test_c1_a_shallower_channel_before_a_thicker_or_a_backed_top():
    """3.0 - 0.2 - 1.2 = 1.6; 0.55 t >= 2.0 + 0.2 - 0.45 x 0.4 gives 3.67; backed 0.8 is enough."""
    assert told(fixes("C1", {"channel.depth_mm": 2.0})) == [
        ("channel.depth_mm", 2.0, 1.6),
        ("top.thickness_mm", 3.0, 3.7),
        ("top.backed", False, True),
    ]


def test_c1_no_top_thicker_than_any_that_is_built_is_offered():
    """3.0 mm deep in 3.0 mm: 45 % of the finished top would ask for one of more than 5 mm."""
    paths = [remedy.path for remedy in fixes("C1", {"channel.depth_mm": 3.0})]
    assert "channel.depth_mm" in paths
    assert "top.thickness_mm" not in paths


def test_c1_without_a_depth_in_the_design_the_design_gets_one():
    design, setup = case({"channel.depth_mm": None})
    setup = Setup.read({**setup.plain(), "channel": {"depth_mm": 2.0}}, "setup")
    scored = score(design, setup, CATALOGUE)
    first = solve(design, setup, CATALOGUE, scored)["C1", None][0]
    assert (first.path, first.before, first.after) == ("channel.depth_mm", 2.0, 1.6)
    after, shop = apply(first, design, setup)
    assert after.channel is not None
    assert after.channel.depth_mm == 1.6
    assert shop is setup


def test_c1b_a_deeper_channel_or_less_levelling():
    """0.2 + 0.6 = 0.8; nothing is left to level off a channel of 0.5."""
    assert told(fixes("C1b", {"channel.depth_mm": 0.5})) == [("channel.depth_mm", 0.5, 0.8)]
    assert told(fixes("C1b", {"channel.depth_mm": 0.75})) == [
        ("channel.depth_mm", 0.75, 0.8),
        ("top.face_removal_mm", 0.2, 0.1),
    ]


def test_c2_a_bit_of_the_trade_that_fits():
    """6.0/1.1 = 5.45: 3.175 is the largest bit of the trade."""
    first = fixes("C2", {"tool.diameter_mm": 6.5})[0]
    assert (first.path, first.after) == ("setup.tool.diameter_mm", 3.175)


def test_c4_a_thinner_or_a_thicker_inlay():
    """1.2 + 0.6 = 1.8 and 1.2 + 0.2 = 1.4."""
    path = "ring_params[0].inlay_thickness_mm"
    high = fixes("C4", {"ring_params.0.inlay_thickness_mm": 2.0}, 0)
    low = fixes("C4", {"ring_params.0.inlay_thickness_mm": 1.25}, 0)
    assert told(high)[0] == (path, 2.0, 1.8)
    assert told(low)[0] == (path, 1.25, 1.4)


def test_g1_a_gap_is_closed_or_each_ring_gets_its_channel():
    rings = [ring(width_mm=3.0), ring(ring_index=1, width_mm=3.0, gap_before_mm=2.0)]
    assert told(fixes("G1", {"ring_params": rings, "outer_diameter_mm": 106.0}, 1)) == [
        ("channel.layout", "single", "per_ring"),
        ("ring_params[1].gap_before_mm", 2.0, 0.0),
    ]


def test_g2_a_smaller_soundhole_or_a_rosette_further_out():
    """2 (45 - 2.5) = 85; 88 + 2 x 2.5 = 93, and the span is then too short."""
    remedies = fixes("G2", {"soundhole_diameter_mm": 88.0})
    assert told(remedies) == [
        ("soundhole_diameter_mm", 88.0, 85.0),
        ("inner_diameter_mm", 90.0, 93.0),
    ]
    assert [one.side_effect for one in remedies] == ["", "Makes G5 RED."]


def test_g2_a_small_soundhole_needs_less_wood():
    """2 (37.5 - 2.0) = 71."""
    small = {"inner_diameter_mm": 75.0, "outer_diameter_mm": 87.0, "soundhole_diameter_mm": 72.0}
    assert told(fixes("G2", small))[0] == ("soundhole_diameter_mm", 72.0, 71.0)


def test_g5_the_span_follows_the_rings_or_the_ring_fills_it():
    """45 + 5.53 = 50.53 and 51 - 45 = 6."""
    assert told(fixes("G5", {"ring_params.0.width_mm": 5.53})) == [
        ("outer_diameter_mm", 102.0, 101.06),
        ("ring_params[0].width_mm", 5.53, 6.0),
    ]


def test_g5_a_locked_or_measured_ring_keeps_its_width():
    locked = {"ring_params.0.width_mm": 5.5, "ring_params.0.locked": True}
    measured = {"ring_params.0.measured_width_mm": 5.5}
    for changes in (locked, measured):
        assert told(fixes("G5", changes)) == [("outer_diameter_mm", 102.0, 101.0)]


def test_b1_a_thinner_strip_or_a_hot_iron():
    """Hot 45/(24 - 0.5) = 1.91; cold 45/(60 - 0.5) = 0.76, and 1.5 mm bend hot at 30.5 t."""
    path = "ring_params[0].strip_thickness_mm"
    assert told(fixes("B1", {"ring_params.0.strip_thickness_mm": 3.0}, 0)) == [(path, 3.0, 1.9)]
    assert told(fixes("B1", {"ring_params.0.bending": "cold"}, 0)) == [
        (path, 1.5, 0.7),
        ("ring_params[0].bending", "cold", "hot"),
    ]


def test_b1_shell_is_cut_to_the_curve():
    (only,) = fixes("B1", {"ring_params.0.materials": ["mother_of_pearl"]}, 0)
    assert (only.path, only.after, only.reaches) == ("ring_params[0].bending", "none", "NA")


def test_b2_shorter_pieces_or_curved_ones():
    """2 sqrt(45^2 - 44.95^2) = 4.24."""
    straight = of_ring("SEGMENTS", tile_length_mm=12.0, pattern={"shape": "straight"})
    assert told(fixes("B2", straight, 0)) == [
        ("ring_params[0].tile_length_mm", 12.0, 4.2),
        ("ring_params[0].pattern.shape", "straight", "curved"),
    ]


def test_t1_the_length_that_closes_or_the_count_that_fits():
    """C = 96 pi = 301.593: 28 tiles of 10.77, or 30 of 10.053, to which 10.05 is close enough."""
    by_hand = NO_BOARD | of_ring("HERRINGBONE", tile_length_mm=10.05, pattern={"count": 28})
    assert told(fixes("T1", by_hand, 0)) == [
        ("ring_params[0].pattern.count", 28, 30),
        ("ring_params[0].tile_length_mm", 10.05, 10.77),
    ]
    rounded = NO_BOARD | of_ring("HERRINGBONE", tile_length_mm=10.0)
    assert told(fixes("T1", rounded, 0))[0] == ("ring_params[0].tile_length_mm", 10.0, 10.05)


def test_t1b_the_multiple_that_closes_better():
    """48 pi 2/29 = 10.40, so 30 tiles of 10.05 close and 28 do not."""
    odd = of_ring("HERRINGBONE", tile_length_mm=10.05, pattern={"count": 29})
    assert told(fixes("T1b", odd, 0)) == [("ring_params[0].pattern.count", 29, 30)]


def test_t2_tapered_tiles_or_many():
    """pi/atan(0.05/12) = 754."""
    wide = of_ring("CHECKER", tile_length_mm=0.4,
                   pattern={"rows": 5, "tapered": False, "count": 100})  # fmt: skip
    first = fixes("T2", wide, 0)[0]
    assert (first.path, first.before, first.after) == (
        "ring_params[0].pattern.tapered", False, True)  # fmt: skip


def test_t3_fewer_rows():
    """6/0.4 = 15."""
    fine = of_ring("CHECKER", tile_length_mm=2.0, pattern={"rows": 20})
    assert told(fixes("T3", fine, 0))[0] == ("ring_params[0].pattern.rows", 20, 15)


def test_t3_a_thicker_band_or_strand_but_no_larger_word_for_a_figure():
    band = fixes("T3", of_ring("WAVE", pattern={"band_mm": 0.35}), 0)
    assert told(band)[0][:3] == ("ring_params[0].pattern.band_mm", 0.35, 0.4)
    strand = fixes("T3", of_ring("PLAIT", pattern={"strand_mm": 0.2}), 0)
    assert told(strand)[0][0] == "ring_params[0].pattern.strand_mm"
    for family in ("CUSTOM", "INLAY"):
        assert fixes("T3", of_ring(family, pattern={"min_cell_mm": 0.2}), 0) == ()


def test_t4_more_logs_longer_ones_or_thinner_slices():
    """60 tiles need 66: 41 a log, so 2; 66 x 2.4 - 0.7 = 157.7; 100.7/66 - 0.7 = 0.83."""
    mosaic = of_ring("MOSAIC", tile_length_mm=5.0, pattern={
        "count": 60, "rows": 9, "cols": 7, "logs": 1, "log_length_mm": 100.0, "kerf_mm": 0.7,
        "slice_mm": 1.7})  # fmt: skip
    remedies = fixes("T4", mosaic, 0)
    path = "ring_params[0].pattern."
    assert told(remedies) == [
        (path + "logs", 1, 2),
        (path + "log_length_mm", 100.0, 157.7),
        (path + "slice_mm", 1.7, 0.8),
    ]
    assert remedies[2].side_effect == "Makes T5 at ring 0 YELLOW."


def test_m1_more_feed_where_the_chip_is_thin():
    """1.5 % of 2 mm x 10 000 x 2 = 600; the machine does not turn at 3300."""
    assert told(fixes("M1", {"cut.feed_mm_min": 200.0})) == [
        ("setup.cut.feed_mm_min", 200.0, 600.0)
    ]


def test_m1_less_feed_or_more_speed_where_the_chip_is_thick():
    """4 % of 2 mm x 10 000 x 2 = 1600; 2400/(0.08 x 2) = 15 000."""
    assert told(fixes("M1", {"cut.feed_mm_min": 2400.0})) == [
        ("setup.cut.feed_mm_min", 2400.0, 1600.0),
        ("setup.cut.spindle_rpm", 10000.0, 15000.0),
    ]


def test_m1_of_a_machined_ring_changes_the_cut_of_the_inlay_alone():
    """Shell: 0.8 % of 2 mm x 10 000 x 2 = 320."""
    shell = of_ring("SEGMENTS", tile_length_mm=12.0, materials=["mother_of_pearl"], made="machine")
    first = fixes("M1", shell, 0)[0]
    assert (first.path, first.before, first.after) == ("setup.inlay_cut.feed_mm_min", 1000, 320)
    design, setup = case(shell)
    _, shop = apply(first, design, setup)
    assert shop.cut == setup.cut
    assert shop.inlay_cut is not None
    assert shop.inlay_cut.plain() == {"feed_mm_min": 320.0}


def test_m3_a_shallower_pass_or_a_lighter_feed():
    """The stress is proportional to the pass and the flutes; in wood it grows with fz^0.55."""
    changes = {"tool.diameter_mm": 1.0, "tool.flute_length_mm": 6.0, "channel.depth_mm": 2.0,
               "cut.stepdown_mm": 2.0, "cut.feed_mm_min": 1500.0}  # fmt: skip
    design, setup = case(changes)
    (found,) = [one for one in score(design, setup, CATALOGUE).findings if one.check_id == "M3"]
    assert found.value is not None
    share = 700 / found.value
    after = {one.path: one.after for one in fixes("M3", changes)}
    assert after == {
        "setup.cut.stepdown_mm": pytest.approx(math.floor(2.0 * share / 0.05) * 0.05),
        "setup.cut.feed_mm_min": math.floor(150 * share ** (1 / 0.55)) * 10,
        "setup.tool.flute_length_mm": pytest.approx(math.floor(6.0 * share / 0.1) * 0.1),
    }


def test_m5_a_gentler_ramp():
    """atan(0.3) = 16.7 degrees."""
    assert told(fixes("M5", {"cut.ramp_deg": 30.0})) == [("setup.cut.ramp_deg", 30.0, 16.5)]


def test_m8_the_speed_that_is_allowed():
    assert told(fixes("M8", {"cut.spindle_rpm": 31000.0})) == [
        ("setup.cut.spindle_rpm", 31000.0, 30000.0)
    ]


def test_f1_the_nearest_clearance_that_suits_the_glue():
    """One strip in PVA: rec = 0.07, so 0.17 and not below 0."""
    assert told(fixes("F1", {"channel.clearance_mm": 0.5})) == [
        ("channel.clearance_mm", 0.5, 0.17)
    ]
    assert told(fixes("F1", {"channel.clearance_mm": -0.1}))[0] == (
        "channel.clearance_mm", -0.1, 0.0)  # fmt: skip


def test_s3_one_of_two_protections_is_not_enough_and_the_remedy_says_so():
    shell = {"ring_params.0.materials": ["mother_of_pearl"], "shop": {}}
    remedies = fixes("S3", shell, 0)
    assert [one.path for one in remedies] == ["setup.shop.extraction", "setup.shop.respirator"]
    assert {one.side_effect for one in remedies} == {"S3 at ring 0 is still YELLOW."}
    assert {one.reaches for one in remedies} == {YELLOW}


def test_a_design_that_is_sound_has_no_remedies():
    design, setup = case({})
    assert solve(design, setup, CATALOGUE, score(design, setup, CATALOGUE)) == {}


def test_a_remedy_of_another_design_is_refused():
    design, setup = case({})
    far = Remedy("ring_params[7].width_mm", 1.0, 2.0, "G5")
    with pytest.raises(InputRefused, match=r"ring_params\[7\]"):
        apply(far, design, setup)
    with pytest.raises(InputRefused, match="greater than 0"):
        apply(Remedy("channel.depth_mm", 1.2, -1.0, "C1"), design, setup)


MATERIALS = catalogue()
SPOILT = list(spoilt_designs(50, 20260122, MATERIALS))


@pytest.mark.parametrize("spoilt", SPOILT, ids=range(len(SPOILT)))
def test_a_remedy_changes_one_field_clears_its_check_and_says_what_gets_worse(spoilt: Spoilt):
    assert list(faults(spoilt, MATERIALS)) == []


MONOTONE = {"C1", "C1b", "C4", "B1", "B2", "M1", "M2", "M3", "M4", "M4b", "M5", "M7", "F1", "F2"}


def test_a_remedy_is_the_nearest_value_on_its_step():
    """One step back towards the value in force does not clear the check any more."""
    tried = 0
    for design, setup, scored in SPOILT:
        for key, remedies in solve(design, setup, MATERIALS, scored).items():
            for remedy in remedies:
                before, after = remedy.before, remedy.after
                if key[0] not in MONOTONE or not isinstance(before, float):
                    continue
                if not isinstance(after, float) or remedy.path.endswith("diameter_mm"):
                    continue
                size = step_of(remedy.path).size
                if remedy.path.endswith("strip_thickness_mm") and after >= 0.1:
                    size = 0.1
                if abs(before - after) <= size:
                    continue
                back = round(after + math.copysign(size, before - after), 6)
                changed_back = apply(remedy._replace(after=back), design, setup)
                statuses = {
                    (one.check_id, one.ring_index): one.status
                    for one in score(*changed_back, MATERIALS).findings
                }
                assert statuses[key] in (RED, YELLOW), remedy
                assert remedy.reaches is not GREEN or statuses[key] is not GREEN
                tried += 1
    assert tried > 20
