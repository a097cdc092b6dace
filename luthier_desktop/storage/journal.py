"""A journal: lines that are only added, each with its length and a hash over all before it.

    LLLLLLLL HHHH…H {canonical JSON}⏎

L: the length of the JSON in bytes, 8 hex digits. H: the SHA-256, 64 hex digits, of the H of the
line before (64 zeros before the first) followed by the JSON. The JSON holds no line break. A line
that was not written to its end is the last one: it is recognised and left out. What does not fit
before the last line is damage, and everything from there on is not to be trusted.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from luthier_desktop.domain.errors import LuthierError, StorageFailed
from luthier_desktop.storage.atomic import storage_failure, sync_directory
from luthier_desktop.storage.canonical import sha256_hex
from luthier_desktop.storage.os_calls import OS, OsCalls

NO_DIGEST = "0" * 64
_HEAD_BYTES = 8 + 1 + 64 + 1
_PRIVATE = 0o600
_NEW_FOLDERS = 3
"""So many folders above a journal may have been made together with it."""
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_NEW = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL | _NO_FOLLOW
_AGAIN = os.O_WRONLY | os.O_APPEND | _NO_FOLLOW


class Lines(NamedTuple):
    """What a journal holds: the JSON of each good line, and whether something follows them."""

    payloads: list[bytes]
    digest: str
    size_bytes: int
    is_torn: bool
    is_damaged: bool


def read_lines(data: bytes) -> Lines:
    """Return the good lines from the start of *data*."""
    payloads: list[bytes] = []
    digest, at = NO_DIGEST, 0
    while (payload := _payload(data, at, digest)) is not None:
        payloads.append(payload)
        digest = _digest(digest, payload)
        at += _HEAD_BYTES + len(payload) + 1
    rest = data[at:]
    said = rest.rstrip(b"\0")  # what a power cut took away is read as zeros
    is_torn = bool(rest) and b"\n" not in said[:-1] and len(said) <= _line_bytes(said)
    return Lines(payloads, digest, at, is_torn, bool(rest) and not is_torn)


def written_lines(payloads: Sequence[bytes], digest: str = NO_DIGEST) -> tuple[bytes, str]:
    """Return the bytes of lines that follow the one with *digest*, and the last one's digest."""
    parts = []
    for payload in payloads:
        digest = _digest(digest, payload)
        parts += [f"{len(payload):08x} {digest} ".encode("ascii"), payload, b"\n"]
    return b"".join(parts), digest


def _line_bytes(rest: bytes) -> int:
    """Return how long the line at the start of *rest* says it is; what says nothing is one."""
    try:
        return _HEAD_BYTES + int(rest[:8], 16) + 1
    except ValueError:
        return len(rest)


def _digest(before: str, payload: bytes) -> str:
    return sha256_hex(before.encode("ascii") + payload)


def _payload(data: bytes, at: int, digest: str) -> bytes | None:
    head = data[at : at + _HEAD_BYTES]
    try:
        size_bytes = int(head[:8], 16)
    except ValueError:
        return None
    start = at + _HEAD_BYTES
    payload = data[start : start + size_bytes]
    expected, _ = written_lines([payload], digest)
    return payload if data[at : start + size_bytes + 1] == expected else None


class Journal:
    """One journal to add to; it is made with the first line.

    Lines are handed to the system before `append` returns, so that they outlive the program;
    `sync` waits for the disk and may be called on another thread, as may `replace`.
    """

    def __init__(self, path: Path, calls: OsCalls = OS, found: Lines | None = None) -> None:
        self.path = path
        self._calls = calls
        self._guard = threading.RLock()
        self._descriptor = -1
        self._digest = NO_DIGEST if found is None else found.digest
        self._exists = found is not None
        self._is_named = found is not None
        self._since: list[bytes] | None = None
        self.size_bytes = 0 if found is None else found.size_bytes
        self.is_sound = found is None or not (found.is_torn or found.is_damaged)

    def append(self, payloads: Sequence[bytes]) -> None:
        """Add lines; after a failure the journal is no longer sound until it is replaced.

        Raises:
            StorageFailed: The disk or the rights refused.
        """
        with self._guard:
            data, digest = written_lines(payloads, self._digest)
            try:
                if self._descriptor < 0:
                    self._open()
                _write(self._descriptor, data, self._calls)
            except OSError as error:
                self.is_sound = False
                raise _failure(error, self.path) from error
            self._digest = digest
            self.size_bytes += len(data)
            if self._since is not None:
                self._since += payloads

    def sync(self) -> None:
        """Wait until every line that was added so far is on the disk.

        Raises:
            StorageFailed: The disk refused.
        """
        with self._guard:
            if self._descriptor < 0:
                return
            descriptor = os.dup(self._descriptor)
            is_named, self._is_named = self._is_named, True
        try:
            self._calls.fsync(descriptor)
            if not is_named:
                for folder in self.path.parents[:_NEW_FOLDERS]:
                    sync_directory(folder, self._calls)
        except OSError as error:
            self.is_sound = False
            raise _failure(error, self.path) from error
        finally:
            os.close(descriptor)

    def will_be_replaced(self) -> None:
        """Remember what is added from now on, for the new file that `replace` writes."""
        with self._guard:
            self._since = []

    def replace(self, payloads: Sequence[bytes]) -> None:
        """Let the journal be *payloads* and what was added since; the old file stands till then.

        Raises:
            StorageFailed: The disk or the rights refused; the old file stands as it was.
        """
        new = self.path.with_name(f".{self.path.name}.{os.getpid()}.{secrets.token_hex(6)}.tmp")
        data, digest = written_lines(payloads)
        try:
            self._ensure_folder()
            self._add(new, _NEW, data)
            with self._guard:
                more, digest = written_lines(self._since or (), digest)
                if more:
                    self._add(new, _AGAIN, more)
                self._close()  # Windows replaces no file that is open
                self._calls.replace(new, self.path)
                self._digest, self.size_bytes = digest, len(data) + len(more)
                self._exists, self._is_named = True, False
                self._open()
                self.is_sound = True
        except OSError as error:
            with contextlib.suppress(OSError):
                self._calls.unlink(new)
            raise _failure(error, self.path) from error
        finally:
            with self._guard:
                self._since = None
        self.sync()

    def _add(self, path: Path, flags: int, data: bytes) -> None:
        descriptor = self._calls.open(path, flags, _PRIVATE)
        try:
            _write(descriptor, data, self._calls)
            self._calls.fsync(descriptor)
        finally:
            os.close(descriptor)

    def close(self) -> None:
        """Add nothing more; the file stays."""
        with self._guard:
            self._close()

    def remove(self) -> None:
        """Close the journal and remove its file.

        Raises:
            StorageFailed: The disk or the rights refused; the file stays.
        """
        with self._guard:
            self._close()
            try:
                self._calls.unlink(self.path)
            except FileNotFoundError:
                pass
            except OSError as error:
                raise _failure(error, self.path) from error

    def _open(self) -> None:
        self._ensure_folder()
        flags = _AGAIN if self._exists else _NEW
        self._descriptor = self._calls.open(self.path, flags, _PRIVATE)
        self._exists = True

    def _ensure_folder(self) -> None:
        """Make the folder and those above it; `sync` makes their names durable."""
        missing = [folder for folder in self.path.parents if not folder.is_dir()]
        for folder in reversed(missing):
            self._calls.mkdir(folder)

    def _close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def _write(descriptor: int, data: bytes, calls: OsCalls) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[calls.write(descriptor, rest) :]


def _failure(error: OSError, path: Path) -> LuthierError:
    """Say that work is not safe from a crash, and why."""
    told = storage_failure(error, path).sentence
    return StorageFailed(
        f"Your edits are not safe from a crash at present. {told} Save a snapshot to be sure."
    )
