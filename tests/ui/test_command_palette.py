"""The palette and the key sheet: one list of commands, found by words, run where they work."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QTreeView,
    QWidget,
)
from shiboken6 import isValid

from luthier_desktop.ui.commands import BY_ID, COMMANDS, WINDOW, Command
from luthier_desktop.ui.widgets.command_finder import CommandFinder
from luthier_desktop.ui.widgets.command_model import CommandModel
from tests.ui.desk import Desk, begin_anew, dialog, press, wait_until
from tests.ui.test_command_table import LETTERS

CANVAS = "designCanvas"
TABLE = "runLogTable"
RINGS = "ringTable"


def opened(desk: Desk, keys: str = "Ctrl+K", name: str = "commandPalette") -> CommandFinder:
    press(keys)
    found = dialog(name)
    assert isinstance(found, CommandFinder)
    wait_until(found.search.hasFocus)
    return found


def typed(finder: CommandFinder, words: str) -> list[str]:
    """Type *words* and return the ids that are left."""
    finder.search.clear()
    QTest.keyClicks(finder.search, words)
    return ids(finder.model)


def ids(model: CommandModel) -> list[str]:
    found = [model.at(row) for row in range(model.rowCount())]
    return [command.id for command in found if command is not None]


def said(finder: CommandFinder) -> str:
    label = finder.findChild(QLabel, f"{finder.objectName()}Said")
    assert label is not None
    return label.text()


def run(finder: CommandFinder) -> None:
    QTest.keyClick(finder.search, Qt.Key.Key_Return)
    wait_until(lambda: is_closed(finder))


def is_closed(finder: CommandFinder) -> bool:
    return not isValid(finder) or not finder.isVisible()


def toast(desk: Desk) -> str:
    found = desk.window.findChild(QLabel, "toast")
    return found.text() if found is not None and found.isVisible() else ""


def test_words_in_any_order_find_text_tip_menu_and_keys(keyboard: Desk) -> None:
    begin_anew(keyboard)
    keyboard.focus(CANVAS)
    finder = opened(keyboard)
    assert ids(finder.model) == [command.id for command in COMMANDS]
    found = [typed(finder, " ".join(words)) for words in permutations(("again", "BYTE", "log"))]
    assert found == [found[0]] * 6
    assert "verify_log" in found[0]
    assert "quit" not in found[0]
    assert "check_design" in typed(finder, "f5")
    assert typed(finder, "theme nothing has this") == []
    assert said(finder) == "No command has all of these words."
    press("Esc")


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        ("Ctrl+K", "commandPalette"),
        ("Ctrl+Shift+P", "commandPalette"),
        ("F1", "keySheet"),
        ("?", "keySheet"),
    ],
)
def test_escape_closes_and_gives_the_focus_back(keyboard: Desk, keys: str, name: str) -> None:
    begin_anew(keyboard)
    table = keyboard.focus(TABLE)
    finder = opened(keyboard, keys, name)
    press("Esc")
    wait_until(lambda: is_closed(finder))
    wait_until(table.hasFocus)


def test_it_opens_out_of_a_field_and_leaves_its_text_alone(keyboard: Desk) -> None:
    begin_anew(keyboard)
    field = keyboard.focus("runLogFilterText")
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "rosewood")
    for keys in ("Home", "Ctrl+K"):
        press(keys)
    finder = dialog("commandPalette")
    wait_until(finder.search.hasFocus)  # type: ignore[attr-defined]
    press("Esc")
    wait_until(field.hasFocus)
    assert field.text() == "rosewood"
    begin_anew(keyboard)


def test_enter_runs_it_and_the_latest_stand_first_next_time(keyboard: Desk) -> None:
    begin_anew(keyboard)
    for words, command_id in (("layout back", "reset_layout"), ("focus next", "next_pane")):
        keyboard.focus(CANVAS)
        finder = opened(keyboard)
        assert typed(finder, words)[0] == command_id
        heard, end = fired(keyboard, [BY_ID[command_id]])
        run(finder)
        wait_until(lambda heard=heard: bool(heard))
        end()
    keyboard.focus(CANVAS)
    finder = opened(keyboard)
    assert ids(finder.model)[:3] == ["next_pane", "reset_layout", COMMANDS[0].id]
    press("Esc")
    keyboard.focus(CANVAS)
    sheet = opened(keyboard, "F1", "keySheet")
    assert ids(sheet.model)[0] == COMMANDS[0].id
    press("Esc")


def test_a_command_of_another_pane_is_run_in_that_pane(keyboard: Desk) -> None:
    begin_anew(keyboard)
    keyboard.log.table.go_to(1)
    keyboard.focus(CANVAS)
    finder = opened(keyboard)
    assert typed(finder, "next older")[0] == "next_run"
    run(finder)
    wait_until(lambda: keyboard.log.table.currentIndex().row() == 2)
    assert keyboard.find(TABLE).hasFocus()
    keyboard.window.dock("log").hide()
    keyboard.focus(CANVAS)
    finder = opened(keyboard, "F1", "keySheet")
    assert typed(finder, "next older")[0] == "next_run"
    run(finder)
    wait_until(keyboard.window.dock("log").isVisible)
    wait_until(lambda: keyboard.log.table.currentIndex().row() == 3)


@pytest.mark.parametrize(("keys", "name"), [("Ctrl+K", "commandPalette"), ("F1", "keySheet")])
def test_a_greyed_command_is_listed_with_its_reason_and_is_not_run(
    desk: Desk, keys: str, name: str
) -> None:
    desk.focus(CANVAS)
    assert desk.window.commands.why_not("undo") == "There is nothing to undo."
    finder = opened(desk, keys, name)
    assert "undo" in typed(finder, "undo take back")
    row = ids(finder.model).index("undo")
    index = finder.model.index(row, 0)
    finder.list.setCurrentIndex(index)
    assert said(finder) == "Not now: There is nothing to undo."
    assert finder.model.index(row, 2).data() == said(finder)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Edit: Undo, Ctrl+Z. Not now: There is nothing to undo."
    grey = index.data(Qt.ItemDataRole.ForegroundRole)
    assert grey is not None
    QTest.keyClick(finder.search, Qt.Key.Key_Return)
    assert finder.isVisible()
    assert desk.workbench.editor.undo_stack.count() == 0
    assert typed(finder, "redo")[0] == "redo"
    assert typed(finder, "insert ring outside")[0] == "insert_ring"
    run(finder)
    desk.settle()
    wait_until(lambda: desk.window.commands.why_not("undo") == "")


def test_the_key_of_a_greyed_command_says_why(desk: Desk) -> None:
    desk.focus(CANVAS)
    press("Ctrl+Z")
    assert toast(desk) == "Undo: There is nothing to undo."
    desk.focus(RINGS)
    desk.window.commands.allow("split_ring", "Select a ring first.")
    press("Ctrl+T")
    assert toast(desk) == "Split ring in two: Select a ring first."
    desk.window.commands.allow("split_ring")
    assert desk.window.commands.why_not("split_ring") == ""
    rings = len(desk.workbench.editor.design().ring_params)
    desk.press("insert_ring")
    assert len(desk.workbench.editor.design().ring_params) == rings + 1
    desk.focus(CANVAS)
    press("Ctrl+Z")
    desk.settle()
    assert len(desk.workbench.editor.design().ring_params) == rings


def test_a_place_that_is_made_later_says_why_too(desk: Desk) -> None:
    place = QTreeView(desk.window)
    place.setObjectName(TABLE)
    desk.window.commands.allow("mark_run", "There is no run to mark.")
    desk.window.commands.attach(place)
    place.setGeometry(0, 0, 200, 200)
    place.show()
    place.setFocus()
    wait_until(place.hasFocus)
    press("Space")
    assert toast(desk) == "Mark run: There is no run to mark."
    place.deleteLater()


def test_the_model_obeys_qts_rules_while_it_is_narrowed(keyboard: Desk) -> None:
    model = CommandModel(keyboard.window.commands, ["quit", "undo"], keyboard.window)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    assert ids(model)[:2] == ["quit", "undo"]
    for text in ("ring", "", "no such words", "log"):
        model.narrow(text)
        for row in range(model.rowCount()):
            spoken = model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
            assert model.index(row, 0).data() in spoken
    model.deleteLater()


def test_every_command_says_why_when_it_is_greyed(keyboard: Desk) -> None:
    commands = keyboard.window.commands
    for command in COMMANDS:
        reason = commands.why_not(command.id)
        assert bool(reason) is not commands[command.id].isEnabled()
        assert reason == "" or reason.endswith((".", "!"))
        assert "getting ready" not in reason, f"{command.id} is bound to nothing"


FIELDS: tuple[type[QWidget], ...] = (
    *(QLineEdit, QAbstractSpinBox, QComboBox, QPlainTextEdit, QTextEdit),
)


def fields(desk: Desk) -> list[QWidget]:
    """Return up to two fields of each class that stand in the window and can be typed into."""
    found: list[QWidget] = []
    for kind in FIELDS:
        every = [one for one in desk.window.findChildren(QWidget) if isinstance(one, kind)]
        usable = [one for one in every if one.isVisible() and one.isEnabled()]
        found += [one for one in usable if one.focusPolicy() & Qt.FocusPolicy.TabFocus][:2]
    return found


def within(desk: Desk, scope: str) -> list[QWidget]:
    """Put a field of each class that takes text inside the widget where the letters work."""
    place = desk.find(scope)
    made: list[QWidget] = []
    for kind in (QLineEdit, QPlainTextEdit, QTextEdit):
        field = kind(place)
        field.show()
        made.append(field)
    return made


def fired(desk: Desk, commands: list[Command]) -> tuple[list[str], Callable[[], None]]:
    """Write down which of *commands* are run; the second ends that."""
    heard: list[str] = []
    ends = []
    for command in commands:
        action = desk.window.commands[command.id]
        ends.append((action.triggered, action.triggered.connect(Heard(heard, command.id))))
    return heard, lambda: [signal.disconnect(one) for signal, one in ends] and None


class Heard:
    def __init__(self, heard: list[str], command_id: str) -> None:
        self._heard = heard
        self._id = command_id

    def __call__(self, *_: object) -> None:
        self._heard.append(self._id)


def type_letters(field: QWidget) -> None:
    field.setFocus()
    wait_until(field.hasFocus)
    for _, keys in LETTERS:
        for part in keys.split(", "):
            QTest.keyClicks(field, part[-1].lower() if "Shift" not in part else part[-1])


def test_letters_are_dead_while_any_kind_of_field_has_the_focus(keyboard: Desk) -> None:
    begin_anew(keyboard)
    keyboard.log.table.go_to(2)
    letters = [command for command, _ in LETTERS]
    heard, end = fired(keyboard, letters)
    inside = [*within(keyboard, TABLE), *within(keyboard, CANVAS)]
    tried = [*fields(keyboard), *inside]
    for field in tried:
        type_letters(field)
    assert {type(one) for one in tried} >= {QLineEdit, QPlainTextEdit, QTextEdit}
    assert heard == []
    assert keyboard.log.table.currentIndex().row() == 2
    for field in inside:
        field.deleteLater()
    keyboard.focus(TABLE)
    press("J")  # the same ear hears the letter where it is a command
    assert heard == ["next_run"]
    end()


def test_a_finder_has_names_for_those_who_do_not_see_it(keyboard: Desk) -> None:
    begin_anew(keyboard)
    keyboard.focus(CANVAS)
    finder = opened(keyboard)
    assert finder.search.accessibleName() == "Find a command"
    tree = finder.findChild(QTreeView, "commandPaletteList")
    assert tree is not None
    assert tree.accessibleName() == "Commands"
    assert QApplication.focusWidget() is finder.search
    press("Esc")
    assert {command.scope for command in COMMANDS} >= {WINDOW, TABLE, CANVAS}
