"""Small files of one OS user, beside the store: for that user alone, never half written."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from luthier_desktop.storage.atomic import ensure_directory, sync_directory
from luthier_desktop.storage.os_calls import OS, OsCalls

_PRIVATE = 0o600
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)


def create_private(path: Path, data: bytes, calls: OsCalls = OS) -> None:
    """Write *data* under the free name *path*, durable when this returns.

    Raises:
        FileExistsError: The name is taken.
        OSError: The disk or the rights refused.
    """
    _publish(path, data, calls, replace=False)


def replace_private(path: Path, data: bytes, calls: OsCalls = OS) -> None:
    """Write *data* under *path* in place of what stands there, durable when this returns.

    Raises:
        OSError: The disk or the rights refused; what stood there still does.
    """
    _publish(path, data, calls, replace=True)


def _publish(path: Path, data: bytes, calls: OsCalls, *, replace: bool) -> None:
    ensure_directory(path.parent, calls)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(6)}.tmp")
    try:
        _write(temporary, data, calls)
        if replace:
            calls.replace(temporary, path)
        else:
            calls.link(temporary, path)
    finally:
        with contextlib.suppress(OSError):
            calls.unlink(temporary)
    sync_directory(path.parent, calls)


def _write(temporary: Path, data: bytes, calls: OsCalls) -> None:
    descriptor = calls.open(temporary, _NEW_FILE, _PRIVATE)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[calls.write(descriptor, rest) :]
        calls.fsync(descriptor)
    finally:
        os.close(descriptor)
