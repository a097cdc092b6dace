"""The steps of the shown design's history as rows: what was done, where it stands, what it is."""

from __future__ import annotations

from enum import Enum
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui import units
from luthier_desktop.ui.design_editor.document import DesignDocument
from luthier_desktop.ui.design_editor.history_looks import StepLooks, StepVerdict
from luthier_desktop.ui.design_editor.open_design import OpenDesign
from luthier_desktop.ui.language import in_language, tr
from luthier_desktop.ui.messages import shown, tool_tip

AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_LONGEST_NAME = 200
_BEGUN = "As it was begun"


class Place(Enum):
    """Where a step lies from the present one; the value is the word for it."""

    BEFORE = ""
    NOW = "now"
    UNDONE = "undone"


class Step(NamedTuple):
    """One row: *number* steps lie behind it; *kept* says how it was kept, "" when it was not."""

    number: int
    of: int
    name: str
    design: RosetteParamSpec
    place: Place
    kept: str

    @property
    def position_text(self) -> str:
        """Where the step lies: ``Step 3 of 12``."""
        return f"Step {self.number:,} of {self.of:,}" if self.number else "The beginning"

    @property
    def words(self) -> list[str]:
        """The words for what the row is besides its name."""
        return [word for word in (self.place.value, self.kept) if word]

    def spoken(self, verdict: StepVerdict | None) -> str:
        """Say the row in full, for those who hear it."""
        judged = [f"verdict {verdict.spoken}"] if verdict else []
        return ", ".join([self.position_text, self.name, *self.words, *judged])


class HistoryModel(QAbstractTableModel):
    """One row for the beginning and one for each step; rows are read when they are shown."""

    def __init__(
        self, document: DesignDocument, looks: StepLooks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._open: OpenDesign = document.open_design
        self._looks = looks
        self._rows = self._open.undo_stack.count() + 1
        units.display().changed.connect(self._refresh)

    def lay(self, design: OpenDesign) -> None:
        """Show the history of another open design."""
        self.beginResetModel()
        self._open = design
        self._rows = design.undo_stack.count() + 1
        self.endResetModel()

    def follow(self) -> None:
        """Take in what happened to the history."""
        count = self._open.undo_stack.count() + 1
        if count > self._rows:
            self.beginInsertRows(QModelIndex(), self._rows, count - 1)
            self._rows = count
            self.endInsertRows()
        elif count < self._rows:
            self.beginRemoveRows(QModelIndex(), count, self._rows - 1)
            self._rows = count
            self.endRemoveRows()
        self._refresh()

    def step(self, number: int) -> Step:
        """Return a row; *number* 0 is the beginning."""
        history = self._open.undo_stack
        name, design = self._named(number)
        ahead = number - history.index()
        place = Place.UNDONE if ahead > 0 else Place.BEFORE if ahead else Place.NOW
        return Step(number, self._rows - 1, name, design, place, self._open.kept_as(number))

    def _named(self, number: int) -> tuple[str, RosetteParamSpec]:
        if number:
            step = self._open.step(number)
            return shown(tr(units.worded(step.name)), _LONGEST_NAME), step.design
        origin = self._open.origin
        name = f"From {shown(origin, _LONGEST_NAME)}" if origin else _BEGUN
        return name, self._open.base

    def _refresh(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(self._rows - 1, 0))

    # Qt overrides

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else 1

    @in_language
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < self._rows:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(self.step(index.row()).name)
        if role == Qt.ItemDataRole.DisplayRole:
            step = self.step(index.row())
            return " · ".join((step.position_text, step.name, *step.words))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            step = self.step(index.row())
            return step.spoken(self._looks.verdict(step.design))
        return None
