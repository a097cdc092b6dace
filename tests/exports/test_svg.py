from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from luthier_desktop import paths
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.materials import read_materials
from luthier_desktop.domain.patterns.draw import lay_out
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.totals import material_totals
from luthier_desktop.domain.picture import PictureOptions
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.exports.payload import find_payload, payload_text
from luthier_desktop.exports.svg import Scene, page_size, svg_bytes
from luthier_desktop.exports.svg_around import Around
from luthier_desktop.exports.svg_notes import Notes
from luthier_desktop.exports.svg_tree import NAMESPACE
from tests.exports.svg_reader import Drawing, area_mm2

MATERIALS = read_materials(json.loads(paths.resource("catalogue/materials.json").read_bytes()))
GOLDEN = Path(__file__).parents[1] / "golden"
STARTERS = ("greek_key", "dreadnought_three_ring")
WITH_ALL = PictureOptions(caption=True, dimensions=True)


def design(rings: list[dict[str, Any]], **changes: Any) -> RosetteParamSpec:
    numbered = [{"ring_index": at, **ring} for at, ring in enumerate(rings)]
    members = {"outer_diameter_mm": 120.0, "inner_diameter_mm": 100.0, "ring_params": numbered}
    return RosetteParamSpec.model_validate({**members, **changes})


def starter(name: str) -> RosetteParamSpec:
    data = paths.resource(f"presets/{name}.json").read_bytes()
    return RosetteParamSpec.read(json.loads(data), "The starter")


def scene(spec: RosetteParamSpec, options: PictureOptions | None = None, name: str = "") -> Scene:
    notes = Notes(name or spec.name or "x", "YELLOW", 72.4, "0123456789abcdef" * 4)
    around = Around("sitka_spruce", 42.0, 58.0, 45.0)
    return Scene(spec, MATERIALS, around, notes, options or PictureOptions())


@pytest.mark.parametrize("family", list(PatternFamily))
def test_every_family_has_its_true_radii_and_areas_when_it_is_read_again(
    family: PatternFamily,
) -> None:
    spec = design([{"width_mm": 6.0, "pattern_type": family.value}])
    drawn = Drawing(svg_bytes(scene(spec)))
    inner_mm, outer_mm = drawn.reach_mm(0)
    assert inner_mm >= 50 - 1e-3
    assert outer_mm == pytest.approx(56, abs=1e-3)
    areas = drawn.areas_mm2(0)
    totals = material_totals(lay_out(spec.ring_params[0], ring_radii(spec)[0]))
    assert set(areas) == set(totals)
    for wood, total in totals.items():
        assert areas[wood] == pytest.approx(total.area_mm2, rel=2e-3), wood


def test_the_reader_of_these_tests_sees_a_chord_that_stands_for_an_arc() -> None:
    spec = design([{"width_mm": 6.0}])
    piece = next(Drawing(svg_bytes(scene(spec))).pieces(0))
    true_mm2 = area_mm2(piece)
    piece.set("d", piece.get("d", "").replace("A56 56 0 0 1 ", "L"))
    assert abs(area_mm2(piece) - true_mm2) > 1000


@pytest.mark.parametrize("name", STARTERS)
def test_one_unit_is_one_millimetre_and_every_radius_is_the_models(name: str) -> None:
    spec = starter(name)
    drawn = Drawing(svg_bytes(scene(spec)))
    width, height = drawn.root.get("width", ""), drawn.root.get("height", "")
    assert width == height
    side = width.removesuffix("mm")
    assert drawn.root.get("viewBox") == f"0 0 {side} {side}"
    assert float(side) > spec.outer_diameter_mm
    assert drawn.by_id("soundhole").get("r") == "42"
    for ring, radii in zip(spec.ring_params, ring_radii(spec), strict=True):
        inner_mm, outer_mm = drawn.reach_mm(ring.ring_index)
        assert outer_mm == pytest.approx(radii.outer_mm, abs=1e-3)
        assert inner_mm >= radii.inner_mm - 1e-3


def test_the_page_grows_by_what_is_written_and_shows_it() -> None:
    spec = starter("dreadnought_three_ring")
    plain, full = page_size(scene(spec)), page_size(scene(spec, WITH_ALL))
    assert plain.width_mm == plain.height_mm
    assert full.height_mm > plain.height_mm + 36
    told = Drawing(svg_bytes(scene(spec, WITH_ALL))).texts()
    assert "YELLOW 72.4" in told
    assert "design 0123 4567 89ab" in told
    assert any(text.startswith("soundhole Ø ") for text in told)
    corners = Drawing(svg_bytes(scene(spec))).texts()
    assert corners == ["YELLOW 72.4", "0123 4567 89ab"]


def test_the_halves_of_a_top_mirror_each_other_by_their_tiles_alone() -> None:
    """A pattern that is itself mirrored takes six times as long to draw."""
    root = Drawing(svg_bytes(scene(starter("dreadnought_three_ring")))).root
    patterns = {one.get("id"): one for one in root.iter(f"{{{NAMESPACE}}}pattern")}
    tile, book = (patterns[f"wood-sitka_spruce-24{end}"] for end in ("", "-book"))
    assert "patternTransform" not in book.attrib
    (mirrored,) = book
    assert mirrored.get("transform") == "matrix(-1 0 0 1 24 0)"
    assert [one.attrib for one in mirrored] == [one.attrib for one in tile]


HOSTILE = (
    "<script>alert(1)</script>",
    "]]></metadata><metadata />&amp;\"'",
    "a\x00b\x1b[31m\ufffe\u202egnp",
    "<metadata>LUTHIER-SNAPSHOT-1:2:e30=:END</metadata>",
    "<img src=file:///etc/passwd>" + "<table>" * 20,
    "W" * 10_000,
)


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_name_stays_text_and_the_payload_is_found_once(name: str) -> None:
    spec = design([{"width_mm": 6.0}], name=name)
    data = svg_bytes(scene(spec, WITH_ALL), payload_text(b'{"a":1}'))
    assert find_payload(data) == b'{"a":1}'
    drawn = Drawing(data)
    tags = {one.tag.partition("}")[2] for one in drawn.root.iter()}
    assert tags <= {
        *("svg", "title", "desc", "metadata", "defs", "g", "path", "rect", "circle", "text"),
        *("pattern", "ellipse", "radialGradient", "stop", "clipPath"),
    }
    assert len(data) < 400_000


def test_a_control_character_is_written_with_letters_that_the_font_has() -> None:
    told = scene(starter("minimal_ring"), PictureOptions(caption=True), "a\u202eb")
    assert b">a[U+202E]b</text>" in svg_bytes(told)


def test_a_picture_of_two_pictures_is_refused() -> None:
    data = svg_bytes(scene(design([{"width_mm": 6.0}])), payload_text(b"{}"))
    with pytest.raises(InputRefused, match="more than one design"):
        find_payload(data + data)


def golden(name: str) -> bytes:
    return svg_bytes(scene(starter(name), WITH_ALL), payload_text(b"{}"))


@pytest.mark.parametrize("name", STARTERS)
def test_the_bytes_are_those_that_were_looked_at(name: str) -> None:
    known = dict(line.split()[::-1] for line in (GOLDEN / "pictures.txt").read_text().splitlines())
    assert hashlib.sha256(golden(name)).hexdigest() == known[name]


def test_a_small_drawing_is_the_one_that_was_looked_at() -> None:
    spec = design([{"width_mm": 6.0, "pattern_type": "DOTS", "pattern": {"count": 4}}])
    data = svg_bytes(scene(spec, PictureOptions(style="lines", top=False)))
    assert data == (GOLDEN / "four_dots.svg").read_bytes()


_AGAIN = """
import hashlib, sys
sys.path.insert(0, '.')
from tests.exports.test_svg import STARTERS, golden
for name in STARTERS: print(hashlib.sha256(golden(name)).hexdigest(), name)
"""


def test_another_process_time_zone_and_language_give_the_same_bytes() -> None:
    known = (GOLDEN / "pictures.txt").read_text()
    settings = {"TZ": "Asia/Kolkata", "LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.UTF-8"}
    told = subprocess.run(
        [sys.executable, "-c", _AGAIN],
        env={**os.environ, **settings, "PYTHONHASHSEED": "77"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=True,
        text=True,
    )
    assert told.stdout == known
