"""The record of exports: what was asked for, what was written, or why nothing was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from luthier_desktop.domain.base import Value
from luthier_desktop.domain.errors import Conflict, InputRefused, LuthierError, NotAllowed
from luthier_desktop.domain.gate import GateVerdict
from luthier_desktop.services.designs import design_sha256
from luthier_desktop.services.export_kinds import KindRow
from luthier_desktop.services.picture_source import Subject
from luthier_desktop.services.recorder import Recorder
from luthier_desktop.services.recording import Deed, tool_of, without_report
from luthier_desktop.services.requests import Request, reduced_sha256

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


class ExportLog:
    """Records each export as one run."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

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
