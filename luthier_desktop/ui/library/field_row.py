"""One field of an entry: its value, its source and how sure it is, and a way back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QToolButton, QWidget

from luthier_desktop.ui import style, units
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.library.drafts import Refused
from luthier_desktop.ui.library.entry import Told
from luthier_desktop.ui.library.spec import Option, Spec
from luthier_desktop.ui.messages import PlainLabel, sentence, set_tool_tip, shown
from luthier_desktop.ui.widgets.fields import ChoiceField, LengthField, TextField

LABEL, FIELD, CONFIDENCE, SOURCE, BACK = range(5)
CONFIDENCES = (Option("H", "High"), Option("M", "Medium"), Option("L", "Low"))
_SURE = {option.value: option.text for option in CONFIDENCES}
_SOURCE_TIP = "Where the value is from."
_FIELD_WIDTH = style.GRID * 40
_LABEL_WIDTH = style.GRID * 36
Enter = Callable[[str, str], None]
Choose = Callable[[str, Any], None]


class FieldRow(QObject):
    """The widgets of one field in a grid.

    ``entered(path, text)`` carries what was typed, ``chosen(path, value)`` what was chosen, and
    ``resetWanted(path)`` asks for the value that it came with. The source and the confidence of
    a value are entered at ``{path}.source`` and ``{path}.confidence``.
    """

    entered = Signal(str, str)
    chosen = Signal(str, object)
    resetWanted = Signal(str)

    def __init__(self, spec: Spec, options: tuple[Option, ...], owner: QWidget) -> None:
        super().__init__(owner)
        self.spec = spec
        self._value: Any = None
        self._told: tuple[Told, Refused | None] | None = None
        self._allowed: tuple[bool, bool] | None = None
        self._label = PlainLabel(spec.name, owner)
        self._label.setMinimumWidth(_LABEL_WIDTH)
        self.field = self._made(options, owner)
        self.field.setObjectName(f"field.{spec.path}")
        if spec.kind != "text":
            self.field.setFixedWidth(_FIELD_WIDTH)
        self._label.setBuddy(self.field)
        self._back = _back_button(spec, owner)
        self._back.clicked.connect(partial(self.resetWanted.emit, spec.path))
        self._sure: ChoiceField | None = None
        self._source: TextField | None = None
        self._note = PlainLabel("", owner)
        self._note.setObjectName(f"note.{spec.path}")
        self._note.setWordWrap(True)
        self._note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if spec.sourced:
            self._make_source(owner)

    def place(self, grid: QGridLayout, line: int) -> None:
        """Put the widgets into *line* of the grid, and what is refused below them."""
        is_wide = self.spec.kind == "text"
        grid.addWidget(self._label, line, LABEL)
        grid.addWidget(self.field, line, FIELD, 1, 3 if is_wide else 1)
        grid.addWidget(self._back, line, BACK)
        if self._sure is not None and self._source is not None:
            grid.addWidget(self._sure, line, CONFIDENCE)
            grid.addWidget(self._source, line, SOURCE)
        if is_wide or self.spec.sourced:
            grid.addWidget(self._note, line + 1, FIELD, 1, 3)
        else:
            grid.addWidget(self._note, line, CONFIDENCE, 1, 2)

    def show(self, value: Any, told: Told, refused: Refused | None, *, anew: bool) -> None:
        """Show a value; *anew*: what was typed belongs to another entry."""
        self._value = value
        if refused is None or not isinstance(self.field, TextField):
            self._show_value(anew)
        elif anew or not self.field.isModified():
            self._show_value(True)
            self.field.setText(refused.text)
            self.field.refuse(refused.reason)
        if self._sure is not None and self._source is not None:
            self._sure.show_choice(told.confidence or None)
            self._source.reset_to(told.source)
            set_tool_tip(self._source, shown(told.source, 1000) if told.source else _SOURCE_TIP)
        if self.spec.kind == "text" and refused is None:
            set_tool_tip(self.field, shown(str(value), 1000) if value else self.spec.tip)
        if self._told != (told, refused):
            self._told = (told, refused)
            self._tell(told, refused)

    def allow(self, is_read_only: bool, *, can_reset: bool) -> None:
        """Let the field be changed, or keep it read-only."""
        self._back.setVisible(can_reset and not is_read_only)
        state = (is_read_only, self._value is None)
        if state == self._allowed:
            return
        self._allowed = state
        for widget in (self.field, self._sure, self._source):
            if isinstance(widget, TextField):
                widget.setReadOnly(is_read_only)
                _shade(widget, is_read_only=is_read_only)
            elif widget is not None:
                widget.setEnabled(not is_read_only)
                widget.setPalette(_readable())
        if self._sure is not None and self._source is not None:
            self._sure.setEnabled(not is_read_only and self._value is not None)
            self._source.setEnabled(self._value is not None)

    def forget_colours(self) -> None:
        """Colour everything anew the next time."""
        self._told = self._allowed = None

    def offer(self, options: tuple[Option, ...]) -> None:
        """Offer further choices, such as a wood that has just come."""
        if isinstance(self.field, ChoiceField):
            for option in options:
                if self.field.findData(option.value) < 0:
                    self.field.addItem(shown(tr(option.text)), option.value)

    def focus(self) -> None:
        """Give the field the focus."""
        self.field.setFocus()
        if isinstance(self.field, TextField):
            self.field.selectAll()

    def write_anew(self) -> None:
        """Write the value in the unit that is shown now."""
        if not isinstance(self.field, LengthField):
            self._show_value(False)

    def _show_value(self, anew: bool) -> None:
        if isinstance(self.field, LengthField):
            self.field.show_length(self._value, anew=anew)
        elif isinstance(self.field, TextField):
            text = self.spec.write(self._value)
            text = text if self.spec.kind == "text" else units.typed(text)
            (self.field.reset_to if anew else self.field.show_value)(text)
        elif isinstance(self.field, ChoiceField):
            self._show_choice(self.field)

    def _show_choice(self, field: ChoiceField) -> None:
        if self._value is not None and field.findData(self._value) < 0:
            field.addItem(shown(str(self._value)), self._value)
        if self._value is None:
            field.setCurrentIndex(0 if field.itemData(0) is None else -1)
        else:
            field.show_choice(self._value)

    def _tell(self, told: Told, refused: Refused | None) -> None:
        """Say what is refused; else that a value is an estimate, and which others are in use."""
        sign = style.risk_sign("RED")
        self._label.setText(
            tr(f"{self.spec.name} (estimate)" if told.estimated else self.spec.name)
        )
        words = [] if self.spec.sourced or not told.source else [_with_confidence(told)]
        words += [f"also {', '.join(told.others)}"] if told.others else []
        told_now = f"{sign.glyph} {units.worded(refused.reason)}" if refused else "; ".join(words)
        self._note.setText(tr(sentence(told_now)))
        set_tool_tip(self._note, sentence(told_now))
        palette = QPalette()
        colour = sign.colour if refused else style.tokens().text
        palette.setColor(QPalette.ColorRole.WindowText, QColor(colour))
        self._note.setPalette(palette)
        self._note.setVisible(bool(told_now))

    def _made(self, options: tuple[Option, ...], owner: QWidget) -> TextField | ChoiceField:
        spec = self.spec
        if options:
            choice = ChoiceField(spec.name, spec.tip, owner)
            for option in options:
                choice.addItem(shown(tr(option.text)), option.value)
            choice.activated.connect(self._choose)
            return choice
        kind = LengthField if spec.kind == "length" else TextField
        field = kind(spec.path, spec.name, spec.tip, owner)
        field.setFont(style.number_font())
        field.setPlaceholderText(tr("not known" if spec.sourced else "not said"))
        field.entered.connect(self.entered)
        return field

    def _make_source(self, owner: QWidget) -> None:
        path, name = self.spec.path, self.spec.name
        self._sure = sure = ChoiceField(f"Confidence of {name}", "How sure the value is.", owner)
        for option in CONFIDENCES:
            sure.addItem(tr(option.text), option.value)
        sure.setObjectName(f"field.{path}.confidence")
        sure.setFixedWidth(style.GRID * 24)
        sure.activated.connect(self._choose_confidence)
        self._source = TextField(f"{path}.source", f"Source of {name}", _SOURCE_TIP, owner)
        self._source.setObjectName(f"field.{path}.source")
        self._source.entered.connect(self.entered)

    def _choose(self, at: int) -> None:
        if isinstance(self.field, ChoiceField):
            self.chosen.emit(self.spec.path, self.field.itemData(at))

    def _choose_confidence(self, at: int) -> None:
        self.chosen.emit(f"{self.spec.path}.confidence", CONFIDENCES[at].value)


def _with_confidence(told: Told) -> str:
    sure = _SURE.get(told.confidence, "").casefold()
    return f"{told.source} ({sure} confidence)" if sure else told.source


def _readable() -> QPalette:
    """Return the palette of a list that cannot be used but is to be read."""
    palette, text = QPalette(), QColor(style.tokens().text)
    for role in (QPalette.ColorRole.ButtonText, QPalette.ColorRole.Text):
        palette.setColor(QPalette.ColorGroup.Disabled, role, text)
    return palette


def _back_button(spec: Spec, owner: QWidget) -> QToolButton:
    button = QToolButton(owner)
    button.setText("↺")
    button.setAutoRaise(True)
    button.setObjectName(f"reset.{spec.path}")
    button.setAccessibleName(tr(f"Reset {spec.name}"))
    set_tool_tip(button, f"Reset {spec.name} to the value that it came with.")
    policy = button.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    button.setSizePolicy(policy)
    return button


def _shade(field: TextField, *, is_read_only: bool) -> None:
    if field.refusal:
        return
    palette = QPalette()
    if is_read_only:
        palette.setColor(QPalette.ColorRole.Base, QColor(style.tokens().panel))
    field.setPalette(palette)
