"""Lengths as the window shows and takes them: one unit and one decimal sign for all of it.

The model, files and records are in mm with a point; only what people see and type is not.
"""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtCore import QLocale, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from luthier_desktop.domain.lengths import (
    MM_PER_INCH,
    Unit,
    inch_fraction,
    length_in,
    length_text,
    other_unit_text,
    parse_length,
)
from luthier_desktop.ui import language

STORED_DECIMALS = 6
"""Lengths are stored in millionths of a mm, so that a sum typed twice is the same length."""
_BRIEF_MM, _BRIEF_INCH = 3, 4
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_STEPS_MM = {Unit.MM: (0.1, 1.0, 0.01), Unit.INCH: (25.4 / 64, 25.4 / 16, 0.0254)}
"""What an arrow, Shift with it and Alt with it change: inches go by 1/64, 1/16 and 0.001."""
_NUMBER = r"[-\u2212+±]?\d+(?:\.\d+)?"
_LENGTHS = re.compile(
    r"'[^']*'|\bType .*"
    rf"|(?P<numbers>(?<![\w.]){_NUMBER}(?:(?: to | and | or | → | -> |-|\u2013){_NUMBER})*)"
    r"[ \u00a0]mm(?![\w/²³^])"
)
_ONE = re.compile(_NUMBER)


class Display(QObject):
    """The unit in force; ``changed`` comes after a switch, once everything reads the new one."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.unit = Unit.MM


_display = Display()


def display() -> Display:
    """Return what announces the switch; there is one a process, as there is one palette."""
    return _display


def unit() -> Unit:
    """Return the unit that lengths are shown in and that a bare number is read in."""
    return _display.unit


def use(wanted: Unit) -> None:
    """Show and read lengths in *wanted* from now on."""
    if wanted is not _display.unit:
        _display.unit = wanted
        _display.changed.emit()


def switch() -> Unit:
    """Show the other unit; what is being typed is taken first, in the unit it was typed in."""
    focus = QApplication.focusWidget()
    holder = focus.parentWidget() if isinstance(focus, QLineEdit) else None
    if focus is not None and holder is not None:
        focus.clearFocus()
    use(_display.unit.other)
    if focus is not None and holder is not None:
        _give_back_focus(focus, holder)
    return _display.unit


def _give_back_focus(field: QWidget, holder: QWidget) -> None:
    """Return the focus to *field*, or to the table whose cell it was the editor of."""
    found: QWidget | None = field if field.isVisible() else holder
    while found is not None and found.focusPolicy() is Qt.FocusPolicy.NoFocus:
        found = found.parentWidget()
    if found is not None:
        found.setFocus(Qt.FocusReason.OtherFocusReason)


def decimal() -> str:
    """Return the decimal sign of what is shown; another language's comes with its words."""
    return language.decimal()


def typed(text: str) -> str:
    """Return a number or a length, written by this module, for a field that it is typed in."""
    return language.number(text)


def typed_decimal() -> str:
    """Return the decimal sign of what is typed."""
    return QLocale().decimalPoint()


def read(text: str, what: str) -> float:
    """Read a length that was typed, in mm, as it is stored; *what* names the field.

    Raises:
        InputRefused: The text is no length.
    """
    return round(parse_length(text, what, unit(), typed_decimal()), STORED_DECIMALS)


def text(length_mm: float, least_decimals: int = 2) -> str:
    """Write a length so that reading it again gives the same to 0.001 mm: for fields."""
    return length_text(length_mm, unit(), decimal(), least_decimals)


def brief(length_mm: float) -> str:
    """Write a length for reading along: to 0.001 mm, or as a fraction or 0.0001 of an inch."""
    return f"{figure(length_mm)} mm" if unit() is Unit.MM else f'{figure(length_mm)}"'


def figure(length_mm: float) -> str:
    """Write a length as `brief` does but without its unit, for a column that names it."""
    if unit() is Unit.MM:
        return text(round(length_mm, _BRIEF_MM)).removesuffix(" mm")
    fraction = inch_fraction(length_mm)
    return fraction or length_in(length_mm, Unit.INCH, _BRIEF_INCH - 2, decimal())


def bare(length_mm: float, decimals: int = 2) -> str:
    """Write a length without its unit, each with as many decimals as the next."""
    return length_in(length_mm, unit(), decimals, decimal())


def symbol() -> str:
    """Return the unit as a heading shows it: mm or in."""
    return unit().value


def other(length_mm: float) -> str:
    """Write a length in the unit that is not shown, for a tool tip."""
    return other_unit_text(length_mm, unit(), decimal())


def number(value: float, least_decimals: int = 0) -> str:
    """Write a number that is no length, such as an angle, with the window's decimal sign."""
    return length_text(value, Unit.MM, decimal(), least_decimals).removesuffix(" mm")


def score_text(score: float) -> str:
    """Write a score to one decimal."""
    return f"{score:.1f}".replace(".", decimal())


def is_same(before_mm: float | None, after_mm: float | None) -> bool:
    """Say whether *after_mm* is *before_mm*, or what is read where that was shown: no change."""
    if before_mm is None or after_mm is None:
        return before_mm is after_mm
    return before_mm == after_mm or read(typed(text(before_mm)), "") == after_mm


def step_mm(modifiers: Qt.KeyboardModifier) -> float:
    """Return how far an arrow goes: 0.1, Shift 1, Alt 0.01 mm; or 1/64, 1/16, 0.001 in."""
    usual, coarse, fine = _STEPS_MM[unit()]
    if modifiers & _SHIFT:
        return coarse
    return fine if modifiers & _ALT else usual


def worded(sentence: str) -> str:
    """Return a sentence of the domain, which speaks in mm, with its lengths in the unit shown.

    What was typed, in quotes, and the example of what to type stay as they are.
    """
    return _worded(sentence, unit(), decimal())


@lru_cache(maxsize=2048)
def _worded(sentence: str, shown_in: Unit, sign: str) -> str:
    if shown_in is Unit.MM and sign == ".":
        return sentence

    def shown(found: re.Match[str]) -> str:
        numbers = found["numbers"]
        if numbers is None:
            return found[0]
        if shown_in is Unit.MM:
            return numbers.replace(".", sign) + found[0][len(numbers) :]
        return _ONE.sub(lambda one: _inches(one[0], sign), numbers)

    return _LENGTHS.sub(shown, sentence)


def _inches(written: str, sign: str) -> str:
    """Write a number of mm in inches, one decimal finer than it was, to 0.0001 at least."""
    lead = written[0] if written[0] in "-\u2212+±" else ""
    figures = written.removeprefix(lead)
    length_mm = float(figures)
    decimals = max(_BRIEF_INCH, len(figures.partition(".")[2]) + 1)
    fraction = inch_fraction(length_mm)
    shown = f"{length_mm / MM_PER_INCH:.{decimals}f}".rstrip("0").rstrip(".").replace(".", sign)
    return f'{lead}{fraction or shown}"'
