"""Walks through the screens in a made-up language and tells which texts did not pass through `tr`.

Every text that did stands in brackets; run as ``python -m tests.ui.pseudo_tour FOLDER``.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QDockWidget,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTabBar,
    QTableView,
    QTreeView,
    QWidget,
)

from luthier_desktop import paths
from luthier_desktop.ui import language, style
from luthier_desktop.ui.phrases import Phrases
from tests.ui import screens
from tests.ui.desk import Desk

STATES = (
    *("check_opened", "mosaic_page", "tile_editor", "gallery", "run_details", "compare"),
    *("save_dialog", "decision_dialog", "key_sheet", "signed_out", "operators"),
)
OPEN, CLOSE = "⟦", "⟧"
MOST_ROWS = 40
_INNERMOST = re.compile(r"⟦[^⟦⟧]*⟧")
_NAME = re.compile(r"\u2068[^\u2069]*\u2069|<[^>]*>|Luthier Desktop")
_TWICE = re.compile(r"⟦{2}[^⟧]*\d[.,]\d")
"""A number that came through twice would be another one."""
_WORD = re.compile(r"[A-Za-z]{3,}")
_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class Brackets(Phrases):
    """A language in which every text is itself in brackets, and half as long again."""

    def __init__(self) -> None:
        super().__init__({})

    def _of(self, text: str) -> str:
        if not _WORD.search(text):
            return text
        return f"{OPEN}{text}{'~' * (len(text) * 2 // 5)}{CLOSE}"


def texts_of(widget: QWidget) -> Iterator[tuple[str, str]]:
    """Yield what a widget shows and says, each with its kind."""
    yield "name", widget.accessibleName()
    yield "description", widget.accessibleDescription()
    yield "tip", widget.toolTip()
    if widget.isWindow() or isinstance(widget, QDockWidget):
        yield "title", widget.windowTitle()
    if isinstance(widget, QLabel | QAbstractButton):
        yield "text", widget.text()
    for action in widget.actions():
        yield "action", action.text()
        yield "action tip", action.toolTip()
    yield from _parts_of(widget)


def _parts_of(widget: QWidget) -> Iterator[tuple[str, str]]:
    if isinstance(widget, QGroupBox):
        yield "text", widget.title()
    elif isinstance(widget, QLineEdit):
        yield "placeholder", widget.placeholderText()
    elif isinstance(widget, QTabBar):
        yield from (("tab", widget.tabText(at)) for at in range(widget.count()))
    elif isinstance(widget, QComboBox):
        yield from (("item", widget.itemText(at)) for at in range(widget.count()))
    elif isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
        yield from _told(widget)


def _told(view: QAbstractItemView) -> Iterator[tuple[str, str]]:
    model = view.model()
    if model is None:
        return
    columns = model.columnCount() if isinstance(view, QTableView | QTreeView) else 1
    for column in range(columns):
        yield "heading", str(model.headerData(column, Qt.Orientation.Horizontal) or "")
    yield from _rows(model, QModelIndex(), columns)


def _rows(
    model: QAbstractItemModel, parent: QModelIndex, columns: int
) -> Iterator[tuple[str, str]]:
    for row in range(min(model.rowCount(parent), MOST_ROWS)):
        for column in range(columns):
            index = model.index(row, column, parent)
            for role in _ROLES:
                yield f"cell {column}", str(model.data(index, role) or "")
        first = model.index(row, 0, parent)
        if model.rowCount(first) and not parent.isValid():
            yield from _rows(model, first, columns)


def is_left(text: str) -> bool:
    """Say whether words of *text*, other than names, stand outside of brackets."""
    bare, before = text, ""
    while bare != before:
        bare, before = _INNERMOST.sub("", bare), bare
    return bool(_WORD.search(_NAME.sub("", bare)) or _TWICE.search(text))


def left_english(window: QWidget) -> set[str]:
    """Return what is shown in *window* outside of brackets, and what is in two."""
    found = set()
    for widget in (window, *window.findChildren(QWidget)):
        if _is_of_qt(widget):
            continue
        for kind, text in texts_of(widget):
            if is_left(text):
                name = widget.objectName() or type(widget).__name__
                found.add(f"{name} {kind}: {text[:120]}")
    return found


def _is_of_qt(widget: QWidget) -> bool:
    """Say whether Qt itself words *widget*; its own translation does that."""
    is_own = widget.objectName().startswith(("qt_", "Scroll"))
    return is_own or isinstance(widget.parentWidget(), QDialogButtonBox)


def tour(folder: Path) -> dict[str, list[str]]:
    """Visit the states in one window."""
    desk = screens.open_desk(folder)
    found: dict[str, list[str]] = {"start": sorted(left_english(desk.window))}
    known = set(found["start"])
    for name in STATES:
        screens.begin(desk)
        found[name] = sorted(_visit(desk, name) - known)
        known |= set(found[name])
    desk.close()
    return found


def _visit(desk: Desk, name: str) -> set[str]:
    shown = screens.STATES[name](desk)
    window = next(shown)
    desk.settle()
    found = left_english(window)
    for _ in shown:
        pass
    return found


def main() -> None:
    application = QApplication([])
    language._phrases = Brackets()
    style.apply(application, style.LIGHT)
    fonts = paths.resource("fonts")
    style.load_fonts(application, [str(fonts / name) for name in style.FONT_FILES])
    print(json.dumps(tour(Path(sys.argv[1]))))


if __name__ == "__main__":
    main()
