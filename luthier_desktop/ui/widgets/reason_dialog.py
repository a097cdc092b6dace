"""A dialog that asks for the reason of something that will be recorded; it blocks nothing."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from luthier_desktop.ui import style
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel
from luthier_desktop.ui.style import GRID

LONGEST_REASON = 500
_WIDTH = 480
_LINES = 3
_SEND = ("Ctrl+Return", "Ctrl+Enter")
_NEEDED = "A reason is needed; it is recorded."
_TOO_LONG = f"A reason has at most {LONGEST_REASON} characters."
_RECORDING = "Recording…"


class Question(NamedTuple):
    """What is asked: *head* names the run, *said* what will happen, *verb* stands on the button.

    A *grave* one cannot be taken back, and says so in red.
    """

    name: str
    title: str
    head: str
    said: str
    verb: str
    is_grave: bool = False


class ReasonDialog(QDialog):
    """Asks for a reason; ``given`` carries it, and the dialog stays until it is told the end."""

    given = Signal(str)

    def __init__(self, question: Question, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._is_recording = False
        self.setObjectName(question.name)
        self.setWindowTitle(tr(question.title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self._reason = QPlainTextEdit(self)
        self._reason.setObjectName("reasonText")
        self._reason.setAccessibleName(tr("Reason"))
        self._reason.setTabChangesFocus(True)
        self._reason.setFixedHeight(self.fontMetrics().lineSpacing() * _LINES + GRID * 3)
        self._said = _label("reasonSaid", "", self)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._send_button = self._buttons.addButton(
            tr(question.verb), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self._send_button.setObjectName("reasonSend")
        self._arrange(question)
        self._buttons.accepted.connect(self._send)
        self._buttons.rejected.connect(self.reject)
        self._reason.textChanged.connect(self._judge)
        for keys in _SEND:
            QShortcut(QKeySequence(keys), self, self._send)
        self._judge()
        self._reason.setFocus()

    def refuse(self, sentence: str) -> None:
        """Say why nothing was recorded; the reason stays as it was typed."""
        self._is_recording = False
        self._judge()
        self._said.setText(tr(f"{style.risk_sign('RED').glyph}  {sentence}"))

    def _arrange(self, question: Question) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 4, GRID * 4, GRID * 4, GRID * 3)
        column.setSpacing(GRID * 2)
        head = _label("reasonHead", question.head, self)
        head.setFont(style.sized(1.1, bold=True))
        column.addWidget(head)
        sign = f"{style.risk_sign('RED').glyph}  " if question.is_grave else ""
        column.addWidget(_label("reasonWhat", f"{sign}{question.said}", self))
        label = PlainLabel("&Reason", self)
        label.setBuddy(self._reason)
        column.addSpacing(GRID)
        column.addWidget(label)
        column.addWidget(self._reason)
        column.addWidget(self._said)
        column.addWidget(self._buttons)

    def _typed(self) -> str:
        return self._reason.toPlainText().strip()

    def _judge(self) -> None:
        count = len(self._typed())
        refusal = _TOO_LONG if count > LONGEST_REASON else "" if count else _NEEDED
        self._said.setText(tr(_RECORDING if self._is_recording else refusal))
        self._send_button.setEnabled(not refusal and not self._is_recording)
        self._reason.setReadOnly(self._is_recording)

    def _send(self) -> None:
        if self._send_button.isEnabled():
            self._is_recording = True
            self._judge()
            self.given.emit(self._typed())


def _label(name: str, text: str, parent: QWidget) -> PlainLabel:
    label = PlainLabel(text, parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    return label
