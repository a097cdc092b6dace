"""The one way in: what is no regular file, is too large or does not hold still is refused."""

import hashlib
import io
import os
import re
from pathlib import Path

import pytest

from luthier_desktop.domain.errors import InputRefused, NotFound
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.storage.incoming import read_regular_file, read_still, take_in
from luthier_desktop.storage.parsing import DESIGN_LIMITS, Limits

SMALL = Limits(size_bytes=1000, nodes=20, text_characters=30, key_characters=10)


def test_a_file_is_read_whole(tmp_path):
    (tmp_path / "rose.json").write_bytes(b"{}")
    assert read_regular_file(tmp_path / "rose.json", "rose.json") == b"{}"


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(NotFound, match=r"rose\.json: there is no such file"):
        read_regular_file(tmp_path / "rose.json", "rose.json")


def test_a_file_beyond_its_size_is_not_read(tmp_path):
    (tmp_path / "rose.json").write_bytes(b" " * 1001)
    with pytest.raises(InputRefused, match="has 1,001 bytes"):
        read_regular_file(tmp_path / "rose.json", "rose.json", SMALL)
    assert DESIGN_LIMITS.size_bytes == 2_097_152


def test_a_directory_a_pipe_and_a_device_are_no_files(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path, tmp_path / "pipe", tmp_path.__class__("/dev/zero")):
        with pytest.raises(InputRefused, match="x: "):
            read_regular_file(place, "x")


def test_a_link_is_judged_by_what_it_leads_to(tmp_path):
    (tmp_path / "rose.json").write_bytes(b"{}")
    (tmp_path / "good").symlink_to(tmp_path / "rose.json")
    (tmp_path / "bad").symlink_to("/dev/zero")
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    assert read_regular_file(tmp_path / "good", "x") == b"{}"
    with pytest.raises(InputRefused, match="x: this is no regular file"):
        read_regular_file(tmp_path / "bad", "x")
    with pytest.raises(NotFound, match="x: there is no such file"):
        read_regular_file(tmp_path / "nowhere", "x")


class Written(io.FileIO):
    """A file to which another program writes just before or just after it is read."""

    def __init__(self, path, *, first):
        super().__init__(path)
        self._first = first

    def read(self, size=-1):
        data = b"" if self._first else super().read(size)
        with Path(self.name).open("ab") as other:
            other.write(b" " * 10)
        return data or super().read(size)


@pytest.mark.parametrize("first", [True, False])
def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path, first):
    (tmp_path / "rose.json").write_bytes(b"{}")
    with (
        Written(tmp_path / "rose.json", first=first) as file,
        pytest.raises(InputRefused, match="x: the file was changed while it was read; try again"),
    ):
        read_still(file, "x", SMALL)


def test_a_file_that_grows_beyond_its_size_is_read_no_further(tmp_path):
    (tmp_path / "rose.json").write_bytes(b" " * 1000)
    with (
        Written(tmp_path / "rose.json", first=True) as file,
        pytest.raises(InputRefused, match="has 1,001 bytes; at most 1,000"),
    ):
        read_still(file, "x", SMALL)


def test_a_document_that_came_in_knows_its_name_its_bytes_and_their_hash(tmp_path):
    (tmp_path / "a\u202eb.json").write_bytes(b'{"a": 1}')
    came = take_in(tmp_path / "a\u202eb.json", "The design")
    assert (came.what, came.plain) == ("The design a⟨U+202E⟩b.json", {"a": 1})
    assert came.sha256 == hashlib.sha256(b'{"a": 1}').hexdigest()
    assert take_in(b"{}", "Standard input").what == "Standard input"


HEAD = '{"outer_diameter_mm": 120, "inner_diameter_mm": 100, "ring_params": ['
RING = '"ring_index": 0, "width_mm": 1'


def patterned(family, member, entry):
    entries = ",".join([entry] * 90_000)
    pattern = f'"pattern_type": "{family}", "pattern": {{"{member}": [{entries}]}}'
    return f"{HEAD}{{{RING}, {pattern}}}]}}"


@pytest.mark.parametrize(
    ("design", "sentence"),
    [
        (HEAD + ",".join(["{}"] * 199_000) + "]}", "must have at most 64 entries, but has 199000"),
        (f'{HEAD}{{{RING}, "materials": [{",".join("0" * 199_000)}]}}]}}', "materials[0] must be"),
        (patterned("MOSAIC", "grid", "[0]"), "pattern.grid[0][0] must be text, but is 0"),
        (patterned("LINES", "lines", "{}"), "pattern.lines[0].material_id is missing"),
    ],
)
def test_a_design_that_is_wrong_all_over_costs_no_more_than_its_first_faults(design, sentence):
    with pytest.raises(InputRefused) as refused:
        take_in(design.encode(), "The design").read_as(RosetteParamSpec)
    assert sentence in refused.value.sentence
    more = re.search(r"\((\d+) more fault", refused.value.sentence)
    assert more is None or int(more[1]) < 10


def test_a_path_with_a_nul_is_refused(tmp_path):
    with pytest.raises(InputRefused, match="cannot be read"):
        read_regular_file(tmp_path / "a\0b", "x")
