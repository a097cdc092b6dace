"""What can be asked of the index about snapshots: pages, ids, entries, tags and histories."""

from __future__ import annotations

from collections.abc import Sequence

from luthier_desktop.domain.snapshot import (
    SnapshotEntry,
    SnapshotPage,
    SnapshotQuery,
    SnapshotVersion,
)
from luthier_desktop.storage import snapshot_index
from luthier_desktop.storage.run_index import RunIndex


class SnapshotLists:
    """Asks one index; deleted snapshots are found where they are asked for."""

    def __init__(self, index: RunIndex) -> None:
        self._index = index

    def find(self, query: SnapshotQuery) -> SnapshotPage:
        """Return one page of snapshots."""
        return self._index.snapshots(query)

    def ids(self, query: SnapshotQuery) -> list[str]:
        """Return the ids of all snapshots that *query* asks for, in its order."""
        return self._index.ask(lambda index: snapshot_index.snapshot_ids(index, query))

    def entries(self, snapshot_ids: Sequence[str]) -> list[SnapshotEntry]:
        """Return the entries of snapshots, deleted ones too; unknown ids are left out."""
        return self._index.ask(lambda index: snapshot_index.snapshot_entries(index, snapshot_ids))

    def baseline(self) -> SnapshotEntry | None:
        """Return the baseline, if there is one."""
        found = self._index.ask(snapshot_index.baseline_id)
        return self._index.snapshot(found) if found is not None else None

    def tags(self) -> list[str]:
        """Return each tag of the listed snapshots once, the most used first."""
        return self._index.ask(snapshot_index.tags_in_use)

    def history(self, snapshot_id: str) -> list[SnapshotVersion]:
        """Return the snapshots of one line and then the others of its design, newest first."""
        line, others = self._index.ask(lambda index: snapshot_index.lineage(index, snapshot_id))
        of_line = [SnapshotVersion(entry=entry, by="parent") for entry in self.entries(line)]
        of_design = [SnapshotVersion(entry=entry, by="design") for entry in self.entries(others)]
        return of_line + of_design
