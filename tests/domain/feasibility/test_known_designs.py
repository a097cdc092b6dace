"""Every real rosette is not yellow, and every bad one is red on the right check."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from luthier_desktop.domain.feasibility.findings import Scored
from luthier_desktop.domain.feasibility.risk import RiskBucket, Status
from luthier_desktop.domain.feasibility.scorer import score
from luthier_desktop.domain.materials import Material, MaterialCatalogue
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from tests.domain.feasibility.known_designs import (
    SETUPS,
    SOUND,
    bit,
    segments,
)
from tests.domain.feasibility.workbench import changed

RESOURCES = Path(__file__).parents[3] / "resources"


@pytest.fixture(scope="module")
def catalogue() -> MaterialCatalogue:
    """Read the catalogue that ships."""
    plain = json.loads((RESOURCES / "catalogue" / "materials.json").read_text("utf-8"))
    return MaterialCatalogue(Material.read(one, "material") for one in plain["materials"])


def judge(design: dict[str, Any], setup: dict[str, Any], woods: MaterialCatalogue) -> Scored:
    return score(
        RosetteParamSpec.read(copy.deepcopy(design), "design"),
        Setup.read(copy.deepcopy(setup), "setup"),
        woods,
    )


def told(result: Scored) -> list[str]:
    """List what speaks against a design, to be read when a test fails."""
    against = (Status.RED, Status.YELLOW, Status.UNKNOWN)
    return [
        f"{one.check_id} {one.ring_index} {one.status}: {one.message}"
        for one in result.findings
        if one.status in against
    ]


@pytest.mark.parametrize("shop", SETUPS)
@pytest.mark.parametrize("name", SOUND)
def test_a_sound_design_in_a_competent_shop_has_no_red_and_few_yellows(name, shop, catalogue):
    result = judge(SOUND[name], SETUPS[shop], catalogue)
    assert result.risk_bucket in (RiskBucket.GREEN, RiskBucket.YELLOW), told(result)
    assert len({one.split()[0] for one in told(result)}) <= 3, told(result)


def test_most_sound_designs_are_green(catalogue):
    verdicts = [
        judge(design, setup, catalogue).risk_bucket
        for design in SOUND.values()
        for setup in SETUPS.values()
    ]
    assert verdicts.count(RiskBucket.GREEN) >= len(verdicts) / 2


CLASSICAL, STEEL = "classical mosaic", "dreadnought three rings"
FIRST = "ring_params.0."
TILES = "ring_params.3.pattern."

BAD: dict[str, tuple[str, str, dict[str, Any]]] = {
    "a channel nearly through the top": ("C1", CLASSICAL, {"channel.depth_mm": 2.3}),
    "a channel that is levelled away": ("C1b", CLASSICAL, {"channel.depth_mm": 0.5}),
    "a bit wider than its channel": ("C2", STEEL, {"tool": bit(3.175, 12.0)}),
    "a sliver of top between two channels": ("C3", STEEL, {"ring_params.1.gap_before_mm": 0.5}),
    "an inlay sunk below the finished top": (
        "C4", CLASSICAL, {FIRST + "inlay_thickness_mm": 0.9}),
    "a thin downcut bit in its own dust": (
        "C5", STEEL, {"tool": bit(0.6, 3.0), "shop.extraction": False}),
    "an empty groove inside one channel": (
        "G1", STEEL, {"channel.layout": "single"}),
    "a soundhole with no edge left": ("G2", CLASSICAL, {"soundhole_diameter_mm": 90.0}),
    "a rosette under the brace": ("G4", CLASSICAL, {"top.rosette_limit_diameter_mm": 120.0}),
    "rings that do not fill the span": ("G5", CLASSICAL, {"outer_diameter_mm": 140.0}),
    "thick rosewood bent cold": (
        "B1", "minimal walnut", {"ring_params.1.strip_thickness_mm": 2.8,
                                 "ring_params.1.bending": "cold"}),
    "shell that is to be bent": (
        "B1", "minimal walnut", {"ring_params.1.materials": ["mother_of_pearl"]}),
    "long straight shell on a small circle": (
        "B2", "mother of pearl between lines",
        {"ring_params.1": {"ring_index": 1, **segments(3.0, 25.0, "mother_of_pearl"),
                           "pattern": {"shape": "straight"}}}),
    "a count that does not close": (
        "T1", CLASSICAL, {TILES + "count": 40, "fingerboard": None}),
    "an odd number of mirrored tiles": (
        "T1b", CLASSICAL, {TILES + "count": 63, TILES + "symmetry": "book"}),
    "wide tiles without taper": ("T2", CLASSICAL, {TILES + "tapered": False}),
    "cells of a fifth of a millimetre": ("T3", CLASSICAL, {TILES + "rows": 40}),
    "one short log": ("T4", CLASSICAL, {TILES + "logs": 1}),
    "slices like paper": ("T5", CLASSICAL, {TILES + "slice_mm": 0.6}),
    "an inlay that rattles": ("F1", "minimal walnut", {"channel.clearance_mm": 0.5}),
    "a worn machine": ("F2", CLASSICAL, {"machine.backlash_mm": 0.3}),
    "dust instead of chips": ("M1", CLASSICAL, {"cut.feed_mm_min": 100.0}),
    "the same, burning": ("M7", CLASSICAL, {"cut.feed_mm_min": 100.0}),
    "pearl cut like spruce": (
        "M1", "mother of pearl between lines", {"ring_params.1.made": "machine"}),
    "a full-depth pass with a thin bit": (
        "M2", STEEL, {"tool": bit(0.6, 3.0), "cut.stepdown_mm": 3.0}),
    "a steel bit far out of its collet": (
        "M4", CLASSICAL, {"tool": bit(1.0, 9.0, stickout_mm=40.0, material="hss"),
                          "cut.stepdown_mm": 1.3}),
    "a needle of a bit": ("M4b", CLASSICAL, {"tool": bit(0.8, 12.0)}),
    "a plunge with a bit that cannot": (
        "M5", CLASSICAL, {"cut.entry": "plunge", "tool.center_cutting": False}),
    "a bent collet": ("M6", CLASSICAL, {"tool.runout_mm": 0.2}),
    "a spindle beyond its speed": ("M8", CLASSICAL, {"cut.spindle_rpm": 36000.0}),
    "a large cutter at full speed": ("M9", CLASSICAL, {"tool.diameter_mm": 40.0}),
    "a machine smaller than the rosette": (
        "M10", CLASSICAL, {"machine.work_area_mm": [140.0, 300.0, 60.0]}),
    "shell without extraction or mask": (
        "S3", "mother of pearl between lines", {"shop": {}}),
}  # fmt: skip


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_design_is_red_on_the_right_check(fault, catalogue):
    check_id, name, changes = BAD[fault]
    of_shop = {path: value for path, value in changes.items()
               if path.split(".")[0] in ("tool", "cut", "machine", "shop")}
    of_design = {path: value for path, value in changes.items() if path not in of_shop}
    result = judge(
        changed(SOUND[name], of_design),
        changed(SETUPS["small CNC, 1/16 in"], of_shop),
        catalogue,
    )
    assert result.risk_bucket is RiskBucket.RED
    red = {one.check_id for one in result.findings if one.status is Status.RED}
    assert check_id in red, told(result)


@pytest.mark.parametrize("path", sorted((RESOURCES / "presets").glob("*.json")), ids=str)
def test_each_starter_design_is_judged_without_a_gap_in_the_starter_shop(path, catalogue):
    plain = json.loads(path.read_text("utf-8"))
    if "ring_params" not in plain:
        return
    shop = json.loads((RESOURCES / "presets" / "setup_workshop.json").read_text("utf-8"))
    result = judge(plain, shop, catalogue)
    assert result.risk_bucket in (RiskBucket.GREEN, RiskBucket.YELLOW), told(result)
    assert not [one for one in result.findings if one.status is Status.UNKNOWN], told(result)
