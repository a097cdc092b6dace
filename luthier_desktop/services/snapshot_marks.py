"""What is said of a snapshot after it was saved: its tags, and which one is the baseline."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from luthier_desktop.domain.errors import Conflict, InputRefused
from luthier_desktop.domain.snapshot import MOST_TAGS, SnapshotDetails, SnapshotEntry
from luthier_desktop.services.actor import Actor
from luthier_desktop.services.changes import NOTHING, Changes
from luthier_desktop.services.snapshot_lookup import SnapshotLookup
from luthier_desktop.storage.snapshot_writer import BASELINE_SET, changed_tags
from luthier_desktop.storage.store import Store


class Marked(NamedTuple):
    """A snapshot as it stands after a mark; *seq* is None where nothing was to be changed."""

    entry: SnapshotEntry | None
    seq: int | None
    changes: Changes


class SnapshotMarks:
    """Tags snapshots and sets the baseline; each is an event of the log, and no run."""

    def __init__(self, store: Callable[[], Store], actor: Actor) -> None:
        self._store = store
        self._actor = actor
        self._lookup = SnapshotLookup(store)

    def tag(self, snapshot_id: str, add: Iterable[str] = (), remove: Iterable[str] = ()) -> Marked:
        """Give a snapshot tags and take tags away, in any letter case.

        What others add or remove at the same moment stays.

        Raises:
            InputRefused: A tag is empty or too long, or there would be too many.
            NotFound: There is no such snapshot, or it was deleted.
            NotAllowed: A viewer may not.
            StorageFailed: It is not known to be saved.
        """
        self._actor.require("tag")
        entry = self._lookup.listed(snapshot_id)
        added, removed = _tags(add), _tags(remove)
        tags = changed_tags(entry.tags, added, removed)
        if len(tags) > MOST_TAGS:
            raise InputRefused(
                f"A snapshot has at most {MOST_TAGS} tags; {snapshot_id} would have {len(tags)}.",
                "tags",
            )
        if tuple(tags) == entry.tags:
            return Marked(entry, None, NOTHING)
        row = {"snapshot_id": snapshot_id, "add": added, "remove": removed}
        seq = self._store().record_event("snapshot.tagged", row)
        return Marked(self._lookup.known(snapshot_id), seq, Changes(runs=True, snapshots=True))

    def set_baseline(self, snapshot_id: str | None) -> Marked:
        """Make a snapshot the one that others are compared with; None leaves none.

        There is one at most, whoever sets it at the same moment: the last in the ledger. The
        entry that is returned tells whether it is this one.

        Raises:
            NotFound: There is no such snapshot, or it was deleted.
            RecordDamaged: Its file is damaged, so nothing could be compared with it.
            Conflict: It was deleted at the same moment.
            NotAllowed: A viewer may not.
            StorageFailed: It is not known to be saved.
        """
        self._actor.require("baseline")
        before = self._lookup.baseline()
        if snapshot_id is None:
            if before is None:
                return Marked(None, None, NOTHING)
        else:
            entry = self._lookup.listed(snapshot_id)
            self._store().snapshots.get(snapshot_id)
            if entry.baseline:
                return Marked(entry, None, NOTHING)
        seq = self._store().record_event(BASELINE_SET, {"snapshot_id": snapshot_id})
        entry_now = None if snapshot_id is None else self._lookup.known(snapshot_id)
        if entry_now is not None and entry_now.deleted:
            raise Conflict(f"{snapshot_id} was deleted at this moment and cannot be the baseline.")
        return Marked(entry_now, seq, Changes(snapshots=True))


def _tags(given: Iterable[str]) -> list[str]:
    return list(SnapshotDetails.read({"name": "-", "tags": list(given)}, "The snapshot").tags)
