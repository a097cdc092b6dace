"""From something done to its record: the run, its hashes, its row, its documents."""

from __future__ import annotations

import platform
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from luthier_desktop import __version__
from luthier_desktop.domain.feasibility.findings import Scored
from luthier_desktop.domain.feasibility.report import hashed_form
from luthier_desktop.domain.feasibility.risk import RiskBucket
from luthier_desktop.domain.operators import Operator
from luthier_desktop.domain.run import (
    Decision,
    EventType,
    RunArtifact,
    RunHashes,
    RunStatus,
    Source,
)
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.services.clock import Clock, new_id, new_run_id
from luthier_desktop.storage.canonical import canonical_object, sha256_hex, storable_bytes

MODE = "art_studio"
NO_REPORT_SHA256 = sha256_hex(b"null")


class Deed(NamedTuple):
    """What was done: the part of a run that differs from one kind to the next."""

    event_type: EventType
    status: RunStatus
    decision: Decision
    request: Mapping[str, Any]
    request_sha256: str
    summary: Mapping[str, Any]
    feasibility: dict[str, Any] | None = None
    design_sha256: str | None = None
    tool_id: str | None = None
    outputs: Mapping[str, Any] = {}
    meta: Mapping[str, Any] = {}
    parent_run_ids: Sequence[str] = ()
    mode: str = MODE


class Stamp(NamedTuple):
    """Which run it will be: its id, its time and who acts from where."""

    run_id: str
    created_at_utc: str
    operator: Operator
    source: Source


class Stamper:
    """Gives out the identity of runs: one clock, whoever is acting, one source."""

    def __init__(self, clock: Clock, acting: Callable[[], Operator], source: Source) -> None:
        self._clock = clock
        self._acting = acting
        self._source = source

    def next(self) -> Stamp:
        """Return the identity of the next run."""
        now = self._clock.now()
        return Stamp(new_run_id(self._clock, now), now, self._acting(), self._source)

    def new_id(self, kind: str) -> str:
        """Make an id such as ``snap_4g7k…``."""
        return new_id(self._clock, kind)


def artifact_of(deed: Deed, stamp: Stamp, feasibility_sha256: str) -> RunArtifact:
    """Build the run that will be stored."""
    return RunArtifact(
        run_id=stamp.run_id,
        created_at_utc=stamp.created_at_utc,
        event_type=deed.event_type,
        mode=deed.mode,
        tool_id=deed.tool_id,
        status=deed.status,
        request_summary=dict(deed.summary),
        request=dict(deed.request),
        feasibility=deed.feasibility,
        decision=deed.decision,
        hashes=RunHashes(
            feasibility_sha256=feasibility_sha256,
            request_sha256=deed.request_sha256,
            design_sha256=deed.design_sha256,
        ),
        outputs=dict(deed.outputs),
        operator=stamp.operator,
        app={
            "name": "luthier-desktop",
            "version": __version__,
            "python": platform.python_version(),
        },
        parent_run_ids=tuple(deed.parent_run_ids),
        meta={"source": stamp.source, **deed.meta},
    )


class EncodedReport(NamedTuple):
    """A stored report in canonical form, and the hash of what names its properties."""

    data: bytes
    sha256: str


def encoded(stored: dict[str, Any] | None) -> EncodedReport:
    """Encode a report once, for its file and for its hash without the ids."""
    if stored is None:
        return EncodedReport(b"null", NO_REPORT_SHA256)
    parts = {name: storable_bytes(value) for name, value in stored.items()}
    hashed = {
        name: parts[name] if value is stored[name] else storable_bytes(value)
        for name, value in hashed_form(stored).items()
    }
    return EncodedReport(canonical_object(parts), sha256_hex(canonical_object(hashed)))


def verdict_of(scored: Scored) -> Decision:
    """Say what a score decides."""
    blocked = scored.risk_bucket in (RiskBucket.RED, RiskBucket.UNKNOWN)
    return Decision(
        risk_level=scored.risk_bucket,
        score=scored.score,
        block_reason=_reason(scored) if blocked else None,
        warnings=scored.warnings,
        details={
            "binding": _binding(scored),
            "lanes": {lane.lane.value: lane.risk_bucket.value for lane in scored.lanes},
        },
    )


def without_report(details: Mapping[str, Any]) -> Decision:
    """Say that nothing was judged."""
    return Decision(
        risk_level=RiskBucket.UNKNOWN,
        score=None,
        block_reason=None,
        warnings=(),
        details=dict(details),
    )


def failed_scoring(reason: str) -> Decision:
    """Say that the scorer itself failed, and how."""
    return Decision(
        risk_level=RiskBucket.UNKNOWN,
        score=None,
        block_reason=reason,
        warnings=(),
        details={},
    )


def tool_of(setup: Setup) -> str | None:
    """Return the id of the setup's tool."""
    return None if setup.tool is None else setup.tool.tool_id


def _reason(scored: Scored) -> str:
    if scored.binding is not None:
        return f"{scored.binding.check_id}: {scored.binding.message}"
    return "; ".join(scored.warnings)


def _binding(scored: Scored) -> dict[str, Any] | None:
    if scored.binding is None:
        return None
    return {"id": scored.binding.check_id, "ring_index": scored.binding.ring_index}
