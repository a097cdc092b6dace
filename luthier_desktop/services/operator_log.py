"""What the ledger tells of operators: who there is, their PIN files, and wrong PINs in a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from luthier_desktop.domain.base import Flag, Text, Value
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.operators import OperatorId, OperatorName, OperatorProfile, Role
from luthier_desktop.domain.pins import wait_s
from luthier_desktop.services.clock import utc_text
from luthier_desktop.storage.ledger import ReadEvent
from luthier_desktop.storage.store import Store

ADDED = "operator.added"
PIN_CHANGED = "operator.pin_changed"
ROLE_CHANGED = "operator.role_changed"
DISABLED = "operator.disabled"
ENABLED = "operator.enabled"
SIGNED_IN = "operator.signed_in"
PIN_FAILED = "operator.pin_failed"
REFUSED = "operator.refused"
_FOLDED = (ADDED, PIN_CHANGED, ROLE_CHANGED, DISABLED, ENABLED, SIGNED_IN, PIN_FAILED)


class OperatorRow(Value):
    """What an event says of an operator; ``reason`` is that of a disabling, ``by`` who did it."""

    operator_id: OperatorId
    name: OperatorName | None = None
    role: Role | None = None
    has_pin: Flag | None = None
    by: Text | None = None
    reason: Text | None = None


class Told(NamedTuple):
    """One operator and the logical path of the file with their newest PIN."""

    profile: OperatorProfile
    pin_path: str | None


class Staff(NamedTuple):
    """Everybody that the ledger tells of; *doubts* name the events that cannot be read.

    *is_set_up* stays true with a damaged event: in doubt nobody is the owner.
    """

    people: Mapping[str, Told]
    doubts: tuple[str, ...]
    is_set_up: bool


NOBODY = Staff({}, (), False)


class OperatorLog:
    """Reads the events of operators; *records* returns None while nothing was ever recorded."""

    def __init__(self, records: Callable[[], Store | None]) -> None:
        self._records = records
        self._known: tuple[tuple[int, ...], Staff] = ((), NOBODY)

    def staff(self) -> Staff:
        """Return everybody as of now; times of locks stand as the events tell them."""
        store = self._records()
        if store is None:
            return NOBODY
        events = sorted(
            (event for name in _FOLDED for event in store.events_of(name)), key=_seq
        )
        if not events:
            return NOBODY
        marks = tuple(event.seq for event in events)
        if self._known[0] != marks or self._known[1].doubts:
            self._known = (marks, _folded(events))
        return self._known[1]


def locked_until_utc(profile: OperatorProfile, now_utc: str) -> str | None:
    """Return until when no PIN of *profile* is looked at; None when one is.

    However the clock was set since, nobody waits longer than the wait itself.
    """
    if profile.locked_until_utc is None:
        return None
    now = datetime.fromisoformat(now_utc)
    longest = now + timedelta(seconds=wait_s(profile.failures))
    until = min(datetime.fromisoformat(profile.locked_until_utc), longest)
    return utc_text(until) if until > now else None


def _seq(event: ReadEvent) -> int:
    return event.seq


def _folded(events: Iterable[ReadEvent]) -> Staff:
    people: dict[str, Told] = {}
    doubts = []
    for event in events:
        try:
            _take(people, event)
        except (InputRefused, KeyError, IndexError) as error:
            doubts.append(
                f"Event {event.seq} of the log, which tells of an operator, cannot be read: "
                f"{event.fault or error}. Restore it from a backup."
            )
    return Staff(people, tuple(doubts), True)


def _take(people: dict[str, Told], event: ReadEvent) -> None:
    if event.members is None:
        raise InputRefused(event.fault)
    members = event.members
    row = OperatorRow.read(members["row"], f"The row of event {event.seq}")
    name, at_utc = str(members["event"]), str(members["at_utc"])
    if name == ADDED:
        people.setdefault(row.operator_id, _added(row, members))
    else:
        before = people[row.operator_id]
        people[row.operator_id] = _changed(before, name, row, at_utc, members)


def _added(row: OperatorRow, members: Mapping[str, Any]) -> Told:
    profile = OperatorProfile(
        operator_id=row.operator_id,
        name=row.name or row.operator_id,
        role=row.role or "viewer",
        has_pin=bool(row.has_pin),
        added_at_utc=str(members["at_utc"]),
    )
    return Told(profile, _pin_path(members) if row.has_pin else None)


def _changed(
    before: Told, event: str, row: OperatorRow, at_utc: str, members: Mapping[str, Any]
) -> Told:
    profile, pin_path = before
    change: dict[str, Any] = {}
    if event == PIN_CHANGED:
        change = {"has_pin": bool(row.has_pin), "failures": 0, "locked_until_utc": None}
        pin_path = _pin_path(members) if row.has_pin else None
    elif event == ROLE_CHANGED:
        change = {"role": row.role or profile.role}
    elif event in (DISABLED, ENABLED):
        change = {"disabled": event == DISABLED}
    elif event == SIGNED_IN:
        change = {"failures": 0, "locked_until_utc": None, "last_used_utc": at_utc}
    elif event == PIN_FAILED:
        change = _failed(profile.failures + 1, at_utc)
    return Told(profile.model_copy(update=change), pin_path)


def _failed(failures: int, at_utc: str) -> dict[str, Any]:
    wait = wait_s(failures)
    until = datetime.fromisoformat(at_utc) + timedelta(seconds=wait)
    return {"failures": failures, "locked_until_utc": utc_text(until) if wait else None}


def _pin_path(members: Mapping[str, Any]) -> str:
    return str(members["files"][0]["path"])
