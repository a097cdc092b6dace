"""Who works at this window: asked for when it matters, shown always, signed out after a while."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QDialog

from luthier_desktop.domain.errors import LuthierError, NotAllowed
from luthier_desktop.domain.operators import SIGNED_OUT, Operator, OperatorProfile
from luthier_desktop.domain.permissions import Right, refusal
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.commands import BY_ID, plain_text
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.sign_in.command_rights import COMMAND_RIGHTS, refusals
from luthier_desktop.ui.sign_in.idle_lock import IdleLock
from luthier_desktop.ui.sign_in.operator_bar import OperatorBar
from luthier_desktop.ui.sign_in.operator_words import who
from luthier_desktop.ui.sign_in.sign_in_dialog import SignInDialog
from luthier_desktop.ui.widgets.offer_toast import OfferToast
from luthier_desktop.ui.workbench.pin_changes import PinChanges

_ALONE = "No operators are set up, so nobody has to sign in."
_NOBODY = "Nobody is signed in."
_LAPSED = (
    "Signed out: nobody touched key or mouse for a while. Designs and undo are as they were, "
    "and what was begun goes on."
)


class Standing(NamedTuple):
    """Who acts, who there is, and whether anybody has to sign in at all."""

    operator: Operator
    people: tuple[OperatorProfile, ...]
    is_set_up: bool

    @property
    def is_signed_out(self) -> bool:
        """Say whether somebody has to sign in before anything can be recorded."""
        return self.is_set_up and self.operator.operator_id == SIGNED_OUT.operator_id


class _Tried(NamedTuple):
    """What became of a PIN: the standing after it, and why it did not do."""

    standing: Standing
    refusal: str


class SigningIn(QObject):
    """Shows who works, and asks for it before a command that is not for all.

    ``changed`` comes when somebody else works, or may do something else than before; ``heard``
    whenever the ledger was asked. One person alone, with no operators set up, sees nothing of it.
    """

    changed = Signal()
    heard = Signal()

    def __init__(self, window: MainWindow, background: Background, studio: Studio) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._studio = studio
        self.standing = Standing(studio.operator, (), False)
        self._last_id = ""
        self._dialog: SignInDialog | None = None
        self._go_on: Callable[[], None] | None = None
        self._leave: Callable[[], None] | None = None
        self._bar: OperatorBar | None = None
        self._toast: OfferToast | None = None
        self.pins = PinChanges(window, background, studio)
        self.pins.changed.connect(self.look)
        self.idle = IdleLock(self)
        self.idle.lapsed.connect(self._lapse)
        window.commands.admit = self._admit_command
        window.messages.offer = self._offer
        background.turned_away = self._turned_away
        self._apply()

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the commands about signing in call."""
        return {
            "sign_in": self.ask,
            "sign_out": self.sign_out,
            "change_pin": self._change_pin,
        }

    def look(self) -> None:
        """Ask the ledger who acts and who there is."""
        self._background.run(partial(_standing, self._studio), self._hear, self._fail)

    def close(self) -> None:
        """Wait for nobody any longer."""
        self.idle.end()
        self._background.turned_away = _not_ours

    def admit(self, right: Right, go_on: Callable[[], None], purpose: str = "") -> bool:
        """Say whether whoever works has been asked for; else ask, and *go_on* when they may."""
        if not self.standing.is_signed_out:
            return True
        self.ask(purpose, partial(self._go_on_if, right, go_on))
        return False

    def ask(
        self,
        purpose: str = "",
        go_on: Callable[[], None] | None = None,
        leave: Callable[[], None] | None = None,
    ) -> None:
        """Ask who works; then *go_on*, or *leave* when nobody signed in."""
        if self._dialog is not None:
            self._dialog.activateWindow()
            return
        self._go_on, self._leave = go_on, leave
        parent = QApplication.activeModalWidget() or self._window
        people = self.standing.people
        self._dialog = dialog = SignInDialog(people, self._last_id, purpose, parent)
        dialog.given.connect(self._try)
        dialog.recoveryWanted.connect(self._recover)
        dialog.finished.connect(self._let_go)
        dialog.open()
        self.look()

    def sign_out(self) -> None:
        """Let nobody work from now on; what is open stays as it is."""
        self._last_id = self.standing.operator.operator_id
        self._take(self.standing._replace(operator=SIGNED_OUT))
        self._background.run(self._studio.operators.sign_out, _heard, self._fail)

    def _lapse(self) -> None:
        self.sign_out()
        self._window.messages.say(_LAPSED)

    def _admit_command(self, command_id: str) -> bool:
        right = COMMAND_RIGHTS.get(command_id)
        if right is None:
            return True
        action = self._window.commands[command_id]
        purpose = f"Sign in, and this goes on: {plain_text(BY_ID[command_id])}."
        return self.admit(right, action.trigger, purpose)

    def _go_on_if(self, right: Right, go_on: Callable[[], None]) -> None:
        refused = refusal(self.standing.operator, right)
        if refused:
            self._window.messages.say(refused)
        else:
            go_on()

    def _turned_away(
        self, error: Exception, again: Callable[[], None], leave: Callable[[], None]
    ) -> bool:
        """Ask who works over the dialog that was just refused, then do its work again."""
        if not isinstance(error, NotAllowed) or not self.standing.is_signed_out:
            return False
        if self._dialog is not None or QApplication.activeModalWidget() is None:
            return False
        self.ask("Sign in, and this goes on.", again, leave)
        return True

    def _offer(self, sentence: str) -> bool:
        """Show a refusal with a button to sign in, where that is what it takes."""
        self.look()
        if not self.standing.is_signed_out:
            return False
        if self._toast is None:
            self._toast = OfferToast(self._window, "signInToast", "Sign in…")
            self._toast.taken.connect(self.ask)
        self._toast.say(sentence)
        return True

    def _try(self, operator_id: str, pin: str) -> None:
        work = partial(_tried, self._studio, operator_id, pin or None)
        self._background.run(work, self._tried, self._fail)

    def _tried(self, tried: _Tried) -> None:
        self._take(tried.standing)
        if self._dialog is None:
            return
        if tried.refusal:
            self._dialog.show_people(tried.standing.people)
            self._dialog.refuse(tried.refusal)
            return
        self._last_id = tried.standing.operator.operator_id
        self._leave = None
        self._window.messages.say(f"Signed in: {who(tried.standing.operator)}")
        self._dialog.accept()

    def _let_go(self, result: int) -> None:
        dialog, self._dialog = self._dialog, None
        go_on, self._go_on = self._go_on, None
        leave, self._leave = self._leave, None
        if dialog is not None:
            dialog.deleteLater()
        follow = go_on if result == QDialog.DialogCode.Accepted.value else leave
        if follow is not None:
            follow()

    def _recover(self, profile: OperatorProfile) -> None:
        if self._dialog is not None:
            self.pins.recover(profile, self._dialog)

    def _change_pin(self) -> None:
        profile = self._own_profile()
        if profile is not None:
            self.pins.change(profile, self._window, is_own=True)

    def _own_profile(self) -> OperatorProfile | None:
        own_id = self.standing.operator.operator_id
        return next((one for one in self.standing.people if one.operator_id == own_id), None)

    def _hear(self, standing: Standing) -> None:
        self._take(standing)
        if self._dialog is not None:
            self._dialog.show_people(standing.people)
        self.heard.emit()

    def _take(self, standing: Standing) -> None:
        before, self.standing = self.standing, standing
        if (before.operator, before.is_set_up) != (standing.operator, standing.is_set_up):
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        standing, commands = self.standing, self._window.commands
        is_alone, is_out = not standing.is_set_up, standing.is_signed_out
        nobody = _ALONE if is_alone else _NOBODY if is_out else ""
        for command_id in ("sign_in", "sign_out", "change_pin"):
            commands[command_id].setVisible(not is_alone)
        commands.forbid(_forbidden(standing, nobody))
        self._show_bar()
        self._window.tell_signed_out(is_out)
        if is_alone or is_out:
            self.idle.end()
        else:
            self.idle.begin()

    def _show_bar(self) -> None:
        if self._bar is None and self.standing.is_set_up:
            names = ("sign_out", "sign_in", "change_pin", "manage_operators")
            actions = [self._window.commands[name] for name in names]
            self._bar = OperatorBar(actions, self._window)
            self._bar.signInWanted.connect(self.ask)
            self._window.add_bar(self._bar)
        if self._bar is not None:
            self._bar.setVisible(self.standing.is_set_up)
            self._bar.show_operator(self.standing.operator)

    def _fail(self, error: Exception) -> None:
        if self._dialog is not None and isinstance(error, LuthierError):
            self._dialog.refuse(error.sentence)
        else:
            self._window.messages.fail(error)


def _forbidden(standing: Standing, nobody: str) -> dict[str, str]:
    """Return what is greyed: while nobody is signed in a command asks for that instead."""
    told = {"sign_out": nobody, "change_pin": nobody} if nobody else {}
    if not standing.is_set_up:
        return told | {"sign_in": _ALONE}
    return told if standing.is_signed_out else refusals(standing.operator)


def _standing(studio: Studio) -> Standing:
    """On the worker: read who acts, as the ledger has it now."""
    operators = studio.operators
    return Standing(operators.acting(), tuple(operators.find()), operators.is_set_up())


def _tried(studio: Studio, operator_id: str, pin: str | None) -> _Tried:
    """On the worker: try a PIN, which takes a while, and look how things stand after it."""
    try:
        studio.operators.sign_in(operator_id, pin)
    except LuthierError as error:
        return _Tried(_standing(studio), error.sentence)
    return _Tried(_standing(studio), "")


def _not_ours(_: Exception, _again: Callable[[], None], _leave: Callable[[], None]) -> bool:
    return False


def _heard(_: Operator) -> None:
    """Signing out was told already."""
