"""Names that a stranger may give, and a look at everything a window shows for what obeys them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex
from PySide6.QtGui import QAction, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QMessageBox,
    QTabWidget,
    QTextEdit,
    QWidget,
)

from tests.conftest import CORPORA

TABLES = "<table><tr><td>" * 20 + "x" + "</td></tr></table>" * 20
IMAGE = '<img src="file:///etc/passwd">'
BIDI = "Rose\u202egpj.\u2066exe\u200b\u061c"
MARKED = "<b>bold</b> & [*] &File <a href='x'>link</a>"
LONG = "long " * 1999
OURS = (TABLES, IMAGE, BIDI, MARKED, LONG, "<h1>&lt;b&gt;</h1>", "two\nlines\x1b[31m\x07")
ISOLATES = "\u2068\u2069"
MOST_ROWS = 200
TAG = re.compile(r"<(?!/?qt>)")


def naughty() -> list[str]:
    """Return every 50th of the naughty strings; none where the corpora are not."""
    file = CORPORA / "naughty-strings" / "blns.json"
    return json.loads(file.read_text("utf-8"))[::50] if file.is_file() else []


def hostile_design(name: str, **members: Any) -> dict[str, Any]:
    ring = {"ring_index": 0, "width_mm": 3.0, "pattern_type": "SOLID", "materials": ["holly"]}
    other = {"ring_index": 1, "width_mm": 2.0, "pattern_type": "LINES", "materials": ["zebra_x"]}
    sizes = {"outer_diameter_mm": 120.0, "inner_diameter_mm": 100.0}
    return {**sizes, "name": name, "ring_params": [ring, other], **members}


def faults() -> list[str]:
    """Say what anywhere in the program may read markup, or hides a character."""
    found: list[str] = []
    for widget in QApplication.allWidgets():
        found += [f"{_where(widget)}: {fault}" for fault in _of_widget(widget)]
    return found


def _of_widget(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QTextEdit):
        yield "is a rich text editor"
    if isinstance(widget, QLabel | QMessageBox) and _reads_markup(widget):
        yield f"reads markup in {widget.text()[:60]!r}"
    for text in _texts(widget):
        yield from _hidden(text, "says")
    for tip in (widget.toolTip(), widget.whatsThis()):
        yield from _of_tip(tip)
    for action in widget.actions():
        yield from _of_action(action)
    is_list = isinstance(widget, QAbstractItemView) and widget.isVisible()
    if is_list and widget.model() is not None:
        yield from _of_model(widget.model(), QModelIndex())


def _reads_markup(widget: QLabel | QMessageBox) -> bool:
    """A box gives its own format to the labels inside."""
    plain = widget.textFormat() is Qt.TextFormat.PlainText
    return not plain and bool(widget.text()) and not isinstance(widget.parent(), QMessageBox)


def _texts(widget: QWidget) -> Iterator[str]:
    yield widget.windowTitle()
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QTabWidget):
        yield from map(widget.tabText, range(widget.count()))


def _of_action(action: QAction) -> Iterator[str]:
    yield from _hidden(action.text(), "offers")
    yield from _of_tip(action.toolTip())


def _of_model(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    for row in range(min(model.rowCount(parent), MOST_ROWS)):
        for column in range(_columns(model, parent)):
            index = model.index(row, column, parent)
            text = model.data(index, Qt.ItemDataRole.DisplayRole)
            if isinstance(text, str):
                yield from _hidden(text, "lists")
            yield from _of_tip(model.data(index, Qt.ItemDataRole.ToolTipRole))
        yield from _of_model(model, model.index(row, 0, parent))


def _columns(model: QAbstractItemModel, parent: QModelIndex) -> int:
    """Return the columns of a model; a list, whose count nobody may ask, has one."""
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)


def _of_tip(tip: object) -> Iterator[str]:
    """A tip is escaped, or has nothing in it that could be taken for markup."""
    if not isinstance(tip, str) or not tip:
        return
    yield from _hidden(tip, "has the tip")
    is_markup = Qt.mightBeRichText(tip)
    if TAG.search(tip) if tip.startswith("<qt>") else is_markup:
        yield f"has a tip with markup: {tip[:60]!r}"


def _hidden(text: str, verb: str) -> Iterator[str]:
    found = _first_hidden(text)
    if found:
        yield f"{verb} {text[:60]!r}, which hides {found!r}"


@lru_cache(maxsize=10_000)
def _first_hidden(text: str) -> str:
    hiding = ("Cc", "Cf", "Cs", "Zl", "Zp")
    allowed = ISOLATES + "\n"
    return next((c for c in text if unicodedata.category(c) in hiding and c not in allowed), "")


def _where(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()}"
