"""One field of a what-if with the range to try."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSpinBox, QWidget

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.services.sweeps import MOST_CELLS, steps_between
from luthier_desktop.ui import units
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, set_tool_tip
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.widgets.fields import ChoiceField, TextField
from luthier_desktop.ui.workbench.sweep_fields import STEPS_ASIDE, Swept
from luthier_desktop.ui.workbench.sweep_table import Axis

_BUTTON_WIDTH = 22 * GRID
_NUMBER_WIDTH = 21 * GRID
_TOLD = 4
_FIRST, _LAST = "The first value to try.", "The last value to try."


class StepsField(QSpinBox):
    """How many values to try; the wheel over it does nothing without the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # Qt overrides

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class RangeChoice(QWidget):
    """A list of fields, from, to, and steps; an optional one may choose no field."""

    def __init__(
        self, title: str, fields: Sequence[Swept], *, optional: bool = False
    ) -> None:
        super().__init__()
        self._fields: list[Swept | None] = [None, *fields] if optional else list(fields)
        plain = title.replace("&", "")
        self._choice = ChoiceField(f"{plain}: what to change", "The number to try values of.")
        for one in self._fields:
            self._choice.addItem(tr("nothing else" if one is None else one.label))
        self._first = TextField("first", f"{plain}: from", _FIRST)
        self._last = TextField("last", f"{plain}: to", _LAST)
        self._steps = StepsField(self)
        self._steps.setRange(2, MOST_CELLS)
        self._steps.setAccessibleName(tr(f"{plain}: steps"))
        set_tool_tip(self._steps, "How many values to try, both ends among them.")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GRID * 2)
        label = PlainLabel(title, self)
        label.setMinimumWidth(GRID * 9)
        label.setBuddy(self._choice)
        self._row.addWidget(label)
        self._row.addWidget(self._choice, 1)
        for words, field in (("from", self._first), ("to", self._last), ("steps", self._steps)):
            self._row.addWidget(PlainLabel(words, self))
            field.setFixedWidth(_NUMBER_WIDTH)
            self._row.addWidget(field)
            if isinstance(field, TextField):
                field.textChanged.connect(self._tell_other)
        self._choice.currentIndexChanged.connect(self._begin)
        self._begin()

    def add_button(self, button: QPushButton) -> None:
        """Put a button at the end of the line."""
        button.setMinimumWidth(_BUTTON_WIDTH)
        self._row.addWidget(button)

    def axis(self) -> Axis | None:
        """Return the field with its values; None where no field is chosen.

        Raises:
            InputRefused: An end of the range is no number of the field's kind.
        """
        swept = self._fields[self._choice.currentIndex()]
        if swept is None:
            return None
        begin, end = swept.range() or (None, None)
        first = _read(swept, self._first.text(), f"{swept.label}, from", begin)
        last = _read(swept, self._last.text(), f"{swept.label}, to", end)
        values = steps_between(first, last, self._steps.value(), whole=swept.is_whole)
        return Axis(swept, values)

    def _begin(self) -> None:
        swept = self._fields[self._choice.currentIndex()]
        ends = None if swept is None else swept.range()
        for number, field in enumerate((self._first, self._last)):
            field.setEnabled(swept is not None)
            if ends is None or swept is None:
                field.setText("")
            else:
                field.setText(units.typed(swept.spec.write(ends[number])))
        self._steps.setValue(2 * STEPS_ASIDE + 1 if swept is None else swept.steps())
        self._steps.setEnabled(swept is not None)

    def _tell_other(self) -> None:
        """Let the tool tip of each end tell its length in the other unit."""
        swept = self._fields[self._choice.currentIndex()]
        for field, tip in ((self._first, _FIRST), (self._last, _LAST)):
            set_tool_tip(field, f"{_other(swept, field.text())}{tip}")


def _other(swept: Swept | None, text: str) -> str:
    if swept is None or not swept.spec.kind.is_length:
        return ""
    try:
        return f"{units.other(round(units.read(text, ''), _TOLD))}. "
    except InputRefused:
        return ""


def _read(swept: Swept, text: str, what: str, offered: float | None) -> float:
    """Read an end of the range; a length left as it was *offered* is exactly that one."""
    value = swept.spec.read(text, what)
    if value is None:
        raise InputRefused(f"{what}: type a value to begin and one to end with.")
    if offered is not None and swept.spec.kind.is_length and units.is_same(offered, value):
        return offered
    return float(value)
