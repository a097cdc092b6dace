"""A run: the immutable record of one thing done, its entry in a list, and what can be asked."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from luthier_desktop.domain.base import Flag, Index, Text, Value
from luthier_desktop.domain.feasibility.risk import RiskBucket
from luthier_desktop.domain.operators import Operator

RUN_SCHEMA: Literal["luthier.run/1"] = "luthier.run/1"
RUN_ID_PATTERN = r"run_[0-9]{8}_[0-9a-hjkmnp-tv-z]{16}"
"""With fullmatch only; the date is the record's folder for ever."""

RunStatus = Literal["OK", "BLOCKED", "ERROR"]
Source = Literal["window", "cli", "import", "legacy"]
EventType = Literal[
    "feasibility.checked",
    "snapshot.saved",
    "snapshot.exported",
    "snapshot.imported",
    "snapshot.deleted",
    "snapshot.restored",
    "export.written",
    "setup.changed",
    "backup.created",
    "backup.restored",
    "backup.deleted",
    "decision.accepted",
    "decision.overridden",
    "legacy.imported",
]
Sha256 = Annotated[str, Field(strict=True, pattern=r"\A[0-9a-f]{64}\z")]
UtcTime = Annotated[
    str, Field(strict=True, pattern=r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z\z")
]


class Decision(Value):
    """What the run decided, in the specification's words."""

    risk_level: RiskBucket
    score: float | None
    block_reason: Text | None
    warnings: tuple[Text, ...]
    details: dict[str, Any]


class RunHashes(Value):
    """Hashes of what went in and came out; a run cannot be built without the first two."""

    feasibility_sha256: Sha256
    request_sha256: Sha256
    design_sha256: Sha256 | None = None


class RunArtifact(Value):
    """One run as it is stored: the file is the RFC 8785 form of exactly these members."""

    schema_: Annotated[Literal["luthier.run/1"], Field(alias="schema")] = RUN_SCHEMA
    run_id: Annotated[str, Field(strict=True, pattern=rf"\A{RUN_ID_PATTERN}\z")]
    created_at_utc: UtcTime
    event_type: EventType
    mode: Text
    tool_id: Text | None
    status: RunStatus
    request_summary: dict[str, Any]
    request: dict[str, Any]
    feasibility: dict[str, Any] | None
    decision: Decision
    hashes: RunHashes
    outputs: dict[str, Any]
    operator: Operator
    app: dict[str, Any]
    parent_run_ids: tuple[str, ...]
    meta: dict[str, Any]


class RunEntry(Value):
    """One row of the run log: what ``luthier logs recent`` lists."""

    run_id: str
    created_at_utc: str
    event_type: str
    mode: str
    tool_id: str | None
    status: str
    risk_level: str
    score: float | None
    warnings: int
    source: str
    operator: str
    seq: int
    damaged: Flag
    design_id: str | None
    design_name: str | None
    design_sha256: str | None
    material_ids: tuple[str, ...]
    tags: tuple[str, ...]
    hidden: Flag = False
    purged: Flag = False
    hidden_by: Index | None = None
    """The number of the event that hid or purged the run."""


SortKey = Literal["seq", "score", "status", "risk", "event", "operator"]


class RunQuery(Value):
    """What can be asked of the log; values of one filter are alternatives (or), in any case.

    ``since`` and ``until`` are UTC dates or times as text (``2026-01-22`` or a full time);
    ``cursor`` is the ``next_cursor`` of the page before. ``hidden`` asks for the hidden and purged
    runs in place of the others.
    """

    mode: tuple[str, ...] = ()
    tool: tuple[str, ...] = ()
    risk: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    event: tuple[str, ...] = ()
    operator: tuple[str, ...] = ()
    material: tuple[str, ...] = ()
    design: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    text: str | None = None
    hidden: Flag = False
    since: str | None = None
    until: str | None = None
    sort: SortKey = "seq"
    reverse: Flag = False
    limit: Annotated[Index, Field(ge=1, le=1000)] = 50
    cursor: str | None = None


class RunPage(Value):
    """One page of entries, newest first unless asked otherwise."""

    entries: tuple[RunEntry, ...]
    next_cursor: str | None
    has_more: Flag


NO_RUNS = RunPage(entries=(), next_cursor=None, has_more=False)
"""The page of a log that does not exist."""
