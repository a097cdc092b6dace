"""Verification: is every recorded byte still there, in order, and nothing besides?

Writes nothing and never raises: what goes wrong is a finding.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from luthier_desktop.domain.errors import InputRefused, LuthierError
from luthier_desktop.domain.verification import LogFinding, VerifyReport
from luthier_desktop.storage.canonical import canonical_bytes
from luthier_desktop.storage.checkpoint_audit import CheckpointAudit
from luthier_desktop.storage.document_store import read_proven
from luthier_desktop.storage.findings import finding
from luthier_desktop.storage.index_audit import audit_index
from luthier_desktop.storage.layout import RUNS, SNAPSHOTS
from luthier_desktop.storage.ledger import FIRST_PREV, ReadEvent, StoredFile
from luthier_desktop.storage.parsing import RECORD_LIMITS, parse_strict
from luthier_desktop.storage.run_store import read_run
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.survey import survey

Level = Literal["quick", "full", "deep"] | int
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
SLICES = 30


class _Cancelled(Exception):
    """The user ended the verification."""


@dataclass
class _Ledger:
    """What the walk along the ledger collected."""

    events: int = 0
    files: dict[str, tuple[StoredFile, int]] = field(default_factory=dict)
    runs: dict[str, int] = field(default_factory=dict)


def verify(
    store: Store,
    level: Level = "full",
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> VerifyReport:
    """Verify the store: "quick" without the files' bytes, "full" with them, "deep" their form too.

    A number n from 0 to 29 verifies the files of one thirtieth of the events in full.
    *progress* is told how many of how many steps are done.
    """
    check = _Verification(store, level, progress, cancelled)
    failed = None
    try:
        check.run()
    except _Cancelled:
        failed = "The verification was cancelled; it says nothing about what it did not reach."
    except (LuthierError, OSError) as error:
        failed = f"The verification could not run to its end: {error}"
    return check.report(failed)


class _Verification:
    """One pass over the store."""

    def __init__(
        self,
        store: Store,
        level: Level,
        progress: Progress | None,
        cancelled: Cancelled | None,
    ) -> None:
        self._store = store
        self._level = level
        self._progress = progress
        self._cancelled = cancelled
        self._findings: list[LogFinding] = []
        self._ledger = _Ledger()
        self._checkpoint: dict[str, Any] | None = None
        self._done = 0
        self._steps = 0

    def run(self) -> None:
        audit = CheckpointAudit(self._store)
        last = self._store.ledger.last_seq()
        self._steps = 2 * last
        self._check_identity()
        self._walk_ledger(last, audit)
        self._findings += audit.findings(last)
        self._checkpoint = audit.newest
        self._steps = last + len(self._ledger.files)
        for file, seq in self._ledger.files.values():
            self._step()
            self._check_file(file, seq)
        self._note_later_events(last)
        self._findings += survey(self._store.ground, set(self._ledger.files))
        self._findings += audit_index(self._store, last, deep=self._level == "deep")

    def report(self, failed: str | None) -> VerifyReport:
        bad = any(found.severity != "info" for found in self._findings)
        level = self._level if isinstance(self._level, str) else f"slice {self._level}"
        return VerifyReport(
            ok=not bad and failed is None,
            level=level,
            events=self._ledger.events,
            runs=len(self._ledger.runs),
            findings=tuple(self._findings),
            checkpoint=self._checkpoint,
            failed=failed,
        )

    def _step(self) -> None:
        if self._cancelled is not None and self._cancelled():
            raise _Cancelled
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._steps)

    def _find(
        self, code: str, message: str, *, path: str | None = None, seq: int | None = None
    ) -> None:
        self._findings.append(finding(code, message, path=path, seq=seq))

    def _check_identity(self) -> None:
        if self._store.state.kind == "damaged":
            self._find("store_damaged", self._store.state.sentence, path="STORE.json")

    def _walk_ledger(self, last: int, audit: CheckpointAudit) -> None:
        prev: str | None = FIRST_PREV
        for seq in range(1, last + 1):
            self._step()
            path = self._store.layout.logical(self._store.layout.event_path(seq))
            event = self._read_event(seq, path)
            audit.step(event)
            if event is not None:
                self._ledger.events += 1
                self._check_event(event, path, prev)
            prev = None if event is None else event.sha256

    def _read_event(self, seq: int, path: str) -> ReadEvent | None:
        try:
            event = self._store.ledger.read(seq)
        except LuthierError as error:
            self._find("unreadable", f"Event {seq} cannot be read: {error}", path=path, seq=seq)
            return None
        if event is None:
            self._find("event_missing", f"Event {seq} is missing.", path=path, seq=seq)
        return event

    def _check_event(self, event: ReadEvent, path: str, prev: str | None) -> None:
        seq = event.seq
        if event.members is None:
            message = f"Event {seq} is damaged: {event.fault.rstrip('.')}."
            self._find("event_damaged", message, path=path, seq=seq)
            return
        if event.sha256 != event.canonical_sha256():
            message = f"Event {seq} is damaged: its bytes are not in canonical form."
            self._find("event_damaged", message, path=path, seq=seq)
        if prev is not None and event.members["prev"] != prev:
            message = f"Event {seq} does not follow from event {seq - 1}: one was changed."
            self._find("chain_broken", message, path=path, seq=seq)
        for file in event.members["files"]:
            self._note_file(StoredFile(file["path"], file["sha256"], file["bytes"]), seq)
        if event.members["run_id"] is not None and event.members["row"] is not None:
            self._note_run(event.members["run_id"], seq, path)

    def _note_file(self, file: StoredFile, seq: int) -> None:
        known, first = self._ledger.files.setdefault(file.path, (file, seq))
        if known.sha256 != file.sha256:
            message = f"Events {first} and {seq} tell different bytes for {file.path}."
            self._find("event_double_differs", message, path=file.path, seq=seq)

    def _note_run(self, run_id: str, seq: int, path: str) -> None:
        first = self._ledger.runs.setdefault(run_id, seq)
        if first != seq:
            message = f"Events {first} and {seq} both tell of run {run_id}."
            self._find("event_double", message, path=path, seq=seq)

    def _note_later_events(self, last: int) -> None:
        """Know the files of events that were written since, so that none passes for an orphan."""
        for event in self._store.ledger.events(last + 1):
            for file in event.members["files"] if event and event.members else ():
                stored = StoredFile(file["path"], file["sha256"], file["bytes"])
                self._ledger.files.setdefault(stored.path, (stored, event.seq if event else 0))

    def _check_file(self, file: StoredFile, seq: int) -> None:
        kind = _kind(file.path)
        try:
            real = self._store.layout.real(file.path)
        except InputRefused as error:
            self._find("event_damaged", f"Event {seq}: {error.sentence}", seq=seq)
            return
        try:
            size_bytes = self._store.calls.stat(real).st_size
        except FileNotFoundError:
            message = f"{file.path} is missing; event {seq} tells of it."
            self._find(f"{kind}_missing", message, path=file.path, seq=seq)
            return
        except OSError as error:
            message = f"{file.path} cannot be read ({error.strerror or error})."
            self._find("unreadable", message, path=file.path, seq=seq)
            return
        fault = self._bytes_fault(file, seq, size_bytes)
        if fault:
            message = f"{file.path} is damaged: {fault}."
            self._find(f"{kind}_damaged", message, path=file.path, seq=seq)

    def _bytes_fault(self, file: StoredFile, seq: int, size_bytes: int) -> str:
        if size_bytes != file.size_bytes:
            return f"it has {size_bytes:,} bytes, event {seq} recorded {file.size_bytes:,}"
        if self._level == "quick" or (
            isinstance(self._level, int) and seq % SLICES != self._level
        ):
            return ""
        data, reason = read_proven(self._store.layout, file, self._store.calls)
        if reason or self._level != "deep":
            return reason
        return _form_fault(file.path, data)


def _kind(path: str) -> str:
    folders = {"run": RUNS, "snapshot": SNAPSHOTS}
    return next((kind for kind, at in folders.items() if path.startswith(at + "/")), "document")


def _form_fault(path: str, data: bytes) -> str:
    """Say what is wrong with the form of a file whose bytes are those that were recorded."""
    try:
        value = parse_strict(data, path, RECORD_LIMITS)
        if canonical_bytes(value) != data:
            return "its bytes are not in canonical form"
    except InputRefused as error:
        return error.sentence.rstrip(".")
    if _kind(path) == "run":
        return read_run(data, path.rpartition("/")[2].removesuffix(".json"))[1]
    return ""
