"""The answers of a what-if as a table: one field down, or one down and one across."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QTableView

from luthier_desktop.domain.feasibility.rules import RULES
from luthier_desktop.domain.lengths import length_text
from luthier_desktop.services.sweeps import SweepCell, SweepField
from luthier_desktop.ui import style, units
from luthier_desktop.ui.language import in_language
from luthier_desktop.ui.messages import tool_tip
from luthier_desktop.ui.workbench.sweep_fields import Swept

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
HEADINGS = ("Verdict", "Score", "Decided by")
_DISPLAY = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class Axis(NamedTuple):
    """A field and the values that are tried."""

    swept: Swept
    values: tuple[float, ...]

    @property
    def field(self) -> SweepField:
        """What the service is asked for."""
        return SweepField(self.swept.path, self.values)

    def text(self, at: int) -> str:
        """Write a value; the one that stands in the design now says so."""
        value = self.values[at]
        now = " (now)" if value == self.swept.value else ""
        return f"{self.swept.spec.write(value)}{now}"

    def plain_text(self, at: int) -> str:
        """Write a value for the history: a length in mm, whatever is shown."""
        value, spec = self.values[at], self.swept.spec
        return length_text(value) if spec.kind.is_length else spec.write(value)


class SweepModel(QAbstractTableModel):
    """Rows are the first field's values; columns tell one cell, or are the second's values."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._axes: tuple[Axis, ...] = ()
        self._cells: dict[tuple[int, ...], SweepCell] = {}

    def begin(self, axes: tuple[Axis, ...]) -> None:
        """Forget what was found and show empty cells for *axes*."""
        self.beginResetModel()
        self._axes, self._cells = axes, {}
        self.endResetModel()

    def add(self, cells: Iterable[SweepCell]) -> None:
        """Fill in what was found."""
        self._cells.update((cell.at, cell) for cell in cells)
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    def at(self, index: AnyIndex) -> tuple[int, ...]:
        """Return the place of a cell among the values of the fields."""
        return (index.row(), index.column()) if self._is_grid else (index.row(),)

    def cell(self, index: AnyIndex) -> SweepCell | None:
        """Return the answer at *index*, None when it is not there yet."""
        return self._cells.get(self.at(index)) if index.isValid() else None

    def heading(self, column: int) -> str:
        """Return what stands over a column."""
        return self._axes[1].text(column) if self._is_grid else HEADINGS[column]

    def index_now(self) -> QModelIndex:
        """Return the cell of the values that the design has now, else the first one."""
        found = [axis.values.index(value) for axis in self._axes
                 if (value := axis.swept.value) in axis.values]
        at = found if len(found) == len(self._axes) else [0]
        return self.index(at[0], at[1] if len(at) > 1 else 0)

    def name(self, index: AnyIndex) -> str:
        """Name the values at *index* as they are shown: "Channel depth 1.40 mm"."""
        places = zip(self._axes, self.at(index), strict=True)
        return ", ".join(f"{axis.swept.label} {axis.text(at)}" for axis, at in places)

    def step_name(self, index: AnyIndex) -> str:
        """Name the values at *index* for the history."""
        places = zip(self._axes, self.at(index), strict=True)
        return ", ".join(f"{axis.swept.label} {axis.plain_text(at)}" for axis, at in places)

    def told(self, index: AnyIndex) -> str:
        """Tell the answer at *index* in one sentence."""
        cell = self.cell(index)
        if cell is None:
            return ""
        return f"{self.name(index)}: {_verdict(cell)}. {_reason(cell)}".strip()

    @property
    def _is_grid(self) -> bool:
        return len(self._axes) > 1

    def _text(self, cell: SweepCell, column: int) -> str:
        if self._is_grid:
            return f"{_verdict(cell)} {_score(cell)}".strip()
        return (_verdict(cell), _score(cell), _decided_by(cell))[column]

    # Qt overrides

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return len(self._axes[0].values) if self._axes and not parent.isValid() else 0

    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        if not self._axes or parent.isValid():
            return 0
        return len(self._axes[1].values) if self._is_grid else len(HEADINGS)

    @in_language
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or not self._axes:
            return None
        if orientation is Qt.Orientation.Vertical:
            return self._axes[0].text(section)
        return self.heading(section)

    @in_language
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self.cell(index)
        if cell is None:
            return None
        if role in _DISPLAY:
            return self._text(cell, index.column())
        sign = style.risk_sign(cell.risk_bucket or "NA")
        if role == Qt.ItemDataRole.BackgroundRole:
            return QColor(sign.soft)
        if role == Qt.ItemDataRole.ForegroundRole:
            plain = not self._is_grid and index.column() > 0
            return QColor(style.tokens().text if plain else sign.colour)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(self.told(index))
        return None


class SweepTable(QTableView):
    """The table; Enter and a double click choose a cell, and never press the dialog's button."""

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


def _verdict(cell: SweepCell) -> str:
    if cell.risk_bucket is None:
        return f"{style.risk_sign('NA').glyph} Not possible"
    sign = style.risk_sign(cell.risk_bucket)
    return f"{sign.glyph} {sign.word}"


def _score(cell: SweepCell) -> str:
    return "" if cell.score is None else units.score_text(cell.score)


def _decided_by(cell: SweepCell) -> str:
    found = cell.binding
    if found is None:
        return units.worded(cell.refused)
    rule = RULES.get(found.check_id)
    title = rule.title if rule else found.check_id
    return title if found.ring_index is None else f"{title}, ring {found.ring_index}"


def _reason(cell: SweepCell) -> str:
    return units.worded(cell.refused if cell.binding is None else cell.binding.message)
