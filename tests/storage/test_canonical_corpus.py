"""RFC 8785, read in place: six pairs, and numbers by the hashes that are published of them."""

import hashlib
import math
import re
import struct

import pytest

from luthier_desktop.storage.canonical import canonical_bytes
from luthier_desktop.storage.parsing import DESIGN_LIMITS, Limits, parse_strict
from tests.conftest import CORPORA

DATA = CORPORA / "json-canonicalization" / "testdata"
PLAIN = Limits(DESIGN_LIMITS.size_bytes, DESIGN_LIMITS.nodes, large_floats=True)
PAIRS = ("arrays", "french", "structures", "unicode", "values", "weird")
MOST_LINES = 100_000


@pytest.mark.parametrize("name", PAIRS)
def test_each_pair_is_read_and_written_in_the_canonical_form(name):
    read = parse_strict((DATA / "input" / f"{name}.json").read_bytes(), name, PLAIN)
    expected = (DATA / "output" / f"{name}.json").read_bytes()
    assert canonical_bytes(read) == expected
    assert expected == bytes.fromhex((DATA / "outhex" / f"{name}.txt").read_text())
    assert canonical_bytes(parse_strict(expected, name, PLAIN)) == expected


def test_each_pair_of_the_corpus_is_known():
    assert sorted(path.stem for path in (DATA / "input").glob("*.json")) == list(PAIRS)


def published():
    """Return the published hash for each number of lines."""
    table = (DATA / "README.md").read_text()
    rows = re.findall(r"^\| ([0-9a-f]{64}) +\| (\d+) +\|", table, re.MULTILINE)
    return {int(lines): sha256 for sha256, lines in rows}


def numbers():
    """Yield the published sequence: odd cases, the smallest normal numbers, then at random."""
    source = (DATA / "numgen.js").read_text()
    table = source[source.index("staticU64s") : source.index("])")]
    for bits in re.findall(r"0x([0-9a-f]{16})n", table):
        yield struct.unpack(">d", bytes.fromhex(bits))[0]
    for number in range(2000):
        yield struct.unpack(">d", struct.pack(">Q", 0x0010000000000000 + number))[0]
    block = bytes(32)
    while True:
        block = hashlib.sha256(block).digest()
        yield from (x for x in struct.unpack("<4d", block) if x != 0 and math.isfinite(x))


def hashes(write, most_lines):
    """Return the hash of the lines after each power of ten from a thousand on."""
    running, found, part = hashlib.sha256(), {}, []
    for line, number in enumerate(numbers(), start=1):
        part.append(number)
        if len(part) == 1000:
            # One list for many numbers: the program writes them so, too.
            texts = write(part).decode()[1:-1].split(",")
            bits = (struct.unpack(">Q", struct.pack(">d", x))[0] for x in part)
            lines = (f"{b:x},{text}\n" for b, text in zip(bits, texts, strict=True))
            running.update("".join(lines).encode())
            part = []
        if line in (1000, 10_000, 100_000):
            found[line] = running.copy().hexdigest()
        if line == most_lines:
            return found
    raise AssertionError("the sequence has no end")


def test_a_hundred_thousand_numbers_are_written_as_the_published_hashes_say():
    found = hashes(canonical_bytes, MOST_LINES)
    assert found == {lines: published()[lines] for lines in (1000, 10_000, 100_000)}


def test_numbers_as_python_writes_them_would_not_pass():
    found = hashes(lambda part: repr(part).replace(" ", "").encode(), 1000)
    assert found[1000] != published()[1000]
