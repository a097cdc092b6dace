"""Which keys mean two things, asked as Qt asks: for every widget that can have the focus.

An action is at home where it was added: in a place, in a button, and in each menu, whose home is
the menu bar or the button that opens it. So keys that are parted by their places may meet while a
menu is in use, unless the menu keeps the keys for itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

_INSIDE = Qt.ShortcutContext.WidgetWithChildrenShortcut
_ALONE = Qt.ShortcutContext.WidgetShortcut
Heard = dict[str, set[str]]


def clashes(window: QWidget) -> list[str]:
    """Name the keys that would be meant twice somewhere in *window*, and where."""
    keys = _keys_of(window)
    faults = set()
    for focus in _places(window):
        heard: Heard = defaultdict(set)
        around = _around(focus)
        for sequence, name, contexts in keys:
            if any(_is_heard(context, place, focus, around) for context, place in contexts):
                heard[sequence].add(name)
        doubled = {sequence: names for sequence, names in heard.items() if len(names) > 1}
        faults |= {
            f"keys: {sequence} in {type(focus).__name__} {focus.objectName()}: {sorted(names)}"
            for sequence, names in doubled.items()
            if not keeps(focus, sequence)
        }
    return sorted(faults)


def unkept(window: QWidget) -> list[str]:
    """Name the menus of *window* that let letters through to the place behind them.

    Qt makes one of its own for what a bar has no room for.
    """
    menus = [one for one in window.findChildren(QMenu) if not _is_of_qt(one)]
    return sorted(f"keys: through {one.objectName()}" for one in menus if not keeps(one, "J"))


def _is_of_qt(menu: QMenu) -> bool:
    holds_menus = all(action.menu() is not None for action in menu.actions())
    return holds_menus or menu.parent().objectName().startswith("qt_")


def keeps(focus: QWidget, sequence: str) -> bool:
    """Tell whether *focus* keeps these keys for itself, so that no shortcut is looked for."""
    keys = QKeySequence(sequence)[0]
    event = QKeyEvent(QEvent.Type.ShortcutOverride, keys.key(), keys.keyboardModifiers())
    event.ignore()
    QCoreApplication.sendEvent(focus, event)
    return event.isAccepted()


Contexts = list[tuple[Qt.ShortcutContext, QWidget]]


def _keys_of(window: QWidget) -> list[tuple[str, str, Contexts]]:
    """Give each key with what it does and where it is at home, once an action."""
    actions: dict[QAction, None] = {}
    for widget in (window, *window.findChildren(QWidget)):
        actions |= dict.fromkeys(widget.actions())
    found = [
        (keys.toString(), action.objectName() or action.text(), _homes(action, window))
        for action in actions
        for keys in action.shortcuts()
    ]
    for shortcut in window.findChildren(QShortcut):
        place = shortcut.parent()
        name = shortcut.objectName().removesuffix("Refusal")  # the command's own, while greyed
        if isinstance(place, QWidget) and place.window() is window:
            homes = [(shortcut.context(), place)]
            sequences = shortcut.keys()
            found += [(keys.toString(), name, homes) for keys in sequences]
    return found


def _homes(action: QAction, window: QWidget) -> Contexts:
    context = action.shortcutContext()
    return [(context, place) for place in _places_of(action) if place.window() is window]


def _places_of(action: QAction) -> Iterator[QWidget]:
    for owner in action.associatedObjects():
        if isinstance(owner, QMenu):
            yield from _places_of(owner.menuAction())
        elif isinstance(owner, QWidget):
            yield owner


def _places(window: QWidget) -> Iterator[QWidget]:
    for widget in (window, *window.findChildren(QWidget)):
        is_here = widget.window() is window and not isinstance(widget, QMenu)
        takes_focus = widget.focusPolicy() is not Qt.FocusPolicy.NoFocus or widget.actions()
        if is_here and takes_focus:
            yield widget


def _around(focus: QWidget) -> set[QWidget]:
    """Give *focus* and what it lies in, up to its window."""
    found = {focus}
    inner = focus
    while not inner.isWindow() and (outer := inner.parentWidget()) is not None:
        inner = outer
        found.add(inner)
    return found


def _is_heard(
    context: Qt.ShortcutContext, place: QWidget, focus: QWidget, around: set[QWidget]
) -> bool:
    if context is _ALONE:
        return place is focus
    return context is not _INSIDE or place in around
