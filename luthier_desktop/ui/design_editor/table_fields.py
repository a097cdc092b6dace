"""The widgets of a table of fields: made from it, filled from the design, read back into it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from luthier_desktop.domain.feasibility.findings import Assumed
from luthier_desktop.ui import style, units
from luthier_desktop.ui.design_editor.field_page import settle
from luthier_desktop.ui.design_editor.field_table import FieldSpec, Kind, by_path
from luthier_desktop.ui.design_editor.materials_field import MaterialChoice, MaterialSource
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import set_tool_tip
from luthier_desktop.ui.widgets.fields import (
    ChoiceField,
    LengthField,
    NumberField,
    Reading,
    TextField,
)

Read = Callable[[str], Any]
Enter = Callable[[FieldSpec, Read], str]
LEAST_LETTERS = 6
_STEPS = {Kind.SHARE: 0.01}
_RULES_OWN = {"channel.clearance_mm": "recommended"}
"""What the rules work out themselves; every other value of theirs is a plain default."""


class TableFields:
    """One widget a field. ``enter(spec, read)`` does the edit and returns its refusal, or "".

    ``read(what)`` gives the value; *what* names the field in the sentence of a refusal.
    """

    def __init__(
        self, specs: Iterable[FieldSpec], enter: Enter, source: MaterialSource | None = None
    ) -> None:
        self._specs = by_path(specs)
        self._source = source
        self._enter = enter
        self._value_at: Callable[[str], Any] = _nothing
        self.widgets: dict[str, QWidget] = {
            path: self._made(spec) for path, spec in self._specs.items()
        }

    def show(self, value_at: Callable[[str], Any], *, anew: bool = False) -> None:
        """Show the values that *value_at* has; *anew*: what was typed belongs to another ring."""
        self._value_at = value_at
        for path, spec in self._specs.items():
            widget, value = self.widgets[path], value_at(path)
            if isinstance(widget, MaterialChoice):
                widget.show_material(value)
            elif isinstance(widget, ChoiceField):
                values = [one.value for one in spec.choices]
                widget.setCurrentIndex(values.index(value) if value in values else -1)
            elif isinstance(widget, LengthField):
                widget.show_length(value, anew=anew)
            elif isinstance(widget, TextField):
                (widget.reset_to if anew else widget.show_value)(units.typed(spec.write(value)))

    def show_assumed(self, assumed: Mapping[str, Assumed]) -> None:
        """Show in grey, or as the first choice, what is taken where the design has nothing."""
        for path, spec in self._specs.items():
            widget, said = self.widgets[path], assumed_text(assumed.get(path), spec.brief)
            if isinstance(widget, TextField):
                widget.setPlaceholderText(tr(said or spec.absent))
            elif isinstance(widget, ChoiceField) and _may_be_absent(spec):
                widget.setItemText(0, tr(said or spec.choices[0].text))

    def _made(self, spec: FieldSpec) -> QWidget:
        if spec.kind is Kind.MATERIAL:
            return self._material_choice(spec)
        if spec.kind is Kind.CHOICE:
            choice = ChoiceField(spec.name, spec.tip)
            choice.setMinimumContentsLength(LEAST_LETTERS)
            for one in spec.choices:
                choice.addItem(tr(one.text))
            choice.activated.connect(partial(self._choose, spec.path))
            return choice
        field = self._text_field(spec)
        field.setFont(style.number_font())
        field.setPlaceholderText(tr(spec.absent))
        field.entered.connect(self._type)
        return field

    def _material_choice(self, spec: FieldSpec) -> MaterialChoice:
        assert self._source is not None  # tables with materials are given where they come from
        choice = MaterialChoice(spec.name, *self._source, absent=spec.absent)
        set_tool_tip(choice, spec.tip)
        choice.setMinimumContentsLength(LEAST_LETTERS)
        choice.activated.connect(partial(self._choose_material, spec.path))
        return choice

    def _text_field(self, spec: FieldSpec) -> TextField:
        if spec.kind.is_length:
            return LengthField(spec.path, spec.name, spec.tip)
        reading = Reading(spec.read, spec.write, _STEPS.get(spec.kind, 1))
        return NumberField(spec.path, spec.name, spec.tip, reading)

    def _type(self, path: str, text: str) -> None:
        spec, widget = self._specs[path], self.widgets[path]
        refusal = self._enter(spec, lambda what: self._read(spec, text, what))
        if isinstance(widget, TextField):
            settle(widget, refusal)
        self.show(self._value_at)

    def _read(self, spec: FieldSpec, text: str, what: str) -> Any:
        """Read typed text; a length that is typed as it was shown stays the one it is."""
        before, value = self._value_at(spec.path), spec.read(text, what)
        return before if spec.kind.is_length and units.is_same(before, value) else value

    def _choose_material(self, path: str, at: int) -> None:
        spec, widget = self._specs[path], self.widgets[path]
        value = widget.itemData(at) if isinstance(widget, ChoiceField) else None
        self._enter(spec, lambda _: value)
        self.show(self._value_at)

    def _choose(self, path: str, at: int) -> None:
        spec = self._specs[path]
        value = spec.choices[at].value
        self._enter(spec, lambda _: value)
        self.show(self._value_at)


def _may_be_absent(spec: FieldSpec) -> bool:
    return bool(spec.choices) and spec.choices[0].value is None


def assumed_text(item: Assumed | None, write: Callable[[Any], str]) -> str:
    """Write a value that does not stand in the design, and where it is from; "" for none."""
    if item is None or item.value is None:
        return ""
    origin = "shop" if item.origin == "setup" else _RULES_OWN.get(item.path, "default")
    return f"{write(item.value)} ({origin})"


def _nothing(_: str) -> None:
    return None
