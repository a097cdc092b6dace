"""Which files of a store belong into a full backup, as of its newest checkpoint.

What no event tells of in the folders of records is left out and named: it is none of the log's.
Signing keys, marks, lists and drafts lie outside the data directory and are never met.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.storage.full_backup_manifest import Fault
from luthier_desktop.storage.full_backup_records import Records
from luthier_desktop.storage.layout import (
    ADOPT_LOCK,
    BACKUPS,
    MIGRATE_LOCK,
    OVERRIDES,
    STORE_FILE,
    StoreLayout,
)
from luthier_desktop.storage.survey import Ground, survey, temporary_owner

_RECORDS = frozenset({"runs", "art_studio", "ledger", "checkpoints"})
_FOLDERS = frozenset(
    {"cam", "witness", "operators", "quarantine", "rules", "workshop", "migrated"}
)
_LOCKS = frozenset({ADOPT_LOCK, MIGRATE_LOCK})
_STRANGE = frozenset({"run_orphan", "snapshot_orphan", "foreign_file"})


class Source(NamedTuple):
    """One file to be copied: its path inside the data directory, and where it lies."""

    path: str
    real: Path
    size_bytes: int


class Contents(NamedTuple):
    """What is to be copied, what is left out, and what should be there and is not."""

    sources: tuple[Source, ...]
    left_out: tuple[str, ...]
    faults: tuple[Fault, ...]

    @property
    def size_bytes(self) -> int:
        """How much is to be copied."""
        return sum(source.size_bytes for source in self.sources)


def contents_of(ground: Ground, records: Records) -> Contents:
    """List what belongs into a backup of the first events that *records* tells of."""
    layout, found, faults = ground.layout, {}, []
    for path in _recorded(records, ground):
        try:
            found[path] = Source(path, layout.real(path), _size(ground, layout.real(path)))
        except InputRefused as error:
            faults.append(Fault(path, error.sentence))
        except FileNotFoundError:
            faults.append(Fault(path, f"{path} is missing; the log tells of it."))
        except OSError as error:
            reason = error.strerror or error
            faults.append(Fault(path, f"{path} cannot be read ({reason})."))
    left_out = [one.path for one in survey(ground, found) if one.code in _STRANGE and one.path]
    for path, entry in _beside(ground):
        if path in found or temporary_owner(entry.name) is not None:
            continue
        if entry.is_file(follow_symlinks=False):
            size_bytes = entry.stat(follow_symlinks=False).st_size
            found[path] = Source(path, Path(entry.path), size_bytes)
        else:
            left_out.append(path)
    return Contents(tuple(found.values()), tuple(sorted(set(left_out))), tuple(faults))


def moved_folders(layout: StoreLayout) -> tuple[str, ...]:
    """Name the variables that let a folder of the store lie elsewhere."""
    return tuple(
        name for name, at in OVERRIDES.items() if layout.real(f"{at}/x") != layout.data / at / "x"
    )


def _recorded(records: Records, ground: Ground) -> Iterator[str]:
    """Give the events, what they name, and the checkpoints that cover no more."""
    yield STORE_FILE
    yield from records.hashes
    for path in records.files:
        if path != STORE_FILE:
            yield path
    for entry in _entries(ground, ground.layout.checkpoints):
        size = entry.name.removesuffix(".note")
        if entry.name.endswith(".note") and size.isdigit() and int(size) <= records.events:
            yield ground.layout.logical(Path(entry.path))


def _beside(ground: Ground) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Give what lies in the folders that hold more than records."""
    layout = ground.layout
    for entry in _entries(ground, layout.data):
        if entry.name in _FOLDERS and entry.is_dir(follow_symlinks=False):
            yield from _below(ground, Path(entry.path), entry.name)
    if layout.backups != layout.data / BACKUPS:
        yield from _below(ground, layout.backups, BACKUPS)


def _below(ground: Ground, folder: Path, at: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    for entry in _entries(ground, folder):
        path = f"{at}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _below(ground, Path(entry.path), path)
        else:
            yield path, entry


def _entries(ground: Ground, folder: Path) -> list[os.DirEntry[str]]:
    try:
        return sorted(ground.calls.scandir(folder), key=_name)
    except (FileNotFoundError, NotADirectoryError):
        return []


def _size(ground: Ground, path: Path) -> int:
    return ground.calls.stat(path).st_size


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name
