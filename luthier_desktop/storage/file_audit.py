"""The files' part of a verification: is each one that an event names there, with its bytes?

Of each file two numbers are kept, for there may be millions.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.verification import LogFinding
from luthier_desktop.storage.canonical import canonical_bytes
from luthier_desktop.storage.findings import finding
from luthier_desktop.storage.layout import RUNS, SNAPSHOTS, STORE_FILE
from luthier_desktop.storage.os_calls import OsCalls
from luthier_desktop.storage.parsing import RECORD_LIMITS, parse_strict
from luthier_desktop.storage.run_store import read_run
from luthier_desktop.storage.store_file import was_migrated_from
from luthier_desktop.storage.survey import Ground

_TO_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_MAY_BE_GONE = frozenset({"run_missing", "document_missing"})
_PART_BYTES = 1 << 20
_SEQ_BITS = 40
_SEQ_MASK = (1 << _SEQ_BITS) - 1
_HASH_MASK = (1 << 64) - 1


class FileAudit:
    """Reads the files that a verification comes by; knows afterwards which are vouched for."""

    def __init__(self, ground: Ground, reads: Callable[[int], bool], *, deep: bool) -> None:
        """Look at every file, and read those of the events for whose number *reads* says so."""
        self._ground = ground
        self._reads = reads
        self._deep = deep
        # The hash of a path tells the hash of what it should hold and the first event's number.
        self._known: dict[int, int] = {}
        self._findings: list[LogFinding] = []

    def __contains__(self, path: object) -> bool:
        """Tell whether an event names the file *path*."""
        return hash(path) in self._known

    def first_seq(self, path: str) -> int:
        """Return the number of the first event that names *path*; 0 when none does."""
        return self._known.get(hash(path), 0) & _SEQ_MASK

    def know(self, file: Mapping[str, Any], seq: int) -> bool:
        """Take note of a member of an event's ``files``; tell whether it is new."""
        path, content = file["path"], hash(file["sha256"]) & _HASH_MASK
        known = self._known.setdefault(hash(path), content << _SEQ_BITS | seq)
        if known >> _SEQ_BITS != content and path != STORE_FILE:  # a migration changes it
            message = f"Events {known & _SEQ_MASK} and {seq} tell different bytes for {path}."
            self._find("event_double_differs", message, path, seq)
        return known & _SEQ_MASK == seq

    def check(self, file: Mapping[str, Any], seq: int) -> None:
        """Take note of a member of an event's ``files`` and look at the file when it is new."""
        if self.know(file, seq) or file["path"] == STORE_FILE:
            self._check(file, seq)

    def findings(self, explained: Callable[[str], bool] | None = None) -> list[LogFinding]:
        """Return what was found; a file whose absence is *explained* is not missing."""
        return [
            found
            for found in self._findings
            if not (explained and found.code in _MAY_BE_GONE and explained(found.path or ""))
        ]

    def _check(self, file: Mapping[str, Any], seq: int) -> None:
        path = file["path"]
        try:
            fault = self._fault(file, seq)
        except InputRefused as error:
            self._find("event_damaged", f"Event {seq}: {error.sentence}", None, seq)
        except (FileNotFoundError, NotADirectoryError):
            message = f"{path} is missing; event {seq} tells of it."
            kind = "store_damaged" if path == STORE_FILE else f"{kind_of(path)}_missing"
            self._find(kind, message, path, seq)
        except OSError as error:
            message = f"{path} cannot be read ({error.strerror or error})."
            self._find("unreadable", message, path, seq)
        else:
            if fault:
                message = f"{path} is damaged: {fault}."
                self._find(f"{kind_of(path)}_damaged", message, path, seq)

    def _fault(self, file: Mapping[str, Any], seq: int) -> str:
        real = self._ground.layout.real(file["path"])
        calls = self._ground.calls
        if was_migrated_from(self._ground.layout, file["path"], file["sha256"], calls):
            return ""
        if not self._reads(seq):
            return _size_fault(calls.stat(real), file["bytes"], seq)
        is_record = not file["path"].startswith("quarantine/")
        if is_record and file["bytes"] > RECORD_LIMITS.size_bytes:
            most = RECORD_LIMITS.size_bytes
            return (
                f"event {seq} tells of {file['bytes']:,} bytes; no record has more than {most:,}"
            )
        keeps = self._deep and is_record
        try:
            sha256, size_bytes, data = digest_of(real, file["bytes"], calls, keeps=keeps)
        except OSError as error:
            return _size_fault(calls.stat(real), file["bytes"], seq) or _raised(error)
        if size_bytes != file["bytes"]:
            return _size_fault(calls.stat(real), file["bytes"], seq) or "its size has just changed"
        if sha256 != file["sha256"]:
            return "its bytes are not those that the ledger recorded"
        return _form_fault(file["path"], data) if keeps else ""

    def _find(self, code: str, message: str, path: str | None, seq: int) -> None:
        self._findings.append(finding(code, message, path=path, seq=seq))


def kind_of(path: str) -> str:
    """Return what a logical path is of: "run", "snapshot", "store" or "document"."""
    if path == STORE_FILE:
        return "store"
    folders = {"run": RUNS, "snapshot": SNAPSHOTS}
    return next((kind for kind, at in folders.items() if path.startswith(at + "/")), "document")


def digest_of(
    path: Path, size_bytes: int, calls: OsCalls, *, keeps: bool
) -> tuple[str, int, bytes]:
    """Return hash, size and, if it *keeps* them, the bytes of a file that should have a size.

    One byte more is tried for: a file that has grown is not read whole.
    """
    digest, left, kept = hashlib.sha256(), max(size_bytes + 1, 1), []
    descriptor = calls.open(path, _TO_READ)
    try:
        while left and (part := calls.read(descriptor, min(left, _PART_BYTES))):
            left -= len(part)
            digest.update(part)
            if keeps:
                kept.append(part)
    finally:
        os.close(descriptor)
    return digest.hexdigest(), max(size_bytes + 1, 1) - left, b"".join(kept)


def _size_fault(found: os.stat_result, size_bytes: int, seq: int) -> str:
    if not stat.S_ISREG(found.st_mode):
        return "it is no regular file"
    if found.st_size != size_bytes:
        return f"it has {found.st_size:,} bytes, event {seq} recorded {size_bytes:,}"
    return ""


def _raised(error: OSError) -> NoReturn:
    raise error


def _run_id(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".json")


def _form_fault(path: str, data: bytes) -> str:
    """Say what is wrong with the form of a file whose bytes are those that were recorded."""
    try:
        value = parse_strict(data, path, RECORD_LIMITS)
        if canonical_bytes(value) != data:
            return "its bytes are not in canonical form"
    except InputRefused as error:
        return error.sentence.rstrip(".")
    return read_run(data, _run_id(path))[1] if kind_of(path) == "run" else ""
