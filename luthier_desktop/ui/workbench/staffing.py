"""The window of the operators: adding them, and changing what they may, as a lead wants it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.operators import OperatorProfile
from luthier_desktop.domain.permissions import refusal
from luthier_desktop.services.operators import Changed
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.sign_in import forms
from luthier_desktop.ui.sign_in.operator_words import who
from luthier_desktop.ui.sign_in.operators_window import OperatorsWindow
from luthier_desktop.ui.widgets.reason_dialog import Question, ReasonDialog
from luthier_desktop.ui.workbench.pin_changes import new_pin
from luthier_desktop.ui.workbench.signing_in import SigningIn

_DISABLE = (
    "They can sign in no longer; what they recorded stays under their name. A lead can let them "
    "in again."
)


class Staffing(QObject):
    """Keeps the window of the operators as the ledger has them while it is open."""

    def __init__(
        self, window: MainWindow, background: Background, studio: Studio, signing: SigningIn
    ) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._studio = studio
        self._signing = signing
        self._pins = signing.pins
        self._staff: OperatorsWindow | None = None
        self._dialog: ReasonDialog | None = None
        signing.changed.connect(self._show)
        signing.heard.connect(self._show)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the command about operators calls."""
        return {"manage_operators": self.open}

    def open(self) -> None:
        """Show the operators."""
        if self._staff is None:
            self._staff = staff = OperatorsWindow(self._window)
            staff.addWanted.connect(self._add)
            staff.roleWanted.connect(self._change_role)
            staff.pinWanted.connect(self._change_pin)
            staff.switchWanted.connect(self._switch)
            staff.finished.connect(self._let_go)
            self._show()
            staff.open()
        self._signing.look()

    def _show(self) -> None:
        if self._staff is not None:
            standing = self._signing.standing
            refused = refusal(standing.operator, "operators") if standing.is_set_up else ""
            self._staff.show_people(standing.people, refused)

    def _let_go(self) -> None:
        if self._staff is not None:
            self._staff.deleteLater()
            self._staff = None

    def _add(self) -> None:
        if self._staff is None:
            return
        operators, is_first = self._studio.operators, not self._signing.standing.is_set_up

        def deed(texts: dict[str, str]) -> Changed:
            return operators.add(
                texts["operator_id"],
                texts["name"],
                texts["role"],  # type: ignore[arg-type]  # the services refuse what is no role
                new_pin(texts),
            )

        form = forms.add_form(is_first=is_first)
        dialog = self._pins.ask(form, self._staff, deed, "Recorded: a new operator")
        name, id_ = dialog.field("name"), dialog.field("operator_id")
        if isinstance(name, QLineEdit) and isinstance(id_, QLineEdit):
            name.textEdited.connect(partial(_suggest, id_))

    def _change_role(self, profile: OperatorProfile) -> None:
        operators = self._studio.operators

        def deed(texts: dict[str, str]) -> Changed:
            role = texts["role"]
            return operators.change_role(
                profile.operator_id,
                role,  # type: ignore[arg-type]  # the services refuse what is no role
            )

        if self._staff is not None:
            told = f"Recorded: the role of {who(profile)}"
            self._pins.ask(forms.role_form(profile), self._staff, deed, told)

    def _change_pin(self, profile: OperatorProfile) -> None:
        if self._staff is not None:
            is_own = profile.operator_id == self._signing.standing.operator.operator_id
            self._pins.change(profile, self._staff, is_own=is_own)

    def _switch(self, profile: OperatorProfile) -> None:
        operator_id = profile.operator_id
        if profile.disabled:
            work = partial(self._studio.operators.enable, operator_id)
            self._background.run(work, self._switched, self._fail)
        elif self._staff is not None and self._dialog is None:
            question = Question(
                "disableDialog", "Disable an operator", who(profile), _DISABLE, "&Disable"
            )
            self._dialog = dialog = ReasonDialog(question, self._staff)
            dialog.given.connect(partial(self._disable, operator_id))
            dialog.finished.connect(self._forget)
            dialog.open()

    def _disable(self, operator_id: str, reason: str) -> None:
        work = partial(self._studio.operators.disable, operator_id, reason)
        self._background.run(work, self._switched, self._fail)

    def _switched(self, done: Changed) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        if self._staff is not None:
            self._staff.error.clear()
        state = "disabled" if done.profile.disabled else "enabled"
        self._window.messages.say(f"Recorded: {who(done.profile)} is {state}")
        self._signing.look()

    def _fail(self, error: Exception) -> None:
        if self._dialog is not None and isinstance(error, LuthierError):
            self._dialog.refuse(error.sentence)
        elif self._staff is not None:
            self._window.messages.fail(error, self._staff.error.show_sentence)
        else:
            self._window.messages.fail(error)

    def _forget(self) -> None:
        self._dialog = None


def _suggest(field: QLineEdit, name: str) -> None:
    """Propose an id for a name, until somebody types one."""
    if not field.isModified():
        field.setText(tr(forms.suggested_id(name)))
