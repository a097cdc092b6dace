"""A file that grows outside the store: whole and durable when it appears, or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
import unicodedata
from pathlib import Path
from types import TracebackType
from typing import Self

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import Conflict, InputRefused, StorageFailed
from luthier_desktop.storage.atomic import storage_failure, sync_directory
from luthier_desktop.storage.os_calls import OS, OsCalls

_NEW_FILE = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
_WRITABLE = 0o644
_CHUNK_BYTES = 2**20
_LONGEST_NAME_BYTES = 255 - len("..0123456789ab.part")
"""What every usual file system takes, less what the name has while the file grows."""


def require_free(target: Path, *, replace: bool = False) -> None:
    """Make sure that a file may come to stand at *target*; nothing is written.

    Raises:
        Conflict: Something stands there already, or no file that could give way.
        InputRefused: The folder above it does not exist, or no file can have this name.
    """
    _require_name(target)
    if os.path.lexists(target) and not (replace and target.is_file()):
        raise Conflict(f"{target} exists already; it was left as it is. Choose another name.")
    if not target.parent.is_dir():
        raise InputRefused(f"{target.parent} is no folder; make it first, or choose another.")


def _require_name(target: Path) -> None:
    categories = {unicodedata.category(each) for each in target.name}
    if "\0" in str(target) or "Cc" in categories:
        raise InputRefused(
            f"{shown(str(target), 300)} holds a control character; choose another name."
        )
    if "Cs" in categories:  # the name could not be told in the log
        raise InputRefused(f"{shown(str(target), 300)} is no Unicode text; choose another name.")
    size = len(target.name.encode())
    if size > _LONGEST_NAME_BYTES:
        raise InputRefused(
            f"{shown(target.name)}: a name of {size} bytes is too long; choose one of at most "
            f"{_LONGEST_NAME_BYTES}."
        )


class StreamedFile:
    """Collects bytes beside *target* and moves them there at the end; used with ``with``.

    However large it grows, little of it is in memory. What is not published is removed.
    """

    def __init__(self, target: Path, calls: OsCalls = OS, *, replace: bool = False) -> None:
        """Begin an export; *replace*: a file that stands at *target* is to give way, whole.

        Raises:
            Conflict: Something stands at *target* already, or no file that could give way.
            InputRefused: The folder above it does not exist, or no file can have this name.
        """
        require_free(target, replace=replace)
        self._target = target
        self._calls = calls
        self._publish = calls.replace if replace else calls.link
        self._work = target.with_name(f".{target.name}.{secrets.token_hex(6)}.part")
        self._hash = hashlib.sha256()
        self._descriptor = -1
        self.size_bytes = 0

    @property
    def sha256(self) -> str:
        """The hash of what was added so far."""
        return self._hash.hexdigest()

    def __enter__(self) -> Self:
        try:
            self._descriptor = self._calls.open(self._work, _NEW_FILE, _WRITABLE)
        except OSError as error:
            raise storage_failure(error, self._target) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()
        with contextlib.suppress(OSError):
            self._calls.unlink(self._work)

    @staticmethod
    def clear_leftovers(target: Path) -> None:
        """Remove what was collected for *target* by a process that came to a sudden end."""
        ours = re.compile(rf"\.{re.escape(target.name)}\.[0-9a-f]{{12}}\.part")
        for found in target.parent.iterdir() if target.parent.is_dir() else ():
            if ours.fullmatch(found.name):
                with contextlib.suppress(OSError):
                    found.unlink()

    def add(self, data: bytes) -> None:
        """Write what comes next.

        Raises:
            StorageFailed: The disk refused.
        """
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[self._calls.write(self._descriptor, rest) :]
        except OSError as error:
            raise storage_failure(error, self._target) from error
        self._hash.update(data)
        self.size_bytes += len(data)

    def publish(self) -> None:
        """Make the file durable, read it back, and let it appear.

        Raises:
            Conflict: Something else came to stand there meanwhile.
            StorageFailed: The disk refused, or gave back other bytes than were written.
        """
        try:
            self._calls.fsync(self._descriptor)
            self._require_same()
            self._close()
            self._publish(self._work, self._target)
            sync_directory(self._target.parent, self._calls)
        except FileExistsError:
            raise Conflict(
                f"{self._target} came into being meanwhile; nothing was written."
            ) from None
        except OSError as error:
            raise storage_failure(error, self._target) from error

    def _require_same(self) -> None:
        found = hashlib.sha256()
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        while part := self._calls.read(self._descriptor, _CHUNK_BYTES):
            found.update(part)
        if found.digest() != self._hash.digest():
            raise StorageFailed(
                f"{self._target.name} was not written: the disk gave back other bytes than were "
                f"written. Check the drive of {self._target.parent}, then try again."
            )

    def _close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
