"""Whether a store can be written, and the sentences that say why not."""

from __future__ import annotations

import errno
import os
import sys
from dataclasses import dataclass
from typing import Literal

from luthier_desktop.domain.errors import StorageFailed, StoreReadOnly
from luthier_desktop.storage.layout import STORE_FILE, StoreLayout
from luthier_desktop.storage.os_calls import OsCalls

StateKind = Literal[
    "ok",
    "rollback",
    "read_only",
    "full",
    "network",
    "no_links",
    "older_format",
    "newer_format",
    "damaged",
]
_NOT_OURS = frozenset({errno.EACCES, errno.EPERM})


@dataclass(frozen=True)
class StoreState:
    """Whether the store can be written, and the sentence that says why not."""

    kind: StateKind
    sentence: str = ""

    @property
    def writable(self) -> bool:
        """Tell whether runs can be recorded."""
        return self.kind in ("ok", "rollback")

    def with_rollback(self, sentence: str) -> StoreState:
        """Return this state with the alarm that an older log than the last seen was found."""
        kind: StateKind = "rollback" if self.writable else self.kind
        return StoreState(kind, f"{self.sentence} {sentence}".strip())

    def require_writable(self) -> None:
        """Refuse to go on when nothing can be recorded.

        Raises:
            StoreReadOnly: The store is opened for viewing only.
        """
        if not self.writable:
            raise StoreReadOnly(f"Nothing was saved. {self.sentence}")


def refused(error: StorageFailed | OSError, layout: StoreLayout, calls: OsCalls) -> StoreState:
    """Return the state of a store in which the disk or the rights refuse to write."""
    cause = error if isinstance(error, OSError) else error.__cause__
    if not isinstance(cause, OSError):
        return _read_only(layout, error.sentence if isinstance(error, StorageFailed) else "")
    if cause.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreState(
            "full",
            f"The disk of {layout.data} is full: the log is opened for viewing and nothing can "
            "be recorded. Free some space and start again.",
        )
    reason = cause.strerror or str(cause)
    if cause.errno in _NOT_OURS:
        reason += _foreign_owner(layout, calls)
    return _read_only(layout, reason)


def _read_only(layout: StoreLayout, reason: str) -> StoreState:
    return StoreState(
        "read_only",
        f"{layout.data} cannot be written ({reason}): the log is opened for viewing and nothing "
        "can be recorded. Check the rights of the folder, or choose another data directory.",
    )


def _foreign_owner(layout: StoreLayout, calls: OsCalls) -> str:
    """Say to whom the folder belongs when it is another user's."""
    if sys.platform == "win32":
        return ""
    import pwd

    try:
        owner = calls.stat(layout.data).st_uid
    except OSError:
        return ""
    if owner == os.geteuid():
        return ""
    try:
        name = pwd.getpwuid(owner).pw_name
    except KeyError:
        name = str(owner)
    return f"; it belongs to the user {name}"


def unreadable(error: OSError, layout: StoreLayout, calls: OsCalls) -> StoreState:
    """Return the state of a store of which not even STORE.json can be read."""
    reason = error.strerror or str(error)
    if error.errno not in _NOT_OURS:
        return damaged(layout, reason)
    return StoreState(
        "read_only",
        f"{layout.data} cannot be read ({reason}{_foreign_owner(layout, calls)}): nothing can be "
        "shown or recorded. Check the rights of the folder, or choose another data directory.",
    )


def on_network(place: object, file_system: str) -> StoreState:
    """Return the state of a store on a file system that another computer serves."""
    return StoreState(
        "network",
        f"{place} lies on a network drive ({file_system}), where two computers can write over "
        "each other: the log is opened for viewing and nothing can be recorded. Choose a data "
        "directory on a local disk.",
    )


def without_links(place: object) -> StoreState:
    """Return the state of a store where nothing can be published without replacing."""
    return StoreState(
        "no_links",
        f"The file system of {place} can neither link files nor rename them without replacing "
        "others: the log is opened for viewing and nothing can be recorded. Choose a local "
        "folder (NTFS, ext4, APFS) as the data directory.",
    )


def of_newer_format(layout: StoreLayout, schema: str) -> StoreState:
    """Return the state of a store that a newer version of the program made."""
    return StoreState(
        "newer_format",
        f"The store in {layout.data} was made by a newer version of the program "
        f"({schema}); it is opened for viewing. Update the program to record.",
    )


def of_older_format(layout: StoreLayout, schema: str, reason: str) -> StoreState:
    """Return the state of a store that could not be brought to this version's format."""
    return StoreState(
        "older_format",
        f"The store in {layout.data} has an older format ({schema}) and could not be brought up "
        f"to date: {reason.rstrip('.')}. It is opened for viewing; nothing in it is lost.",
    )


def damaged(layout: StoreLayout, reason: str) -> StoreState:
    """Return the state of a store whose STORE.json says nothing that can be used."""
    return StoreState(
        "damaged",
        f"{STORE_FILE} in {layout.data} cannot be used ({reason.rstrip('.')}): the log is opened "
        "for viewing. Restore that file from a backup to record again.",
    )
