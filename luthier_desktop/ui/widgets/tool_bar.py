"""The tool bar: commands of the table that have an icon, parted as their menus are."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QToolBar, QToolButton, QWidget

from luthier_desktop.ui.commands import COMMANDS, Actions
from luthier_desktop.ui.language import tr

_ICON_PIXELS = 20
_MORE = "qt_toolbar_ext_button"
"""Qt's own name for the button that lists what there is no room for."""


class ToolBar(QToolBar):
    """Buttons with words; their icons are drawn by ``dress``, after the first paint."""

    def __init__(self, commands: Actions, parent: QWidget) -> None:
        super().__init__("Tool bar", parent)
        self.commands = commands
        self.setObjectName("toolBar")
        self.setMovable(False)
        self.setIconSize(QSize(_ICON_PIXELS, _ICON_PIXELS))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fill()
        more = self.findChild(QToolButton, _MORE)
        if more is not None:
            more.setAccessibleName(tr("More tools"))

    def dress(self) -> None:
        """Draw the icons in the colours of the theme."""
        from luthier_desktop.ui.widgets.icons import icon

        for command in COMMANDS:
            if command.icon:
                self.commands[command.id].setIcon(icon(command.icon))

    def _fill(self) -> None:
        space = QPixmap(_ICON_PIXELS, _ICON_PIXELS)
        space.fill(Qt.GlobalColor.transparent)
        placeholder = QIcon(space)
        menu = None
        for command in COMMANDS:
            if command.icon:
                if menu not in (None, command.menu):
                    self.addSeparator()
                menu = command.menu
                action = self.commands[command.id]
                action.setIcon(placeholder)
                action.setIconText(tr(command.short or command.text.replace("&", "").rstrip("…")))
                action.setIconVisibleInMenu(False)
                self.addAction(action)
