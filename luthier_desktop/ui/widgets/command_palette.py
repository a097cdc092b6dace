"""The command palette: any command by a few words, the latest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMainWindow

from luthier_desktop.ui.commands import Actions
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.widgets.command_finder import CommandFinder
from luthier_desktop.ui.window_state import WindowState

_SIZE = (840, 420)


class CommandPalette(CommandFinder):
    """Stands below the upper edge of the window; what was run from here last comes first."""

    def __init__(self, commands: Actions, state: WindowState, window: QMainWindow) -> None:
        super().__init__("commandPalette", commands, state, window)
        self.setWindowTitle(tr("Find a command"))
        self.list.setHeaderHidden(True)
        self.resize(*_SIZE)

    def first_listed(self) -> Sequence[str]:
        """Return the commands that were run from here, the last one first."""
        return self.recent()

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        window = self.parentWidget()
        if window is not None:
            left = (window.width() - self.width()) // 2
            self.move(window.mapToGlobal(QPoint(max(0, left), GRID * 16)))
