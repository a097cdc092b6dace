"""Designs and shops drawn at random, the same at every run; kept are those whose gate is open."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from luthier_desktop import paths
from luthier_desktop.domain.feasibility.risk import RiskBucket
from luthier_desktop.domain.feasibility.scorer import score
from luthier_desktop.domain.gate import judge_gate
from luthier_desktop.domain.gcode_options import GcodeOptions
from luthier_desktop.domain.materials import read_materials
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup

MATERIALS = read_materials(json.loads(paths.resource("catalogue/materials.json").read_bytes()))
BITS = ((0.8, 4.0), (1.0, 4.0), (1.27, 5.0), (1.5875, 6.35), (2.0, 8.0), (3.175, 12.0))
TOPS = ("sitka_spruce", "european_spruce", "engelmann_spruce", "western_red_cedar")


class GreenCut(NamedTuple):
    """One design that may be cut, in its shop, and how."""

    design: RosetteParamSpec
    setup: Setup
    options: GcodeOptions


@cache
def green_cuts(count: int) -> tuple[GreenCut, ...]:
    drawn = _drawn(random.Random(8))
    return tuple(next(drawn) for _ in range(count))


def _drawn(rng: random.Random) -> Iterator[GreenCut]:
    while True:
        diameter_mm, flute_mm = rng.choice(BITS)
        setup = Setup.read(_shop(rng, diameter_mm, flute_mm), "shop")
        design = RosetteParamSpec.read(_rosette(rng, diameter_mm), "rosette")
        scored = score(design, setup, MATERIALS)
        if scored.risk_bucket is RiskBucket.GREEN and judge_gate(scored, ()).open:
            yield GreenCut(design, setup, _options(rng))


def _shop(rng: random.Random, diameter_mm: float, flute_mm: float) -> dict[str, Any]:
    rpm = float(rng.randrange(16_000, 24_000, 500))
    feed = round(2 * rpm * diameter_mm * rng.uniform(0.018, 0.035), 3)
    plunge = round(feed * rng.uniform(0.1, 0.28), 3)
    entry = rng.choice(("ramp", "ramp", "plunge"))
    return {
        "tool": {
            "diameter_mm": diameter_mm, "flutes": 2, "flute_length_mm": flute_mm,
            "stickout_mm": flute_mm + 4, "shank_diameter_mm": 3.175, "material": "carbide",
            "geometry": rng.choice(("downcut", "upcut")), "runout_mm": 0.008,
            "max_rpm": 40_000.0, "center_cutting": entry == "plunge",
        },
        "machine": {
            "kind": "cnc", "max_feed_mm_min": 4000.0, "accel_mm_s2": 400.0, "min_rpm": 8000.0,
            "max_rpm": 30_000.0, "work_area_mm": [300.0, 400.0, 75.0], "backlash_mm": 0.01,
        },
        "cut": {
            "spindle_rpm": rpm, "feed_mm_min": feed, "plunge_mm_min": plunge, "entry": entry,
            "stepdown_mm": round(diameter_mm * rng.uniform(0.25, 0.6), 3),
            "stepover_ratio": round(rng.uniform(0.3, 0.6), 3),
            "ramp_deg": round(rng.uniform(1, 12), 2),
        },
        "shop": {"extraction": True, "respirator": True},
    }  # fmt: skip


def _rosette(rng: random.Random, diameter_mm: float) -> dict[str, Any]:
    soundhole_mm = round(rng.uniform(84, 102), 3)
    inner_mm = round(soundhole_mm + 2 * rng.uniform(2.6, 4), 4)
    rings, outer_mm = [], inner_mm
    for number in range(rng.randint(1, 2)):
        width_mm = round(diameter_mm * rng.uniform(1.1, 2.2), 4)
        gap_mm = round(rng.uniform(2, 4), 4) if number and rng.random() < 0.5 else 0.0
        rings.append(
            {"ring_index": number, "width_mm": width_mm, "materials": ["black_walnut"],
             "gap_before_mm": gap_mm, "pattern": {"pieces": 4}}
        )  # fmt: skip
        outer_mm += 2 * (width_mm + gap_mm)
    return {
        "inner_diameter_mm": inner_mm,
        "outer_diameter_mm": round(outer_mm, 6),
        "soundhole_diameter_mm": soundhole_mm,
        "ring_params": rings,
        "top": {"material_id": rng.choice(TOPS), "thickness_mm": round(rng.uniform(2.7, 3.3), 2),
                "face_removal_mm": 0.15, "back_removal_mm": 0.1},
        "channel": {"depth_mm": round(rng.uniform(0.8, 1.4), 3),
                    "glue": rng.choice(("hide", "pva", "ca", "epoxy"))},
    }  # fmt: skip


def _options(rng: random.Random) -> GcodeOptions:
    return GcodeOptions(
        part=rng.choice(("channel", "channel", "soundhole")),
        direction=rng.choice(("climb", "conventional")),
        finish_allowance_mm=rng.choice((0.0, 0.05, 0.1, 0.25)),
        safe_z_mm=rng.choice((3.0, 5.0, 12.5)),
        hold=rng.choice(("tabs", "skin")),
        tabs=rng.randint(3, 8),
        tab_width_mm=round(rng.uniform(2, 6), 3),
    )
