"""One new file outside the store: whole and durable when it appears, or not at all."""

from __future__ import annotations

from pathlib import Path

from luthier_desktop.storage.os_calls import OS, OsCalls
from luthier_desktop.storage.streamed_file import StreamedFile, require_free

__all__ = ["require_free", "write_new_file"]


def write_new_file(
    target: Path, data: bytes, calls: OsCalls = OS, *, replace: bool = False
) -> None:
    """Write *data* under the free name *target*, durable when this returns.

    *replace*: a file that stands there gives way to it, at once and whole.

    Raises:
        Conflict: Something stands at *target* already; it was left as it is.
        InputRefused: The folder above it does not exist.
        StorageFailed: The disk refused, or gave back other bytes than were written.
    """
    with StreamedFile(target, calls, replace=replace) as file:
        file.add(data)
        file.publish()
