"""The folder of drafts: one journal for each open design that was changed, for one OS user.

    {state}/drafts/{16 hex of the resolved data directory}/{draft_id}.journal
    …/{draft_id}.lock                      held by the program in which the design is open
    …/{name}.{12 hex}.set-aside            what could not be read, as it was found

A journal is removed when its design was kept and closed, or discarded; what is broken is renamed
and never removed.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import stat
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import InputRefused, StorageFailed
from luthier_desktop.storage.atomic import read_failure
from luthier_desktop.storage.canonical import sha256_hex
from luthier_desktop.storage.journal import Journal, Lines, read_lines
from luthier_desktop.storage.os_calls import OS, OsCalls
from luthier_desktop.storage.parsing import MIB

FOLDER = "drafts"
SUFFIX = ".journal"
ASIDE = ".set-aside"
LARGEST_BYTES = 16 * MIB
_ID = re.compile(r"draft_[0-9a-hjkmnp-tv-z]{16}")
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_CHUNK_BYTES = MIB


class HeldJournal(NamedTuple):
    """A journal whose lock this program holds, and the lines that were found in it."""

    draft_id: str
    journal: Journal
    lock: FileLock
    lines: Lines

    def let_go(self) -> None:
        """Leave the journal as it is for a later start."""
        self.journal.close()
        self.lock.release()

    def remove(self) -> None:
        """Remove the journal and its lock.

        Raises:
            StorageFailed: The disk or the rights refused.
        """
        try:
            self.journal.remove()
        finally:
            self.lock.release()
        with contextlib.suppress(OSError):
            Path(self.lock.lock_file).unlink()


class DraftFolder:
    """The drafts over one data directory."""

    def __init__(self, data: Path, state: Path, calls: OsCalls = OS) -> None:
        key = sha256_hex(str(data.resolve()).encode("utf-8", "surrogatepass"))[:16]
        self.path = state / FOLDER / key
        self._calls = calls

    def names(self) -> list[str]:
        """List the journals by their file names; there are none when the folder is not there.

        Raises:
            StorageFailed: The folder cannot be read.
        """
        try:
            entries = self._calls.scandir(self.path)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise read_failure(error, self.path) from error
        return sorted(entry.name for entry in entries if entry.name.endswith(SUFFIX))

    def begin(self, draft_id: str) -> HeldJournal:
        """Return a journal that is made with its first line, and hold its lock.

        Raises:
            StorageFailed: The folder cannot be written.
        """
        lock = self._lock(draft_id)
        if lock is None:
            raise StorageFailed(f"The draft {draft_id} is open in another program.")
        journal = Journal(self.path / f"{draft_id}{SUFFIX}", self._calls)
        return HeldJournal(draft_id, journal, lock, read_lines(b""))

    def take(self, name: str) -> HeldJournal | None:
        """Hold and read the journal of this name; None while a living program has it open.

        Raises:
            InputRefused: It is no journal of a draft; the sentence says why.
            StorageFailed: It cannot be read at present.
        """
        draft_id = name.removesuffix(SUFFIX)
        if _ID.fullmatch(draft_id) is None:
            raise InputRefused(f"The file {shown(name)} among the drafts is none of ours.")
        lock = self._lock(draft_id)
        if lock is None:
            return None
        path = self.path / name
        try:
            lines = read_lines(self._read(path))
        except BaseException:
            lock.release()
            raise
        return HeldJournal(draft_id, Journal(path, self._calls, lines), lock, lines)

    def set_aside(self, name: str) -> Path:
        """Rename a file so that it is offered no more; return where it is now.

        Raises:
            StorageFailed: The disk or the rights refused.
        """
        path = self.path / name
        aside = path.with_name(f"{name}.{secrets.token_hex(6)}{ASIDE}")
        try:
            self._calls.replace(path, aside)
        except OSError as error:
            raise read_failure(error, path) from error
        return aside

    def _lock(self, draft_id: str) -> FileLock | None:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            # Taken by the window, it may be let go by a worker.
            lock = FileLock(self.path / f"{draft_id}.lock", timeout=0, thread_local=False)
            lock.acquire()
        except Timeout:
            return None
        except OSError as error:
            raise StorageFailed(
                f"Your edits are not safe from a crash: {self.path} cannot be written "
                f"({error.strerror or error}). Save a snapshot to be sure."
            ) from error
        return lock

    def _read(self, path: Path) -> bytes:
        what = f"The draft {path.name}"
        try:
            if not stat.S_ISREG(self._calls.stat(path).st_mode):
                raise InputRefused(f"{what} is no regular file.")
            descriptor = self._calls.open(path, _READ)
        except OSError as error:
            raise read_failure(error, path) from error
        try:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode):
                raise InputRefused(f"{what} is no regular file.")
            if found.st_size > LARGEST_BYTES:
                raise InputRefused(
                    f"{what} has {found.st_size:,} bytes; at most {LARGEST_BYTES:,} are read."
                )
            return self._read_all(descriptor)
        except OSError as error:
            raise read_failure(error, path) from error
        finally:
            os.close(descriptor)

    def _read_all(self, descriptor: int) -> bytes:
        parts = []
        while part := self._calls.read(descriptor, _CHUNK_BYTES):
            parts.append(part)
            if len(parts) * _CHUNK_BYTES > 2 * LARGEST_BYTES:
                raise InputRefused("This draft grows while it is read.")
        return b"".join(parts)
