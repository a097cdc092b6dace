"""Lane C at, just inside and just outside each limit; expected values are worked by hand."""

from __future__ import annotations

import pytest

from tests.domain.feasibility.standing import assert_stands
from tests.domain.feasibility.workbench import (
    GREEN,
    NA,
    RED,
    UNKNOWN,
    YELLOW,
    Row,
    catalogue,
    judged,
    ring,
    scored,
)


def residual(thickness, depth, face=0.0, back=0.0, *, backed=False):
    return judged(
        "C1",
        {
            "top.thickness_mm": thickness,
            "channel.depth_mm": depth,
            "top.face_removal_mm": face,
            "top.back_removal_mm": back,
            "top.backed": backed,
        },
    )


@pytest.mark.parametrize(
    ("given", "value", "status", "penalty"),
    [
        # 1.2 / 2.6 = 0.4615: by the millimetres
        ((2.601, 1.4, 0.0, 0.0), 1.201, GREEN, 0.0),
        ((2.6, 1.4, 0.0, 0.0), 1.2, GREEN, 0.0),
        ((2.599, 1.4, 0.0, 0.0), 1.199, YELLOW, 0.001 / 0.4),
        ((2.0, 1.2, 0.0, 0.0), 0.8, YELLOW, 1.0),
        ((1.999, 1.2, 0.0, 0.0), 0.799, RED, 1.0),
        # 1.8 / 4 = 0.45: by the ratio
        ((4.0, 2.2, 0.0, 0.0), 1.8, GREEN, 0.0),
        ((4.0, 2.201, 0.0, 0.0), 1.799, YELLOW, (0.45 - 1.799 / 4) / 0.15),
        ((4.0, 2.8, 0.0, 0.0), 1.2, YELLOW, 1.0),
        ((4.0, 2.801, 0.0, 0.0), 1.199, RED, 1.0),
        # 3.2 - 1.5 - 0.5 is 1.2; finished 3.2 - 0.2 - 0.5 = 2.5, ratio 0.48
        ((3.2, 1.5, 0.2, 0.5), 1.2, GREEN, 0.0),
        # both criteria yellow: 1.0 mm gives 0.5; ratio 1.0/3.0 gives (0.45 - 1/3)/0.15 = 0.7778
        ((3.0, 2.0, 0.0, 0.0), 1.0, YELLOW, 7 / 9),
        # through the top
        ((2.8, 3.0, 0.0, 0.0), -0.2, RED, 1.0),
        # nothing is left of the finished top
        ((2.8, 1.0, 2.8, 0.0), 1.8, RED, 1.0),
    ],
)
def test_c1_wood_left_under_the_channel(given, value, status, penalty):
    """Given: thickness, depth, removed from the face, removed from the back."""
    finding = residual(*given)
    assert_stands(finding, status, pytest.approx(value, abs=1e-9), penalty, within=1e-8)


@pytest.mark.parametrize(
    ("depth", "status", "penalty"),
    [
        (3.199, GREEN, 0.0),
        (3.2, GREEN, 0.0),  # 0.8 left of 4.0: a ratio of 0.2 does not matter when backed
        (3.201, YELLOW, 0.001 / 0.3),
        (3.5, YELLOW, 1.0),
        (3.501, RED, 1.0),
    ],
)
def test_c1_a_backed_top_may_be_thinner(depth, status, penalty):
    finding = residual(4.0, depth, backed=True)
    assert finding.status is status
    assert finding.penalty == pytest.approx(penalty, abs=1e-9)


def test_c1_levelling_the_face_leaves_the_wood_under_the_channel_as_it_is():
    assert residual(3.0, 1.2, face=0.1).value == residual(3.0, 1.2, face=0.5).value


def test_c1_margin_is_in_millimetres_to_the_limit_that_binds():
    # limits from the ratio: 0.45 x 4 = 1.8 and 0.30 x 4 = 1.2
    assert residual(4.0, 2.0).margin == pytest.approx(0.2)
    assert residual(4.0, 2.3).margin == pytest.approx(-0.1)
    assert residual(4.0, 2.7).margin == pytest.approx(0.1)
    assert residual(4.0, 3.0).margin == pytest.approx(-0.2)


def test_c1_tells_the_luthier_what_is_left_and_what_is_needed():
    finding = residual(2.8, 2.4)
    assert finding.message == (
        "Only 0.4 mm of top is left under a 2.4 mm channel; at least 0.84 mm is needed."
    )


def test_c1_names_every_missing_field():
    finding = judged("C1", {"top.thickness_mm": None, "channel.depth_mm": None})
    assert finding.status is UNKNOWN
    assert "top.thickness_mm and channel.depth_mm" in finding.message


def test_a_channel_deeper_than_the_top_is_red_with_c1_binding():
    channel = {
        "inner_diameter_mm": 85.0,
        "outer_diameter_mm": 100.0,
        "soundhole_diameter_mm": 80.0,
        "ring_params.0.width_mm": 7.5,
        "top.thickness_mm": 2.8,
        "top.face_removal_mm": None,
        "top.back_removal_mm": None,
    }
    deep = scored(channel | {"channel.depth_mm": 3.0})
    assert deep.risk_bucket.value == "RED"
    assert deep.binding is not None
    assert deep.binding.check_id == "C1"
    # 2.8 - 1.4 = 1.4, half of the top
    assert judged("C1", channel | {"channel.depth_mm": 1.4}).status is GREEN


@pytest.mark.parametrize(
    ("depth", "face", "value", "status", "penalty"),
    [
        (0.801, 0.2, 0.601, GREEN, 0.0),
        (0.8, 0.2, 0.6, GREEN, 0.0),
        (0.799, 0.2, 0.599, YELLOW, 0.005),
        (0.6, 0.2, 0.4, YELLOW, 1.0),
        (0.599, 0.2, 0.399, RED, 1.0),
    ],
)
def test_c1b_inlay_left_after_levelling(depth, face, value, status, penalty):
    finding = judged("C1b", {"channel.depth_mm": depth, "top.face_removal_mm": face})
    assert_stands(finding, status, pytest.approx(value, abs=1e-9), penalty)


def test_c1b_without_a_depth_is_unknown():
    assert judged("C1b", {"channel.depth_mm": None}).status is UNKNOWN


@pytest.mark.parametrize(
    ("width", "value", "status", "penalty"),
    [
        (2.202, 1.101, GREEN, 0.0),
        (2.2, 1.1, GREEN, 0.0),
        (2.198, 1.099, YELLOW, 0.01),
        (2.0, 1.0, YELLOW, 1.0),
        (1.998, 0.999, RED, 1.0),
    ],
)
def test_c2_the_bit_fits_the_channel(width, value, status, penalty):
    finding = judged(
        "C2", {"outer_diameter_mm": 90 + 2 * width, "ring_params.0.width_mm": width}
    )
    assert_stands(finding, status, pytest.approx(value, abs=1e-9), penalty, within=1e-7)


def test_c2_is_judged_for_each_channel_at_its_innermost_ring():
    rings = [
        ring(ring_index=0, width_mm=1.0),
        ring(ring_index=1, width_mm=1.0),
        ring(ring_index=2, width_mm=1.5, gap_before_mm=2.5),
    ]
    answer = scored({"ring_params": rings, "channel.layout": None})
    places = [(one.ring_index, one.value) for one in answer.findings if one.check_id == "C2"]
    assert places == [(0, 1.0), (2, 0.75)]


def test_c2_needs_the_bit_and_is_not_judged_by_hand():
    unknown = judged("C2", {"tool.diameter_mm": None})
    assert unknown.status is UNKNOWN
    assert "tool.diameter_mm" in unknown.message
    assert judged("C2", {"machine.kind": "hand"}).status is NA


def lands(gap_mm, **changes):
    rings = [ring(width_mm=2.5), ring(ring_index=1, width_mm=2.5, gap_before_mm=gap_mm)]
    return {"ring_params": rings, "channel.layout": "per_ring", **changes}


def push_mpa(gap_mm):
    """Work out sigma for the workbench's cut: spruce of 425, fz 0.05, a_p 0.6, d 1.2, D 2."""
    force = 0.075 * 425 * (0.05 / 0.1) ** -0.45 * 0.6 * 0.05
    wall = 0.4 * force * 1.5 * 1.5
    return 6 * wall * 0.6 / ((1.0 + 2.4) * gap_mm**2)


@pytest.mark.parametrize(
    ("gap_mm", "status", "penalty"),
    [
        (2.001, GREEN, 0.0),
        (2.0, GREEN, 0.0),
        (1.999, YELLOW, 0.001),
        (1.0, YELLOW, 1.0),
        (0.999, RED, 1.0),
    ],
)
def test_c3_a_land_by_its_width(gap_mm, status, penalty):
    for kind in ("hand", "cnc"):
        strong = catalogue(Row("sitka_spruce", "wood", 425, tension=26.0))
        finding = judged("C3", lands(gap_mm, **{"machine.kind": kind}), 1, strong)
        assert_stands(finding, status, gap_mm, penalty)


@pytest.mark.parametrize(
    ("use", "status", "penalty"),
    [
        (0.299, GREEN, 0.0),
        (0.30, GREEN, 0.0),
        (0.301, YELLOW, 0.001 / 0.30),
        (0.60, YELLOW, 1.0),
        (0.601, RED, 1.0),
    ],
)
def test_c3_a_land_by_the_strength_that_the_cut_uses(use, status, penalty):
    wood = catalogue(Row("sitka_spruce", "wood", 425, tension=push_mpa(2.5) / use))
    finding = judged("C3", lands(2.5), 1, wood)
    assert finding.status is status
    assert finding.inputs["util"] == pytest.approx(use)
    assert finding.penalty == pytest.approx(penalty, abs=1e-8)


def test_c3_margin_says_how_much_land_is_missing():
    # sigma falls with b squared: 0.45 used at 2.5 mm needs 2.5 sqrt(0.45/0.30) for green
    wood = catalogue(Row("sitka_spruce", "wood", 425, tension=push_mpa(2.5) / 0.45))
    finding = judged("C3", lands(2.5), 1, wood)
    assert finding.inputs["green_limit"] == pytest.approx(2.5 * 1.5**0.5)
    assert finding.margin == pytest.approx(2.5 - 2.5 * 0.75**0.5)


def test_c3_takes_2_4_mpa_where_the_catalogue_has_no_strength():
    plain = catalogue(Row("sitka_spruce", "wood", 425))
    finding = judged("C3", lands(2.5), 1, plain)
    assert finding.inputs["util"] == pytest.approx(push_mpa(2.5) / 2.4)


def test_c3_under_a_millimetre_is_red_also_when_the_cut_is_not_known():
    assert judged("C3", lands(0.9, **{"cut.feed_mm_min": None}), 1).status is RED
    finding = judged("C3", lands(3.0, **{"cut.feed_mm_min": None}), 1)
    assert finding.status is UNKNOWN
    assert "cut.feed_mm_min" in finding.message


def test_c3_with_an_unknown_top_is_unknown():
    finding = judged("C3", lands(3.0, **{"top.material_id": "cardboard"}), 1)
    assert finding.status is UNKNOWN
    assert "top.material_id" in finding.message


def test_c3_a_hand_router_with_felt_feed_is_judged_by_width_alone():
    felt = {"machine.kind": "hand_router", "cut.feed_mm_min": None}
    assert judged("C3", lands(2.0, **felt), 1).status is GREEN


def test_c3_is_not_judged_without_a_land():
    assert judged("C3").status is NA


@pytest.mark.parametrize(
    ("inlay", "value", "status", "penalty"),
    [
        (1.401, 0.201, GREEN, 0.0),
        (1.4, 0.2, GREEN, 0.0),
        (1.399, 0.199, YELLOW, 0.001 / 0.4),
        (1.0, -0.2, YELLOW, 1.0),
        (0.999, -0.201, RED, 1.0),
        (1.8, 0.6, GREEN, 0.0),
        (1.801, 0.601, YELLOW, 0.001 / 0.4),
        (2.2, 1.0, YELLOW, 1.0),
        (5.0, 3.8, YELLOW, 1.0),
    ],
)
def test_c4_the_inlay_stands_proud(inlay, value, status, penalty):
    finding = judged("C4", {"ring_params.0.inlay_thickness_mm": inlay}, 0)
    assert_stands(finding, status, pytest.approx(value, abs=1e-9), penalty)


def test_c4_without_a_thickness_says_how_thick_to_make_the_parts():
    finding = judged("C4", ring_index=0)
    assert finding.status is NA
    assert "1.6 mm" in finding.message
    thick = {"ring_params.0.inlay_thickness_mm": 1.5, "channel.depth_mm": None}
    assert judged("C4", thick, 0).status is UNKNOWN


@pytest.mark.parametrize(
    ("depth", "value", "status", "penalty"),
    [
        (1.998, 0.999, GREEN, 0.0),
        (2.0, 1.0, GREEN, 0.0),
        (2.002, 1.001, YELLOW, 0.001),
        (4.0, 2.0, YELLOW, 1.0),
        (4.002, 2.001, RED, 1.0),
    ],
)
def test_c5_a_downcut_bit_packs_a_deep_slot(depth, value, status, penalty):
    dusty = {"shop.extraction": False, "channel.depth_mm": depth}
    for geometry in ("downcut", None):
        finding = judged("C5", dusty | {"tool.geometry": geometry})
        assert_stands(finding, status, pytest.approx(value, abs=1e-9), penalty)
    for clear in ({"shop.extraction": True}, {"tool.geometry": "upcut"}):
        assert judged("C5", dusty | clear).status is GREEN


def test_c5_needs_depth_and_bit_only_where_dust_packs():
    assert judged("C5", {"tool.diameter_mm": None}).status is GREEN
    dusty = {"shop.extraction": None, "tool.diameter_mm": None}
    assert judged("C5", dusty).status is UNKNOWN
    assert judged("C5", {"machine.kind": "hand"}).status is NA
