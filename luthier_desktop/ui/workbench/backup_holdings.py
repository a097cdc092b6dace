"""What one backup holds, as a tree that can be searched."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from luthier_desktop.ui.backups.parts import made_label
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.run_log.record_nodes import Record
from luthier_desktop.ui.run_log.record_page import RecordPage
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.widgets.notices import Toast

_SIZE = (820, 560)


class HoldingsWindow(QDialog):
    """Nothing waits for it to be closed."""

    def __init__(self, said: str, record: Record, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("backupHoldings")
        self.setWindowTitle(tr("What the backup holds"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        toast = Toast(self)
        self.page = RecordPage(self)
        self.page.tree.setAccessibleName(tr("What the backup holds, as a tree"))
        self.page.copied.connect(toast.say)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 4, GRID * 4, GRID * 4, GRID * 3)
        column.setSpacing(GRID * 2)
        column.addWidget(made_label("holdingsSaid", said, self))
        column.addWidget(self.page, 1)
        column.addWidget(buttons)
        self.page.show_record(record)
        self.page.tree.setFocus()
