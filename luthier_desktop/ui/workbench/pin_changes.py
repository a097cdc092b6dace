"""New PINs, from the worker: one's own, somebody else's, and one for a recovery code."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from luthier_desktop.domain.errors import InputRefused, LuthierError
from luthier_desktop.domain.operators import OperatorProfile
from luthier_desktop.services.operators import Changed
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.sign_in import forms
from luthier_desktop.ui.sign_in.code_dialog import CodeDialog
from luthier_desktop.ui.sign_in.form_dialog import NO_PIN, PIN, Form, FormDialog
from luthier_desktop.ui.sign_in.operator_words import who

Deed = Callable[[dict[str, str]], Changed]


class PinChanges(QObject):
    """Asks by a form, records on the worker, and shows a recovery code this once.

    ``changed`` comes when the ledger tells something new of an operator.
    """

    changed = Signal()

    def __init__(self, window: MainWindow, background: Background, studio: Studio) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._studio = studio

    def change(self, profile: OperatorProfile, parent: QWidget, *, is_own: bool) -> None:
        """Ask for a new PIN of *profile*."""
        operators = self._studio.operators

        def deed(texts: dict[str, str]) -> Changed:
            return operators.set_pin(
                profile.operator_id, new_pin(texts), texts.get("own_pin") or None
            )

        told = f"Recorded: the PIN of {who(profile)}"
        self.ask(forms.pin_form(profile, is_own=is_own), parent, deed, told)

    def recover(self, profile: OperatorProfile, parent: QWidget) -> None:
        """Ask for the recovery code of *profile* and a new PIN."""
        operators = self._studio.operators

        def deed(texts: dict[str, str]) -> Changed:
            return operators.recover(profile.operator_id, texts["code"], texts[PIN])

        told = f"{who(profile)} has a new PIN; sign in with it."
        self.ask(forms.recovery_form(profile), parent, deed, told)

    def ask(self, form: Form, parent: QWidget, deed: Deed, told: str) -> FormDialog:
        """Show *form*, do *deed* with what was typed, and say *told* when it is recorded."""
        dialog = FormDialog(form, parent)
        dialog.given.connect(partial(self._do, dialog, deed, told))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _do(self, dialog: FormDialog, deed: Deed, told: str, texts: dict[str, str]) -> None:
        self._background.run(
            partial(deed, texts),
            partial(self._done, dialog, told),
            partial(self._failed, dialog),
        )

    def _done(self, dialog: FormDialog, told: str, changed: Changed) -> None:
        parent = dialog.parentWidget()
        dialog.accept()
        self._window.messages.say(told)
        self.changed.emit()
        if changed.recovery_code is not None:
            CodeDialog(changed.recovery_code, parent).open()

    def _failed(self, dialog: FormDialog, error: Exception) -> None:
        if isinstance(error, LuthierError):
            path = error.path if isinstance(error, InputRefused) else ""
            dialog.refuse(error.sentence, path)
        else:
            self._window.messages.fail(error)


def new_pin(texts: dict[str, str]) -> str | None:
    """Return the PIN that was typed, None when there is to be none."""
    return None if texts.get(NO_PIN) else texts[PIN]
