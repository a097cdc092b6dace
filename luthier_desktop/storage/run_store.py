"""Runs: immutable records, each in a file of its own that is never changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from luthier_desktop.domain.errors import InputRefused, NotFound, RunDamaged, RunPurged
from luthier_desktop.domain.run import RunArtifact, RunEntry
from luthier_desktop.storage.atomic import put_once
from luthier_desktop.storage.canonical import canonical_object, storable_bytes
from luthier_desktop.storage.document_store import Lookup, read_proven, readable
from luthier_desktop.storage.layout import StoreLayout, run_path
from luthier_desktop.storage.ledger import StoredFile
from luthier_desktop.storage.os_calls import OS, OsCalls
from luthier_desktop.storage.parsing import RECORD_LIMITS, parse_strict
from luthier_desktop.storage.withdrawal import PURGED, Withdrawal

Mark = Callable[[str, bool], None]
Withdrawn = Callable[[str], Withdrawal | None]
"""What the ledger says of a run that is hidden or purged."""


@dataclass(frozen=True)
class StoredRun:
    """A run as it was read: its very bytes and what they say."""

    data: bytes
    artifact: RunArtifact


class RunStore:
    """Writes runs once and reads them with proof; says of each whether it is damaged."""

    def __init__(
        self,
        layout: StoreLayout,
        lookup: Lookup,
        withdrawn: Withdrawn,
        mark: Mark,
        calls: OsCalls = OS,
    ) -> None:
        self._layout = layout
        self._lookup = lookup
        self._withdrawn = withdrawn
        self._mark = mark
        self._calls = calls
        self._sound: dict[str, tuple[str, tuple[int, ...]]] = {}

    def add(self, run: RunArtifact, report: bytes | None = None) -> StoredFile:
        """Write *run*; its event must follow, *after* the directory of its file.

        *report* is the canonical form of its feasibility where that was made before: to encode
        a large report once more takes a third of a save's arithmetic.

        Raises:
            Conflict: Another run has this id.
            StorageFailed: It is not known to be saved.
        """
        data = _run_bytes(run, report)
        file = StoredFile.of(run_path(run.run_id), data)
        put_once(self._layout.real(file.path), data, self._calls, name_later=True)
        return file

    def get(self, run_id: str) -> StoredRun:
        """Return a run, proven against the ledger.

        Raises:
            InputRefused: The id is not one of a run.
            NotFound: No event tells of such a run.
            RunPurged: A lead has removed its file.
            RunDamaged: Its file is missing, changed, or no complete record.
        """
        file = self._lookup(run_path(run_id))
        if file is None:
            raise NotFound(f"Run {run_id} does not exist in this log; check the id.")
        withdrawal = self._withdrawn(run_id)
        if withdrawal is not None and withdrawal.event == PURGED:
            raise RunPurged(
                f"{withdrawal.sentence().rstrip('.')}. Its line and its hash stay in the log."
            )
        data, reason = read_proven(self._layout, file, self._calls)
        run, reason = (None, reason) if reason else read_run(data, run_id)
        self._mark(run_id, run is None)
        if run is None:
            raise RunDamaged(
                f"Run {run_id} is damaged: {reason} ({file.path}). It was left in place; "
                "restore its file from a backup.",
                reason,
                readable(data),
            )
        return StoredRun(data, run)

    def checked(self, entries: Iterable[RunEntry]) -> tuple[RunEntry, ...]:
        """Return *entries* with ``damaged`` as their files are now; changed files are read."""
        return tuple(self._check(entry) for entry in entries)

    def _check(self, entry: RunEntry) -> RunEntry:
        if entry.purged:
            return entry
        damaged = self._is_damaged(entry.run_id)
        if damaged == entry.damaged:
            return entry
        self._mark(entry.run_id, damaged)
        return entry.model_copy(update={"damaged": damaged})

    def _is_damaged(self, run_id: str) -> bool:
        try:
            file = self._lookup(run_path(run_id))
        except InputRefused:
            return True
        if file is None:
            return True
        signature = self._signature(file)
        if signature and self._sound.get(run_id) == (file.sha256, signature):
            return False
        _, reason = read_proven(self._layout, file, self._calls)
        if not reason:
            self._sound[run_id] = (file.sha256, signature)
        return bool(reason)

    def _signature(self, file: StoredFile) -> tuple[int, ...]:
        try:
            found: os.stat_result = self._calls.stat(self._layout.real(file.path))
        except OSError:
            return ()
        return (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def _run_bytes(run: RunArtifact, report: bytes | None) -> bytes:
    if report is None:
        return storable_bytes(run.stored())
    rest = run.model_dump(mode="json", by_alias=True, exclude={"feasibility"})
    members = {name: storable_bytes(value) for name, value in rest.items()}
    return canonical_object(members | {"feasibility": report})


def read_run(data: bytes, run_id: str) -> tuple[RunArtifact | None, str]:
    """Read the bytes of a run; a reason says why they are no complete record."""
    try:
        run = RunArtifact.read(parse_strict(data, run_id, RECORD_LIMITS), run_id)
    except InputRefused as error:
        return None, f"it is no complete record ({error.sentence.rstrip('.')})"
    if run.run_id != run_id:
        return None, f"the record inside names itself {run.run_id}"
    return run, ""
