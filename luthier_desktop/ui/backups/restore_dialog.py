"""What restoring a backup would change, shown before one button does it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from luthier_desktop.ui import style
from luthier_desktop.ui.backups.difference_model import DifferenceModel
from luthier_desktop.ui.backups.parts import made_label, made_table
from luthier_desktop.ui.backups.words import Row, counted
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.widgets.notices import ErrorLine

_SIZE = (960, 520)
_WIDTHS = (GRID * 110, GRID * 56, GRID * 56)
_SAID = (
    "All of it is changed in one step, or nothing. The settings as they are now are kept in a "
    "backup first, and Undo puts them back."
)


class RestoreDialog(QDialog):
    """``wanted()`` asks to switch; the dialog stays until it is told the end."""

    wanted = Signal()

    def __init__(self, name: str, rows: tuple[Row, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("restoreBackupDialog")
        self.setWindowTitle(tr("Restore the settings"))
        self.resize(*_SIZE)
        head = made_label(
            "restoreHead", f"Restoring {name} changes {counted(len(rows), 'place')}", self
        )
        head.setFont(style.sized(1.1, bold=True))
        self.model = DifferenceModel(rows, self)
        names = ("differenceTable", "What restoring changes")
        self.table = made_table(self.model, names, _WIDTHS, self)
        self.error = ErrorLine(self)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._send = buttons.addButton(tr("&Restore"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._send.setObjectName("restoreSend")
        self._send.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 4, GRID * 4, GRID * 4, GRID * 3)
        column.setSpacing(GRID * 3)
        for widget in (head, made_label("restoreSaid", _SAID, self)):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(self.error)
        column.addWidget(buttons)
        buttons.accepted.connect(self._want)
        buttons.rejected.connect(self.reject)
        self.table.setCurrentIndex(self.model.index(0, 0))
        self.table.setFocus()

    def refuse(self, told: str) -> None:
        """Say why nothing was restored."""
        self._send.setEnabled(True)
        self.error.show_sentence(told)

    def _want(self) -> None:
        self._send.setEnabled(False)
        self.error.clear()
        self.wanted.emit()
