"""The first five minutes: three steps that tick themselves off and can be closed for good."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from luthier_desktop.ui.window_state import SCHEMA
from tests.ui.desk import Desk, OpenDesk, dialog, label, type_width


@pytest.fixture
def begun(open_desk: OpenDesk, tmp_path: Path) -> Callable[[], Desk]:
    """Starts the program as somebody does who has no file and wants no gallery."""
    kept = tmp_path / "config" / "window.json"
    kept.parent.mkdir()
    kept.write_text(json.dumps({"schema": SCHEMA, "gallery_at_start": False}), encoding="utf-8")
    return partial(open_desk, "")


def is_shown(desk: Desk) -> bool:
    bar = desk.window.findChild(QWidget, "firstSteps")
    return bar is not None and bar.isVisible()


def test_the_three_steps_are_told_ticked_off_and_not_told_again(begun: Callable[[], Desk]) -> None:
    desk = begun()
    told = label(desk, "firstStepsText")
    assert [told.index(f"{at}  ") >= 0 for at in (1, 2, 3)] == [True] * 3
    type_width(desk, 1, "3.75")
    assert label(desk, "firstStepsText").startswith("✓")
    desk.press("check_design")
    assert label(desk, "firstStepsText").count("✓") == 2
    desk.focus("runLogTable")
    desk.press("first_run")
    desk.press("show_details")
    assert label(desk, "firstStepsText").startswith("That is all it takes.")
    desk = begun()
    assert not is_shown(desk)
    desk.press("first_steps")
    assert label(desk, "firstStepsText").startswith("1  ")
    button = desk.find("closeFirstSteps")
    assert isinstance(button, QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert not is_shown(desk)
    assert not desk.window.state.flag("first_steps", True)


def test_who_starts_with_a_file_is_not_told_the_steps(desk: Desk) -> None:
    assert not is_shown(desk)


def empty_words(view: QWidget) -> str:
    """Return what a list says in the middle of its emptiness, "" while it says nothing."""
    found = view.findChild(QLabel, "emptyWords")
    assert found is not None
    return found.text() if found.isVisibleTo(view) else ""


def test_lists_without_rows_say_what_to_do(desk: Desk) -> None:
    table, editor = desk.find("ringTable"), desk.workbench.editor
    assert empty_words(table) == ""
    bare = editor.design().model_copy(update={"ring_params": ()})
    editor.set_design(bare, "no rings")
    desk.settle()
    assert empty_words(table).startswith("No rings yet. Insert, or Ctrl+I")
    desk.press("insert_ring")
    assert empty_words(table) == ""
    desk.press("workshop_library")
    library = dialog("workshopLibrary")
    tables = library.findChildren(QWidget, "libraryTable")
    searches = library.findChildren(QLineEdit, "librarySearch")
    listed = next(one for one in tables if one.isVisible())
    search = next(one for one in searches if one.isVisible())
    QTest.keyClicks(search, "xylophone")
    assert empty_words(listed).startswith("No entry has all of these words.")
    search.clear()
    assert empty_words(listed) == ""
    library.close()
    desk.settle()
