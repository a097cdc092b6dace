"""The tree of checks as a Qt model: updated in place, so that nothing opened is lost."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from luthier_desktop.ui.language import in_language
from luthier_desktop.ui.widgets.check_speech import described, spoken
from luthier_desktop.ui.widgets.check_tree import Content, Entry, Key

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class _Node:
    """One row of the tree; ``children`` None as long as nobody looked at them."""

    __slots__ = ("children", "entry", "ident", "parent", "row")

    def __init__(self, ident: int, entry: Entry, parent: _Node | None) -> None:
        self.ident = ident
        self.entry = entry
        self.parent = parent
        self.row = 0
        self.children: list[_Node] | None = None

    def number_children(self) -> None:
        for row, child in enumerate(self.children or ()):
            child.row = row


class CheckModel(QAbstractItemModel):
    """A tree of entries; rows are known by their key from one update to the next."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._idents = count(1)
        self._nodes: dict[int, _Node] = {}
        self._root = _Node(0, Entry((), None, None), None)  # type: ignore[arg-type]  # no row
        self._root.children = []

    def show(self, wanted: Sequence[Entry]) -> bool:
        """Make the tree tell *wanted*; return whether rows came, went or moved."""
        return self._sync(self._root, wanted)

    def content(self, index: AnyIndex) -> Content:
        """Return what the row at *index* shows."""
        return self._nodes[index.internalId()].entry.content

    def depth(self, index: AnyIndex) -> int:
        """Return the level of the row at *index*, 1 for the first."""
        depth, node = 0, self._nodes.get(index.internalId())
        while node is not None and node.parent is not None:
            depth, node = depth + 1, node.parent
        return depth

    def key(self, index: AnyIndex) -> Key:
        """Return the key of the row at *index*, empty for no row."""
        node = self._nodes.get(index.internalId()) if index.isValid() else None
        return node.entry.key if node else ()

    def find(self, key: Key) -> QModelIndex:
        """Return the row with *key* among those looked at so far, or an invalid index."""
        for node in self._nodes.values():
            if node.entry.key == key:
                return self.createIndex(node.row, 0, node.ident)
        return QModelIndex()

    def _node(self, index: AnyIndex) -> _Node:
        return self._nodes[index.internalId()] if index.isValid() else self._root

    def _index(self, node: _Node) -> QModelIndex:
        return QModelIndex() if node is self._root else self.createIndex(node.row, 0, node.ident)

    def _children(self, node: _Node) -> list[_Node]:
        if node.children is None:
            made = node.entry.children() if node.entry.children else ()
            node.children = [self._made(entry, node) for entry in made]
            node.number_children()
        return node.children

    def _made(self, entry: Entry, parent: _Node) -> _Node:
        node = _Node(next(self._idents), entry, parent)
        self._nodes[node.ident] = node
        return node

    def _forget(self, node: _Node) -> None:
        del self._nodes[node.ident]
        for child in node.children or ():
            self._forget(child)

    def _sync(self, parent: _Node, wanted: Sequence[Entry]) -> bool:
        """Bring the children of *parent* to *wanted* by the fewest rows that come, go, move."""
        children = self._children(parent)
        moved = False
        if [node.entry.key for node in children] != [entry.key for entry in wanted]:
            self._reorder(parent, children, wanted)
            moved = True
        changed = [node.row for node, entry in zip(children, wanted, strict=True)
                   if node.entry.content != entry.content]
        for node, entry in zip(children, wanted, strict=True):
            node.entry = entry
        if changed:
            self.dataChanged.emit(
                self._index(children[changed[0]]), self._index(children[changed[-1]])
            )
        for node in children:
            if node.children is not None and node.entry.children is not None:
                moved |= self._sync(node, node.entry.children())
        return moved

    def _reorder(self, parent: _Node, children: list[_Node], wanted: Sequence[Entry]) -> None:
        self._drop(parent, children, {entry.key for entry in wanted})
        known = {node.entry.key for node in children}
        row = 0
        while row < len(wanted):
            end = row + 1
            if wanted[row].key not in known:
                while end < len(wanted) and wanted[end].key not in known:
                    end += 1
                self._insert(parent, children, row, wanted[row:end])
            elif children[row].entry.key != wanted[row].key:
                self._move(parent, children, wanted[row].key, row)
            row = end

    def _drop(self, parent: _Node, children: list[_Node], wanted: set[Key]) -> None:
        """Remove the rows that are no longer wanted, neighbours together."""
        last = len(children) - 1
        while last >= 0:
            first = last
            while first >= 0 and children[first].entry.key not in wanted:
                first -= 1
            if first < last:
                self._remove(parent, children, first + 1, last)
            last = first - 1

    def _remove(self, parent: _Node, children: list[_Node], first: int, last: int) -> None:
        self.beginRemoveRows(self._index(parent), first, last)
        for node in children[first : last + 1]:
            self._forget(node)
        del children[first : last + 1]
        parent.number_children()
        self.endRemoveRows()

    def _move(self, parent: _Node, children: list[_Node], key: Key, target: int) -> None:
        """Move the row *key*, which stands further down, up to *target*."""
        source = next(node.row for node in children[target:] if node.entry.key == key)
        place = self._index(parent)
        self.beginMoveRows(place, source, source, place, target)
        children.insert(target, children.pop(source))
        parent.number_children()
        self.endMoveRows()

    def _insert(
        self, parent: _Node, children: list[_Node], row: int, entries: Sequence[Entry]
    ) -> None:
        self.beginInsertRows(self._index(parent), row, row + len(entries) - 1)
        children[row:row] = [self._made(entry, parent) for entry in entries]
        parent.number_children()
        self.endInsertRows()

    # Qt overrides

    def index(self, row: int, column: int, parent: AnyIndex = NOWHERE) -> QModelIndex:
        children = self._children(self._node(parent))
        if column != 0 or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, 0, children[row].ident)

    def parent(self, child: AnyIndex = NOWHERE) -> QModelIndex:  # type: ignore[override]  # as Qt
        node = self._nodes.get(child.internalId()) if child.isValid() else None
        return self._index(node.parent) if node and node.parent else QModelIndex()

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return len(self._children(self._node(parent)))

    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 1

    def hasChildren(self, parent: AnyIndex = NOWHERE) -> bool:
        node = self._node(parent)
        return node is self._root or node.entry.children is not None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    @in_language
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(self.content(index))
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return described(self.content(index))
        return None
