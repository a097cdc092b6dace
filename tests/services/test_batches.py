from __future__ import annotations

import json
import tracemalloc
from io import BytesIO
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.errors import InputRefused, NotFound
from luthier_desktop.services import batch_forms
from luthier_desktop.services.batch_brackets import brackets
from luthier_desktop.services.batch_forms import BatchItem
from luthier_desktop.services.batches import MOST_DESIGNS, Batches
from luthier_desktop.services.studio import Studio
from tests.services.builders import SMOKE, design_bytes, plain_design

values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=8,
)
specs = st.lists(st.dictionaries(st.text(max_size=4), values, max_size=3), max_size=5)


def document(specs: list[Any], **more: Any) -> bytes:
    return json.dumps({"specs": specs, **more}).encode()


@settings(deadline=None, max_examples=60)
@given(specs, st.sampled_from([None, 2]), st.booleans())
def test_every_design_is_cut_out_as_it_stands(
    specs: list[Any], indent: int | None, escaped: bool
) -> None:
    data = json.dumps({"specs": specs}, indent=indent, ensure_ascii=escaped).encode()
    cut = [json.loads(item.data) for item in Batches().read(data)]
    assert cut == specs


def test_ids_stand_beside_their_designs() -> None:
    items = Batches().read(document([SMOKE, plain_design()], suggestion_ids=["a", "b"]))
    assert [(item.index, item.suggestion_id) for item in items] == [(0, "a"), (1, "b")]


def test_without_ids_there_are_none() -> None:
    assert [item.suggestion_id for item in Batches().read(document([SMOKE]))] == [None]


def test_one_design_a_line_is_a_batch_too() -> None:
    lines = b"\n".join(json.dumps(each).encode() for each in (SMOKE, plain_design(), SMOKE))
    items = Batches().read(lines + b"\n\n")
    assert [json.loads(item.data) for item in items] == [SMOKE, plain_design(), SMOKE]
    assert [item.path for item in items] == ["line 1", "line 2", "line 3"]


def test_a_single_line_with_one_design_is_a_batch_of_one() -> None:
    assert len(Batches().read(json.dumps(SMOKE).encode())) == 1


def test_a_torn_line_is_kept_for_its_own_error() -> None:
    items = Batches().read(json.dumps(SMOKE).encode() + b'\n{"outer_diameter_mm": 1')
    assert len(items) == 2


def test_what_is_no_object_is_kept_for_its_own_error() -> None:
    items = list(Batches().read(document([SMOKE, 5, "x", None, [1]])))
    assert [item.data for item in items[1:]] == [b"5", b'"x"', b"null", b"[1]"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"[]", "object"),
        (b'{"specs": []', "torn"),
        (b'{"specs": [{]}', "JSON"),
        (b'{"specs": {}}', "list"),
        (b'{"specs": [], "specs": []}', "twice"),
        (b'{"specs": [], "more": 1}', "more"),
        (b'{"specs": [{}], "suggestion_ids": []}', "suggestion_ids"),
        (b'{"specs": [{}], "suggestion_ids": ["a b"]}', "suggestion_ids[0]"),
        (b'{"specs": [{}], "suggestion_ids": [{}]}', "suggestion_ids[0]"),
        (b'{"suggestion_ids": []}', "specs"),
        (b"\x00\x01\x02", "JSON"),
        (b"\xff\xfe", "byte"),
        (b'{"specs": ["\\ud800"]}', "surrogate"),
    ],
)
def test_a_file_that_is_no_batch_is_refused_as_a_whole(data: bytes, said: str) -> None:
    with pytest.raises(InputRefused, match=said.replace("[", r"\[")):
        Batches().read(data)


def test_more_than_ten_thousand_designs_are_refused_in_either_form() -> None:
    few = document([{}] * MOST_DESIGNS)
    assert len(Batches().read(few)) == MOST_DESIGNS
    for many in (document([{}] * (MOST_DESIGNS + 1)), b"{}\n" * (MOST_DESIGNS + 1)):
        with pytest.raises(InputRefused, match="10000"):
            Batches().read(many)


def test_a_batch_larger_than_its_limit_is_refused() -> None:
    with pytest.raises(InputRefused, match="67,108,864 bytes"):
        Batches().read(b" " * (64 * 2**20 + 1))


def test_quotes_without_end_do_not_take_for_ever() -> None:
    with pytest.raises(InputRefused):
        Batches().read(b'{"specs": [{"a": "' + b'\\"' * 2**20)


@settings(deadline=None, max_examples=60)
@given(specs, st.lists(st.integers(1, 40), min_size=1, max_size=20))
def test_brackets_are_found_whatever_the_pieces_are(specs: list[Any], sizes: list[int]) -> None:
    data = json.dumps({"sp\\ecs": specs, "quo\"te": "[\\"}, ensure_ascii=False).encode()
    sizes_again = cycle(sizes)
    parts, rest = [], data
    while rest:
        size = next(sizes_again)
        parts.append(rest[:size])
        rest = rest[size:]
    assert list(brackets(parts)) == list(brackets([data]))


def test_a_batch_file_is_read_design_by_design_in_either_form(tmp_path: Path) -> None:
    designs = [{**SMOKE, "name": f"{number} {'x' * 2_000}"} for number in range(4_000)]
    names = [f"s{number}" for number in range(4_000)]
    one, lines = tmp_path / "one.json", tmp_path / "lines.jsonl"
    one.write_bytes(document(designs, suggestion_ids=names))
    lines.write_text("".join(json.dumps(each) + "\n" for each in designs))
    for path, ids in ((one, names), (lines, [None] * 4_000)):
        tracemalloc.start()
        batch = Batches().read(path)
        seen = 0
        for item, name, asked in zip(batch, ids, designs, strict=True):
            assert item.suggestion_id == name
            seen += json.loads(item.data)["name"] == asked["name"]
        _, most_bytes = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert (seen, len(batch)) == (4_000, 4_000)
        assert most_bytes < path.stat().st_size / 4


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "designs.json"
    path.write_bytes(document([SMOKE]))
    batch = Batches().read(path)
    path.write_bytes(document([SMOKE, SMOKE]))
    with pytest.raises(InputRefused, match=r"designs\.json: the file was changed"):
        list(batch)


def test_more_than_ten_thousand_entries_that_are_no_objects_are_refused() -> None:
    with pytest.raises(InputRefused, match="10000"):
        Batches().read(document([0] * (MOST_DESIGNS + 1)))


def test_a_missing_file_is_not_found_and_a_folder_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"nowhere\.json"):
        Batches().read(tmp_path / "nowhere.json")
    with pytest.raises(InputRefused, match=r"regular file|cannot be read"):
        Batches().read(tmp_path)


def test_a_long_batch_is_signed_on_its_way(studio: Studio) -> None:
    items = [BatchItem(n, None, design_bytes(**SMOKE), f"design {n}", "") for n in range(70)]
    signed = []
    for _ in studio.feasibility.check_many(items):
        signed.append(len(list((studio.data_dir / "checkpoints").glob("*.note"))))
    assert signed == [0] * 63 + [1] * 7
    assert studio.runs.verify("quick").ok


def test_a_batch_of_which_all_is_refused_makes_no_store(studio: Studio) -> None:
    items = [BatchItem(0, None, b"{", "design 1", "")]
    assert [answer.error is None for answer in studio.feasibility.check_many(items)] == [False]
    assert not studio.data_dir.exists()


class Watched(BytesIO):
    """A file that notes the largest piece asked of it and how many bytes it gave."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.largest = self.given = 0

    def _note(self, data: bytes) -> bytes:
        self.largest = max(self.largest, len(data))
        self.given += len(data)
        return data

    def read(self, size: int | None = -1, /) -> bytes:
        return self._note(super().read(size))

    def readline(self, size: int | None = -1, /) -> bytes:
        return self._note(super().readline(size))


def test_a_line_that_is_no_design_for_its_length_is_never_held_whole() -> None:
    long = json.dumps({**SMOKE, "name": "x" * 5 * 2**20}).encode()
    file = Watched(json.dumps(SMOKE).encode() + b"\n" + long + b"\n" + json.dumps(SMOKE).encode())
    first, second, third = Batches().read(file)
    assert json.loads(first.data) == json.loads(third.data) == SMOKE
    assert (len(second.data), second.path, third.path) == (2**21 + 1, "line 2", "line 3")
    assert file.largest == 2**21 + 1


@pytest.mark.parametrize("head", [b"", b'{"specs": ['])
def test_a_batch_that_nests_too_deep_is_refused_where_it_does(head: bytes) -> None:
    file = Watched(head + b'{"a":' * 2**20)
    with pytest.raises(InputRefused, match=r"byte \d{3}: lists and objects are nested deeper"):
        Batches().read(file)
    assert file.given < 2**18


def test_a_batch_of_very_many_lists_is_refused_where_they_become_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(batch_forms, "MOST_BRACKETS", 2000)
    file = Watched(b'{"specs": [{"a": [' + b"[]," * 2**20)
    with pytest.raises(InputRefused, match="byte 3012: more than 1,000 lists and objects; split"):
        Batches().read(file)
    assert file.given <= 2**18


def test_a_batch_of_blank_lines_is_given_up() -> None:
    blank = b"\n" * (batch_forms.MOST_LINES + 1)
    with pytest.raises(InputRefused, match="more than 100,000 lines"):
        Batches().read(json.dumps(SMOKE).encode() + blank)
    file = Watched(blank + json.dumps(SMOKE).encode())
    with pytest.raises(InputRefused):
        Batches().read(file)
