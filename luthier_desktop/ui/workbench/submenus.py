"""Menus inside a menu of the window, from the command table as the others."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu

from luthier_desktop.ui.commands import COMMANDS
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.widgets.menus import Menu


def add_submenu(window: MainWindow, menu_title: str, owner: str, before: str) -> QMenu:
    """Put the commands of the menu *menu_title* into the menu *owner*, before a command of it."""
    menu = Menu(tr(menu_title), window)
    menu.setObjectName(f"menu{menu_title.replace('&', '').replace(' ', '')}")
    menu.setToolTipsVisible(True)
    fill(menu, window, menu_title)
    window.menus[owner].insertMenu(window.commands[before], menu)
    window.menus[menu_title] = menu
    return menu


def fill(menu: QMenu, window: MainWindow, menu_title: str) -> None:
    """Add the commands of the menu *menu_title* in their groups."""
    group = 0
    for command in COMMANDS:
        if command.menu == menu_title:
            if command.group != group:
                menu.addSeparator()
                group = command.group
            menu.addActions([window.commands[command.id]])
