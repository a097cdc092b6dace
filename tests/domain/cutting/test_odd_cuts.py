from __future__ import annotations

import math
import random
from typing import Any

import pytest

from luthier_desktop.domain.cutting.expectation import expect_cut
from luthier_desktop.domain.cutting.interpreter import check_gcode
from luthier_desktop.domain.cutting.plan import plan_cut
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.gcode_options import GcodeOptions
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.exports.gcode import gcode_bytes
from tests.domain.cutting.cuts import HEADER, design, setup


def between(rng: random.Random, low: float, high: float) -> float:
    """Draw a number of any size between two, with as many decimals as people give."""
    drawn = math.exp(rng.uniform(math.log(low), math.log(high)))
    return min(max(round(drawn, rng.choice((1, 2, 3, 6, 9))), low), high)


def odd_design(rng: random.Random) -> RosetteParamSpec:
    rings: list[dict[str, Any]] = []
    inner_mm = outer_mm = between(rng, 20, 150)
    for number in range(rng.randint(1, 3)):
        width_mm, gap_mm = between(rng, 1, 12), rng.choice((0.0, between(rng, 0.01, 5)))
        rings.append(
            {"ring_index": number, "width_mm": width_mm, "gap_before_mm": gap_mm,
             "materials": ["koa"]}
        )  # fmt: skip
        outer_mm += 2 * (width_mm + gap_mm)
    return design(
        inner_diameter_mm=inner_mm, outer_diameter_mm=outer_mm, ring_params=rings,
        soundhole_diameter_mm=between(rng, 10, 150), top__thickness_mm=between(rng, 1.5, 5),
        channel__depth_mm=between(rng, 0.1, 2), channel__layout=rng.choice(("single", "per_ring")),
        channel__clearance_mm=rng.choice((None, round(rng.uniform(-0.2, 1), 6))),
    )  # fmt: skip


def odd_setup(rng: random.Random) -> Setup:
    return setup(
        tool__diameter_mm=between(rng, 0.2, 6), tool__stickout_mm=between(rng, 3, 30),
        machine__work_area_mm=[between(rng, 150, 500), between(rng, 150, 500), 60.0],
        machine__accel_mm_s2=rng.choice((None, between(rng, 5, 5000))),
        cut__feed_mm_min=between(rng, 20, 4000), cut__plunge_mm_min=between(rng, 5, 4000),
        cut__stepdown_mm=between(rng, 0.1, 3), cut__stepover_ratio=between(rng, 0.1, 1),
        cut__entry=rng.choice(("ramp", "plunge")), cut__ramp_deg=between(rng, 0.2, 80),
        cut__spindle_rpm=between(rng, 5000, 30_000),
    )  # fmt: skip


def odd_options(rng: random.Random) -> GcodeOptions:
    return GcodeOptions(
        post=rng.choice(("grbl", "mach3", "linuxcnc")),
        part=rng.choice(("channel", "soundhole")),
        direction=rng.choice(("climb", "conventional")),
        finish_allowance_mm=between(rng, 0.001, 1),
        safe_z_mm=between(rng, 2, 20),
        spin_up_s=between(rng, 1, 60),
        hold=rng.choice(("tabs", "skin")),
        tabs=rng.randint(3, 8),
        tab_width_mm=between(rng, 1, 20),
        tab_height_mm=between(rng, 0.5, 2),
        skin_mm=between(rng, 0.2, 2),
        breakthrough_mm=between(rng, 0.01, 1),
        top_thickness_mm=rng.choice((None, between(rng, 1, 6))),
    )


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_not_refused_passes_the_independent_reader(seed: int) -> None:
    rng = random.Random(seed)
    written = refused = 0
    for _ in range(40):
        cut = odd_design(rng), odd_setup(rng), odd_options(rng)
        try:
            plan = plan_cut(*cut)
        except InputRefused:
            refused += 1
            continue
        written += 1
        assert check_gcode(gcode_bytes(plan, HEADER), expect_cut(*cut)) == ()
    assert written > 10
    assert refused
