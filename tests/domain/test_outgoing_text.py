"""What a stranger wrote stays text in machine files, CSV, XML and file names."""

from __future__ import annotations

import csv
import io
import json
import re
import string
from xml.sax import parseString  # what is parsed here was written here
from xml.sax.handler import ContentHandler

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.outgoing_text import (
    CSV_MARK,
    csv_cell,
    csv_line,
    is_reserved,
    machine_name,
    slug,
    suggested_file_name,
    xml_text,
)
from tests.conftest import CORPORA

INJECTIONS = [
    "x)\nM3 S24000\n(",
    "x)\r\nM3 S24000",
    "a;M3",
    "%",
    "\n0\nSECTION\n",
    "a\x0bM3",
    "a\u2028M3",
    "a\x85M3",
    ")" * 50,
    "(",
    "\\",
    "\0",
    "=cmd|'/C calc'!A0",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    '"',
    '","',
    "]]>",
    "-->",
    "<img src='file:///x'>",
    "&amp;",
    "\ud800",
    "\ufffe",
    "con",
    "CON.txt",
    "lpt¹",
    "x. ",
    "../x",
]
NAUGHTY = CORPORA / "naughty-strings" / "blns.json"
NAMES = [*INJECTIONS, *(json.loads(NAUGHTY.read_text("utf-8")) if NAUGHTY.is_file() else [])]
anything = st.text(max_size=60)
MACHINE_LETTERS = frozenset(string.ascii_letters + string.digits + " _.-")


def program(name: str) -> list[str]:
    return ["%", f"({name})", "G21", "M5", "%"]


def test_a_name_changes_no_line_of_a_machine_file() -> None:
    for name in NAMES:
        written = "\n".join(program(machine_name(name)))
        assert len(re.split(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", written)) == 5
        assert re.sub(r"\([^()]*\)", "()", written) == "%\n()\nG21\nM5\n%"


def test_a_name_as_it_is_would_start_the_spindle() -> None:
    written = "\n".join(program(INJECTIONS[0]))
    commands = re.sub(r"\([^()]*\)", "", written).split("\n")
    assert "M3 S24000" in commands


@settings(deadline=None)
@given(anything)
def test_a_machine_name_has_at_most_40_plain_characters(name: str) -> None:
    written = machine_name(name)
    assert set(written) <= MACHINE_LETTERS
    assert 1 <= len(written) <= 40


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Rope and rose", "Rope and rose"),
        ("x)\nM3", "x__M3"),
        ("Señor", "Se_or"),
        ("a" * 41, "a" * 40),
        ("", "_"),
        ("   ", "_"),
    ],
)
def test_a_plain_name_stays_and_the_rest_becomes_underscores(name: str, expected: str) -> None:
    assert machine_name(name) == expected


@settings(deadline=None)
@given(st.lists(st.lists(anything, min_size=2, max_size=2), max_size=4))
@example([[name, name] for name in NAMES])
def test_every_row_and_cell_of_a_csv_file_comes_back_as_it_was_written(
    rows: list[list[str]],
) -> None:
    written = CSV_MARK + "".join(map(csv_line, rows))
    found = list(csv.reader(io.StringIO(written[1:], newline="")))
    assert [len(row) for row in found] == [2] * len(rows)
    for cells, texts in zip(found, rows, strict=True):
        assert [cell.removeprefix("'") for cell in cells] == [
            text.replace("\0", "").replace("\ud800", "").removeprefix("'") for text in texts
        ]
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in cells)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (-1.5, '"-1.5"'),
        (0, '"0"'),
        (None, '""'),
        (True, '"true"'),
        ("-1.5", '"\'-1.5"'),
        ("\0=1", '"\'=1"'),
        ('say "a"', '"say ""a"""'),
        ("two\r\nlines", '"two\r\nlines"'),
    ],
)
def test_numbers_stay_numbers_and_formulas_become_texts(value: object, expected: str) -> None:
    assert csv_cell(value) == expected  # type: ignore[arg-type]  # also what is none of ours


class Heard(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.elements = 0
        self.attribute = self.text = ""

    def startElement(self, name: str, attrs: object) -> None:
        self.elements += 1
        self.attribute = attrs["b"]  # type: ignore[index]  # sax is untyped here

    def characters(self, content: str) -> None:
        self.text += content


def legal(text: str) -> str:
    return "".join(
        character
        for character in text
        if character in "\t\n\r"
        or 0x20 <= ord(character) < 0xD800
        or 0xE000 <= ord(character) < 0xFFFE
        or ord(character) >= 0x10000
    )


@settings(deadline=None)
@given(anything)
@example("".join(NAMES))
def test_what_stands_in_an_xml_file_is_read_as_the_text_it_was(text: str) -> None:
    heard = Heard()
    parseString(f'<a b="{xml_text(text)}">{xml_text(text)}</a>'.encode(), heard)
    assert heard.elements == 1
    assert heard.attribute == heard.text == legal(text)


@settings(deadline=None)
@given(anything)
@example("con")
@example("x. ")
def test_a_suggested_file_name_is_legal_on_every_system(name: str) -> None:
    file_name = suggested_file_name(name, "snap_4g7k00000000000z", ".svg")
    assert re.fullmatch(r"([a-z0-9][a-z0-9-]{0,39}-)?snap_4g7k00000000000z\.svg", file_name)
    assert not is_reserved(file_name)


def test_no_hostile_name_becomes_a_reserved_file_name() -> None:
    files = [suggested_file_name(name, "dsg_1", ".dxf") for name in NAMES]
    assert [file for file in files if is_reserved(file)] == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Señor Müller's Rose", "senor-muller-s-rose"),
        ("../../etc/passwd", "etc-passwd"),
        ("田中", ""),
        ("a" * 50, "a" * 40),
        ("a" * 39 + " b", "a" * 39),
    ],
)
def test_a_slug_is_made_of_plain_letters(name: str, expected: str) -> None:
    assert slug(name) == expected


@pytest.mark.parametrize(
    ("id_", "extension"), [("../x", ".svg"), ("x\n", ".svg"), ("x", "svg"), ("x", ".s/g")]
)
def test_ids_and_extensions_of_others_make_no_file_name(id_: str, extension: str) -> None:
    with pytest.raises(ValueError, match="make no file name"):
        suggested_file_name("rose", id_, extension)


@pytest.mark.parametrize(
    "name",
    ["con", "CON", "nul.txt", "AUX .json", "com1", "LPT9.tar.gz", "com¹", "lpt³.x", "x.", "x "],
)
def test_names_that_windows_takes_for_itself_are_known(name: str) -> None:
    assert is_reserved(name)


@pytest.mark.parametrize("name", ["console", "com", "com10.txt", "x.con", "nul-1"])
def test_names_that_only_look_so_are_left_alone(name: str) -> None:
    assert not is_reserved(name)
