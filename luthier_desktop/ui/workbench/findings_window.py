"""The findings of a verification: each with its place, its meaning and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.domain.verification import LogFinding
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.workbench.findings_model import FindingsModel, run_id_of

_SIZE = (1040, 480)
_WIDTHS = (GRID * 24, GRID * 34, GRID * 100)
_ROW_HEIGHT = GRID * 6
_ADVICE_LINES = GRID * 20
_NOTE = "Enter goes to the run. Nothing was changed by verifying."


class FindingsWindow(QDialog):
    """A list to walk through beside the log; nothing waits for it to be closed.

    ``runRequested`` carries the id of a run that the user wants to see, ``restoreRequested``
    asks to bring back what is damaged from a copy.
    """

    runRequested = Signal(str)
    restoreRequested = Signal()

    def __init__(self, sentence: str, findings: Sequence[LogFinding], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("findings")
        self.setWindowTitle(tr("What verify found"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self._model = FindingsModel(findings, self)
        said = PlainLabel(sentence, self)
        said.setObjectName("findingsSentence")
        said.setWordWrap(True)
        self.table = self._build_table()
        self._advice = PlainLabel("", self)
        self._advice.setObjectName("findingAdvice")
        self._advice.setWordWrap(True)
        self._advice.setMinimumHeight(_ADVICE_LINES)
        self._advice.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._advice.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 4, GRID * 4, GRID * 4, GRID * 3)
        column.setSpacing(GRID * 3)
        column.addWidget(said)
        column.addWidget(self.table, 1)
        column.addWidget(self._advice)
        column.addWidget(PlainLabel(_NOTE, self))
        column.addWidget(self._build_buttons())
        self.table.selectionModel().currentRowChanged.connect(self._show_advice)
        self.table.activated.connect(self._go)
        self.table.setCurrentIndex(self._model.index(0, 0))
        self.table.setFocus()

    def copy(self) -> None:
        """Put all findings on the clipboard as text."""
        QGuiApplication.clipboard().setText(self._model.text())

    def go_to_run(self) -> None:
        """Show the run that the current finding is about."""
        self._go(self.table.currentIndex())

    def _build_table(self) -> QTableView:
        table = QTableView(self)
        table.setObjectName("findingsTable")
        table.setAccessibleName(tr("Findings"))
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
        self._to_run = buttons.addButton(tr("Go to the &run"), action)
        restore = buttons.addButton(tr("R&estore from a copy…"), action)
        copy = buttons.addButton(tr("&Copy all"), action)
        for button, name, slot in (
            (self._to_run, "goToRun", self.go_to_run),
            (restore, "restoreFromCopy", self.restoreRequested.emit),
            (copy, "copyFindings", self.copy),
        ):
            button.setObjectName(name)
            button.setAutoDefault(False)
            button.clicked.connect(slot)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        return buttons

    def _show_advice(self, current: QModelIndex) -> None:
        finding = self._model.at(current.row())
        self._advice.setText(tr(f"{finding.message}\n{finding.advice}" if finding else ""))
        self._to_run.setEnabled(finding is not None and bool(run_id_of(finding)))

    def _go(self, index: QModelIndex) -> None:
        finding = self._model.at(index.row())
        run_id = run_id_of(finding) if finding else ""
        if run_id:
            self.runRequested.emit(run_id)
