"""The columns of the run log in a list: shown or not, moved up and down, all by keyboard too."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel
from luthier_desktop.ui.run_log.column_layout import ColumnLayout
from luthier_desktop.ui.run_log.columns import COLUMNS, NAMES
from luthier_desktop.ui.style import GRID

_SAID = "Space shows or hides a column. What stands above stands further to the left."
_NAME = Qt.ItemDataRole.UserRole


class ColumnDialog(QDialog):
    """Changes the table at once; there is nothing to confirm."""

    def __init__(self, columns: ColumnLayout, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("columnDialog")
        self.setWindowTitle(tr("Columns of the run log"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._columns = columns
        self.list = QListWidget(self)
        self.list.setObjectName("columnList")
        self.list.setAccessibleName(tr("Columns from left to right"))
        self._up = QPushButton(tr("Move &up"), self)
        self._down = QPushButton(tr("Move &down"), self)
        self._reset = QPushButton(tr("&Reset"), self)
        self._set_up_buttons()
        self._lay_out()
        self._fill()
        self.list.setCurrentRow(0)
        self.list.itemChanged.connect(self._switch)
        self._up.clicked.connect(self._move_up)
        self._down.clicked.connect(self._move_down)
        self._reset.clicked.connect(self._put_back)

    def _set_up_buttons(self) -> None:
        named = (
            (self._up, "Alt+Up", "columnUp"),
            (self._down, "Alt+Down", "columnDown"),
            (self._reset, "", "columnReset"),
        )
        for button, keys, name in named:
            button.setObjectName(name)
            button.setAutoDefault(False)
            if keys:
                button.setShortcut(keys)

    def _lay_out(self) -> None:
        buttons = QVBoxLayout()
        for button in (self._up, self._down, self._reset):
            buttons.addWidget(button)
        buttons.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self.list, 1)
        row.addLayout(buttons)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(GRID * 2)
        said = PlainLabel(_SAID, self)
        said.setWordWrap(True)
        column.addWidget(said)
        column.addLayout(row, 1)
        column.addWidget(box)
        self.resize(GRID * 90, GRID * 100)

    def _fill(self) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for name in self._columns.order():
            item = QListWidgetItem(tr(COLUMNS[NAMES.index(name)].title), self.list)
            item.setData(_NAME, name)
            is_shown = self._columns.is_shown(name)
            item.setCheckState(Qt.CheckState.Checked if is_shown else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)

    def _switch(self, item: QListWidgetItem) -> None:
        name = str(item.data(_NAME))
        self._columns.show_column(name, item.checkState() == Qt.CheckState.Checked)
        if self._columns.is_shown(name) != (item.checkState() == Qt.CheckState.Checked):
            self._refill(self.list.row(item))  # the last column stays

    def _move_up(self) -> None:
        self._move(-1)

    def _move_down(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        if 0 <= row + step < self.list.count():
            self._columns.move(str(self.list.item(row).data(_NAME)), step)
            self._refill(row + step)

    def _put_back(self) -> None:
        self._columns.reset()
        self._refill(0)

    def _refill(self, row: int) -> None:
        self._fill()
        self.list.setCurrentRow(row)
