"""The setup in use, at the right of the tool bar, and the others to switch to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolBar, QToolButton, QWidget

from luthier_desktop.ui.library.entry import Entry
from luthier_desktop.ui.messages import menu_text, set_tool_tip, shown
from luthier_desktop.ui.style import GRID

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
        self._group: QActionGroup | None = None
        self._menu = QMenu(self)
        self._menu.setObjectName("setupMenu")
        self._menu.setToolTipsVisible(True)
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
        self._button.setText(menu_text(f"Setup: {brief}"))
        self._button.setAccessibleName(f"Setup in use: {shown(name)}")
        told = f"Designs are judged with the setup {shown(name, 300)}. Press to switch."
        set_tool_tip(self._button, told)
        self.setMinimumWidth(self._button.sizeHint().width() + _ROOM)

    def show_entries(self, entries: Sequence[Entry], refusal: str) -> None:
        """List these setups; *refusal* says why none can be chosen, or is ""."""
        self._menu.clear()
        if self._group is not None:
            self._group.deleteLater()
        self._group = group = QActionGroup(self)
        for entry in entries:
            action = QAction(menu_text(shown(entry.name)), group)
            action.setCheckable(True)
            action.setChecked(entry.in_use)
            action.setEnabled(not (refusal or entry.damage) or entry.in_use)
            set_tool_tip(action, entry.damage or refusal or shown(entry.name, 300))
            action.triggered.connect(partial(self._want, entry))
            self._menu.addActions([action])
        self._menu.addSeparator()
        self._menu.addActions(self._more)

    def open_list(self) -> None:
        """Open the list below the button, its setup in use marked."""
        self._button.setFocus()
        below = self._button.mapToGlobal(QPoint(0, self._button.height()))
        if self._group is not None and self._group.checkedAction() is not None:
            self._menu.setActiveAction(self._group.checkedAction())
        self._menu.popup(below)

    def _want(self, entry: Entry) -> None:
        if not entry.in_use:
            self.wanted.emit(entry)
