"""The key sheet: every command with its keys, found by any words, and run from here."""

from __future__ import annotations

from PySide6.QtWidgets import QMainWindow

from luthier_desktop.ui.commands import Actions
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel
from luthier_desktop.ui.widgets.command_finder import CommandFinder
from luthier_desktop.ui.window_state import WindowState

_SIZE = (960, 620)
_NOTE = "Keys of the run log work while its table has the focus, F in the drawing."


class KeySheet(CommandFinder):
    """Lists the command table in the order of the menus, with the keys."""

    def __init__(self, commands: Actions, state: WindowState, window: QMainWindow) -> None:
        super().__init__("keySheet", commands, state, window)
        self.setWindowTitle(tr("Keys and commands"))
        self.resize(*_SIZE)
        self.column.addWidget(PlainLabel(_NOTE, self))
