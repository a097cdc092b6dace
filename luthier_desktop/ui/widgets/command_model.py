"""The commands as rows of a table: found by words, with their keys, and why one cannot be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor

from luthier_desktop.ui.commands import COMMANDS, Actions, Command, plain_text, shown_keys
from luthier_desktop.ui.language import in_language, tr
from luthier_desktop.ui.messages import tool_tip
from luthier_desktop.ui.style import GRID, tokens

AnyIndex = QModelIndex | QPersistentModelIndex
HEADINGS = ("Command", "Keys", "What it does, or why not now")
_ROW_HEIGHT = GRID * 5
_NOWHERE = QModelIndex()
_NAME, _KEYS, _SAID = range(len(HEADINGS))


class CommandModel(QAbstractTableModel):
    """One row a command: those in *recent* first, then menu by menu; words narrow it."""

    def __init__(self, commands: Actions, recent: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._commands = commands
        self._all = _ordered(recent)
        self._rows = self._all

    def at(self, row: int) -> Command | None:
        """Return the command of a row; None beyond the last."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def narrow(self, text: str) -> None:
        """List only the commands that have all words of *text*, in any order.

        Those that have them in their names come first.
        """
        words = text.casefold().split()
        found = [command for command in self._all if _has(self._told(command), words)]
        self.beginResetModel()
        self._rows = sorted(found, key=lambda command: not _has(self._name(command), words))
        self.endResetModel()

    def first_that_works(self) -> int:
        """Return the first row whose command can be done now, else the first; -1 for none."""
        for row, command in enumerate(self._rows):
            if not self._commands.why_not(command.id):
                return row
        return 0 if self._rows else -1

    def said(self, row: int) -> str:
        """Return what a command does, or why it cannot be done now."""
        command = self.at(row)
        if command is None:
            return "No command has all of these words."
        reason = self._commands.why_not(command.id)
        return f"Not now: {reason}" if reason else command.tip

    def _name(self, command: Command) -> str:
        menu, action = command.menu.replace("&", ""), self._commands[command.id]
        return f"{menu}: {_unmarked(action.text()) or plain_text(command)}"

    def _told(self, command: Command) -> str:
        parts = (self._name(command), plain_text(command), command.tip)
        return " ".join((*parts, *map(tr, parts), shown_keys(command)))

    # Qt overrides

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADINGS)

    @in_language
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return HEADINGS[section]
        return None

    @in_language
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        command = self.at(index.row())
        if command is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(command, index.row(), index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == _NAME:
            keys = shown_keys(command) or "no key"
            return f"{self._name(command)}, {keys}. {self.said(index.row())}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(self.said(index.row()))
        if role == Qt.ItemDataRole.SizeHintRole and index.column() == _SAID:
            return QSize(0, _ROW_HEIGHT)  # a hint on the others would be their width too
        if role == Qt.ItemDataRole.ForegroundRole and self._commands.why_not(command.id):
            return QColor(tokens().muted)
        return None

    def _cell(self, command: Command, row: int, column: int) -> str:
        if column == _NAME:
            return self._name(command)
        return shown_keys(command) if column == _KEYS else self.said(row)


def _ordered(recent: Sequence[str]) -> list[Command]:
    places = {command_id: place for place, command_id in enumerate(recent)}
    return sorted(COMMANDS, key=lambda command: places.get(command.id, len(places)))


def _unmarked(text: str) -> str:
    """Return an action's text as it is read: without mnemonics and the ellipsis."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")


def _has(text: str, words: Sequence[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)
