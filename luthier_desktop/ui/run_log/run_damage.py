"""A damaged run: what is wrong, where its file lies, and what can still be read of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, set_tool_tip
from luthier_desktop.ui.run_log.run_reading import DAMAGE_ADVICE, Damage
from luthier_desktop.ui.style import GRID, fixed_font

MOST_CHARACTERS = 200_000
_LEAST_TEXT_HEIGHT = GRID * 12
_NOTHING_LEFT = "Nothing can be read of it."


class RunDamage(QWidget):
    """Shows what is left of a damaged run as plain text; it is never read as a run."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runDamage")
        self._reason = PlainLabel("", self)
        self._reason.setObjectName("damageReason")
        self._reason.setWordWrap(True)
        self._reason.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._place = QLineEdit(self)
        self._place.setObjectName("damagePlace")
        self._place.setAccessibleName(tr("Where the file lies"))
        self._place.setReadOnly(True)
        self._place.setFrame(False)
        self._text = QPlainTextEdit(self)
        self._text.setObjectName("damageText")
        self._text.setAccessibleName(tr("What can still be read of the record"))
        self._text.setReadOnly(True)
        self._text.setFont(fixed_font())
        self._text.setMinimumHeight(_LEAST_TEXT_HEIGHT)
        lines = QFormLayout()
        lines.setContentsMargins(GRID, 0, GRID, 0)
        lines.setVerticalSpacing(GRID)
        lines.addRow(PlainLabel("Reason", self), self._reason)
        lines.addRow(PlainLabel("File", self), self._place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(lines)
        column.addWidget(self._text, 1)
        self.setFocusProxy(self._text)

    def show_damage(self, damage: Damage) -> None:
        """Show reason, place and text."""
        self._reason.setText(
            tr(f"{damage.reason[:1].upper()}{damage.reason[1:]}. {DAMAGE_ADVICE}")
        )
        self._place.setText(damage.place)
        set_tool_tip(self._place, damage.place)
        self._text.setPlainText(damage.text[:MOST_CHARACTERS] or _NOTHING_LEFT)
