"""Menus inside a menu of the window, from the command table as the others."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu

from luthier_desktop.ui.commands import COMMANDS
from luthier_desktop.ui.main_window import MainWindow


def add_submenu(window: MainWindow, title: str, owner: str, before: str) -> QMenu:
    """Put the commands of the menu *title* into the menu *owner*, before a command of it."""
    menu = QMenu(title, window)
    menu.setObjectName(f"menu{title.replace('&', '').replace(' ', '')}")
    menu.setToolTipsVisible(True)
    menu.installEventFilter(window)
    fill(menu, window, title)
    window.menus[owner].insertMenu(window.commands[before], menu)
    window.menus[title] = menu
    return menu


def fill(menu: QMenu, window: MainWindow, title: str) -> None:
    """Add the commands of the menu *title* in their groups."""
    group = 0
    for command in COMMANDS:
        if command.menu == title:
            if command.group != group:
                menu.addSeparator()
                group = command.group
            menu.addAction(window.commands[command.id])
