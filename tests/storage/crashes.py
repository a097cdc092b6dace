"""A model of what a disk may hold after a power cut, from the recorded calls of a program.

Only what an fsync has covered is sure: of the rest, any part may have reached the disk, and of
the bytes of a file none, half or all. A name is covered by the fsync of its directory, the bytes
by that of their file.
"""

from __future__ import annotations

import errno
import itertools
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from luthier_desktop.storage.os_calls import OsCalls

State = frozenset[tuple[str, bytes]]
"""The files that a disk holds, with their bytes; and the directories, which end in a slash."""
SHARES = (0.0, 0.5, 1.0)


@dataclass(frozen=True)
class Name:
    """A name that came to be (a file of this number, a directory of None) or that went."""

    path: Path
    inode: int | None
    gone: bool = False


@dataclass(frozen=True)
class Bytes:
    """Bytes appended to a file."""

    inode: int
    data: bytes


@dataclass(frozen=True)
class Synced:
    """A file or a directory was made durable."""

    what: int | Path


@dataclass(frozen=True)
class Acknowledged:
    """From here on these files are promised."""

    files: tuple[tuple[str, bytes], ...]


Operation = Name | Bytes | Synced | Acknowledged


class Recording(OsCalls):
    """Makes every call and writes down what it does to the disk."""

    def __init__(self, *, sync_files: bool = True, sync_directories: bool = True) -> None:
        self.operations: list[Operation] = []
        self.fail_next_directory_sync = False
        self._sync_files = sync_files
        self._sync_directories = sync_directories
        self._inodes: dict[Path, int] = {}
        self._open: dict[int, int | Path] = {}

    def open(self, path: Path, flags: int, mode: int = 0o444) -> int:
        descriptor = super().open(path, flags, mode)
        if flags & os.O_CREAT:
            self._inodes[path] = len(self.operations)
            self.operations.append(Name(path, self._inodes[path]))
        self._open[descriptor] = self._inodes.get(path, path)
        return descriptor

    def write(self, descriptor: int, data: bytes | memoryview) -> int:
        written = super().write(descriptor, data)
        inode = self._open[descriptor]
        assert isinstance(inode, int)
        self.operations.append(Bytes(inode, bytes(data[:written])))
        return written

    def fsync(self, descriptor: int) -> None:
        what = self._open[descriptor]
        is_directory = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        if is_directory and self.fail_next_directory_sync:
            self.fail_next_directory_sync = False
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        super().fsync(descriptor)
        if self._sync_directories if is_directory else self._sync_files:
            self.operations.append(Synced(what))

    def link(self, source: Path, target: Path) -> None:
        super().link(source, target)
        self._inodes[target] = self._inodes[source]
        self.operations.append(Name(target, self._inodes[target]))

    def unlink(self, path: Path) -> None:
        super().unlink(path)
        self.operations.append(Name(path, self._inodes.pop(path), gone=True))

    def replace(self, source: Path, target: Path) -> None:
        super().replace(source, target)
        self._inodes[target] = self._inodes.pop(source)
        self.operations.append(Name(target, self._inodes[target]))
        self.operations.append(Name(source, None, gone=True))

    def mkdir(self, path: Path) -> None:
        super().mkdir(path)
        self.operations.append(Name(path, None))

    def acknowledge(self, *paths: Path) -> None:
        """Note that what stands under *paths* now has been promised."""
        files = tuple((str(path), path.read_bytes()) for path in paths)
        self.operations.append(Acknowledged(files))


@dataclass(frozen=True)
class Crash:
    """A power cut after so many operations, one disk that it may leave, and what was promised."""

    after: int
    disk: State
    promised: State


def crashes(operations: list[Operation], root: Path) -> Iterator[Crash]:
    """Yield each different disk for a cut after each of *operations*."""
    for after in range(len(operations) + 1):
        past = operations[:after]
        promised = frozenset(
            file for done in past if isinstance(done, Acknowledged) for file in done.files
        )
        for disk in set(disks(past, root)):
            yield Crash(after, disk, promised)


def disks(past: list[Operation], root: Path) -> Iterator[State]:
    """Yield the disks that may be left: each part of what is unsure, with each share of bytes."""
    sure = _sure(past)
    unsure = [at for at, done in enumerate(past) if isinstance(done, Name) and at not in sure]
    seen = _nameable(past, sure)
    torn = [
        at
        for at, done in enumerate(past)
        if isinstance(done, Bytes) and at not in sure and done.inode in seen
    ]
    for kept in itertools.product((False, True), repeat=len(unsure)):
        names = sure | {at for at, there in zip(unsure, kept, strict=True) if there}
        for shares in itertools.product(SHARES, repeat=len(torn)):
            yield _disk(past, names, dict(zip(torn, shares, strict=True)), root)


def _nameable(past: list[Operation], sure: set[int]) -> set[int | None]:
    """Return the files that may still have a name: the bytes of others do not matter."""
    gone = {
        (done.path, done.inode)
        for at, done in enumerate(past)
        if isinstance(done, Name) and done.gone and at in sure
    }
    named = (done for done in past if isinstance(done, Name) and not done.gone)
    return {done.inode for done in named if (done.path, done.inode) not in gone}


def least(past: list[Operation], root: Path) -> State:
    """Return the disk that holds nothing but what is sure."""
    sure = _sure(past)
    torn = [at for at, done in enumerate(past) if isinstance(done, Bytes) and at not in sure]
    return _disk(past, sure, dict.fromkeys(torn, 0.0), root)


def _sure(past: list[Operation]) -> set[int]:
    """Return the numbers of the operations that an fsync has covered."""
    found: set[int] = set()
    for end, done in enumerate(past):
        if isinstance(done, Synced):
            found |= {at for at in range(end) if _covers(done.what, past[at])}
    return found


def _covers(synced: int | Path, done: Operation) -> bool:
    if isinstance(done, Bytes):
        return done.inode == synced
    return isinstance(done, Name) and done.path.parent == synced


def _disk(past: list[Operation], names: set[int], shares: dict[int, float], root: Path) -> State:
    content: dict[int, bytes] = {}
    for at, done in enumerate(past):
        if isinstance(done, Bytes):
            part = done.data[: int(len(done.data) * shares.get(at, 1.0))]
            content[done.inode] = content.get(done.inode, b"") + part
    entries: dict[Path, int | None] = {root: None}
    for at, done in enumerate(past):
        if isinstance(done, Name) and at in names:
            if done.gone:
                entries.pop(done.path, None)
            else:
                entries[done.path] = done.inode
    return frozenset(
        (f"{path}/", b"") if inode is None else (str(path), content.get(inode, b""))
        for path, inode in entries.items()
        if _reached(path, entries, root)
    )


def _reached(path: Path, entries: dict[Path, int | None], root: Path) -> bool:
    return path == root or all(
        parent in entries for parent in path.parents if parent.is_relative_to(root)
    )


Judge = Callable[[Crash], str]


def bad(operations: list[Operation], root: Path, judge: Judge) -> tuple[int, list[str]]:
    """Return how many disks there may be, and what *judge* says of the bad ones."""
    said = [judge(crash) for crash in crashes(operations, root)]
    return len(said), [words for words in said if words]
