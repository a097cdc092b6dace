"""A run of eight rings stays under 32 kB, however much there is to say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.services.studio import Studio
from tests.benchmarks.bench_remedies import machined as of_eight_materials
from tests.benchmarks.bench_scoring import eight_rings
from tests.domain.feasibility.workbench import changed

MOST_BYTES = 32_000
RESOURCES = Path(__file__).parents[2] / "resources"
WORKSHOP = json.loads((RESOURCES / "presets" / "setup_workshop.json").read_text("utf-8"))
SAID = ("materials", "inlay_thickness_mm", "strip_thickness_mm", "bending", "tile_length_mm")


def machined() -> dict[str, Any]:
    plain = eight_rings().plain()
    for ring in plain["ring_params"]:
        ring["made"] = "machine"
    return plain


def bare() -> dict[str, Any]:
    """Return eight machined rings of which nothing is said but their widths and families."""
    plain = machined()
    for name in ("top", "channel", "fingerboard", "soundhole_diameter_mm"):
        plain.pop(name)
    for ring in plain["ring_params"]:
        for name in (*SAID, "pattern"):
            ring.pop(name, None)
    return plain


@pytest.mark.parametrize(
    ("plain", "shop"),
    [
        pytest.param(eight_rings().plain(), WORKSHOP, id="a land before each ring"),
        pytest.param(eight_rings().plain(), {}, id="an empty setup"),
        pytest.param(machined(), WORKSHOP, id="every ring made by machine"),
        pytest.param(bare(), {}, id="nothing filled in"),
        pytest.param(of_eight_materials(), WORKSHOP, id="one feed for eight materials"),
        pytest.param(
            changed(eight_rings().plain(), {"channel.depth_mm": 2.3}), WORKSHOP,
            id="a channel far too deep",
        ),
    ],
)
def test_a_run_of_eight_rings_is_at_most_32_kb(
    studio: Studio, plain: dict[str, Any], shop: dict[str, Any]
) -> None:
    design, setup = RosetteParamSpec.read(plain, "design"), Setup.read(shop, "setup")
    checked = studio.feasibility.check(design, setup)
    assert checked.path is not None
    assert checked.path.stat().st_size <= MOST_BYTES


MEMBERS = {"id", "ring_index", "status", "value", "margin", "penalty", "inputs"}


def test_a_run_of_ordinary_size_keeps_every_member_of_every_check(studio: Studio) -> None:
    design = studio.presets.starters()[0].design
    checked = studio.feasibility.check(design)
    report = studio.runs.get(str(checked.run_id)).artifact.feasibility
    assert report is not None
    assert all(set(check) >= MEMBERS for check in report["checks"])
    told = [check for check in report["checks"] if check["status"] != "GREEN"]
    assert told
    assert all({"message", "remedies"} <= set(check) for check in told)
