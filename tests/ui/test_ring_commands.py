"""Commands about rings in the window: the clipboard between designs, greyed commands, the menu."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QToolButton

from luthier_desktop.ui.messages import tool_tip
from tests.ui.desk import Desk, begin_anew, press


def ids(desk: Desk) -> list[str]:
    return [ring.identity for ring in desk.workbench.editor.design().ring_params]


def select(desk: Desk, ring_id: str) -> None:
    begin_anew(desk)
    desk.workbench.editor.document.select(ring_id)
    desk.focus("ringTable")


def test_a_cut_ring_is_pasted_as_itself_and_a_copy_as_another(keyboard: Desk) -> None:
    select(keyboard, "r1")
    press("Ctrl+X")
    keyboard.settle()
    assert ids(keyboard) == ["r0", "r2"]
    keyboard.workbench.editor.document.select("r0")
    press("Ctrl+V")
    keyboard.settle()
    assert ids(keyboard) == ["r0", "r1", "r2"]
    press("Ctrl+V")
    keyboard.settle()
    assert ids(keyboard)[:2] == ["r0", "r1"]
    assert len(set(ids(keyboard))) == 4
    assert keyboard.workbench.editor.undo_stack.undoText() == "Paste ring 2"


def test_what_is_no_rings_is_refused_in_words_and_changes_nothing(keyboard: Desk) -> None:
    select(keyboard, "r1")
    QGuiApplication.clipboard().setText("<b>rings</b>")
    told: list[str] = []
    keyboard.window.messages.failed.connect(told.append)
    press("Ctrl+V")
    keyboard.settle()
    keyboard.window.messages.failed.disconnect(told.append)
    assert told == ["The clipboard holds no rings; copy rings in the ring table first."]
    assert ids(keyboard) == ["r0", "r1", "r2"]


def test_text_in_a_field_is_copied_as_text(keyboard: Desk) -> None:
    select(keyboard, "r1")
    keyboard.workbench.editor.focus_field("width_mm", 1)
    press("Ctrl+C")
    assert QGuiApplication.clipboard().text() == "4.50 mm"
    press("Esc")
    keyboard.settle()


def test_a_command_that_cannot_be_done_is_greyed_and_says_why(keyboard: Desk) -> None:
    select(keyboard, "r0")
    merge = keyboard.window.commands["merge_rings"]
    assert not merge.isEnabled()
    gap = "Between ring 0 and ring 1 lie 3.00 mm of bare wood; set that gap to 0 mm first."
    assert tool_tip(gap).removeprefix("<qt>") in merge.toolTip() + "</qt>"
    assert not keyboard.window.commands["move_ring_in"].isEnabled()
    keyboard.workbench.editor.document.select("r1")
    assert keyboard.window.commands["move_ring_in"].isEnabled()


def test_the_menu_beside_the_buttons_offers_the_window_s_commands(keyboard: Desk) -> None:
    more = keyboard.find("stackMore")
    assert isinstance(more, QToolButton)
    menu = more.menu()
    assert isinstance(menu, QMenu)
    assert keyboard.window.commands["mirror_stack"] in menu.actions()
    bar = keyboard.find("stackBar")
    assert all(bar.rect().contains(one.geometry()) for one in bar.findChildren(QToolButton))
