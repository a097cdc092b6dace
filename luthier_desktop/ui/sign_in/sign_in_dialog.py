"""The dialog that asks who works, and for the PIN; it blocks nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.domain.operators import OperatorProfile
from luthier_desktop.domain.pins import LONGEST_PIN
from luthier_desktop.ui import style
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, sentence
from luthier_desktop.ui.sign_in.choice_model import ChoiceModel
from luthier_desktop.ui.sign_in.operator_words import wait, who
from luthier_desktop.ui.style import GRID

_WIDTH = GRID * 100
_LIST_HEIGHT = GRID * 44
_TICK_MS = 500
_CHECKING = "Looking at the PIN…"
_NO_PIN = "No PIN is set; press Sign in."
_NO_CODE = "Only a lead has a recovery code: ask a lead to set a new PIN for {name}."


class SignInDialog(QDialog):
    """``given(operator_id, pin)`` carries what was typed; it stays until it is told the end.

    The PIN is never shown, and gone from the field once it was handed on.
    ``recoveryWanted(profile)`` comes when somebody who has a recovery code lost the PIN.
    """

    given = Signal(str, str)
    recoveryWanted = Signal(object)

    def __init__(
        self, people: Sequence[OperatorProfile], last_id: str, purpose: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("signInDialog")
        self.setWindowTitle(tr("Sign in"))
        self.setMinimumWidth(_WIDTH)
        self._is_trying = False
        self._said_last = self._note = ""
        self._model = ChoiceModel(people, self)
        self._list = self._build_list()
        self._pin = QLineEdit(self)
        self._pin.setObjectName("signInPin")
        self._pin.setAccessibleName(tr("PIN"))
        self._pin.setEchoMode(QLineEdit.EchoMode.Password)
        self._pin.setMaxLength(LONGEST_PIN)
        self._said = _label("signInSaid", self)
        self._buttons = QDialogButtonBox(self)
        roles = QDialogButtonBox.ButtonRole
        self._send = self._buttons.addButton(tr("&Sign in"), roles.AcceptRole)
        self._send.setObjectName("signInSend")
        self._buttons.setStandardButtons(QDialogButtonBox.StandardButton.Cancel)
        self._lost = self._buttons.addButton(tr("PIN &lost…"), roles.HelpRole)
        self._lost.setObjectName("signInLost")
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._arrange(purpose)
        self._connect()
        self._list.setCurrentIndex(self._model.index(self._model.row_of(last_id)))
        self._judge()

    def show_people(self, people: Sequence[OperatorProfile]) -> None:
        """Show these operators, and keep the chosen one where it is still there."""
        chosen = self.chosen()
        self._model.show_people(people)
        row = self._model.row_of(chosen.operator_id if chosen else "")
        self._list.setCurrentIndex(self._model.index(row))
        self._judge()

    def chosen(self) -> OperatorProfile | None:
        """Return who is chosen."""
        return self._model.at(self._list.currentIndex().row())

    def refuse(self, told: str) -> None:
        """Say at the field why this did not do; the next PIN can be typed at once."""
        self._is_trying = False
        self._said_last = f"{style.risk_sign('RED').glyph}  {sentence(told)}"
        self._judge()
        self._focus_first()

    def say(self, told: str) -> None:
        """Say something that is no refusal."""
        self._note = sentence(told)
        self._judge()

    def _build_list(self) -> QListView:
        view = QListView(self)
        view.setObjectName("signInList")
        view.setAccessibleName(tr("Who works"))
        view.setModel(self._model)
        view.setWordWrap(True)  # or the second line would be cut
        view.setSpacing(GRID // 2)
        view.setFixedHeight(_LIST_HEIGHT)
        return view

    def _arrange(self, purpose: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 4, GRID * 4, GRID * 4, GRID * 3)
        column.setSpacing(GRID * 2)
        if purpose:
            head = _label("signInPurpose", self)
            head.setText(tr(sentence(purpose)))
            column.addWidget(head)
        for words, part in (("&Who works", self._list), ("&PIN", self._pin)):
            label = PlainLabel(words, self)
            label.setBuddy(part)
            column.addWidget(label)
            column.addWidget(part)
        self._said.setMinimumHeight(self.fontMetrics().lineSpacing() * 2)
        column.addWidget(self._said)
        column.addWidget(self._buttons)

    def _connect(self) -> None:
        self._buttons.accepted.connect(self._give)
        self._buttons.rejected.connect(self.reject)
        self._lost.clicked.connect(self._recover)
        self._list.selectionModel().currentChanged.connect(self._choose)
        self._list.doubleClicked.connect(self._give)
        self._pin.textEdited.connect(self._forget_said)
        self._tick.timeout.connect(self._judge)

    def _choose(self) -> None:
        self._pin.clear()
        self._forget_said()

    def _forget_said(self) -> None:
        self._said_last = self._note = ""
        self._judge()

    def _judge(self) -> None:
        chosen = self.chosen()
        waiting = wait(chosen) if chosen is not None else ""
        if waiting:
            self._tick.start()
        else:
            self._tick.stop()
        has_pin = chosen is not None and chosen.has_pin
        self._pin.setEnabled(has_pin and not self._is_trying)
        self._pin.setPlaceholderText(tr("" if has_pin else "no PIN"))
        self._send.setEnabled(chosen is not None and not self._is_trying and not waiting)
        self._lost.setEnabled(has_pin and not self._is_trying)
        self._list.setEnabled(not self._is_trying)
        hint = "" if has_pin or chosen is None else _NO_PIN
        told = self._note or waiting or self._said_last or hint
        told = _CHECKING if self._is_trying else told
        self._said.setText(tr(told))
        self._pin.setAccessibleDescription(tr(told))

    def _give(self) -> None:
        chosen = self.chosen()
        if chosen is None or not self._send.isEnabled():
            return
        if chosen.has_pin and not self._pin.text():
            if self._pin.hasFocus():
                self.refuse(f"Type the PIN of {who(chosen)}.")
            self._pin.setFocus()
            return
        pin = self._pin.text()
        self._pin.clear()
        self._is_trying = True
        self._judge()
        self.given.emit(chosen.operator_id, pin)

    def _recover(self) -> None:
        chosen = self.chosen()
        if chosen is None:
            return
        if chosen.role == "lead":
            self.recoveryWanted.emit(chosen)
        else:
            self.say(_NO_CODE.format(name=who(chosen)))

    def _focus_first(self) -> None:
        chosen = self.chosen()
        has_pin = chosen is not None and chosen.has_pin
        (self._pin if has_pin else self._list).setFocus()

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._focus_first()

    def done(self, result: int) -> None:
        self._tick.stop()
        self._pin.clear()
        super().done(result)


def _label(name: str, parent: QWidget) -> PlainLabel:
    label = PlainLabel("", parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    return label
