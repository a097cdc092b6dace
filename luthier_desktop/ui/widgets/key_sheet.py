"""The key sheet: every command with its keys, found by any words, and run from here."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.ui.commands import COMMANDS, MENUS, Actions, Command, plain_text, shown_keys
from luthier_desktop.ui.messages import PlainLabel
from luthier_desktop.ui.style import GRID

_SIZE = (880, 600)
_NOTE = "Keys of the run log work while its table has the focus, F in the drawing."
_MOVES = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
_COMMAND_ID = Qt.ItemDataRole.UserRole


class KeySheet(QDialog):
    """Lists the command table; words in any order narrow it, Enter runs the chosen command."""

    def __init__(self, commands: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keySheet")
        self.setWindowTitle("Keys and commands")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self._commands = commands
        self.search = QLineEdit(self)
        self.search.setObjectName("keySheetSearch")
        self.search.setPlaceholderText("Type words to find a command, Enter runs it")
        self.search.setAccessibleName("Find a command")
        self.search.setClearButtonEnabled(True)
        self.list = self._build_list()
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 3)
        column.setSpacing(GRID * 2)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(PlainLabel(_NOTE, self))
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.list.itemActivated.connect(self._run)
        self._narrow("")

    def _build_list(self) -> QTreeWidget:
        tree = QTreeWidget(self)
        tree.setObjectName("keySheetList")
        tree.setAccessibleName("Commands")
        tree.setColumnCount(3)
        tree.setHeaderLabels(["Command", "Keys", "What it does"])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        for menu in dict.fromkeys((*MENUS, *(command.menu for command in COMMANDS))):
            for command in COMMANDS:
                if command.menu == menu:
                    tree.addTopLevelItem(self._item(command))
        header = tree.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        return tree

    def _item(self, command: Command) -> QTreeWidgetItem:
        menu = command.menu.replace("&", "")
        name = f"{menu}: {plain_text(command)}"
        item = QTreeWidgetItem([name, shown_keys(command), command.tip])
        item.setData(0, _COMMAND_ID, command.id)
        item.setToolTip(2, command.tip)
        item.setSizeHint(2, QSize(0, GRID * 5))  # a hint on the others would be their width too
        item.setDisabled(not self._commands[command.id].isEnabled())
        return item

    def _narrow(self, text: str) -> None:
        words = text.casefold().split()
        first = None
        for position in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(position)
            if item is None:
                continue
            said = " ".join(item.text(column) for column in range(3)).casefold()
            fits = all(word in said for word in words)
            item.setHidden(not fits)
            if fits and first is None and not item.isDisabled():
                first = item
        self.list.setCurrentItem(first)  # type: ignore[arg-type]  # None clears; the stub forgets it

    def _run(self, item: QTreeWidgetItem) -> None:
        if item.isDisabled():
            return
        action = self._commands[str(item.data(0, _COMMAND_ID))]
        self.accept()
        action.trigger()

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _MOVES:
                self.list.event(event)
                return True
            current = self.list.currentItem()
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if current is not None and not current.isHidden():
                    self._run(current)
                return True
        return super().eventFilter(watched, event)
