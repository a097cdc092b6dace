"""The window in another language: every text is looked up, once, and numbers have its signs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from luthier_desktop.ui import language, units
from luthier_desktop.ui.messages import PlainLabel, tool_tip
from luthier_desktop.ui.widgets.fields import LengthField
from tests.ui.pseudo_tour import is_left, left_english

ROOT = Path(__file__).parents[2]
_KINDS_OF_HOME = ("CONFIG", "DATA", "STATE", "CACHE")


@pytest.fixture
def german() -> Iterator[None]:
    language.speak("de", {"Sheet": "Blatt", "{0} wide": "{0} breit"})
    yield
    language.speak(language.ENGLISH, {})


def test_every_text_of_the_main_screens_is_looked_up(tmp_path: Path) -> None:
    """A fault here: hand the text to ``tr`` where it is shown."""
    home = {f"XDG_{kind}_HOME": str(tmp_path / kind.lower()) for kind in _KINDS_OF_HOME}
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.pseudo_tour", str(tmp_path)],
        cwd=ROOT,
        env=os.environ | home | {"HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    left = {state: found for state, found in json.loads(done.stdout).items() if found}
    assert left == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rings", True),
        ("⟦Rings~~⟧", False),
        ("⟦Ring of ⟦holly~~⟧, wide~~~~⟧", False),
        ("⟦Rings~~⟧ and more", True),
        ("\u2068Rosa\u2069", False),
        ("⟦⟦1.5 mm~~⟧ wide~~⟧", True),
        ("2.50 mm", False),
    ],
)
def test_the_walk_knows_what_was_not_looked_up(text: str, *, found: bool) -> None:
    assert is_left(text) is found


def test_the_walk_sees_a_label(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    PlainLabel("Rings", window)
    assert left_english(window) == {"PlainLabel text: Rings"}


@pytest.mark.usefixtures("german")
def test_words_and_numbers_are_german_on_their_way_to_the_screen() -> None:
    assert language.tr("Sheet") == "Blatt"
    assert language.tr(f"{units.brief(1.234)} wide") == "1,234 mm breit"
    assert tool_tip("1,234 wide") == "<qt>1.234 breit</qt>"


@pytest.mark.usefixtures("german")
def test_a_field_shows_a_comma_and_takes_a_point_too(qtbot: QtBot) -> None:
    field = LengthField("width_mm", "Width", "")
    qtbot.addWidget(field)
    field.show_length(1.234)
    assert field.text() == "1,234 mm"
    assert units.read("1,234", "Width") == units.read("1.234", "Width") == 1.234


def test_what_cannot_be_read_leaves_the_window_english(tmp_path: Path) -> None:
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "1.json").write_text("{", encoding="utf-8")
    application = QCoreApplication.instance()
    assert application is not None
    language.begin(application, "de", str(tmp_path))
    assert language.language() == language.ENGLISH
