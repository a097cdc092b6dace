"""The dialog that asks why a yellow is accepted or a red overridden; it blocks nothing."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.domain.gate import LONGEST_REASON, RulingKind, reason_refusal
from luthier_desktop.domain.pins import LONGEST_PIN
from luthier_desktop.ui import style
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, menu_text, shown
from luthier_desktop.ui.style import GRID

_WIDTH = 480
_LINES = 4
_TITLES: dict[RulingKind, str] = {
    "accepted": "Accept this yellow",
    "overridden": "Override this red",
}
_VERBS: dict[RulingKind, str] = {"accepted": "&Accept", "overridden": "&Override"}
_BOUND = (
    "It is recorded, changes no verdict, and holds for this very design, setup, materials and "
    "rules: any change of them ends it."
)
_RECORDING = "Recording…"
_NO_PIN = "Type your PIN: an override asks for it each time."
_LONGEST_NAME = 28
_SEND = ("Ctrl+Return", "Ctrl+Enter")


class Asked(NamedTuple):
    """What is to be decided: the check, what it found, and whose design it is."""

    kind: RulingKind
    status: str
    check: str
    value: str
    message: str
    design: str


class DecisionDialog(QDialog):
    """Shows the check and asks for the reason; ``decided(reason, pin)`` comes once it will do.

    It stays open until it is told that the decision was recorded. A PIN is never shown, and gone
    from its field once it was handed on.
    """

    decided = Signal(str, str)

    def __init__(self, asked: Asked, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._kind = asked.kind
        self._is_recording = False
        self.setObjectName("decisionDialog")
        self.setWindowTitle(tr(_TITLES[asked.kind]))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self._reason = QPlainTextEdit(self)
        self._reason.setObjectName("decisionReason")
        self._reason.setAccessibleName(tr("Reason"))
        self._reason.setTabChangesFocus(True)
        self._reason.setFixedHeight(self.fontMetrics().lineSpacing() * _LINES + GRID * 3)
        self._pin_label = PlainLabel("", self)
        self._pin = QLineEdit(self)
        self._pin.setObjectName("decisionPin")
        self._pin.setEchoMode(QLineEdit.EchoMode.Password)
        self._pin.setMaxLength(LONGEST_PIN)
        self._pin_label.setBuddy(self._pin)
        self._said = _label("decisionSaid", "", self)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._decide = self._buttons.addButton(
            tr(_VERBS[asked.kind]), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self._decide.setObjectName("decisionDecide")
        self._arrange(asked)
        self._buttons.accepted.connect(self._send)
        self._buttons.rejected.connect(self.reject)
        self._reason.textChanged.connect(self._judge)
        self._pin.textEdited.connect(self._judge)
        for keys in _SEND:
            QShortcut(QKeySequence(keys), self, self._send)
        self.ask_pin("")
        self._reason.setFocus()

    def ask_pin(self, name: str) -> None:
        """Ask for the PIN of *name* too; for "" ask for none."""
        self._pin_label.setText(tr(f"&PIN of {menu_text(shown(name, _LONGEST_NAME))}, once more"))
        self._pin.setAccessibleName(tr(f"PIN of {shown(name, _LONGEST_NAME)}, once more"))
        self._pin.clear()
        for part in (self._pin_label, self._pin):
            part.setHidden(not name)
        self._judge()

    def refuse(self, sentence: str) -> None:
        """Say why nothing was recorded; the reason stays as it was typed."""
        self._is_recording = False
        self._judge()
        self._said.setText(tr(f"{style.risk_sign('RED').glyph}  {sentence}"))
        (self._reason if self._pin.isHidden() else self._pin).setFocus()

    def _arrange(self, asked: Asked) -> None:
        sign = style.risk_sign(asked.status)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 4, GRID * 4, GRID * 4, GRID * 3)
        column.setSpacing(GRID * 2)
        head = _label("decisionCheck", f"{sign.glyph}  {sign.word}: {asked.check}", self)
        head.setFont(style.sized(1.1, bold=True))
        column.addWidget(head)
        texts = (asked.value, asked.message, f"Design: {asked.design}")
        for name, text in zip(("Value", "Message", "Design"), texts, strict=True):
            if text:
                column.addWidget(_label(f"decision{name}", text, self))
        label = PlainLabel("&Reason", self)
        label.setBuddy(self._reason)
        column.addSpacing(GRID)
        column.addWidget(label)
        column.addWidget(self._reason)
        column.addWidget(self._pin_label)
        column.addWidget(self._pin)
        column.addWidget(self._said)
        column.addWidget(_label("decisionBound", _BOUND, self))
        column.addWidget(self._buttons)

    def _typed(self) -> str:
        return self._reason.toPlainText().strip()

    def _judge(self) -> None:
        refusal = reason_refusal(self._kind, self._typed())
        told = f"{len(self._typed())} of {LONGEST_REASON} characters."
        if not refusal and not self._pin.isHidden() and not self._pin.text():
            refusal = _NO_PIN
        self._said.setText(tr(_RECORDING if self._is_recording else refusal or told))
        self._decide.setEnabled(not refusal and not self._is_recording)
        self._reason.setReadOnly(self._is_recording)
        self._pin.setReadOnly(self._is_recording)

    def _send(self) -> None:
        if self._decide.isEnabled():
            self._is_recording = True
            self._judge()
            pin = self._pin.text()
            self._pin.clear()
            self.decided.emit(self._typed(), pin)


def _label(name: str, text: str, parent: QWidget) -> PlainLabel:
    label = PlainLabel(text, parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    return label
