"""Operators: who may sign in, with which PIN and role; everything about them is an event.

A PIN tells who acted. It keeps nobody out who holds the files of the store.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import Conflict, InputRefused, NotFound
from luthier_desktop.domain.operators import (
    OPERATOR_ID_PATTERN,
    RESERVED_IDS,
    ROLES,
    SIGNED_OUT,
    Operator,
    OperatorProfile,
    Role,
)
from luthier_desktop.domain.permissions import Right
from luthier_desktop.domain.pins import as_typed, pin_refusal
from luthier_desktop.services.actor import Actor
from luthier_desktop.services.clock import Clock
from luthier_desktop.services.operator_log import (
    ADDED,
    DISABLED,
    ENABLED,
    PIN_CHANGED,
    ROLE_CHANGED,
    SIGNED_IN,
    OperatorLog,
    OperatorRow,
    Staff,
    Told,
    locked_until_utc,
)
from luthier_desktop.services.pin_files import CODE_LENGTH, pin_document, shown_code
from luthier_desktop.services.pin_trial import PinTrial
from luthier_desktop.services.runs import required_reason
from luthier_desktop.storage.store import Store


class Changed(NamedTuple):
    """An operator after a change; *recovery_code* is told once, to be written down."""

    profile: OperatorProfile
    seq: int
    recovery_code: str | None = None


class Operators:
    """Adds and changes operators, and lets them sign in; *records* as for `OperatorLog`."""

    def __init__(
        self,
        store: Callable[[], Store],
        records: Callable[[], Store | None],
        actor: Actor,
        clock: Clock,
    ) -> None:
        self._store = store
        self._log = OperatorLog(records)
        self._actor = actor
        self._clock = clock
        self._trial = PinTrial(store, self._log, clock)

    def acting(self) -> Operator:
        """Return who acts now."""
        return self._actor.look()

    def require(self, right: Right) -> Operator:
        """Return who acts when they have the right.

        Raises:
            NotAllowed: They have it not; an event says so.
        """
        return self._actor.require(right)

    def is_set_up(self) -> bool:
        """Tell whether there are operators; without any, the owner acts alone."""
        return self._log.staff().is_set_up

    def find(self) -> list[OperatorProfile]:
        """Return every operator in the order they were added; ended locks are left out."""
        now = self._clock.now()
        told = self._log.staff().people.values()
        return [_as_of(one.profile, now) for one in told]

    def doubts(self) -> tuple[str, ...]:
        """Say which events about operators cannot be read."""
        return self._log.staff().doubts

    def add(self, operator_id: str, name: str, role: Role, pin: str | None = None) -> Changed:
        """Add somebody; the first one must be a lead, who gets a recovery code with a PIN.

        Raises:
            NotAllowed: Only a lead may, and the first operator must be one.
            InputRefused: The id, the name, the role or the PIN does not do.
            Conflict: There is or was an operator of this id.
            StorageFailed: It is not known to be saved.
        """
        self._actor.require("operators")
        staff = self._log.staff()
        row = _new_row(operator_id, name, role, pin, self._actor.operator)
        if operator_id in staff.people or operator_id in RESERVED_IDS:
            raise Conflict(f"The id {operator_id} is taken; choose another one.")
        if not staff.is_set_up and role != "lead":
            raise InputRefused(
                "The first operator must be a lead, or nobody could add others.", "role"
            )
        _require_pin(pin, role)
        code = self._new_code() if pin is not None and role == "lead" else None
        added = self._write(ADDED, row, pin, code)
        if not staff.is_set_up:
            self._actor.take_over(added.profile.acting())  # who sets this up is known from here on
        return added

    def change_role(self, operator_id: str, role: Role) -> Changed:
        """Give an operator another role; the last lead stays one.

        Raises:
            NotAllowed: Only a lead may.
            NotFound: There is no such operator.
            InputRefused: There is no such role, or the PIN is too short for it.
            Conflict: They have this role, or are the last lead.
            StorageFailed: It is not known to be saved.
        """
        self._actor.require("operators")
        profile = self._told(operator_id).profile
        if role not in ROLES:
            raise InputRefused(f"{shown(role)!r} is no role ({', '.join(ROLES)}).", "role")
        if profile.role == role:
            raise Conflict(f"{profile.name} is {role} already.")
        self._require_another_lead(profile, "demoted")
        return self._write(ROLE_CHANGED, self._row(profile, role=role))

    def disable(self, operator_id: str, reason: str) -> Changed:
        """Let somebody sign in no longer; what they did stays under their name.

        Raises:
            NotAllowed: Only a lead may.
            NotFound: There is no such operator.
            InputRefused: No reason is given.
            Conflict: They are disabled already, or are the last lead.
            StorageFailed: It is not known to be saved.
        """
        self._actor.require("operators")
        reason = required_reason(reason)
        profile = self._told(operator_id).profile
        if profile.disabled:
            raise Conflict(f"{profile.name} is disabled already.")
        self._require_another_lead(profile, "disabled")
        return self._write(DISABLED, self._row(profile, reason=reason))

    def enable(self, operator_id: str) -> Changed:
        """Let somebody who was disabled sign in again.

        Raises:
            NotAllowed: Only a lead may.
            NotFound: There is no such operator.
            Conflict: They are not disabled.
            StorageFailed: It is not known to be saved.
        """
        self._actor.require("operators")
        profile = self._told(operator_id).profile
        if not profile.disabled:
            raise Conflict(f"{profile.name} is not disabled.")
        return self._write(ENABLED, self._row(profile))

    def set_pin(self, operator_id: str, pin: str | None, own_pin: str | None = None) -> Changed:
        """Give somebody a new PIN, or none; their own needs the old one, another's a lead.

        Raises:
            NotAllowed: The old PIN is wrong, or only a lead may.
            NotFound: There is no such operator.
            InputRefused: The PIN does not do.
            StorageFailed: It is not known to be saved.
        """
        told = self._told(operator_id)
        profile = told.profile
        if self._actor.look().operator_id == operator_id:
            self._trial.require(told, own_pin)
        else:
            self._actor.require("operators")
        _require_pin(pin, profile.role)
        code = self._new_code() if pin is not None and profile.role == "lead" else None
        row = self._row(profile, has_pin=pin is not None)
        changed = self._write(PIN_CHANGED, row, pin, code)
        if self._actor.operator.operator_id == operator_id:
            self._actor.take_over(changed.profile.acting())
        return changed

    def recover(self, operator_id: str, code: str, pin: str) -> Changed:
        """Give a lead a new PIN for the recovery code, and a new code with it.

        Raises:
            NotAllowed: The code is wrong, or nobody may try now.
            NotFound: There is no such operator.
            InputRefused: The PIN does not do, or there is no code.
            StorageFailed: It is not known to be saved.
        """
        told = self._told(operator_id)
        _require_pin(pin, told.profile.role)
        self._trial.require_code(told, code)
        row = self._row(told.profile, has_pin=True, by="recovery code")
        return self._write(PIN_CHANGED, row, pin, self._new_code())

    def sign_in(
        self, operator_id: str, pin: str | None = None, *, quiet: bool = False
    ) -> Operator:
        """Let somebody act from now on; takes 0.2 s where there is a PIN.

        A *quiet* one, as of a command, leaves an event only when wrong PINs went before.

        Raises:
            NotFound: There is no such operator.
            NotAllowed: They are disabled, the PIN is wrong, or nobody may try now.
            StorageFailed: It is not known to be saved.
        """
        told = self._told(operator_id)
        self._trial.require(told, pin)
        if not quiet or told.profile.failures:
            self._store().record_event(SIGNED_IN, self._row(told.profile).plain())
        operator = told.profile.acting()
        self._actor.take_over(operator)
        return operator

    def asks_for_pin(self) -> bool:
        """Tell whether `confirm` wants a PIN of the one who acts."""
        told = self._log.staff().people.get(self._actor.look().operator_id)
        return told is not None and told.pin_path is not None

    def confirm(self, pin: str | None) -> None:
        """Make sure that the one who acts is still the one who signed in.

        Raises:
            NotAllowed: The PIN is wrong, or nobody may try now.
        """
        told = self._log.staff().people.get(self._actor.look().operator_id)
        if told is not None:
            self._trial.require(told, pin)

    def sign_out(self) -> Operator:
        """Let nobody act from now on, where operators are set up."""
        if self.is_set_up():
            self._actor.take_over(SIGNED_OUT)
        return self._actor.look()

    def _write(
        self, event: str, row: OperatorRow, pin: str | None = None, code: str | None = None
    ) -> Changed:
        documents = []
        if pin is not None:
            token = self._clock.token(CODE_LENGTH)
            documents = [pin_document(row.operator_id, token, pin, code)]
        seq = self._store().record_event(event, row.plain(), documents)
        profile = self._told(row.operator_id).profile
        return Changed(profile, seq, None if code is None else shown_code(code))

    def _told(self, operator_id: str) -> Told:
        told = self._log.staff().people.get(operator_id)
        if told is None:
            raise NotFound(
                f"There is no operator {shown(operator_id[:64])!r} in this store; see `luthier "
                "operators list`."
            )
        return told

    def _row(self, profile: OperatorProfile, **more: Any) -> OperatorRow:
        return OperatorRow(
            operator_id=profile.operator_id,
            **{"by": self._actor.operator.operator_id, **more},
        )

    def _require_another_lead(self, profile: OperatorProfile, done: str) -> None:
        if profile.role == "lead" and not _other_leads(self._log.staff(), profile):
            raise Conflict(
                f"{profile.name} is the last lead and cannot be {done}; make somebody else a lead "
                "first."
            )

    def _new_code(self) -> str:
        return self._clock.token(CODE_LENGTH)


def _as_of(profile: OperatorProfile, now_utc: str) -> OperatorProfile:
    return profile.model_copy(update={"locked_until_utc": locked_until_utc(profile, now_utc)})


def _new_row(
    operator_id: str, name: str, role: Role, pin: str | None, by: Operator
) -> OperatorRow:
    if not re.fullmatch(OPERATOR_ID_PATTERN, operator_id):
        raise InputRefused(
            f"{shown(operator_id[:64])!r} is no id of an operator: a small letter, then up to 31 "
            "small letters, digits, - and _.",
            "operator_id",
        )
    members = {
        "operator_id": operator_id,
        "name": name,
        "role": role,
        "has_pin": pin is not None,
        "by": by.operator_id,
    }
    return OperatorRow.read(members, "The operator")


def _require_pin(pin: str | None, role: Role) -> None:
    refused = "" if pin is None else pin_refusal(as_typed(pin), role)
    if refused:
        raise InputRefused(refused, "pin")


def _other_leads(staff: Staff, profile: OperatorProfile) -> list[Told]:
    return [
        told
        for told in staff.people.values()
        if told.profile.role == "lead"
        and not told.profile.disabled
        and told.profile.operator_id != profile.operator_id
    ]
