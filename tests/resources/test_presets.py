"""The starter designs and the starter workshop."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from luthier_desktop.domain.feasibility.risk import RiskBucket, Status
from luthier_desktop.domain.feasibility.scorer import score
from luthier_desktop.domain.materials import read_materials
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup

RESOURCES = Path(__file__).parents[2] / "resources"
PRESETS = RESOURCES / "presets"
INDEX = json.loads((PRESETS / "starters.json").read_text(encoding="utf-8"))
INSTRUMENTS = json.loads((RESOURCES / "catalogue" / "instruments.json").read_text("utf-8"))
FILES = [starter["file"] for starter in INDEX["starters"]]
MAKERS = ("torres", "hauser", "martin", "romanillos", "fleta", "gibson", "taylor", "italica")
# Soundhole and outer diameter, domain reference 1.1: the kind of instrument each is for.
BANDS = {
    "classical_mosaic.json": ((82, 86), (125, 135)),
    "dreadnought_three_ring.json": ((101.6, 101.6), (130, 140)),
    "herringbone_ring.json": ((101.6, 101.6), (130, 140)),
    "segmented_shell.json": ((101.6, 101.6), (130, 140)),
    "minimal_ring.json": ((89, 95), (110, 122)),
    "line_and_checker_stack.json": ((84, 84), (138.9, 138.9)),
    "ukulele_rope.json": ((67, 67), (76, 90)),
    "greek_key.json": ((82, 86), (144, 144)),
    "chessboard_wheat_ear.json": ((82, 86), (125, 135)),
    "knot_mosaic.json": ((82, 86), (125, 135)),
    "arches.json": ((82, 86), (125, 135)),
    "flamenco_checker.json": ((83, 86), (119, 128)),
    "plait_ring.json": ((101.6, 101.6), (130, 140)),
    "vine_inlay.json": ((101.6, 101.6), (130, 140)),
    "nine_line_ring.json": ((98.4, 98.4), (124, 132)),
    "soprano_ladder.json": ((44, 44), (52, 60)),
    "concert_wave.json": ((52, 52), (60, 70)),
    "baritone_dots.json": ((71, 71), (82, 96)),
    "mandolin_barber_pole.json": ((50, 50), (60, 64)),
}


def _plain(name: str) -> Any:
    return json.loads((PRESETS / name).read_text(encoding="utf-8"))


def _design(name: str) -> RosetteParamSpec:
    return RosetteParamSpec.read(_plain(name), name)


MATERIALS = read_materials(
    json.loads((RESOURCES / "catalogue" / "materials.json").read_text(encoding="utf-8"))
)
GOOD = (Status.GREEN, Status.NOTE, Status.NA)
SETUP = Setup.read(_plain(INDEX["setup"]), INDEX["setup"])


def test_the_index_lists_every_starter_once_with_a_description() -> None:
    on_disk = {path.name for path in PRESETS.glob("*.json")}
    assert sorted(FILES) == sorted(on_disk - {"starters.json", INDEX["setup"]})
    assert all(starter["description"].endswith(".") for starter in INDEX["starters"])
    assert len(FILES) >= 12


@pytest.mark.parametrize("name", FILES)
def test_a_starter_has_the_dimensions_of_its_instrument(name: str) -> None:
    design = _design(name)
    (hole_from, hole_to), (outer_from, outer_to) = BANDS[name]
    assert design.soundhole_diameter_mm is not None
    assert hole_from <= design.soundhole_diameter_mm <= hole_to
    assert outer_from <= design.outer_diameter_mm <= outer_to
    assert design.top is not None
    assert design.channel is not None
    assert design.fingerboard is not None


@pytest.mark.parametrize("name", FILES)
def test_a_starter_closes_to_the_hundredth(name: str) -> None:
    plain = _plain(name)
    used_mm = math.fsum(
        ring["width_mm"] + ring.get("gap_before_mm", 0) for ring in plain["ring_params"]
    )
    span_mm = (plain["outer_diameter_mm"] - plain["inner_diameter_mm"]) / 2
    assert abs(used_mm - span_mm) <= 0.01


@pytest.mark.parametrize("name", FILES)
def test_the_lines_of_a_ring_add_up_to_its_width(name: str) -> None:
    for ring in _plain(name)["ring_params"]:
        lines = ring.get("pattern", {}).get("lines")
        if lines:
            total_mm = math.fsum(line["thickness_mm"] for line in lines)
            assert total_mm == pytest.approx(ring["width_mm"], abs=1e-9)


@pytest.mark.parametrize("name", FILES)
def test_the_tiles_of_a_starter_close_with_an_even_count(name: str) -> None:
    plain = _plain(name)
    edge_mm = plain["inner_diameter_mm"] / 2
    for ring in plain["ring_params"]:
        inner_mm = edge_mm + ring.get("gap_before_mm", 0)
        edge_mm = inner_mm + ring["width_mm"]
        pattern = ring.get("pattern", {})
        tile_mm = ring.get("tile_length_mm") or pattern.get("px_mm", 0) * pattern.get("cols", 1)
        if not tile_mm:
            continue
        around_mm = 2 * math.pi * (inner_mm + edge_mm) / 2
        count = 2 * round(around_mm / tile_mm / 2)
        assert abs(around_mm / count - tile_mm) <= 0.03, ring["ring_index"]


def test_painted_tiles_are_full_grids_of_known_materials() -> None:
    for name in FILES:
        for ring in _plain(name)["ring_params"]:
            pattern = ring.get("pattern", {})
            if "grid" in pattern:
                assert len(pattern["grid"]) == pattern["rows"]
                assert {len(row) for row in pattern["grid"]} == {pattern["cols"]}
                assert {cell for row in pattern["grid"] for cell in row} <= set(ring["materials"])


@pytest.mark.parametrize("name", FILES)
def test_every_material_of_a_starter_is_in_the_catalogue(name: str) -> None:
    design = _design(name)
    assert design.top is not None
    assert MATERIALS.get(design.top.material_id) is not None
    for ring in design.ring_params:
        assert ring.materials
        assert all(MATERIALS.get(material_id) for material_id in ring.materials)


@pytest.mark.parametrize("name", FILES)
def test_with_the_starter_workshop_nothing_is_unknown_yellow_or_red(name: str) -> None:
    scored = score(_design(name), SETUP, MATERIALS)
    found = {(f.check_id, f.ring_index): f.status for f in scored.findings}
    assert not {key: status for key, status in found.items() if status not in GOOD}
    assert scored.risk_bucket is RiskBucket.GREEN


def test_the_stack_of_37_elements_is_24_95_mm_wide() -> None:
    rings = _plain("line_and_checker_stack.json")["ring_params"]
    widths = [ring["width_mm"] for ring in rings]
    assert len(widths) == 37
    assert math.fsum(widths) == pytest.approx(24.95, abs=1e-9)
    assert widths == widths[::-1]
    assert set(widths) == {0.3, 0.85, 1.7, 2.55}


def test_the_greek_key_is_27_mm_wide_and_closes_with_44_keys() -> None:
    rings = _plain("greek_key.json")["ring_params"]
    assert math.fsum(ring["width_mm"] for ring in rings) == pytest.approx(27.0, abs=1e-9)
    key = rings[3]
    # The key lies from 55 to 62 mm; 2 pi 58.5 / 44 = 8.3538.
    assert key["pattern_type"] == "MEANDER"
    assert key["tile_length_mm"] == pytest.approx(2 * math.pi * 58.5 / 44, abs=0.001)


def test_every_starter_says_which_instrument_it_fits() -> None:
    known = {one["instrument_id"] for one in INSTRUMENTS["instruments"]}
    assert {starter["instrument"] for starter in INDEX["starters"]} == known


@pytest.mark.parametrize("name", FILES)
def test_names_are_neutral(name: str) -> None:
    text = (PRESETS / name).read_text(encoding="utf-8").lower()
    assert not [maker for maker in MAKERS if maker in text]
    assert _design(name).name


def test_a_starter_is_a_template_without_an_identity_of_its_own() -> None:
    assert all(_design(name).design_id is None for name in FILES)
