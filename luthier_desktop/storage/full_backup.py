"""A full backup: every file of the store as of a checkpoint, with a list that proves each.

It is made whole or not at all, and nothing in the store is changed by it. What is wrong in the
store itself is copied as it is and named in the list: a backup of a damaged log is better than
none.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from luthier_desktop.domain.errors import LuthierError, StorageFailed
from luthier_desktop.storage.full_backup_contents import Contents, contents_of, moved_folders
from luthier_desktop.storage.full_backup_manifest import (
    DATA,
    MANIFEST,
    Fault,
    Kept,
    Manifest,
)
from luthier_desktop.storage.full_backup_records import (
    Records,
    RecordsWalk,
    told_checkpoint,
)
from luthier_desktop.storage.os_calls import OsCalls
from luthier_desktop.storage.staged_folder import Copied, Copy, StagedFolder
from luthier_desktop.storage.store import Store

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
NAME = r"luthier_backup_[0-9]{8}T[0-9]{6}_[0-9]{6}Z"
SPARE_BYTES = 4 * 2**20
_BLOCK_BYTES = 4096
_LEFT_OVER = timedelta(hours=1)
_BEFORE_COPYING = 10
"""Of a hundred parts of the way, so many are the look at the log."""


class Cancel(Exception):
    """Whoever waited for the work wants no more of it."""


class Watch:
    """Tells how far the work is, and ends it when nobody wants it any more."""

    def __init__(self, progress: Progress | None, cancelled: Cancelled | None) -> None:
        self._progress = progress
        self._cancelled = cancelled

    def tell(self, done: int, total: int) -> None:
        """Say that *done* of *total* are done.

        Raises:
            Cancel: The work should end now.
        """
        if self._cancelled is not None and self._cancelled():
            raise Cancel
        if self._progress is not None:
            self._progress(done, total)

    def steps(self, total: int, first: int = 0, last: int = 100) -> Callable[[], None]:
        """Return what is called at each of *total* steps between two hundredths of the way."""
        done = iter(range(total + 1))

        def step() -> None:
            self.tell(first + (last - first) * next(done, total) // max(total, 1), 100)

        return step


class Written(NamedTuple):
    """A full backup that was made and read back."""

    path: Path
    manifest: Manifest
    size_bytes: int


@dataclass(frozen=True)
class FullBackup:
    """One full backup of *store*, made at *at_utc* by the version *app_version*."""

    store: Store
    at_utc: str
    app_version: str
    at_once: int = 4

    def write(self, folder: Path, watch: Watch) -> Written:
        """Make the backup in *folder*.

        Raises:
            StorageFailed: There is no room, or the disk refused; nothing is left of it.
            Cancel: It was cancelled; nothing is left of it.
        """
        self._clear_leftovers(folder)
        events, unsigned = self._signed()
        records = RecordsWalk(self.store.ground, events).run(
            watch.steps(events, last=_BEFORE_COPYING)
        )
        contents = contents_of(self.store.ground, records)
        require_room(folder, contents.size_bytes, len(contents.sources), self.store.calls)
        target = free_name(folder, self.at_utc)
        with StagedFolder(target, self.store.calls, self.at_once) as staged:
            manifest = self._copy(staged, contents, records, unsigned, watch)
            data = manifest.data()
            staged.add(MANIFEST, data)
            watch.tell(100, 100)
            staged.publish()
        return Written(target, manifest, manifest.size_bytes + len(data))

    def _signed(self) -> tuple[int, tuple[Fault, ...]]:
        """Sign what was recorded; a log that cannot be signed is copied all the same."""
        store = self.store
        covered = max(store.checkpoints.files.sizes(), default=0)
        if store.state.kind == "ok" and covered < store.ledger.last_seq():
            try:
                size = store.checkpoints.make().checkpoint.size
            except LuthierError as error:
                return store.ledger.last_seq(), (Fault("", error.sentence),)
            store.index.catch_up()
            return size, ()
        return store.ledger.last_seq(), ()

    def _copy(
        self,
        staged: StagedFolder,
        contents: Contents,
        records: Records,
        unsigned: tuple[Fault, ...],
        watch: Watch,
    ) -> Manifest:
        step = watch.steps(len(contents.sources), _BEFORE_COPYING)
        copies = (Copy(f"{DATA}/{each.path}", each.real) for each in contents.sources)
        found, unread = collected(staged.copy(copies), step)
        faults = (*unsigned, *records.faults, *contents.faults, *unread)
        known = {fault.path for fault in faults}
        differing = (
            fault for fault in records.compare(found, self.store.ground) if fault.path not in known
        )
        return Manifest(
            store_id=self.store.store_id,
            created_at_utc=self.at_utc,
            app_version=self.app_version,
            events=records.events,
            checkpoint=told_checkpoint(records.note),
            moved=moved_folders(self.store.layout),
            faults=(*faults, *differing),
            left_out=contents.left_out,
            files=found,
        )

    def _clear_leftovers(self, folder: Path) -> None:
        before = datetime.fromisoformat(self.at_utc) - _LEFT_OVER
        StagedFolder.clear_leftovers(folder, NAME, before.timestamp())


def collected(
    copied: Iterable[Copied], step: Callable[[], None]
) -> tuple[dict[str, Kept], list[Fault]]:
    """Take the results of copying by their path in the data directory."""
    found, unread = {}, []
    for one in copied:
        step()
        path = one.path.removeprefix(f"{DATA}/")
        if one.fault:
            unread.append(Fault(path, one.fault.removeprefix(f"{DATA}/")))
        else:
            found[path] = Kept(one.size_bytes, one.sha256)
    return found, unread


def require_room(folder: Path, size_bytes: int, files: int, calls: OsCalls) -> None:
    """Refuse to begin what cannot end well.

    Raises:
        StorageFailed: Too little is free.
    """
    needed = size_bytes + files * _BLOCK_BYTES + SPARE_BYTES
    free = calls.machine.free_bytes(folder)
    if free is not None and free < needed:
        raise StorageFailed(
            f"{folder} has {_mb(free)} MB free, and {_mb(needed)} MB are needed: nothing was "
            "written. Free some space there - keep at least the two newest backups - or use "
            "another disk."
        )


def free_name(folder: Path, at_utc: str) -> Path:
    """Return a name for a backup of this moment that nothing in *folder* has."""
    return next(path for path in _names(folder, at_utc) if not os.path.lexists(path))


def backup_stamp(at_utc: str) -> str:
    """Write a time as names of backups do: ``20260122T101112_123456Z``."""
    return at_utc.replace("-", "").replace(":", "").replace(".", "_")


def later(at_utc: str) -> str:
    """Return the time that is a microsecond later."""
    moment = datetime.fromisoformat(at_utc) + timedelta(microseconds=1)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _names(folder: Path, at_utc: str) -> Iterator[Path]:
    while True:
        yield folder / f"luthier_backup_{backup_stamp(at_utc)}"
        at_utc = later(at_utc)


def _mb(size_bytes: int) -> str:
    return f"{-(-size_bytes // 2**20):,}"
