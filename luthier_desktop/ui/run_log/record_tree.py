"""A record as a tree of names and values, opened as far as the reader wants."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from luthier_desktop.ui.language import in_language, tr
from luthier_desktop.ui.messages import shown, tool_tip
from luthier_desktop.ui.run_log.record_nodes import NO_RECORD, Node, Place, Record, written
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.widgets.menus import ContextMenu

AnyIndex = QModelIndex | QPersistentModelIndex
_HEADINGS = ("Name", "Value")
_NOWHERE = QModelIndex()
_NAME_WIDTH = 184
_ROW = QSize(0, GRID * 5)


class RecordModel(QAbstractItemModel):
    """Names and values; a branch is read when it is opened."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = NO_RECORD.root
        self._nodes: list[Node] = []
        self._numbers: dict[int, int] = {}

    def show(self, record: Record) -> None:
        """Show another record."""
        self.beginResetModel()
        self._root, self._nodes, self._numbers = record.root, [], {}
        self.endResetModel()

    def node(self, index: AnyIndex) -> Node:
        """Return the node of a row; the outermost one of no row."""
        return self._nodes[index.internalId()] if index.isValid() else self._root

    def index_at(self, place: Place) -> QModelIndex:
        """Return the row at a place."""
        index = QModelIndex()
        for row in place:
            index = self.index(row, 0, index)
        return index

    def _number(self, node: Node) -> int:
        number = self._numbers.setdefault(id(node), len(self._nodes))
        if number == len(self._nodes):
            self._nodes.append(node)
        return number

    # Qt overrides

    def index(self, row: int, column: int, parent: AnyIndex = _NOWHERE) -> QModelIndex:
        node = self.node(parent)
        if parent.column() > 0 or not (0 <= row < node.count and 0 <= column < 2):
            return QModelIndex()
        return self.createIndex(row, column, self._number(node.children[row]))

    def parent(self, index: AnyIndex) -> QModelIndex:  # type: ignore[override]  # two in Qt
        above = self.node(index).parent if index.isValid() else None
        if above is None or above is self._root:
            return QModelIndex()
        return self.createIndex(above.row, 0, self._number(above))

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.column() > 0 else self.node(parent).count

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return len(_HEADINGS)

    def hasChildren(self, parent: AnyIndex = _NOWHERE) -> bool:
        return self.rowCount(parent) > 0

    @in_language
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _HEADINGS[section]
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.SizeHintRole:
            return _ROW
        node = self.node(index)
        name, text = shown(node.name), node.text
        if role == Qt.ItemDataRole.DisplayRole:
            return text if index.column() else name
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(text if index.column() else name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{name}: {text}"
        return None


class RecordTree(QTreeView):
    """Shows a record; ``pointed`` carries the JSON pointer of the current row."""

    pointed = Signal(str)
    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runRecord")
        self.setAccessibleName(tr("The whole record as a tree"))
        self._record = RecordModel(self)
        self.setModel(self._record)
        self.setColumnWidth(0, _NAME_WIDTH)
        self.setUniformRowHeights(True)
        self.setMinimumHeight(GRID * 12)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        ContextMenu(self)
        value, path = QAction(tr("Copy the value"), self), QAction(tr("Copy the path"), self)
        _prepare(value, "copyValue", "Ctrl+C", self.copy_value)
        _prepare(path, "copyPath", "Ctrl+Shift+C", self.copy_path)
        self.addActions([value, path])

    def show_record(self, record: Record, opened: tuple[str, ...] = ()) -> None:
        """Show *record*; the members named in *opened* stand open."""
        self._record.show(record)
        for row in range(self._record.rowCount()):
            if record.root.children[row].name in opened:
                self.setExpanded(self._record.index(row, 0), True)
        self.setCurrentIndex(self._record.index(0, 0))
        self.pointed.emit(self.pointer())

    def go_to(self, place: Place) -> None:
        """Open what is round a row, and make it the current one."""
        index = self._record.index_at(place)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def pointer(self) -> str:
        """Return the JSON pointer of the current row."""
        return self._record.node(self.currentIndex()).pointer()

    def copy_path(self) -> None:
        """Copy the JSON pointer of the current row."""
        self._copy(self.pointer(), "path")

    def copy_value(self) -> None:
        """Copy the whole value of the current row: a text as it is, what has members as JSON."""
        value = self._record.node(self.currentIndex()).value
        if isinstance(value, dict | list):
            import json

            self._copy(json.dumps(value, ensure_ascii=False, indent=2), "value")
        else:
            self._copy("null" if value is None else written(value), "value")

    def _copy(self, text: str, what: str) -> None:
        if self.currentIndex().isValid():
            QGuiApplication.clipboard().setText(text)
            self.copied.emit(f"Copied the {what} of {shown(self.pointer())}")

    # Qt overrides

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        self.pointed.emit(self.pointer())

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters belong to commands."""


def _prepare(action: QAction, name: str, keys: str, slot: Callable[[], object]) -> None:
    action.setObjectName(name)
    action.setShortcut(QKeySequence(keys))
    action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.triggered.connect(slot)
