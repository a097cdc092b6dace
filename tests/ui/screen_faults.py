"""What can be wrong with a screen, told in words: cut, covered, out of reach, hard to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenuBar,
    QPushButton,
    QScrollArea,
    QSplitterHandle,
    QTabBar,
    QToolButton,
    QTreeView,
    QWidget,
)

from tests.ui.test_style import contrast

LEAST_CONTRAST = 4.5
LEAST_COLOURS = 6
"""A pane in which something is drawn has at least so many colours."""
_ROWS = 12
_SMOOTH = 1
_GRIP = 12
_SPOT = 8
_EVERY = 7
"""One pixel of so many tells which colour is the commonest."""
_OVER_OTHERS = ("toast", "qt_toolbar_ext_button", "focusFrame")
_FLOATS = (QSplitterHandle, QMenuBar)
Faults = list[str]


def named(widget: QWidget) -> str:
    """Name a widget for who reads a fault."""
    text = getattr(widget, "text", None)
    told = str(text())[:40] if callable(text) else ""
    parent = widget.parentWidget()
    over = f" in {parent.objectName() or type(parent).__name__}" if parent else ""
    return f"{type(widget).__name__} {widget.objectName()} {told!r}{over}"


def seen(window: QWidget) -> Iterator[QWidget]:
    """Give each visible widget of *window* that some pixels of can be seen, or reached."""
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and widget.window() is window and not widget.size().isEmpty():
            yield widget


def _scrolls(parent: QWidget) -> bool:
    """Tell whether what sticks out of *parent* can be scrolled into it."""
    area = parent.parentWidget()
    return isinstance(area, QAbstractScrollArea) and area.viewport() is parent


def out_of_reach(window: QWidget) -> Faults:
    """Tell of widgets that their parent or the window cuts off, where nothing scrolls."""
    found = []
    for widget in seen(window):
        parent = widget.parentWidget()
        if parent is None or widget.objectName() in _OVER_OTHERS or _scrolls(parent):
            continue
        if isinstance(parent, QTabBar) or isinstance(widget.parent(), QHeaderView):
            continue
        if isinstance(parent, QMainWindow) and widget.geometry().right() < 0:
            continue  # where Qt keeps the docks that are not the current tab
        if not parent.rect().adjusted(-1, -1, 1, 1).contains(widget.geometry()):
            found.append(f"out of reach: {named(widget)} {widget.geometry()} {parent.size()}")
    return found


def covered(window: QWidget) -> Faults:
    """Tell of widgets side by side that lie on each other."""
    found = []
    for parent in (window, *seen(window)):
        if isinstance(parent, (QAbstractItemView, QTabBar)):
            continue
        side_by_side = [
            child
            for child in parent.findChildren(
                QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly
            )
            if child.isVisible()
            and not child.isWindow()
            and parent.rect().intersects(child.geometry())  # not where Qt keeps hidden docks
            and child.objectName() not in _OVER_OTHERS
            and not isinstance(child, _FLOATS)
        ]
        for at, one in enumerate(side_by_side):
            for other in side_by_side[at + 1 :]:
                both = one.geometry() & other.geometry()
                if both.width() > 1 and both.height() > 1:
                    found.append(f"covered: {named(one)} and {named(other)}")
    return found


def cut(window: QWidget) -> Faults:
    """Tell of texts with too little room, unless a tool tip tells them whole."""
    found = []
    for widget in seen(window):
        for kind, judge in _CUTS:
            if isinstance(widget, kind):
                found += [f"cut: {told}" for told in judge(widget)]
                break
    return found


def _cut_label(label: QLabel) -> Faults:
    if not label.text() or label.toolTip():
        return []
    if label.wordWrap():
        short = label.heightForWidth(label.width()) > label.height() + _SMOOTH
    else:
        short = label.sizeHint().width() > label.width() + _SMOOTH
    short = short or label.minimumSizeHint().height() > label.height() + _SMOOTH
    size = f"{label.width()} x {label.height()}"
    return [f"{named(label)} {size}"] if short else []


def _cut_button(button: QAbstractButton) -> Faults:
    hint = button.minimumSizeHint()
    hint = hint if hint.isValid() else button.sizeHint()
    short = hint.width() > button.width() + _SMOOTH or hint.height() > button.height() + _SMOOTH
    return [named(button)] if button.text() and short else []


def _cut_field(field: QLineEdit) -> Faults:
    text = field.text() or field.placeholderText()
    room = field.contentsRect().width() - 6
    wide = field.fontMetrics().horizontalAdvance(text)
    return [named(field)] if wide > room and not field.toolTip() else []


def _cut_combo(box: QComboBox) -> Faults:
    room = box.width() - 28 - (box.iconSize().width() if box.itemIcon(0) else 0)
    wide = box.fontMetrics().horizontalAdvance(box.currentText())
    return (
        [f"{named(box)} {box.currentText()}"]
        if wide > room and box.currentText() not in box.toolTip()
        else []
    )


def _cut_tabs(tabs: QTabBar) -> Faults:
    return [
        f"{named(tabs)} {tabs.tabText(at)}"
        for at in range(tabs.count())
        if tabs.tabRect(at).width() < tabs.fontMetrics().horizontalAdvance(tabs.tabText(at)) + 8
        and not tabs.tabToolTip(at)
    ]


def _cut_heading(header: QHeaderView) -> Faults:
    model = header.model()
    if header.orientation() is not Qt.Orientation.Horizontal or model is None:
        return []
    found = []
    for at in range(header.count()):
        text = str(model.headerData(at, Qt.Orientation.Horizontal) or "")
        tip = model.headerData(at, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        room = header.sectionSize(at)
        wide = header.fontMetrics().horizontalAdvance(text)
        if not header.isSectionHidden(at) and wide > room - 4 and not tip:
            found.append(f"heading {text!r} of {named(header)}: {wide} in {room}")
    return found


def rows_in_sight(view: QAbstractItemView) -> Iterator[QModelIndex]:
    """Give the cells of the first rows that can be seen."""
    port = view.viewport().rect()
    index = view.indexAt(QPoint(3, 3))
    for _ in range(_ROWS):
        if not index.isValid():
            return
        column = 0
        while (cell := index.siblingAtColumn(column)).isValid():
            column += 1
            place = view.visualRect(cell)  # empty where the column is not shown
            if not place.isEmpty() and port.contains(place.center()):
                yield cell
        below = view.visualRect(index).bottom() + 4
        index = view.indexAt(QPoint(3, below)) if below < port.height() else QModelIndex()


def _cut_cells(view: QAbstractItemView) -> Faults:
    found = []
    for cell in rows_in_sight(view):
        place = view.visualRect(cell)
        short = view.sizeHintForIndex(cell).width() > place.width() + _SMOOTH
        tip = cell.data(Qt.ItemDataRole.ToolTipRole)
        whole = view.viewport().rect().right() >= place.right()
        if short and whole and not tip and not isinstance(view, QTreeView):
            found.append(f"cell {cell.data()!r} of {named(view)}")
    return found


_CUTS: tuple[tuple[Any, Callable[..., Faults]], ...] = (
    (QLabel, _cut_label),
    ((QPushButton, QToolButton, QCheckBox), _cut_button),
    (QLineEdit, _cut_field),
    (QComboBox, _cut_combo),
    (QTabBar, _cut_tabs),
    (QHeaderView, _cut_heading),
    (QAbstractItemView, _cut_cells),
)


def picture_of(window: QWidget) -> QImage:
    """Draw the window."""
    return window.grab().toImage()


def _pixels(picture: QImage, place: QRect) -> bytes:
    """Return the pixels of *place*, four bytes each."""
    ratio = picture.devicePixelRatio()
    left, top = round(place.left() * ratio), round(place.top() * ratio)
    part = picture.copy(left, top, round(place.width() * ratio), round(place.height() * ratio))
    return bytes(part.convertToFormat(QImage.Format.Format_RGB32).constBits())


@lru_cache(maxsize=100_000)
def _between(ink: int, ground: int) -> float:
    return contrast(f"#{ink & 0xFFFFFF:06x}", f"#{ground & 0xFFFFFF:06x}")


@lru_cache(maxsize=4_000)
def _strongest(pixels: bytes) -> float:
    colours = memoryview(pixels).cast("I")
    inks = set(colours)
    if len(inks) < 2:
        return 21.0
    ((ground, _),) = Counter(colours[::_EVERY]).most_common(1)
    return max(_between(ink, ground) for ink in inks)


def ink_on_ground(picture: QImage, place: QRect) -> float:
    """Measure the strongest contrast of a drawn pixel to the commonest one in *place*."""
    return _strongest(_pixels(picture, place))


def _texts(window: QWidget) -> Iterator[tuple[str, QRect]]:
    """Give what is to be read in *window*, and where."""
    for widget in seen(window):
        if isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
            yield from _texts_of_cells(window, widget)
        elif _words(widget).strip() and widget.isEnabled():
            place = widget.visibleRegion().boundingRect().adjusted(2, 2, -2, -2)
            if place.height() >= _GRIP and place.width() >= _GRIP:
                yield named(widget), place.translated(widget.mapTo(window, QPoint()))


def _texts_of_cells(window: QWidget, view: QAbstractItemView) -> Iterator[tuple[str, QRect]]:
    port = view.viewport().mapTo(window, QPoint())
    for cell in rows_in_sight(view):
        if cell.data() and cell.flags() & Qt.ItemFlag.ItemIsEnabled:
            whole = view.visualRect(cell)
            in_sight = view.viewport().rect().contains(whole)  # at an edge it may show no text
            place = whole.translated(port)
            if in_sight and not _lies_under(window, view.viewport(), place):
                yield f"{cell.data()!r} of {named(view)}", place


def _lies_under(window: QWidget, port: QWidget, place: QRect) -> bool:
    """Tell whether something, such as a passing notice, hides a corner or the middle."""
    corners = (place.topLeft(), place.topRight(), place.bottomLeft(), place.bottomRight())
    return any(window.childAt(point) is not port for point in (place.center(), *corners))


def _words(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QLineEdit):
        return widget.text() or widget.placeholderText()
    text = getattr(widget, "text", None)
    return str(text()) if callable(text) else ""


def pale(window: QWidget, picture: QImage) -> Faults:
    """Tell of texts that stand out too little from what they are written on."""
    found = []
    for told, place in _texts(window):
        if place.isEmpty() or not window.rect().contains(place):
            continue
        measured = ink_on_ground(picture, place)
        if measured < LEAST_CONTRAST:
            found.append(f"pale: {measured:.1f} {told}")
    return found


def empty(window: QWidget, picture: QImage) -> Faults:
    """Tell of panes in which nothing is drawn."""
    panes = [window]
    if isinstance(window, QMainWindow):
        names = ("designCanvas", "ringTable", "inspector", "runLogTable", "feasibilityPanel")
        panes = [pane for name in names for pane in window.findChildren(QWidget, name)]
    return [
        f"empty: {named(pane)}"
        for pane in panes
        if not (place := pane.visibleRegion().boundingRect()).isEmpty()
        and _colours_in(picture, place.translated(pane.mapTo(window, QPoint()))) < LEAST_COLOURS
    ]


def _colours_in(picture: QImage, place: QRect) -> int:
    """Count the colours of some of the pixels in *place*."""
    ratio = picture.devicePixelRatio()
    spots = [
        picture.pixel(round(x * ratio), round(y * ratio))
        for x in range(place.left() + 1, place.right(), _SPOT)
        for y in range(place.top() + 1, place.bottom(), _SPOT)
    ]
    return len(set(spots))


def hidden_focus(window: QWidget) -> Faults:
    """Tell of widgets that look the same with the focus and without it."""
    found = []
    aside = window.focusWidget()
    for widget in list(seen(window)):
        if not takes_focus(widget) or getattr(widget, "isDefault", bool)():
            continue  # the default button is framed while no other button has the focus
        window.setFocus()
        widget.clearFocus()
        without = picture_of(widget)
        widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if widget.hasFocus() and picture_of(widget) == without:
            found.append(f"focus hidden: {named(widget)}")
    if aside is not None:
        aside.setFocus()
    return found


def takes_focus(widget: QWidget) -> bool:
    """Tell whether Tab comes to this widget."""
    wanted = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(wanted) and widget.isEnabled() and widget.focusProxy() is None


def sideways(window: QWidget) -> Faults:
    """Tell of pages that must be scrolled sideways to be read."""
    areas = [area for area in seen(window) if isinstance(area, QScrollArea)]
    return [f"sideways: {named(one)}" for one in areas if one.horizontalScrollBar().isVisible()]


def laid_out_badly(window: QWidget) -> Faults:
    """Tell of all that is wrong with how *window* is laid out."""
    return out_of_reach(window) + covered(window) + cut(window) + sideways(window)


def drawn_badly(window: QWidget, picture: QImage) -> Faults:
    """Tell of all that is wrong with how *window* is drawn."""
    return pale(window, picture) + empty(window, picture)


def nameless(window: QWidget) -> Faults:
    """Tell of what a screen reader has no words for: controls, and rows of lists."""
    found = []
    for widget in seen(window):
        if takes_focus(widget) or isinstance(widget, QAbstractButton):
            interface = QAccessible.queryAccessibleInterface(widget)
            if not interface.text(QAccessible.Text.Name).strip():
                found.append(f"nameless: {named(widget)}")
        if isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
            found += [f"silent: row {row} of {named(widget)}" for row in _silent_rows(widget)]
    return found


def _silent_rows(view: QAbstractItemView) -> list[int]:
    spoken: dict[int, bool] = {}
    for cell in rows_in_sight(view):
        words = cell.data(Qt.ItemDataRole.AccessibleTextRole) or cell.data()
        spoken[cell.row()] = spoken.get(cell.row(), False) or bool(str(words or "").strip())
    return [row for row, is_spoken in spoken.items() if not is_spoken]
