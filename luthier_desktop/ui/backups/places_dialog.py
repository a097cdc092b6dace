"""From which full backup a new data folder is made, and where: asked before it begins."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.ui.backups.parts import made_label
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, title_text
from luthier_desktop.ui.style import GRID

_WIDTH = GRID * 160
_SAID = (
    "The present data is not touched: the backup is verified, and a new data folder is made of it "
    "beside what there is. The program goes on with the present data until it is opened with "
    "--data-dir and the new folder. To move to another PC, do this there."
)
_FROM, _INTO = "The full backup", "The new or empty folder"


class PlacesDialog(QDialog):
    """``given`` carries both folders."""

    given = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("restoreFullDialog")
        self.setWindowTitle(tr("Restore a full backup into an empty place"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GRID * 2)
        self._grid.setVerticalSpacing(GRID * 2)
        self.source = self._add("restoreFrom", "&From", _FROM)
        self.target = self._add("restoreInto", "&Into", _INTO)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._send = buttons.addButton(tr("&Restore"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._send.setObjectName("restoreFullSend")
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 4, GRID * 4, GRID * 4, GRID * 3)
        column.setSpacing(GRID * 3)
        column.addWidget(made_label("restoreFullSaid", _SAID, self))
        column.addLayout(self._grid)
        column.addWidget(buttons)
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        self._judge()
        self.source.setFocus()

    def _add(self, name: str, text: str, spoken: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName(name)
        field.setAccessibleName(tr(spoken))
        field.setPlaceholderText(tr(spoken))
        field.textChanged.connect(self._judge)
        label = PlainLabel(text, self)
        label.setBuddy(field)
        browse = QPushButton(tr("Browse…"), self)
        browse.setObjectName(f"{name}Browse")
        browse.setAccessibleName(tr(f"Browse: {spoken}"))
        browse.setAutoDefault(False)
        browse.clicked.connect(partial(self._browse, field, spoken))
        row = self._grid.rowCount()
        for column, widget in enumerate((label, field, browse)):
            self._grid.addWidget(widget, row, column)
        return field

    def _browse(self, field: QLineEdit, spoken: str, _: bool = False) -> None:
        dialog = QFileDialog(self, title_text(tr(spoken)))
        dialog.setObjectName(f"{field.objectName()}Dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(field.setText)
        dialog.open()

    def _judge(self, _: str = "") -> None:
        places = (self.source.text().strip(), self.target.text().strip())
        self._send.setEnabled(all(places))

    def _give(self) -> None:
        self.given.emit(self.source.text().strip(), self.target.text().strip())
        self.accept()
