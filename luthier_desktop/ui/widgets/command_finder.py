"""Finding a command by words and running it, wherever the focus stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QDockWidget,
    QHeaderView,
    QLineEdit,
    QMainWindow,
    QTreeView,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from luthier_desktop.ui.commands import COMMANDS, WINDOW, Actions, Command
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.widgets.command_model import CommandModel
from luthier_desktop.ui.window_state import WindowState

MOST_RECENT = 8
RECENT = "recent_commands"
_MOVES = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
_IDS = tuple(command.id for command in COMMANDS)


class CommandFinder(QDialog):
    """A field and the list that it narrows; Enter runs the chosen command, Esc closes.

    The focus goes back to where it was; a command of one pane is run in that pane.
    """

    def __init__(
        self, name: str, commands: Actions, state: WindowState, window: QMainWindow
    ) -> None:
        super().__init__(window)
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._commands = commands
        self._state = state
        self._window = window
        self._before = QApplication.focusWidget()
        self.model = CommandModel(commands, self.first_listed(), self)
        self.search = QLineEdit(self)
        self.search.setObjectName(f"{name}Search")
        self.search.setPlaceholderText(tr("Type words in any order; Enter runs the command"))
        self.search.setAccessibleName(tr("Find a command"))
        self.search.setClearButtonEnabled(True)
        self.list = self._build_list(f"{name}List")
        self._said = PlainLabel("", self)
        self._said.setObjectName(f"{name}Said")
        self._said.setWordWrap(True)
        self._said.setMinimumHeight(GRID * 8)
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 3)
        self.column.setSpacing(GRID * 2)
        for part in (self.search, self.list, self._said):
            self.column.addWidget(part, int(part is self.list))
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.list.activated.connect(self._run)
        self.list.selectionModel().currentRowChanged.connect(self._tell)
        self._narrow("")

    def recent(self) -> list[str]:
        """Return the commands that were run from here, the last one first."""
        return self._state.words(RECENT, _IDS)[:MOST_RECENT]

    def first_listed(self) -> Sequence[str]:
        """Return the commands that are listed before the others."""
        return ()

    def _build_list(self, name: str) -> QTreeView:
        tree = QTreeView(self)
        tree.setObjectName(name)
        tree.setAccessibleName(tr("Commands"))
        tree.setModel(self.model)
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setAllColumnsShowFocus(True)
        tree.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = tree.header()
        header.setStretchLastSection(True)
        for column in (0, 1):  # as wide as all commands need, and so still while it is narrowed
            tree.resizeColumnToContents(column)
            tree.setColumnWidth(column, tree.columnWidth(column) + GRID * 2)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        return tree

    def _narrow(self, text: str) -> None:
        self.model.narrow(text)
        self.list.setCurrentIndex(self.model.index(self.model.first_that_works(), 0))
        self._tell(self.list.currentIndex())

    def _tell(self, current: QModelIndex) -> None:
        self._said.setText(tr(self.model.said(current.row())))
        self._said.setAccessibleName(self._said.text())

    def _run(self, index: QModelIndex) -> None:
        command = self.model.at(index.row())
        if command is None or self._commands.why_not(command.id):
            QApplication.beep()
            return
        recent = [command.id, *(one for one in self.recent() if one != command.id)]
        self._state.remember(**{RECENT: recent[:MOST_RECENT]})
        self.accept()
        go_to(self._window, command)
        action = self._commands[command.id]
        QTimer.singleShot(0, action, action.trigger)

    # Qt overrides

    def done(self, result: int) -> None:
        super().done(result)
        before = self._before
        if before is not None and isValid(before):
            before.window().activateWindow()
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _MOVES:
                self.list.event(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)


def go_to(window: QMainWindow, command: Command) -> None:
    """Give the focus to the pane that a command works in, unless it is there already."""
    if command.scope == WINDOW:
        return
    places = window.findChildren(QWidget, command.scope)
    focus = window.focusWidget()
    if focus is not None and any(one is focus or one.isAncestorOf(focus) for one in places):
        return
    place = next((one for one in places if one.isVisible()), next(iter(places), None))
    if place is None:
        return
    above: QWidget | None = place
    while above is not None:
        if isinstance(above, QDockWidget):
            above.show()
            above.raise_()
        above = above.parentWidget()
    _main_part(place).setFocus(Qt.FocusReason.ShortcutFocusReason)


def _main_part(place: QWidget) -> QWidget:
    """Return what takes the keys in *place*: itself, else its first list, else anything."""
    if place.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return place
    takers = [
        one
        for one in place.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisibleTo(place)
    ]
    lists = [one for one in takers if isinstance(one, QAbstractItemView)]
    return next(iter([*lists, *takers]), place)
