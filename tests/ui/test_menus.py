"""Menus of Qt's own keep the letters for themselves as ours do."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.desk import Desk


def test_a_letter_in_the_menu_of_the_panes_does_no_command_of_the_menu_bar(keyboard: Desk) -> None:
    bar = keyboard.window.menuBar()
    bar.setFocus()
    assert QApplication.focusWidget() is bar
    menu = keyboard.window.createPopupMenu()
    menu.popup(QPoint(200, 200))
    for key in (Qt.Key.Key_C, Qt.Key.Key_E, Qt.Key.Key_H, Qt.Key.Key_R):
        QTest.keyClick(keyboard.window.windowHandle(), key)
    assert menu.isVisible()
    menu.close()
    menu.deleteLater()
    keyboard.focus("runLogTable")
