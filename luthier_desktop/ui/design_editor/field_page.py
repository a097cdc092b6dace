"""A scrolling page of labelled fields, two beside each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from luthier_desktop.ui import style
from luthier_desktop.ui.messages import PlainLabel
from luthier_desktop.ui.widgets.fields import LengthField, TextField

BESIDE = 2


class _Row(NamedTuple):
    """A field with its label; a wide one has a line of its own."""

    label: PlainLabel
    field: QWidget
    wide: bool


class FieldPage(QScrollArea):
    """Fields with their labels in reading order; a wide one has a line of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have it; they scroll into sight
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._page = QWidget(self)
        self._grid = QGridLayout(self._page)
        self._grid.setContentsMargins(*(2 * style.GRID,) * 4)
        self._grid.setHorizontalSpacing(2 * style.GRID)
        self._grid.setVerticalSpacing(style.GRID)
        self._rows: dict[str, _Row] = {}
        self._absent: frozenset[str] = frozenset()
        self._lines = 0
        for column in range(BESIDE):
            self._grid.setColumnStretch(2 * column + 1, 1)
        self.setWidget(self._page)

    def add(self, path: str, name: str, field: QWidget, *, wide: bool = False) -> None:
        """Put the field of *path* behind the last one."""
        field.setParent(self._page)  # without a parent it would be shown as a window of its own
        label = PlainLabel(name, self._page)
        label.setBuddy(field)
        self._rows[path] = _Row(label, field, wide)

    def end(self) -> None:
        """Lay out what was added; the rest of the page stays empty."""
        at = 0
        for path, row in self._rows.items():
            is_absent = path in self._absent
            row.label.setHidden(is_absent)
            row.field.setHidden(is_absent)
            self._grid.removeWidget(row.label)
            self._grid.removeWidget(row.field)
            if not is_absent:
                at = self._place(row, at)
        self._grid.setRowStretch(self._lines, 0)
        self._lines = at // BESIDE + 1
        self._grid.setRowStretch(self._lines, 1)

    def leave_out(self, paths: Iterable[str]) -> None:
        """Take the fields of these paths away, and show all others; as ``end`` the first time."""
        wanted = frozenset(paths)
        if wanted != self._absent or not self._lines:
            self._absent = wanted
            self.end()

    def _settle_layout(self) -> None:
        """Give the page its height at once: fields that have just come have no place yet."""
        self._grid.activate()
        height = max(self._page.minimumSizeHint().height(), self.viewport().height())
        self._page.resize(self._page.width(), height)

    def _place(self, row: _Row, at: int) -> int:
        """Put a row's label and field into the cell *at* or the next line; return the next."""
        if row.wide and at % BESIDE:
            at += 1
        line, column = divmod(at, BESIDE)
        tall = row.wide and not isinstance(row.field, TextField)
        top = Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(row.label, line, 2 * column, top)
        span = 2 * BESIDE - 1 if row.wide else 1
        self._grid.addWidget(row.field, line, 2 * column + 1, 1, span)
        return at + (BESIDE if row.wide else 1)

    def open_to_input(self, is_open: bool) -> None:
        """Let the fields be used, or grey them all."""
        self._page.setEnabled(is_open)

    def has_field(self, path: str) -> bool:
        """Return whether the page holds the field of this path, open for input."""
        row = self._rows.get(path)
        return row is not None and path not in self._absent and row.field.isEnabled()

    def focus_field(self, path: str) -> None:
        """Bring a field into sight and give it the focus."""
        field = self._rows[path].field
        self._settle_layout()
        self.ensureWidgetVisible(field)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(field, TextField):
            field.selectAll()


def length_fields(
    tips: Mapping[str, str], names: Mapping[str, str], enter: Callable[[str, str], None]
) -> dict[str, LengthField]:
    """Make a field for each path of *tips*; ``enter(path, text)`` takes what was typed."""
    fields = {}
    for path, tip in tips.items():
        field = LengthField(path, names[path], tip)
        field.setFont(style.number_font())
        field.entered.connect(enter)
        fields[path] = field
    return fields


def settle(field: TextField, refusal: str) -> None:
    """Keep refused text with its reason; take good text as the field's value."""
    if refusal:
        field.refuse(refusal)
    else:
        field.reset_to(field.text())
