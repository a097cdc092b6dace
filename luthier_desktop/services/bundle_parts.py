"""What goes into a run bundle: events with their proofs, and the files that they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from luthier_desktop.domain.errors import InputRefused, StorageFailed
from luthier_desktop.exports.bundle import (
    KEY,
    NOTE,
    PROOFS,
    Contents,
    Listed,
    Signed,
    key_file,
    rules_named,
    store_path,
)
from luthier_desktop.services.rules_file import rules_file
from luthier_desktop.storage.canonical import canonical_bytes
from luthier_desktop.storage.document_store import read_proven
from luthier_desktop.storage.layout import RUNS
from luthier_desktop.storage.ledger import ReadEvent, StoredFile
from luthier_desktop.storage.parsing import RECORD_LIMITS, parse_strict
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.withdrawal import PURGED, WITHDRAWALS, deleted_by
from luthier_desktop.storage.witness_maker import WitnessMaker


class BundleParts:
    """Reads the chosen events of a log, all of them without a choice, and what they name."""

    def __init__(self, store: Store, seqs: Sequence[int] | None) -> None:
        """Sign the log as it is now and get ready to prove events.

        Raises:
            StorageFailed: The log is damaged, not the one that was signed, or cannot be signed.
        """
        self._store = store
        _sign(store)
        self._maker = WitnessMaker(store)
        checkpoint = self._maker.note.checkpoint
        self.whole = seqs is None
        self._seqs = range(1, checkpoint.size + 1) if seqs is None else seqs
        if self._seqs[-1] > checkpoint.size:
            raise StorageFailed(
                f"The newest checkpoint covers {checkpoint.size} events, and this store cannot "
                "be written, so no newer one can be made. Export from where it can be written."
            )
        self.signed = Signed(store.store_id, str(checkpoint.origin), checkpoint.size)
        self.steps = len(self._seqs)
        self.contents = Contents()
        self._purged: set[str] = set()

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Give path and bytes of each file in the bundle but its manifest and its pages."""
        witness = self._maker.of_event(self._seqs[0])
        yield NOTE, self._maker.note.data()
        yield KEY, key_file(witness.public_key)
        for seq in self._seqs:
            yield from self._event(seq)
        if not self.whole:
            proofs = self.contents.proof_list(self.signed.size)
            yield PROOFS, canonical_bytes(proofs)
        for path in self._purged & set(self.contents.absent):
            self.contents.absent[path] = (self.contents.absent[path][0], "purged")

    def _event(self, seq: int) -> Iterator[tuple[str, bytes]]:
        witness = self._maker.of_event(seq)
        layout = self._store.layout
        yield store_path(layout.logical(layout.event_path(seq))), witness.event
        if not self.whole:
            self.contents.proofs[seq] = witness.proof
        members = parse_strict(witness.event, f"event {seq}", RECORD_LIMITS)
        self._purged.update(deleted_by(ReadEvent(seq, "", members)))
        if members["event"] == PURGED:
            self._purged.add(members["row"]["file"]["path"])
        elif members["event"] not in WITHDRAWALS and members["run_id"] and members["row"]:
            self.contents.runs.add(members["run_id"])
        for file in members["files"]:
            yield from self._file(StoredFile(file["path"], file["sha256"], file["bytes"]))

    def _file(self, file: StoredFile) -> Iterator[tuple[str, bytes]]:
        path = store_path(file.path)
        if path in self.contents.files:
            return
        data, reason = read_proven(self._store.layout, file, self._store.calls)
        if reason:
            listed = Listed(file.path, file.sha256, file.size_bytes)
            self.contents.absent[file.path] = (listed, "damaged")
            return
        yield path, data
        if not self.whole and file.path.startswith(f"{RUNS}/"):
            yield from self._rules(parse_strict(data, file.path, RECORD_LIMITS))

    def _rules(self, run: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
        """Give the rules that a run was judged by; the run's own report proves them."""
        named = rules_named(run["feasibility"])
        if named is None:
            return
        version, sha256 = named
        path = f"rules/{version}.json"
        if store_path(path) in self.contents.files:
            return
        if sha256 == rules_file().sha256:
            yield store_path(path), rules_file().data
            return
        try:
            file = self._store.index.file(path)
        except InputRefused:
            return
        if file is not None and file.sha256 == sha256:
            data, reason = read_proven(self._store.layout, file, self._store.calls)
            if not reason:
                yield store_path(path), data


def _sign(store: Store) -> None:
    """Make a checkpoint of everything that was recorded, where the store can be written.

    Raises:
        StorageFailed: The log is damaged or is not the one that was signed before.
    """
    covered = max(store.checkpoints.files.sizes(), default=0)
    if store.state.kind == "ok" and covered < store.ledger.last_seq():
        store.checkpoints.make()
        store.index.catch_up()
