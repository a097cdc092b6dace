"""The operators of the workshop as rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from luthier_desktop.domain.operators import OperatorProfile
from luthier_desktop.ui.language import in_language
from luthier_desktop.ui.messages import shown
from luthier_desktop.ui.sign_in.operator_words import last_used, state
from luthier_desktop.ui.style import tokens

AnyIndex = QModelIndex | QPersistentModelIndex
HEADINGS = ("Name", "Id", "Role", "PIN", "State", "Last used", "Wrong PINs")
_NOWHERE = QModelIndex()
_TEXT = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class OperatorModel(QAbstractTableModel):
    """One row an operator, in the order in which they were added."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[OperatorProfile] = []

    def show_people(self, people: Sequence[OperatorProfile]) -> None:
        """Show these operators; who is listed already stays in the same row."""
        was, now = len(self._rows), list(people)
        if _ids(now[:was]) != _ids(self._rows):
            self.beginResetModel()
            self._rows = now
            self.endResetModel()
            return
        if len(now) > was:
            self.beginInsertRows(_NOWHERE, was, len(now) - 1)
            self._rows = [*self._rows, *now[was:]]
            self.endInsertRows()
        self._rows = now
        if was:
            self.dataChanged.emit(self.index(0, 0), self.index(was - 1, len(HEADINGS) - 1))

    def at(self, row: int) -> OperatorProfile | None:
        """Return the operator of a row; None beyond the last."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

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
        profile = self.at(index.row())
        if profile is None:
            return None
        if role in _TEXT:
            return _cells(profile)[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and profile.disabled:
            return QColor(tokens().muted)
        return None


def _ids(people: Sequence[OperatorProfile]) -> list[str]:
    return [one.operator_id for one in people]


def _cells(profile: OperatorProfile) -> tuple[str, ...]:
    return (
        shown(profile.name),
        profile.operator_id,
        profile.role,
        "yes" if profile.has_pin else "no",
        state(profile),
        last_used(profile),
        str(profile.failures) if profile.failures else "",
    )
