"""The choice of the language in the menu View: the system's, English or another one."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from luthier_desktop.ui.language import CHOICES, SYSTEM, chosen, language, tr
from luthier_desktop.ui.messages import Messages
from luthier_desktop.ui.widgets.menus import Menu
from luthier_desktop.ui.window_state import WindowState

_NAMES = {SYSTEM: "As the &system", "en": "&English", "de": "&Deutsch"}
_LATER = {
    "en": "From the next start on the window speaks English.",
    "de": "From the next start on the window speaks German.",
}


class LanguageMenu(Menu):
    """Remembers what is chosen; the window is built anew with it at the next start."""

    def __init__(self, state: WindowState, messages: Messages, owner: QMenu) -> None:
        super().__init__(tr("Lan&guage"), owner)
        self.setObjectName("menuLanguage")
        self._state = state
        self._messages = messages
        self._group = QActionGroup(self)
        now = state.text("language", CHOICES, SYSTEM)
        for choice in CHOICES:
            entry = QAction(tr(_NAMES[choice]), self)
            entry.setObjectName(f"language_{choice}")
            entry.setCheckable(True)
            entry.setChecked(choice == now)
            entry.setData(choice)
            self._group.addAction(entry)
            self.addAction(entry)
        owner.addMenu(self)
        self._group.triggered.connect(self._choose)

    @Slot(QAction)
    def _choose(self, action: QAction) -> None:
        choice = str(action.data())
        self._state.remember(language=choice)
        wanted = chosen(choice)
        self._messages.say(_LATER[wanted] if wanted != language() else "The language stays.")
