from __future__ import annotations

import json
import math
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import ezdxf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop import paths
from luthier_desktop.domain.dxf_options import PLAIN_DXF, DxfOptions
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.geometry import ORIGIN, Arc, Curve, Point
from luthier_desktop.domain.materials import read_materials
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.exports.dxf import DxfDrawing, dxf_bytes
from luthier_desktop.exports.dxf_document import document_bytes
from luthier_desktop.exports.dxf_layers import channel_layer, ring_layer, tile_layers
from luthier_desktop.exports.dxf_marks import DxfMarks
from luthier_desktop.exports.svg_notes import Notes
from tests.exports.dxf_reader import LEGAL_NAME, LEGAL_TEXT, DxfFile, Entity, assert_clean, faults

MATERIALS = read_materials(json.loads(paths.resource("catalogue/materials.json").read_bytes()))
SETUP = Setup.read(
    json.loads(paths.resource("presets/setup_workshop.json").read_bytes()), "The setup"
)
NO_SETUP = Setup.empty()
GOLDEN = Path(__file__).parents[1] / "golden"
STARTERS = sorted(
    path.stem
    for path in paths.resource("presets").glob("*.json")
    if path.stem not in ("starters", "setup_workshop")
)
THOUSANDS = {
    *("classical_mosaic", "knot_mosaic", "chessboard_wheat_ear"),
    *("line_and_checker_stack", "greek_key", "flamenco_checker"),
}
"""Starters of so many pieces that R2000 is written with their joints alone here."""
FEW = {"MOSAIC": {"rows": 3, "cols": 4, "count": 6}, "PLAIT": {"strands": 3, "count": 7}}
"""Patterns of few pieces for families that have many without one."""
R12 = DxfOptions(version="r12")
CIRCLE_56_MM2 = math.pi * (56**2 - 50**2)


def design(rings: list[dict[str, Any]], **changes: Any) -> RosetteParamSpec:
    numbered = [{"ring_index": at, **ring} for at, ring in enumerate(rings)]
    members = {"outer_diameter_mm": 112.0, "inner_diameter_mm": 100.0, "ring_params": numbered}
    return RosetteParamSpec.model_validate({**members, **changes})


def of_family(family: str) -> RosetteParamSpec:
    ring = {"width_mm": 6.0, "pattern_type": family, "tile_length_mm": 40.0}
    return design([{**ring, "pattern": FEW.get(family)}])


def starter(name: str) -> RosetteParamSpec:
    data = paths.resource(f"presets/{name}.json").read_bytes()
    return RosetteParamSpec.read(json.loads(data), "The starter")


def drawing(spec: RosetteParamSpec, setup: Setup = SETUP, name: str = "") -> DxfDrawing:
    record = "snap_0123456789abcdef  run_20260101_0123456789abcdef"
    notes = Notes(name or spec.name or "x", "YELLOW", 72.4, "0123456789abcdef" * 4, record)
    return DxfDrawing(spec, setup, MATERIALS, notes)


def written(spec: RosetteParamSpec, options: DxfOptions = PLAIN_DXF, **more: Any) -> DxfFile:
    return DxfFile(dxf_bytes(drawing(spec, **more), options))


@cache
def starter_bytes(name: str, version: str) -> bytes:
    light = version == "r2000" and name in THOUSANDS
    pieces = "joints" if light else "tiles"
    options = DxfOptions(version=version, pieces=pieces)  # type: ignore[arg-type]  # a test's str
    return dxf_bytes(drawing(starter(name)), options)


@pytest.mark.parametrize("family", list(PatternFamily))
def test_every_family_has_its_true_radii_in_both_versions_when_it_is_read_again(
    family: PatternFamily,
) -> None:
    spec = of_family(family.value)
    new, old = (dxf_bytes(drawing(spec), options) for options in (PLAIN_DXF, R12))
    assert faults(new) == faults(old) == []
    for file in (DxfFile(new), DxfFile(old)):
        assert_clean(file)
        assert file.radii_mm("40_RING_0_OUTLINE") == [50.0, 56.0]
        for profile in file.profiles():
            assert profile.closed
            reach = [math.hypot(*place) for place in profile.places()]
            assert 50 - 1e-3 <= min(reach) < max(reach) <= 56 + 1e-3
    kinds = [(one.kind.removeprefix("LW"), one.layer) for one in DxfFile(new).entities]
    assert kinds == [(one.kind, one.layer) for one in DxfFile(old).entities]


@pytest.mark.parametrize("family", ["LADDER", "CHECKER", "MOSAIC", "BARBER_POLE", "HERRINGBONE"])
def test_tiles_are_closed_profiles_that_fill_their_ring(family: str) -> None:
    spec = of_family(family)
    file = written(spec)
    profiles = file.profiles()
    assert sum(one.area_mm2() for one in profiles) == pytest.approx(CIRCLE_56_MM2, rel=1e-4)
    radii = {round(mm, 3) for one in profiles for mm in one.arc_radii_mm()}
    assert radii >= {50.0, 56.0} or not radii
    assert {one.layer[:9] for one in profiles} == {"50_TILES_"}


def test_the_reader_of_these_tests_sees_a_chord_that_stands_for_an_arc() -> None:
    spec = design([{"width_mm": 6.0, "pattern_type": "LADDER", "tile_length_mm": 12.0}])
    (tile, *_) = written(spec).profiles()
    true_mm2 = tile.area_mm2()
    tile.corners = [(x, y, 0.0) for x, y, _ in tile.corners]
    assert abs(tile.area_mm2() - true_mm2) > 0.1
    assert list(tile.arc_radii_mm()) == []


@pytest.mark.parametrize("name", STARTERS)
def test_a_starter_is_written_byte_for_byte_as_it_was_and_is_of_its_true_size(name: str) -> None:
    golden = json.loads((GOLDEN / "dxf.json").read_bytes())[name]
    hashes = [sha256(starter_bytes(name, version)).hexdigest() for version in ("r2000", "r12")]
    assert hashes == golden, f"{name} is now {hashes}"
    spec, file = starter(name), DxfFile(starter_bytes(name, "r2000"))
    circles = [one.number(40) for one in file.of("CIRCLE") if math.hypot(*one.at) < 1e-9]
    wanted = [radius for radii in ring_radii(spec) for radius in radii]
    for radius_mm in [*wanted, (spec.soundhole_diameter_mm or 0) / 2]:
        found = [one for one in circles if abs(one - radius_mm) < 1e-3]
        assert len(found) == 1, radius_mm
    long = [math.dist(*one.places()) for one in file.on("00_FRAME_CHECK_100MM")]
    assert long == [100.0, 100.0]


@pytest.mark.parametrize("name", ["minimal_ring", "segmented_shell"])
def test_the_golden_files_are_read_without_a_fault(name: str) -> None:
    for version in ("r2000", "r12"):
        data = (GOLDEN / f"{name}.{version}.dxf").read_bytes()
        assert data == starter_bytes(name, version)
        assert faults(data) == []
        assert_clean(DxfFile(data))


RINGS = st.fixed_dictionaries(
    {
        "width_mm": st.sampled_from([0.5, 2.0, 3.7]),
        "gap_before_mm": st.sampled_from([0.0, 0.0, 2.5]),
        "pattern_type": st.sampled_from([family.value for family in PatternFamily]),
        "tile_length_mm": st.just(40.0),
        "materials": st.sampled_from([("holly",), ("holly", "pear"), ("koa", "holly", "pear")]),
    }
)


@given(
    rings=st.lists(RINGS, min_size=1, max_size=3),
    clearance_mm=st.sampled_from([0.0, 0.1]),
    hole_mm=st.sampled_from([84.0, 100.0]),
    pieces=st.sampled_from(["tiles", "joints"]),
    version=st.sampled_from(["r2000", "r12"]),
)
@settings(max_examples=12, deadline=None)
def test_no_entity_stands_twice_or_has_no_length(
    rings: list[dict[str, Any]], clearance_mm: float, hole_mm: float, pieces: Any, version: Any
) -> None:
    spec = design(
        rings, soundhole_diameter_mm=hole_mm, channel={"clearance_mm": clearance_mm, "depth_mm": 1}
    )
    assert_clean(written(spec, DxfOptions(version=version, pieces=pieces)))


def test_the_search_for_faults_finds_what_stands_twice_or_nowhere_or_has_no_length() -> None:
    line = Entity("LINE", [(8, "10_CENTER_AXES"), (10, "0"), (20, "0"), (11, "5"), (21, "0")])
    point = Entity("LINE", [(8, "10_CENTER_AXES"), (10, "3"), (20, "0"), (11, "3"), (21, "0")])
    lost = Entity("CIRCLE", [(8, "LOST"), (10, "3"), (20, "0"), (40, "1")])
    for wrong in ([line, line], [point], [lost]):
        file = written(design([{"width_mm": 6.0}]))
        assert_clean(file)
        file.entities += wrong
        with pytest.raises(AssertionError):
            assert_clean(file)


def test_rings_that_touch_share_one_circle_on_the_layer_of_the_inner_one() -> None:
    file = written(design([{"width_mm": 2.0}, {"width_mm": 4.0}]))
    assert file.radii_mm("40_RING_0_OUTLINE") == [50.0, 52.0]
    assert file.radii_mm("40_RING_1_OUTLINE") == [56.0]


def test_a_channel_is_as_wide_as_the_rings_and_the_clearance_and_says_how_deep() -> None:
    channel = {"depth_mm": 1.4, "clearance_mm": 0.2, "layout": "per_ring", "glue": "hide"}
    spec = design([{"width_mm": 2.0}, {"width_mm": 2.0, "gap_before_mm": 2.0}], channel=channel)
    file = written(spec, setup=NO_SETUP)
    assert file.radii_mm("30_CHANNEL_1_D1_40MM") == [49.9, 52.1]
    assert file.radii_mm("30_CHANNEL_2_D1_40MM") == [53.9, 56.1]
    one = written(design([{"width_mm": 6.0}], channel={"glue": "hide"}), setup=NO_SETUP)
    assert one.radii_mm("30_CHANNEL_1_D_UNKNOWN") == [49.965, 56.035]  # 0.05 + 0.02 for a strip


def test_a_clearance_that_leaves_no_channel_is_refused() -> None:
    spec = design([{"width_mm": 6.0}], channel={"clearance_mm": -7.0, "glue": "hide"})
    with pytest.raises(InputRefused, match=r"-7 mm leaves no channel of 6 mm .*clearance_mm"):
        written(spec)


def test_the_fingerboard_is_up_and_clockwise_stays_clockwise() -> None:
    """A dot a quarter of the way round lies right of the centre."""
    dot = {"kind": "dot", "size_mm": 2.0, "along": 0.25}
    ring = {"width_mm": 6.0, "pattern_type": "INLAY", "pattern": {"count": 1, "shapes": [dot]}}
    board = {"width_mm": 60.0, "end_distance_mm": 51.0}
    file = written(design([ring], fingerboard=board))
    (circle,) = [one for one in file.of("CIRCLE") if math.hypot(*one.at) > 1]
    assert circle.at == pytest.approx((53.0, 0.0), abs=1e-6)
    assert circle.number(40) == 1.0
    ends = {place for one in file.on("70_FINGERBOARD_HIDDEN") for place in one.places()}
    assert {(-30.0, 51.0), (30.0, 51.0)} < ends
    assert min(y for _, y in ends) == 51.0


def test_blocks_that_touch_are_drawn_by_their_joints_and_those_with_gaps_as_profiles() -> None:
    ring = {"width_mm": 6.0, "pattern_type": "SEGMENTS", "materials": ["abalone"]}
    touching = written(design([{**ring, "pattern": {"count": 8}}]))
    assert len(touching.on("60_SEGMENT_JOINTS")) == 8
    assert touching.on("50_TILES_ABALONE") == []
    apart = written(design([{**ring, "pattern": {"count": 8, "gap_mm": 1.0}}]))
    assert len(apart.on("50_TILES_ABALONE")) == 8
    assert apart.on("60_SEGMENT_JOINTS") == []


def test_millimetres_stand_in_the_header_of_r2000_and_in_the_words_of_both() -> None:
    for options in (PLAIN_DXF, R12):
        file = written(design([{"width_mm": 6.0}]), options)
        units = file.header.get("$INSUNITS"), file.header.get("$MEASUREMENT")
        wanted_units = ["4", "1"] if options == PLAIN_DXF else [None, None]
        assert [unit and unit.strip() for unit in units] == wanted_units
        assert "00_FRAME_CHECK_100MM" in file.layers
        told = file.texts()
        assert any(text.startswith("All lengths in mm") for text in told)
        for wanted in ("Verdict YELLOW 72.4", "Design 0123 4567 89ab"):
            assert wanted in told
        assert {"snap_0123456789abcdef", "run_20260101_0123456789abcdef"} < set(told)


OFF = (
    ("top", "23"),
    ("rings", "4"),
    ("guides", "17"),
    ("texts", "9"),
)


@pytest.mark.parametrize(("member", "digits"), OFF)
def test_an_operation_that_is_not_wanted_has_no_layer(member: str, digits: str) -> None:
    ring = {"width_mm": 6.0, "pattern_type": "LADDER", "tile_length_mm": 12.0}
    board = {"width_mm": 60.0, "end_distance_mm": 51.0}
    spec = design([ring], soundhole_diameter_mm=90.0, fingerboard=board)
    first = {one.layer[0] for one in written(spec).entities}
    left = {one.layer[0] for one in written(spec, DxfOptions(**{member: False})).entities}
    assert first == set("01234579")
    assert left == first - set(digits)


HOSTILE = (
    "x\n  0\nENDSEC\n  0\nEOF",
    "x)\nM3 S24000\n(",
    "\r\n0\r\nLINE\r\n8\r\n0",
    "\x00\x1b[31m\u202e\ufffe %%c ^J",
    "W" * 10_000,
    "",
)


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_name_changes_one_text_and_nothing_else(name: str) -> None:
    spec = design([{"width_mm": 6.0}])
    for options in (PLAIN_DXF, R12):
        plain = written(spec, options, name="plain")
        file = written(spec, options, name=name or " ")
        other = [(one, two) for one, two in zip(plain.tags, file.tags, strict=True) if one != two]
        assert [code for pair in other for code, _ in pair] == [1, 1]
        assert LEGAL_TEXT.fullmatch(other[0][1][1])
        assert len(other[0][1][1]) <= 40


def test_layer_names_are_legal_in_r12_whatever_the_design_says() -> None:
    assert channel_layer(1, 1.4) == "30_CHANNEL_1_D1_40MM"
    assert channel_layer(2, 1.4444) == "30_CHANNEL_2_D1_444MM"
    assert channel_layer(3, 2.0) == "30_CHANNEL_3_D2_00MM"
    assert len(ring_layer(2**53 - 1)) == 31
    woods = [f"{'a' * 40}{end}" for end in "xyz"] + ["holly"]
    names = tile_layers(woods)
    assert names["holly"] == "50_TILES_HOLLY"
    assert len(set(names.values())) == 4
    assert all(LEGAL_NAME.fullmatch(name) for name in names.values())


def test_an_arc_by_itself_is_an_arc_and_a_curve_ends_where_it_ends() -> None:
    """Clockwise from 12 to 3 o'clock is anticlockwise from 0 to 90 degrees with y up."""
    marks = DxfMarks()
    curve = Curve((Point(0, 0), Point(1, -1), Point(2, -1)))
    marks.edges("10_CENTER_AXES", [Arc(ORIGIN, 50.0, 0.0, 90.0), Arc(ORIGIN, 50.0, 90.0, -90.0)])
    marks.edges("10_CENTER_AXES", [curve, Arc(ORIGIN, 9.0, 5.0, 360.0)])
    for version in ("r2000", "r12"):
        data = document_bytes(marks.marks, (0, 0, 50, 50), version)  # type: ignore[arg-type]
        file = DxfFile(data)
        assert faults(data) == []
        (arc,) = file.of("ARC")
        assert [arc.number(code) for code in (10, 20, 40, 50, 51)] == [0, 0, 50, 0, 90]
        assert [one.number(40) for one in file.of("CIRCLE")] == [9.0]
        (run,) = file.profiles()
        assert not run.closed
        assert run.corners == [(0, 0, 0), (1, 1, 0), (2, 1, 0)]


def test_a_settings_file_of_the_library_does_not_change_the_file() -> None:
    spec = design([{"width_mm": 6.0}])
    before = dxf_bytes(drawing(spec), PLAIN_DXF)
    ezdxf.options.set("core", "write_fixed_meta_data_for_testing", "false")
    assert dxf_bytes(drawing(spec), PLAIN_DXF) == before
