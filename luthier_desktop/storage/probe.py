"""The only honest answer to "can I write here?": write a file, publish it, take it away."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable
from pathlib import Path

from luthier_desktop.storage.layout import STORE_FILE, StoreLayout
from luthier_desktop.storage.os_calls import NO_LINKS_HERE, OsCalls
from luthier_desktop.storage.store_state import StoreState, refused, without_links

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL


def probe(layout: StoreLayout, token: Callable[[int], str], calls: OsCalls) -> StoreState:
    """Try in the data directory, and in the folders that were moved out of it and exist."""
    moved = (layout.runs, layout.snapshots, layout.backups)
    outside = [place for place in moved if not place.is_relative_to(layout.data)]
    for folder in (layout.data, *outside):
        if folder is layout.data or folder.is_dir():
            state = _probe(folder, layout, token, calls)
            if not state.writable:
                return state
    return StoreState("ok")


def _probe(
    folder: Path, layout: StoreLayout, token: Callable[[int], str], calls: OsCalls
) -> StoreState:
    first, second = (folder / f".{STORE_FILE}.{os.getpid()}.{token(12)}.tmp" for _ in range(2))
    try:
        _write(first, calls)
        if not _publishes(first, second, calls):
            return without_links(folder)
    except OSError as error:
        return refused(error, layout, calls)
    finally:
        for path in (first, second):
            with contextlib.suppress(OSError):
                calls.unlink(path)
    return StoreState("ok")


def _write(path: Path, calls: OsCalls) -> None:
    descriptor = calls.open(path, _NEW_FILE, 0o600)
    try:
        calls.write(descriptor, b"probe")
    finally:
        os.close(descriptor)


def _publishes(source: Path, target: Path, calls: OsCalls) -> bool:
    try:
        calls.link(source, target)
    except OSError as error:
        if error.errno in NO_LINKS_HERE or error.errno == errno.EINVAL:  # no such rename either
            return False
        raise
    return True
