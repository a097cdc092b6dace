"""What a tree or a label tells, a tree read through Qt's own model interface."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex
from PySide6.QtWidgets import QLabel, QTreeView, QWidget

ROOT = QModelIndex()


def told(model: QAbstractItemModel, parent: QModelIndex = ROOT) -> list[str]:
    """List what the rows directly below *parent* tell."""
    return [model.index(row, 0, parent).data() for row in range(model.rowCount(parent))]


def everything(model: QAbstractItemModel, parent: QModelIndex = ROOT) -> list[object]:
    """Read the whole tree: each row with the list of the rows below it."""
    found: list[object] = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        found.append((index.data(), everything(model, index)))
    return found


def find(view: QTreeView, beginning: str, below: QModelIndex = ROOT) -> QModelIndex:
    """Return the row that begins so, searched in the order of the tree."""
    model = view.model()
    for row in range(model.rowCount(below)):
        index = model.index(row, 0, below)
        if str(index.data()).startswith(beginning):
            return index
        deeper = find(view, beginning, index)
        if deeper.isValid():
            return deeper
    return QModelIndex()


def label(panel: QWidget, name: str) -> QLabel:
    """Return the label with this objectName."""
    found = panel.findChild(QLabel, name)
    assert found is not None
    return found


def shown(view: QTreeView) -> list[str]:
    """List the rows that are not inside a closed one, from top to bottom."""
    found = []
    index = view.model().index(0, 0)
    while index.isValid():
        found.append(str(index.data()))
        index = view.indexBelow(index)
    return found
