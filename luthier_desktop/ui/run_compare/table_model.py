"""Up to six records beside each other: rows are fields, columns are records."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from luthier_desktop.domain.compare import ABSENT, is_same
from luthier_desktop.domain.display import shown
from luthier_desktop.domain.record_compare import Group
from luthier_desktop.domain.record_facts import Fact, FactRow
from luthier_desktop.services.comparing import Side, Table
from luthier_desktop.ui import style
from luthier_desktop.ui.language import in_language
from luthier_desktop.ui.messages import tool_tip
from luthier_desktop.ui.run_compare.rows import HEADINGS, RingNames
from luthier_desktop.ui.widgets.record_values import (
    NOTHING,
    Shown,
    check_label,
    check_shown,
    field_label,
    path_label,
    status_shown,
    time_text,
    value_text,
    verdict_text,
)

AnyIndex = QModelIndex | QPersistentModelIndex
OTHER = "≠"
_LOST = "?"
_NOWHERE = QModelIndex()
_ROLE = Qt.ItemDataRole
Write = Callable[[], tuple[Shown, ...]]


class Line:
    """One row: its name, its cells, which of them are another than the first.

    Cells are written when they are looked at: there may be thousands.
    """

    def __init__(
        self, name: str, differs: tuple[bool, ...], write: Write, *, always: bool = False
    ) -> None:
        self.name = name
        self.differs = differs
        self.always = always
        self._write = write
        self._cells: tuple[Shown, ...] | None = None

    @property
    def heading(self) -> bool:
        """Whether this is the heading of the rows below."""
        return not self.differs

    @property
    def cells(self) -> tuple[Shown, ...]:
        """What each record says."""
        if self._cells is None:
            self._cells = self._write()
        return self._cells

    @property
    def same(self) -> bool:
        """Whether every record says the same."""
        return not any(self.differs)

    def forget(self) -> None:
        """Write the cells anew when they are looked at next."""
        self._cells = None


class TableModel(QAbstractTableModel):
    """The lines that are shown; a cell that is another than the first says so by its sign."""

    def __init__(
        self, table: Table, lines: tuple[Line, ...], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._table = table
        self._all = lines
        self._lines = _chosen(lines, hides_equal=True)

    def write_anew(self) -> None:
        """Write every value again, in the units of the window."""
        self.beginResetModel()
        for line in self._all:
            line.forget()
        self.endResetModel()

    def hide_equal(self, hidden: bool) -> None:
        """Leave out the rows in which all records say the same, or show them."""
        self.beginResetModel()
        self._lines = _chosen(self._all, hides_equal=hidden)
        self.endResetModel()

    def line(self, at: int) -> Line | None:
        """Return a row; None beyond the last."""
        return self._lines[at] if 0 <= at < len(self._lines) else None

    def headings(self) -> list[int]:
        """Return which rows are headings."""
        return [at for at, line in enumerate(self._lines) if line.heading]

    def grid(self) -> list[list[str]]:
        """Return all that is shown as texts, the heads first."""
        heads = ["", *(side.id for side in self._table.sides)]
        return [
            heads,
            *(
                [line.name, *map(_marked, line.cells, line.differs)] if line.cells else [line.name]
                for line in self._lines
            ),
        ]

    # Qt overrides

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else 1 + len(self._table.sides)

    @in_language
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != _ROLE.DisplayRole:
            return None
        return "" if section == 0 else _head(self._table.sides[section - 1])

    @in_language
    def data(self, index: AnyIndex, role: int = _ROLE.DisplayRole) -> Any:
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        at = index.column() - 1
        if at < 0 or line.heading:
            return _name(line, at, role)
        return _cell(line, at, role)


def _name(line: Line, at: int, role: int) -> Any:
    if role == _ROLE.AccessibleTextRole:
        told = [_marked(*pair) for pair in zip(line.cells, line.differs, strict=True)]
        return f"{line.name}: {'; '.join(told)}" if told else line.name
    if role == _ROLE.DisplayRole:
        return line.name if at < 0 else ""
    if role == _ROLE.FontRole and line.heading:
        return style.sized(bold=True)
    if role == _ROLE.BackgroundRole and line.heading:
        return QColor(style.tokens().button)
    return None


def _cell(line: Line, at: int, role: int) -> Any:
    cell, differs = line.cells[at], line.differs[at]
    if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole):
        return _marked(cell, differs)
    if role == _ROLE.ToolTipRole:
        return tool_tip(f"{line.name}: {cell.text}")
    if role == _ROLE.FontRole:
        return style.sized(bold=True) if differs else None
    if role == _ROLE.ForegroundRole and cell.status:
        return QColor(style.risk_sign(cell.status).colour)
    return None


def _marked(cell: Shown, differs: bool) -> str:
    return f"{OTHER} {cell.text}" if differs else cell.text


def _chosen(lines: tuple[Line, ...], *, hides_equal: bool) -> tuple[Line, ...]:
    """Leave out rows that are equal, and headings with nothing below them."""
    if not hides_equal:
        return lines
    kept = [line for line in lines if line.heading or line.always or not line.same]
    after = [*kept[1:], _heading("")]
    return tuple(
        line
        for line, below in zip(kept, after, strict=True)
        if not (line.heading and below.heading)
    )


def table_lines(table: Table) -> tuple[Line, ...]:
    """Return every row of a table under its heading; a worker may."""
    lines = [
        _own("Time", [Shown(time_text(side.created_at_utc)) for side in table.sides]),
        _own("Name", [Shown(shown(side.name, 60) or NOTHING) for side in table.sides]),
        _own("Verdict", [_verdict(side) for side in table.sides]),
    ]
    rings = RingNames(table.sides)
    for group, rows in groupby(table.rows, key=lambda row: row.fact.group):
        lines.append(_heading(HEADINGS[group]))
        lines += [_line(row, table, rings) for row in rows]
    return tuple(lines)


def _heading(name: str) -> Line:
    return Line(name, (), tuple)


def _verdict(side: Side) -> Shown:
    if side.damage:
        return Shown(f"{style.risk_sign('RED').glyph} Damaged", "RED")
    return Shown(verdict_text(side), side.verdict)


def _own(name: str, cells: list[Shown]) -> Line:
    differs = tuple(cell.text != cells[0].text for cell in cells)
    return Line(name, differs, partial(tuple, cells), always=True)


def _line(row: FactRow, table: Table, rings: RingNames) -> Line:
    known = [
        value
        for value, side in zip(row.values, table.sides, strict=True)
        if value is not ABSENT or not side.damage
    ]
    lost = tuple(
        value is ABSENT and bool(side.damage)
        for value, side in zip(row.values, table.sides, strict=True)
    )
    differs = tuple(
        not gone and not is_same([known[0]], [value])
        for value, gone in zip(row.values, lost, strict=True)
    )
    return Line(_label(row.fact, rings), differs, partial(_cells, row, lost))


def _cells(row: FactRow, lost: tuple[bool, ...]) -> tuple[Shown, ...]:
    return tuple(
        Shown(_LOST) if gone else _value(value, row.fact)
        for value, gone in zip(row.values, lost, strict=True)
    )


def _value(value: Any, fact: Fact) -> Shown:
    if fact.group is Group.CHECKS:
        return check_shown(None if value is ABSENT else value, fact.check_id or "")
    if fact.path == "decision.risk_level":
        return status_shown(value)
    return Shown(value_text(value, fact.field))


def _label(fact: Fact, rings: RingNames) -> str:
    if fact.group is Group.CHECKS:
        ring = "" if fact.ring_id is None else f"{rings.name(fact.ring_id)}: "
        return f"{ring}{check_label(fact.check_id or '')}"
    if fact.ring_id is not None:
        return f"{rings.name(fact.ring_id)}: {field_label(fact.field, of_ring=True)}"
    if fact.group in (Group.DESIGN, Group.SETUP):
        label = field_label(fact.field, of_ring=False)
    else:
        label = path_label(fact.path)
    return label[:1].upper() + label[1:]


def _head(side: Side) -> str:
    return f"{side.id[:12]}…{side.id[-4:]}"
