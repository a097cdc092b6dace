"""The dialog that asks for the name of a snapshot; it blocks nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.ui.messages import PlainLabel
from luthier_desktop.ui.style import GRID

_WIDTH = 460
_LONGEST_NAME = 200
_NOTES_LINES = 4


class SaveDialog(QDialog):
    """Asks for a name and notes; ``named`` carries both."""

    named = Signal(str, str)

    def __init__(self, name: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("saveSnapshotDialog")
        self.setWindowTitle("Save snapshot")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self._name = QLineEdit(name, self)
        self._name.setObjectName("snapshotName")
        self._name.setAccessibleName("Name of the snapshot")
        self._name.setMaxLength(_LONGEST_NAME)
        self._notes = QPlainTextEdit(self)
        self._notes.setObjectName("snapshotNotes")
        self._notes.setAccessibleName("Notes")
        self._notes.setTabChangesFocus(True)
        self._notes.setFixedHeight(self.fontMetrics().lineSpacing() * _NOTES_LINES + GRID * 3)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, self
        )
        self._lay_out()
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._name.textChanged.connect(self._judge)
        self._name.selectAll()
        self._judge(name)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(GRID * 2)
        for words, field in (("&Name", self._name), ("N&otes", self._notes)):
            label = PlainLabel(words, self)
            label.setBuddy(field)
            form.addRow(label, field)
        said = PlainLabel("The design is checked and recorded with it; it never changes.", self)
        said.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 4, GRID * 4, GRID * 4, GRID * 3)
        column.setSpacing(GRID * 3)
        column.addLayout(form)
        column.addWidget(said)
        column.addWidget(self._buttons)

    def _judge(self, name: str) -> None:
        save = self._buttons.button(QDialogButtonBox.StandardButton.Save)
        save.setEnabled(bool(name.strip()))

    # Qt overrides

    def accept(self) -> None:
        if self._name.text().strip():
            self.named.emit(self._name.text().strip(), self._notes.toPlainText())
            super().accept()
