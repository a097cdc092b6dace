"""The commands of a window beside the main one: a menu each, keys that work in it alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import set_tool_tip
from luthier_desktop.ui.widgets.menus import MenuBar


class Errand(NamedTuple):
    """One command of the window."""

    id: str
    text: str
    keys: tuple[str, ...]
    menu: str
    tip: str
    checkable: bool = False


class WindowActions(QObject):
    """Makes one action an errand; its keys work while *scope* or a child has the focus."""

    def __init__(
        self,
        scope: QWidget,
        slots: Mapping[str, Callable[[], object]],
        errands: tuple[Errand, ...],
    ) -> None:
        super().__init__(scope)
        self._actions: dict[str, QAction] = {}
        self.bar = MenuBar(scope)
        self.bar.setNativeMenuBar(False)
        titles = dict.fromkeys(one.menu for one in errands)
        menus = {menu_title: self.bar.add(menu_title) for menu_title in titles}
        for one in errands:
            action = self._actions[one.id] = QAction(tr(one.text), self)
            action.setObjectName(one.id)
            action.setCheckable(one.checkable)
            action.setShortcuts([QKeySequence(keys) for keys in one.keys])
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            set_tool_tip(action, f"{one.tip} {_shown_keys(one)}")
            action.triggered.connect(slots[one.id])
            scope.addAction(action)
            menus[one.menu].addActions([action])

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]


def _shown_keys(one: Errand) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return "  ".join(QKeySequence(keys).toString(native) for keys in one.keys)
