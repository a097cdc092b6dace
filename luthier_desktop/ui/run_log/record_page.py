"""The record of a run: a tree, a field that finds words in it, and where one is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel
from luthier_desktop.ui.run_log.record_nodes import NO_RECORD, Place, Record
from luthier_desktop.ui.run_log.record_tree import RecordTree
from luthier_desktop.ui.style import GRID, fixed_font

_ROOM_FOR_PLACE = GRID * 30
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _SearchField(QLineEdit):
    """Enter goes to the next hit, Shift+Enter to the one before, Down into the tree."""

    stepped = Signal(int)
    left = Signal()

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in _ENTER:
            self.stepped.emit(-1 if back else 1)
        elif event.key() == Qt.Key.Key_Down:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class RecordPage(QWidget):
    """Searches and shows one record; ``copied`` says in a sentence what was copied."""

    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runRecordPage")
        self._record = NO_RECORD
        self._hits: list[Place] = []
        self._at = -1
        self.tree = RecordTree(self)
        self.field = _SearchField(self)
        self.field.setObjectName("recordSearch")
        self.field.setAccessibleName(tr("Search the record"))
        self.field.setPlaceholderText(tr("Search names and values"))
        self.field.setClearButtonEnabled(True)
        self._count = PlainLabel("", self)
        self._count.setObjectName("recordHits")
        self._pointer = QLineEdit(self)
        self._pointer.setObjectName("recordPointer")
        self._pointer.setAccessibleName(tr("Path of the current entry"))
        self._pointer.setReadOnly(True)
        self._pointer.setFrame(False)
        self._pointer.setFont(fixed_font())
        self._lay_out()
        self.field.textChanged.connect(self._search)
        self.field.stepped.connect(self.step)
        self.field.left.connect(self.tree.setFocus)
        self.tree.pointed.connect(self._point)
        self.tree.copied.connect(self.copied)
        self.setFocusProxy(self.tree)

    def show_record(self, record: Record) -> None:
        """Show a record; what is searched for is searched in it too."""
        self._record = record
        self.tree.show_record(record, ("decision",))
        self._search(self.field.text())

    def step(self, by: int) -> None:
        """Go to the next hit or the one before, round the end."""
        if self._hits:
            self._at = (self._at + by) % len(self._hits)
            self.tree.go_to(self._hits[self._at])
        self._tell()

    def _search(self, word: str) -> None:
        self._hits, self._at = self._record.hits(word.strip()), -1
        if self._hits:
            self.step(1)
        self._tell()

    def _tell(self) -> None:
        if not self.field.text().strip():
            self._count.setText("")
        elif self._hits:
            self._count.setText(tr(f"{self._at + 1:,} of {len(self._hits):,}"))
        else:
            self._count.setText(tr("not found"))

    def _point(self, pointer: str) -> None:
        self._pointer.setText(pointer)
        self._pointer.setCursorPosition(0)

    def _lay_out(self) -> None:
        search = QHBoxLayout()
        search.setSpacing(GRID)
        search.addWidget(self.field, 1)
        search.addWidget(self._count)
        for name, arrow, said, slot in (
            ("previousHit", Qt.ArrowType.UpArrow, "Previous hit (Shift+Enter)", self._back),
            ("nextHit", Qt.ArrowType.DownArrow, "Next hit (Enter)", self._on),
        ):
            search.addWidget(_arrow(self, name, arrow, said, slot))
        self._place = QWidget(self)
        place = QHBoxLayout(self._place)
        place.setContentsMargins(0, 0, 0, 0)
        place.setSpacing(GRID)
        place.addWidget(self._pointer, 1)
        for name, words, slot in (
            ("copyPathButton", "Copy path", self.tree.copy_path),
            ("copyValueButton", "Copy value", self.tree.copy_value),
        ):
            button = QToolButton(self)
            button.setObjectName(name)
            button.setText(tr(words))
            button.clicked.connect(slot)
            place.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(search)
        column.addWidget(self.tree, 1)
        column.addWidget(self._place)
        self._place.hide()  # until there is room for it

    def _on(self) -> None:
        self.step(1)

    def _back(self) -> None:
        self.step(-1)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place.setVisible(event.size().height() >= _ROOM_FOR_PLACE)


def _arrow(owner: QWidget, name: str, arrow: Qt.ArrowType, said: str, slot: Any) -> QToolButton:
    button = QToolButton(owner)
    button.setObjectName(name)
    button.setArrowType(arrow)
    button.setAccessibleName(tr(said))
    button.clicked.connect(slot)
    return button
