"""Restoring a full backup: staged, proven, then one rename; never merged into what stands."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import Conflict, InputRefused
from luthier_desktop.storage.full_backup import Watch, require_room
from luthier_desktop.storage.full_backup_audit import Audited, audit
from luthier_desktop.storage.full_backup_manifest import DATA, Manifest
from luthier_desktop.storage.layout import CATALOGUE, STORE_FILE
from luthier_desktop.storage.os_calls import OS, OsCalls
from luthier_desktop.storage.staged_folder import (
    IMMUTABLE,
    WRITABLE,
    Copied,
    Copy,
    StagedFolder,
)


class Restored(NamedTuple):
    """A data directory that was made of a full backup."""

    path: Path
    audited: Audited


def restore_full(
    folder: Path, into: Path, watch: Watch, calls: OsCalls = OS, at_once: int = 4
) -> Restored:
    """Make the data directory *into* of the full backup in *folder*.

    Raises:
        NotFound: There is no such folder.
        InputRefused: The backup is damaged, or *into* lies where no store can.
        Conflict: Something stands at *into* already.
        StorageFailed: There is no room, or the disk refused; nothing is left of it.
        Cancel: It was cancelled; nothing is left of it.
    """
    require_empty(into)
    _require_place(folder, into)
    found = audit(folder, _Half(watch, 0), calls)
    if found.faults:
        more = f" and {len(found.faults) - 1:,} more" if len(found.faults) > 1 else ""
        raise InputRefused(
            f"Nothing was restored: the backup is damaged. {found.faults[0].message}{more} "
            "Take another backup."
        )
    manifest = found.manifest
    require_room(into.parent, manifest.size_bytes, len(manifest.files), calls)
    with StagedFolder(into, calls, at_once) as staged:
        step = _Half(watch, 50).steps(len(manifest.files))
        for one in staged.copy(_copies(folder / DATA, manifest)):
            step()
            _require_same(one, manifest)
        require_empty(into)
        staged.publish()
    return Restored(into, found)


class _Half(Watch):
    """The first or the second half of the way."""

    def __init__(self, watch: Watch, first: int) -> None:
        self._watch = watch
        self._first = first

    def tell(self, done: int, total: int) -> None:
        self._watch.tell(self._first + 50 * done // max(total, 1), 100)


def require_empty(into: Path) -> None:
    """Refuse a place where anything stands.

    Raises:
        Conflict: It is no folder, or not empty.
        InputRefused: There is no folder above it.
    """
    told = shown(str(into), 300)
    if os.path.lexists(into):
        if into.is_symlink() or not into.is_dir():
            raise Conflict(f"{told} is no folder; name a new or an empty one.")
        if any(into.iterdir()):
            raise Conflict(
                f"{told} is not empty; it was left as it is. A backup is never merged into "
                "anything: name a new or an empty folder."
            )
    elif not into.parent.is_dir():
        raise InputRefused(f"{shown(str(into.parent), 300)} is no folder; make it first.")


def _require_place(folder: Path, into: Path) -> None:
    place = into.resolve()
    if place.is_relative_to(folder.resolve()):
        raise InputRefused(f"{shown(str(into), 300)} lies in the backup itself; choose another.")
    for above in place.parents:
        if (above / STORE_FILE).is_file():
            raise InputRefused(
                f"{shown(str(into), 300)} lies in the store {above}; choose a folder outside."
            )


def _copies(data: Path, manifest: Manifest) -> Iterator[Copy]:
    for path in manifest.files:
        own = path.startswith(f"{CATALOGUE}/")
        yield Copy(path, data / path, WRITABLE if own else IMMUTABLE)


def _require_same(one: Copied, manifest: Manifest) -> None:
    if one.fault or (one.size_bytes, one.sha256) != manifest.files[one.path]:
        raise InputRefused(
            f"Nothing was restored: {one.path} of the backup cannot be read as it was just "
            "before. Check the disk that it lies on, or take another backup."
        )
