import base64
import contextlib
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.storage.letters import Letters

ROOT = bytes(range(32))
LINE = "1042 AAAQ EAYE AUDA OCAJ"
"""Worked out by hand: 00 01 02 03 04 in groups of five bits, A = 0; then 05 to 09."""


def test_a_sheet_prints_the_size_and_eighty_bits_in_groups_of_four():
    assert str(Letters.of(1042, ROOT)) == LINE


@pytest.mark.parametrize(
    "typed",
    [
        LINE,
        LINE.lower(),
        "  1042   aaaq-eaye-auda-ocaj \n",
        "1042-AAAQ-EAYE-AUDA-OCAJ",
        "1042: AAAQEAYEAUDAOCAJ",
        "1042AAAQEAYEAUDAOCAJ",
        "1,042 AAAQ EAYE AUDA OCAJ",
        "1 042 AAAQ EAYE AUDA OCAJ",
        "1042 · AAAQ \u2013 EAYE \u2013 AUDA \u2013 OCAJ",
        "1042 AA AQ EA YE AU DA OC AJ",
    ],
)
def test_whatever_way_it_is_typed_it_is_understood(typed):
    assert Letters.read(typed) == Letters.of(1042, ROOT)


@given(st.integers(1, 10**15), st.binary(min_size=32, max_size=32))
def test_every_line_is_read_back(size, root):
    letters = Letters.of(size, root)
    assert Letters.read(str(letters)) == letters
    assert Letters.read(str(letters).lower().replace(" ", "-")) == letters
    assert letters.matches(root)
    assert not letters.matches(hashlib.sha256(root).digest())


def test_letters_that_are_all_digits_are_told_from_the_number():
    root = base64.b32decode("2345234523452345") + bytes(22)
    assert Letters.read("7 2345 2345 2345 2345") == Letters.of(7, root)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "number of events before the letters is missing"),
        ("AAAQ EAYE AUDA OCAJ", "number of events before the letters is missing"),
        ("AAAQEAYEAUDAOCAJ", "number of events before the letters is missing"),
        ("1042 AAAQ EAYE AUDA OCA", "has 15 letters behind its number"),
        ("1042 AAAQ EAYE AUDA OCAJX", "has 17 letters behind its number"),
        ("1042", "has 0 letters behind its number"),
        ("1042 0AAQ EAYE AUDA OCAJ", "never hold the digit 0: it is probably O"),
        ("1042 AAAQ 1AYE AUDA OCAJ", "never hold the digit 1: it is probably I or L"),
        ("1042 AAAQ EAYE AUDA OCA8", "never hold the digit 8: it is probably B"),
        ("1042 AAAQ EAYE AUDA OCA9", "never hold 9: they are A to Z, 2 to 7"),
        ("1042 AAAQ EAYE AUDA OCAÄ", "never hold Ä"),
        ("0 AAAQ EAYE AUDA OCAJ", "0 is no number of events"),
        ("12345678901234567 AAAQ EAYE AUDA OCAJ", "is no number of events"),
    ],
)
def test_a_slip_of_the_pen_is_explained(typed, said):
    with pytest.raises(InputRefused, match=said):
        Letters.read(typed)


@given(st.text(max_size=60))
def test_any_text_is_understood_or_refused(text):
    with contextlib.suppress(InputRefused):
        assert len(Letters.read(text).prefix) == 10


def test_a_whole_book_is_refused_at_once():
    with pytest.raises(InputRefused, match="has 4,000,000 characters, far more than a line"):
        Letters.read("1042 " * 800_000)
