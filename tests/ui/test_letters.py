"""Keys where they are no commands: letters in fields, lists and menus, Escape, the key sheet."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from luthier_desktop.ui.design_editor.inspector import Inspector
from tests.ui.desk import Desk, begin_anew, close_dialog, dialog, press, wait_until

CANVAS = "designCanvas"
TABLE = "runLogTable"


@pytest.mark.parametrize("name", ["runLogFilterText", "snapshotName"])
def test_letters_are_typed_and_do_nothing_else_while_a_field_has_the_focus(
    keyboard: Desk, name: str
) -> None:
    begin_anew(keyboard)
    keyboard.log.table.go_to(2)
    if name == "snapshotName":
        keyboard.press("save_snapshot")
    field = keyboard.focus(name)
    assert isinstance(field, QLineEdit)
    field.clear()
    typed = "jkggGnNocf'/[]? "
    QTest.keyClicks(field, typed)
    keyboard.settle()
    assert field.text() == typed
    assert keyboard.log.table.currentIndex().row() == 2
    assert QGuiApplication.clipboard().text() == ""
    if name == "snapshotName":
        field.window().close()


def test_letters_do_nothing_in_a_chip_or_in_the_checks(keyboard: Desk) -> None:
    begin_anew(keyboard)
    keyboard.log.table.go_to(2)
    for name in ("filterVerdict", "checksView"):
        keyboard.focus(name)
        for keys in ("J", "G, G", "Shift+G", "C", "O"):
            press(keys)
    keyboard.settle()
    assert keyboard.log.table.currentIndex().row() == 2
    assert QGuiApplication.clipboard().text() == ""
    assert not keyboard.log.details.isVisible()


def test_other_letters_in_the_table_do_not_search_through_all_rows(keyboard: Desk) -> None:
    begin_anew(keyboard)
    keyboard.log.table.go_to(1)
    keyboard.focus(TABLE)
    QTest.keyClicks(keyboard.find(TABLE), "x2a")
    assert keyboard.log.table.currentIndex().row() == 1


def test_escape_closes_one_level_a_press(keyboard: Desk) -> None:
    begin_anew(keyboard)
    keyboard.log.table.go_to(1)
    keyboard.press("show_details")
    field = keyboard.focus("runLogFilterText")
    QTest.keyClicks(field, "too deep")
    press("Esc")
    keyboard.settle()
    assert keyboard.find(TABLE).hasFocus()
    assert keyboard.log.details.isVisible()
    press("Esc")
    assert not keyboard.log.details.isVisible()
    assert keyboard.log.filter.is_active()
    press("Esc")
    keyboard.settle()
    assert not keyboard.log.filter.is_active()


def test_the_key_sheet_finds_words_in_any_order_and_runs_the_command(keyboard: Desk) -> None:
    begin_anew(keyboard)
    keyboard.focus(CANVAS)
    press("F1")
    sheet = dialog("keySheet")
    search = sheet.findChild(QLineEdit, "keySheetSearch")
    assert search is not None
    QTest.keyClicks(search, "log the filter type words")
    QTest.keyClick(search, Qt.Key.Key_Return)
    wait_until(lambda: keyboard.log.filter.is_typing())
    assert not any(one.isVisible() for one in keyboard.window.findChildren(QWidget, "keySheet"))


def test_letters_are_mnemonics_while_a_menu_is_in_use(keyboard: Desk) -> None:
    begin_anew(keyboard)
    keyboard.log.table.go_to(2)
    keyboard.focus(TABLE)
    bar = keyboard.window.menuBar()
    bar.setFocus(Qt.FocusReason.MenuBarFocusReason)
    press("J")
    press("C")
    keyboard.focus(TABLE)
    menu = keyboard.window.menus["&File"]
    menu.popup(keyboard.window.mapToGlobal(keyboard.window.rect().center()))
    QTest.keyClick(menu, Qt.Key.Key_J)
    QTest.keyClick(menu, Qt.Key.Key_O)
    keyboard.settle()
    close_dialog("openDesignDialog")
    assert keyboard.log.table.currentIndex().row() == 2
    assert QGuiApplication.clipboard().text() == ""
    assert not keyboard.log.details.isVisible()


def test_undo_takes_a_width_back_while_its_field_still_has_the_focus(desk: Desk) -> None:
    editor = desk.workbench.editor
    before = editor.design()
    desk.window.findChild(Inspector, "inspector").focus_field("width_mm")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    QTest.keyClicks(field, "9.25")
    press("Ctrl+Z")
    assert field.text() != "9.25"
    assert editor.undo_stack.count() == 0
    QTest.keyClicks(field, "9.25")
    press("Return")
    desk.settle()
    assert editor.design() != before
    press("Ctrl+Z")
    desk.settle()
    assert editor.design() == before
    press("Ctrl+Y")
    desk.settle()
    assert editor.design() != before
