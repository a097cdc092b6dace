"""The fields of the chosen entry under their headings, in a page that scrolls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QWidget

from luthier_desktop.ui import style, units
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.library.drafts import Refused
from luthier_desktop.ui.library.entry import Entry, Told, Values, bare_at, told_at
from luthier_desktop.ui.library.field_row import BACK, LABEL, SOURCE, FieldRow
from luthier_desktop.ui.library.setup_specs import Group
from luthier_desktop.ui.library.spec import Option, Spec, value_at
from luthier_desktop.ui.messages import PlainLabel, shown
from luthier_desktop.ui.widgets.fields import ChoiceField

_TAKE = "Take from the library…"
Source = Callable[[str, Values], Told]
"""Tells what is known of the source of a field whose value has none beside it."""


class EntryForm(QScrollArea):
    """Shows one entry at a time.

    ``entered(path, text)``, ``chosen(path, value)`` and ``resetWanted(path)`` come from its
    fields; ``taken(part, entry_id)`` asks for a part of a setup from the catalogue.
    """

    entered = Signal(str, str)
    chosen = Signal(str, object)
    resetWanted = Signal(str)
    taken = Signal(str, str)

    def __init__(self, groups: tuple[Group, ...], source: Source, parent: QWidget) -> None:
        super().__init__(parent)
        self._groups = groups
        self._source = source
        self._entry_id = ""
        self._rows: dict[str, FieldRow] = {}
        self._offers: dict[str, ChoiceField] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have it
        self._page = QWidget(self)
        self._grid = QGridLayout(self._page)
        self._grid.setContentsMargins(style.GRID, 0, style.GRID * 2, style.GRID * 2)
        self._grid.setHorizontalSpacing(style.GRID * 2)
        self._grid.setVerticalSpacing(style.GRID)
        self._grid.setColumnStretch(SOURCE, 1)
        self.setWidget(self._page)
        self._page.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        units.display().changed.connect(self._write_anew)

    def build(self, woods: tuple[Option, ...]) -> None:
        """Make the fields; *woods* are the choices of those that name a material."""
        line = 0
        for group in self._groups:
            self._head(group, line)
            line += 1
            for spec in group.specs:
                options = woods if spec.kind == "material" else spec.options
                row = FieldRow(spec, options, self._page)
                row.place(self._grid, line)
                row.entered.connect(self.entered)
                row.chosen.connect(self.chosen)
                row.resetWanted.connect(self.resetWanted)
                self._rows[spec.path] = row
                line += 2
        self._grid.setRowStretch(line, 1)

    def show_entry(
        self, entry: Entry | None, plain: Values, refused: Mapping[str, Refused], reason: str
    ) -> None:
        """Show an entry's values; *reason* says why they cannot be changed, or is ""."""
        entry_id = entry.entry_id if entry is not None else ""
        is_anew, self._entry_id = entry_id != self._entry_id, entry_id
        reset = entry.reset if entry is not None else None
        for path, row in self._rows.items():
            value = bare_at(plain, path)
            told = told_at(plain, path) if row.spec.sourced else self._source(path, plain)
            row.show(value, told, refused.get(path), anew=is_anew)
            can_reset = reset is not None and value_at(reset, path) != value_at(plain, path)
            row.allow(bool(reason), can_reset=can_reset and path != "name")
        for offer in self._offers.values():
            offer.setEnabled(not reason)

    def forget_colours(self) -> None:
        """Colour every field anew with the next entry."""
        for row in self._rows.values():
            row.forget_colours()

    def offer_woods(self, woods: tuple[Option, ...]) -> None:
        """Offer these materials, too, where one can be chosen."""
        for row in self._rows.values():
            if row.spec.kind == "material":
                row.offer(woods)

    def offer(self, part: str, options: tuple[Option, ...]) -> None:
        """Offer catalogue entries for a part of a setup."""
        offer = self._offers[part]
        offer.clear()
        offer.addItem(tr(_TAKE), None)
        for option in options:
            offer.addItem(shown(tr(option.text)), option.value)

    def parts(self) -> tuple[str, ...]:
        """Name the parts that can be taken whole."""
        return tuple(self._offers)

    def spec(self, path: str) -> Spec:
        """Return the field at a path; the source of a value is a text."""
        name, _, part = path.rpartition(".")
        if path in self._rows:
            return self._rows[path].spec
        owner = self._rows[name].spec.name
        return Spec(path, f"{part.capitalize()} of {owner}", "text")

    def focus_field(self, path: str) -> None:
        """Bring a field into sight and give it the focus."""
        row = self._rows[path]
        self.ensureWidgetVisible(row.field)
        row.focus()

    def focused(self) -> str:
        """Return the path of the field that has the focus; "" for none."""
        return next((path for path, row in self._rows.items() if row.field.hasFocus()), "")

    def _head(self, group: Group, line: int) -> None:
        label = PlainLabel(group.heading, self._page)
        label.setFont(style.sized(1.05, bold=True))
        label.setContentsMargins(0, style.GRID * (3 if line else 1), 0, 0)
        self._grid.addWidget(label, line, LABEL, 1, 2)
        if group.part:
            name = f"{group.heading} from the library"
            offer = ChoiceField(name, "Take all its values from an entry of the library.")
            offer.setParent(self._page)
            offer.setObjectName(f"take.{group.part}")
            offer.setMinimumContentsLength(24)
            offer.activated.connect(self._take)
            box = QHBoxLayout()
            box.setContentsMargins(0, style.GRID * 3, 0, 0)
            box.addWidget(offer)
            box.addStretch(1)
            self._grid.addLayout(box, line, LABEL + 2, 1, BACK - 1)
            self._offers[group.part] = offer

    def _take(self, at: int) -> None:
        for part, offer in self._offers.items():
            if offer is self.sender() and at > 0:
                entry_id: Any = offer.itemData(at)
                offer.setCurrentIndex(0)
                self.taken.emit(part, entry_id)

    def _write_anew(self) -> None:
        for row in self._rows.values():
            row.write_anew()
