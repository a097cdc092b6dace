"""The window that sets up to six runs or snapshots beside each other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.domain.display import in_full, shown
from luthier_desktop.services.comparing import Table
from luthier_desktop.ui import units
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel
from luthier_desktop.ui.run_compare.actions import COPY, GO
from luthier_desktop.ui.run_compare.table_model import OTHER, Line, TableModel
from luthier_desktop.ui.run_compare.written import escaped
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.widgets.notices import Toast
from luthier_desktop.ui.widgets.window_menu import Errand, WindowActions

_SIZE = (1280, 660)
_NAME_WIDTH, _WIDTH = GRID * 84, GRID * 40
_ROW_HEIGHT = GRID * 6
_ERRANDS = (
    Errand("next_change", "&Next difference", ("]", "F4"), GO,
           "Go to the next row in which something differs."),
    Errand("previous_change", "&Previous difference", ("[", "Shift+F4"), GO,
           "Go to the row before in which something differs."),
    Errand("copy_text", "&Copy as text", ("Ctrl+C",), COPY,
           "Copy the table with tabs between its columns."),
    Errand("copy_markdown", "Copy as &Markdown", ("Ctrl+Shift+C",), COPY,
           "Copy the table as Markdown."),
    Errand("close_compare", "C&lose", ("Ctrl+W",), COPY, "Close this window; Esc does too."),
)  # fmt: skip


class TableWindow(QDialog):
    """Rows are fields, columns are runs; nothing waits for it to be closed."""

    def __init__(self, found: Table, lines: tuple[Line, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("compareTableWindow")
        self.setWindowTitle(tr("Compare in a table"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self._toast = Toast(self)  # that of the main window lies behind this one
        self._toast.setObjectName("compareToast")
        self.model = TableModel(found, lines, self)
        self.table = self._build_table()
        self.hiding = QCheckBox(tr("&Hide rows that are equal"), self)
        self.hiding.setObjectName("hideEqual")
        self.hiding.setChecked(True)
        self.hiding.toggled.connect(self._hide_equal)
        self._actions = WindowActions(
            self,
            {
                "next_change": self._next,
                "previous_change": self._previous,
                "copy_text": self.copy_text,
                "copy_markdown": self.copy_markdown,
                "close_compare": self.close,
            },
            _ERRANDS,
        )
        self._lay_out(_said(found))
        units.display().changed.connect(self._write_anew)
        self._span()
        self.table.setCurrentIndex(self.model.index(0, 0))
        self.table.setFocus()

    def copy_text(self) -> None:
        """Put what is shown on the clipboard, with tabs."""
        lines = ("\t".join(map(in_full, row)) for row in self.model.grid())
        self._copy("\n".join(lines), "as text")

    def copy_markdown(self) -> None:
        """Put what is shown on the clipboard as one table of Markdown."""
        heads, *rows = self.model.grid()
        lines = [heads, ["---"] * len(heads)]
        lines += [[*row, *[""] * (len(heads) - len(row))] for row in rows]
        told = (row if row[0] == "---" else list(map(escaped, row)) for row in lines)
        self._copy("\n".join(f"| {' | '.join(row)} |" for row in told), "as Markdown")

    def go(self, step: int) -> None:
        """Go to the next row in which something differs, or to the one before."""
        at = self.table.currentIndex().row() + step
        while (line := self.model.line(at)) is not None and line.same:
            at += step
        if line is None:
            self._toast.say("No further difference.")
            return
        index = self.model.index(at, max(0, self.table.currentIndex().column()))
        self.table.setCurrentIndex(index)

    def _build_table(self) -> QTableView:
        table = QTableView(self)
        table.setObjectName("compareGrid")
        table.setAccessibleName(tr("Fields of the runs beside each other"))
        table.setModel(self.model)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        heads = table.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setMinimumSectionSize(GRID * 12)
        room = _SIZE[0] - _NAME_WIDTH - GRID * 12
        width = max(_WIDTH, room // (self.model.columnCount() - 1))
        for column in range(self.model.columnCount()):
            table.setColumnWidth(column, width if column else _NAME_WIDTH)
        return table

    def _lay_out(self, said: str) -> None:
        label = PlainLabel(said, self)
        label.setObjectName("compareTableSaid")
        label.setWordWrap(True)
        top = QHBoxLayout()
        top.addWidget(label, 1)
        top.addWidget(self.hiding)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 3, 0, GRID * 3, GRID * 3)
        column.setSpacing(GRID * 2)
        column.setMenuBar(self._actions.bar)
        column.addLayout(top)
        column.addWidget(self.table, 1)

    def _span(self) -> None:
        self.table.clearSpans()
        for at in self.model.headings():
            self.table.setSpan(at, 0, 1, self.model.columnCount())

    def _hide_equal(self, hidden: bool) -> None:
        self.model.hide_equal(hidden)
        self._span()

    def _write_anew(self) -> None:
        self.model.write_anew()
        self._span()

    def _copy(self, text: str, how: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._toast.say(f"Copied the table {how}.")

    def _next(self) -> None:
        self.go(1)

    def _previous(self) -> None:
        self.go(-1)


def _said(found: Table) -> str:
    damaged = [shown(side.damage, 300) for side in found.sides if side.damage]
    lead = (
        f"{len(found.sides)} beside each other. {OTHER} marks what is another than in the first."
    )
    return " ".join([lead, *damaged])
