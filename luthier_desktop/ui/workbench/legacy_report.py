"""The report of an import from the web ToolBox: counts, and every fault that was found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, shown
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.workbench.legacy_model import LegacyModel, LegacyRow

_SIZE = (1040, 560)
_WIDTHS = (GRID * 18, GRID * 58, GRID * 110)
_ROW_HEIGHT = GRID * 6
_SAID_HEIGHT = GRID * 24
_NOTE = "Enter goes to the run. The folder was read only; nothing in it was changed."
_LONGEST = 500


class LegacyReport(QDialog):
    """A list to walk through beside the log; nothing waits for it to be closed.

    ``runRequested`` carries the id of a run that the user wants to see.
    """

    runRequested = Signal(str)

    def __init__(self, sentence: str, rows: Sequence[LegacyRow], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("legacyReport")
        self.setWindowTitle(tr("Imported from the web ToolBox"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self._sentence = sentence
        self._model = LegacyModel(rows, self)
        said = PlainLabel(sentence, self)
        said.setObjectName("legacySentence")
        said.setWordWrap(True)
        self.table = self._build_table()
        self._said = QPlainTextEdit(self)
        self._said.setObjectName("legacySaid")
        self._said.setAccessibleName(tr("What is to be said of the chosen record"))
        self._said.setReadOnly(True)
        self._said.setTabChangesFocus(True)
        self._said.setFixedHeight(_SAID_HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 4, GRID * 4, GRID * 4, GRID * 3)
        column.setSpacing(GRID * 3)
        column.addWidget(said)
        column.addWidget(self.table, 1)
        column.addWidget(self._said)
        column.addWidget(PlainLabel(_NOTE, self))
        column.addWidget(self._build_buttons())
        self.table.selectionModel().currentRowChanged.connect(self._show)
        self.table.activated.connect(self._go)
        self.table.setCurrentIndex(self._model.index(0, 0))
        self.table.setFocus()

    def copy(self) -> None:
        """Put the whole report on the clipboard as text."""
        QGuiApplication.clipboard().setText(f"{self._sentence}\n\n{self._model.text()}".strip())

    def go_to_run(self) -> None:
        """Show the run that stands for the current record."""
        self._go(self.table.currentIndex())

    def _build_table(self) -> QTableView:
        table = QTableView(self)
        table.setObjectName("legacyTable")
        table.setAccessibleName(tr("What is to be said of single records"))
        table.setModel(self._model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        heads = table.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setStretchLastSection(True)
        for column, width in enumerate(_WIDTHS):
            table.setColumnWidth(column, width)
        return table

    def _build_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        action = QDialogButtonBox.ButtonRole.ActionRole
        self._to_run: QPushButton = buttons.addButton(tr("Go to the &run"), action)
        self._to_run.setEnabled(False)
        copy = buttons.addButton(tr("&Copy all"), action)
        for button, name, slot in (
            (self._to_run, "goToLegacyRun", self.go_to_run),
            (copy, "copyLegacyReport", self.copy),
        ):
            button.setObjectName(name)
            button.setAutoDefault(False)
            button.clicked.connect(slot)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        return buttons

    def _show(self, current: QModelIndex) -> None:
        row = self._model.at(current.row())
        said = row.said if row is not None else ()
        self._said.setPlainText(tr("\n".join(shown(one, _LONGEST) for one in said)))
        self._to_run.setEnabled(row is not None and bool(row.run_id))

    def _go(self, index: QModelIndex) -> None:
        row = self._model.at(index.row())
        if row is not None and row.run_id:
            self.runRequested.emit(row.run_id)
