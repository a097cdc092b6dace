"""The dialog that asks for the name of a snapshot; it blocks nothing."""

from __future__ import annotations

from typing import NamedTuple

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

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.ui import style
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, sentence
from luthier_desktop.ui.style import GRID

_WIDTH = 460
_LONGEST_NAME = 200
_LONGEST_LINE = 2000
_NOTES_LINES = 4
_SAID = "The design is checked and recorded with it; it never changes."


class SaveWords(NamedTuple):
    """What the dialog begins with; with a parent it saves the next version of that."""

    name: str
    description: str = ""
    tags: tuple[str, ...] = ()
    parent_snapshot_id: str | None = None


class SaveDialog(QDialog):
    """Asks for a name, and what else is to be said; ``named`` carries the details."""

    named = Signal(object)

    def __init__(self, begin: SaveWords, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._parent_id = begin.parent_snapshot_id
        self.setObjectName("saveSnapshotDialog")
        self.setWindowTitle(tr("Save snapshot"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self._name = _field(self, "snapshotName", "Name of the snapshot", begin.name)
        self._name.setMaxLength(_LONGEST_NAME)
        self._description = _field(self, "snapshotDescription", "Description", begin.description)
        self._tags = _field(self, "snapshotSaveTags", "Tags, with commas", ", ".join(begin.tags))
        self._tags.setPlaceholderText(tr("steel, sold, …"))
        self._notes = QPlainTextEdit(self)
        self._notes.setObjectName("snapshotNotes")
        self._notes.setAccessibleName(tr("Notes"))
        self._notes.setTabChangesFocus(True)
        self._notes.setFixedHeight(self.fontMetrics().lineSpacing() * _NOTES_LINES + GRID * 3)
        self._said = PlainLabel(_SAID, self)
        self._said.setObjectName("snapshotSaid")
        self._said.setWordWrap(True)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, self
        )
        self._lay_out()
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._name.textChanged.connect(self._judge)
        self._name.selectAll()
        self._judge(begin.name)

    def tell_parent(self, parent: str) -> None:
        """Say which snapshot this is the next version of."""
        self._said.setText(
            tr(
                f"The next version, made from {parent}; that one stays as it is. {_SAID} "
                "Ctrl+Shift+S begins a line of its own instead."
            )
        )

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(GRID * 2)
        for words, field in (
            ("&Name", self._name),
            ("&Description", self._description),
            ("&Tags", self._tags),
            ("N&otes", self._notes),
        ):
            label = PlainLabel(words, self)
            label.setBuddy(field)
            form.addRow(label, field)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 4, GRID * 4, GRID * 4, GRID * 3)
        column.setSpacing(GRID * 3)
        column.addLayout(form)
        column.addWidget(self._said)
        column.addWidget(self._buttons)

    def _judge(self, name: str) -> None:
        save = self._buttons.button(QDialogButtonBox.StandardButton.Save)
        save.setEnabled(bool(name.strip()))

    def _details(self) -> SnapshotDetails:
        tags = [tag.strip() for tag in self._tags.text().split(",")]
        told = {
            "name": self._name.text().strip(),
            "description": self._description.text().strip(),
            "notes": self._notes.toPlainText(),
            "tags": [tag for tag in tags if tag],
            "parent_snapshot_id": self._parent_id,
        }
        return SnapshotDetails.read(told, "The snapshot")

    # Qt overrides

    def accept(self) -> None:
        if not self._name.text().strip():
            return
        try:
            details = self._details()
        except InputRefused as error:
            self._said.setText(tr(f"{style.risk_sign('RED').glyph}  {sentence(error.sentence)}"))
            return
        self.named.emit(details)
        super().accept()


def _field(parent: QWidget, name: str, words: str, text: str) -> QLineEdit:
    field = QLineEdit(parent)
    field.setMaxLength(_LONGEST_LINE)
    field.setText(text)
    field.setObjectName(name)
    field.setAccessibleName(tr(words))
    return field
