"""Writes what was done into the store: files first, event last, then the index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from luthier_desktop.domain.permissions import Right
from luthier_desktop.domain.run import RunArtifact
from luthier_desktop.services.actor import Actor
from luthier_desktop.services.recording import Deed, Stamp, Stamper, artifact_of, encoded
from luthier_desktop.services.rules_file import rules_file
from luthier_desktop.storage.document_store import Document
from luthier_desktop.storage.run_row import RunRow, SnapshotRow
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.workshop_rows import EntryRow, WorkshopRow


class Recorded(NamedTuple):
    """Where a run was recorded; ``index_stale`` says that only the search list lags behind."""

    run_id: str
    seq: int
    path: Path
    sha256: str
    index_stale: bool


class Attachments(NamedTuple):
    """What goes with a run into its event: documents, and what its row says besides."""

    documents: Sequence[Document] = ()
    snapshot: SnapshotRow | None = None
    entries: Sequence[EntryRow] = ()
    workshop: WorkshopRow | None = None


NOTHING_ATTACHED = Attachments()

_MOST_IN_SEARCH = 100
"""So many entries of one import are found by their ids."""


class Recorder:
    """Records runs of one source in the name of whoever acts."""

    def __init__(self, store: Callable[[], Store], stamper: Stamper, actor: Actor) -> None:
        self._store = store
        self._stamper = stamper
        self._actor = actor
        self._rules_named = False

    def require(self, right: Right) -> None:
        """Make sure that whoever acts may do what is about to be recorded.

        Raises:
            NotAllowed: They may not; an event says so.
        """
        self._actor.require(right)

    def new_id(self, kind: str) -> str:
        """Make an id for a document that goes with a run."""
        return self._stamper.new_id(kind)

    def stamp(self) -> Stamp:
        """Return the identity of the next run.

        Raises:
            StoreReadOnly: Nothing can be recorded, so there is no next run.
        """
        self._store().state.require_writable()
        return self._stamper.next()

    def write(
        self, deed: Deed, stamp: Stamp, attachments: Attachments = NOTHING_ATTACHED
    ) -> Recorded:
        """Record a run; when this returns it is on the disk.

        Raises:
            StorageFailed: It is not known to be saved.
        """
        store = self._store()
        report = encoded(deed.feasibility)
        artifact = artifact_of(deed, stamp, report.sha256)
        row = _row(artifact, stamp, attachments)
        documents = [*self._new_rules(deed), *attachments.documents]
        recorded = store.record(artifact, row, documents, report.data)
        self._rules_named |= deed.feasibility is not None
        return Recorded(
            stamp.run_id,
            recorded.seq,
            store.layout.real(recorded.path),
            recorded.sha256,
            recorded.index_stale,
        )

    def record(self, deed: Deed) -> str:
        """Record a run of now with nothing attached, list it, and return its id.

        Raises:
            StoreReadOnly: Nothing can be recorded.
            StorageFailed: It is not known to be saved.
        """
        run_id = self.write(deed, self.stamp()).run_id
        self._store().catch_up()
        return run_id

    def sign_if_due(self) -> None:
        """Let the log be signed when enough was recorded; between the runs of a long series."""
        self._store().sign_if_due()

    def _new_rules(self, deed: Deed) -> list[Document]:
        """Return the rules file when *deed* refers to it and no event names it yet."""
        if deed.feasibility is None or self._rules_named:
            return []
        rules, store = rules_file(), self._store()
        if store.names(rules.logical_path):
            return []
        # An interrupted save leaves these bytes without an event; other bytes are not ours.
        found = _bytes_at(store.layout.real(rules.logical_path))
        return [Document(rules.logical_path, rules.data)] if found in (None, rules.data) else []


def _bytes_at(path: Path) -> bytes | None:
    """Return what stands at *path*; None when nothing does, and nothing where it is unreadable."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError:
        return b""


def _row(artifact: RunArtifact, stamp: Stamp, attached: Attachments) -> RunRow:
    ids = tuple(entry.entry_id for entry in attached.entries[:_MOST_IN_SEARCH])
    row = RunRow.of(artifact, stamp.source, snapshot=attached.snapshot, search=ids)
    change = {"entries": tuple(attached.entries) or None, "workshop": attached.workshop}
    return row.model_copy(update=change)
