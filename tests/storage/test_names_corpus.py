"""The big list of naughty strings, read in place, as names of designs."""

import json
import unicodedata

import pytest

from luthier_desktop.domain.display import LONGEST_SHOWN, shown
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.storage.canonical import canonical_bytes
from luthier_desktop.storage.parsing import parse_strict
from luthier_desktop.storage.run_row import RunRow
from tests.conftest import CORPORA
from tests.storage.make import artifact, open_store, run_id

NAMES = json.loads((CORPORA / "naughty-strings" / "blns.json").read_text())
DESIGN = {"outer_diameter_mm": 120.0, "inner_diameter_mm": 100.0, "ring_params": []}
DIRECTIONS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
SENTINELS = "\u200b\u200c\u200d\u200e\u200f\u061c\u2028\u2029\u2060\ufeff\u00ad\u180e"


def read(name, encode):
    document = encode({**DESIGN, "name": name})
    return RosetteParamSpec.read(parse_strict(document, "x"), "x")


def dangerous(text):
    """Return the characters of *text* that hide, turn or break a line."""
    return [
        character
        for character in text
        if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
        or unicodedata.bidirectional(character) in DIRECTIONS
        or character in SENTINELS
    ]


def test_every_name_comes_back_unchanged_however_it_was_written():
    escaped = read_all(lambda document: json.dumps(document).encode())
    plain = read_all(lambda document: json.dumps(document, ensure_ascii=False).encode())
    canonical = read_all(canonical_bytes)
    assert escaped == plain == canonical == NAMES
    assert len(NAMES) == 515


def read_all(encode):
    found = []
    for name in NAMES:
        design = read(name, encode)
        again = parse_strict(canonical_bytes(design.model_dump(mode="json")), "x")
        assert again["name"] == design.name
        found.append(design.name)
    return found


def test_no_name_hides_anything_where_it_is_shown():
    for name in NAMES:
        display = shown(name)
        assert dangerous(display) == [], ascii(name)
        marks = sum(len(f"⟨U+{ord(c):04X}⟩") - 1 for c in name if shown(c) != c)
        assert len(display) <= LONGEST_SHOWN + marks
        assert shown(display[:LONGEST_SHOWN]) == display[:LONGEST_SHOWN]


def test_the_list_holds_names_that_would_be_dangerous_as_they_are():
    assert sum(bool(dangerous(name)) for name in NAMES) >= 10


def test_every_name_is_recorded_and_found_again(tmp_path):
    store = open_store(tmp_path)
    for number, name in enumerate(NAMES[::10]):
        run = artifact(run_id(number), request={"design": {**DESIGN, "name": name}})
        store.record(run, RunRow.of(run, "cli"))
    store.catch_up()
    for number, name in enumerate(NAMES[::10]):
        entry = store.index.entries([run_id(number)])[0]
        assert entry.design_name == name
        assert store.runs.get(run_id(number)).artifact.request["design"]["name"] == name


@pytest.mark.parametrize("name", ["\ud800", "a\udfffb"])
def test_half_a_character_is_no_name(name):
    from luthier_desktop.domain.errors import InputRefused

    with pytest.raises(InputRefused, match="half of a surrogate pair"):
        read(name, lambda document: json.dumps(document).encode())
