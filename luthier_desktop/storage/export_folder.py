"""A folder that is written outside the store: whole and durable when it appears, or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
from pathlib import Path
from types import TracebackType
from typing import Self

from luthier_desktop.domain.errors import Conflict, InputRefused, StorageFailed
from luthier_desktop.storage.atomic import read_file, storage_failure, sync_directory
from luthier_desktop.storage.os_calls import OS, OsCalls

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
_WRITABLE = 0o644


class ExportFolder:
    """Collects files beside *target* and moves them there at the end; used with ``with``.

    What is not published is removed.
    """

    def __init__(self, target: Path, calls: OsCalls = OS) -> None:
        """Begin an export.

        Raises:
            Conflict: Something stands at *target* already.
            InputRefused: The folder above it does not exist.
        """
        if os.path.lexists(target):
            raise Conflict(f"{target} exists already; it was left as it is. Choose another name.")
        if not target.parent.is_dir():
            raise InputRefused(f"{target.parent} is no folder; make it first, or choose another.")
        self._target = target
        self._calls = calls
        self._work = target.with_name(f".{target.name}.{secrets.token_hex(6)}.part")
        self._hashes: dict[Path, str] = {}
        self._folders: set[Path] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        shutil.rmtree(self._work, ignore_errors=True)

    @staticmethod
    def clear_leftovers(target: Path) -> None:
        """Remove what was collected for *target* by a process that came to a sudden end."""
        ours = re.compile(rf"\.{re.escape(target.name)}\.[0-9a-f]{{12}}\.part")
        for found in target.parent.iterdir() if target.parent.is_dir() else ():
            if ours.fullmatch(found.name):
                shutil.rmtree(found, ignore_errors=True)

    def add(self, path: str, data: bytes) -> None:
        """Write one file under its *path* inside the folder.

        Raises:
            StorageFailed: The disk refused.
        """
        place = self._work / path
        try:
            self._make(place.parent)
            descriptor = self._calls.open(place, _NEW_FILE, _WRITABLE)
            try:
                rest = memoryview(data)
                while rest:
                    rest = rest[self._calls.write(descriptor, rest) :]
            finally:
                os.close(descriptor)
        except OSError as error:
            raise storage_failure(error, self._target / path) from error
        self._hashes[place] = hashlib.sha256(data).hexdigest()

    def publish(self) -> None:
        """Make every file durable, read each back, and let the folder appear.

        Raises:
            Conflict: Something else came to stand there meanwhile.
            StorageFailed: The disk refused, or gave back other bytes than were written.
        """
        try:
            for place in self._hashes:  # after all were written: the disk has begun by then
                self._settle(place)
            for folder in sorted(self._folders, reverse=True):
                sync_directory(folder, self._calls)
            if os.path.lexists(self._target):
                raise Conflict(f"{self._target} came into being meanwhile; nothing was written.")
            self._calls.replace(self._work, self._target)
            sync_directory(self._target.parent, self._calls)
        except OSError as error:
            raise storage_failure(error, self._target) from error

    def _settle(self, place: Path) -> None:
        descriptor = self._calls.open(place, os.O_RDWR)
        try:
            self._calls.fsync(descriptor)
        finally:
            os.close(descriptor)
        if hashlib.sha256(read_file(place, self._calls)).hexdigest() != self._hashes[place]:
            raise StorageFailed(
                f"{self._target.name} was not written: the disk gave back other bytes than were "
                f"written. Check the drive of {self._target.parent}, then try again."
            )

    def _make(self, folder: Path) -> None:
        if folder not in self._folders:
            if folder != self._work:
                self._make(folder.parent)
            self._calls.mkdir(folder)
            self._folders.add(folder)
