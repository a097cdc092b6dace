"""The store: everything that is kept, behind one object for the services."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

from luthier_desktop.domain.errors import StorageFailed
from luthier_desktop.domain.run import RunArtifact, RunEntry, RunPage, RunQuery
from luthier_desktop.storage.acknowledgement import acknowledge
from luthier_desktop.storage.adoption import Adopted, Adoption
from luthier_desktop.storage.backup_files import finish_deletions
from luthier_desktop.storage.backup_rows import BACKUP_DELETED
from luthier_desktop.storage.checkpoints import EVENTS_A_CHECKPOINT, Checkpoints
from luthier_desktop.storage.document_store import Document, DocumentStore, SnapshotStore
from luthier_desktop.storage.event_numbers import EventNumbers
from luthier_desktop.storage.layout import StoreLayout
from luthier_desktop.storage.ledger import Ledger, NewEvent, ReadEvent, StoredFile
from luthier_desktop.storage.newest_runs import NewestRuns
from luthier_desktop.storage.os_calls import OS, OsCalls
from luthier_desktop.storage.place import short_of_space, warnings
from luthier_desktop.storage.run_index import RunIndex
from luthier_desktop.storage.run_row import RunRow
from luthier_desktop.storage.run_store import RunStore
from luthier_desktop.storage.schema import Means, open_identity
from luthier_desktop.storage.session import Journal, Session
from luthier_desktop.storage.snapshot_lists import SnapshotLists
from luthier_desktop.storage.survey import Ground
from luthier_desktop.storage.withdrawal import (
    PURGED,
    Withdrawal,
    finish_purges,
    remove_purged,
    told_of,
)


@dataclass(frozen=True)
class Recorded:
    """The acknowledgement of a run: its number, its file and the file's hash."""

    seq: int
    path: str
    sha256: str
    index_stale: bool


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild of the index found, in the form of ``logs rebuild``."""

    runs: int
    events: int
    seconds: float


class Store:
    """Records runs and events, and reads what was recorded."""

    def __init__(
        self,
        layout: StoreLayout,
        now: Callable[[], str],
        token: Callable[[int], str],
        session: Session,
        calls: OsCalls = OS,
    ) -> None:
        identity = open_identity(layout, Means(now, token, calls))
        self.layout = layout
        self.store_id = identity.store_id
        self.state = identity.state
        self.calls = calls
        self.largest_bytes = 0
        self.ground = Ground(layout, now, calls)
        self.ledger = Ledger(layout, calls)
        self._event_numbers = EventNumbers(self.ledger)
        self.index = RunIndex(layout.index_path(identity.store_id), self.ledger)
        self.lists = NewestRuns(self.index, self.ledger)
        self.snapshot_lists = SnapshotLists(self.index)
        self.documents = DocumentStore(layout, self._vouched, calls)
        self.snapshots = SnapshotStore(self.documents)
        self.runs = RunStore(layout, self._vouched, self.withdrawal_of, self._mark, calls)
        self.session = session
        self.journal = Journal(self.ledger, session, now, token)
        self.checkpoints = Checkpoints(layout, self.store_id, self.ledger, self.journal, calls)
        self._found = self.state
        self._look_for_rollback()

    @classmethod
    def open(
        cls,
        layout: StoreLayout,
        now: Callable[[], str],
        token: Callable[[int], str],
        session: Session,
        calls: OsCalls = OS,
    ) -> Self:
        """Open the store, made new when there is none; what cannot be written can be viewed.

        *token* gives that many random characters of an id. See `state` before recording.
        """
        return cls(layout, now, token, session, calls)

    def record(
        self,
        artifact: RunArtifact,
        row: RunRow,
        documents: Sequence[Document] = (),
        report: bytes | None = None,
    ) -> Recorded:
        """Save a run and what belongs to it; when this returns, all of it is on the disk.

        *report* is the canonical form of the run's feasibility, where it was made before. The
        index follows with `catch_up`.

        Raises:
            StoreReadOnly: The store is open for viewing only.
            StorageFailed: The run is not known to be saved; the sentence says why.
        """
        self.state.require_writable()
        files = tuple(self.documents.add(document) for document in documents)
        run = self.runs.add(artifact, report)
        self.largest_bytes = max(self.largest_bytes, run.size_bytes)
        event = NewEvent(artifact.event_type, artifact.run_id, (run, *files), row.plain())
        folder = self.layout.real(run.path).parent
        seq = self.journal.append(event, artifact.operator, (folder,))
        return Recorded(seq, run.path, run.sha256, bool(self.index.stale))

    def record_event(
        self,
        event: str,
        row: dict[str, Any] | None,
        documents: Sequence[Document] = (),
        run_id: str | None = None,
    ) -> int:
        """Save an event without a run of its own, such as ``snapshot.tagged``.

        Raises:
            StoreReadOnly: The store is open for viewing only.
            StorageFailed: The event is not known to be saved.
        """
        self.state.require_writable()
        files = tuple(self.documents.add(document) for document in documents)
        return self.journal.append(NewEvent(event, run_id, files, row))

    def withdraw(self, event: str, run_id: str, row: dict[str, Any]) -> int:
        """Record that a run is hidden, shown again or purged; a purge removes its file then.

        Raises:
            StoreReadOnly: The store is open for viewing only.
            StorageFailed: It is not known to be saved, or the purged file is still there.
        """
        seq = self.record_event(event, row, run_id=run_id)
        if event == PURGED:
            remove_purged(self.ground, run_id)
        return seq

    def withdrawal_of(self, run_id: str) -> Withdrawal | None:
        """Return what the ledger says of a run that is hidden or purged; None of any other."""
        entries = self.lists.entries([run_id])
        return told_of(self.ledger, entries[0]) if entries else None

    def find(self, query: RunQuery) -> RunPage:
        """Return a page of the log whose ``damaged`` marks are as the files are now."""
        page = self.lists.find(query)
        return page.model_copy(update={"entries": self.runs.checked(page.entries)})

    def entries(self, run_ids: Sequence[str]) -> tuple[RunEntry, ...]:
        """Return the entries of *run_ids*, with ``damaged`` as their files are now."""
        return self.runs.checked(self.lists.entries(run_ids))

    def entries_at(self, seqs: Sequence[int]) -> tuple[RunEntry, ...]:
        """Return the entries of the runs with the numbers *seqs*, as `entries` does."""
        return self.runs.checked(self.lists.entries_at(seqs))

    def events_of(self, event_type: str) -> Iterator[ReadEvent]:
        """Read the events of all runs of one type from the ledger, newest first.

        While the index fails or is made anew, the ledger alone tells which these are.

        Hidden runs count; runs that were taken in later do not, for what they tell of was never
        acknowledged. An event that is damaged now comes with its fault.
        """
        end = self._event_numbers.end()
        self.catch_up()
        if self.index.stale:
            numbers = self._event_numbers.numbers_of(event_type)
        else:
            numbers = self.index.numbers_of(event_type)
            self._event_numbers.note(event_type, numbers, end)
        for seq in numbers:
            event = self.ledger.read(seq) or ReadEvent(seq, "", None, "it is missing")
            if event.members is None or event.members["event"] == event_type:
                yield event

    def names(self, logical_path: str) -> bool:
        """Tell whether an event is known to name a file; no while the index fails."""
        try:
            return self._vouched(logical_path) is not None
        except StorageFailed:
            return False

    def catch_up(self) -> None:
        """Let the index and the checkpoints follow the ledger, behind the acknowledgement.

        A failure is told by ``index.stale`` and ``checkpoints.problem``.
        """
        self.index.catch_up()
        self.sign_if_due()

    def sign_if_due(self) -> None:
        """Make a checkpoint when enough was recorded, in the midst of a long piece of work.

        A failure is told by ``checkpoints.problem``.
        """
        self._sign(EVENTS_A_CHECKPOINT)

    def rebuild(self) -> Rebuilt:
        """Build the index anew, and take orphans into the log where it can be written.

        Raises:
            StorageFailed: The index could not be written.
        """
        started = time.perf_counter()
        self.index.rebuild()
        if self.state.writable:
            self.adopt_orphans()
            self.index.catch_up()
        runs, events, _ = self.index.position()
        return Rebuilt(runs, events, round(time.perf_counter() - started, 3))

    def adopt_orphans(self) -> Adopted:
        """Take complete runs without an event into the log, and finish what a removal left.

        For the window's start and for rebuild.

        Raises:
            StoreReadOnly: The store is open for viewing only.
            StorageFailed: An event is not known to be saved.
        """
        self.state.require_writable()
        self.catch_up()
        gone = self.index.entries(self.index.ids(RunQuery(hidden=True)))
        finish_purges(self.ground, self.ledger, gone)
        finish_deletions(self.ground, self.events_of(BACKUP_DELETED))
        return Adoption(self.ground, self.ledger, self.index, self.journal).run()

    def acknowledge_rollback(self, reason: str) -> int:
        """Take an older log than the last seen for the right one; return the event's number.

        Raises:
            NotFound: The log is not older than last seen.
            StoreReadOnly: The store is open for viewing only.
            StorageFailed: The log is damaged, or this is not known to be saved.
        """
        self.state.require_writable()
        seq = acknowledge(self.ground, self.ledger, self.journal, self.checkpoints, reason)
        self._look_for_rollback()
        return seq

    def warnings(self) -> tuple[str, ...]:
        """Say what is amiss with the place of the store, though it can be recorded in."""
        if not self.state.writable:
            return ()
        space = short_of_space(self.layout, self.calls, self.largest_bytes)
        said = warnings(self.layout, self.calls)
        return (space, *said) if space else said

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Sign what is due at the end of a session, and close the index.

        Everything else is closed after each call.
        """
        is_window = self.session.source == "window"
        self._sign(1 if is_window else EVENTS_A_CHECKPOINT)
        self.index.close(give_up=is_window)  # a command makes it whole, a window closes at once
        self.lists.close()

    def _sign(self, every: int) -> None:
        if self.state.kind == "ok" and self.checkpoints.follow(every):
            self.index.catch_up()

    def _look_for_rollback(self) -> None:
        seen = self.checkpoints.rollback()
        self.state = self._found.with_rollback(seen.sentence) if seen else self._found

    def _vouched(self, logical_path: str) -> StoredFile | None:
        file = self.lists.file(logical_path)
        if file is None:
            self.index.catch_up()
            file = self.lists.file(logical_path)
        return file

    def _mark(self, run_id: str, damaged: bool) -> None:
        try:
            self.index.mark_damaged(run_id, damaged)
        except StorageFailed as error:
            self.index.stale = error.sentence
