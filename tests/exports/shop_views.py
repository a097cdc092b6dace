"""Views of designs for the shop sheet, judged for the starter workshop."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from luthier_desktop import paths
from luthier_desktop.domain.cut_list.cut_list import cut_list
from luthier_desktop.domain.feasibility.findings import Finding
from luthier_desktop.domain.feasibility.scorer import score
from luthier_desktop.domain.gate import Ruling, judge_gate
from luthier_desktop.domain.materials import MaterialCatalogue, read_materials
from luthier_desktop.domain.operators import Operator
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.exports.shop_sheet_view import PrintedRecord, ShopView
from luthier_desktop.exports.svg_around import Around

MATERIALS = read_materials(json.loads(paths.resource("catalogue/materials.json").read_bytes()))
SHOP = Setup.read(
    json.loads(paths.resource("presets/setup_workshop.json").read_bytes()), "The setup"
)
STARTERS = tuple(
    entry["file"].removesuffix(".json")
    for entry in json.loads(paths.resource("presets/starters.json").read_bytes())["starters"]
)
RECORD = PrintedRecord(
    "snap_0123456789abcdef", "run_20260122_0123456789abcdef", 1042, "1042 ABCD EFGH IJKL MNOP"
)
CODE = tuple(bytes((row * column) % 3 == 0 for column in range(85)) for row in range(85))
LEAD = Operator(operator_id="anna", name="Anna Längle", role="lead", auth="pin")


def starter(name: str) -> RosetteParamSpec:
    data = paths.resource(f"presets/{name}.json").read_bytes()
    return RosetteParamSpec.read(json.loads(data), "The starter")


def view(
    design: RosetteParamSpec,
    record: PrintedRecord | None = RECORD,
    setup: Setup = SHOP,
    materials: MaterialCatalogue = MATERIALS,
) -> ShopView:
    scored = score(design, setup, materials)
    hole_mm = design.soundhole_diameter_mm
    return ShopView(
        name=design.name or "Rosette",
        design=design,
        setup=setup,
        materials=materials,
        around=Around("sitka_spruce", None if hole_mm is None else hole_mm / 2, 58.0, 45.0),
        scored=scored,
        gate=judge_gate(scored, ()),
        cut_list=cut_list(design, setup, materials),
        design_sha256=hashlib.sha256(design.model_dump_json().encode()).hexdigest(),
        qr=CODE,
        record=record,
    )


def ruled(shown: ShopView, *reasons: tuple[Finding, str]) -> ShopView:
    """Return the view with a lead's decision on each finding."""
    rulings = [
        Ruling.read(
            {
                "kind": "accepted" if finding.status.value == "YELLOW" else "overridden",
                "check": finding.check_id,
                "ring_index": finding.ring_index,
                "reason": reason,
                "operator": LEAD.plain(),
                "request_sha256": "0" * 64,
                "run_id": "run_20260122_00000000000000d7",
                "created_at_utc": "2026-01-22T10:11:12.123456Z",
            },
            "The ruling",
        )
        for finding, reason in reasons
    ]
    return shown._replace(gate=judge_gate(shown.scored, rulings))


def design(rings: list[dict[str, Any]], **changes: Any) -> RosetteParamSpec:
    numbered = [{"ring_index": at, **ring} for at, ring in enumerate(rings)]
    width_mm = sum(ring["width_mm"] for ring in rings)
    members: dict[str, Any] = {
        "name": "Trial",
        "inner_diameter_mm": 90.0,
        "outer_diameter_mm": 90.0 + 2 * width_mm,
        "soundhole_diameter_mm": 84.0,
        "ring_params": numbered,
    }
    return RosetteParamSpec.model_validate({**members, **changes})


def many_rings(name: str) -> RosetteParamSpec:
    """Return 24 rings of eight families, with much that is to be watched."""
    woods = (
        "indian_rosewood", "holly", "brazilian_rosewood", "mother_of_pearl", "african_padauk",
        "celluloid", "vulcanised_fibre", "hard_maple",
    )  # fmt: skip
    kinds: tuple[dict[str, Any], ...] = (
        {"pattern_type": "LINES"},
        {"pattern_type": "MOSAIC", "pattern": {"rows": 2, "cols": 4, "px_mm": 1.5}},
        {"pattern_type": "CHECKER", "pattern": {"rows": 1, "px_mm": 3.0}},
        {"pattern_type": "SOLID"},
        {"pattern_type": "ROPE", "tile_length_mm": 3.0},
        {"pattern_type": "HERRINGBONE", "tile_length_mm": 3.0, "made": "machine"},
        {"pattern_type": "SEGMENTS", "tile_length_mm": 3.0},
        {"pattern_type": "DOTS", "pattern": {"dot_diameter_mm": 1.0, "count": 80}},
    )
    rings = [
        {"width_mm": 1.6, "materials": [woods[at % 8], woods[(at + 3) % 8]], **kinds[at % 8]}
        for at in range(24)
    ]
    return design(rings, name=name)


def long_named(longest: int) -> MaterialCatalogue:
    """Return the materials under names of so many letters."""
    return MaterialCatalogue(
        material.model_copy(update={"name": (f"{material.name}, WWW " * longest)[:longest]})
        for material in MATERIALS
    )
