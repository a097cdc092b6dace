"""No key means two things in any window, and no letter is a command where text is typed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from luthier_desktop import paths
from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.ui.commands import COMMANDS, WINDOW
from luthier_desktop.ui.widgets.menus import Menu
from tests.ui import screens
from tests.ui.desk import Desk, begin_anew, make_active, press, wait_until
from tests.ui.key_clashes import clashes, keeps, unkept
from tests.ui.test_command_table import LETTERS

FIELDS = (QLineEdit, QAbstractSpinBox, QComboBox, QPlainTextEdit)
MEANT_TWICE = ("Ctrl+D", "Ctrl+C", "Ctrl+F", "Ctrl++", "Alt+Left", "Alt+Right")
TYPED = "jkGnNocfdDvrehHsyl+-=:'/[]0123"


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
    assert clashes(keyboard.window) == []
    assert unkept(keyboard.window) == []


def test_no_key_of_a_place_is_heard_while_a_menu_or_the_menu_bar_is_in_use(
    keyboard: Desk, fired: list[str]
) -> None:
    """Qt would say that Ctrl+D, of the editor and of the log, is ambiguous, and do neither."""
    bar = keyboard.window.menuBar()
    keyboard.focus("ringTable")
    rings = len(keyboard.workbench.editor.design().ring_params)
    press("Alt+F")
    menu = keyboard.window.menus["&File"]
    wait_until(menu.isVisible)
    assert bar.hasFocus()
    for owner in (menu, bar):
        for keys in MEANT_TWICE:
            combination = QKeySequence(keys)[0]
            QTest.keyClick(owner, combination.key(), combination.keyboardModifiers())
        QTest.keyClick(owner, Qt.Key.Key_Escape)
    assert not menu.isVisible()
    assert keyboard.find("ringTable").hasFocus()
    assert len(keyboard.workbench.editor.design().ring_params) == rings
    press("Ctrl+D")
    assert len(keyboard.workbench.editor.design().ring_params) == rings + 1


@pytest.mark.parametrize("place", ["runRecord", "snapshotList"])
def test_letters_choose_in_a_context_menu(keyboard: Desk, place: str, fired: list[str]) -> None:
    keyboard.press("focus_snapshots")
    owner = keyboard.find(place)
    owner.customContextMenuRequested.emit(QPoint(0, 0))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.actions() == owner.actions()
    assert keeps(menu, "C")
    menu.close()
    keyboard.settle()


def test_a_menu_that_lets_letters_through_is_found(qapp: object) -> None:
    window = QWidget()
    for menu in (QMenu(window), Menu(window)):
        menu.setObjectName(type(menu).__name__)
        menu.addAction("Entry")
    assert unkept(window) == ["keys: through QMenu"]
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_every_menu_is_one_that_keeps_the_keys() -> None:
    ours = sorted(Path(paths.__file__).parent.rglob("ui/**/*.py"))
    assert [path.name for path in ours if " QMenu(" in path.read_text("utf-8")] == []
    assert issubclass(Menu, QMenu)


def test_a_key_that_is_meant_twice_is_found(qapp: object) -> None:
    window = QWidget()
    inner = QWidget(window)
    for owner in (window, inner):
        action = QAction(owner)
        action.setShortcut(QKeySequence("Ctrl+J"))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setObjectName(f"by{len(owner.children())}")
        owner.addAction(action)
    assert clashes(window) == ["keys: Ctrl+J in QWidget : ['by1', 'by2']"]
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
