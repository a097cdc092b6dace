"""A stranger's names stay text in every format: commands, groups and cells are a plain name's."""

from __future__ import annotations

import csv
import io
import json
import re
import struct
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject

from luthier_desktop.domain.gate import Ruling, judge_gate
from luthier_desktop.domain.operators import OWNER
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.services.export_kinds import KINDS
from luthier_desktop.services.judging import judge
from luthier_desktop.services.studio import Studio, open_studio
from tests.exports.every_kind import options_of
from tests.services.builders import YELLOW_MM, FakeClock, cut

PLAIN = "Rose of Ida"
HOSTILE = {
    "spindle": "x)\nM3 S24000\n(",
    "spindle and group codes": "x) M3 S24000 ; G0 Z-9 % (\n0\n SECTION\n  2\nENTITIES\n0\nEOF",
    "formula": "=cmd|' /C calc'!A0",
    "formula in another cell": 'x","=1+1"\r\n"@SUM(1)',
    "operators": ") Tj ET Q q BT (x\\ endstream endobj 9 0 obj << /OpenAction /JS >> %%EOF",
    "markup": "</title><script>1</script><!-- ]]> &#0; \"><image href='file:///etc/passwd'/>",
    "right to left": "\u202egnp.exe\u2066\u200f",
    "controls": "".join(map(chr, range(32))) + "\x7f\x85\u2028",
    "nothing": "\0",
    "emoji": "🎸👩‍🎤\U0001f1e9\U0001f1ea",
    "long and wild": "=(\n)" * 2500,
}
"""Names that are commands to a controller, a spreadsheet, a reader of PDF, DXF or SVG."""
_CLEAN_COMMENT = re.compile(r"\([A-Za-z0-9 _.-]*\)")
_NUMBER = re.compile(r"[-0-9.]+")

Seen = tuple[Any, ...]


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    folder = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch:
        for kind in ("CACHE", "CONFIG", "STATE"):
            patch.setenv(f"XDG_{kind}_HOME", str(folder / kind))
        with open_studio(folder / "data", clock=FakeClock()) as opened:
            yield opened


def named(studio: Studio, name: str) -> tuple[RosetteParamSpec, Setup]:
    """Return a design and a shop in which everything that may be named is named so."""
    setup = studio.setups.current()
    parts = {
        part: getattr(setup, part).model_copy(update={"name": name})
        for part in ("tool", "machine")
    }
    spec = cut(YELLOW_MM).model_copy(update={"name": name})
    return spec, setup.model_copy(update={"name": name, **parts})


def decided(name: str) -> Ruling:
    """Return a decision whose reason and operator are named so."""
    return Ruling(
        kind="accepted",
        check="C1",
        ring_index=None,
        reason=f"why {name}"[:900],
        operator=OWNER.model_copy(update={"name": name[:60]}),
        request_sha256="0" * 64,
        run_id="run_20260122_0000000000000000",
        created_at_utc="2026-01-22T10:11:12.123456Z",
    )


def looked_at(studio: Studio, name: str) -> dict[str, Seen]:
    """Return what each kind of file does, whatever it says."""
    spec, setup = named(studio, name)
    draft = studio.exporting.for_setup(setup).draft(spec)
    verdict = judge_gate(judge(draft.request).scored, [decided(name)])
    assert [check.finding.check_id for check in verdict.lifted] == ["C1"]
    draft = draft._replace(gate=lambda _: verdict)
    return {
        f"{row.kind}{suffix}": LOOKS[suffix](
            row.draw(draft._replace(suffix=suffix, carries=True), options_of(row.kind))
        )
        for row in KINDS.values()
        for suffix in (row.suffixes[:1] if row.gated else row.suffixes)
    }


def look_at_gcode(data: bytes) -> Seen:
    lines = data.decode("ascii").splitlines()
    comments = [line for line in lines if line.startswith("(")]
    assert all(_CLEAN_COMMENT.fullmatch(line) for line in comments)
    return len(comments), tuple(line for line in lines if not line.startswith("("))


def look_at_dxf(data: bytes) -> Seen:
    """Return groups and their values, but what texts say, and how far they reach."""
    lines = data.decode("ascii").split("\r\n" if b"\r\n" in data else "\n")
    pairs = list(zip(lines[0:-1:2], lines[1::2], strict=True))
    assert pairs[-1] == ("  0", "EOF")
    seen, entity = [], ""
    for code, value in pairs:
        entity = value if code.strip() == "0" else entity
        is_text = code.strip() == "1" and entity == "TEXT"
        seen.append((code.strip(), "" if is_text or _NUMBER.fullmatch(value.strip()) else value))
    return tuple(seen)


def look_at_pdf(data: bytes) -> Seen:
    """Return the pages, what is drawn with, and every key of every object."""
    reader = PdfReader(io.BytesIO(data), strict=True)
    operators = {
        operator
        for page in reader.pages
        for _, operator in ContentStream(page.get_contents(), reader).operations
    }
    keys: set[str] = set()
    for number in range(1, len(reader.xref[0]) + 1):
        _collect(reader.get_object(IndirectObject(number, 0, reader)), keys)
    return len(reader.pages), len(reader.xref[0]), frozenset(operators), frozenset(keys)


def _collect(found: Any, keys: set[str]) -> None:
    """Note the keys of dictionaries; those of fonts are named after letters."""
    if isinstance(found, DictionaryObject):
        keys |= set(found)
        for value in found.values():
            if not isinstance(value, IndirectObject):
                _collect(value, keys)


def look_at_csv(data: bytes) -> Seen:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r", "\n"))]
    numbers = [(number, cell) for number, cell in enumerate(cells) if _NUMBER.fullmatch(cell)]
    return tuple(len(row) for row in rows), tuple(numbers)


def look_at_json(data: bytes) -> Seen:
    return (json.dumps(_wordless(json.loads(data))),)


def _wordless(found: Any) -> Any:
    if isinstance(found, dict):
        return {key: _wordless(value) for key, value in found.items()}
    if isinstance(found, list):
        return [_wordless(value) for value in found]
    return "" if isinstance(found, str) else found


def look_at_svg(data: bytes) -> Seen:
    """Return the elements with their attributes' names; a name may take several lines."""
    found = [(one.tag, tuple(sorted(one.attrib))) for one in fromstring(data).iter()]
    return tuple(dict.fromkeys(found)), sum(not tag.endswith("}text") for tag, _ in found)


def look_at_png(data: bytes) -> Seen:
    at, kinds = 8, []
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        kinds.append(kind)
        at += size + 12
    return tuple(dict.fromkeys(kinds)), at == len(data)


LOOKS: dict[str, Callable[[bytes], Seen]] = {
    ".nc": look_at_gcode,
    ".dxf": look_at_dxf,
    ".pdf": look_at_pdf,
    ".csv": look_at_csv,
    ".json": look_at_json,
    ".svg": look_at_svg,
    ".png": look_at_png,
}


@pytest.fixture(scope="module")
def plain(studio: Studio) -> dict[str, Seen]:
    return looked_at(studio, PLAIN)


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_name_changes_no_command_of_any_file(
    studio: Studio, plain: dict[str, Seen], name: str
) -> None:
    found = looked_at(studio, name)
    assert set(found) == set(plain)
    for file, seen in found.items():
        assert seen == plain[file], file
    assert {file.split(".")[0] for file in found} == set(KINDS)


@pytest.mark.parametrize(
    ("suffix", "torn"),
    [
        (".nc", b"(A)\n(x)\nM3 S24000\n()\nM30\n"),
        (".csv", b'"a","b"\r\n"x","=1+1"\r\n'),
        (".dxf", b"  0\nTEXT\n  1\nx\n  0\nLINE\n  0\nEOF\n"),
        (".svg", b"<svg><title>x</title><script/></svg>"),
    ],
)
def test_the_looks_see_what_a_name_would_do(suffix: str, torn: bytes) -> None:
    whole = {
        ".nc": b"(A)\n(x)\nM30\n",
        ".csv": b'"a","b"\r\n"x","1"\r\n',
        ".dxf": b"  0\nTEXT\n  1\nx\n  0\nEOF\n",
        ".svg": b"<svg><title>x</title></svg>",
    }[suffix]
    try:
        assert LOOKS[suffix](torn) != LOOKS[suffix](whole)
    except AssertionError:
        assert suffix == ".csv"  # a cell that is a formula is refused outright
