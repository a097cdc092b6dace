"""What the ledger tells of backups of settings: which were made, and which were deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from luthier_desktop.storage.backup_rows import (
    BACKUP_CREATED,
    BACKUP_DELETED,
    BackupFile,
    BackupRow,
    backup_row,
)
from luthier_desktop.storage.ledger import ReadEvent
from luthier_desktop.storage.store import Store


class Deletion(NamedTuple):
    """When and by whom a backup was deleted, and why."""

    seq: int
    at_utc: str
    operator_id: str
    reason: str


class Told(NamedTuple):
    """One backup as its event tells it."""

    name: str
    file: BackupFile
    seq: int
    run_id: str
    created_at_utc: str
    operator_id: str
    reason: str
    automatic: bool
    settings_sha256: str
    deletion: Deletion | None = None


class Backed(NamedTuple):
    """The backups, the newest first, and a sentence for each event that cannot be read."""

    backups: tuple[Told, ...] = ()
    doubts: tuple[str, ...] = ()


class BackupLog:
    """Reads the events of backups; *records* returns None while nothing was ever recorded.

    An event is parsed once: it never changes, unless it is damaged.
    """

    def __init__(self, records: Callable[[], Store | None]) -> None:
        self._records = records
        self._known: dict[int, dict[str, Any]] = {}

    def told(self) -> Backed:
        """Return every backup, the deleted ones too."""
        store = self._records()
        if store is None:
            return Backed()
        doubts: list[str] = []
        created = list(self._events(store, BACKUP_CREATED, doubts))
        deletions = dict(self._deletions(store, doubts))
        found = (_told(seq, members, deletions) for seq, members in created)
        return Backed(tuple(one for one in found if one is not None), tuple(doubts))

    def newest(self) -> Told | None:
        """Return the backup that was made last and is not deleted."""
        return next((one for one in self.told().backups if one.deletion is None), None)

    def _deletions(self, store: Store, doubts: list[str]) -> Iterator[tuple[str, Deletion]]:
        for seq, members in self._events(store, BACKUP_DELETED, doubts):
            row = backup_row(members["row"]) or BackupRow()
            told = Deletion(seq, members["at_utc"], members["operator_id"], row.reason or "")
            for file in row.deleted:
                yield file.path, told

    def _events(
        self, store: Store, event_type: str, doubts: list[str]
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        for event in _events_of(store, event_type, self._known):
            if isinstance(event, int):
                yield event, self._known[event]
            elif event.members is None:
                doubts.append(
                    f"Event {event.seq} of the log, which tells of a backup, is damaged: "
                    f"{event.fault.rstrip('.')}. Restore it from a full backup."
                )
            else:
                self._known[event.seq] = event.members
                yield event.seq, event.members


def _events_of(
    store: Store, event_type: str, known: dict[int, dict[str, Any]]
) -> Iterator[int | ReadEvent]:
    """Give the events of one type, the newest first; of a known one its number alone."""
    store.catch_up()
    if store.index.stale:
        yield from store.events_of(event_type)
        return
    for seq in store.index.numbers_of(event_type):
        if seq in known:
            yield seq
        else:
            yield store.ledger.read(seq) or ReadEvent(seq, "", None, "it is missing")


def _told(seq: int, members: dict[str, Any], deletions: dict[str, Deletion]) -> Told | None:
    row = backup_row(members["row"])
    if row is None or row.kind != "settings" or row.file is None:
        return None
    return Told(
        name=row.file.name,
        file=row.file,
        seq=seq,
        run_id=str(members["run_id"]),
        created_at_utc=str(members["row"].get("created_at_utc", members["at_utc"])),
        operator_id=members["operator_id"],
        reason=row.reason or "",
        automatic=row.automatic,
        settings_sha256=row.settings_sha256 or "",
        deletion=deletions.get(row.file.path),
    )
