"""A damaged run: what is wrong, where its file lies, and what can still be read of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QPlainTextEdit, QVBoxLayout, QWidget

from luthier_desktop.ui.messages import PlainLabel
from luthier_desktop.ui.run_log.calls import Damage
from luthier_desktop.ui.style import GRID, fixed_font

MOST_CHARACTERS = 200_000
_ADVICE = (
    "Left in place as evidence. Restore the file from a backup; Verify the log (Ctrl+Shift+V) "
    "tells whether others are damaged too."
)
_NOTHING_LEFT = "Nothing can be read of it."


class RunDamage(QWidget):
    """Shows what is left of a damaged run as plain text; it is never read as a run."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runDamage")
        self._reason = _line("damageReason", self)
        self._place = _line("damagePlace", self)
        self._text = QPlainTextEdit(self)
        self._text.setObjectName("damageText")
        self._text.setAccessibleName("What can still be read of the record")
        self._text.setReadOnly(True)
        self._text.setFont(fixed_font())
        lines = QFormLayout()
        lines.setContentsMargins(GRID, 0, GRID, 0)
        lines.setVerticalSpacing(GRID)
        advice = _line("damageAdvice", self)
        advice.setText(_ADVICE)
        for caption, label in (("Reason", self._reason), ("File", self._place), ("", advice)):
            lines.addRow(PlainLabel(caption, self), label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(lines)
        column.addWidget(self._text, 1)
        self.setFocusProxy(self._text)

    def show_damage(self, damage: Damage) -> None:
        """Show reason, place and text."""
        self._reason.setText(damage.reason)
        self._place.setText(damage.place)
        self._text.setPlainText(damage.text[:MOST_CHARACTERS] or _NOTHING_LEFT)


def _line(name: str, parent: QWidget) -> PlainLabel:
    label = PlainLabel("", parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
