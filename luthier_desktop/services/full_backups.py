"""Full backups: the whole store in a folder or on a stick, proven, and back into an empty place.

The signing key is never in one: it lies outside the data directory. A store that is restored on
another computer signs in a new epoch, and what was signed before stays verifiable.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from luthier_desktop import __version__
from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import InputRefused, LuthierError, NotFound, StorageFailed
from luthier_desktop.services.actor import Actor
from luthier_desktop.services.backup_deeds import backup_deed
from luthier_desktop.services.changes import NOTHING, Changes
from luthier_desktop.services.clock import Clock
from luthier_desktop.services.recorder import Recorder
from luthier_desktop.storage.backup_rows import BACKUP_CREATED, BackupRow
from luthier_desktop.storage.canonical import sha256_hex
from luthier_desktop.storage.full_backup import (
    Cancel,
    Cancelled,
    FullBackup,
    Progress,
    Watch,
    Written,
)
from luthier_desktop.storage.full_backup_audit import Audited, Live, audit, compare_live
from luthier_desktop.storage.full_backup_manifest import Fault, Manifest
from luthier_desktop.storage.full_restore import restore_full
from luthier_desktop.storage.layout import OVERRIDES
from luthier_desktop.storage.os_calls import OS, OsCalls
from luthier_desktop.storage.store import Store

__all__ = ["Fault", "FullBackups", "FullCreated", "FullRestored", "FullVerified"]

MOST_FAULTS = 1000
"""So many faults are told in a list."""


class BackupStopped(LuthierError):
    """The user ended the work; nothing of it was left."""


class FullCreated(NamedTuple):
    """A full backup that was written and read back.

    *faults* are in the log itself: the backup holds it as it is. *run_id* is None where nothing
    can be recorded.
    """

    path: Path
    files: int
    events: int
    size_bytes: int
    checkpoint: Mapping[str, Any] | None
    sha256: str
    faults: tuple[Fault, ...]
    left_out: tuple[str, ...]
    run_id: str | None = None
    changes: Changes = NOTHING

    def plain(self) -> dict[str, Any]:
        """Return it in the form of ``luthier backups full create``."""
        return {
            "path": str(self.path),
            "files": self.files,
            "events": self.events,
            "bytes": self.size_bytes,
            "checkpoint": self.checkpoint,
            "sha256": self.sha256,
            "faults": _told(self.faults),
            "left_out": list(self.left_out),
            "run_id": self.run_id,
        }


class FullVerified(NamedTuple):
    """What was found of a full backup.

    *faults* make it no good; *known* ones were in the log when it was made. *extra* files do not
    belong to it, and are never restored.
    """

    path: Path
    manifest: Manifest
    faults: tuple[Fault, ...]
    known: tuple[Fault, ...]
    extra: tuple[str, ...]
    live: Live

    @property
    def ok(self) -> bool:
        """Whether it can be restored, and the log here goes on from it where it is its own."""
        return not self.faults and self.live.state not in ("behind", "differs")

    def plain(self) -> dict[str, Any]:
        """Return it in the form of ``luthier backups full verify``."""
        return {
            "ok": self.ok,
            "path": str(self.path),
            **_about(self.manifest),
            "faults": _told(self.faults),
            "known_faults": _told(self.known),
            "left_out": list(self.manifest.left_out),
            "extra": list(self.extra),
            "live": self.live._asdict(),
        }


class FullRestored(NamedTuple):
    """A data directory that was made of a full backup; *notes* say what to know of it."""

    path: Path
    manifest: Manifest
    known: tuple[Fault, ...]
    notes: tuple[str, ...]

    def plain(self) -> dict[str, Any]:
        """Return it in the form of ``luthier backups full restore``."""
        return {
            "path": str(self.path),
            **_about(self.manifest),
            "known_faults": _told(self.known),
            "notes": list(self.notes),
        }


class FullBackups:
    """Makes, verifies and restores full backups; *records* is None where there is no log."""

    def __init__(
        self,
        records: Callable[[], Store | None],
        recorder: Recorder,
        actor: Actor,
        clock: Clock,
        calls: OsCalls = OS,
    ) -> None:
        self._records = records
        self._recorder = recorder
        self._actor = actor
        self._clock = clock
        self._calls = calls

    def create(
        self,
        folder: Path,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> FullCreated:
        """Copy the whole store, as of a fresh checkpoint, into a new folder in *folder*.

        It is read back and verified before this returns; *progress* is told parts of a hundred.

        Raises:
            NotAllowed: Only a lead may.
            NotFound: There is no log, or no such folder.
            InputRefused: The folder lies in the store itself.
            StorageFailed: There is no room, or the disk refused; nothing is left of it.
            BackupStopped: It was cancelled; nothing is left of it.
        """
        self._actor.require("full_backup")
        store = self._store()
        folder = folder.expanduser().absolute()
        _require_folder(folder, store)
        work = FullBackup(store, self._clock.now(), __version__)
        try:
            written = work.write(folder, Watch(progress, cancelled))
        except Cancel:
            raise BackupStopped("The backup was cancelled; nothing of it was left.") from None
        except OSError as error:
            raise StorageFailed(
                f"No backup was made in {folder} ({error.strerror or error}): check that the "
                "disk is there and can be written. Your data is as it was."
            ) from error
        return self._recorded(_created(written), written.manifest)

    def verify(
        self,
        folder: Path,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> FullVerified:
        """Look at each file of a full backup, at the log in it, and at the log here beside it.

        Raises:
            NotFound: There is no such folder.
            InputRefused: It holds no full backup, or its list is damaged.
            BackupStopped: It was cancelled.
        """
        folder = folder.expanduser().absolute()
        try:
            found = audit(folder, Watch(progress, cancelled), self._calls)
        except Cancel:
            raise BackupStopped("The verification was cancelled; it says nothing.") from None
        return _verified(folder, found, compare_live(self._records(), found))

    def restore(
        self,
        folder: Path,
        into: Path,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> FullRestored:
        """Make the new or empty folder *into* a data directory as the backup in *folder* is.

        Raises:
            NotAllowed: Only a lead may.
            NotFound: There is no such backup.
            InputRefused: The backup is damaged, or *into* lies where no store can.
            Conflict: *into* is not empty.
            StorageFailed: There is no room, or the disk refused; nothing is left of it.
            BackupStopped: It was cancelled; nothing is left of it.
        """
        self._actor.require("full_backup")
        folder, into = folder.expanduser().absolute(), into.expanduser().absolute()
        watch = Watch(progress, cancelled)
        try:
            audited = restore_full(folder, into, watch, self._calls).audited
        except Cancel:
            raise BackupStopped("The restoring was cancelled; nothing of it was left.") from None
        notes = tuple(_notes(audited.manifest, into))
        return FullRestored(into, audited.manifest, tuple(audited.known), notes)

    def _store(self) -> Store:
        store = self._records()
        if store is None or not store.ledger.last_seq():
            raise NotFound("Nothing was recorded yet, so there is nothing to back up.")
        store.catch_up()
        return store

    def _recorded(self, created: FullCreated, manifest: Manifest) -> FullCreated:
        """Record that it was made; it stands even where that fails."""
        store = self._store()
        if not store.state.writable:
            return created
        row = BackupRow(kind="full", name=created.path.name)
        about = {**_about(manifest), "sha256": created.sha256, "faults": len(created.faults)}
        deed = backup_deed(BACKUP_CREATED, row, {"action": "create"}, {"full": about})
        try:
            run_id = self._recorder.write(deed, self._recorder.stamp()).run_id
        except LuthierError as error:
            raise StorageFailed(
                f"The backup stands in {created.path}, but this is not in the log: "
                f"{error.sentence}"
            ) from error
        store.catch_up()
        return created._replace(run_id=run_id, changes=Changes(runs=True))


def _require_folder(folder: Path, store: Store) -> None:
    told = shown(str(folder), 300)
    if not folder.is_dir():
        raise NotFound(f"There is no folder {told}; make it first, or put the stick in.")
    layout = store.layout
    for place in (layout.data, layout.runs, layout.snapshots, layout.backups):
        if folder.resolve().is_relative_to(place.resolve()):
            raise InputRefused(f"{told} lies in the store itself; choose a folder outside of it.")


def _created(written: Written) -> FullCreated:
    manifest = written.manifest
    return FullCreated(
        path=written.path,
        files=len(manifest.files),
        events=manifest.events,
        size_bytes=written.size_bytes,
        checkpoint=manifest.checkpoint,
        sha256=sha256_hex(manifest.data()),
        faults=manifest.faults,
        left_out=manifest.left_out,
    )


def _verified(folder: Path, found: Audited, live: Live) -> FullVerified:
    return FullVerified(
        path=folder,
        manifest=found.manifest,
        faults=tuple(found.faults),
        known=tuple(found.known),
        extra=tuple(found.extra),
        live=live,
    )


def _notes(manifest: Manifest, into: Path) -> list[str]:
    notes = [f"Open it with --data-dir {into}, or move it to where your data directory was."]
    notes.append(
        "The signing key is in no backup: on another computer or account the log goes on in a "
        "new epoch, and what was signed before stays verifiable."
    )
    for name, at in OVERRIDES.items():
        if os.environ.get(name):
            notes.append(
                f"{name} is set, so the program will look for {at} in {os.environ[name]} and not "
                f"in {into / at}, where they were restored; clear it, or move them there."
            )
        elif name in manifest.moved:
            notes.append(f"{name} let {at} lie elsewhere; now they lie in {into / at}.")
    return notes


def _about(manifest: Manifest) -> dict[str, Any]:
    return {
        "store_id": manifest.store_id,
        "created_at_utc": manifest.created_at_utc,
        "files": len(manifest.files),
        "events": manifest.events,
        "bytes": manifest.size_bytes,
        "checkpoint": manifest.checkpoint,
    }


def _told(faults: tuple[Fault, ...]) -> list[dict[str, str]]:
    return [fault.plain() for fault in faults[:MOST_FAULTS]]
