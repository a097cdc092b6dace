"""What a ledger tells of the files beside it: which there must be, with which bytes."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from luthier_desktop.domain.errors import InputRefused, LuthierError
from luthier_desktop.storage.checkpoint import Note
from luthier_desktop.storage.checkpoint_files import CheckpointFiles
from luthier_desktop.storage.full_backup_manifest import Fault, Kept
from luthier_desktop.storage.layout import STORE_FILE
from luthier_desktop.storage.ledger import FIRST_PREV, Ledger, ReadEvent
from luthier_desktop.storage.ledger_walk import LedgerWalk
from luthier_desktop.storage.store_file import was_migrated_from
from luthier_desktop.storage.survey import Ground
from luthier_desktop.storage.withdrawal import Withdrawals

Step = Callable[[], None]


@dataclass
class Records:
    """The first *events* of a ledger as they were found, and the files that they name.

    *files* lacks what was removed on purpose. *root* is that of the tree of the events.
    """

    events: int
    hashes: dict[str, str] = field(default_factory=dict)
    files: dict[str, Kept] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    root: bytes = b""
    note: Note | None = None

    def compare(self, found: Mapping[str, Kept], ground: Ground) -> Iterator[Fault]:
        """Say which files are not in *found* as they were recorded."""
        for path, told in self.files.items():
            kept = found.get(path)
            if kept is None:
                yield Fault(path, f"{path} is missing; the log tells of it.")
            elif kept != told and not _migrated(ground, path, told):
                yield Fault(path, f"{path} is not as the log recorded it.")


class RecordsWalk:
    """One way along the ledger of a store or of a copy of one."""

    def __init__(self, ground: Ground, events: int) -> None:
        self._ground = ground
        self._ledger = Ledger(ground.layout, ground.calls)
        self._notes = CheckpointFiles(ground.layout, ground.calls)
        self._sizes = [size for size in self._notes.sizes() if size <= events]
        self._tree = LedgerWalk(self._sizes)
        self._withdrawals = Withdrawals(ground)
        self._prev = FIRST_PREV
        self._is_whole = True
        self.records = Records(events)

    def run(self, step: Step) -> Records:
        """Go along the events and compare the checkpoints; *step* is called at each event."""
        for seq in range(1, self.records.events + 1):
            step()
            self._take(seq, self._read(seq))
        told = self.records.files
        self.records.files = {
            path: told[path] for path in told if not self._withdrawals.explains(path)
        }
        self._judge_notes()
        self.records.root = self._tree.frontier.root()
        return self.records

    def _read(self, seq: int) -> ReadEvent | None:
        try:
            return self._ledger.read(seq)
        except LuthierError:
            return None

    def _take(self, seq: int, event: ReadEvent | None) -> None:
        path = self._path(seq)
        if event is None:
            self._fault(path, f"{path} is missing or cannot be read.")
            self._is_whole, self._prev = False, ""
            return
        self.records.hashes[path] = event.sha256
        if self._is_whole:
            self._tree.grow(event)
        self._tree.tell(event)
        if event.members is None:
            self._fault(path, f"{path} is damaged: {event.fault.rstrip('.')}.")
        elif self._prev and event.members["prev"] != self._prev:
            self._fault(path, f"{path} does not follow from the event before it.")
        self._prev = event.sha256
        self._withdrawals.note(event)
        for file in event.members["files"] if event.members else ():
            kept = Kept(file["bytes"], file["sha256"])
            if file["path"] == STORE_FILE or file["path"] not in self.records.files:
                self.records.files[file["path"]] = kept

    def _judge_notes(self) -> None:
        for size in self._sizes:
            path = self._ground.layout.logical(self._ground.layout.checkpoint_path(size))
            note, fault = self._notes.read(size)
            fault = fault or (self._note_fault(note) if note else "")
            if fault:
                self._fault(path, f"{path} is no good: {fault}.")
            else:
                self.records.note = note

    def _note_fault(self, note: Note) -> str:
        checkpoint = note.checkpoint
        if not self._is_whole:
            return ""
        epoch = self._tree.keys.at(checkpoint.origin, checkpoint.size)
        if epoch is None:
            return "no event opened its epoch"
        if not note.is_signed_by(epoch.public_key):
            return "its signature is not the one of its epoch's key"
        if self._tree.roots.get(checkpoint.size) != checkpoint.root:
            return "the events are not those that it was made of"
        return ""

    def _path(self, seq: int) -> str:
        return self._ground.layout.logical(self._ground.layout.event_path(seq))

    def _fault(self, path: str, message: str) -> None:
        self.records.faults.append(Fault(path, message))


def told_checkpoint(note: Note | None) -> dict[str, object] | None:
    """Return what a list of a backup says of a checkpoint."""
    if note is None:
        return None
    root = base64.b64encode(note.checkpoint.root).decode("ascii")
    return {"origin": str(note.checkpoint.origin), "size": note.checkpoint.size, "root": root}


def _migrated(ground: Ground, path: str, told: Kept) -> bool:
    try:
        return was_migrated_from(ground.layout, path, told.sha256, ground.calls)
    except InputRefused:
        return False
