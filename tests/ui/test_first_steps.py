"""The first five minutes: three steps that tick themselves off and can be closed for good."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from tests.ui.desk import Desk, OpenDesk, close_dialog, dialog, label, make_active, type_width


def begun(open_desk: OpenDesk) -> Desk:
    """Start the program as somebody does who has no file."""
    desk = open_desk("")
    if any(w.objectName() == "newDesignDialog" for w in QApplication.topLevelWidgets()):
        close_dialog("newDesignDialog")
    make_active(desk.window)
    desk.settle()
    return desk


def is_shown(desk: Desk) -> bool:
    bar = desk.window.findChild(QWidget, "firstSteps")
    return bar is not None and bar.isVisible()


def test_the_three_steps_are_told_ticked_off_and_not_told_again(open_desk: OpenDesk) -> None:
    desk = begun(open_desk)
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
    desk = begun(open_desk)
    assert not is_shown(desk)
    desk.press("first_steps")
    assert label(desk, "firstStepsText").startswith("1  ")
    button = desk.find("closeFirstSteps")
    assert isinstance(button, QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert not is_shown(desk)
    assert not is_shown(begun(open_desk))


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
