"""Decisions: a yellow accepted, a red overridden, each for one request, and what they open."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any, NamedTuple

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import InputRefused, RecordDamaged
from luthier_desktop.domain.feasibility.findings import Finding, Scored
from luthier_desktop.domain.feasibility.report import rounded
from luthier_desktop.domain.feasibility.rules import RULES
from luthier_desktop.domain.gate import (
    GateVerdict,
    Ruling,
    RulingKind,
    judge_gate,
    place_text,
    reason_refusal,
    status_refusal,
)
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.services.changes import Changes
from luthier_desktop.services.decision_log import EVENTS, DecisionLog, Told
from luthier_desktop.services.designs import Designs, design_sha256
from luthier_desktop.services.feasibility import Feasibility
from luthier_desktop.services.judging import judge
from luthier_desktop.services.operators import Operators
from luthier_desktop.services.recorder import Recorder
from luthier_desktop.services.recording import Deed, Stamp, tool_of, without_report
from luthier_desktop.services.requests import Request
from luthier_desktop.storage.store import Store

_BY_LOWER_CASE = {check.casefold(): check for check in RULES}
_NO_PIN = "No PIN was asked for: none is set up."


class InForce(NamedTuple):
    """The sound decisions on one request, newest first, and a sentence for each damaged one."""

    rulings: tuple[Ruling, ...]
    warnings: tuple[str, ...]


class Decided(NamedTuple):
    """A decision that was just recorded, and how the gate stands with it."""

    ruling: Ruling
    design_id: str | None
    seq: int
    verdict: GateVerdict
    index_stale: bool
    changes: Changes


class Kept(NamedTuple):
    """A decision as it is listed: its document, and the ruling unless its record is damaged."""

    document: dict[str, Any]
    ruling: Ruling | None


class Decisions:
    """Records decisions and says at the gate what they open; nothing here changes a verdict.

    *records* returns the store, or None while nothing was ever recorded.
    """

    def __init__(
        self,
        records: Callable[[], Store | None],
        recorder: Recorder,
        designs: Designs,
        feasibility: Feasibility,
        operators: Operators,
    ) -> None:
        self._records = records
        self._log = DecisionLog(records)
        self._recorder = recorder
        self._designs = designs
        self._feasibility = feasibility
        self._operators = operators
        self._pin: str | None = None

    def signed(self, pin: str | None) -> Decisions:
        """Return the same service for a decision that is signed with *pin*."""
        signed = copy(self)
        signed._pin = pin
        return signed

    def accept(
        self,
        design: RosetteParamSpec,
        check: str,
        ring_index: int | None,
        reason: str,
        setup: Setup | None = None,
    ) -> Decided:
        """Accept a yellow check of this very design and setup, and record the reason.

        Raises:
            NotAllowed: A viewer may not.
            InputRefused: The check is not a yellow one of this design, or no reason is given.
            StorageFailed: It could not be recorded, so it does not count.
        """
        self._operators.require("accept")
        return self._decide("accepted", design, (check, ring_index), reason, setup)

    def override(
        self,
        design: RosetteParamSpec,
        check: str,
        ring_index: int | None,
        reason: str,
        setup: Setup | None = None,
    ) -> Decided:
        """Override a red check of this very design and setup, and record the reason.

        Where the lead has a PIN, it is signed with it once more; see `signed`.

        Raises:
            NotAllowed: Only a lead may, or the PIN is wrong or missing.
            InputRefused: The check is not a red one of this design, it can never be overridden,
                or the reason has fewer than 15 characters.
            StorageFailed: It could not be recorded, so it does not count.
        """
        self._operators.require("override")
        return self._decide("overridden", design, (check, ring_index), reason, setup)

    def find(self, setup: Setup | None = None) -> list[Kept]:
        """Return every decision, newest first, with whether it is in force.

        It is when the newest recorded state of its design, judged for *setup* or the setup in
        use, is the very request that was decided on.
        """
        told = list(self._log.told())
        ids = {one.row.design_id for one in told if one.row is not None}
        asked = {design_id: self._latest(design_id, setup) for design_id in ids if design_id}
        return [_kept(one, asked) for one in told]

    def of_run(self, run_id: str, setup: Setup | None = None) -> Kept | None:
        """Return the decision that a run recorded, as `find` does; None when it recorded none."""
        for one in self._log.told():
            if one.row is not None and one.row.run_id == run_id:
                design_id = one.row.design_id or ""
                return _kept(one, {design_id: self._latest(design_id, setup)})
        return None

    def in_force(self, request_sha256: str) -> InForce:
        """Return the decisions on one request; a lost or damaged one counts as absent."""
        told = list(self._log.told(request_sha256))
        return InForce(
            tuple(one.ruling for one in told if one.ruling is not None),
            tuple(one.warning() for one in told if one.ruling is None),
        )

    def gate(self, design: RosetteParamSpec, setup: Setup | None = None) -> GateVerdict:
        """Say whether a design may be cut with *setup* or the setup in use; writes nothing.

        Raises:
            RecordDamaged: No setup is given, and which one is in use cannot be known.
            ScoringFailed: The scorer itself failed.
        """
        return self.gate_of(self._feasibility.request(design, setup))

    def gate_of(self, request: Request) -> GateVerdict:
        """Say whether the design of this very request may be cut; writes nothing.

        Raises:
            ScoringFailed: The scorer itself failed.
        """
        return self._gate(judge(request).scored, request.sha256())

    def _gate(self, scored: Scored, request_sha256: str) -> GateVerdict:
        found = self.in_force(request_sha256)
        return judge_gate(scored, found.rulings, found.warnings)

    def _decide(
        self,
        kind: RulingKind,
        design: RosetteParamSpec,
        place: tuple[str, int | None],
        reason: str,
        setup: Setup | None,
    ) -> Decided:
        reason = reason.strip()
        _refuse(reason_refusal(kind, reason), "reason")
        request = self._feasibility.request(self._designs.identified(design), setup)
        scored = judge(request).scored
        finding = _finding(scored, *place)
        _refuse(status_refusal(kind, finding), "check")
        if kind == "overridden":
            self._operators.confirm(self._pin)
        stamp = self._recorder.stamp()
        ruling = _ruling(kind, finding, reason, request.sha256(), stamp)
        done = self._recorder.write(_deed(ruling, finding, request), stamp)
        verdict = self._gate(scored, ruling.request_sha256)
        return Decided(
            ruling=ruling,
            design_id=request.design.design_id,
            seq=done.seq,
            verdict=verdict,
            index_stale=done.index_stale,
            changes=Changes(runs=True),
        )

    def _latest(self, design_id: str, setup: Setup | None) -> str | None:
        """Hash the request that the newest recorded state of a design makes now, if known."""
        store = self._records()
        if store is None:
            return None
        page = store.index.find(RunQuery(design=(design_id,)))
        newest = next((one for one in page.entries if one.design_id == design_id), None)
        if newest is None:
            return None
        try:
            recorded = store.runs.get(newest.run_id).artifact.request["design"]
            design = RosetteParamSpec.read(recorded, "The design")
            return self._feasibility.request(design, setup).sha256()
        except (InputRefused, RecordDamaged):
            return None


def _refuse(refusal: str, path: str) -> None:
    if refusal:
        raise InputRefused(refusal, path)


def _finding(scored: Scored, check: str, ring_index: int | None) -> Finding:
    """Return the check of this score that is meant.

    Raises:
        InputRefused: There is no such check, or this design does not have it at this ring.
    """
    check_id = _BY_LOWER_CASE.get(check.casefold())
    if check_id is None:
        raise InputRefused(
            f"There is no check {shown(check)!r}; the ids are {', '.join(RULES)}.", "check"
        )
    found = [finding for finding in scored.findings if finding.check_id == check_id]
    for finding in found:
        if finding.ring_index == ring_index:
            return finding
    rings = ", ".join(_place(finding) for finding in found) or "nowhere"
    raise InputRefused(
        f"This design has no check {place_text(check_id, ring_index)}: {check_id} is judged "
        f"at: {rings}.",
        "check",
    )


def _place(finding: Finding) -> str:
    return "the whole design" if finding.ring_index is None else f"ring {finding.ring_index}"


def _ruling(
    kind: RulingKind, finding: Finding, reason: str, request_sha256: str, stamp: Stamp
) -> Ruling:
    members = {
        "kind": kind,
        "check": finding.check_id,
        "ring_index": finding.ring_index,
        "reason": reason,
        "operator": stamp.operator,
        "request_sha256": request_sha256,
        "run_id": stamp.run_id,
        "created_at_utc": stamp.created_at_utc,
    }
    return Ruling.read(members, "The decision")


def _deed(ruling: Ruling, finding: Finding, request: Request) -> Deed:
    """Say what was decided; the request is the one that was judged, so its hash binds it."""
    said = {"check": ruling.check, "ring_index": ruling.ring_index, "reason": ruling.reason}
    details = {
        **said,
        "status": finding.status.value,
        "value": None if finding.value is None else rounded(finding.value),
        "message": finding.message,
    }
    decision = without_report(details)
    if ruling.kind == "overridden" and ruling.operator.auth == "none":
        decision = decision.model_copy(update={"warnings": (_NO_PIN,)})
    return Deed(
        event_type=EVENTS[ruling.kind],
        status="OK",
        decision=decision,
        request=request.plain(),
        request_sha256=ruling.request_sha256,
        summary={**request.summary(), **said},
        design_sha256=design_sha256(request.design),
        tool_id=tool_of(request.setup),
    )


def _kept(told: Told, asked: dict[str, str | None]) -> Kept:
    row, ruling = told.row, told.ruling
    decided = None if row is None else row.decision
    design_id = None if row is None else row.design_id
    in_force = ruling is not None and asked.get(design_id or "") == ruling.request_sha256
    document = {
        "run_id": None if row is None else row.run_id,
        "seq": told.seq,
        "created_at_utc": None if row is None else row.created_at_utc,
        "decision": None if row is None else row.event_type.removeprefix("decision."),
        "check": None if decided is None else decided.check,
        "ring_index": None if decided is None else decided.ring_index,
        "reason": None if ruling is None else ruling.reason,
        "operator": None if ruling is None else ruling.operator.plain(),
        "request_sha256": None if decided is None else decided.request_sha256,
        "design_id": design_id,
        "design_name": None if row is None else row.design_name,
        "in_force": in_force,
        "damaged": ruling is None,
        "fault": told.fault or None,
    }
    return Kept(document, ruling)
