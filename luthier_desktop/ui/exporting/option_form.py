"""The options of the chosen format as fields, each with its explanation below it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.ui import style, units
from luthier_desktop.ui.exporting.option_fields import OptionField
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel
from luthier_desktop.ui.widgets.fields import (
    ChoiceField,
    LengthField,
    NumberField,
    Reading,
    TextField,
)

_LONGEST_COUNT = 9
_WIDTH = 68 * style.GRID
Entry = QCheckBox | ChoiceField | TextField


class OptionForm(QScrollArea):
    """Shows the fields of one format at a time; ``changed`` comes when a value became another."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("exportOptions")
        self.setAccessibleName(tr("Options of the format"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have it
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self._fields: tuple[OptionField, ...] = ()
        self._entries: dict[str, Entry] = {}
        self._values: dict[str, Any] = {}
        self._refused: dict[str, str] = {}

    def show_fields(self, fields: tuple[OptionField, ...], values: Mapping[str, Any]) -> None:
        """Show these *fields* with their values; others are forgotten."""
        self._fields = fields
        self._values = {field.path: _fitting(field, values[field.path]) for field in fields}
        self._refused.clear()
        self._entries = {}
        page = QWidget(self)
        page.setAutoFillBackground(False)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, style.GRID * 2, 0)
        column.setSpacing(style.GRID)
        for field in fields:
            self._place(field, page, column)
        column.addStretch(1)
        self.setWidget(page)
        self._look()

    def values(self) -> dict[str, Any]:
        """Return the value of each field."""
        return dict(self._values)

    def refusal(self) -> str:
        """Say what is typed wrong; "" when nothing is."""
        return next(iter(self._refused.values()), "")

    def refuse(self, path: str, sentence: str) -> str:
        """Mark the field that holds what was refused; return the sentence with its name."""
        entry = self._entries.get(path)
        if isinstance(entry, TextField):
            name = entry.accessibleName()
            sentence = sentence.replace(f"The options: {path} ", f"{name} ")
            entry.refuse(units.worded(sentence))
        return sentence

    def _place(self, field: OptionField, page: QWidget, column: QVBoxLayout) -> None:
        entry = self._made(field, page)
        entry.setObjectName(f"option.{field.path}")
        entry.setAccessibleName(tr(field.name))
        entry.setAccessibleDescription(tr(field.why))
        self._entries[field.path] = entry
        if not isinstance(entry, QCheckBox):
            label = PlainLabel(field.words, page)
            label.setBuddy(entry)
            column.addWidget(label)
        column.addWidget(entry)
        why = PlainLabel(field.why, page)
        why.setObjectName(f"why.{field.path}")
        why.setWordWrap(True)
        why.setFixedSize(_WIDTH, why.heightForWidth(_WIDTH))
        why.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        column.addWidget(why)
        column.addSpacing(style.GRID * 2)

    def _made(self, field: OptionField, page: QWidget) -> Entry:
        value = self._values[field.path]
        if field.kind == "flag":
            box = QCheckBox(tr(field.words), page)
            box.setChecked(bool(value))
            box.toggled.connect(partial(self._take, field.path))
            return box
        if field.kind == "choice":
            choice = ChoiceField(field.name, field.why, page)
            for data, words in field.choices:
                choice.addItem(tr(words), data)
            choice.show_choice(value)
            choice.currentIndexChanged.connect(partial(self._choose, field.path))
            return choice
        return self._typed(field, value, page)

    def _typed(self, field: OptionField, value: Any, page: QWidget) -> TextField:
        if field.kind == "length":
            length = LengthField(field.path, field.name, field.why, page)
            length.show_length(value, anew=True)
            entry: TextField = length
        else:
            read = _count if field.kind == "count" else _number
            entry = NumberField(field.path, field.name, field.why, Reading(read, _written, 1))
            entry.setParent(page)
            entry.reset_to(_written(value))
        entry.entered.connect(self._enter)
        return entry

    def _choose(self, path: str, _: int) -> None:
        entry = self._entries[path]
        if isinstance(entry, ChoiceField):
            self._take(path, entry.currentData())

    def _enter(self, path: str, text: str) -> None:
        field = next(one for one in self._fields if one.path == path)
        entry = self._entries[path]
        if not isinstance(entry, TextField):
            return
        try:
            value = _read(field, text)
        except InputRefused as error:
            self._refused[path] = error.sentence
            entry.refuse(units.worded(error.sentence))
            self.changed.emit()
            return
        if isinstance(entry, LengthField):
            entry.show_length(value, anew=True)
        else:
            entry.reset_to(_written(value))
        self._take(path, value)

    def _take(self, path: str, value: Any) -> None:
        self._refused.pop(path, None)
        self._values[path] = value
        self._look()
        self.changed.emit()

    def _look(self) -> None:
        for field in self._fields:
            if field.unless is not None:
                path, value = field.unless
                self._entries[field.path].setEnabled(self._values[path] != value)


def _read(field: OptionField, text: str) -> float | int | None:
    if field.optional and not text.strip():
        return None
    if field.kind == "length":
        return units.read(text, field.name)
    return _count(text, field.name) if field.kind == "count" else _number(text, field.name)


def _count(text: str, what: str) -> int:
    bare = text.strip()
    if not bare.isascii() or not bare.isdigit() or len(bare) > _LONGEST_COUNT:
        raise InputRefused(f"{what}: {text[:40]!r} is no whole number; type one such as 12.")
    return int(bare)


def _number(text: str, what: str) -> float:
    bare = text.strip().removesuffix("s").strip().replace(units.decimal(), ".").replace(",", ".")
    try:
        value = float(bare)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise InputRefused(f"{what}: {text[:40]!r} is no number; type one such as 2.5.")
    return value


def _written(value: Any) -> str:
    return "" if value is None else units.number(value)


def _fitting(field: OptionField, value: Any) -> Any:
    """Return *value*, or the usual choice where it is none of this field's."""
    among = [data for data, _ in field.choices]
    return value if not among or value in among else among[0]
