"""The record of exports: what was asked for, what was written, or why nothing was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

from luthier_desktop.domain.base import Value
from luthier_desktop.domain.errors import Conflict, InputRefused, LuthierError, NotAllowed
from luthier_desktop.domain.gate import GateVerdict
from luthier_desktop.domain.run import RunEntry, RunQuery
from luthier_desktop.services.designs import design_sha256
from luthier_desktop.services.export_drawing import Draft
from luthier_desktop.services.export_kinds import KindRow
from luthier_desktop.services.picture_source import Subject
from luthier_desktop.services.recorder import Recorder
from luthier_desktop.services.recording import Deed, tool_of, without_report
from luthier_desktop.services.requests import Request, reduced_sha256
from luthier_desktop.storage.run_row import EXPORT_EVENTS, RunRow
from luthier_desktop.storage.store import Store

MOST_EXPORTS = 100
_REFUSED = (Conflict, InputRefused, NotAllowed)


class Asked(NamedTuple):
    """What is to be exported; ``gate`` says whether it may be cut, where that counts."""

    row: KindRow
    subject: Subject
    options: Value
    request: Request
    gate: GateVerdict | None = None

    def at_gate(self, verdict: GateVerdict) -> Asked:
        """Return the same with what the gate says."""
        return self._replace(gate=verdict)

    def draft(self, gate: Callable[[Request], GateVerdict], suffix: str) -> Draft:
        """Return what the file is made of; what the gate has said already holds."""
        said = self.gate
        return Draft(self.subject, self.request, gate if said is None else lambda _: said, suffix)

    def plain(self) -> dict[str, Any]:
        """Return the members of the run's request besides those that are judged."""
        return {
            "export": self.row.kind,
            "options": self.options.stored(),
            "snapshot_id": self.subject.snapshot_id,
        }

    def details(self) -> dict[str, Any]:
        """Return what the run tells of the decision."""
        told: dict[str, Any] = {"verdict": self.subject.notes.risk}
        if self.gate is not None:
            told["gate"] = {**self.gate.plain(), "request_sha256": self.request.sha256()}
        return told

    def parents(self) -> tuple[str, ...]:
        """Name the runs that this rests on: the snapshot's, and decisions that lifted a check."""
        lifted = self.gate.lifted if self.gate is not None else ()
        decided = [check.lifted_by.run_id for check in lifted if check.lifted_by is not None]
        own = [self.subject.run_id] if self.subject.run_id is not None else []
        return tuple(dict.fromkeys([*own, *decided]))


class Output(NamedTuple):
    """The file that was written."""

    kind: str
    name: str
    sha256: str
    size_bytes: int

    def plain(self) -> dict[str, Any]:
        """Return it as the run keeps it."""
        return {
            "kind": self.kind,
            "name": self.name,
            "sha256": self.sha256,
            "bytes": self.size_bytes,
        }


class Exported(NamedTuple):
    """A file that was made of a snapshot; ``options`` are None where its run is damaged."""

    run_id: str
    ledger_number: int
    created_at_utc: str
    kind: str
    name: str
    sha256: str
    size_bytes: int
    options: dict[str, Any] | None
    damaged: bool

    def plain(self) -> dict[str, Any]:
        """Return it as a command tells it."""
        told = self._asdict()
        return {("bytes" if name == "size_bytes" else name): told[name] for name in told}


class ExportLog:
    """Records each export as one run, and finds those of a snapshot."""

    def __init__(self, store: Callable[[], Store], recorder: Recorder) -> None:
        self._store = store
        self._recorder = recorder

    def of_snapshot(self, snapshot_id: str) -> tuple[Exported, ...]:
        """Return the files that were made of a snapshot, newest first, of many the newest."""
        store = self._store()
        query = RunQuery(event=EXPORT_EVENTS, status=("OK",), text=snapshot_id, limit=MOST_EXPORTS)
        store.catch_up()
        found = (_exported(store, entry) for entry in store.find(query).entries)
        return tuple(one for of, one in filter(None, found) if of == snapshot_id)

    def record(self, asked: Asked, output: Output) -> str:
        """Record a file that was written; return the id of the run.

        Raises:
            StorageFailed: It is not known to be saved.
        """
        return self._record("OK", asked, {asked.row.output: output.plain()}, None)

    def record_refusal(self, asked: Asked, error: Exception) -> None:
        """Record that nothing was written; where that fails too, the first reason is told."""
        status: Literal["BLOCKED", "ERROR"] = "BLOCKED" if isinstance(error, _REFUSED) else "ERROR"
        reason = f"The program failed: {type(error).__name__}."
        if isinstance(error, LuthierError):
            reason = error.sentence
        try:
            self._record(status, asked, {}, reason)
        except LuthierError:
            return

    def _record(
        self,
        status: Literal["OK", "BLOCKED", "ERROR"],
        asked: Asked,
        outputs: Mapping[str, Any],
        reason: str | None,
    ) -> str:
        request, told = asked.request, asked.plain()
        plain = {**request.plain(), **told}
        reduced = {**plain, "design": request.design.hashed_form()}
        deed = Deed(
            event_type="export.written",
            status=status,
            decision=without_report(asked.details()).model_copy(update={"block_reason": reason}),
            request=plain,
            request_sha256=reduced_sha256(reduced),
            summary={**request.summary(), **told, **outputs},
            design_sha256=design_sha256(request.design),
            tool_id=tool_of(request.setup),
            outputs=outputs,
            parent_run_ids=asked.parents(),
        )
        return self._recorder.record(deed)


def _exported(store: Store, entry: RunEntry) -> tuple[str, Exported] | None:
    """Return a file with the id of its snapshot, as the event tells it and its run proves."""
    event = store.ledger.read(entry.seq)
    if event is None or event.members is None:
        return None  # the log itself is damaged there, which verifying tells
    row = RunRow.read(event.members["row"], f"The row of event {entry.seq}").export
    if row is None:
        return None
    try:
        found = store.runs.get(entry.run_id).artifact.request.get("options", {})
        options, damaged = dict(found), False
    except LuthierError:
        options, damaged = None, True
    told = (entry.run_id, entry.seq, entry.created_at_utc, row.kind, row.name, row.sha256)
    return row.snapshot_id, Exported(*told, row.bytes, options, damaged)
