from __future__ import annotations

from typing import Any

import pytest

from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.stack import (
    ChannelSpan,
    channel_layout,
    channels,
    closing_error_mm,
    ring_radii,
)


def design(*rings: dict[str, Any], **members: Any) -> RosetteParamSpec:
    numbered = [{"ring_index": index, **ring} for index, ring in enumerate(rings)]
    plain = {"inner_diameter_mm": 90, "outer_diameter_mm": 120, "ring_params": numbered}
    return RosetteParamSpec.read({**plain, **members}, "design")


LANDS = design(
    {"width_mm": 2.5, "gap_before_mm": 1}, {"width_mm": 0.5}, {"width_mm": 4, "gap_before_mm": 3}
)


def test_each_ring_starts_after_the_land_before_it() -> None:
    assert ring_radii(LANDS) == (
        RingRadii(46, 48.5), RingRadii(48.5, 49), RingRadii(52, 56)
    )


def test_a_measured_width_overrides_the_nominal_one() -> None:
    measured = design({"width_mm": 5, "measured_width_mm": 4.9}, {"width_mm": 10})
    assert ring_radii(measured)[1].inner_mm == pytest.approx(49.9)


def test_the_closing_error_is_positive_when_the_stack_is_too_full() -> None:
    assert closing_error_mm(design({"width_mm": 15.25})) == pytest.approx(0.25)
    assert closing_error_mm(design({"width_mm": 14})) == pytest.approx(-1)


def test_a_design_without_rings_is_open_by_the_whole_span() -> None:
    assert ring_radii(design()) == ()
    assert closing_error_mm(design()) == pytest.approx(-15)
    assert channels(design(), "single") == ()


def test_lands_after_the_first_ring_ask_for_channels_of_their_own() -> None:
    assert channel_layout(LANDS, "single") == "per_ring"
    assert channel_layout(LANDS, None) == "per_ring"


def test_a_gap_before_the_first_ring_alone_does_not_split_the_channel() -> None:
    assert channel_layout(design({"width_mm": 2, "gap_before_mm": 1}), None) == "single"


def test_the_designs_own_layout_comes_before_everything() -> None:
    said = LANDS.model_copy(update={"channel": design(channel={"layout": "single"}).channel})
    assert channel_layout(said, "per_ring") == "single"


def test_without_lands_the_setup_decides() -> None:
    assert channel_layout(design({"width_mm": 2}), "per_ring") == "per_ring"


def test_a_single_channel_reaches_from_the_inner_to_the_outer_diameter() -> None:
    assert channels(LANDS, "single") == (ChannelSpan(45, 60, (0, 1, 2)),)


def test_rings_that_touch_share_a_channel() -> None:
    assert channels(LANDS, "per_ring") == (
        ChannelSpan(46, 49, (0, 1)), ChannelSpan(52, 56, (2,))
    )


def test_a_gap_of_rounding_joins_and_a_micrometre_does_not() -> None:
    joined = design({"width_mm": 2}, {"width_mm": 2, "gap_before_mm": 1e-9})
    apart = design({"width_mm": 2}, {"width_mm": 2, "gap_before_mm": 1e-3})
    assert len(channels(joined, "per_ring")) == 1
    assert len(channels(apart, "per_ring")) == 2
    assert channel_layout(joined, None) == "single"


def test_channel_width_is_nominal() -> None:
    assert channels(LANDS, "per_ring")[0].width_mm == pytest.approx(3)
