"""What if…: choose a field or two, a range and steps; see the verdict of each; take one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.services.sweeps import SweepCell
from luthier_desktop.ui import style
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, set_tool_tip
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.workbench.sweep_fields import Swept
from luthier_desktop.ui.workbench.sweep_range import RangeChoice
from luthier_desktop.ui.workbench.sweep_table import Axis, SweepModel, SweepTable

_SIZE = (760, 560)
_WIDEST = "▲ Yellow 100.0"
_INTRO = "Each value is judged as a preview; nothing is recorded and the design stays as it is."

_WAITING = (
    "Waiting for other long work to end, such as verifying the log; then {0:,} designs are judged."
)


class SweepDialog(QDialog):
    """Asks for fields and ranges, shows the answers as they come.

    ``asked(axes)`` begins a sweep, ``stopped()`` ends it, ``chosen(axes, at, name)`` takes the
    values of one cell.
    """

    asked = Signal(object)
    stopped = Signal()
    chosen = Signal(object, object, str)

    def __init__(self, fields: Sequence[Swept], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("sweepDialog")
        self.setWindowTitle(tr("What if…"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self._axes: tuple[Axis, ...] = ()
        self._total = 0
        self._found = 0
        self._ranges = (RangeChoice("&Field", fields), RangeChoice("&And", fields, optional=True))
        self._try = QPushButton(tr("&Try"), self)
        self._try.setObjectName("sweepTry")
        self._try.setDefault(True)
        self._said = PlainLabel(_INTRO, self)
        self._said.setObjectName("sweepSaid")
        self._said.setWordWrap(True)
        self._progress = QProgressBar(self)
        self._progress.setAccessibleName(tr("Progress of the sweep"))
        self._model = SweepModel(self)
        self._table = self._answers()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self._apply = self._buttons.addButton(tr("&Use this value"), _ROLE.ActionRole)
        self._arrange()
        self._connect()
        self._show_state(is_running=False)

    def begin(self, axes: tuple[Axis, ...]) -> None:
        """Show that a sweep over *axes* is asked for; it waits until what runs now has ended."""
        self._axes = axes
        self._total, self._found = 1, 0
        for axis in axes:
            self._total *= len(axis.values)
        self._model.begin(axes)
        self._progress.setRange(0, self._total)
        self._progress.setValue(0)
        self._said.setText(tr(_WAITING.format(self._total)))
        self._fit_columns()
        self._show_state(is_running=True)

    def show_begun(self) -> None:
        """Show that the wait is over."""
        self._said.setText(tr(f"Judging {self._total:,} designs…"))

    def add(self, cells: Sequence[SweepCell]) -> None:
        """Show further answers."""
        if not self._found:
            self._table.setCurrentIndex(self._model.index_now())
        self._model.add(cells)
        self._found += len(cells)
        self._progress.setValue(self._found)

    def end(self) -> None:
        """Show that the sweep has ended, with all answers or stopped."""
        if self._found < self._total:
            self._said.setText(tr(f"Stopped after {self._found:,} of {self._total:,} designs."))
        else:
            self._tell(self._table.currentIndex())
        self._show_state(is_running=False)
        self._table.setFocus()

    def refuse(self, sentence: str) -> None:
        """Say why no sweep was begun, or that it failed."""
        self._said.setText(tr(f"{style.risk_sign('RED').glyph}  {sentence}"))
        self._show_state(is_running=False)

    def _fit_columns(self) -> None:
        header, metrics = self._table.horizontalHeader(), self._table.fontMetrics()
        texts = (_WIDEST, *(self._model.heading(at) for at in range(self._model.columnCount())))
        width = max(metrics.horizontalAdvance(text) for text in texts) + GRID * 4
        for at in range(self._model.columnCount()):
            header.resizeSection(at, width)
        header.setStretchLastSection(len(self._axes) == 1)

    def _answers(self) -> SweepTable:
        table = SweepTable(self)
        table.setObjectName("sweepTable")
        table.setAccessibleName(tr("Verdict of each value"))
        table.setModel(self._model)
        table.setSelectionMode(SweepTable.SelectionMode.SingleSelection)
        table.setEditTriggers(SweepTable.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setHorizontalScrollMode(SweepTable.ScrollMode.ScrollPerPixel)
        return table

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 4, GRID * 4, GRID * 4, GRID * 3)
        column.setSpacing(GRID * 2)
        for one in self._ranges:
            column.addWidget(one)
        self._stop = QPushButton(tr("&Stop"), self)
        self._stop.setObjectName("sweepStop")
        for button in (self._stop, self._apply, *self._buttons.buttons()):
            if isinstance(button, QPushButton):
                button.setAutoDefault(False)
        self._apply.setObjectName("sweepApply")
        set_tool_tip(self._apply, "Put the chosen value into the design as one step (Enter).")
        self._ranges[0].add_button(self._try)
        self._ranges[1].add_button(self._stop)
        column.addWidget(self._said)
        column.addWidget(self._progress)
        column.addWidget(self._table, 1)
        column.addWidget(self._buttons)

    def _connect(self) -> None:
        self._try.clicked.connect(self._ask)
        self._stop.clicked.connect(self.stopped)
        self._apply.clicked.connect(self._take_current)
        self._buttons.rejected.connect(self.reject)
        self._table.activated.connect(self._take)
        self._table.selectionModel().currentChanged.connect(self._tell)

    def _ask(self) -> None:
        try:
            axes = tuple(axis for one in self._ranges if (axis := one.axis()) is not None)
        except InputRefused as refused:
            self.refuse(refused.sentence)
            return
        self.asked.emit(axes)

    def _take_current(self) -> None:
        self._take(self._table.currentIndex())

    def _take(self, index: QModelIndex) -> None:
        cell = self._model.cell(index)
        if cell is not None and cell.risk_bucket is not None:
            self.chosen.emit(self._axes, cell.at, self._model.step_name(index))
            self.accept()

    def _tell(self, index: QModelIndex) -> None:
        told = self._model.told(index)
        if told:
            self._said.setText(tr(told))

    def _show_state(self, *, is_running: bool) -> None:
        self._try.setEnabled(not is_running)
        self._stop.setEnabled(is_running)
        self._progress.setVisible(is_running)
        self._apply.setEnabled(self._model.rowCount() > 0)

    # Qt overrides

    def done(self, result: int) -> None:
        self.stopped.emit()
        super().done(result)


_ROLE = QDialogButtonBox.ButtonRole
