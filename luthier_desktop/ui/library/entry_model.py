"""The entries of one page as rows of a table, searched and sorted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from luthier_desktop.ui import style
from luthier_desktop.ui.language import in_language, tr
from luthier_desktop.ui.library.entry import Entry, bare_at
from luthier_desktop.ui.library.pages import Page
from luthier_desktop.ui.library.spec import Spec
from luthier_desktop.ui.messages import shown, tool_tip

AnyIndex = QModelIndex | QPersistentModelIndex
NAME, ORIGIN, FIRST = 0, 1, 2
_NOWHERE = QModelIndex()
_TEXT = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NUMBERS = ("length", "feed", "number", "count")


class EntryModel(QAbstractTableModel):
    """One row an entry that holds every word of the search; *write* writes a field's value."""

    def __init__(self, page: Page, write: Callable[[Spec, Any], str], parent: QObject) -> None:
        super().__init__(parent)
        self._write = write
        by_path = {spec.path: spec for group in page.groups for spec in group.specs}
        self._specs = [by_path[path] for path, _ in page.columns]
        self._heads = ("Name", "Origin", *(heading for _, heading in page.columns))
        self._entries: list[Entry] = []
        self._rows: list[Entry] = []
        self._waiting: Mapping[str, int] = {}
        self._words: list[str] = []
        self._sorted = (NAME, Qt.SortOrder.AscendingOrder)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these entries, as they are searched and sorted."""
        self._entries = list(entries)
        self._arrange()

    def show_waiting(self, waiting: Mapping[str, int]) -> None:
        """Mark the entries with changes that are not yet saved."""
        self._waiting = waiting
        self.write_anew()

    def search(self, text: str) -> None:
        """Show only the entries that hold every word of *text*."""
        self._words = text.casefold().split()
        self._arrange()

    def write_anew(self) -> None:
        """Write every cell again, such as in another unit."""
        if self._rows:
            last = self.index(len(self._rows) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def at(self, row: int) -> Entry | None:
        """Return the entry of a row; None beyond the last."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, entry_id: str) -> int:
        """Return the row of an entry; -1 when it is not shown."""
        ids = (row for row, entry in enumerate(self._rows) if entry.entry_id == entry_id)
        return next(ids, -1)

    def _arrange(self) -> None:
        self.beginResetModel()
        column, order = self._sorted
        rows = [entry for entry in self._entries if self._fits(entry)]
        rows.sort(key=self._key(column), reverse=order is Qt.SortOrder.DescendingOrder)
        self._rows = rows
        self.endResetModel()

    def _fits(self, entry: Entry) -> bool:
        if not self._words:
            return True
        cells = (self._cell(entry, column) for column in range(self.columnCount()))
        text = f"{entry.entry_id} {' '.join(cells)}".casefold()
        return all(word in text for word in self._words)

    def _key(self, column: int) -> Callable[[Entry], Any]:
        if column >= FIRST and self._specs[column - FIRST].kind in _NUMBERS:
            path = self._specs[column - FIRST].path
            return lambda entry: (bare_at(entry.plain, path) or 0.0, entry.name.casefold())
        return lambda entry: (self._cell(entry, column).casefold(), entry.name.casefold())

    def _cell(self, entry: Entry, column: int) -> str:
        if column == NAME:
            return shown(entry.name)
        if column == ORIGIN:
            return _origin(entry)
        spec = self._specs[column - FIRST]
        text = self._write(spec, bare_at(entry.plain, spec.path))
        return shown(tr(text)) if text else ""

    # Qt overrides

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else FIRST + len(self._specs)

    @in_language
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return None

    @in_language
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.at(index.row())
        if entry is None:
            return None
        column = index.column()
        if role in _TEXT:
            return self._marked(entry, column)
        if role == Qt.ItemDataRole.ToolTipRole and column == NAME:
            return tool_tip(f"{shown(entry.name, 300)}. {entry.damage}".rstrip())
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(self._cell(entry, column))
        if role == Qt.ItemDataRole.ForegroundRole and entry.damage:
            return QColor(style.risk_sign("RED").colour)
        if role == Qt.ItemDataRole.TextAlignmentRole and column >= FIRST:
            is_number = self._specs[column - FIRST].kind in _NUMBERS
            return (_RIGHT if is_number else _LEFT).value
        if role == Qt.ItemDataRole.FontRole and column == NAME and entry.in_use:
            return style.sized(bold=True)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted = (column, order)
        self._arrange()

    def _marked(self, entry: Entry, column: int) -> str:
        text = self._cell(entry, column)
        if column == NAME and (count := self._waiting.get(entry.entry_id)):
            return f"✎ {text} ({count} not saved)"
        return text


def _origin(entry: Entry) -> str:
    words = ["Shipped" if entry.origin == "shipped" else "Own"]
    if entry.damage:
        words.append("damaged")
    if entry.locked and entry.origin == "own":
        words.append("locked")
    if entry.in_use:
        words.append("in use")
    return ", ".join(words)
