"""Text from outside is shown as it is: never as markup, with nothing hidden in it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.ui.messages import (
    Messages,
    PlainLabel,
    menu_text,
    plain,
    shown,
    title_text,
    tool_tip,
)

FSI, PDI = "\u2068", "\u2069"


def test_a_name_is_isolated_from_what_stands_around_it() -> None:
    assert shown("Rose") == f"{FSI}Rose{PDI}"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("a\u2066b\u2069", "a⟨U+2066⟩b⟨U+2069⟩"),
        ("a\u200bb", "a⟨U+200B⟩b"),
        ("two\nlines", "two⟨U+000A⟩lines"),
        ("a\u061cb", "a⟨U+061C⟩b"),
    ],
)
def test_what_hides_in_a_name_is_seen(name: str, expected: str) -> None:
    assert shown(name) == f"{FSI}{expected}{PDI}"


def test_a_name_is_elided_at_80_characters() -> None:
    assert shown("x" * 81) == f"{FSI}{'x' * 79}…{PDI}"
    assert shown("x" * 80) == f"{FSI}{'x' * 80}{PDI}"


def test_a_plain_label_never_reads_markup(qapp: object) -> None:
    label = PlainLabel("<b>bold</b>")
    assert label.textFormat() is Qt.TextFormat.PlainText
    other = QLabel("<b>bold</b>")
    plain(other, "<img src='x'>")
    assert other.textFormat() is Qt.TextFormat.PlainText


def test_a_tool_tip_shows_markup_as_text() -> None:
    assert tool_tip('<img src="file:///x">&') == (
        "<qt>&lt;img src=&quot;file:///x&quot;&gt;&amp;</qt>"
    )
    assert tool_tip("") == ""


def test_menus_and_titles_keep_their_own_signs_out_of_names() -> None:
    assert menu_text("Rope & Rose") == "Rope && Rose"
    assert title_text("a[*]b") == "a[*][*]b"


def test_a_failure_of_ours_is_one_sentence_at_the_panel(qapp: object) -> None:
    messages, heard, passing = Messages(), [], []
    messages.failed.connect(passing.append)
    messages.fail(InputRefused("The file is torn. Open another."), heard.append)
    assert (heard, passing) == (["The file is torn. Open another."], [])
    messages.fail(InputRefused("The file is torn."))
    assert passing == ["The file is torn."]


def test_anything_else_is_reported_as_a_bug(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported = []
    monkeypatch.setattr("sys.excepthook", lambda *found: reported.append(found[1]))
    bug = ZeroDivisionError("a bug")
    Messages().fail(bug)
    assert reported == [bug]
