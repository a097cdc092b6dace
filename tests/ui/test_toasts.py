"""Toasts and dialogs: no word is shown where a dialog hides it, and none is lost."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from luthier_desktop.ui.widgets.undo_toast import UndoToast
from tests.ui.desk import Desk, wait_until


def open_dialog(desk: Desk, height: int) -> QDialog:
    """Open a dialog over the middle of the window."""
    dialog = QDialog(desk.window)
    dialog.resize(600, height)
    corner = desk.window.geometry().center() - dialog.rect().center()
    dialog.move(corner)
    dialog.open()
    wait_until(dialog.isVisible)
    return dialog


def test_a_toast_waits_until_the_dialog_over_it_is_closed(desk: Desk) -> None:
    desk.window.messages.say("The design was opened")
    toast = desk.find("toast")
    assert toast.isVisible()
    dialog = open_dialog(desk, 760)
    wait_until(lambda: not toast.isVisible())
    desk.window.messages.say("Nothing to undo")
    assert not toast.isVisible()
    dialog.close()
    wait_until(toast.isVisible)
    assert toast.accessibleName() == "Nothing to undo"
    dialog.deleteLater()


def test_a_toast_beside_a_small_dialog_is_shown_at_once(desk: Desk) -> None:
    dialog = open_dialog(desk, 200)
    desk.window.messages.say("Nothing to undo")
    assert desk.find("toast").isVisible()
    dialog.close()
    assert desk.find("toast").isVisible()
    dialog.deleteLater()


def test_an_offer_that_was_taken_away_does_not_come_back(desk: Desk) -> None:
    toast = UndoToast(desk.window)
    toast.say("Deleted: Rose")
    assert toast.isVisible()
    dialog = open_dialog(desk, 760)
    wait_until(lambda: not toast.isVisible())
    toast.take_away()
    dialog.close()
    desk.settle()
    assert not toast.isVisible()
    dialog.deleteLater()
