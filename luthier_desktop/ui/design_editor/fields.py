"""Fields of the inspector: refused text stays with its reason; the wheel needs the focus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.ui import style
from luthier_desktop.ui.design_editor.lengths import mm_text, parse_mm
from luthier_desktop.ui.messages import set_tool_tip

STEP_MM = 0.1
COARSE_MM = 1.0
FINE_MM = 0.01
LEAST_WIDTH = 18 * style.GRID
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier


def step_mm(modifiers: Qt.KeyboardModifier) -> float:
    """Return how far one press of an arrow goes: 0.1 mm, Shift 1 mm, Alt 0.01 mm."""
    if modifiers & _SHIFT:
        return COARSE_MM
    return FINE_MM if modifiers & _ALT else STEP_MM


class TextField(QLineEdit):
    """One value of the design as text; ``entered`` carries its path and what was typed, once."""

    entered = Signal(str, str)

    def __init__(self, path: str, name: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._name = name
        self._tip = tip
        self._shown = ""
        self._refused = ""
        self._own_palette = QPalette()
        self.setAccessibleName(name)
        self.setMinimumWidth(LEAST_WIDTH)  # the font's widest sign would make it far too wide
        set_tool_tip(self, tip)
        self.editingFinished.connect(self._finish)

    @property
    def refusal(self) -> str:
        """Why the text in the field was refused, or ""."""
        return self._refused

    def show_value(self, text: str) -> None:
        """Show the design's value; text that is being typed or was refused stays until then."""
        if text == self._shown and (self._refused or self.isModified()):
            return
        self.reset_to(text)

    def reset_to(self, text: str) -> None:
        """Show *text* and forget what was typed."""
        self._shown = text
        self._mark("")
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)
        self.setModified(False)

    def refuse(self, reason: str) -> None:
        """Keep what was typed, marked, with the reason."""
        self._mark(reason)

    def revert(self) -> None:
        """Go back to the design's value."""
        self.reset_to(self._shown)
        self.selectAll()

    def _finish(self) -> None:
        if self.text() == self._shown:
            self.reset_to(self._shown)
        elif self.isModified():
            self.setModified(False)
            self.entered.emit(self._path, self.text())

    def _mark(self, reason: str) -> None:
        if reason == self._refused:
            return
        self._refused = reason
        set_tool_tip(self, reason or self._tip)
        self.setAccessibleDescription(reason or self._tip)
        self._colour()

    def _colour(self) -> None:
        palette = QPalette()
        if self._refused:
            sign = style.risk_sign("RED")
            palette.setColor(QPalette.ColorRole.Base, QColor(sign.soft))
            palette.setColor(QPalette.ColorRole.Text, QColor(sign.colour))
        if palette != self._own_palette:
            self._own_palette = palette
            self.setPalette(palette)

    # Qt overrides

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:  # the look may have changed
            self._colour()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and (self.isModified() or self._refused):
            self.revert()
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class LengthField(TextField):
    """A length in mm; arrows and, with the focus, the wheel step it."""

    def _step(self, by_mm: float) -> None:
        try:
            value_mm = parse_mm(self.text() or "0", self._name)
        except InputRefused:
            return
        self.setText(mm_text(round(value_mm + by_mm, 6)))
        self.setModified(True)
        self._finish()

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        direction = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if direction is not None:
            self._step(direction * step_mm(event.modifiers()))
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Alt turns the wheel sideways, so both directions count.
        turned = event.angleDelta().y() or event.angleDelta().x()
        if not self.hasFocus() or turned == 0:
            event.ignore()
            return
        self._step(step_mm(event.modifiers()) * (1 if turned > 0 else -1))
        event.accept()


class Reading(NamedTuple):
    """How a number that is no length is read from text, written, and stepped by an arrow."""

    read: Callable[[str, str], Any]
    write: Callable[[Any], str]
    step: float


class NumberField(TextField):
    """A number that is no length, such as a count or an angle; arrows step it."""

    def __init__(self, path: str, name: str, tip: str, reading: Reading) -> None:
        super().__init__(path, name, tip)
        self._reading = reading

    def _step(self, by: int) -> None:
        try:
            value = self._reading.read(self.text(), self._name)
        except InputRefused:
            return
        if value is not None:
            self.setText(self._reading.write(value + by * self._reading.step))
            self.setModified(True)
            self._finish()

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        direction = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if direction is not None:
            self._step(direction)
            return
        super().keyPressEvent(event)


class ChoiceField(QComboBox):
    """A list to choose from; the wheel over it does nothing without the focus."""

    def __init__(self, name: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        set_tool_tip(self, tip)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.setMinimumContentsLength(10)

    def show_choice(self, data: object) -> None:
        """Show the entry with this data without choosing it."""
        at = self.findData(data)
        if at != self.currentIndex():
            self.setCurrentIndex(at)

    # Qt overrides

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
