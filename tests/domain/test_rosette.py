from __future__ import annotations

import json
import math
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.ladder import LadderParameters
from luthier_desktop.domain.patterns.mosaic import MosaicParameters
from luthier_desktop.domain.patterns.registry import PARAMETERS
from luthier_desktop.domain.rosette import RingParam, RosetteParamSpec


def plain(*rings: Any, **members: Any) -> dict[str, Any]:
    return {
        "outer_diameter_mm": 120, "inner_diameter_mm": 90, "ring_params": list(rings), **members
    }


def ring(**members: Any) -> dict[str, Any]:
    return {"ring_index": 0, "width_mm": 4, **members}


def mosaic(**pattern: Any) -> dict[str, Any]:
    return ring(pattern_type="MOSAIC", pattern=pattern)


def read(document: Any) -> RosetteParamSpec:
    return RosetteParamSpec.read(document, "design.json")


REFUSED: dict[str, tuple[Any, str, str]] = {
    "inner as large as outer": (
        plain(inner_diameter_mm=120), "inner_diameter_mm",
        "must be smaller than outer_diameter_mm (120.0), but is 120.0",
    ),
    "inner above outer": (plain(inner_diameter_mm=121), "inner_diameter_mm", "smaller"),
    "inner and outer equal once rounded": (
        plain(inner_diameter_mm=119.9999999), "inner_diameter_mm", "smaller"
    ),
    "one ring_index twice": (
        plain(ring(ring_index=3), ring(ring_index=3)), "ring_params[1].ring_index",
        "is 3, which ring_params[0] has already",
    ),
    "one ring_id twice": (
        plain(ring(ring_id="a"), ring(ring_index=1, ring_id="a")), "ring_params[1].ring_id",
        "unique",
    ),
    "a made ring_id that another ring has": (
        plain(ring(ring_id="r1"), ring(ring_index=1)), "ring_params[1].ring_id", "'r1'"
    ),
    "NaN": (plain(ring(width_mm=math.nan)), "ring_params[0].width_mm", "finite number"),
    "NaN as a diameter": (plain(outer_diameter_mm=math.nan), "outer_diameter_mm", "finite"),
    "infinity": (plain(outer_diameter_mm=math.inf), "outer_diameter_mm", "finite number"),
    "65 rings": (
        plain(*(ring(ring_index=index) for index in range(65))), "ring_params",
        "at most 64 entries, but has 65",
    ),
    "an unknown key": (plain(colour="red"), "colour", "not a known member"),
    "an unknown key of a ring": (
        plain(ring(colour="red")), "ring_params[0].colour", "not a known member"
    ),
    "an unknown key of a pattern": (
        plain(ring(pattern_type="ROPE", pattern={"rows": 2})), "ring_params[0].pattern.rows",
        "not a known member",
    ),
    "text for a number": (plain(ring(width_mm="4")), "ring_params[0].width_mm", "a number"),
    "true for a number": (plain(ring(width_mm=True)), "ring_params[0].width_mm", "a number"),
    "a list for a ring": (plain([1]), "ring_params[0]", "object with named members"),
    "an object for the rings": (plain(ring_params={}), "ring_params", "must be a list"),
    "no rings member": (
        {"outer_diameter_mm": 120, "inner_diameter_mm": 90}, "ring_params", "is missing"
    ),
    "no width": (plain({"ring_index": 0}), "ring_params[0].width_mm", "is missing"),
    "a width of null": (plain(ring(width_mm=None)), "ring_params[0].width_mm", "is missing"),
    "a width of zero": (plain(ring(width_mm=0)), "ring_params[0].width_mm", "greater than 0"),
    "a width that rounds to zero": (
        plain(ring(width_mm=1e-9)), "ring_params[0].width_mm", "at least 0.000001 mm"
    ),
    "a negative gap": (
        plain(ring(gap_before_mm=-1)), "ring_params[0].gap_before_mm", "at least 0"
    ),
    "half an index": (plain(ring(ring_index=1.5)), "ring_params[0].ring_index", "whole number"),
    "a negative index": (plain(ring(ring_index=-1)), "ring_params[0].ring_index", "at least 0"),
    "an oval soundhole": (
        plain(soundhole_shape="oval"), "soundhole_shape",
        "is 'oval', but only round soundholes can be designed",
    ),
    "another schema": (plain(schema="luthier.rosette/3"), "schema", "luthier.rosette/2"),
    "a name in an id": (plain(design_id="../x"), "design_id", "must match"),
    "an id with a line break": (plain(design_id="dsg\n"), "design_id", "must match"),
    "a material in capitals": (
        plain(ring(materials=["Koa"])), "ring_params[0].materials[0]", "must match"
    ),
    "a short tile": (
        plain(ring(tile_length_mm=0.05)), "ring_params[0].tile_length_mm", "at least 0.1"
    ),
    "an unknown family": (
        plain(ring(pattern_type="ZIGZAG")), "ring_params[0].pattern_type",
        "is 'ZIGZAG', which is no known pattern; use one of SOLID, LINES",
    ),
    "a ragged grid": (
        plain(mosaic(grid=[["koa", "pear"], ["koa"]])), "ring_params[0].pattern.grid[1]",
        "has 1 cells",
    ),
    "an empty grid": (plain(mosaic(grid=[])), "ring_params[0].pattern.grid", "at least 1"),
    "a grid of empty rows": (
        plain(mosaic(grid=[[]])), "ring_params[0].pattern.grid[0]", "has 0 cells"
    ),
    "a grid that denies its rows": (
        plain(mosaic(rows=3, grid=[["koa"], ["pear"]])), "ring_params[0].pattern.grid",
        "has 2 rows, but rows is 3",
    ),
    "a count beyond a ring": (
        plain(ring(pattern_type="LADDER", pattern={"count": 10_001})),
        "ring_params[0].pattern.count", "at most 10000",
    ),
    "tiles beyond a ring, named where they stand": (
        plain(
            ring(ring_index=4),
            ring(width_mm=500, pattern_type="LADDER", tile_length_mm=0.1),
        ),
        "ring_params[1].tile_length_mm", "makes 18535 tiles, but a ring holds at most 10000",
    ),
    "cells too small for a ring": (
        plain(mosaic(cols=1, px_mm=1e-3)), "ring_params[0].pattern.px_mm", "at most 10000"
    ),
    "a length that is no length": (
        plain(mosaic(cols=1, px_mm=5e-324)), "ring_params[0].pattern.px_mm", "0.000001"
    ),
    "more than 100,000 tiles": (
        plain(
            *(
                ring(ring_index=index, pattern_type="LADDER", pattern={"count": 9000})
                for index in range(12)
            )
        ),
        "ring_params[11].pattern", "108000 tiles",
    ),
    "more than 200,000 cells": (
        plain(mosaic(rows=100, cols=100, count=30)), "ring_params[0].pattern", "300000 pieces"
    ),
    "bars that wind round for ever": (
        plain(
            ring(pattern_type="HERRINGBONE", pattern={"angle_deg": 1e-9, "mirrored": True})
        ),
        "ring_params[0].pattern", "pieces",
    ),
    "a stack of two metres": (
        plain(*(ring(ring_index=index, width_mm=1000) for index in range(3))),
        "ring_params[1].width_mm", "radius of 2045 mm",
    ),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_a_faulty_design_is_refused_with_a_sentence_that_names_the_field(fault: str) -> None:
    document, path, words = REFUSED[fault]
    with pytest.raises(InputRefused) as caught:
        read(document)
    assert caught.value.path == path
    assert caught.value.sentence.startswith(f"design.json: {path} ")
    assert words in caught.value.sentence
    assert caught.value.sentence.endswith((".", ".)"))
    assert len(caught.value.sentence) < 400


@pytest.mark.parametrize("document", [[], None, "x", 3, True])
def test_what_is_no_object_is_no_design(document: Any) -> None:
    with pytest.raises(InputRefused, match="object with named members"):
        read(document)


def test_every_family_of_the_reference_is_built() -> None:
    assert list(PARAMETERS) == list(PatternFamily)


def test_several_faults_are_counted() -> None:
    with pytest.raises(InputRefused, match=r"2 more faults in this document"):
        read(plain(ring(width_mm=0), colour=1, shape=2))


@pytest.mark.parametrize("family", PARAMETERS)
def test_a_ring_with_index_width_and_family_alone_is_valid_in_each_family(family: str) -> None:
    assert read(plain(ring(pattern_type=family))).ring_params[0].pattern_type == family


def test_sixty_four_rings_of_the_most_detailed_family_are_valid() -> None:
    rings = (ring(ring_index=index, pattern_type="MOSAIC") for index in range(64))
    assert len(read(plain(*rings)).ring_params) == 64


def test_the_smoke_case_without_rings_is_valid() -> None:
    design = read({"outer_diameter_mm": 100, "inner_diameter_mm": 20, "ring_params": []})
    assert design.ring_params == ()


FIRST_FORMAT = {
    "outer_diameter_mm": 110,
    "inner_diameter_mm": 90,
    "ring_params": [
        {"ring_index": 1, "width_mm": 4, "pattern_type": "hatch", "tile_length_mm": 2},
        {"ring_index": 0, "width_mm": 2, "pattern_type": "solid"},
        {"ring_index": 2, "width_mm": 3, "pattern_type": "STIPPLE", "tile_length_mm": None},
        {"ring_index": 5, "width_mm": 1},
    ],
}


def test_the_first_format_is_read_in_any_letter_case() -> None:
    families = [one.pattern_type for one in read(FIRST_FORMAT).ring_params]
    assert families == ["SOLID", "BARBER_POLE", "DOTS", "SOLID"]


def test_the_words_hatch_and_stipple_are_kept_as_data() -> None:
    assert read(FIRST_FORMAT).first_format_words() == {"r1": "HATCH", "r2": "STIPPLE"}


def test_a_word_of_the_first_format_does_not_change_the_hashed_design() -> None:
    hatch = plain(ring(pattern_type="hatch"))
    barber_pole = plain(ring(pattern_type="BARBER_POLE"))
    assert read(hatch).hashed_form() == read(barber_pole).hashed_form()


def test_rings_are_sorted_by_their_index() -> None:
    assert [one.ring_index for one in read(FIRST_FORMAT).ring_params] == [0, 1, 2, 5]


def test_a_ring_without_an_identity_is_known_by_its_index() -> None:
    assert [one.ring_id for one in read(FIRST_FORMAT).ring_params] == ["r0", "r1", "r2", "r5"]
    assert read(plain(ring(ring_index=2.0))).ring_params[0].ring_id == "r2"


def test_null_means_absent() -> None:
    nulls = plain(
        ring(materials=None, pattern=None, made=None, pattern_type=None), top=None, name=None,
        soundhole_edge=None, schema=None,
    )
    assert read(nulls) == read(plain(ring()))


def test_a_pattern_is_read_with_the_model_of_its_own_family() -> None:
    design = read(plain(mosaic(rows=2.0, cols=3, grid=[["koa"] * 3, ["pear"] * 3])))
    assert isinstance(design.ring_params[0].pattern, MosaicParameters)
    assert design.ring_params[0].pattern.rows == 2


def test_a_pattern_of_another_family_is_refused() -> None:
    with pytest.raises(ValueError, match="another family than ROPE"):
        RingParam(
            ring_index=0, width_mm=4, pattern_type=PatternFamily.ROPE, pattern=LadderParameters()
        )


def test_a_tile_length_is_kept_on_a_family_without_tiles() -> None:
    assert read(plain(ring(tile_length_mm=2))).ring_params[0].tile_length_mm == 2


def test_the_normalised_form_fills_five_members_and_nothing_else() -> None:
    assert read(plain({"ring_index": 0, "width_mm": 4})).normalised() == {
        "outer_diameter_mm": 120.0,
        "inner_diameter_mm": 90.0,
        "soundhole_edge": "wood",
        "ring_params": [
            {
                "ring_index": 0, "width_mm": 4.0, "pattern_type": "SOLID", "gap_before_mm": 0.0,
                "made": "hand", "ring_id": "r0",
            }
        ],
    }


def test_lengths_and_angles_are_rounded_to_a_millionth_and_nothing_else_is() -> None:
    bars = ring(
        width_mm=4.00000049, pattern_type="HERRINGBONE", pattern={"angle_deg": 44.9999999}
    )
    slices = mosaic(waste=0.1234567891)
    normal = read(plain(bars, {**slices, "ring_index": 1})).normalised()["ring_params"]
    assert normal[0]["width_mm"] == 4.0
    assert normal[0]["pattern"]["angle_deg"] == 45.0
    assert normal[1]["pattern"]["waste"] == 0.1234567891


def test_the_hashed_form_leaves_out_names_and_locks() -> None:
    named = read(plain(ring(ring_id="rose", locked=True), design_id="dsg_1", name="Rosa"))
    assert named.hashed_form() == read(plain(ring())).hashed_form()
    assert "ring_id" not in named.hashed_form()["ring_params"][0]
    assert named.normalised()["ring_params"][0]["ring_id"] == "rose"


RICH = plain(
    {
        "ring_index": 1, "width_mm": 4.0, "pattern_type": "MOSAIC", "materials": ["koa", "pear"],
        "pattern": {"rows": 2, "cols": 2, "px_mm": 0.5, "grid": [["koa", "pear"]] * 2},
    },
    {"ring_index": 0, "width_mm": 2, "pattern_type": "LINES", "gap_before_mm": 0,
     "pattern": {"lines": [{"material_id": "koa", "thickness_mm": 2}]}},
    top={"material_id": "sitka_spruce", "thickness_mm": 2.8},
    channel={"depth_mm": 1.5, "clearance_mm": -0.0},
    soundhole_diameter_mm=84,
)


def shuffled(value: Any, seed: random.Random) -> Any:
    """The same document in another order of keys and rings, whole numbers written as 120.0."""
    if isinstance(value, dict):
        members = list(value.items())
        seed.shuffle(members)
        return {
            key: seed.sample(found, len(found)) if key == "ring_params" else found
            for key, found in ((key, shuffled(member, seed)) for key, member in members)
        }
    if isinstance(value, list):
        return [shuffled(member, seed) for member in value]
    if isinstance(value, int) and seed.random() < 0.5:
        return float(value)
    return value


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


@given(st.integers(0, 10_000))
@settings(max_examples=50, deadline=None)
def test_order_of_keys_and_120_against_120_0_make_no_difference(seed: int) -> None:
    again = read(shuffled(RICH, random.Random(seed)))
    assert canonical(again.normalised()) == canonical(read(RICH).normalised())
    assert canonical(again.hashed_form()) == canonical(read(RICH).hashed_form())


def test_a_normalised_design_read_again_is_the_same_design() -> None:
    for document in (RICH, FIRST_FORMAT, plain(ring(width_mm=1.23456789012))):
        normal = read(document).normalised()
        assert read(json.loads(json.dumps(normal))).normalised() == normal


def test_minus_zero_is_written_as_zero() -> None:
    clearance = read(RICH).normalised()["channel"]["clearance_mm"]
    assert math.copysign(1, clearance) == 1


def test_rings_are_renumbered_in_the_order_given_and_keep_their_identity() -> None:
    design = read(FIRST_FORMAT)
    turned = design.with_rings(design.ring_params[::-1])
    assert [one.ring_index for one in turned.ring_params] == [0, 1, 2, 3]
    assert [one.identity for one in turned.ring_params] == ["r5", "r2", "r1", "r0"]


def test_a_design_cannot_be_changed_in_place() -> None:
    with pytest.raises(ValueError, match="frozen"):
        read(RICH).name = "other"


def test_what_is_plain_can_be_read_again() -> None:
    assert read(read(RICH).plain()) == read(RICH)
