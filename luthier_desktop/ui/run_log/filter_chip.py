"""One chip of the filter bar: what it filters by, its alternatives in a menu, and its end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import menu_text, set_tool_tip, shown
from luthier_desktop.ui.widgets.menus import Menu

_SHOWN_VALUES = 2
_LONGEST_VALUE = 22
_LONGEST_IN_MENU = 60
_CLEARING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_OPENING = (Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ARROW = "▾"


class ChoiceMenu(Menu):
    """A menu in which several entries can be checked before it is closed.

    Space and a click check and stay; Enter checks and closes.
    """

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None and action.isCheckable():
            action.trigger()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.actionAt(event.position().toPoint())
        if action is not None and action.isCheckable() and action.isEnabled():
            action.trigger()
            return
        super().mouseReleaseEvent(event)


class Chip(QWidget):
    """A named button with a menu; while it filters it says by what, and has an x.

    ``menuWanted`` comes when its menu is to be opened, ``clearWanted`` when its x is pressed, or
    Delete.
    """

    changed = Signal()
    menuWanted = Signal()
    clearWanted = Signal()

    def __init__(self, name: str, parent: QWidget, menu: QMenu | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.setObjectName(f"filter{name}")
        self.menu = menu or ChoiceMenu(self)
        self.menu.setObjectName(f"filter{name}Menu")
        self._button = QToolButton(self)
        self._button.setObjectName(f"filter{name}Button")
        self._button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._button.installEventFilter(self)
        self._button.clicked.connect(self.menuWanted)
        self._end = QToolButton(self)
        self._end.setObjectName(f"filter{name}Clear")
        self._end.setText("✗")
        self._end.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._end.clicked.connect(self.clearWanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._button)
        row.addWidget(self._end)
        self.setFocusProxy(self._button)

    def is_active(self) -> bool:
        """Say whether it leaves anything out."""
        return not self._end.isHidden()

    def open_menu(self, anchor: QWidget | None = None) -> None:
        """Show the menu below the chip, or below *anchor* while the chip is not shown."""
        below = self if self.isVisible() or anchor is None else anchor
        self.menu.popup(below.mapToGlobal(QPoint(0, below.height())))
        first = next((action for action in self.menu.actions() if action.isEnabled()), None)
        if first is not None:
            self.menu.setActiveAction(first)

    def tell(self, parts: Sequence[str]) -> None:
        """Say what is filtered by; nothing when *parts* is empty."""
        some = ", ".join(shown(part, _LONGEST_VALUE) for part in parts[:_SHOWN_VALUES])
        more = f" +{len(parts) - _SHOWN_VALUES}" if len(parts) > _SHOWN_VALUES else ""
        words = f"{self.name}: {some}{more}" if parts else self.name
        self._button.setText(tr(f"{menu_text(words)} {_ARROW}"))
        self._end.setVisible(bool(parts))
        self._end.setAccessibleName(tr(f"Clear the filter by {self.name.lower()}"))
        every = ", ".join(shown(part) for part in parts) or "any"
        for part in (self, self._button):
            part.setAccessibleName(tr(f"{self.name}: {every}"))
        set_tool_tip(self._button, f"{self.name}: {every}. Delete clears it." if parts else "")
        self.updateGeometry()

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open the menu by keyboard, and clear the chip."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _OPENING:
                self.menuWanted.emit()
                return True
            if event.key() in _CLEARING and self.is_active():
                self.clearWanted.emit()
                return True
        return super().eventFilter(watched, event)


class ChoiceChip(Chip):
    """A chip over values, several of which may be chosen; they are alternatives (or).

    Chosen values stay chosen whether the menu offers them or not. *facet* is the filter's name
    in a query.
    """

    def __init__(
        self, name: str, facet: str, parent: QWidget, choices: Iterable[tuple[str, str]] = ()
    ) -> None:
        super().__init__(name, parent)
        self.facet = facet
        self._choices = list(choices)
        self.is_fixed = bool(self._choices)
        self._chosen: tuple[str, ...] = ()
        self.clearWanted.connect(self.clear)
        self._fill(())
        self._tell()

    def worded(self, value: str) -> str:
        """Return the words for a value that occurs; materials are written as in the table."""
        return value.replace("_", " ") if self.facet == "material" else value

    def values(self) -> tuple[str, ...]:
        """Return the chosen values; none means any."""
        return self._chosen

    def choose(self, values: Iterable[str]) -> None:
        """Choose exactly these values."""
        chosen = tuple(dict.fromkeys(self._known(value) for value in values))
        if chosen == self._chosen:
            return
        self._chosen = chosen
        for action in self._checkable():
            action.setChecked(str(action.data()) in chosen)
        self._tell()
        self.changed.emit()

    def clear(self) -> None:
        """Filter by nothing of this kind."""
        self.choose(())

    def offer(self, values: Iterable[tuple[str, str]], note: str = "") -> None:
        """Offer these values with their words; *note* says what is not among them."""
        self._choices = list(values)
        self._fill(self._chosen, note)

    def _fill(self, chosen: tuple[str, ...], note: str = "") -> None:
        self.menu.clear()
        known = {value.casefold() for value, _ in self._choices}
        missing = [(value, value) for value in chosen if value.casefold() not in known]
        for value, words in (*missing, *self._choices):
            action = self.menu.addAction(menu_text(shown(words, _LONGEST_IN_MENU)))
            set_tool_tip(action, shown(words))
            action.setCheckable(True)
            action.setData(value)
            action.setChecked(any(value.casefold() == each.casefold() for each in chosen))
            action.triggered.connect(self._take)
        if note:
            self.menu.addAction(menu_text(tr(note))).setEnabled(False)
        elif not self.menu.actions():
            self.menu.addAction(tr("Nothing of this kind was recorded")).setEnabled(False)

    def _take(self) -> None:
        checked = [str(action.data()) for action in self._checkable() if action.isChecked()]
        if tuple(checked) != self._chosen:
            self._chosen = tuple(checked)
            self._tell()
            self.changed.emit()

    def _checkable(self) -> list[QAction]:
        return [action for action in self.menu.actions() if action.isCheckable()]

    def _known(self, value: str) -> str:
        """Return the value as it is offered, whatever its letter case."""
        for each, _ in self._choices:
            if each.casefold() == value.casefold():
                return each
        return value

    def _tell(self) -> None:
        words = dict(self._choices) if self.is_fixed else {}
        self.tell([words.get(value) or self.worded(value) for value in self._chosen])
