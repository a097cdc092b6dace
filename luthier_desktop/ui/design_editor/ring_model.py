"""The ring stack as a table: one row a ring, inner to outer, every field editable in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QIcon

from luthier_desktop.domain.feasibility.risk import RiskBucket
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.ui import style, units
from luthier_desktop.ui.design_editor.document import DesignDocument
from luthier_desktop.ui.design_editor.material_names import MaterialNames
from luthier_desktop.ui.design_editor.ring_columns import (
    EDITABLE,
    HEADINGS,
    NUMBERS,
    Column,
    cell_text,
    edit_text,
    heading_text,
    heading_tip,
    length_mm,
    typed_edit,
)
from luthier_desktop.ui.design_editor.row_changes import RowChange, row_change
from luthier_desktop.ui.language import in_language, tr
from luthier_desktop.ui.messages import tool_tip

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_ROLE = Qt.ItemDataRole
_COLUMNS = tuple(Column)
_SHOWN = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemNeverHasChildren
)
_EDITED = _SHOWN | Qt.ItemFlag.ItemIsEditable
LOCKED_TIP = "The width is locked: nothing changes it until it is unlocked with Ctrl+L."


class Draft:
    """Text that was typed and refused: it stays in its cell, with the reason."""

    def __init__(self, text: str, reason: str) -> None:
        self.text = text
        self.reason = reason


class RingModel(QAbstractTableModel):
    """The rings of a document; refused text stays in its cell with the reason."""

    def __init__(
        self, document: DesignDocument, names: MaterialNames, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._names = names
        self._design = document.design
        self._radii = ring_radii(self._design)
        self._numbers = _numbers(self._design)
        self._drafts: dict[tuple[str, Column], Draft] = {}
        self._verdicts: dict[str, RiskBucket] = {}
        self._locks: dict[str, QIcon] = {}
        self._readers: dict[int, Callable[[Index], str]] = {
            _ROLE.DisplayRole: self._cell,
            _ROLE.EditRole: self._edit_value,
            _ROLE.ToolTipRole: self._tip,
            _ROLE.AccessibleTextRole: self._spoken,
        }
        document.changed.connect(self._follow)
        units.display().changed.connect(self._show_in_unit)

    def set_verdicts(self, verdicts: dict[str, RiskBucket]) -> None:
        """Show a verdict for each ring identity."""
        if verdicts != self._verdicts:
            self._verdicts = verdicts
            self._announce_rows(0, self.rowCount() - 1)

    def ring_id(self, row: int) -> str | None:
        """Return the identity of the ring in *row*."""
        rings = self._design.ring_params
        return rings[row].identity if 0 <= row < len(rings) else None

    def row_of(self, ring_id: str | None) -> int:
        """Return the row of the ring with this identity, -1 when there is none."""
        for row, ring in enumerate(self._design.ring_params):
            if ring.identity == ring_id:
                return row
        return -1

    def reason(self, index: Index) -> str:
        """Return why the text in this cell was refused, or ""."""
        draft = self._draft(index)
        return "" if draft is None else units.worded(draft.reason)

    def _show_in_unit(self) -> None:
        self._announce_rows(0, self.rowCount() - 1)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    def _follow(self, design: RosetteParamSpec) -> None:
        """Take over another design with the least change of rows."""
        before = self._design
        old = [ring.identity for ring in before.ring_params]
        new = [ring.identity for ring in design.ring_params]
        self._forget_drafts(design)
        change = row_change(old, new)
        if change is None:
            self._take(design)
            self._numbers = _numbers(design)
            self._announce_changes(before)
            return
        self._change_rows(change, design)
        self._numbers = _numbers(design)
        self._announce_rows(0, len(new) - 1)

    def _change_rows(self, change: RowChange, design: RosetteParamSpec) -> None:
        """Do one row operation; the other rows keep their old numbers until it is done."""
        kind, at, to = change
        if kind == "insert":
            self.beginInsertRows(_NO_PARENT, at, at)
            self._take(design)
            self._numbers.insert(at, _numbers(design)[at])
            self.endInsertRows()
        elif kind == "remove":
            self.beginRemoveRows(_NO_PARENT, at, at)
            self._take(design)
            del self._numbers[at]
            self.endRemoveRows()
        elif kind == "move":
            self.beginMoveRows(_NO_PARENT, at, at, _NO_PARENT, to + (to > at))
            self._take(design)
            self._numbers.insert(to, self._numbers.pop(at))
            self.endMoveRows()
        else:
            self.beginResetModel()
            self._take(design)
            self._numbers = _numbers(design)
            self.endResetModel()

    def _take(self, design: RosetteParamSpec) -> None:
        self._design = design
        self._radii = ring_radii(design)

    def _forget_drafts(self, design: RosetteParamSpec) -> None:
        """Drop refused text where its ring has gone or its field has got a new value."""
        after = {ring.identity: ring for ring in design.ring_params}
        before = {ring.identity: ring for ring in self._design.ring_params}
        for ring_id, column in list(self._drafts):
            now, then = after.get(ring_id), before.get(ring_id)
            if now is None or then is None or edit_text(now, column, self._names) != edit_text(
                then, column, self._names
            ):
                del self._drafts[ring_id, column]

    def _announce_changes(self, before: RosetteParamSpec) -> None:
        """Announce the rings that changed, and of all others the radii alone: a drag is quick."""
        rings = self._design.ring_params
        for row, (old, new) in enumerate(zip(before.ring_params, rings, strict=True)):
            if old is not new and old != new:
                self._announce_rows(row, row)
        if rings:
            last = self.index(len(rings) - 1, Column.OUTER)
            self.dataChanged.emit(self.index(0, Column.INNER), last)

    def show_names(self) -> None:
        """Show the materials by the names that they have now."""
        self._announce_rows(0, len(self._design.ring_params) - 1)

    def _announce_rows(self, first: int, last: int) -> None:
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))

    def _draft(self, index: Index) -> Draft | None:
        ring_id = self.ring_id(index.row()) if self._drafts else None
        return None if ring_id is None else self._drafts.get((ring_id, _COLUMNS[index.column()]))

    def _cell(self, index: Index) -> str:
        draft = self._draft(index)
        if draft is not None:
            return f"{style.risk_sign('RED').glyph} {draft.text}"
        column = _COLUMNS[index.column()]
        if column is Column.RING:
            return self._numbers[index.row()]
        if column is Column.VERDICT:
            verdict = self._verdict(index.row())
            return "" if verdict is None else style.risk_sign(verdict).glyph
        ring = self._design.ring_params[index.row()]
        return cell_text(ring, self._radii[index.row()], column, self._names)

    def _verdict(self, row: int) -> RiskBucket | None:
        return self._verdicts.get(self._design.ring_params[row].identity)

    def _edit_value(self, index: Index) -> str:
        draft = self._draft(index)
        if draft is not None:
            return draft.text
        column = _COLUMNS[index.column()]
        if column not in EDITABLE:
            return self._cell(index)
        text = edit_text(self._design.ring_params[index.row()], column, self._names)
        return tr(text) if column is Column.MATERIALS else text

    def _tip(self, index: Index) -> str:
        reason = self.reason(index)
        if reason:
            return tool_tip(reason)
        column = _COLUMNS[index.column()]
        if column is Column.VERDICT:
            return tool_tip(self._spoken(index))
        if column is Column.MATERIALS:
            return tool_tip(self._cell(index))
        ring = self._design.ring_params[index.row()]
        if column is Column.RING and ring.locked:
            return tool_tip(LOCKED_TIP)
        value_mm = length_mm(ring, self._radii[index.row()], column)
        other = "" if value_mm is None else f"{units.other(value_mm)}. "
        return tool_tip(other + HEADINGS[column].tip)

    def _spoken(self, index: Index) -> str:
        """Return what a screen reader says of the cell."""
        column = _COLUMNS[index.column()]
        text = self._cell(index)
        if column is Column.VERDICT:
            verdict = self._verdict(index.row())
            text = "not checked" if verdict is None else style.risk_sign(verdict).word
        if column in NUMBERS and text:
            text += f" {units.symbol()}"
        if self.reason(index):
            text = f"{self._edit_value(index)}, refused: {self.reason(index)}"
        number = self._numbers[index.row()]
        if column is Column.RING and self._design.ring_params[index.row()].locked:
            text += ", width locked"
        return f"Ring {number}, {HEADINGS[column].text}: {text or 'none'}"

    def _lock(self, index: Index) -> QIcon | None:
        """Return the sign of a locked width, in the colours of the look."""
        is_sign = index.column() == Column.RING
        if not is_sign or not self._design.ring_params[index.row()].locked:
            return None
        look = style.theme()
        if look not in self._locks:
            from luthier_desktop.ui.widgets.icons import icon

            self._locks[look] = icon("lock")
        return self._locks[look]

    def _colour(self, index: Index, soft: bool) -> QColor | None:
        if self._draft(index) is not None:
            sign = style.risk_sign("RED")
        elif index.column() == Column.VERDICT:
            verdict = self._verdict(index.row())
            if verdict is None:
                return None
            sign = style.risk_sign(verdict)
        elif index.column() in EDITABLE or soft:
            return None
        else:
            return QColor(style.tokens().muted)
        return QColor(sign.soft if soft else sign.colour)

    # Qt overrides

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._design.ring_params)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _EDITED if index.column() in EDITABLE else _SHOWN

    @in_language
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == _ROLE.DisplayRole:
            return heading_text(Column(section))
        if role == _ROLE.ToolTipRole:
            return tool_tip(heading_tip(Column(section)))
        return None

    @in_language
    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < self.rowCount():
            return None
        reader = self._readers.get(role)
        if reader is not None:
            return reader(index)
        if role == _ROLE.TextAlignmentRole:
            return _alignment(_COLUMNS[index.column()])
        if role == _ROLE.ForegroundRole:
            return self._colour(index, soft=False)
        if role == _ROLE.BackgroundRole:
            return self._colour(index, soft=True)
        if role == _ROLE.DecorationRole:
            return self._lock(index)
        return None

    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:
        if role != _ROLE.EditRole or not index.isValid() or index.column() not in EDITABLE:
            return False
        ring_id = self.ring_id(index.row())
        if ring_id is None:
            return False
        key = (ring_id, _COLUMNS[index.column()])
        text = str(value)
        build = typed_edit(index.row(), key[1], text, self._names)
        self._drafts.pop(key, None)
        reason = self._document.attempt(build)
        if reason:
            self._drafts[key] = Draft(text, reason)
        self.dataChanged.emit(index, index)
        return True


def _numbers(design: RosetteParamSpec) -> list[str]:
    return [str(ring.ring_index) for ring in design.ring_params]


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
    if column in (Column.RING, Column.VERDICT):
        side = Qt.AlignmentFlag.AlignHCenter
    return side | Qt.AlignmentFlag.AlignVCenter
