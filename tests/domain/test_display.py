from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luthier_desktop.domain.display import in_full, shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Señor Müller", "Señor Müller"),
        ("a\nb\x1b[31m", "a⟨U+000A⟩b⟨U+001B⟩[31m"),
        ("abc\u202edef\u200b", "abc⟨U+202E⟩def⟨U+200B⟩"),
        ("a\U000e0041b\u034fc\u3164", "a⟨U+E0041⟩b⟨U+034F⟩c⟨U+3164⟩"),
        ("\u0600 \u06dd \U0001f600 e\u0301", "\u0600 \u06dd \U0001f600 e\u0301"),
        ("x" * 80, "x" * 80),
        ("x" * 81, "x" * 79 + "…"),
    ],
)
def test_nothing_in_a_name_stays_hidden(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_a_line_in_full_is_not_cut() -> None:
    assert in_full("x" * 200 + "\x9b2J") == "x" * 200 + "⟨U+009B⟩2J"


@given(st.text())
def test_what_is_shown_holds_no_control_character(text: str) -> None:
    assert all(unicodedata.category(character) not in ("Cc", "Cs") for character in shown(text))
