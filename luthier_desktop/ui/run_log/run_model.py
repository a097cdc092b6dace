"""The rows of the run log: numbers in order, entries fetched a page at a time as they are seen."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication

from luthier_desktop.domain.run import RunEntry
from luthier_desktop.ui.language import in_language
from luthier_desktop.ui.messages import tool_tip
from luthier_desktop.ui.run_log.columns import (
    COLUMNS,
    NAMES,
    VERDICT,
    spoken,
    spoken_more,
    status_tip,
)
from luthier_desktop.ui.run_log.run_marks import RunMarks
from luthier_desktop.ui.run_log.run_order import NOTHING_LISTED, RunOrder
from luthier_desktop.ui.run_log.run_pages import RunPages
from luthier_desktop.ui.style import number_font, risk_sign

MARK = "● "
_LOADING = "…"
_NO_PARENT = QModelIndex()
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class RunModel(QAbstractTableModel):
    """A table over the numbers of runs; ``wanted`` asks for the entries of those looked at.

    A million runs cost 8 MB: only pages that are seen are fetched, and the last few thousand
    entries are kept.
    """

    wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._order = NOTHING_LISTED
        self._pages = RunPages()
        self._marks = RunMarks()
        self._mark_column = 0
        self._fonts: tuple[QFont, QFont] | None = None

    @property
    def order(self) -> RunOrder:
        """Which runs are listed, in their order."""
        return self._order

    @property
    def marks(self) -> RunMarks:
        """The marked runs; only the model changes them."""
        return self._marks

    def show_order(self, order: RunOrder) -> None:
        """List exactly these runs; when only new ones came to their end, they are inserted."""
        added = order.added_to(self._order)
        if added is None or not self._order:
            self.beginResetModel()
            self._order = order
            self._pages.give_up()
            self.endResetModel()
        elif added:
            first = 0 if order.falls else len(self._order)
            self.beginInsertRows(_NO_PARENT, first, first + added - 1)
            self._order = order
            self.endInsertRows()

    def put_entries(self, entries: Iterable[RunEntry]) -> None:
        """Take entries that were asked for."""
        found = map(self._order.row_of, self._pages.put(entries))
        rows = [row for row in found if row is not None]
        if rows:
            self._changed(min(rows), max(rows))

    def give_up(self, seqs: Iterable[int]) -> None:
        """Let entries be asked for again, after a failure."""
        self._pages.give_up(seqs)

    def entry_at(self, row: int) -> RunEntry | None:
        """Return the entry of a row; what is not there yet is asked for."""
        seq = self._order.seq_at(row)
        if seq is None:
            return None
        entry = self._pages.get(seq)
        if entry is None and (missing := self._pages.missing(self._order.seqs, row)):
            self.wanted.emit(missing)
            entry = self._pages.get(seq)
        return entry

    def id_at(self, row: int) -> str | None:
        """Return the run id of a row, as far as it was fetched."""
        entry = self.entry_at(row)
        return None if entry is None else entry.run_id

    def forget(self, run_id: str) -> None:
        """Fetch the entry of a run anew when it is seen next: it has changed."""
        self._pages.forget(run_id)

    def note_damaged(self, seq: int) -> None:
        """Show a run as damaged: reading it has just shown that it is."""
        self._pages.note_damaged(seq)
        row = self._order.row_of(seq)
        if row is not None:
            self._changed(row, row)

    # Marks

    def toggle_mark(self, row: int) -> None:
        """Set or take away the mark of a row."""
        seq = self._order.seq_at(row)
        if seq is not None:
            self._marks.toggle(seq)
            self._changed(row, row)

    def mark_all(self) -> None:
        """Mark every run that is listed."""
        self._marks.add_all(self._order)
        self._changed(0, len(self._order) - 1)

    def clear_marks(self) -> None:
        """Take the mark of every run away, also of those that are not listed."""
        self._marks.clear()
        self._changed(0, len(self._order) - 1)

    def marked(self) -> array[int]:
        """Return the numbers of the marked runs as they are listed, then those left out."""
        return self._marks.in_order(self._order)

    def show_marks_in(self, column: int) -> None:
        """Show marks in *column*, the first that is seen."""
        self._mark_column = column

    def _changed(self, first: int, last: int) -> None:
        if self._order:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))

    # Qt overrides

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    @in_language
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Role.DisplayRole:
            return COLUMNS[section].title
        if role == Role.TextAlignmentRole:
            return _LEFT
        if role == Role.ToolTipRole and COLUMNS[section].sort:
            return tool_tip(f"Sort by {COLUMNS[section].title.lower()}; again turns it round.")
        return None

    @in_language
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if role not in _ANSWERS or not index.isValid():
            return None
        column = index.column()
        if role == _FONT:
            return self._number_font() if column in _NUMBERS else None
        if role == _COLOUR and column != VERDICT:
            return None
        entry = self.entry_at(index.row())
        if entry is None:
            is_first = role == _TEXT and column == self._mark_column
            return _LOADING if is_first else None
        return self._answer(entry, column, role)

    def _answer(self, entry: RunEntry, column: int, role: int) -> Any:
        if role == _COLOUR:
            status = "RED" if entry.damaged else "NA" if entry.purged else entry.risk_level
            return QColor(risk_sign(status).colour)
        if role == Role.AccessibleTextRole:
            return spoken(entry, is_marked=self._marks.has(entry.seq))
        if role == Role.AccessibleDescriptionRole:
            return spoken_more(entry)
        if role == Role.ToolTipRole and column == _STATUS:
            return tool_tip(status_tip(entry))
        text = self._pages.text(entry, column)
        if column == self._mark_column and self._marks.has(entry.seq):
            text = f"{MARK}{text}"
        return tool_tip(text) if role == Role.ToolTipRole else text

    def _number_font(self) -> QFont:
        """Return the font of numbers; a new one only after the application's has changed."""
        wanted = QApplication.font()
        if self._fonts is None or self._fonts[0] != wanted:
            self._fonts = (wanted, number_font())
        return self._fonts[1]


# Plain numbers: each cell that is painted asks for seven roles, most of them in vain.
_TEXT, _FONT, _COLOUR = int(Role.DisplayRole), int(Role.FontRole), int(Role.ForegroundRole)
_STATUS = NAMES.index("status")
_NUMBERS = frozenset(at for at, column in enumerate(COLUMNS) if column.is_number)
_ANSWERS = frozenset(
    map(
        int,
        (
            Role.DisplayRole,
            Role.FontRole,
            Role.ForegroundRole,
            Role.ToolTipRole,
            Role.AccessibleTextRole,
            Role.AccessibleDescriptionRole,
        ),
    )
)
