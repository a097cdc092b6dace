"""Those who may sign in, as rows of a list: name and role, and when they did last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from luthier_desktop.domain import display
from luthier_desktop.domain.operators import OperatorProfile
from luthier_desktop.ui.language import in_language
from luthier_desktop.ui.sign_in.operator_words import last_used, who

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_LONGEST_NAME = 40


class ChoiceModel(QAbstractListModel):
    """One row an operator; who is disabled is left out."""

    def __init__(self, people: Sequence[OperatorProfile], parent: QObject) -> None:
        super().__init__(parent)
        self._rows = _active(people)

    def show_people(self, people: Sequence[OperatorProfile]) -> None:
        """Show these; rows of the same people stay rows, so that the choice stays."""
        rows = _active(people)
        if [one.operator_id for one in rows] == [one.operator_id for one in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def at(self, row: int) -> OperatorProfile | None:
        """Return the operator of a row; None beyond the last."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, operator_id: str) -> int:
        """Return the row of an operator, else that of who was here last, else the first."""
        ids = [one.operator_id for one in self._rows]
        if operator_id in ids:
            return ids.index(operator_id)
        used = [one.last_used_utc or "" for one in self._rows]
        return used.index(max(used)) if used else -1

    # Qt overrides

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @in_language
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        profile = self.at(index.row())
        if profile is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            name = display.shown(profile.name, _LONGEST_NAME)  # alone in its line, as it is typed
            return f"{name}\n{profile.role} · last used: {last_used(profile)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            pin = "with a PIN" if profile.has_pin else "without a PIN"
            return f"{who(profile)}, {pin}, last used: {last_used(profile)}"
        return None


def _active(people: Sequence[OperatorProfile]) -> list[OperatorProfile]:
    return [one for one in people if not one.disabled]
