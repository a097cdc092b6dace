"""What the windows of backups are put together of: tables, labels and buttons."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QPushButton, QTableView, QWidget

from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel
from luthier_desktop.ui.style import GRID

_ROW_HEIGHT = GRID * 6


def made_table(
    model: QAbstractTableModel, names: tuple[str, str], widths: Sequence[int], parent: QWidget
) -> QTableView:
    """Return a table; *names* are its object name and what a screen reader calls it."""
    table = _Table(parent)
    table.setObjectName(names[0])
    table.setAccessibleName(tr(names[1]))
    table.setModel(model)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
    heads = table.horizontalHeader()
    heads.setHighlightSections(False)
    heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    heads.setStretchLastSection(True)
    for column, width in enumerate(widths):
        table.setColumnWidth(column, width)
    return table


def made_label(name: str, text: str, parent: QWidget) -> PlainLabel:
    """Return a label that wraps."""
    label = PlainLabel(text, parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    return label


def show_line(label: PlainLabel, text: str) -> None:
    """Show a text on a label, or hide it when there is none."""
    label.setText(tr(text))
    label.setVisible(bool(text))


def button_of(action: QAction, name: str, text: str, parent: QWidget) -> QPushButton:
    """Return a button that does what an action does, and is greyed when it is."""
    button = QPushButton(parent)
    button.setObjectName(name)
    button.setText(tr(text))
    button.setAutoDefault(False)
    button.clicked.connect(partial(_trigger, action))
    button.setEnabled(action.isEnabled())
    action.enabledChanged.connect(button.setEnabled)
    return button


def _trigger(action: QAction, _: bool = False) -> None:
    action.trigger()


class _Table(QTableView):
    # Qt overrides

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Let Home and End go to the first and last row, as in a list."""
        rows = {
            QAbstractItemView.CursorAction.MoveHome: 0,
            QAbstractItemView.CursorAction.MoveEnd: self.model().rowCount() - 1,
        }
        if action in rows:
            return self.model().index(rows[action], max(0, self.currentIndex().column()))
        return super().moveCursor(action, modifiers)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: a list by time is not searched by its first letters."""
