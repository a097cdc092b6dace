"""The command table: no key is ambiguous, and menus and actions follow it."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from luthier_desktop.ui.commands import COMMANDS, WINDOW, Command
from tests.ui.desk import Desk

LETTERS = [
    (c, keys)
    for c in COMMANDS
    for keys in c.sequences
    if "Ctrl" not in keys
    and any(
        part.removeprefix("Shift+").isalpha() and len(part.removeprefix("Shift+")) == 1
        for part in keys.split(", ")
    )
]


def test_no_key_stands_twice_where_it_could_be_meant_twice() -> None:
    for scope in {command.scope for command in COMMANDS}:
        heard = [command for command in COMMANDS if command.scope in (scope, WINDOW)]
        counted = Counter(keys for command in heard for keys in command.sequences)
        assert [keys for keys, count in counted.items() if count > 1] == []


def test_no_key_is_the_beginning_of_another_in_the_same_place() -> None:
    for command in COMMANDS:
        for other in COMMANDS:
            if command.scope in (other.scope, WINDOW):
                begun = [f"{keys}, " for keys in command.sequences]
                assert not any(keys.startswith(tuple(begun)) for keys in other.sequences)


def test_bare_letters_never_work_window_wide() -> None:
    assert LETTERS
    assert [command.id for command, _ in LETTERS if command.scope == WINDOW] == []


@pytest.mark.parametrize(("command", "keys"), LETTERS, ids=lambda value: str(value)[:40])
def test_every_letter_has_a_menu_entry_and_a_twin_without_letters(
    keyboard: Desk, command: Command, keys: str
) -> None:
    action = keyboard.window.commands[command.id]
    menus = keyboard.window.findChildren(QMenu)
    assert any(action in menu.actions() for menu in menus)
    letters = [letter for owner, letter in LETTERS if owner is command]
    assert set(command.sequences) - set(letters), f"{keys} has no twin"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_menus_and_actions_come_from_the_table(keyboard: Desk, command: Command) -> None:
    action = keyboard.window.commands[command.id]
    assert action.objectName() == command.id
    assert [keys.toString() for keys in action.shortcuts()] == [
        QKeySequence(keys).toString() for keys in command.sequences
    ]
    menu = keyboard.window.menus[command.menu]
    assert action in menu.actions()
    assert action.toolTip()
