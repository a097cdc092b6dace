from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.errors import InputRefused, NotFound
from luthier_desktop.services.designs import Designs
from tests.services.builders import SMOKE, FakeClock, design_bytes, plain_design


@pytest.fixture
def designs() -> Designs:
    return Designs(FakeClock())


def rings(*changes: dict[str, Any]) -> dict[str, Any]:
    return {"ring_params": [{"ring_index": 0, "width_mm": 1.0, **change} for change in changes]}


def test_a_design_is_read_from_bytes_and_from_a_file(designs: Designs, tmp_path: Path) -> None:
    path = tmp_path / "rosette.json"
    path.write_bytes(design_bytes(design_id="dsg_mine"))
    assert designs.read(path) == designs.read(design_bytes(design_id="dsg_mine"))


def test_an_id_is_made_when_absent_and_kept_when_given(designs: Designs) -> None:
    assert designs.read(json.dumps(SMOKE).encode()).design_id == "dsg_0000000000000001"
    assert designs.read(design_bytes(design_id="dsg_mine")).design_id == "dsg_mine"


def test_the_first_format_is_read(designs: Designs) -> None:
    first_format = {
        "outer_diameter_mm": 110,
        "inner_diameter_mm": 90,
        "ring_params": [
            {"ring_index": 1, "width_mm": 4, "pattern_type": "hatch", "tile_length_mm": 2},
            {"ring_index": 0, "width_mm": 6, "pattern_type": "STIPPLE"},
        ],
    }
    read = designs.read(json.dumps(first_format).encode())
    assert [ring.pattern_type for ring in read.ring_params] == ["DOTS", "BARBER_POLE"]
    assert read.first_format_words() == {"r0": "STIPPLE", "r1": "HATCH"}


REFUSED: list[tuple[str, bytes, str]] = [
    ("inner not smaller", design_bytes(inner_diameter_mm=104), "inner_diameter_mm"),
    ("inner larger", design_bytes(inner_diameter_mm=110), "outer_diameter_mm"),
    ("doubled index", design_bytes(**rings({}, {})), "ring_params[1].ring_index"),
    ("unknown key", design_bytes(colour="red"), "colour"),
    ("unknown ring key", design_bytes(**rings({"colour": 1})), "ring_params[0].colour"),
    ("65 rings", design_bytes(**rings(*({"ring_index": i} for i in range(65)))), "64"),
    ("no width", design_bytes(ring_params=[{"ring_index": 0}]), "ring_params[0].width_mm"),
    ("zero width", design_bytes(**rings({"width_mm": 0})), "ring_params[0].width_mm"),
    ("text for a number", design_bytes(outer_diameter_mm="104"), "outer_diameter_mm"),
    ("unknown pattern", design_bytes(**rings({"pattern_type": "SWIRL"})), "pattern_type"),
    ("oval soundhole", design_bytes(soundhole_shape="oval"), "oval"),
    ("other schema", design_bytes(schema="luthier.rosette/9"), "schema"),
    ("doubled key", b'{"outer_diameter_mm": 1, "outer_diameter_mm": 2}', "outer_diameter_mm"),
    ("NaN", b'{"outer_diameter_mm": NaN}', "outer_diameter_mm: NaN"),
    ("infinity", b'{"outer_diameter_mm": -Infinity}', "outer_diameter_mm: -Infinity"),
    ("overflow", b'{"ring_params": [{"width_mm": 1e400}]}', "width_mm: the number 1e400"),
    ("empty", b"", "empty"),
    ("blank", b" \n", "empty"),
    ("torn", b'{"outer_diameter_mm": 104, "ring_par', "torn"),
    ("binary", bytes(range(256)), "byte"),
    ("byte order mark", b"\xef\xbb\xbf{}", "byte order mark"),
    ("a list", b"[]", "object"),
    ("half a surrogate", b'{"name": "\\ud800"}', "name"),
    ("deep", b"[" * 100_000, "32"),
    ("large", b" " * (2 * 2**20 + 1), "2,097,152"),
    ("id with a path", design_bytes(design_id="../../etc"), "design_id"),
    ("id with a line end", design_bytes(design_id="dsg_x\n"), "design_id"),
]


@pytest.mark.parametrize(
    ("data", "said"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_a_bad_design_is_refused_in_one_sentence_that_names_the_place(
    designs: Designs, data: bytes, said: str
) -> None:
    with pytest.raises(InputRefused) as refusal:
        designs.read(data)
    sentence = refusal.value.sentence
    assert said in sentence
    assert sentence.startswith("The design")
    assert "\n" not in sentence


def test_a_missing_file_is_named(designs: Designs, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"gone\.json"):
        designs.read(tmp_path / "gone.json")


def test_only_regular_files_are_read(designs: Designs, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (tmp_path, pipe, Path("/dev/null")):
        with pytest.raises(InputRefused):
            designs.read(path)


def test_a_hostile_file_name_is_shown_and_not_obeyed(designs: Designs, tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m\u202ered.json"
    path.write_bytes(b"")
    with pytest.raises(InputRefused) as refusal:
        designs.read(path)
    assert "\x1b" not in refusal.value.sentence
    assert "⟨U+202E⟩" in refusal.value.sentence


def test_null_is_absent(designs: Designs) -> None:
    read = designs.read(json.dumps(plain_design(name=None, fingerboard=None)).encode())
    assert (read.name, read.fingerboard) == (None, None)


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode()))
def test_no_bytes_do_worse_than_a_refusal(data: bytes) -> None:
    with contextlib.suppress(InputRefused):
        Designs(FakeClock()).read(data)


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_no_value_in_a_design_does_worse_than_a_refusal(data: st.DataObject) -> None:
    plain = plain_design(**rings({}))
    odd = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
    odd |= st.lists(odd, max_size=2) | st.dictionaries(st.text(max_size=3), odd, max_size=2)
    place = data.draw(st.sampled_from([plain, plain["ring_params"][0], plain["channel"]]))
    place[data.draw(st.sampled_from(sorted(place)))] = data.draw(odd)
    with contextlib.suppress(InputRefused):
        Designs(FakeClock()).read(json.dumps(plain).encode())
