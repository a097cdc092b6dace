from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luthier_desktop.domain.display import shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Señor Müller", "Señor Müller"),
        ("a\nb\x1b[31m", "a⟨U+000A⟩b⟨U+001B⟩[31m"),
        ("abc\u202edef\u200b", "abc⟨U+202E⟩def⟨U+200B⟩"),
        ("x" * 80, "x" * 80),
        ("x" * 81, "x" * 79 + "…"),
    ],
)
def test_nothing_in_a_name_stays_hidden(text: str, expected: str) -> None:
    assert shown(text) == expected


@given(st.text())
def test_what_is_shown_holds_no_control_character(text: str) -> None:
    assert all(unicodedata.category(character) not in ("Cc", "Cs") for character in shown(text))
