"""The panes around the editor: where they stand, which has the focus, what is remembered."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QFrame,
    QMainWindow,
    QScrollArea,
    QTabBar,
    QWidget,
)

from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import title_text
from luthier_desktop.ui.window_state import WindowState

_Area = Qt.DockWidgetArea
_AREAS = {
    "bottom": _Area.BottomDockWidgetArea,
    "right": _Area.RightDockWidgetArea,
    "left": _Area.LeftDockWidgetArea,
    "top": _Area.TopDockWidgetArea,
}
_PLACES = {area: place for place, area in _AREAS.items()}
_NARROW = 1000
_LIES_OTHERWISE = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)


class Pane(NamedTuple):
    """A pane as it is at first: its *place*, or a tab *beside* another pane.

    *focus* names the part that gets the focus, *size* is its width or height.
    """

    name: str
    title: str
    focus: str
    place: str
    size: int
    beside: str = ""


class Panes(QObject):
    """Docks by their names.

    ``wanted`` tells of one that is about to get the focus, ``changed`` that one lies otherwise.
    """

    wanted = Signal(str)
    changed = Signal()

    def __init__(self, window: QMainWindow, state: WindowState, centre: Pane) -> None:
        super().__init__(window)
        self._window = window
        self._state = state
        self._panes = {centre.name: centre}
        self._frames: dict[str, QScrollArea] = {centre.name: empty_frame(window)}
        self._docks: dict[str, QDockWidget] = {}
        self._later: set[str] = set()
        self._is_narrow: bool | None = None
        self._front: list[str] = []
        window.setCentralWidget(self._frames[centre.name])

    def add(self, pane: Pane) -> QDockWidget:
        """Make the dock of a pane that is there from the start."""
        dock = QDockWidget(title_text(tr(pane.title)), self._window)
        dock.setObjectName(f"{pane.name}Dock")
        self._take(pane, dock, empty_frame(dock))
        return dock

    def adopt(self, pane: Pane, panel: QWidget) -> QDockWidget:
        """Make the dock of a pane that is shown on demand, and only then."""
        dock = self.add(pane)
        dock.hide()
        self._later.add(pane.name)
        self.place(pane.name, panel)
        return dock

    def place(self, name: str, panel: QWidget) -> None:
        """Put a panel into the pane *name*."""
        self._frames[name].setWidget(panel)

    def dock(self, name: str) -> QDockWidget:
        """Return the dock of a pane."""
        return self._docks[name]

    def focus(self, name: str) -> None:
        """Show the pane *name* and give its main part the focus."""
        self.wanted.emit(name)
        if name in self._docks:
            self.show(name)
            self._docks[name].raise_()
        frame = self._frames[name]
        target = frame.findChild(QWidget, self._panes[name].focus) or frame
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show(self, name: str) -> None:
        """Show the pane *name*, as a tab that may lie behind another."""
        dock = self._docks[name]
        if name in self._later and not dock.isVisible() and not dock.isFloating():
            front = self._docks.get(self._panes[name].beside)
            self._put(name)
            if front is not None:
                front.raise_()
        dock.show()
        self._leave_tabs_to_the_mouse()

    def step_focus(self, step: int) -> None:
        """Give the next shown pane the focus, for -1 the one before."""
        names = [name for name in self._in_order() if self._is_shown(name)]
        focused = [position for position, name in enumerate(names) if self._has_focus(name)]
        start = focused[0] if focused else (-1 if step > 0 else 0)
        self.focus(names[(start + step) % len(names)])

    # What is remembered

    def restore(self) -> None:
        """Put every pane where it was left."""
        names = [
            name for name in self._docks if self._state.flag(f"{name}_front", self._leads(name))
        ]
        self._lay_out(names)
        for name, dock in self._docks.items():
            dock.setVisible(self._state.flag(f"{name}_visible", True))

    def remember(self) -> None:
        """Keep where every pane is."""
        for name, dock in self._docks.items():
            shown = not dock.isHidden()
            front = shown and not dock.visibleRegion().isEmpty()
            self._state.remember(**{f"{name}_visible": shown, f"{name}_front": front})
            if not self._is_narrow:
                place = _PLACES.get(self._window.dockWidgetArea(dock), self._panes[name].place)
                self._state.remember(**{f"{name}_place": place})
            if not self._panes[name].beside:
                self._state.remember(
                    **{_size_name(self._panes[name]): _size(dock, self._panes[name])}
                )

    def was_shown(self, name: str) -> bool:
        """Tell whether a pane that is made on demand was shown at the end of the last time."""
        return self._state.flag(f"{name}_visible", False)

    def reset(self) -> None:
        """Put every pane back where it was at first."""
        for pane in self._panes.values():
            self._state.forget(f"{pane.name}_place", f"{pane.name}_front", _size_name(pane))
        self._lay_out([name for name in self._docks if self._leads(name)])
        for name, dock in self._docks.items():
            dock.setVisible(name not in self._later)

    def follow_width(self) -> None:
        """Lay the panes out anew when the window became narrow or wide."""
        if self._is_narrow is not None and self._is_narrow != (self._window.width() < _NARROW):
            docks = self._docks.items()
            shown = [name for name, dock in docks if not dock.visibleRegion().isEmpty()]
            self._lay_out(shown or self._front)  # none is, before the window is shown

    def _in_order(self) -> list[str]:
        """Name all panes; tabs come behind the pane that they were put beside."""
        firsts = [pane.name for pane in self._panes.values() if not pane.beside]
        return [
            pane.name
            for first in firsts
            for pane in self._panes.values()
            if first in (pane.name, pane.beside)
        ]

    def _take(self, pane: Pane, dock: QDockWidget, frame: QScrollArea) -> None:
        self._panes[pane.name] = pane
        self._docks[pane.name] = dock
        self._frames[pane.name] = frame
        dock.setWidget(frame)
        dock.installEventFilter(self)

    def _leads(self, name: str) -> bool:
        """Tell whether a pane is in front of its tabs at first."""
        return not self._panes[name].beside

    def _lay_out(self, front: list[str]) -> None:
        self._is_narrow = self._window.width() < _NARROW
        for name, dock in self._docks.items():
            if name not in self._later or dock.isVisible():
                self._put(name)
        self._front = front
        QTimer.singleShot(0, self, self._settle)

    def _put(self, name: str) -> None:
        """Put a pane where it belongs: into its place, or as a tab beside its neighbour."""
        pane, dock = self._panes[name], self._docks[name]
        place = self._state.text(f"{name}_place", tuple(_AREAS), pane.place)
        beside = self._docks.get(pane.beside)
        dock.setFloating(False)
        if beside is not None and name in self._later:
            beside.show()
        if self._is_narrow:
            place = "bottom"
            beside = next((one for one in self._docks.values() if one is not dock), None)
            if dock is next(iter(self._docks.values())):
                beside = None
        self._window.addDockWidget(_AREAS[place], dock)
        if beside is not None and _PLACES.get(self._window.dockWidgetArea(beside)) == place:
            self._window.tabifyDockWidget(beside, dock)

    def _settle(self) -> None:
        """Raise tabs and set sizes once the window has laid out what it was given."""
        for name in self._front:
            self._docks[name].raise_()
        self._leave_tabs_to_the_mouse()
        for name, dock in self._docks.items():
            pane = self._panes[name]
            if not pane.beside:
                size = self._state.number(_size_name(pane), pane.size)
                self._window.resizeDocks([dock], [size], _way(pane))

    def _leave_tabs_to_the_mouse(self) -> None:
        """Let Tab go from pane to pane: F6 and the panes' own keys lead to what lies behind."""
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        for tabs in self._window.findChildren(QTabBar, options=direct):
            tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            tabs.setAccessibleName(tr("Panes"))

    def _is_shown(self, name: str) -> bool:
        return name not in self._docks or not self._docks[name].isHidden()

    def _has_focus(self, name: str) -> bool:
        frame = self._frames[name]
        focus = QApplication.focusWidget()
        return focus is not None and (focus is frame or frame.isAncestorOf(focus))

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _LIES_OTHERWISE:
            self.changed.emit()
        return super().eventFilter(watched, event)


def _way(pane: Pane) -> Qt.Orientation:
    lies = pane.place in ("bottom", "top")
    return Qt.Orientation.Vertical if lies else Qt.Orientation.Horizontal


def _size_name(pane: Pane) -> str:
    return f"{pane.name}_{'height' if _way(pane) is Qt.Orientation.Vertical else 'width'}"


def _size(dock: QDockWidget, pane: Pane) -> int:
    return dock.height() if _way(pane) is Qt.Orientation.Vertical else dock.width()


def empty_frame(parent: QWidget) -> QScrollArea:
    """Make the frame that a panel is put into; it stays, so that panes keep their sizes.

    On a small screen the panel scrolls in it, so that every control stays within reach.
    """
    frame = QScrollArea(parent)
    frame.setFrameShape(QFrame.Shape.NoFrame)
    frame.setWidgetResizable(True)
    frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return frame
