"""The one way a file comes into the store: whole, durable, once, never over another."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from luthier_desktop.domain.errors import Conflict, StorageFailed, StoreReadOnly
from luthier_desktop.storage.os_calls import OS, WINDOWS_SHARING, OsCalls

Put = Literal["created", "same"]
_READ_ONLY_ERRORS = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_FULL_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT})
_FIRST_CHUNK_BYTES = 2**16  # holds nearly every file, and costs no new memory pages
_CHUNK_BYTES = 2**20
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW
_READ = os.O_RDONLY | _NO_FOLLOW | getattr(os, "O_NONBLOCK", 0)
_DIRECTORY = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)


def put_once(
    path: Path,
    data: bytes,
    calls: OsCalls = OS,
    *,
    after: Sequence[Path] = (),
    name_later: bool = False,
) -> Put:
    """Publish *data* under *path*, durable when this returns; the same bytes again are "same".

    After an error the call may be made again with the same bytes; nothing half written is ever
    visible under *path*. With *name_later* the bytes are durable and the name is not yet: the call
    for the file that refers to it names its directory in *after*, and makes it durable before
    that file is visible. The disk so writes its journal once for both, a quarter of a save's time.

    Raises:
        Conflict: Another file with other bytes stands there; it was left as it is.
        StorageFailed: The disk refused; the file is not known to be saved.
        StoreReadOnly: The disk or the rights forbid writing.
    """
    try:
        outcome = _put(path, data, calls, after)
        if not name_later:
            sync_directory(path.parent, calls)
        return outcome
    except OSError as error:
        raise storage_failure(error, path) from error


def _put(path: Path, data: bytes, calls: OsCalls, after: Sequence[Path]) -> Put:
    ensure_directory(path.parent, calls)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(6)}.tmp")
    try:
        return _publish(temporary, path, data, calls, after)
    except BaseException:
        with contextlib.suppress(OSError):
            calls.unlink(temporary)
        raise


def _publish(
    temporary: Path, path: Path, data: bytes, calls: OsCalls, after: Sequence[Path]
) -> Put:
    _write(temporary, data, calls)
    if read_file(temporary, calls) != data:
        raise StorageFailed(
            f"{path.name} was not saved: the disk gave back other bytes than were written. "
            f"Check the drive of {path.parent}, then try again."
        )
    for directory in after:
        sync_directory(directory, calls)
    try:
        calls.link(temporary, path)
    except FileExistsError:
        outcome = _compare(path, data, calls)
    else:
        outcome = "created"
    with contextlib.suppress(FileNotFoundError):
        calls.unlink(temporary)
    return outcome


def _write(temporary: Path, data: bytes, calls: OsCalls) -> None:
    with _opened(temporary, _NEW_FILE, calls) as descriptor:
        rest = memoryview(data)
        while rest:
            rest = rest[calls.write(descriptor, rest) :]
        calls.fsync(descriptor)


def _compare(path: Path, data: bytes, calls: OsCalls) -> Put:
    if read_file(path, calls) != data:
        raise Conflict(
            f"{path.name} exists already with other content; it was left as it is. "
            "Nothing was saved under this name."
        )
    if os.name != "nt":  # Windows publishes durably, and cannot flush a file opened to read
        # The other writer may not have reached its own fsync yet.
        with _opened(path, os.O_RDONLY | _NO_FOLLOW, calls) as descriptor:
            calls.fsync(descriptor)
    return "same"


def read_file(path: Path, calls: OsCalls = OS, most: int | None = None) -> bytes:
    """Return all bytes of the file at *path*; a link is not followed.

    Of a file with more bytes than *most*, somewhat more than these are returned.
    """
    file = calls.open(path, _READ)
    try:
        first = part = calls.read(file, _FIRST_CHUNK_BYTES)
        parts: list[bytes] = []
        read = len(part)
        while part and (most is None or read <= most):
            part = calls.read(file, _CHUNK_BYTES if parts else _FIRST_CHUNK_BYTES)
            parts.append(part)
            read += len(part)
    finally:
        os.close(file)
    return first + b"".join(parts) if any(parts) else first


def sync_directory(directory: Path, calls: OsCalls = OS) -> None:
    """Make the names in *directory* durable; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    with _opened(directory, _DIRECTORY, calls) as descriptor:
        calls.fsync(descriptor)


def ensure_directory(directory: Path, calls: OsCalls = OS) -> None:
    """Make *directory* where it is missing; each new name is durable when this returns."""
    try:
        calls.stat(directory)
        return
    except FileNotFoundError:
        pass
    if directory.parent != directory:
        ensure_directory(directory.parent, calls)
    calls.mkdir(directory)
    sync_directory(directory.parent, calls)


@contextlib.contextmanager
def _opened(path: Path, flags: int, calls: OsCalls) -> Iterator[int]:
    descriptor = calls.open(path, flags)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def storage_failure(error: OSError, path: Path) -> StorageFailed:
    """Turn an error of the operating system into the sentence for the user."""
    if error.errno in _FULL_ERRORS:
        return StorageFailed(
            f"{path.name} was not saved: the disk of {path.parent} is full. "
            "Free some space and try again."
        )
    reason = error.strerror or str(error)
    if getattr(error, "winerror", None) in WINDOWS_SHARING:
        return StorageFailed(
            f"{path.name} was not saved: another program, such as a virus scanner or a sync "
            f"service, holds a file in {path.parent}. Wait a moment and try again."
        )
    if error.errno in _READ_ONLY_ERRORS:
        return StoreReadOnly(
            f"{path.name} was not saved: {path.parent} cannot be written ({reason}). "
            "Check the rights of the folder, or choose another one."
        )
    return StorageFailed(
        f"{path.name} was not saved: the disk of {path.parent} failed ({reason}). "
        "Check the drive, then try again."
    )


def read_failure(error: OSError, path: Path) -> StorageFailed:
    """Turn an error of reading into the sentence for the user."""
    reason = error.strerror or str(error)
    advice = "Check the drive, then try again."
    if error.errno in _READ_ONLY_ERRORS:
        advice = "Check the rights of the folder."
    return StorageFailed(f"{path} cannot be read ({reason}). {advice}")
