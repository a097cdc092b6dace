"""A log against a copy of it: does it still hold every event and file that the copy holds?

The copy is a data directory, or a full backup with one in it; what was recorded since is no
difference. Nothing is written in either.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from luthier_desktop.domain.errors import InputRefused, StorageFailed
from luthier_desktop.domain.verification import LogFinding
from luthier_desktop.storage.atomic import read_file
from luthier_desktop.storage.canonical import sha256_hex
from luthier_desktop.storage.checkpoint_files import CheckpointFiles
from luthier_desktop.storage.file_audit import digest_of
from luthier_desktop.storage.findings import finding
from luthier_desktop.storage.incoming import take_in
from luthier_desktop.storage.layout import STORE_FILE, StoreLayout
from luthier_desktop.storage.ledger import Ledger, ReadEvent
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.store_file import was_migrated_from
from luthier_desktop.storage.withdrawal import Withdrawals
from luthier_desktop.storage.witness_audit import Presented

_INSIDE = ("", "data")
"""Where in the folder the data directory may lie."""


class Copy:
    """A copy of the store in another folder."""

    def __init__(self, store: Store, folder: Path) -> None:
        """Find the store in *folder*.

        Raises:
            InputRefused: There is none, or it is a copy of another store.
        """
        self._store = store
        self.layout = _layout(store, folder)
        self.ledger = Ledger(self.layout, store.calls)
        self._withdrawals = Withdrawals(store.ground)
        self._missing: list[LogFinding] = []
        self._seen: set[str] = set()
        self._lacking: list[str] = []
        self._damaged: list[str] = []

    def presented(self) -> list[Presented]:
        """List the copy's checkpoints: each is a witness of the log."""
        files = CheckpointFiles(self.layout, self._store.calls)
        found = []
        for size in files.sizes():
            note, _ = files.read(size)
            if note is not None:
                what = self.layout.checkpoint_path(size)
                found.append(Presented(str(what), note))
        return found

    @property
    def events(self) -> int:
        """How many events `compare` goes along."""
        return self.ledger.last_seq()

    def compare(self) -> Iterator[LogFinding | None]:
        """Go along the copy; a None says that one more event was compared without a finding."""
        last, ours = self.ledger.last_seq(), self._store.ledger.last_seq()
        differing: list[int] = []
        missing: list[int] = []
        for seq in range(1, last + 1):
            there = self.ledger.read(seq)
            here = self._hash_here(seq)
            if there is None or there.members is None:
                self._damaged.append(f"event {seq:,}")
            elif here is None:
                missing.append(seq)
            elif here != there.sha256:
                differing.append(seq)
            yield from self._compare_files(there)
            yield None
        yield from self._events_found(differing, missing, last)
        for event in self._store.ledger.events(last + 1, ours):
            self._note_purge(event)
        for found in self._missing:
            if not self._withdrawals.explains(found.path or ""):
                yield found
        yield from self._own_faults()

    def _hash_here(self, seq: int) -> str | None:
        try:
            return sha256_hex(read_file(self._store.layout.event_path(seq), self._store.calls))
        except OSError:
            return None

    def _note_purge(self, event: ReadEvent | None) -> None:
        """Know what was removed on purpose, before the copy was made or since."""
        if event is not None:
            self._withdrawals.note(event)

    def _compare_files(self, event: ReadEvent | None) -> Iterator[LogFinding]:
        self._note_purge(event)
        for file in event.members["files"] if event and event.members else ():
            if file["path"] not in self._seen:
                self._seen.add(file["path"])
                yield from self._compare_file(file, event.seq if event else 0)

    def _compare_file(self, file: dict[str, Any], seq: int) -> Iterator[LogFinding]:
        path, sha256 = file["path"], file["sha256"]
        here = _sha256(self._store.layout, file, self._store)
        there = _sha256(self.layout, file, self._store)
        if was_migrated_from(self._store.layout, path, sha256, self._store.calls):
            return
        if there is not None and there != sha256:
            self._damaged.append(path)
        if here == sha256:
            if there is None:
                self._lacking.append(path)
            return
        state = "is missing here" if here is None else "is not as it was recorded"
        copy = "holds it whole" if there == sha256 else "has no good copy of it either"
        message = f"{path} {state}; the backup {copy}."
        found = finding("backup_differs", message, path=path, seq=seq)
        if here is None:  # a later event may tell that it was purged
            self._missing.append(found)
        else:
            yield found

    def _events_found(
        self, differing: list[int], missing: list[int], last: int
    ) -> Iterator[LogFinding]:
        if differing:
            message = f"{_numbers(differing)} other here than in the backup."
            yield finding("backup_differs", message, seq=differing[0])
        ours = self._store.ledger.last_seq()
        inside = [seq for seq in missing if seq <= ours]
        if inside:
            message = f"{_numbers(inside)} missing here; the backup holds what is missing."
            yield finding("backup_differs", message, seq=inside[0])
        behind = [seq for seq in missing if seq > ours]
        if behind:
            counts = f"the backup has {last:,} events, the log {ours:,}"
            message = f"{_numbers(behind)} missing here: {counts}."
            yield finding("rollback", message, seq=behind[0])

    def _own_faults(self) -> Iterator[LogFinding]:
        for what, paths in (("lacks", self._lacking), ("holds damaged", self._damaged)):
            if paths:
                more = f" and {len(paths) - 1:,} more" if len(paths) > 1 else ""
                message = f"The backup {what}: {paths[0]}{more}."
                yield finding("backup_damaged", message, path=paths[0])


class Outside(NamedTuple):
    """What a log is verified against besides itself."""

    presented: tuple[Presented, ...] = ()
    copy: Copy | None = None


NOTHING_OUTSIDE = Outside()


def _layout(store: Store, folder: Path) -> StoreLayout:
    for inside in _INSIDE:
        data = folder / inside
        if (data / STORE_FILE).is_file():
            _require_other_place(store, data)
            _require_same(store, data / STORE_FILE)
            return StoreLayout.of(data, store.layout.cache, store.layout.config, {})
    raise InputRefused(
        f"{folder} holds no {STORE_FILE}, so it is no copy of a store; give a folder into which "
        "the data directory was copied."
    )


def _require_other_place(store: Store, data: Path) -> None:
    if data.resolve() == store.layout.data.resolve():
        raise InputRefused(f"{data} is the store itself; name the folder of a backup or copy.")


def _require_same(store: Store, path: Path) -> None:
    document = take_in(path, str(path)).plain
    store_id = document.get("store_id") if isinstance(document, dict) else None
    if store_id != store.store_id:
        raise InputRefused(
            f"{path.parent} is a copy of another store; this one is {store.store_id}. "
            "Name the data directory it was made of with --data-dir."
        )


def _sha256(layout: StoreLayout, file: dict[str, Any], store: Store) -> str | None:
    """Return the hash of a file as far as it should go; None when it cannot be read."""
    try:
        real = layout.real(file["path"])
        return digest_of(real, file["bytes"], store.calls, keeps=False)[0]
    except (OSError, InputRefused, StorageFailed):
        return None


def _numbers(numbers: list[int]) -> str:
    first, last = numbers[0], numbers[-1]
    if first == last:
        return f"Event {first:,} is"
    if len(numbers) == last - first + 1:
        return f"Events {first:,} to {last:,} are"
    return f"{len(numbers):,} events from {first:,} to {last:,} are"
