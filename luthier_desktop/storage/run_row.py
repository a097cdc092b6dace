"""The index row of a run: it stands in the run's event, so a rebuild reads the ledger only."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, ValidationError

from luthier_desktop.domain.base import Text, Value
from luthier_desktop.domain.run import RunArtifact, Source
from luthier_desktop.storage.backup_rows import BACKUP_EVENTS, BackupRow
from luthier_desktop.storage.workshop_rows import EntryRow, SetupRow, WorkshopRow

EXPORT_EVENTS = ("export.written", "snapshot.exported")


class SnapshotRow(Value):
    """What the list of snapshots needs of a snapshot that a run saved or brought in.

    ``origin_id`` and ``origin_sha256`` tell of one that was brought in what it was elsewhere.
    """

    model_config = ConfigDict(extra="ignore")  # a newer version may have added members

    snapshot_id: Text
    name: Text
    description: Text = ""
    notes: Text = ""
    tags: tuple[Text, ...] = ()
    parent_snapshot_id: Text | None = None
    origin_id: Text | None = None
    origin_sha256: Text | None = None

    @classmethod
    def of_document(cls, plain: Any, what: str) -> Self:
        """Build the row of a stored snapshot, with what it was elsewhere.

        Raises:
            InputRefused: It is no snapshot.
        """
        row = cls.read(plain, what)
        origin = plain.get("origin")
        if not isinstance(origin, dict):
            return row
        told = {"origin_id": origin.get("snapshot_id"), "origin_sha256": origin.get("sha256")}
        return cls.read({**row.plain(), **told}, what)


class DecisionRow(Value):
    """What was decided, and the one request that the decision holds for."""

    model_config = ConfigDict(extra="ignore")  # a newer version may have added members

    check: Text
    ring_index: int | None = None
    request_sha256: Text


class LegacyRow(Value):
    """Which record of the web ToolBox a run brought in: its kind, its id there, its hash."""

    model_config = ConfigDict(extra="ignore")  # a newer version may have added members

    kind: Text
    id: Text
    sha256: Text
    path: Text = ""


class ExportRow(Value):
    """Which file was made of a snapshot: its kind, its name, what is in it."""

    model_config = ConfigDict(extra="ignore")  # a newer version may have added members

    snapshot_id: Text
    kind: Text
    name: Text
    sha256: Text
    bytes: Annotated[int, Field(ge=0)]


class RunRow(Value):
    """The members of RunEntry but ``seq`` and ``damaged``, and the text that is searched."""

    model_config = ConfigDict(extra="ignore")  # a newer version may have added members

    run_id: Text
    created_at_utc: Text
    event_type: Text
    mode: Text
    tool_id: Text | None = None
    status: Text
    risk_level: Text
    score: float | None = None
    warnings: Annotated[int, Field(ge=0)] = 0
    source: Text
    operator: Text
    design_id: Text | None = None
    design_name: Text | None = None
    design_sha256: Text | None = None
    material_ids: tuple[Text, ...] = ()
    tags: tuple[Text, ...] = ()
    search: str = ""
    snapshot: SnapshotRow | None = None
    setup: SetupRow | None = None
    entries: tuple[EntryRow, ...] | None = None
    workshop: WorkshopRow | None = None
    decision: DecisionRow | None = None
    legacy: LegacyRow | None = None
    backup: BackupRow | None = None
    export: ExportRow | None = None

    @classmethod
    def of(
        cls,
        run: RunArtifact,
        source: Source | str,
        *,
        snapshot: SnapshotRow | None = None,
        search: tuple[str, ...] = (),
    ) -> Self:
        """Build the row of *run*; *search* adds texts to what the free text search finds."""
        design = run.request.get("design")
        design = design if isinstance(design, dict) else {}
        name, design_id = _text(design.get("name")), _text(design.get("design_id"))
        setup, decision = _setup(run), _decision(run)
        legacy, backup, export = _legacy(run), _backup(run), _export(run)
        texts = [run.run_id, name, design_id, run.decision.block_reason, *run.decision.warnings]
        if snapshot is not None:
            texts += [snapshot.snapshot_id, snapshot.name, snapshot.description, snapshot.notes]
            texts.append(snapshot.origin_id)
        if decision is not None:
            texts += [decision.check, _text(run.request_summary.get("reason"))]
            texts.append(decision.request_sha256)
        texts += [setup.setup_id, setup.setup_name, setup.origin_id, setup.reason] if setup else []
        texts += [legacy.id, legacy.path] if legacy else []
        texts += [backup.name, backup.reason] if backup else []
        texts += [export.snapshot_id, export.name] if export else []
        return cls(
            run_id=run.run_id,
            created_at_utc=run.created_at_utc,
            event_type=run.event_type,
            mode=run.mode,
            tool_id=run.tool_id,
            status=run.status,
            risk_level=run.decision.risk_level.value,
            score=run.decision.score,
            warnings=len(run.decision.warnings),
            source=source,
            operator=run.operator.operator_id,
            design_id=design_id,
            design_name=name,
            design_sha256=run.hashes.design_sha256,
            material_ids=_materials(run.request_summary, design),
            tags=snapshot.tags if snapshot else (),
            search=search_text(*(text for text in texts if text), *search),
            snapshot=snapshot,
            setup=setup,
            decision=decision,
            legacy=legacy,
            backup=backup,
            export=export,
        )


def search_text(*texts: str) -> str:
    """Join *texts*, one a line, in the form that is compared: NFC and casefolded."""
    return "\n".join(folded(" ".join(text.split())) for text in texts if text)


def folded(text: str) -> str:
    """Return *text* as filters and searches compare it: NFC and casefolded, no NUL."""
    return unicodedata.normalize("NFC", text.casefold()).replace("\0", " ")


def _materials(summary: dict[str, Any], design: dict[str, Any]) -> tuple[str, ...]:
    """Take the materials that the run itself names, else those that its design does."""
    named = summary.get("material_ids")
    found: list[Any] = list(named) if isinstance(named, list) else []
    if found:
        return tuple(text for text in found if isinstance(text, str))
    top = design.get("top")
    if isinstance(top, dict):
        found.append(top.get("material_id"))
    for ring in design.get("ring_params") or ():
        if isinstance(ring, dict):
            found += ring.get("materials") or ()
    return tuple(dict.fromkeys(text for text in found if isinstance(text, str)))


def _setup(run: RunArtifact) -> SetupRow | None:
    if run.event_type != "setup.changed":
        return None
    try:
        return SetupRow.model_validate(run.request_summary)
    except ValidationError:
        return None


def _decision(run: RunArtifact) -> DecisionRow | None:
    if run.event_type not in ("decision.accepted", "decision.overridden"):
        return None
    members = {**run.request_summary, "request_sha256": run.hashes.request_sha256}
    try:
        return DecisionRow.model_validate(members)
    except ValidationError:
        return None


def _legacy(run: RunArtifact) -> LegacyRow | None:
    if run.event_type != "legacy.imported":
        return None
    try:
        return LegacyRow.model_validate(run.outputs.get("legacy"))
    except ValidationError:
        return None


def _backup(run: RunArtifact) -> BackupRow | None:
    if run.event_type not in BACKUP_EVENTS:
        return None
    try:
        return BackupRow.model_validate(run.request_summary)
    except ValidationError:
        return None


def _export(run: RunArtifact) -> ExportRow | None:
    if run.event_type not in EXPORT_EVENTS or len(run.outputs) != 1:
        return None
    (output,) = run.outputs.values()
    kind = {"kind": run.request.get("export"), "snapshot_id": run.request.get("snapshot_id")}
    try:
        return ExportRow.model_validate({**output, **kind})
    except (ValidationError, TypeError):
        return None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
