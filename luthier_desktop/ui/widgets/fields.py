"""Fields for values: refused text stays with its reason; the wheel needs the focus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.lengths import length_text
from luthier_desktop.ui import style, units
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import set_tool_tip

LEAST_WIDTH = 18 * style.GRID
_HISTORY = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class TextField(QLineEdit):
    """One value as text; ``entered`` carries its path and what was typed, once."""

    entered = Signal(str, str)

    def __init__(self, path: str, name: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._name = name
        self._tip = tip
        self._shown = ""
        self._refused = ""
        self._told = ""
        self._own_palette = QPalette()
        self.setAccessibleName(tr(name))
        self.setMinimumWidth(LEAST_WIDTH)  # the font's widest sign would make it far too wide
        set_tool_tip(self, tip)
        self.setAccessibleDescription(tr(tip))
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
        self._explain()
        self._colour()

    def _explain(self) -> None:
        """Say why the text was refused, else what the field holds."""
        told = units.worded(self._refused) or self._meaning()
        if told != self._told:
            self._told = told
            set_tool_tip(self, told)
            self.setAccessibleDescription(tr(told))

    def _meaning(self) -> str:
        return self._tip

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

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the design unless something is being typed."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            is_history = any(event.matches(one) for one in _HISTORY)
            if is_history and not (self.isModified() or self._refused):
                event.ignore()
                return False
        return super().event(event)

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
    """A length in the unit shown; arrows and, with the focus, the wheel step it.

    The tool tip tells it in the other unit.
    """

    def __init__(self, path: str, name: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(path, name, tip, parent)
        self._value_mm: float | None = None
        units.display().changed.connect(self._show_in_unit)

    def show_length(self, value_mm: float | None, *, anew: bool = False) -> None:
        """Show the design's length; what is typed or refused stays until it is another one.

        *anew*: what was typed belongs to another ring.
        """
        stays = not anew and value_mm == self._value_mm and self._is_draft()
        self._value_mm = value_mm
        if stays:
            self._shown = self._written()
        else:
            self.reset_to(self._written())
        self._explain()

    def _show_in_unit(self) -> None:
        self.show_length(self._value_mm)

    def _is_draft(self) -> bool:
        return bool(self._refused) or self.isModified()

    def _written(self) -> str:
        return "" if self._value_mm is None else units.typed(units.text(self._value_mm))

    def _meaning(self) -> str:
        if self._value_mm is None:
            return self._tip
        return f"{units.other(self._value_mm)}. {self._tip}"

    def _step(self, by_mm: float) -> None:
        try:
            value_mm = self._value_mm if self.text() == self._shown else None
            if value_mm is None:
                value_mm = units.read(self.text() or "0", self._name)
        except InputRefused:
            return
        after_mm = round(value_mm + by_mm, units.STORED_DECIMALS)
        self.setText(units.typed(units.text(after_mm)))
        self.setModified(False)
        self.entered.emit(self._path, length_text(after_mm))  # in full, whatever is shown

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        direction = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if direction is not None:
            self._step(direction * units.step_mm(event.modifiers()))
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Alt turns the wheel sideways, so both directions count.
        turned = event.angleDelta().y() or event.angleDelta().x()
        if not self.hasFocus() or turned == 0:
            event.ignore()
            return
        self._step(units.step_mm(event.modifiers()) * (1 if turned > 0 else -1))
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
            self.setText(units.typed(self._reading.write(value + by * self._reading.step)))
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
    """A list to choose from; the wheel over it does nothing without the focus.

    A choice that is too long for it ends in dots; the tool tip has all of it.
    """

    def __init__(self, name: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tip = tip
        self.setAccessibleName(tr(name))
        set_tool_tip(self, tip)
        self.currentTextChanged.connect(self._tell)
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

    def _tell(self, choice: str) -> None:
        set_tool_tip(self, f"{choice}. {self._tip}" if choice else self._tip)

    # Qt overrides

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        icon_px = 0 if option.currentIcon.isNull() else option.iconSize.width() + style.GRID
        room = field.width() - icon_px - style.GRID
        metrics = self.fontMetrics()
        option.currentText = metrics.elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, room
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
