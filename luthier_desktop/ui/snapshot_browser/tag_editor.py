"""The tags of one snapshot: listed, removed with Del, added in a field that completes them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QWidget,
)

from luthier_desktop.domain import display
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, menu_text, set_tool_tip, shown
from luthier_desktop.ui.style import GRID

_LONGEST_TAG = 64
_LIST_HEIGHT = GRID * 7
_REMOVE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class _Tags(QListWidget):
    """Tags side by side; ``removed`` carries the one that Del was pressed on."""

    removed = Signal(str)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in _REMOVE and item is not None:
            self.removed.emit(str(item.data(Qt.ItemDataRole.UserRole)))
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters look for nothing."""


class TagEditor(QWidget):
    """``changed(add, remove)`` asks for tags to be added and removed; it shows what is stored."""

    changed = Signal(object, object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = _Tags(self)
        self._list.setObjectName("snapshotTags")
        self._list.setAccessibleName(tr("Tags of this snapshot; Del removes one"))
        self._list.setFlow(QListView.Flow.LeftToRight)
        self._list.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setSpacing(GRID // 2)
        self._list.setFixedHeight(_LIST_HEIGHT)
        self._known = QStringListModel(self)
        completer = QCompleter(self._known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._field = QLineEdit(self)
        self._field.setObjectName("snapshotNewTag")
        self._field.setAccessibleName(tr("Tag to add; Enter adds it"))
        self._field.setPlaceholderText(tr("Add a tag"))
        self._field.setMaxLength(_LONGEST_TAG)
        self._field.setCompleter(completer)
        self._drop = QToolButton(self)
        self._drop.setObjectName("snapshotRemoveTag")
        self._drop.setText(menu_text(tr("Remove")))
        set_tool_tip(self._drop, "Take the chosen tag away (Del).")
        self._lay_out()
        self._field.returnPressed.connect(self._add)
        self._list.removed.connect(self._remove)
        self._list.currentItemChanged.connect(self._judge)
        self._drop.clicked.connect(self._remove_current)
        self._judge()

    def show_tags(self, tags: Sequence[str]) -> None:
        """Show the tags as they are stored."""
        row = self._list.currentRow()
        self._list.clear()
        for tag in tags:
            item = QListWidgetItem(shown(tag), self._list)
            item.setData(Qt.ItemDataRole.UserRole, tag)
        self._list.setCurrentRow(min(row, len(tags) - 1))
        self._judge()

    def complete_with(self, tags: Sequence[str]) -> None:
        """Offer these tags for completion, but none that would hide a character."""
        offered = [tag for tag in tags if display.in_full(tag) == tag]
        if self._known.stringList() != offered:
            self._known.setStringList(offered)

    def start_typing(self) -> None:
        """Give the field for a new tag the focus."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def _lay_out(self) -> None:
        label = PlainLabel("Tags", self)
        label.setBuddy(self._list)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(label)
        row.addWidget(self._list, 3)
        row.addWidget(self._field, 2)
        row.addWidget(self._drop)

    def _add(self) -> None:
        tag = self._field.text().strip()
        self._field.clear()
        if tag:
            self.changed.emit([tag], [])

    def _remove(self, tag: str) -> None:
        self.changed.emit([], [tag])

    def _remove_current(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self._remove(str(item.data(Qt.ItemDataRole.UserRole)))

    def _judge(self, *_: object) -> None:
        self._drop.setEnabled(self._list.currentItem() is not None)
