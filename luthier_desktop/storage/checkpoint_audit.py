"""The checkpoints' part of a verification: signatures, roots, and the high-water mark."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from typing import Any

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.verification import LogFinding
from luthier_desktop.storage.checkpoint import Note, Origin, public_key_text
from luthier_desktop.storage.findings import finding
from luthier_desktop.storage.ledger import ReadEvent
from luthier_desktop.storage.ledger_walk import LedgerWalk
from luthier_desktop.storage.letters import Letters
from luthier_desktop.storage.signing_key import Epoch
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.witness_audit import Presented, WitnessAudit


class CheckpointAudit:
    """Goes along the ledger with a verification and compares what was signed.

    It is made before the ledger is listed, for other programs may lengthen both meanwhile.
    """

    def __init__(self, store: Store, presented: Sequence[Presented] = ()) -> None:
        self._store = store
        self._witnesses = WitnessAudit(store, presented)
        self._files = store.checkpoints.files
        self._broken_mark = ""
        self._read_mark()
        self._sizes = self._files.sizes()
        marked = [self._mark.size] if self._mark else []
        self._asked = frozenset([*self._sizes, *self._witnesses.sizes])
        self._walk = LedgerWalk([*self._asked, *marked])
        self._times: dict[int, str] = {}
        self._has_gap = False
        self.newest: dict[str, Any] | None = None

    def _read_mark(self) -> None:
        self._mark = None
        try:
            self._mark = self._store.checkpoints.high_water.read()
        except InputRefused as error:
            self._broken_mark = error.sentence

    @property
    def last_witness(self) -> dict[str, Any] | None:
        """The outside witness that covers most of the log and agrees with it."""
        return self._witnesses.last

    def step(self, event: ReadEvent | None) -> None:
        """Take one event; behind one that is missing no root can be known."""
        if event is None:
            self._has_gap = True
            return
        self._walk.tell(event)
        if not self._has_gap:
            self._walk.grow(event)
        if event.members is not None and event.seq in self._asked:
            self._times[event.seq] = event.members["at_utc"]

    def findings(self, last: int) -> Iterator[LogFinding]:
        """Say what is wrong with the checkpoints of a ledger of *last* events."""
        signed: dict[int, Origin | None] = {}
        for size in self._sizes:
            path = self._store.layout.logical(self._store.layout.checkpoint_path(size))
            note, fault = self._files.read(size)
            signed[size] = note.checkpoint.origin if note else None
            fault = fault or (self._fault(note, last) if note else "")
            if fault:
                yield finding("checkpoint_bad", f"{path} is no good: {fault}.", path=path)
            elif size > last:
                yield finding("rollback", _shorter(last, size), path=path, seq=size)
            elif note is not None and size in self._walk.roots:
                self.newest = self._told(note)
        yield from self._mark_findings(last)
        yield from self._lost_findings(signed)
        for seq, fault in self._walk.keys.faults:
            message = f"Event {seq} does not change the signing key: {fault}."
            yield finding("key_rotation_bad", message, seq=seq)
        yield from self._witnesses.findings(last, self._walk, self._times)

    def _fault(self, note: Note, last: int) -> str:
        """Say why a note does not count; a log that is too short is not the note's fault."""
        checkpoint = note.checkpoint
        epoch = self._epoch_of(note)
        if checkpoint.origin.store_id != self._store.store_id:
            return "it was made of another store"
        if epoch is None:
            beyond = checkpoint.size > last or self._has_gap
            return "" if beyond else "no event opened its epoch"
        if not note.is_signed_by(epoch.public_key):
            return "its signature is not the one of its epoch's key"
        if self._walk.roots.get(checkpoint.size, checkpoint.root) != checkpoint.root:
            return f"the first {checkpoint.size:,} events are not those that it was made of"
        return ""

    def _epoch_of(self, note: Note) -> Epoch | None:
        return self._walk.keys.at(note.checkpoint.origin, note.checkpoint.size)

    def _mark_findings(self, last: int) -> Iterator[LogFinding]:
        if self._broken_mark:
            yield finding("mark_damaged", self._broken_mark)
        if self._mark is None:
            return
        size = self._mark.size
        if size > last:
            yield finding("rollback", _shorter(last, size), seq=size)
        elif self._walk.roots.get(size, self._mark.root) != self._mark.root:
            message = (
                f"The first {size:,} events are not those that were last seen here: the log was "
                "written anew or is another copy."
            )
            yield finding("rollback", message, seq=size)
        elif size not in self._sizes:
            path = self._store.layout.logical(self._store.layout.checkpoint_path(size))
            yield finding("checkpoint_bad", f"{path} is missing.", path=path)

    def _lost_findings(self, signed: dict[int, Origin | None]) -> Iterator[LogFinding]:
        """Say which checkpoints must have been there, as the log itself tells.

        Those before an acknowledged rollback were put aside by it.
        """
        known, mark = self._walk.acknowledged_seq, self._mark
        for size, seq in self._walk.keys.signed_sizes.items():
            is_marked = mark is not None and mark.size == size  # what is missing of it is told
            if seq > known and size not in signed and not is_marked:
                path = self._store.layout.logical(self._store.layout.checkpoint_path(size))
                message = f"{path} is missing: event {seq} tells that it was signed."
                yield finding("checkpoint_missing", message, path=path, seq=seq)
        for epoch in self._walk.keys.current():
            broken = any(size >= epoch.seq and not told for size, told in signed.items())
            is_marked = mark is not None and mark.origin == epoch.origin
            is_signed = epoch.origin in signed.values() or broken or is_marked
            if epoch.seq > known and not is_signed:
                message = f"No checkpoint of epoch {epoch.origin.epoch} is here."
                yield finding("checkpoint_none", message, seq=epoch.seq)

    def _told(self, note: Note) -> dict[str, Any]:
        checkpoint, epoch = note.checkpoint, self._epoch_of(note)
        return {
            "origin": str(checkpoint.origin),
            "size": checkpoint.size,
            "root": base64.b64encode(checkpoint.root).decode("ascii"),
            "letters": str(Letters.of(checkpoint.size, checkpoint.root)),
            "public_key": public_key_text(epoch.public_key) if epoch else None,
            "at_utc": self._times.get(checkpoint.size),
        }


def _shorter(last: int, size: int) -> str:
    return (
        f"The log has {last:,} events and a checkpoint was made of {size:,}: "
        "its end is missing, or an older copy was put in its place."
    )
