"""STORE.json: what makes a directory a store, and whether this program may write to it."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from luthier_desktop.domain.errors import Conflict, InputRefused, StorageFailed, StoreReadOnly
from luthier_desktop.storage.atomic import put_once, read_file
from luthier_desktop.storage.canonical import canonical_bytes
from luthier_desktop.storage.layout import STORE_FILE, StoreLayout
from luthier_desktop.storage.os_calls import OS, OsCalls
from luthier_desktop.storage.parsing import parse_strict

STORE_SCHEMA = "luthier.store/1"
UNKNOWN_STORE = "unknown"
_SCHEMA = re.compile(r"luthier\.store/([1-9][0-9]{0,5})")
_STORE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")

StateKind = Literal["ok", "rollback", "read_only", "full", "newer_format", "damaged"]


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


@dataclass(frozen=True)
class StoreIdentity:
    """The id of a store and its state as found at start."""

    store_id: str
    state: StoreState


def open_identity(
    layout: StoreLayout, now: Callable[[], str], token: Callable[[int], str], calls: OsCalls = OS
) -> StoreIdentity:
    """Read STORE.json, or make it in a new store; whoever loses that race takes the winner's."""
    try:
        found = _read(layout, calls)
        if found is None:
            found = _create(layout, now, token, calls)
        if found.state.writable:
            return StoreIdentity(found.store_id, _probe(layout, token, calls))
        return found
    except StorageFailed as error:
        return StoreIdentity(UNKNOWN_STORE, _viewing(error, layout))
    except OSError as error:
        return StoreIdentity(UNKNOWN_STORE, _damaged(layout, error.strerror or str(error)))


def _read(layout: StoreLayout, calls: OsCalls) -> StoreIdentity | None:
    try:
        data = read_file(layout.data / STORE_FILE, calls)
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        return _identity(parse_strict(data, STORE_FILE), layout)
    except InputRefused as error:
        return StoreIdentity(UNKNOWN_STORE, _damaged(layout, error.sentence))


def _identity(document: object, layout: StoreLayout) -> StoreIdentity:
    members = document if isinstance(document, dict) else {}
    schema = _SCHEMA.fullmatch(str(members.get("schema")))
    store_id = str(members.get("store_id"))
    if schema is None or not _STORE_ID.fullmatch(store_id):
        return StoreIdentity(UNKNOWN_STORE, _damaged(layout, "it names no store"))
    if int(schema.group(1)) > 1:
        return StoreIdentity(
            store_id,
            StoreState(
                "newer_format",
                f"The store in {layout.data} was made by a newer version of the program "
                f"({schema.group()}); it is opened for viewing. Update the program to record.",
            ),
        )
    return StoreIdentity(store_id, StoreState("ok"))


def _create(
    layout: StoreLayout, now: Callable[[], str], token: Callable[[int], str], calls: OsCalls
) -> StoreIdentity:
    store_id = token(16)
    document = {"schema": STORE_SCHEMA, "store_id": store_id, "created_at_utc": now()}
    try:
        put_once(layout.data / STORE_FILE, canonical_bytes(document), calls)
    except Conflict:
        winner = _read(layout, calls)
        if winner is not None:
            return winner
    return StoreIdentity(store_id, StoreState("ok"))


def _probe(layout: StoreLayout, token: Callable[[int], str], calls: OsCalls) -> StoreState:
    """Write and remove one small file: the only honest answer to "can I write here?"."""
    probe = layout.data / f".{STORE_FILE}.{os.getpid()}.{token(12)}.tmp"
    try:
        descriptor = calls.open(probe, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            calls.write(descriptor, b"probe")
        finally:
            os.close(descriptor)
            calls.unlink(probe)
    except OSError as error:
        return _state_of(error.errno, error.strerror or str(error), layout)
    return StoreState("ok")


def _viewing(error: StorageFailed, layout: StoreLayout) -> StoreState:
    cause = error.__cause__
    number = cause.errno if isinstance(cause, OSError) else None
    reason = (cause.strerror or "") if isinstance(cause, OSError) else error.sentence
    return _state_of(number, reason, layout)


def _state_of(number: int | None, reason: str, layout: StoreLayout) -> StoreState:
    if number in (errno.ENOSPC, errno.EDQUOT):
        return StoreState(
            "full",
            f"The disk of {layout.data} is full: the log is opened for viewing and nothing can "
            "be recorded. Free some space and start again.",
        )
    return StoreState(
        "read_only",
        f"{layout.data} cannot be written ({reason}): the log is opened for viewing and nothing "
        "can be recorded. Check the rights of the folder, or choose another data directory.",
    )


def _damaged(layout: StoreLayout, reason: str) -> StoreState:
    return StoreState(
        "damaged",
        f"{STORE_FILE} in {layout.data} cannot be used ({reason.rstrip('.')}): the log is opened "
        "for viewing. Restore that file from a backup to record again.",
    )
