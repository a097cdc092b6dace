"""What the ledger tells of decisions: each one proven anew; what cannot be proven is absent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, Literal, NamedTuple

from luthier_desktop.domain.errors import (
    InputRefused,
    LuthierError,
    NotFound,
    RunDamaged,
    StorageFailed,
)
from luthier_desktop.domain.gate import Ruling, RulingKind, place_text
from luthier_desktop.domain.run import RunArtifact
from luthier_desktop.storage.canonical import sha256_hex
from luthier_desktop.storage.layout import run_path
from luthier_desktop.storage.ledger import FIRST_PREV, ReadEvent
from luthier_desktop.storage.run_row import RunRow
from luthier_desktop.storage.store import Store

EVENTS: dict[RulingKind, Literal["decision.accepted", "decision.overridden"]] = {
    "accepted": "decision.accepted",
    "overridden": "decision.overridden",
}
_KINDS: dict[str, RulingKind] = {event: kind for kind, event in EVENTS.items()}
_IN_DOUBT = (InputRefused, NotFound, StorageFailed)


class Told(NamedTuple):
    """One decision as the ledger tells it: the ruling, or the fault for which it is absent.

    ``row`` is what the event still says where the record itself is damaged.
    """

    seq: int
    row: RunRow | None
    ruling: Ruling | None
    fault: str = ""

    def warning(self) -> str:
        """Say that a decision counts as absent, and what to do."""
        if self.row is None or self.row.decision is None:
            what = f"Event {self.seq} of the log, which tells of a decision,"
        else:
            place = place_text(self.row.decision.check, self.row.decision.ring_index)
            what = f"The decision on {place} ({self.row.run_id})"
        return (
            f"{what} is damaged and counts as absent: {self.fault.rstrip('.')}. "
            "Restore it from a backup, or decide anew."
        )


class DecisionLog:
    """Reads decisions; *records* returns None while nothing was ever recorded."""

    def __init__(self, records: Callable[[], Store | None]) -> None:
        self._records = records

    def told(self, request_sha256: str | None = None) -> Iterator[Told]:
        """Read the decisions on one request, or all of them, newest first.

        A damaged event is told in both cases, for it may have told of this request.
        """
        store = self._records()
        if store is None:
            return
        events = chain.from_iterable(store.events_of(event) for event in EVENTS.values())
        for event in sorted(events, key=_seq, reverse=True):
            row = _row(event)
            bound_to = None if row is None or row.decision is None else row.decision.request_sha256
            if request_sha256 is None or bound_to in (None, request_sha256):
                yield _told(store, event, row)


def _seq(event: ReadEvent) -> int:
    return event.seq


def _row(event: ReadEvent) -> RunRow | None:
    if event.members is None:
        return None
    try:
        return RunRow.read(event.members["row"], f"The row of event {event.seq}")
    except InputRefused:
        return None


def _told(store: Store, event: ReadEvent, row: RunRow | None) -> Told:
    if event.members is None:
        return Told(event.seq, row, None, event.fault)
    fault = _chain_fault(store, event, event.members)
    if fault:
        return Told(event.seq, row, None, fault)
    try:
        return _proven(store, event.seq, row, event.members)
    except RunDamaged as damage:
        return Told(event.seq, row, None, damage.reason)
    except _IN_DOUBT as error:
        return Told(event.seq, row, None, error.sentence)


def _proven(store: Store, seq: int, row: RunRow | None, members: dict[str, Any]) -> Told:
    run_id = str(members["run_id"])
    stored = store.runs.get(run_id)
    if _named_sha256(members, run_id) != sha256_hex(stored.data):
        return Told(seq, row, None, "its bytes are not those that its event names")
    ruling = _ruling(stored.artifact)
    bound_to = None if row is None or row.decision is None else row.decision.request_sha256
    if EVENTS[ruling.kind] != members["event"] or bound_to != ruling.request_sha256:
        return Told(seq, row, None, "its event tells of another decision")
    return Told(seq, row, ruling)


def _named_sha256(members: dict[str, Any], run_id: str) -> str | None:
    """Return the hash that the event itself names, whatever the index says."""
    named = {file["path"]: file["sha256"] for file in members["files"]}
    found = named.get(run_path(run_id))
    return None if found is None else str(found)


def _ruling(run: RunArtifact) -> Ruling:
    details = run.decision.details
    members = {
        "kind": _KINDS.get(run.event_type),
        **{name: details.get(name) for name in ("check", "ring_index", "reason")},
        "operator": run.operator,
        "request_sha256": run.hashes.request_sha256,
        "run_id": run.run_id,
        "created_at_utc": run.created_at_utc,
    }
    return Ruling.read(members, "The decision")


def _chain_fault(store: Store, event: ReadEvent, members: dict[str, Any]) -> str:
    """Say that an event does not stand in the chain between its neighbours; empty when it does."""
    try:
        last = store.ledger.last_seq()
        before, after = store.ledger.read(event.seq - 1), store.ledger.read(event.seq + 1)
    except LuthierError as error:
        return error.sentence
    prev = FIRST_PREV if event.seq == 1 else before and before.sha256
    is_last = after is None and event.seq >= last
    if members["prev"] == prev and (is_last or _follows(after, event)):
        return ""
    return f"the chain of the log is broken at event {event.seq}"


def _follows(after: ReadEvent | None, event: ReadEvent) -> bool:
    return (
        after is not None
        and after.members is not None
        and after.members["prev"] == event.sha256
    )
