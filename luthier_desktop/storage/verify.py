"""Verification: is every recorded byte still there, in order, and nothing besides?

Writes nothing and never raises: what goes wrong is a finding.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.verification import LogFinding, VerifyReport
from luthier_desktop.storage.against import NOTHING_OUTSIDE, Outside
from luthier_desktop.storage.checkpoint_audit import CheckpointAudit
from luthier_desktop.storage.file_audit import FileAudit
from luthier_desktop.storage.findings import finding
from luthier_desktop.storage.index_audit import audit_index
from luthier_desktop.storage.ledger import FIRST_PREV, ReadEvent
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.survey import survey
from luthier_desktop.storage.withdrawal import Withdrawals

Level = Literal["quick", "full", "deep"] | int
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
SLICES = 30


class _Cancelled(Exception):
    """The user ended the verification."""


def verify(
    store: Store,
    level: Level = "full",
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    outside: Outside = NOTHING_OUTSIDE,
) -> VerifyReport:
    """Verify the store: "quick" without the files' bytes, "full" with them, "deep" their form too.

    A number n from 0 to 29 verifies the files of one thirtieth of the events in full.
    *progress* is told how many of how many steps are done; *outside* is compared besides.
    """
    check = _Verification(store, level, progress, cancelled)
    check.outside = outside
    failed = None
    try:
        check.run()
        failed = check.unjudged()
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
        self._files = FileAudit(store.ground, self._reads, deep=level == "deep")
        self._withdrawals = Withdrawals(store.ground)
        self._events = 0
        self._runs = 0
        self._unknown = 0
        self._without_file: dict[str, int] = {}
        self.outside = NOTHING_OUTSIDE
        self._checkpoint: dict[str, Any] | None = None
        self._last_witness: dict[str, Any] | None = None
        self._done = 0
        self._steps = 0

    def run(self) -> None:
        audit = CheckpointAudit(self._store, self.outside.presented)
        copy = self.outside.copy
        last = self._store.ledger.last_seq()
        self._steps = last + (copy.events if copy else 0)
        self._check_identity()
        try:
            self._walk_ledger(last, audit)
            self._know_later_events(last)
        finally:
            self._findings += self._files.findings(self._withdrawals.explains)
        if self._unknown:  # what these events tell of would look like strangers' work
            return
        self._findings += self._withdrawals.findings()
        self._findings += audit.findings(last)
        self._checkpoint, self._last_witness = audit.newest, audit.last_witness
        for found in copy.compare() if copy else ():
            if found is None:
                self._step()
            else:
                self._findings.append(found)
        self._findings += survey(self._store.ground, self._files)
        self._findings += audit_index(self._store, last, deep=self._level == "deep")

    def report(self, failed: str | None) -> VerifyReport:
        bad = any(found.severity != "info" for found in self._findings)
        level = self._level if isinstance(self._level, str) else f"slice {self._level or SLICES}"
        return VerifyReport(
            ok=not bad and failed is None,
            level=level,
            events=self._events,
            runs=self._runs,
            findings=tuple(self._findings),
            checkpoint=self._checkpoint,
            last_witness=self._last_witness,
            failed=failed,
        )

    def unjudged(self) -> str | None:
        """Say that a newer version is needed to judge the log; None when this one can."""
        if not self._unknown:
            return None
        events = "1 event is" if self._unknown == 1 else f"{self._unknown:,} events are"
        return (
            f"{events} of a form that this version does not know, so it cannot judge the log. "
            f"{self._store.state.sentence}"
        )

    def _step(self) -> None:
        if self._cancelled is not None and self._cancelled():
            raise _Cancelled
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._steps)

    def _reads(self, seq: int) -> bool:
        """Tell whether the files of event *seq* are read, and not only looked at."""
        if isinstance(self._level, int):
            return seq % SLICES == self._level
        return self._level != "quick"

    def _find(self, code: str, message: str, seq: int) -> None:
        path = self._store.layout.logical(self._store.layout.event_path(seq))
        self._findings.append(finding(code, message, path=path, seq=seq))

    def _check_identity(self) -> None:
        if self._store.state.kind == "damaged":
            found = finding("store_damaged", self._store.state.sentence, path="STORE.json")
            self._findings.append(found)

    def _walk_ledger(self, last: int, audit: CheckpointAudit) -> None:
        prev: str | None = FIRST_PREV
        for seq in range(1, last + 1):
            event = self._read_event(seq)
            audit.step(event)
            if event is not None:
                self._events += 1
                self._check_event(event, prev)
            prev = None if event is None else event.sha256
            self._step()

    def _read_event(self, seq: int) -> ReadEvent | None:
        try:
            event = self._store.ledger.read(seq)
        except LuthierError as error:
            self._find("unreadable", f"Event {seq} cannot be read: {error}", seq)
            return None
        if event is None:
            self._find("event_missing", f"Event {seq} is missing.", seq)
        return event

    def _check_event(self, event: ReadEvent, prev: str | None) -> None:
        seq = event.seq
        if event.members is None and event.proven and self._store.state.kind == "newer_format":
            self._unknown += 1
            return
        if event.members is None:
            message = f"Event {seq} is damaged: {event.fault.rstrip('.')}."
            self._find("event_damaged", message, seq)
            return
        if event.sha256 != event.canonical_sha256():
            message = f"Event {seq} is damaged: its bytes are not in canonical form."
            self._find("event_damaged", message, seq)
        if prev is not None and event.members["prev"] != prev:
            message = f"Event {seq} does not follow from event {seq - 1}: one was changed."
            self._find("chain_broken", message, seq)
        if not self._withdrawals.note(event):
            self._note_run(event.members, seq)
        for file in event.members["files"]:
            self._files.check(file, seq)

    def _note_run(self, members: dict[str, Any], seq: int) -> None:
        if members["run_id"] is None or members["row"] is None:
            return
        first = self._first_of(members["run_id"], members["files"], seq)
        self._runs += first == seq
        if first != seq:
            message = f"Events {first} and {seq} both tell of run {members['run_id']}."
            self._find("event_double", message, seq)

    def _first_of(self, run_id: str, files: list[dict[str, Any]], seq: int) -> int:
        """Return the number of the first event that tells of a run."""
        for file in files:
            if file["path"].endswith(f"/{run_id}.json"):
                return self._files.first_seq(file["path"]) or seq
        return self._without_file.setdefault(run_id, seq)

    def _know_later_events(self, last: int) -> None:
        """Know the files of events that were written since, so that none passes for an orphan."""
        for event in self._store.ledger.events(last + 1):
            if event is not None:
                self._withdrawals.note(event)
            for file in event.members["files"] if event and event.members else ():
                self._files.know(file, event.seq if event else 0)
