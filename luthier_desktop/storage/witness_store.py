"""The checkpoints that others gave us, and our own that came back: evidence, each written once.

Each log has a folder ``witness/{store id in lower case}-{epoch}-{8 hex}``, the hex being the
beginning of its origin's SHA-256. The origin was checked in full before (letters, digits, ``-``
and ``_``), the hash keeps apart what differs in letter case alone, and no such name means
anything to a file system. In it lie

- ``{size}.note``, a checkpoint; another one of as many events is ``{size}-{8 hex of root}.note``,
- ``{size}-{index}-{8 hex}.json``, the whole witness that a shared design came with,
- ``1.pub``, the key as it was first seen; ``2.pub`` and on, keys that a signed change led to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from luthier_desktop.domain.errors import Conflict, InputRefused
from luthier_desktop.domain.verification import LogFinding
from luthier_desktop.storage.atomic import put_once, read_file, storage_failure
from luthier_desktop.storage.canonical import sha256_hex
from luthier_desktop.storage.checkpoint import (
    Note,
    Origin,
    public_key_text,
    read_public_key,
)
from luthier_desktop.storage.findings import finding
from luthier_desktop.storage.key_rotation import Rotation
from luthier_desktop.storage.layout import StoreLayout
from luthier_desktop.storage.os_calls import OS, OsCalls
from luthier_desktop.storage.parsing import RECORD_LIMITS, parse_strict
from luthier_desktop.storage.witness import Witness, prove

WITNESS = "witness"
_NOTE = re.compile(r"([0-9]{9,16})(-[0-9a-f]{8})?\.note")
_MEMBER = re.compile(r"[0-9]{9,16}-[0-9]{9,16}-[0-9a-f]{8}\.json")
_KEY = re.compile(r"([1-9][0-9]{0,3})\.pub")
_TEMPORARY = re.compile(r"\..+\.tmp")
_CLOCK_TOLERANCE = timedelta(seconds=120)


class KeptNote(NamedTuple):
    """A checkpoint that is kept, with where it lies."""

    path: str
    note: Note


class WitnessStore:
    """Keeps witnesses of every log, and says what is wrong with what it kept."""

    def __init__(self, layout: StoreLayout, calls: OsCalls = OS) -> None:
        self._root = layout.data / WITNESS
        self._layout = layout
        self._calls = calls

    def keep(self, witness: Witness) -> tuple[LogFinding, ...]:
        """Keep *witness*; what it and earlier ones of its log say of each other is returned.

        A key that is neither the one first seen nor reached from it by signed changes is a
        finding, and such a witness is not kept.

        Raises:
            InputRefused: It proves nothing.
            StorageFailed: It is not known to be saved.
        """
        proven = prove(witness)
        if proven.verdict != "verified":
            raise InputRefused(f"Nothing was kept. {proven.sentence}")
        origin = witness.checkpoint.origin
        folder = self._root / folder_name(origin)
        if not self._trust(folder, witness):
            return (_key_changed(origin),)
        found = tuple(self._contradictions(folder, witness))
        self._put_note(folder, witness.note)
        data = witness.data()
        self._put(folder / f"{witness.name}-{sha256_hex(data)[:8]}.json", data)
        return found

    def look(self, witness: Witness) -> tuple[bool, tuple[LogFinding, ...]]:
        """Say whether the log of *witness* was seen before, and what `keep` would find.

        Nothing is kept.
        """
        folder = self._root / folder_name(witness.checkpoint.origin)
        keys = self._keys(folder)
        known = witness.public_key in keys
        if keys and not known and not _leads(keys, witness, self._rotations(folder)):
            return True, (_key_changed(witness.checkpoint.origin),)
        return bool(keys), tuple(self._contradictions(folder, witness))

    def keep_own(self, note: Note, public_key: bytes) -> None:
        """Keep a checkpoint of this store's own log that came back alone.

        Raises:
            InputRefused: It is not signed by *public_key*, the log's own key.
            StorageFailed: It is not known to be saved.
        """
        if not note.is_signed_by(public_key):
            raise InputRefused("Nothing was kept: the checkpoint is not signed by the log's key.")
        folder = self._root / folder_name(note.checkpoint.origin)
        keys = self._keys(folder)
        if public_key not in keys:
            self._put_key(folder, len(keys) + 1, public_key)
        self._put_note(folder, note)

    def notes_of(self, store_id: str) -> list[KeptNote]:
        """List the good checkpoints of the log of one store, the smallest first."""
        found = []
        for path in self._paths():
            note = self._note(path) if _NOTE.fullmatch(path.name) else None
            if note is not None and note.checkpoint.origin.store_id == store_id:
                found.append(KeptNote(self._layout.logical(path), note))
        return sorted(found, key=lambda kept: kept.note.checkpoint.size)

    def faults(self) -> Iterator[LogFinding]:
        """Say what of the things kept is not as it was kept."""
        for path in self._paths():
            fault = self._fault(path)
            if fault:
                told = self._layout.logical(path)
                yield finding("witness_bad", f"{told} is no good: {fault}.", path=told)

    def _fault(self, path: Path) -> str:
        if _TEMPORARY.fullmatch(path.name):
            return ""
        if _NOTE.fullmatch(path.name):
            note = self._note(path)
            return self._note_fault(path, note) if note else "it is no checkpoint"
        if _MEMBER.fullmatch(path.name):
            return self._member_fault(path)
        if _KEY.fullmatch(path.name):
            return "" if self._key(path) else "it is no key"
        return "the program did not put it there"

    def _note_fault(self, path: Path, note: Note) -> str:
        checkpoint = note.checkpoint
        if path.parent.name != folder_name(checkpoint.origin):
            return "it is of another log than its folder"
        if path.name not in (_note_name(note), _fork_name(note)):
            return "it is named for another size or root than it tells"
        if not any(note.is_signed_by(key) for key in self._keys(path.parent)):
            return "it is not signed by a key of its log"
        return ""

    def _member_fault(self, path: Path) -> str:
        try:
            data = read_file(path, self._calls)
            witness = _witness(data, path.name)
        except OSError as error:
            return f"it cannot be read ({error.strerror or error})"
        except InputRefused as error:
            return error.sentence.rstrip(".")
        if path.name != f"{witness.name}-{sha256_hex(data)[:8]}.json":
            return "its bytes are not those that were kept"
        return "" if prove(witness).verdict == "verified" else "it proves nothing"

    def _trust(self, folder: Path, witness: Witness) -> bool:
        """Trust the first key of a log, and those that signed changes lead to."""
        keys = self._keys(folder)
        if witness.public_key in keys:
            return True
        if keys and not _leads(keys, witness, self._rotations(folder)):
            return False
        self._put_key(folder, len(keys) + 1, witness.public_key)
        return True

    def _rotations(self, folder: Path) -> list[bytes]:
        """List the changes of key that came with what is kept of a log."""
        members = (self._member(path) for path in self._entries(folder))
        return [event for member in members if member for event in member.rotations]

    def _contradictions(self, folder: Path, witness: Witness) -> Iterator[LogFinding]:
        checkpoint = witness.checkpoint
        for path in self._entries(folder):
            note = self._note(path) if _NOTE.fullmatch(path.name) else None
            if note and _is_fork(note, witness.note):
                yield _forked(checkpoint.origin, _two_roots(checkpoint.size))
        for path in self._entries(folder):
            other = self._member(path)
            said = _disagreement(witness, other) if other else ""
            if said:
                yield _forked(checkpoint.origin, said)

    def _put_note(self, folder: Path, note: Note) -> None:
        try:
            self._put(folder / _note_name(note), note.data())
        except Conflict:
            self._put(folder / _fork_name(note), note.data())

    def _put_key(self, folder: Path, number: int, public_key: bytes) -> None:
        self._put(folder / f"{number}.pub", public_key_text(public_key).encode())

    def _put(self, path: Path, data: bytes) -> None:
        put_once(path, data, self._calls)

    def _keys(self, folder: Path) -> list[bytes]:
        paths = [path for path in self._entries(folder) if _KEY.fullmatch(path.name)]
        keys = (self._key(path) for path in paths)
        return [key for key in keys if key is not None]

    def _key(self, path: Path) -> bytes | None:
        try:
            text = read_file(path, self._calls).decode("ascii", "replace")
        except OSError:
            return None
        key = read_public_key(text)
        return key if key is not None and public_key_text(key) == text else None

    def _note(self, path: Path) -> Note | None:
        try:
            return Note.read(read_file(path, self._calls), path.name)
        except (OSError, InputRefused):
            return None

    def _member(self, path: Path) -> Witness | None:
        if not _MEMBER.fullmatch(path.name):
            return None
        try:
            return _witness(read_file(path, self._calls), path.name)
        except (OSError, InputRefused):
            return None

    def _paths(self) -> list[Path]:
        found = []
        for folder in self._entries(self._root):
            found += self._entries(folder) if folder.is_dir() else [folder]
        return found

    def _entries(self, folder: Path) -> list[Path]:
        try:
            names = [entry.name for entry in self._calls.scandir(folder)]
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise storage_failure(error, folder) from error
        return [folder / name for name in sorted(names)]


def folder_name(origin: Origin) -> str:
    """Return the folder of a log's witnesses, safe on every file system."""
    named = sha256_hex(str(origin).encode())[:8]
    return f"{origin.store_id.lower()}-{origin.epoch}-{named}"


def _note_name(note: Note) -> str:
    return f"{note.checkpoint.size:09d}.note"


def _fork_name(note: Note) -> str:
    return f"{note.checkpoint.size:09d}-{note.checkpoint.root.hex()[:8]}.note"


def _witness(data: bytes, what: str) -> Witness:
    witness = Witness.read(parse_strict(data, what), what)
    if witness.data() != data:
        raise InputRefused(f"{what} is not in the form in which it was kept.")
    return witness


def _leads(keys: list[bytes], witness: Witness, earlier: list[bytes]) -> bool:
    """Tell whether signed changes join one of *keys* and the key of *witness*, either way round.

    Both keys sign a change, so an older file is as good as a newer one.
    """
    changes = [_rotation(data) for data in (*witness.rotations, *earlier)]
    pairs = [
        {change.old_public_key, change.public_key}
        for change in changes
        if change and change.origin == witness.checkpoint.origin and change.is_signed()
    ]
    reached = set(keys)
    for _ in pairs:
        for pair in pairs:
            if pair & reached:
                reached |= pair
    return witness.public_key in reached


def _rotation(data: bytes) -> Rotation | None:
    try:
        members = parse_strict(data, "a change of key", RECORD_LIMITS)
    except InputRefused:
        return None
    known = isinstance(members, dict) and isinstance(members.get("row"), dict)
    return Rotation.told_by(members) if known and "event" in members else None


def _is_fork(one: Note, other: Note) -> bool:
    same_size = one.checkpoint.size == other.checkpoint.size
    return same_size and one.checkpoint.root != other.checkpoint.root


def _disagreement(one: Witness, other: Witness) -> str:
    """Say why two witnesses of one log cannot both be true; nothing when they can."""
    if one.index == other.index and one.event != other.event:
        return f"its event {one.index + 1:,} was another one before"
    low, high = sorted((one, other), key=lambda witness: witness.index)
    if low.checkpoint.size <= high.index and _is_later(low, high):
        return (
            f"a log of {low.checkpoint.size:,} events was signed after its event "
            f"{high.index + 1:,} had been seen"
        )
    return ""


def _is_later(one: Witness, other: Witness) -> bool:
    try:
        first, second = (
            datetime.fromisoformat(str((witness.members() or {}).get("at_utc")))
            for witness in (other, one)
        )
        return second - first > _CLOCK_TOLERANCE
    except (ValueError, TypeError):
        return False


def _two_roots(size: int) -> str:
    return f"of its first {size:,} events two different checkpoints are signed"


def _forked(origin: Origin, why: str) -> LogFinding:
    return finding("witness_forked", f"The log {origin} was rolled back or forked: {why}.")


def _key_changed(origin: Origin) -> LogFinding:
    return finding(
        "witness_key_changed",
        f"The log {origin} is signed by another key than when it was first seen here, and no "
        "change of key leads from one to the other.",
    )
