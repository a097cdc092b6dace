"""A greyed command's key says why it cannot be done, where Qt would be silent."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QMenu, QToolBar, QToolButton, QWidget
from shiboken6 import isValid

from luthier_desktop.ui.commands import COMMANDS, Actions, plain_text
from luthier_desktop.ui.messages import Messages

_NO_PLACE_FOR_KEYS = (QMenu, QToolBar, QToolButton)


class Refusals(QObject):
    """Listens to the keys of each command while it is greyed, in the places where they work.

    A text field keeps the keys that it uses itself, as it does with the commands.
    """

    def __init__(self, commands: Actions, messages: Messages, window: QWidget) -> None:
        super().__init__(window)
        self._commands = commands
        self._messages = messages
        self._shortcuts: dict[str, dict[QWidget, QShortcut]] = {}
        self._ids = [command.id for command in COMMANDS if command.sequences]
        for command_id in self._ids:
            action = commands[command_id]
            action.enabledChanged.connect(partial(self._follow, command_id))
            self._follow(command_id, action.isEnabled())
        commands.attached.connect(self._look_again)
        commands.refused.connect(self._refuse)

    def _look_again(self) -> None:
        for command_id in self._ids:
            self._follow(command_id, self._commands[command_id].isEnabled())

    def _follow(self, command_id: str, is_enabled: bool) -> None:
        made = self._shortcuts.setdefault(command_id, {})
        if not is_enabled:
            for place in _places(self._commands[command_id]):
                if place not in made:
                    made[place] = self._listen(command_id, place)
        for shortcut in made.values():
            if isValid(shortcut):
                shortcut.setEnabled(not is_enabled)

    def _listen(self, command_id: str, place: QWidget) -> QShortcut:
        action = self._commands[command_id]
        shortcut = QShortcut(place)
        shortcut.setObjectName(f"{command_id}Refusal")
        shortcut.setContext(action.shortcutContext())
        shortcut.setKeys(action.shortcuts())
        shortcut.activated.connect(partial(self._refuse, command_id))
        return shortcut

    def _refuse(self, command_id: str) -> None:
        name = next(plain_text(one) for one in COMMANDS if one.id == command_id)
        self._messages.say(f"{name}: {self._commands.why_not(command_id)}")


def _places(action: QAction) -> list[QWidget]:
    owners = [one for one in action.associatedObjects() if isinstance(one, QWidget)]
    return [one for one in owners if not isinstance(one, _NO_PLACE_FOR_KEYS)]
