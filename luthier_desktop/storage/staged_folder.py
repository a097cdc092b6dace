"""A folder of many files that appears whole: staged beside its place, proven, then renamed.

When all were written the disk is asked once for all of them; then each is made durable by itself
and read back, several at once: a fraction of the time of asking file by file.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from luthier_desktop.domain.errors import StorageFailed
from luthier_desktop.storage.atomic import sync_directory
from luthier_desktop.storage.os_calls import OS, OsCalls

AT_ONCE = 4
_IN_FLIGHT = 64
_FIRST_BYTES, _MORE_BYTES = 2**16, 2**20
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_SOURCE = os.O_RDONLY | _NO_FOLLOW | getattr(os, "O_NONBLOCK", 0)
_NEW_FILE = os.O_RDWR | os.O_CREAT | os.O_EXCL | _NO_FOLLOW
WRITABLE, IMMUTABLE = 0o644, 0o444


class Copy(NamedTuple):
    """One file to be copied, and under which path."""

    path: str
    real: Path
    mode: int = WRITABLE


class Copied(NamedTuple):
    """What became of one: its size and hash, or why its source could not be read."""

    path: str
    size_bytes: int
    sha256: str
    fault: str = ""


class TargetFailed(StorageFailed):
    """The disk that is written to failed; nothing of the folder stays."""


class StagedFolder:
    """Collects files beside *target* and lets them appear there at the end; used with ``with``.

    What is not published is removed.
    """

    def __init__(self, target: Path, calls: OsCalls = OS, at_once: int = AT_ONCE) -> None:
        self.work = target.with_name(f".{target.name}.{secrets.token_hex(6)}.part")
        self._target = target
        self._calls = calls
        self._at_once = at_once
        self._folders: set[Path] = set()
        self._unsettled: list[tuple[Path, str]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        shutil.rmtree(self.work, ignore_errors=True)

    @staticmethod
    def clear_leftovers(folder: Path, name: str, before_s: float) -> None:
        """Remove what a process that came to a sudden end had collected before *before_s*.

        *name* is a pattern of the folders that were to appear in *folder*.
        """
        ours = re.compile(rf"\.(?:{name})\.[0-9a-f]{{12}}\.part")
        for found in folder.iterdir() if folder.is_dir() else ():
            if ours.fullmatch(found.name) and found.lstat().st_mtime < before_s:
                shutil.rmtree(found, ignore_errors=True)

    def copy(self, copies: Iterable[Copy]) -> Iterator[Copied]:
        """Copy files; `publish` makes them durable and reads them back.

        Raises:
            TargetFailed: The disk refused, or gave back other bytes than were written.
        """
        if self._at_once == 1 or os.name != "nt":  # several pay where each waits for the disk
            yield from map(self._copy, self._with_folders(copies))
            return
        with ThreadPoolExecutor(self._at_once, "luthier-copy") as pool:
            try:
                yield from _in_order(pool, self._copy, self._with_folders(copies))
            finally:
                pool.shutdown(cancel_futures=True)

    def add(self, path: str, data: bytes) -> None:
        """Write one file.

        Raises:
            TargetFailed: The disk refused, or gave back other bytes than were written.
        """
        place = self.work / path
        try:
            self._make(place.parent)
            descriptor = self._calls.open(place, _NEW_FILE, WRITABLE)
            try:
                self._write(descriptor, data)
                self._settle(descriptor, place, hashlib.sha256(data).hexdigest())
            finally:
                os.close(descriptor)
        except OSError as error:
            raise self._failed(error) from error

    def publish(self) -> None:
        """Make every file durable, read each back, and let the folder appear.

        It may stand in the place of an empty one.

        Raises:
            TargetFailed: The disk refused, or something came to stand there meanwhile.
        """
        self._settle_all()
        try:
            for folder in sorted(self._folders, reverse=True):
                sync_directory(folder, self._calls)
            if os.name == "nt" and self._target.is_dir():
                self._target.rmdir()  # Windows renames over nothing; a folder with files stays
            self._calls.replace(self.work, self._target)
            sync_directory(self._target.parent, self._calls)
        except OSError as error:
            raise self._failed(error) from error

    def _settle_all(self) -> None:
        self._calls.flush_all()
        with ThreadPoolExecutor(self._at_once, "luthier-settle") as pool:
            for _ in pool.map(self._settle_one, self._unsettled):
                pass

    def _settle_one(self, file: tuple[Path, str]) -> None:
        place, sha256 = file
        try:
            descriptor = self._calls.open(place, _SOURCE)
            try:
                if os.name != "nt":
                    self._calls.fsync(descriptor)
                self._read_back(descriptor, place, sha256)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise self._failed(error) from error

    def _with_folders(self, copies: Iterable[Copy]) -> Iterator[Copy]:
        """Make the folders that the files need, in the one thread that asks for the copies."""
        for copy in copies:
            try:
                self._make((self.work / copy.path).parent)
            except OSError as error:
                raise self._failed(error) from error
            yield copy

    def _copy(self, copy: Copy) -> Copied:
        try:
            source = self._calls.open(copy.real, _SOURCE)
        except OSError as error:
            return _unread(copy, error.strerror or str(error))
        try:
            if not stat.S_ISREG(os.fstat(source).st_mode):
                return _unread(copy, "it is no regular file")
            return self._copy_opened(copy, source)
        finally:
            os.close(source)

    def _copy_opened(self, copy: Copy, source: int) -> Copied:
        place = self.work / copy.path
        try:
            descriptor = self._calls.open(place, _NEW_FILE, copy.mode)
            try:
                return self._copy_bytes(copy, source, descriptor, place)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise self._failed(error) from error

    def _copy_bytes(self, copy: Copy, source: int, descriptor: int, place: Path) -> Copied:
        digest, size_bytes, parts = hashlib.sha256(), 0, self._parts(source)
        while True:
            try:
                part = next(parts, b"")
            except OSError as error:
                self._calls.unlink(place)
                return _unread(copy, error.strerror or str(error))
            if not part:
                break
            digest.update(part)
            size_bytes += len(part)
            self._write(descriptor, part)
        if os.name == "nt":  # Windows makes durable what was opened to be written alone
            self._calls.fsync(descriptor)
        self._unsettled.append((place, digest.hexdigest()))
        return Copied(copy.path, size_bytes, digest.hexdigest())

    def _parts(self, descriptor: int) -> Iterator[bytes]:
        part = self._calls.read(descriptor, _FIRST_BYTES)
        while part:
            yield part
            part = self._calls.read(descriptor, _MORE_BYTES)

    def _write(self, descriptor: int, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[self._calls.write(descriptor, rest) :]

    def _settle(self, descriptor: int, place: Path, sha256: str) -> None:
        """Make a file durable and read back what the disk has of it."""
        self._calls.fsync(descriptor)
        os.lseek(descriptor, 0, os.SEEK_SET)
        self._read_back(descriptor, place, sha256)

    def _read_back(self, descriptor: int, place: Path, sha256: str) -> None:
        self._calls.forget(descriptor)
        found = hashlib.sha256()
        for part in self._parts(descriptor):
            found.update(part)
        if found.hexdigest() != sha256:
            raise TargetFailed(
                f"{self._target} was not written: the disk gave back other bytes of {place.name} "
                "than were written. Use another disk; your data is as it was."
            )

    def _make(self, folder: Path) -> None:
        if folder not in self._folders:
            if folder != self.work:
                self._make(folder.parent)
            self._calls.mkdir(folder)
            self._folders.add(folder)

    def _failed(self, error: OSError) -> TargetFailed:
        reason = error.strerror or str(error)
        return TargetFailed(
            f"{self._target} was not written ({reason}): check that the disk is there, has room "
            "and may be written to. Nothing of it was left, and your data is as it was."
        )


def _in_order(
    pool: ThreadPoolExecutor, work: Callable[[Copy], Copied], copies: Iterable[Copy]
) -> Iterator[Copied]:
    """Give the results in the order of the files, with a bounded number of them under way."""
    waiting = iter(copies)
    under_way = [pool.submit(work, copy) for copy in islice(waiting, _IN_FLIGHT)]
    while under_way:
        done = under_way.pop(0).result()
        under_way += [pool.submit(work, copy) for copy in islice(waiting, 1)]
        yield done


def _unread(copy: Copy, reason: str) -> Copied:
    return Copied(copy.path, 0, "", f"{copy.path} cannot be read ({reason}).")
