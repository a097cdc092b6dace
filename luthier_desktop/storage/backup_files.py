"""The folder of backups of settings: their names, and what each file there is.

No name from outside ever becomes a path before it was matched in full.
"""

from __future__ import annotations

import contextlib
import re
import stat
from collections.abc import Container, Iterable
from typing import NamedTuple

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import InputRefused, StorageFailed
from luthier_desktop.storage.atomic import sync_directory
from luthier_desktop.storage.backup_rows import BackupFile
from luthier_desktop.storage.document_store import read_proven
from luthier_desktop.storage.layout import BACKUPS
from luthier_desktop.storage.ledger import ReadEvent, StoredFile
from luthier_desktop.storage.survey import Ground, temporary_owner
from luthier_desktop.storage.withdrawal import deleted_by, lies_there

MOST_STRANGERS = 200
_NAME = re.compile(r"cam_backup_[0-9]{8}T[0-9]{6}_[0-9]{6}Z")
_KINDS = (
    (stat.S_ISLNK, "a link, which is not followed"),
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
)


class Stranger(NamedTuple):
    """What lies among the backups and is none that the log tells of."""

    name: str
    reason: str


def require_backup_name(given: str) -> str:
    """Return *given* without its ending when it can be the name of a backup.

    Raises:
        InputRefused: It can not.
    """
    name = given.removesuffix(".json")
    if not _NAME.fullmatch(name):
        raise InputRefused(
            f"{shown(given, 80)!r} is not the name of a backup; such a name reads "
            "cam_backup_20260122T101112_123456Z, see `luthier backups list`."
        )
    return name


def backup_path(name: str) -> str:
    """Return the logical path of the backup *name*, which was matched before."""
    return f"{BACKUPS}/{name}.json"


def read_backup(ground: Ground, file: BackupFile) -> tuple[bytes, str]:
    """Read a backup and compare it with the ledger; a reason says what is wrong with it."""
    kind = _kind(ground, file.path)
    if kind:
        return b"", f"at its place is {kind}"
    stored = StoredFile(file.path, file.sha256, file.size_bytes)
    return read_proven(ground.layout, stored, ground.calls)


def strangers(ground: Ground, known: Container[str]) -> tuple[Stranger, ...]:
    """Name what lies in the folder and is not at a path in *known*.

    Raises:
        StorageFailed: The folder cannot be listed.
    """
    folder = ground.layout.backups
    try:
        names = sorted(entry.name for entry in ground.calls.scandir(folder))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise StorageFailed(
            f"The backups in {folder} cannot be listed ({error.strerror or error})."
        ) from error
    found = [
        Stranger(shown(name, 200), _what(ground, name))
        for name in names
        if f"{BACKUPS}/{name}" not in known and temporary_owner(name) is None
    ]
    return tuple(found[:MOST_STRANGERS])


def remove_deleted(ground: Ground, paths: Iterable[str]) -> None:
    """Remove the files of backups whose deletion stands in the ledger.

    Raises:
        StorageFailed: One could not be removed; a rebuild tries it again.
    """
    try:
        for path in paths:
            with contextlib.suppress(FileNotFoundError):
                ground.calls.unlink(ground.layout.real(path))
        with contextlib.suppress(FileNotFoundError):
            sync_directory(ground.layout.backups, ground.calls)
    except OSError as error:
        raise StorageFailed(
            f"The deletion is recorded, but a file in {ground.layout.backups} could not be "
            f"removed ({error.strerror or error}). `luthier logs rebuild` tries it again."
        ) from error


def finish_deletions(ground: Ground, events: Iterable[ReadEvent]) -> None:
    """Remove what an interruption left of deleted backups.

    Raises:
        StorageFailed: A file could not be removed.
    """
    left = [
        path
        for event in events
        for path in deleted_by(event)
        if path.startswith(f"{BACKUPS}/") and lies_there(ground, path)
    ]
    if left:
        remove_deleted(ground, left)


def _what(ground: Ground, name: str) -> str:
    kind = "" if "/" in name else _kind_of_name(ground, name)
    if kind:
        return f"{kind}, so no backup"
    if name.startswith("cam_settings_"):
        return "a backup of the web ToolBox: `luthier import-legacy` brings it in"
    if _NAME.fullmatch(name.removesuffix(".json")):
        return "no event tells of it: it was put there, or its making was interrupted"
    return "not a file of this program"


def _kind(ground: Ground, path: str) -> str:
    return _kind_of_name(ground, path.rpartition("/")[2])


def _kind_of_name(ground: Ground, name: str) -> str:
    """Say what stands there when it is no regular file; nothing when it is, or is missing."""
    try:
        mode = ground.calls.stat(ground.layout.backups / name).st_mode
    except OSError:
        return ""
    if stat.S_ISREG(mode):
        return ""
    return next((word for is_kind, word in _KINDS if is_kind(mode)), "no regular file")
