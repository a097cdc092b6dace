"""A run judged again from its own inputs: the same report, or what differs and why."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.domain import display
from luthier_desktop.domain.compare import Change
from luthier_desktop.services.reproduction import Reproduced
from luthier_desktop.ui.language import in_language, tr
from luthier_desktop.ui.messages import PlainLabel, shown, tool_tip
from luthier_desktop.ui.style import GRID, risk_sign, sized

AnyIndex = QModelIndex | QPersistentModelIndex
HEADINGS = ("Place in the record", "Recorded", "Now")
MOST_CHANGES = 2000
_NOWHERE = QModelIndex()
_ROW = QSize(0, GRID * 5)
_WIDTHS = (GRID * 58, GRID * 26)
_LONGEST = 200
_UNTRIED = "Not reproduced yet: R judges this run again from its recorded inputs."
_IS_JUDGING = "Judging this run again…"
_KINDS = {
    "rules": "Rules",
    "inputs": "Inputs",
    "program": "Program",
    "record": "Record",
    "computing": "Computing",
    "catalogue": "Catalogue",
}


class ChangeModel(QAbstractTableModel):
    """One row a place that differs."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, str, str]] = []

    def show(self, changes: Sequence[Change]) -> None:
        """Show other changes."""
        self.beginResetModel()
        self._rows = [_row(change) for change in changes[:MOST_CHANGES]]
        self.endResetModel()

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
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(row[index.column()])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row[0]}: recorded {row[1]}, now {row[2]}"
        return _ROW if role == Qt.ItemDataRole.SizeHintRole else None


def _row(change: Change) -> tuple[str, str, str]:
    told = change.plain()
    absent = told.get("absent")
    return (
        shown(change.path, _LONGEST),
        "nothing" if absent == "a" else _side(told["a"]),
        "nothing" if absent == "b" else _side(told["b"]),
    )


def _side(value: Any) -> str:
    if isinstance(value, dict | list):
        count = len(value)
        return f"{count} {'entry' if count == 1 else 'entries'}"
    return shown(value if isinstance(value, str) else json.dumps(value), _LONGEST)


class RunAgain(QWidget):
    """Shows what came of reproducing a run; ``reproduceWanted`` asks for it."""

    reproduceWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runReproduction")
        self._said = PlainLabel("", self)
        self._said.setObjectName("reproductionResult")
        self._said.setFont(sized(1.0, bold=True))
        self._said.setWordWrap(True)
        self._causes = QPlainTextEdit(self)
        self._causes.setObjectName("reproductionCauses")
        self._causes.setAccessibleName(tr("Why it differs"))
        self._causes.setReadOnly(True)
        self._causes.setTabChangesFocus(True)
        self._causes.setMinimumHeight(GRID * 8)
        self._causes.setMaximumHeight(self.fontMetrics().lineSpacing() * 7)
        self._model = ChangeModel(self)
        self._table = _table_of(self._model, self)
        self.reproduce = QPushButton(tr("Reproduce"), self)
        self.reproduce.setObjectName("reproduceButton")
        self.reproduce.setToolTip(tr("Judge this run again from its recorded inputs (R)"))
        self.reproduce.clicked.connect(self.reproduceWanted)
        self._lay_out()
        self.setFocusProxy(self.reproduce)

    def show_untried(self, *, is_possible: bool, note: str = "") -> None:
        """Say that the run was not judged again yet, or why it cannot be."""
        self.reproduce.setEnabled(is_possible)
        self._show(_UNTRIED if is_possible else note, (), ())

    def show_judging(self) -> None:
        """Say that the run is being judged."""
        self._said.setText(tr(_IS_JUDGING))

    def show_refused(self, sentence: str) -> None:
        """Say why it could not be judged again."""
        self._show(display.shown(sentence, 1000), (), ())

    def show_reproduced(self, found: Reproduced) -> None:
        """Show the answer."""
        sign = risk_sign("GREEN" if found.same else "RED")
        more = len(found.changes) - MOST_CHANGES
        rest = f" The first {MOST_CHANGES:,} are listed." if more > 0 else ""
        hashes = (
            f"Report as recorded: sha256 {found.recorded_sha256}",
            f"Report judged now: sha256 {found.recomputed_sha256}",
        )
        lines = [
            f"{_KINDS[one.kind]}: {display.shown(one.sentence, 1000)}" for one in found.causes
        ]
        self._show(f"{sign.glyph} {found.sentence}{rest}", [*lines, *hashes], found.changes)

    def _show(self, said: str, lines: Sequence[str], changes: Sequence[Change]) -> None:
        self._said.setText(tr(said))
        self._causes.setPlainText(tr("\n".join(lines)))
        self._causes.setVisible(bool(lines))
        self._model.show(changes)
        self._table.setVisible(bool(changes))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self._said, 1)
        head.addWidget(self.reproduce, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(head)
        column.addWidget(self._causes, 1)
        column.addWidget(self._table, 2)
        column.addStretch(0)


class _Table(QTreeView):
    """The changes; letters belong to commands."""

    # Qt overrides

    def keyboardSearch(self, search: str) -> None:
        """Do nothing."""


def _table_of(model: ChangeModel, parent: QWidget) -> _Table:
    view = _Table(parent)
    view.setObjectName("reproductionChanges")
    view.setAccessibleName(tr("Places that differ"))
    view.setModel(model)
    view.setRootIsDecorated(False)
    view.setUniformRowHeights(True)
    view.setAlternatingRowColors(True)
    view.setAllColumnsShowFocus(True)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    view.setMinimumHeight(GRID * 12)
    for column, width in enumerate(_WIDTHS):
        view.setColumnWidth(column, width)
    return view
