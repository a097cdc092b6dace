"""The window's frame: menus, tool bar, panes, banner and status bar; it decides nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QMainWindow,
    QMenu,
    QToolBar,
    QWidget,
)

from luthier_desktop.ui import style
from luthier_desktop.ui.commands import COMMANDS, MENUS, Actions
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import Messages, PlainLabel, sentence, shown, title_text
from luthier_desktop.ui.widgets.language_menu import LanguageMenu
from luthier_desktop.ui.widgets.menus import KeyKeeper, MenuBar
from luthier_desktop.ui.widgets.panes import Pane, Panes
from luthier_desktop.ui.widgets.tool_bar import ToolBar
from luthier_desktop.ui.window_state import WindowState

PROGRAM = "Luthier Desktop"
EDITOR = "editor"
FEASIBILITY = "feasibility"
LOG = "log"
SNAPSHOTS = "snapshots"
_KEEP_MS = 300
_SIZE = (1366, 768)
_CENTRE = Pane(EDITOR, "Editor", "ringTable", "", 0)
_PANES = (
    Pane(FEASIBILITY, "Feasibility", "checksView", "right", 356),
    Pane(LOG, "Run log", "runLogTable", "bottom", 200),
    Pane(SNAPSHOTS, "Snapshots", "snapshotList", "bottom", 0, beside=LOG),
)
_THEME_CHOICES = (style.LIGHT, style.DARK)
_UNITS = {"mm": "mm", "in": "inch"}


class MainWindow(QMainWindow):
    """The frame that panels are placed in.

    ``painted`` comes once, after the first paint: what is slow to import starts there.
    ``closing`` comes when the window is about to close for good.
    """

    painted = Signal()
    closing = Signal()

    def __init__(self, state: WindowState) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setAccessibleName(PROGRAM)
        self.setWindowTitle(PROGRAM)
        self._state = state
        self._was_painted = self._is_signed_out = False
        self._design = ""
        self.may_close: Callable[[], bool] | None = None
        self.messages = Messages(self)
        self.commands = Actions(self)
        self._menu_bar = MenuBar(self)
        self.setMenuBar(self._menu_bar)
        self.menus = {menu_title: self._menu(menu_title) for menu_title in MENUS}
        self._tool_bar = ToolBar(self.commands, self)
        self.addToolBar(self._tool_bar)
        self.state_label = PlainLabel("", self)
        self._build_status_bar()
        self._keeps_layout = False
        self._keeping = QTimer(self, singleShot=True, interval=_KEEP_MS)
        self._keeping.timeout.connect(self._keep)
        state.watch(self._keep_soon)
        self.panes = self._build_panes()
        self._banners: dict[str, QToolBar] = {}
        self._toast: QWidget | None = None
        self._bind_commands()
        self._restore()
        self._name_unit()

    @property
    def state(self) -> WindowState:
        """What is remembered between two starts."""
        return self._state

    def place(self, name: str, panel: QWidget) -> None:
        """Put a panel into the pane *name*."""
        self.panes.place(name, panel)

    def dress(self) -> None:
        """Draw the tool bar's icons in the colours of the theme."""
        self._tool_bar.dress()

    def set_title(self, design: str, is_clean: bool) -> None:
        """Show the design's name and whether it was changed in the window's title."""
        self._design = design
        suffix = " · signed out" if self._is_signed_out else ""
        self.setWindowTitle(tr(f"{title_text(shown(design))}[*] · {PROGRAM}{suffix}"))
        self.setWindowModified(not is_clean)

    def add_bar(self, bar: QToolBar) -> None:
        """Put another bar beside the tool bar, at its right end."""
        banners = list(self._banners.values())
        for banner in banners:
            self.removeToolBar(banner)
        self.addToolBar(bar)
        for banner in banners:
            self._add_banner(banner)

    def tell_signed_out(self, is_so: bool) -> None:
        """Say in the window's title whether nobody is signed in."""
        self._is_signed_out = is_so
        if self._design:
            self.set_title(self._design, not self.isWindowModified())

    def focus_pane(self, name: str) -> None:
        """Show the pane *name* and give its main part the focus."""
        self.panes.focus(name)

    def keep_layout(self) -> None:
        """Write down from now on how the panes lie when that changes, not only at the end."""
        self._keeps_layout = True
        self.panes.changed.connect(self._keep_soon)

    def dock(self, name: str) -> QDockWidget:
        """Return the dock of a pane, such as to name it."""
        return self.panes.dock(name)

    def use_theme(self, name: str) -> None:
        """Use the light or the dark look, and remember it."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            style.apply(application, name)
        self._state.remember(theme=name)
        self.dress()

    @property
    def unit(self) -> str:
        """The unit that lengths are shown in, "mm" or "in", as it is remembered."""
        return self._state.text("unit", tuple(_UNITS), "mm")

    @Slot(str)
    def show_banner(self, sentence: str) -> None:
        """Show *sentence* across the window; "" takes it away."""
        self._show_across("YELLOW", sentence)

    @Slot(str)
    def show_alarm(self, sentence: str) -> None:
        """Show *sentence* across the window in red; "" takes it away."""
        self._show_across("RED", sentence)

    @Slot(str)
    def show_toast(self, sentence: str) -> None:
        """Show *sentence* for a few seconds over the lower edge, and in the status bar."""
        from luthier_desktop.ui.widgets.notices import Toast

        if self._toast is None:
            self._toast = Toast(self)
        if isinstance(self._toast, Toast):
            self._toast.say(sentence)

    @Slot(str)
    def show_failure(self, told: str) -> None:
        """Show the sentence of a failure in the status bar and as a toast."""
        self.statusBar().showMessage(tr(sentence(told)))
        self.show_toast(told)

    def _show_across(self, status: str, told: str) -> None:
        earlier = self._banners.pop(status, None)
        if earlier is not None:
            self.removeToolBar(earlier)
            earlier.deleteLater()
        if told:
            from luthier_desktop.ui.widgets.notices import Banner

            self._banners[status] = Banner(told, self, status)
            self._add_banner(self._banners[status])

    def _add_banner(self, banner: QToolBar) -> None:
        self.addToolBarBreak()
        self.addToolBar(banner)
        banner.show()

    # Building the frame

    def _menu(self, menu_title: str) -> QMenu:
        menu = self._menu_bar.add(menu_title)
        menu.setObjectName(f"menu{menu_title.replace('&', '').replace(' ', '')}")
        menu.setToolTipsVisible(True)
        group = 0
        for command in COMMANDS:
            if command.menu == menu_title:
                if command.group != group:
                    menu.addSeparator()
                    group = command.group
                menu.addAction(self.commands[command.id])
        return menu

    def _build_status_bar(self) -> None:
        self.state_label.setObjectName("storeState")
        self.state_label.setAccessibleName(tr("State of the log"))
        self.state_label.setContentsMargins(style.GRID * 3, 0, 0, 0)
        self.statusBar().addPermanentWidget(self.state_label)

    def _build_panes(self) -> Panes:
        self.setDockOptions(
            QMainWindow.DockOption.AllowTabbedDocks | QMainWindow.DockOption.AllowNestedDocks
        )
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.BottomDockWidgetArea)
        self.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.BottomDockWidgetArea)
        panes = Panes(self, self._state, _CENTRE)
        for pane in _PANES:
            self.menus["&View"].addAction(panes.add(pane).toggleViewAction())
        LanguageMenu(self._state, self.messages, self.menus["&View"])
        return panes

    def _bind_commands(self) -> None:
        self.messages.said.connect(self.show_toast)
        self.messages.failed.connect(self.show_failure)
        self.messages.warned.connect(self.show_banner)
        self.messages.alarmed.connect(self.show_alarm)
        self.commands.bind(
            {
                "quit": self.close,
                "focus_editor": self._focus_editor,
                "focus_feasibility": self._focus_feasibility,
                "focus_run_log": self._focus_log,
                "next_pane": self._focus_next,
                "previous_pane": self._focus_previous,
                "switch_theme": self._switch_theme,
                "switch_unit": self._switch_unit,
                "reset_layout": self.panes.reset,
                "key_sheet": self._show_keys,
                "command_palette": self._show_palette,
            }
        )

    # What the window remembers

    def _restore(self) -> None:
        width, height = self._state.numbers("size", 2) or _SIZE
        room = self.screen().availableSize()
        self.resize(min(width, room.width()), min(height, room.height()))
        if self._state.flag("maximised", False):
            self.setWindowState(Qt.WindowState.WindowMaximized)
        self.panes.restore()

    def _keep_soon(self) -> None:
        self._keeping.start()

    def _keep(self) -> None:
        """Write what changed, so that it outlives a program that does not end cleanly."""
        if self._keeps_layout and self.isVisible() and not self.isMinimized():
            self._remember()
        else:
            self._state.save()

    def _remember(self) -> None:
        self._state.remember(maximised=self.isMaximized())
        if not self.isMaximized():
            self._state.remember(size=[self.width(), self.height()])
        self.panes.remember()
        self._state.save()

    # Commands of the frame itself

    def _focus_editor(self) -> None:
        self.focus_pane(EDITOR)

    def _focus_feasibility(self) -> None:
        self.focus_pane(FEASIBILITY)

    def _focus_log(self) -> None:
        self.focus_pane(LOG)

    def _focus_next(self) -> None:
        self.panes.step_focus(1)

    def _focus_previous(self) -> None:
        self.panes.step_focus(-1)

    def _switch_theme(self) -> None:
        self.use_theme(style.LIGHT if style.theme() == style.DARK else style.DARK)

    def _switch_unit(self) -> None:
        from luthier_desktop.ui import units

        self._state.remember(unit=units.switch().value)
        self._name_unit()

    def _name_unit(self) -> None:
        self.commands["switch_unit"].setIconText(tr(f"Unit: {_UNITS[self.unit]}"))

    def _show_keys(self) -> None:
        from luthier_desktop.ui.widgets.key_sheet import KeySheet

        dialog = KeySheet(self.commands, self._state, self)
        dialog.open()

    def _show_palette(self) -> None:
        from luthier_desktop.ui.widgets.command_palette import CommandPalette

        dialog = CommandPalette(self.commands, self._state, self)
        dialog.open()

    # Qt overrides

    def createPopupMenu(self) -> QMenu:
        menu = super().createPopupMenu()
        assert menu is not None  # there are panes to list
        KeyKeeper(menu)
        return menu

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panes.follow_width()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.may_close is not None and not self.may_close():
            event.ignore()
            return
        self._remember()
        self._state.watch(None)
        self._keeping.stop()
        self.closing.emit()
        super().closeEvent(event)
