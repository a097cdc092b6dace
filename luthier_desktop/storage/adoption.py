"""Orphans: runs and snapshots that were written and whose event an interruption prevented.

A complete run is taken into the log with its snapshot. The rest is moved aside, never deleted.

Between the two writes of a save every healthy run looks like one, so only old ones are touched,
by one program at a time, and only while the ledger is beyond doubt.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from math import inf
from pathlib import Path

from filelock import FileLock, Timeout

from luthier_desktop.domain.errors import InputRefused, StorageFailed
from luthier_desktop.domain.run import RunArtifact
from luthier_desktop.storage.atomic import put_once, read_file
from luthier_desktop.storage.canonical import canonical_bytes
from luthier_desktop.storage.layout import ADOPT_LOCK, snapshot_path
from luthier_desktop.storage.ledger import FIRST_PREV, Ledger, NewEvent, StoredFile
from luthier_desktop.storage.parsing import RECORD_LIMITS, parse_strict
from luthier_desktop.storage.processes import is_alive
from luthier_desktop.storage.run_index import RunIndex
from luthier_desktop.storage.run_row import RunRow, SnapshotRow
from luthier_desktop.storage.run_store import read_run
from luthier_desktop.storage.session import Journal
from luthier_desktop.storage.survey import (
    Ground,
    age_s,
    orphans,
    temporaries,
    temporary_owner,
)

_OLD_TEMPORARY_S = 3600.0


@dataclass(frozen=True)
class Adopted:
    """What became of the orphans: ids taken into the log, and paths moved to quarantine."""

    runs: tuple[str, ...] = ()
    quarantined: tuple[str, ...] = ()


class Adoption:
    """One look for orphans and for leftovers of dead programs."""

    def __init__(self, ground: Ground, ledger: Ledger, index: RunIndex, journal: Journal) -> None:
        self._ground = ground
        self._ledger = ledger
        self._index = index
        self._journal = journal

    def run(self) -> Adopted:
        """Adopt what is complete, quarantine what is not; nothing while another does so."""
        try:
            with FileLock(self._ground.layout.data / ADOPT_LOCK, timeout=0):
                self._clear_temporaries()
                return self._adopt()
        except Timeout:
            return Adopted()
        except OSError as error:
            raise StorageFailed(f"Orphans could not be looked for: {error}.") from error

    def finish(self, event_type: str) -> tuple[str, ...]:
        """Adopt the complete runs of one type, however young; return their ids.

        Only for who holds the lock and knows that nobody else records runs of this type.
        """
        found = orphans(self._ground, self._index.file_paths(), youngest_s=-inf)
        if not found.runs:
            return ()
        vouched = self._vouched_by_a_sound_ledger()
        if vouched is None:
            return ()
        left = [(path, run_id) for path, run_id in found.runs if path not in vouched]
        ours = [one for one in left if self._type_of(*one) == event_type]
        return tuple(run_id for path, run_id in ours if self._adopt_one(path, run_id))

    def _type_of(self, path: str, run_id: str) -> str:
        data = read_file(self._ground.layout.real(path), self._ground.calls)
        run = _complete_run(data, run_id)
        return "" if run is None else run.event_type

    def _adopt(self) -> Adopted:
        found = orphans(self._ground, self._index.file_paths())
        if not (found.runs or found.snapshots):
            return Adopted()
        vouched = self._vouched_by_a_sound_ledger()
        if vouched is None:
            return Adopted()
        runs, quarantined = [], []
        for path, run_id in found.runs:
            if path in vouched:
                continue
            if files := self._adopt_one(path, run_id):
                runs.append(run_id)
                vouched |= {file.path for file in files}
            else:
                quarantined.append(path)
        # A run that is just being saved may be the one of a snapshot here.
        for path in () if found.unfinished else found.snapshots:
            if path not in vouched:
                self._quarantine(
                    path, read_file(self._ground.layout.real(path), self._ground.calls)
                )
                quarantined.append(path)
        return Adopted(tuple(runs), tuple(quarantined))

    def _vouched_by_a_sound_ledger(self) -> set[str] | None:
        """Return the paths that events name; None when a single event is in doubt."""
        vouched: set[str] = set()
        prev = FIRST_PREV
        for event in self._ledger.events():
            if event is None or event.members is None or event.members["prev"] != prev:
                return None
            if event.canonical_sha256() != event.sha256:
                return None
            vouched |= {file["path"] for file in event.members["files"]}
            prev = event.sha256
        return vouched

    def _adopt_one(self, path: str, run_id: str) -> tuple[StoredFile, ...]:
        """Take a complete run into the log and return its files; none when it is not complete."""
        data = read_file(self._ground.layout.real(path), self._ground.calls)
        run = _complete_run(data, run_id)
        if run is None:
            self._quarantine(path, data)
            return ()
        source = run.meta.get("source")
        snapshot, files = self._snapshot_of(run)
        row = RunRow.of(run, source if isinstance(source, str) else "import", snapshot=snapshot)
        files = (StoredFile.of(path, data), *files)
        # Its writer may have died before the names of its files were durable.
        after = sorted({self._ground.layout.real(file.path).parent for file in files})
        self._journal.append(NewEvent("run.adopted", run_id, files, row.plain()), after=after)
        return files

    def _snapshot_of(self, run: RunArtifact) -> tuple[SnapshotRow | None, tuple[StoredFile, ...]]:
        """Find the snapshot that *run* saved: its row, and its file when this is what it wrote."""
        output = run.outputs.get("snapshot")
        if not isinstance(output, dict):
            return None, ()
        try:
            path = snapshot_path(str(output.get("snapshot_id")))
            data = read_file(self._ground.layout.real(path), self._ground.calls)
            row = SnapshotRow.of_document(parse_strict(data, path, RECORD_LIMITS), path)
        except (InputRefused, OSError):
            return None, ()
        file = StoredFile.of(path, data)
        return (row, (file,)) if file.sha256 == output.get("sha256") else (None, ())

    def _quarantine(self, path: str, data: bytes) -> None:
        """Copy what was found aside and tell of it; then take it away from its place."""
        layout = self._ground.layout
        aside = StoredFile.of(f"quarantine/{path.rpartition('/')[2]}", data)
        put_once(layout.real(aside.path), data, self._ground.calls)
        self._journal.append(NewEvent("file.quarantined", None, (aside,), {"path": path}))
        self._ground.calls.unlink(layout.real(path))

    def _clear_temporaries(self) -> None:
        for _, entry in temporaries(self._ground):
            owner = temporary_owner(entry.name)
            if age_s(self._ground, entry) >= _OLD_TEMPORARY_S and not is_alive(owner):
                with contextlib.suppress(OSError):
                    self._ground.calls.unlink(Path(entry.path))


def _complete_run(data: bytes, run_id: str) -> RunArtifact | None:
    try:
        if canonical_bytes(parse_strict(data, run_id, RECORD_LIMITS)) != data:
            return None
    except InputRefused:
        return None
    return read_run(data, run_id)[0]
