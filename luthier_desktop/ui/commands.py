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
from luthier_desktop.ui.language import tr

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

    ``attached`` comes when the keys of some commands begin to work in one more place; ``refused``
    names a command that was pressed and is greyed. *admit* is asked before a command is done; it
    says whether to go on.
    """

    attached = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = {command.id: _action(command, parent) for command in COMMANDS}
        self._reasons = dict.fromkeys(self._actions, NOT_READY)
        self._forbidden: dict[str, str] = {}
        self._slots: dict[str, list[Callable[[], object]]] = {}
        self._can: dict[str, bool] = {}
        self.admit: Callable[[str], bool] | None = None
        for command in COMMANDS:
            if command.scope == WINDOW:
                parent.addAction(self._actions[command.id])

    def __getitem__(self, command_id: str) -> QAction:
        return self._actions[command_id]

    def bind(self, slots: Mapping[str, Callable[[], object]]) -> None:
        """Let each command id of *slots* call its slot, and enable it."""
        for command_id, slot in slots.items():
            if command_id not in self._slots:
                self._slots[command_id] = []
                self._actions[command_id].triggered.connect(self._do)
            self._slots[command_id].append(slot)
            self._reasons[command_id] = NOT_NOW
            self._settle(command_id, can=True)

    def allow(self, command_id: str, reason: str = "") -> None:
        """Let a command be done, or grey it and keep the *reason* why it cannot."""
        self._reasons[command_id] = reason or NOT_NOW
        self._settle(command_id, can=not reason)

    def forbid(self, reasons: Mapping[str, str]) -> None:
        """Grey the commands of *reasons*, whatever else allows them, and no others any longer."""
        changed = self._forbidden.keys() ^ reasons.keys()
        self._forbidden = dict(reasons)
        for command_id in changed:
            self._settle(command_id, can=self._can.get(command_id, False))

    def explain(self, reasons: Mapping[str, str]) -> None:
        """Keep what is told of each command whenever it is greyed, whoever greys it."""
        self._reasons.update(reasons)

    def why_not(self, command_id: str) -> str:
        """Return in one sentence why a command cannot be done now; "" when it can."""
        if self._actions[command_id].isEnabled():
            return ""
        return self._forbidden.get(command_id) or self._reasons[command_id]

    def press(self, command_id: str) -> None:
        """Do a command as its key does; ``refused`` comes when it is greyed."""
        if self.why_not(command_id):
            self.refused.emit(command_id)
        else:
            self._actions[command_id].trigger()

    def attach(self, widget: QWidget) -> None:
        """Let the commands whose scope is *widget*'s objectName work while it has the focus."""
        for command in COMMANDS:
            if command.scope == widget.objectName():
                widget.addAction(self._actions[command.id])
        self.attached.emit()

    def _settle(self, command_id: str, *, can: bool) -> None:
        self._can[command_id] = can
        self._actions[command_id].setEnabled(can and command_id not in self._forbidden)

    def _do(self) -> None:
        action = self.sender()
        command_id = action.objectName() if isinstance(action, QAction) else ""
        if self.admit is None or self.admit(command_id):
            for slot in self._slots.get(command_id, ()):
                slot()


def shown_keys(command: Command) -> str:
    """Write the keys of *command* as they are printed on this machine's keyboard."""
    native = QKeySequence.SequenceFormat.NativeText
    return "  ".join(QKeySequence(keys).toString(native) for keys in command.sequences)


def plain_text(command: Command) -> str:
    """Return the command's text without the mark of its mnemonic and the ellipsis."""
    return command.text.replace("&", "").rstrip("…")


def _action(command: Command, parent: QWidget) -> QAction:
    action = QAction(tr(command.text), parent)
    action.setObjectName(command.id)
    action.setShortcuts([QKeySequence(keys) for keys in command.sequences])
    inside = command.scope != WINDOW
    action.setShortcutContext(
        Qt.ShortcutContext.WidgetWithChildrenShortcut
        if inside
        else Qt.ShortcutContext.WindowShortcut
    )
    action.setToolTip(tr(f"{command.tip}\n{shown_keys(command)}"))
    action.setStatusTip(tr(command.tip))
    action.setEnabled(False)
    return action
