"""The ledger: numbered events, each written once and holding the hash of the one before."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from luthier_desktop.domain.errors import Conflict, InputRefused, StorageFailed
from luthier_desktop.storage.atomic import (
    put_once,
    read_failure,
    read_file,
    storage_failure,
    sync_directory,
)
from luthier_desktop.storage.canonical import (
    canonical_bytes,
    canonical_value,
    sha256_hex,
    storable_bytes,
)
from luthier_desktop.storage.layout import EVENTS_A_DIRECTORY, StoreLayout
from luthier_desktop.storage.merkle import leaf_hash
from luthier_desktop.storage.os_calls import OS, OsCalls
from luthier_desktop.storage.parsing import RECORD_LIMITS, parse_strict

EVENT_SCHEMA = "luthier.event/1"
FIRST_PREV = "0" * 64
CONTRADICTED = ""
"""Stands for the hash of a file of which two events tell different bytes."""
EVENT_MEMBERS = frozenset(
    {
        *("schema", "seq", "prev", "at_utc", "event", "run_id", "files", "row"),
        *("operator_id", "auth", "session"),
    }
)
_MOST_CONFLICTS = 10_000
_DIRECTORY_NAME = re.compile(r"[0-9]{6}")
_EVENT_NAME = re.compile(r"([0-9]{9})\.json")


@dataclass(frozen=True)
class StoredFile:
    """A file that an event vouches for."""

    path: str
    sha256: str
    size_bytes: int

    @classmethod
    def of(cls, path: str, data: bytes) -> StoredFile:
        """Vouch for *data* under the logical *path*."""
        return cls(path, sha256_hex(data), len(data))

    def plain(self) -> dict[str, Any]:
        """Return the member of an event's ``files``."""
        return {"path": self.path, "sha256": self.sha256, "bytes": self.size_bytes}


@dataclass(frozen=True)
class Stamp:
    """When an event happens, who acts and in which session."""

    at_utc: str
    operator_id: str
    auth: str
    session: str


@dataclass(frozen=True)
class NewEvent:
    """What happened, before it has its number and its place in the chain."""

    event: str
    run_id: str | None = None
    files: tuple[StoredFile, ...] = ()
    row: dict[str, Any] | None = None

    def numbered(self, stamp: Stamp, seq: int, prev: str) -> dict[str, Any]:
        """Return the event's members with number *seq*, chained to *prev*."""
        return {
            "schema": EVENT_SCHEMA,
            "seq": seq,
            "prev": prev,
            "at_utc": stamp.at_utc,
            "event": self.event,
            "run_id": self.run_id,
            "files": [file.plain() for file in self.files],
            "row": self.row,
            "operator_id": stamp.operator_id,
            "auth": stamp.auth,
            "session": stamp.session,
        }


@dataclass(frozen=True)
class ReadEvent:
    """An event as it was found: its bytes' hashes, and its members unless it is damaged.

    ``leaf`` is its hash as a leaf of the tree that checkpoints are made of; ``proven`` tells that
    its bytes were found to be in canonical form.
    """

    seq: int
    sha256: str
    members: dict[str, Any] | None
    fault: str = ""
    leaf: bytes = b""
    proven: bool = False

    def canonical_sha256(self) -> str:
        """Return the hash that the event's bytes have when they are in canonical form."""
        if self.proven:
            return self.sha256
        return sha256_hex(canonical_bytes(self.members))


class Ledger:
    """Appends events and reads them; remembers the last number and hash."""

    def __init__(self, layout: StoreLayout, calls: OsCalls = OS) -> None:
        self._layout = layout
        self._calls = calls
        self._last_seq: int | None = None
        self._last_sha256 = FIRST_PREV
        self._folder = (0, layout.event_path(0).parent)

    def another(self) -> Ledger:
        """Return one of its own over the same files, for another thread."""
        return Ledger(self._layout, self._calls)

    def last_seq(self) -> int:
        """Return the highest number, including what others have appended since."""
        if self._last_seq is None:
            self._find_last()
        self._follow()
        return self._last_seq or 0

    def last_sha256(self) -> str:
        """Return the hash of the last event; 64 zeros while there is none."""
        self.last_seq()
        return self._last_sha256

    def append(self, new: NewEvent, stamp: Stamp, after: Sequence[Path] = ()) -> int:
        """Write *new* under the next free number and return that number.

        The names in the directories *after* are made durable before the event is visible.

        Raises:
            StorageFailed: The event is not known to be saved.
        """
        for _ in range(_MOST_CONFLICTS):
            seq = self._last_to_append_to() + 1
            data = storable_bytes(new.numbered(stamp, seq, self._last_sha256))
            path = self._layout.event_path(seq)
            if seq > 1 and seq % EVENTS_A_DIRECTORY == 0:
                self._sync(self._layout.event_path(seq - 1).parent)
            try:
                put_once(path, data, self._calls, after=after)
            except Conflict:
                continue
            self._last_seq, self._last_sha256 = seq, sha256_hex(data)
            return seq
        raise StorageFailed("Nothing was saved: other programs took every number of the ledger.")

    def _last_to_append_to(self) -> int:
        try:
            return self.last_seq()
        except StorageFailed as error:
            raise StorageFailed(f"This was not saved: {error.sentence}") from error

    def settle(self, last: int) -> None:
        """Make the events up to *last* durable, those that others are just writing as well.

        Raises:
            StorageFailed: The disk refused.
        """
        if last:
            self._sync(self._layout.event_path(last).parent)

    def read(self, seq: int) -> ReadEvent | None:
        """Read event *seq*; None when there is none, with a fault when it is damaged."""
        data = self.bytes_of(seq)
        if data is None:
            return None
        sha256, leaf = sha256_hex(data), leaf_hash(data)
        try:
            members, proven = _parsed(data, seq)
        except InputRefused as error:
            return ReadEvent(seq, sha256, None, error.sentence, leaf)
        fault = event_fault(members, seq)
        return ReadEvent(seq, sha256, None if fault else members, fault, leaf, proven)

    def events(self, first: int = 1, last: int | None = None) -> Iterator[ReadEvent | None]:
        """Read the events from *first* to *last*; None stands for a missing one."""
        final = self.last_seq() if last is None else last
        for seq in range(first, final + 1):
            yield self.read(seq)

    def numbers(self, directory: Path) -> list[int]:
        """List the event numbers that stand in one directory of the ledger."""
        found = (_EVENT_NAME.fullmatch(entry.name) for entry in self._entries(directory))
        return sorted(int(match.group(1)) for match in found if match)

    def directories(self) -> list[Path]:
        """List the ledger's directories in the order of their events."""
        names = (entry.name for entry in self._entries(self._layout.ledger))
        return [
            self._layout.ledger / name for name in sorted(names) if _DIRECTORY_NAME.fullmatch(name)
        ]

    def _find_last(self) -> None:
        numbers: list[int] = []
        for directory in reversed(self.directories()):
            numbers = self.numbers(directory)
            if numbers:
                break
        last = numbers[-1] if numbers else 0
        data = self.bytes_of(last) if last else None
        self._last_seq = last
        self._last_sha256 = FIRST_PREV if data is None else sha256_hex(data)

    def _follow(self) -> None:
        """Go on to the last event when another program has appended meanwhile."""
        while (data := self.bytes_of((self._last_seq or 0) + 1)) is not None:
            self._last_seq = (self._last_seq or 0) + 1
            self._last_sha256 = sha256_hex(data)

    def bytes_of(self, seq: int) -> bytes | None:
        """Return the bytes of event *seq* as they stand there; None when there is none."""
        number = seq // EVENTS_A_DIRECTORY
        if number != self._folder[0]:
            self._folder = (number, self._layout.event_path(seq).parent)
        try:
            return read_file(
                self._folder[1] / f"{seq:09d}.json", self._calls, RECORD_LIMITS.size_bytes
            )
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise read_failure(error, self._layout.event_path(seq)) from error

    def _entries(self, directory: Path) -> list[Any]:
        try:
            return list(self._calls.scandir(directory))
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise read_failure(error, directory) from error

    def _sync(self, directory: Path) -> None:
        try:
            sync_directory(directory, self._calls)
        except OSError as error:
            raise storage_failure(error, directory) from error


def _parsed(data: bytes, seq: int) -> tuple[Any, bool]:
    """Return the value in *data*, and whether it was found to be in canonical form."""
    if data.count(b"[") + data.count(b"{") <= RECORD_LIMITS.depth:
        with contextlib.suppress(ValueError):
            return canonical_value(data), True
    return parse_strict(data, f"event {seq}", RECORD_LIMITS), False


def event_fault(members: Any, seq: int) -> str:
    """Say what is wrong with the members of event *seq*; empty when nothing is."""
    if not isinstance(members, dict):
        return "it is no object"
    if not set(members) >= EVENT_MEMBERS:
        return f"its members are not those of {EVENT_SCHEMA}"
    if members["schema"] != EVENT_SCHEMA or members["seq"] != seq:
        return "its schema or its number is not the one of its file name"
    texts = ("prev", "at_utc", "event", "operator_id", "auth", "session")
    if not all(isinstance(members[name], str) for name in texts):
        return "a member that must be text is not"
    if not isinstance(members["run_id"], str | None):
        return "its run_id is neither text nor null"
    if not isinstance(members["row"], dict | None):
        return "its row is neither an object nor null"
    return _files_fault(members["files"])


def _files_fault(files: Any) -> str:
    if not isinstance(files, list):
        return "its files are no list"
    for file in files:
        if not isinstance(file, dict) or set(file) != {"path", "sha256", "bytes"}:
            return "an entry of its files is not complete"
        if not isinstance(file["path"], str) or not isinstance(file["sha256"], str):
            return "an entry of its files is not text where it must be"
        if not isinstance(file["bytes"], int):
            return "an entry of its files has no size"
    return ""
