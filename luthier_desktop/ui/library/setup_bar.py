"""The setup in use, at the right of the tool bar, and the others to switch to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QToolBar, QToolButton, QWidget

from luthier_desktop.ui.language import tr
from luthier_desktop.ui.library.entry import Entry
from luthier_desktop.ui.messages import menu_text, set_tool_tip, shown
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.widgets.menus import Menu

_WIDEST = GRID * 26
_ROOM = GRID * 8


class SetupBar(QToolBar):
    """A button with the setup's name that opens the list; ``wanted(entry)`` asks to use one."""

    wanted = Signal(object)

    def __init__(self, more: Sequence[QAction], parent: QWidget) -> None:
        super().__init__("Setup", parent)
        self.setObjectName("setupBar")
        self.setMovable(False)
        self.toggleViewAction().setVisible(False)
        self._more = list(more)
        self._refusal = ""
        self._entries: list[Entry] = []
        self._is_filled = False
        self._group: QActionGroup | None = None
        self._menu = Menu(self)
        self._menu.setObjectName("setupMenu")
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToHide.connect(self._fill_soon)
        self._button = QToolButton(self)
        self._button.setObjectName("setupButton")
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._button.setMenu(self._menu)
        self.addWidget(self._button)

    def show_setup(self, name: str) -> None:
        """Show the name of the setup in use."""
        metrics = self._button.fontMetrics()
        brief = metrics.elidedText(shown(name), Qt.TextElideMode.ElideRight, _WIDEST)
        self._button.setText(menu_text(tr(f"Setup: {brief}")))
        self._button.setAccessibleName(tr(f"Setup in use: {shown(name)}"))
        told = f"Designs are judged with the setup {shown(name, 300)}. Press to switch."
        set_tool_tip(self._button, told)
        self.setMinimumWidth(self._button.sizeHint().width() + _ROOM)

    def show_entries(self, entries: Sequence[Entry], refusal: str) -> None:
        """List these setups; *refusal* says why none can be chosen, or is "".

        A list that is open stays as it is until it is closed: whoever chooses in it would lose
        the place, and press Enter on another setup.
        """
        self._entries, self._refusal = list(entries), refusal
        self._is_filled = False
        if not self._menu.isVisible():
            self._fill()

    def open_list(self) -> None:
        """Open the list below the button, its setup in use marked."""
        self._button.setFocus()
        below = self._button.mapToGlobal(QPoint(0, self._button.height()))
        if self._group is not None and self._group.checkedAction() is not None:
            self._menu.setActiveAction(self._group.checkedAction())
        self._menu.popup(below)

    def _fill_soon(self) -> None:
        QTimer.singleShot(0, self, self._fill)  # what was chosen is triggered after the closing

    def _fill(self) -> None:
        if self._is_filled or self._menu.isVisible():
            return
        self._is_filled = True
        self._menu.clear()
        if self._group is not None:
            self._group.deleteLater()
        self._group = QActionGroup(self)
        for entry in self._entries:
            self._menu.addActions([self._listed(entry, self._group)])
        self._menu.addSeparator()
        self._menu.addActions(self._more)

    def _listed(self, entry: Entry, group: QActionGroup) -> QAction:
        action = QAction(menu_text(shown(entry.name)), group)
        action.setCheckable(True)
        action.setChecked(entry.in_use)
        action.setEnabled(not (self._refusal or entry.damage) or entry.in_use)
        set_tool_tip(action, entry.damage or self._refusal or shown(entry.name, 300))
        action.triggered.connect(partial(self._want, entry))
        return action

    def _want(self, entry: Entry) -> None:
        if not entry.in_use:
            self.wanted.emit(entry)
