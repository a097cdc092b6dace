"""When the log was last verified: told by events, so that every window and every copy knows.

Each such event repeats what the one before it told, so that only the newest is looked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.verification import Care
from luthier_desktop.storage.atomic import read_file
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.verify import SLICES

VERIFIED = "verify.finished"
_MARK = b'"event":"verify.finished"'
_AT_ONCE = 500


class Look(NamedTuple):
    """What one step of looking back found; *rest* is the number below which to go on, or 0."""

    care: Care | None
    rest: int


def look_back(store: Store, below: int | None = None) -> Look:
    """Look for the newest verification; the index names it.

    While the index fails or is made anew, some hundred events below the number *below* are looked
    through: the whole way back may be long, so it is gone in steps that each take a moment.
    """
    store.catch_up()
    if not store.index.stale:
        told = (_care_of(store, seq) for seq in store.index.numbers_of(VERIFIED))
        return Look(next((care for care in told if care is not None), None), 0)
    newest = store.ledger.last_seq() if below is None else below - 1
    oldest = max(newest - _AT_ONCE, 0)
    for seq in range(newest, oldest, -1):
        care = _care_of(store, seq)
        if care is not None:
            return Look(care, 0)
    return Look(None, oldest + 1 if oldest else 0)


def note(store: Store, care: Care) -> int:
    """Write the event that tells *care*, and return its number.

    Raises:
        StoreReadOnly: The store is open for viewing only.
        StorageFailed: The event is not known to be saved.
    """
    return store.record_event(VERIFIED, care.model_dump(mode="json"))


def due_part(care: Care, now: str) -> int | None:
    """Return which thirtieth of the files, 1 to 30, is due at *now*; None when none is today."""
    if care.part is None:
        return 1
    if care.part.at_utc[:10] >= now[:10]:
        return None
    number = care.part.level.rpartition(" ")[2]
    return int(number) % SLICES + 1 if number.isdecimal() else 1


def _care_of(store: Store, seq: int) -> Care | None:
    try:
        data = read_file(store.layout.event_path(seq), store.calls)
    except OSError:
        return None
    event = store.ledger.read(seq) if _MARK in data else None
    if event is None or event.members is None or event.members["event"] != VERIFIED:
        return None
    return _read(event.members["row"])


def _read(row: Mapping[str, Any] | None) -> Care | None:
    try:
        return Care.read(row, "The event of a verification")
    except InputRefused:
        return None
