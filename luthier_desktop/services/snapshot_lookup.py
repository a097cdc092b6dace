"""Which snapshots there are: looked up by their ids, with a sentence for those there are not."""

from __future__ import annotations

from collections.abc import Callable

from luthier_desktop.domain.errors import NotFound
from luthier_desktop.domain.snapshot import SNAPSHOT_ID_PATTERN, SnapshotEntry
from luthier_desktop.services.ids import not_found, require_id
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.withdrawal import PURGED


class SnapshotLookup:
    """Finds the entries of snapshots in the list, which follows the ledger first."""

    def __init__(self, store: Callable[[], Store]) -> None:
        self._store = store

    def known(self, snapshot_id: str) -> SnapshotEntry:
        """Return the entry of a snapshot, also when it was deleted.

        Raises:
            InputRefused: This is no id.
            NotFound: There is no such snapshot.
        """
        require_id(snapshot_id, SNAPSHOT_ID_PATTERN, "snapshot")
        entry = self.followed().index.snapshot(snapshot_id)
        if entry is None:
            raise not_found(snapshot_id, "snapshot")
        return entry

    def listed(self, snapshot_id: str) -> SnapshotEntry:
        """Return the entry of a snapshot that was not deleted.

        Raises:
            InputRefused: This is no id.
            NotFound: There is no such snapshot, or it was deleted.
        """
        entry = self.known(snapshot_id)
        if entry.deleted:
            raise NotFound(f"The snapshot {snapshot_id} was deleted; {self._record_of(entry)}")
        return entry

    def baseline(self) -> SnapshotEntry | None:
        """Return the baseline, if there is one."""
        return self.followed().snapshot_lists.baseline()

    def followed(self) -> Store:
        """Return the store, whose list knows everything recorded."""
        store = self._store()
        store.catch_up()
        return store

    def _record_of(self, entry: SnapshotEntry) -> str:
        """Say where the record of a deleted snapshot is, or that it was purged."""
        withdrawn = self._store().withdrawal_of(entry.run_id)
        if withdrawn is not None and withdrawn.event == PURGED:
            return f"its record is gone as well. {withdrawn.sentence()}"
        return f"its record stays in the log: luthier logs show {entry.run_id}"
