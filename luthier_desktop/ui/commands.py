"""The command table: menus, tool bar, keys, tool tips and the key sheet all come from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from luthier_desktop.ui.command_table.command import CANVAS, MENUS, WINDOW, Command
from luthier_desktop.ui.command_table.copy_as import COPY_COMMANDS
from luthier_desktop.ui.command_table.design import DESIGN_COMMANDS
from luthier_desktop.ui.command_table.edit import EDIT_COMMANDS
from luthier_desktop.ui.command_table.file import FILE_COMMANDS
from luthier_desktop.ui.command_table.filters import FILTER_COMMANDS
from luthier_desktop.ui.command_table.help import HELP_COMMANDS
from luthier_desktop.ui.command_table.run_log import RUN_LOG_COMMANDS
from luthier_desktop.ui.command_table.snapshots import SNAPSHOT_COMMANDS
from luthier_desktop.ui.command_table.view import VIEW_COMMANDS
from luthier_desktop.ui.command_table.workshop import WORKSHOP_COMMANDS

__all__ = ["BY_ID", "CANVAS", "COMMANDS", "MENUS", "WINDOW", "Actions", "Command"]

COMMANDS: tuple[Command, ...] = (
    FILE_COMMANDS
    + EDIT_COMMANDS
    + DESIGN_COMMANDS
    + VIEW_COMMANDS
    + RUN_LOG_COMMANDS
    + FILTER_COMMANDS
    + COPY_COMMANDS
    + SNAPSHOT_COMMANDS
    + WORKSHOP_COMMANDS
    + HELP_COMMANDS
)

BY_ID = {command.id: command for command in COMMANDS}
NOT_READY = "The program is still getting ready; try again in a moment."
NOT_NOW = "This cannot be done now."


class Actions(QObject):
    """The QActions of the table: one a command, disabled until something does it.

    ``attached`` comes when the keys of some commands begin to work in one more place.
    """

    attached = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = {command.id: _action(command, parent) for command in COMMANDS}
        self._reasons = dict.fromkeys(self._actions, NOT_READY)
        for command in COMMANDS:
            if command.scope == WINDOW:
                parent.addAction(self._actions[command.id])

    def __getitem__(self, command_id: str) -> QAction:
        return self._actions[command_id]

    def bind(self, slots: Mapping[str, Callable[[], object]]) -> None:
        """Let each command id of *slots* call its slot, and enable it."""
        for command_id, slot in slots.items():
            action = self._actions[command_id]
            action.triggered.connect(slot)
            action.setEnabled(True)
            self._reasons[command_id] = NOT_NOW

    def allow(self, command_id: str, reason: str = "") -> None:
        """Let a command be done, or grey it and keep the *reason* why it cannot."""
        self._reasons[command_id] = reason or NOT_NOW
        self._actions[command_id].setEnabled(not reason)

    def explain(self, reasons: Mapping[str, str]) -> None:
        """Keep what is told of each command whenever it is greyed, whoever greys it."""
        self._reasons.update(reasons)

    def why_not(self, command_id: str) -> str:
        """Return in one sentence why a command cannot be done now; "" when it can."""
        return "" if self._actions[command_id].isEnabled() else self._reasons[command_id]

    def attach(self, widget: QWidget) -> None:
        """Let the commands whose scope is *widget*'s objectName work while it has the focus."""
        for command in COMMANDS:
            if command.scope == widget.objectName():
                widget.addAction(self._actions[command.id])
        self.attached.emit()


def shown_keys(command: Command) -> str:
    """Write the keys of *command* as they are printed on this machine's keyboard."""
    native = QKeySequence.SequenceFormat.NativeText
    return "  ".join(QKeySequence(keys).toString(native) for keys in command.sequences)


def plain_text(command: Command) -> str:
    """Return the command's text without the mark of its mnemonic and the ellipsis."""
    return command.text.replace("&", "").rstrip("…")


def _action(command: Command, parent: QWidget) -> QAction:
    action = QAction(command.text, parent)
    action.setObjectName(command.id)
    action.setShortcuts([QKeySequence(keys) for keys in command.sequences])
    inside = command.scope != WINDOW
    action.setShortcutContext(
        Qt.ShortcutContext.WidgetWithChildrenShortcut
        if inside
        else Qt.ShortcutContext.WindowShortcut
    )
    action.setToolTip(f"{command.tip}\n{shown_keys(command)}")
    action.setStatusTip(command.tip)
    action.setEnabled(False)
    return action
