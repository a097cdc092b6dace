"""Bringing a store of an older format up to date: what changes is kept first, then changed.

STORE.json is changed last, so that it tells the older format until all else is done. A program
that is ended in the midst leaves a store that is still of the older format, and its backup; the
next start goes on from that backup.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from luthier_desktop.domain.errors import InputRefused, StorageFailed
from luthier_desktop.storage.atomic import put_once, read_file, storage_failure, sync_directory
from luthier_desktop.storage.canonical import canonical_bytes, sha256_hex
from luthier_desktop.storage.layout import (
    MIGRATE_LOCK,
    MIGRATED,
    STORE_FILE,
    StoreLayout,
)
from luthier_desktop.storage.migrations import Step
from luthier_desktop.storage.os_calls import OS, OsCalls
from luthier_desktop.storage.parsing import RECORD_LIMITS, parse_strict

BACKUP_SCHEMA = "luthier.migration-backup/1"
RECORDS = (
    *("runs", "art_studio", "cam", "ledger", "checkpoints", "witness", "quarantine"),
    *("rules", "workshop/setups"),
)
"""The folders of what was recorded; no step may change anything in them."""
_MANIFEST = "MANIFEST.json"
_LOCK_WAIT_S = 10.0
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
_SCHEMA = re.compile(r"luthier\.store/([0-9]{1,6})")


def chain(steps: Sequence[Step], before: int, wanted: int) -> tuple[Step, ...]:
    """Return the steps that lead from the format *before* to *wanted*; () when they do not."""
    known = {step.before: step for step in steps}
    if before >= wanted or not all(number in known for number in range(before, wanted)):
        return ()
    return tuple(known[number] for number in range(before, wanted))


def migrate(layout: StoreLayout, steps: Sequence[Step], wanted: int, calls: OsCalls = OS) -> None:
    """Bring the store to the format *wanted*; another program may have done so meanwhile.

    Raises:
        StorageFailed: It could not be done; what was not changed is as it was.
        OSError: The same, from the lock.
    """
    try:
        with FileLock(layout.data / MIGRATE_LOCK, timeout=_LOCK_WAIT_S):
            for step in chain(steps, _format_of(layout, calls), wanted):
                _Run(layout, step, calls).run()
    except Timeout as error:
        raise StorageFailed("another program is doing so; start again in a while") from error
    except InputRefused as error:
        raise StorageFailed(error.sentence) from error


def _format_of(layout: StoreLayout, calls: OsCalls) -> int:
    document = parse_strict(read_file(layout.data / STORE_FILE, calls), STORE_FILE)
    schema = document.get("schema") if isinstance(document, dict) else None
    match = _SCHEMA.fullmatch(str(schema))
    if match is None:
        raise StorageFailed(f"{STORE_FILE} names no format")
    return int(match.group(1))


@dataclass(frozen=True)
class _Backup:
    """The folder in which one step's files are kept as they were; complete with its manifest."""

    folder: Path
    files: dict[str, bytes]


class _Run:
    """One step over one store."""

    def __init__(self, layout: StoreLayout, step: Step, calls: OsCalls) -> None:
        for folder in step.folders:
            if any(f"{folder}/".startswith(f"{record}/") for record in RECORDS):
                raise ValueError(f"a migration may not change {folder}: it holds records")
        self._layout = layout
        self._step = step
        self._calls = calls
        self._kept = layout.data / MIGRATED

    def run(self) -> None:
        """Keep what will be changed, unless an earlier try has, and change it."""
        backup = self._begun() or self._make_backup()
        new = {path: self._changed(path, data) for path, data in backup.files.items()}
        for path in sorted(new, key=lambda path: path == STORE_FILE):
            if new[path] != backup.files[path]:
                self._put(path, backup.files[path], new[path])

    def _changed(self, path: str, data: bytes) -> bytes:
        try:
            document = parse_strict(data, path, RECORD_LIMITS)
        except InputRefused:
            if path == STORE_FILE:
                raise
            return data  # what cannot be read is left as it is, and told where it is used
        return canonical_bytes(self._step.change(path, document))

    def _put(self, path: str, old: bytes, new: bytes) -> None:
        target = self._layout.real(path)
        found = self._read(target)
        if found == new:
            return
        if found != old:
            raise StorageFailed(
                f"{path} was changed since a program began to do so. Put back the one in "
                f"{self._kept}, then start again"
            )
        _replace(target, new, self._calls)

    # The backup

    def _make_backup(self) -> _Backup:
        files = {path: self._read(self._layout.real(path)) for path in self._touched()}
        folder = self._kept / f"{self._name()}{len(self._attempts()) + 1:03d}"
        for path, data in files.items():
            put_once(folder / path, data, self._calls)
        entries = [
            {"path": path, "sha256": sha256_hex(data), "bytes": len(data)}
            for path, data in sorted(files.items())
        ]
        manifest = {"schema": BACKUP_SCHEMA, "before": self._step.before, "files": entries}
        put_once(folder / _MANIFEST, canonical_bytes(manifest), self._calls)
        backup = self._read_backup(folder)
        if backup is None or backup.files != files:
            raise StorageFailed(f"the backup in {folder} could not be read back; check the drive")
        return backup

    def _begun(self) -> _Backup | None:
        """Return the backup of an earlier try that had begun to change what it keeps."""
        for folder in reversed(self._attempts()):
            backup = self._read_backup(folder)
            if backup is not None and any(
                self._is_changed(*file) for file in backup.files.items()
            ):
                return backup
        return None

    def _is_changed(self, path: str, old: bytes) -> bool:
        new = self._changed(path, old)
        return new != old and self._read(self._layout.real(path)) == new

    def _read_backup(self, folder: Path) -> _Backup | None:
        try:
            manifest: Any = parse_strict(
                read_file(folder / _MANIFEST, self._calls), _MANIFEST, RECORD_LIMITS
            )
            files = {
                entry["path"]: (read_file(folder / entry["path"], self._calls), entry["sha256"])
                for entry in manifest["files"]
                if self._layout.real(entry["path"])
            }
        except (InputRefused, OSError, KeyError, TypeError):
            return None
        if any(sha256_hex(data) != sha256 for data, sha256 in files.values()):
            return None
        return _Backup(folder, {path: data for path, (data, _) in files.items()})

    def _attempts(self) -> list[Path]:
        try:
            entries = self._calls.scandir(self._kept)
        except FileNotFoundError:
            return []
        names = (entry.name for entry in entries if entry.name.startswith(self._name()))
        return [self._kept / name for name in sorted(names)]

    def _name(self) -> str:
        return f"{self._step.before}-to-{self._step.before + 1}-"

    # The files

    def _touched(self) -> Iterator[str]:
        yield STORE_FILE
        for folder in self._step.folders:
            yield from self._documents(self._layout.real(folder))

    def _documents(self, folder: Path) -> Iterator[str]:
        try:
            entries = self._calls.scandir(folder)
        except (FileNotFoundError, NotADirectoryError):
            return
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir(follow_symlinks=False):
                yield from self._documents(Path(entry.path))
            elif entry.name.endswith(".json") and entry.is_file(follow_symlinks=False):
                yield self._layout.logical(Path(entry.path))

    def _read(self, path: Path) -> bytes:
        try:
            return read_file(path, self._calls)
        except OSError as error:
            raise storage_failure(error, path) from error


def _replace(target: Path, data: bytes, calls: OsCalls) -> None:
    """Put *data* in the place of what stands there; durable when this returns."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}.{secrets.token_hex(6)}.tmp")
    try:
        try:
            _write(temporary, data, calls)
            if read_file(temporary, calls) != data:
                raise StorageFailed("the disk gave back other bytes than were written")
            calls.replace(temporary, target)
        except BaseException:
            with contextlib.suppress(OSError):
                calls.unlink(temporary)
            raise
        sync_directory(target.parent, calls)
    except OSError as error:
        raise storage_failure(error, target) from error


def _write(path: Path, data: bytes, calls: OsCalls) -> None:
    descriptor = calls.open(path, _NEW_FILE, 0o644)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[calls.write(descriptor, rest) :]
        calls.fsync(descriptor)
    finally:
        os.close(descriptor)
