"""A record as a tree of names and values, opened as far as the reader wants."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

from luthier_desktop.ui.messages import shown, tool_tip
from luthier_desktop.ui.style import GRID

_LONGEST_VALUE = 400
_NAME_WIDTH = 168
_ROW = QSize(0, GRID * 5)


class _Branch(QTreeWidgetItem):
    """A branch that knows what it will hold; Qt's own item data would sort the names."""

    def __init__(self, name: str, value: dict[str, Any] | list[Any]) -> None:
        count = len(value)
        super().__init__([shown(name), f"{count} {'entry' if count == 1 else 'entries'}"])
        self.unread: dict[str, Any] | list[Any] = value
        self.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)


class RecordTree(QTreeWidget):
    """Shows plain JSON data; branches are filled when they are opened first."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setColumnCount(2)
        self.setHeaderLabels(["Name", "Value"])
        self.setColumnWidth(0, _NAME_WIDTH)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemExpanded.connect(self._fill)

    def show_record(self, record: dict[str, Any], opened: tuple[str, ...] = ()) -> None:
        """Show *record*; the members named in *opened* stand open."""
        self.clear()
        for name, value in record.items():
            item = _item(name, value)
            self.addTopLevelItem(item)
            if name in opened:
                item.setExpanded(True)

    def _fill(self, item: QTreeWidgetItem) -> None:
        if isinstance(item, _Branch) and item.unread:
            item.addChildren([_item(name, value) for name, value in _members(item.unread)])
            item.unread = {}

    # Qt overrides

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters belong to commands."""


def _item(name: str, value: Any) -> QTreeWidgetItem:
    if isinstance(value, dict | list) and value:
        item: QTreeWidgetItem = _Branch(name, value)
    else:
        text = _written(value)
        item = QTreeWidgetItem([shown(name), text])
        item.setToolTip(1, tool_tip(text))
    item.setSizeHint(0, _ROW)
    return item


def _members(value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, dict):
        return list(value.items())
    return [(str(position), each) for position, each in enumerate(value)]


def _written(value: Any) -> str:
    if isinstance(value, str):
        return shown(value, _LONGEST_VALUE)
    if isinstance(value, dict | list):
        return "none"
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value}"
