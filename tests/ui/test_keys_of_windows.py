"""No key means two things in any window, and no letter is a command where text is typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.ui.commands import COMMANDS, WINDOW
from tests.ui import screens
from tests.ui.desk import Desk, begin_anew, make_active
from tests.ui.test_command_table import LETTERS

FIELDS = (QLineEdit, QAbstractSpinBox, QComboBox, QPlainTextEdit)
TYPED = "jkGnNocfdDvrehHsyl+-=:'/[]0123"
WINDOWS = ("compare", "compare_table", "tile_editor", "save_dialog", "key_sheet")


def heard(widget: QWidget) -> Iterator[QAction]:
    """Give the actions whose keys work while *widget* has the focus, each once."""
    found: dict[QAction, None] = {}
    window = widget.window()
    above: QWidget | None = widget
    while above is not None:
        found |= dict.fromkeys(above.actions())
        above = above.parentWidget() if above is not window else None
    for other in window.findChildren(QWidget):
        if other.window() is window:
            inside = [
                action
                for action in other.actions()
                if action.shortcutContext() is Qt.ShortcutContext.WindowShortcut
            ]
            found |= dict.fromkeys(inside)
    yield from found


def doubled(window: QWidget) -> list[str]:
    """Name the keys that would be meant twice somewhere in *window*."""
    faults: list[str] = []
    for widget in (window, *window.findChildren(QWidget)):
        if widget.window() is not window or isinstance(widget, QMenu):
            continue
        if widget is not window and not widget.actions():
            continue
        keys = Counter(
            sequence.toString() for action in heard(widget) for sequence in action.shortcuts()
        )
        faults += [f"{widget.objectName()}: {key}" for key, count in keys.items() if count > 1]
    return sorted(set(faults))


def fields(window: QWidget) -> Iterator[QWidget]:
    for widget in window.findChildren(QWidget):
        if isinstance(widget, FIELDS) and widget.isEnabled() and widget.isVisible():
            yield widget


@pytest.fixture
def fired(keyboard: Desk) -> Iterator[list[str]]:
    """The commands that a letter ran."""
    found: list[str] = []
    begin_anew(keyboard)
    slots = [(command.id, partial(found.append, command.id)) for command, _ in LETTERS]
    for command_id, slot in slots:
        keyboard.window.commands[command_id].triggered.connect(slot)
    yield found
    for command_id, slot in slots:
        keyboard.window.commands[command_id].triggered.disconnect(slot)


def type_everywhere(desk: Desk, window: QWidget) -> int:
    count = 0
    for field in list(fields(window)):
        make_active(window)
        field.setFocus()
        if field.hasFocus() or field.isAncestorOf(window.focusWidget() or window):
            QTest.keyClicks(window.focusWidget(), TYPED)
            if window is desk.window:
                QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
            count += 1
    desk.settle()
    return count


def test_no_key_is_meant_twice_in_the_main_window(keyboard: Desk) -> None:
    begin_anew(keyboard)
    assert doubled(keyboard.window) == []


@pytest.mark.parametrize("name", WINDOWS)
def test_no_key_is_meant_twice_in_a_window_of_its_own(keyboard: Desk, name: str) -> None:
    begin_anew(keyboard)
    for window in screens.STATES[name](keyboard):
        assert window is not keyboard.window
        assert doubled(window) == []


def test_a_key_that_is_meant_twice_is_found(qapp: object) -> None:
    window = QWidget()
    inner = QWidget(window)
    for owner in (window, inner):
        action = QAction(owner)
        action.setShortcut(QKeySequence("Ctrl+J"))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        owner.addAction(action)
    assert doubled(window) == [": Ctrl+J"]
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_no_letter_is_a_command_in_any_field_of_the_window(
    keyboard: Desk, fired: list[str]
) -> None:
    desk = keyboard
    desk.workbench.studio.snapshots.save(
        desk.workbench.editor.design(), SnapshotDetails(name="Rose", tags=("steel",))
    )
    desk.press("focus_editor")
    count = type_everywhere(desk, desk.window)
    desk.press("focus_snapshots")
    desk.workbench.library.refresh()
    desk.settle()
    count += type_everywhere(desk, desk.window)
    for window in screens.STATES["save_dialog"](desk):
        count += type_everywhere(desk, window)
        for field in window.findChildren(QLineEdit):
            field.clear()
    assert count > 20
    assert fired == []
    desk.window.dock("log").raise_()
    desk.focus("runLogTable")
    QTest.keyClicks(desk.find("runLogTable"), "k")
    assert fired == ["previous_run"]  # which shows that a letter would have been noticed


def test_no_letter_is_a_command_in_the_menu_of_a_chip(keyboard: Desk, fired: list[str]) -> None:
    keyboard.focus("filterVerdict")
    QTest.keyClick(keyboard.window.focusWidget(), Qt.Key.Key_Down)
    menu = keyboard.window.findChild(QMenu, "filterVerdictMenu")
    assert menu is not None
    assert menu.isVisible()
    QTest.keyClicks(menu, "jkocd")
    menu.hide()
    keyboard.settle()
    keyboard.log.filter.clear()
    keyboard.settle()
    assert fired == []


def test_every_letter_belongs_to_a_place(keyboard: Desk) -> None:
    scopes = {command.scope for command, _ in LETTERS}
    assert WINDOW not in scopes
    for scope in scopes:
        assert keyboard.window.findChildren(QWidget, scope), scope
    for command in COMMANDS:
        context = keyboard.window.commands[command.id].shortcutContext()
        inside = context is Qt.ShortcutContext.WidgetWithChildrenShortcut
        assert inside is (command.scope != WINDOW), command.id
