"""A scrolling page of labelled fields, two beside each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from luthier_desktop.ui import style
from luthier_desktop.ui.design_editor.fields import LengthField, TextField
from luthier_desktop.ui.messages import PlainLabel

BESIDE = 2


class FieldPage(QScrollArea):
    """Fields with their labels in reading order; a wide one has a line of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._page = QWidget(self)
        self._grid = QGridLayout(self._page)
        self._grid.setContentsMargins(*(2 * style.GRID,) * 4)
        self._grid.setHorizontalSpacing(2 * style.GRID)
        self._grid.setVerticalSpacing(style.GRID)
        self._at = 0
        self._targets: dict[str, QWidget] = {}
        for column in range(BESIDE):
            self._grid.setColumnStretch(2 * column + 1, 1)
        self.setWidget(self._page)

    def add(self, path: str, name: str, field: QWidget, *, wide: bool = False) -> None:
        """Put the field of *path* behind the last one."""
        self._targets[path] = field
        if wide and self._at % BESIDE:
            self._at += 1
        line, column = divmod(self._at, BESIDE)
        label = PlainLabel(name, self)
        label.setBuddy(field)
        tall = wide and not isinstance(field, TextField)
        top = Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(label, line, 2 * column, top)
        self._grid.addWidget(field, line, 2 * column + 1, 1, 2 * BESIDE - 1 if wide else 1)
        self._at += BESIDE if wide else 1

    def end(self) -> None:
        """Leave the rest of the page empty."""
        self._grid.setRowStretch(self._at // BESIDE + 1, 1)

    def open_to_input(self, is_open: bool) -> None:
        """Let the fields be used, or grey them all."""
        self._page.setEnabled(is_open)

    def has_field(self, path: str) -> bool:
        """Return whether the page holds the field of this path, open for input."""
        field = self._targets.get(path)
        return field is not None and field.isEnabled()

    def focus_field(self, path: str) -> None:
        """Bring a field into sight and give it the focus."""
        field = self._targets[path]
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
