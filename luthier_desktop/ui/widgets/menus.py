"""Menus that keep the keys for themselves while they are in use."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from luthier_desktop.ui.language import tr

_LEADING = (Qt.Key.Key_Alt, Qt.Key.Key_Meta)
"""Pressed alone, they lead into the menu bar and out of it."""


class Menu(QMenu):
    """A menu whose letters choose entries, whatever they do in the place behind it.

    To Qt the keys of that place go on working under an open menu, and an action that stands in a
    menu is at home there too: a letter would do a command of the run log, and a key that means
    one thing in the editor and another in the run log would be ambiguous and do neither.
    """

    def event(self, event: QEvent) -> bool:
        return _keep(event) or super().event(event)


class MenuBar(QMenuBar):
    """A menu bar that keeps the keys while it has the focus, as its menus do."""

    def event(self, event: QEvent) -> bool:
        return _keep(event) or super().event(event)

    def add(self, menu_title: str) -> Menu:
        """Add an empty menu."""
        menu = Menu(tr(menu_title), self)
        self.addActions([menu.menuAction()])
        return menu


class KeyKeeper(QObject):
    """Lets a menu of Qt's own keep the keys too; lives and dies with it."""

    def __init__(self, menu: QMenu) -> None:
        super().__init__(menu)
        menu.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return _keep(event) or super().eventFilter(watched, event)


class ContextMenu(QObject):
    """Shows the actions of *owner* as its context menu."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        owner.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        owner.customContextMenuRequested.connect(self._show)

    def _show(self, at: QPoint) -> None:
        menu = Menu(self._owner)
        menu.setObjectName("contextMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self._owner.actions())
        menu.popup(self._owner.mapToGlobal(at))


def _keep(event: QEvent) -> bool:
    """Keep a key from doing a command; Alt with a letter stays that of the menu bar."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    is_mnemonic = event.modifiers() & Qt.KeyboardModifier.AltModifier and (
        event.key() in _LEADING or event.key() < Qt.Key.Key_Escape
    )
    if not is_mnemonic:
        event.accept()
    return not is_mnemonic
