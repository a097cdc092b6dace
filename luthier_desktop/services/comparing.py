"""Comparing runs and snapshots: what differs, with what cannot be read told beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from luthier_desktop.domain.compare import Changes
from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import (
    InputRefused,
    LuthierError,
    NotFound,
    RunDamaged,
    RunPurged,
)
from luthier_desktop.domain.record_compare import (
    Difference,
    Place,
    checks_by_place,
    run_differences,
    snapshot_differences,
)
from luthier_desktop.domain.record_facts import FactRow, fact_rows
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.run import EventType, RunEntry, RunQuery
from luthier_desktop.services.runs import Runs
from luthier_desktop.services.snapshots import Snapshots
from luthier_desktop.storage.index_query import write_cursor

MOST_COMPARED = 6
_LOOKED_AT = 20
"""A name may be another design's id; among so many the right one is found."""
_WITH_REPORT: tuple[EventType, ...] = (
    "feasibility.checked",
    "snapshot.saved",
    "snapshot.imported",
    "legacy.imported",
)


Checks = Mapping[Place, Mapping[str, Any]]
"""The checks of a run by what each is of."""


class Side(NamedTuple):
    """One of the records that are compared.

    *record* is the run as it is stored, or what the list still tells of a damaged one; *snapshot*
    the document of a snapshot. *damage* says in one sentence what could not be read. *design* is
    None where there is none, or none that can be drawn.
    """

    id: str
    created_at_utc: str
    name: str
    event_type: str
    verdict: str
    score: float | None
    record: Mapping[str, Any]
    snapshot: Mapping[str, Any] | None = None
    design: RosetteParamSpec | None = None
    damage: str = ""


class Comparison(NamedTuple):
    """Two records and what differs between them, group by group; *checks* are those of a and b."""

    a: Side
    b: Side
    differences: tuple[Difference, ...]
    checks: tuple[Checks, Checks]

    @property
    def changes(self) -> Changes:
        """What differs, without what each difference is about."""
        return tuple(each.change for each in self.differences)

    @property
    def damage(self) -> tuple[Side, ...]:
        """The sides that could not be read."""
        return tuple(side for side in (self.a, self.b) if side.damage)

    @property
    def same(self) -> bool:
        """Whether both could be read and nothing differs."""
        return not self.differences and not self.damage

    def plain(self) -> dict[str, Any]:
        """Return the answer as ``logs diff`` gives it; ``damaged`` stands there when one is."""
        told: dict[str, Any] = {
            "a": self.a.id,
            "b": self.b.id,
            "same": self.same,
            "changes": [change.plain() for change in self.changes],
        }
        if self.damage:
            told["damaged"] = [{"id": side.id, "reason": side.damage} for side in self.damage]
        return told

    def swapped(self) -> Comparison:
        """Return the comparison seen from the other side."""
        mirrored = (each._replace(change=each.change.mirrored()) for each in self.differences)
        return Comparison(self.b, self.a, tuple(mirrored), self.checks[::-1])


class Table(NamedTuple):
    """Up to six records beside each other: one row a field, one value a record."""

    sides: tuple[Side, ...]
    rows: tuple[FactRow, ...]


class Comparing:
    """Compares what was recorded; nothing is changed by it."""

    def __init__(self, runs: Runs, snapshots: Callable[[], Snapshots]) -> None:
        self._runs = runs
        self._snapshots = snapshots

    def runs(self, a: str, b: str) -> Comparison:
        """Compare two runs; of a damaged or purged one that which the list still tells.

        Raises:
            InputRefused: This is no id.
            NotFound: There is no such run.
        """
        return _compared(self._run(a), self._run(b))

    def snapshots(self, a: str, b: str) -> Comparison:
        """Compare two snapshots, and how they were judged when they were saved.

        Raises:
            InputRefused: This is no id.
            NotFound: There is no such snapshot, or it was deleted.
        """
        return _compared(self._snapshot(a), self._snapshot(b))

    def table(self, ids: Sequence[str]) -> Table:
        """Set two to six runs or snapshots beside each other.

        Raises:
            InputRefused: These are not two to six different ids.
            NotFound: There is no such run or snapshot.
        """
        if not 2 <= len(ids) <= MOST_COMPARED or len(set(ids)) < len(ids):
            raise InputRefused(
                f"Two to {MOST_COMPARED} different runs can be compared, but {len(ids)} are "
                "chosen; change the marks."
            )
        sides = tuple(
            self._snapshot(each) if each.startswith("snap_") else self._run(each) for each in ids
        )
        return Table(sides, fact_rows([_facts_of(side) for side in sides]))

    def previous_of_same_design(self, run_id: str) -> str | None:
        """Return the run before this one that judged the same design; None without one.

        Raises:
            NotFound: There is no such run.
        """
        self._runs.find(RunQuery(limit=1))  # the list follows what was recorded
        found = self._runs.entries_for([run_id])
        if not found:
            raise NotFound(f"Run {shown(run_id)} does not exist in this log; check the id.")
        entry = found[0]
        if entry.design_id is None:
            return None
        query = RunQuery(design=(entry.design_id,), event=_WITH_REPORT, limit=_LOOKED_AT)
        cursor = write_cursor(query, (None, entry.seq))
        page = self._runs.find(query.model_copy(update={"cursor": cursor}))
        same = (each.run_id for each in page.entries if each.design_id == entry.design_id)
        return next(same, None)

    def _run(self, run_id: str) -> Side:
        try:
            record = self._runs.get(run_id).artifact.stored()
        except (RunDamaged, RunPurged) as fault:
            return self._lost_run(run_id, fault.sentence)
        summary, decision = record["request_summary"], record["decision"]
        plain = record["request"].get("design")
        name = plain.get("name") if isinstance(plain, dict) else None
        return Side(
            id=run_id,
            created_at_utc=record["created_at_utc"],
            name=str(name or summary.get("design_name") or summary.get("name") or ""),
            event_type=record["event_type"],
            verdict=decision["risk_level"],
            score=decision["score"],
            record=record,
            design=_design(plain),
        )

    def _lost_run(self, run_id: str, damage: str) -> Side:
        found = self._runs.entries_for([run_id])
        entry = found[0] if found else None
        return Side(
            id=run_id,
            created_at_utc=entry.created_at_utc if entry else "",
            name=(entry.design_name or "") if entry else "",
            event_type=entry.event_type if entry else "",
            verdict=entry.risk_level if entry else "UNKNOWN",
            score=entry.score if entry else None,
            record=_still_told(entry) if entry else {},
            damage=damage,
        )

    def _snapshot(self, snapshot_id: str) -> Side:
        kept = self._snapshots().get(snapshot_id)
        document = kept.document
        run, damage = self._run_of(str(document["run_id"]))
        if document["state"] == "damaged":
            reason = str(document.get("reason"))
            damage = f"Snapshot {snapshot_id} is damaged: {reason}. It was left in place."
        return Side(
            id=snapshot_id,
            created_at_utc=document["created_at_utc"],
            name=document["name"],
            event_type="snapshot",
            verdict=document["verdict"],
            score=document.get("score"),
            record=run,
            snapshot=document,
            design=kept.design,
            damage=damage,
        )

    def _run_of(self, run_id: str) -> tuple[Mapping[str, Any], str]:
        """Return the run that saved a snapshot, or why it cannot be read."""
        try:
            return self._runs.get(run_id).artifact.stored(), ""
        except LuthierError as fault:
            return {}, fault.sentence


def _compared(a: Side, b: Side) -> Comparison:
    checks = checks_by_place(a.record), checks_by_place(b.record)
    return Comparison(a, b, _differences(a, b), checks)


def _differences(a: Side, b: Side) -> tuple[Difference, ...]:
    if a.snapshot is not None and b.snapshot is not None:
        runs = (a.record, b.record) if a.record and b.record else (None, None)
        return snapshot_differences(a.snapshot, b.snapshot, *runs)
    if a.damage or b.damage:
        return run_differences(_as_told(a.record), _as_told(b.record))
    return run_differences(a.record, b.record)


def _still_told(entry: RunEntry) -> dict[str, Any]:
    """Return what the list tells of a run, in the form of a run."""
    return {
        "event_type": entry.event_type,
        "mode": entry.mode,
        "tool_id": entry.tool_id,
        "status": entry.status,
        "decision": {"risk_level": entry.risk_level, "score": entry.score},
        "hashes": {"design_sha256": entry.design_sha256},
    }


def _as_told(record: Mapping[str, Any]) -> dict[str, Any]:
    """Leave of a run what the list would tell of it; nothing when the list lost it too."""
    if not record:
        return {}
    told = {name: record[name] for name in ("event_type", "mode", "tool_id", "status")}
    decision, hashes = record["decision"], record["hashes"]
    told["decision"] = {name: decision[name] for name in ("risk_level", "score")}
    told["hashes"] = {"design_sha256": hashes["design_sha256"]}
    return told


def _facts_of(side: Side) -> Mapping[str, Any]:
    """Return a run, or a snapshot in the form of the run that saved it."""
    if side.snapshot is None:
        return side.record
    own = {"design": side.snapshot.get("design")}
    request = {**(side.record.get("request") or {}), **{k: v for k, v in own.items() if v}}
    return {**side.record, "request": request}


def _design(plain: Any) -> RosetteParamSpec | None:
    if not isinstance(plain, dict):
        return None
    try:
        return RosetteParamSpec.read(plain, "The recorded design")
    except InputRefused:
        return None
