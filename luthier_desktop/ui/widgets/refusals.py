"""A greyed command's key says why it cannot be done, where Qt would be silent."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QToolBar, QToolButton, QWidget

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
        self._shortcuts: dict[str, list[QShortcut]] = {}
        for command in COMMANDS:
            if command.sequences:
                action = commands[command.id]
                action.enabledChanged.connect(partial(self._follow, command.id))
                self._follow(command.id, action.isEnabled())

    def _follow(self, command_id: str, is_enabled: bool) -> None:
        if not is_enabled and command_id not in self._shortcuts:
            self._shortcuts[command_id] = self._listen(command_id)
        for shortcut in self._shortcuts.get(command_id, ()):
            shortcut.setEnabled(not is_enabled)

    def _listen(self, command_id: str) -> list[QShortcut]:
        action = self._commands[command_id]
        made = []
        for place in _places(action):
            shortcut = QShortcut(place)
            shortcut.setObjectName(f"{command_id}Refusal")
            shortcut.setContext(action.shortcutContext())
            shortcut.setKeys([QKeySequence(keys) for keys in action.shortcuts()])
            shortcut.activated.connect(partial(self._refuse, command_id))
            made.append(shortcut)
        return made

    def _refuse(self, command_id: str) -> None:
        name = next(plain_text(one) for one in COMMANDS if one.id == command_id)
        self._messages.say(f"{name}: {self._commands.why_not(command_id)}")


def _places(action: QAction) -> list[QWidget]:
    owners = [one for one in action.associatedObjects() if isinstance(one, QWidget)]
    return [one for one in owners if not isinstance(one, _NO_PLACE_FOR_KEYS)]
