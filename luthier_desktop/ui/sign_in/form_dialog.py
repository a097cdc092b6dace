"""A small form whose fields say themselves what is wrong with them; it blocks nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.domain.operators import ROLES
from luthier_desktop.ui import style
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, sentence
from luthier_desktop.ui.style import GRID

NO_PIN = "no_pin"
PIN, PIN_AGAIN = "pin", "pin_again"
_WIDTH = GRID * 120
_LONGEST_TEXT = 80
_WORKING = "Recording…"
_NOT_ALIKE = "The two PINs differ; type the new one twice."
_NO_PIN_GIVEN = "Type a PIN, or tick “Without a PIN”."


class Field(NamedTuple):
    """One field: *name* is the place that a refusal of the services names."""

    name: str
    label: str
    kind: Literal["text", "secret", "role", "flag"] = "text"
    value: str = ""
    is_fixed: bool = False


class Form(NamedTuple):
    """What is asked for: *said* stands above the fields, *verb* on the button."""

    name: str
    title: str
    said: str
    verb: str
    fields: Sequence[Field]


class FormDialog(QDialog):
    """``given`` carries the texts by the names of the fields; it stays until it is told the end.

    Secrets are never shown, and gone from their fields once something was refused.
    """

    given = Signal(object)

    def __init__(self, form: Form, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName(form.name)
        self.setWindowTitle(tr(form.title))
        self.setMinimumWidth(_WIDTH)
        self._form = form
        self._parts: dict[str, QWidget] = {}
        self._faults: dict[str, PlainLabel] = {}
        self._said = _label("formSaid", "", self)
        self._buttons = QDialogButtonBox(self)
        self._send = self._buttons.addButton(tr(form.verb), QDialogButtonBox.ButtonRole.AcceptRole)
        self._send.setObjectName("formSend")
        self._buttons.setStandardButtons(QDialogButtonBox.StandardButton.Cancel)
        self._arrange()
        self._buttons.accepted.connect(self._give)
        self._buttons.rejected.connect(self.reject)
        flag = self._parts.get(NO_PIN)
        if isinstance(flag, QCheckBox):
            flag.toggled.connect(self._need_no_pin)

    def texts(self) -> dict[str, str]:
        """Return what stands in the fields; a flag is "yes" or ""."""
        return {name: _text(part) for name, part in self._parts.items()}

    def field(self, name: str) -> QWidget:
        """Return the field of this name."""
        return self._parts[name]

    def refuse(self, told: str, path: str = "") -> None:
        """Say at the field that *path* names, else below all, why nothing was recorded."""
        self._work(is_so=False)
        line = self._faults.get(path, self._said)
        line.setText(tr(f"{style.risk_sign('RED').glyph}  {sentence(told)}"))
        line.show()
        for part in self._parts.values():
            if isinstance(part, QLineEdit) and part.echoMode() == QLineEdit.EchoMode.Password:
                part.clear()
        chosen = self._parts.get(path) or self._first_empty()
        if chosen is not None:
            chosen.setFocus()
            chosen.setAccessibleDescription(tr(sentence(told)))
        self._make_room()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 4, GRID * 4, GRID * 4, GRID * 3)
        column.setSpacing(GRID * 3)
        if self._form.said:
            column.addWidget(_label("formHead", sentence(self._form.said), self))
        grid = QGridLayout()
        grid.setHorizontalSpacing(GRID * 3)
        grid.setVerticalSpacing(GRID)
        grid.setColumnStretch(1, 1)
        for field in self._form.fields:
            self._add(field, grid)
        column.addLayout(grid)
        column.addWidget(self._said)
        column.addWidget(self._buttons)
        self._said.hide()

    def _add(self, field: Field, grid: QGridLayout) -> None:
        row = grid.rowCount()
        part = self._parts[field.name] = _part(field, self)
        part.setObjectName(f"form_{field.name}")
        part.setEnabled(not field.is_fixed)
        if field.kind != "flag":
            part.setAccessibleName(tr(field.label.replace("&", "")))
            label = PlainLabel(field.label, self)
            label.setBuddy(part)
            grid.addWidget(label, row, 0)
        grid.addWidget(part, row, 1)
        fault = self._faults[field.name] = _label(f"form_{field.name}_fault", "", self)
        grid.addWidget(fault, row + 1, 1)
        fault.hide()

    def _need_no_pin(self, is_so: bool) -> None:
        for name in (PIN, PIN_AGAIN):
            part = self._parts.get(name)
            if isinstance(part, QLineEdit):
                part.setEnabled(not is_so)
                part.clear()

    def _make_room(self) -> None:
        """Be as high as what is said needs: a dialog does not ask for height by width."""
        column = self.layout()
        if column is not None:
            column.activate()
            self.resize(self.width(), max(self.height(), column.totalHeightForWidth(self.width())))

    def _first_empty(self) -> QWidget | None:
        for part in self._parts.values():
            if isinstance(part, QLineEdit) and part.isEnabled() and not part.text():
                return part
        return next(iter(self._parts.values()), None)

    def _fault(self, texts: dict[str, str]) -> str:
        """Say what is wrong with the new PIN as it was typed; "" when nothing is."""
        if PIN not in texts or texts.get(NO_PIN):
            return ""
        if not texts[PIN]:
            return _NO_PIN_GIVEN if NO_PIN in texts else "Type the new PIN."
        return "" if texts[PIN] == texts[PIN_AGAIN] else _NOT_ALIKE

    def _give(self) -> None:
        if not self._send.isEnabled():
            return
        for line in (*self._faults.values(), self._said):
            line.clear()
            line.hide()
        texts = self.texts()
        fault = self._fault(texts)
        if fault:
            self.refuse(fault, PIN)
            return
        self._work(is_so=True)
        self.given.emit(texts)

    def _work(self, *, is_so: bool) -> None:
        self._send.setEnabled(not is_so)
        self._said.setText(tr(_WORKING if is_so else ""))
        self._said.setVisible(is_so)


def _part(field: Field, parent: QWidget) -> QWidget:
    if field.kind == "flag":
        flag = QCheckBox(parent)
        flag.setText(tr(field.label))
        return flag
    if field.kind == "role":
        combo = QComboBox(parent)
        combo.addItems(list(ROLES))
        combo.setCurrentText(field.value)
        return combo
    line = QLineEdit(field.value, parent)
    line.setMaxLength(_LONGEST_TEXT)
    if field.kind == "secret":
        line.setEchoMode(QLineEdit.EchoMode.Password)
    return line


def _text(part: QWidget) -> str:
    if isinstance(part, QCheckBox):
        return "yes" if part.isChecked() else ""
    if isinstance(part, QComboBox):
        return part.currentText()
    return part.text() if isinstance(part, QLineEdit) else ""


def _label(name: str, text: str, parent: QWidget) -> PlainLabel:
    label = PlainLabel(text, parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    return label
