"""The run that stands for a record of the web ToolBox, and the snapshot that it may bring."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from luthier_desktop.domain.legacy.found import Found
from luthier_desktop.domain.run import Decision
from luthier_desktop.domain.snapshot import Origin, Snapshot
from luthier_desktop.services.designs import design_sha256
from luthier_desktop.services.recorder import NOTHING_ATTACHED, Attachments
from luthier_desktop.services.recording import Deed, Stamp
from luthier_desktop.services.requests import reduced_sha256, versions
from luthier_desktop.storage.canonical import canonical_bytes, sha256_hex
from luthier_desktop.storage.document_store import Document
from luthier_desktop.storage.incoming import Incoming
from luthier_desktop.storage.layout import snapshot_path
from luthier_desktop.storage.run_row import SnapshotRow

ORIGIN_STORE = "web ToolBox"


class KeptSnapshot(NamedTuple):
    """A snapshot of ours that a legacy one became; without an id there is none."""

    snapshot_id: str | None = None
    output: dict[str, Any] | None = None
    attached: Attachments = NOTHING_ATTACHED


def legacy_snapshot(
    found: Found, sha256: str, stamp: Stamp, new_id: Callable[[str], str]
) -> KeptSnapshot:
    """Make a snapshot of a legacy one whose design is sound."""
    if found.details is None or found.design is None:
        return KeptSnapshot()
    details = found.details
    snapshot = Snapshot(
        snapshot_id=new_id("snap"),
        created_at_utc=stamp.created_at_utc,
        name=details.name,
        description=details.description,
        notes=details.notes,
        tags=details.tags,
        design=found.design.normalised(),
        design_sha256=design_sha256(found.design),
        run_id=stamp.run_id,
        parent_snapshot_id=None,
        origin=_origin(found, sha256),
        operator=stamp.operator,
    )
    data = canonical_bytes(snapshot.stored())
    document = Document(snapshot_path(snapshot.snapshot_id), data)
    row = SnapshotRow(
        snapshot_id=snapshot.snapshot_id,
        name=snapshot.name,
        description=snapshot.description,
        notes=snapshot.notes,
        tags=snapshot.tags,
    )
    output = {
        "snapshot_id": snapshot.snapshot_id,
        "path": document.logical_path,
        "sha256": sha256_hex(data),
    }
    return KeptSnapshot(snapshot.snapshot_id, output, Attachments((document,), row))


def legacy_deed(found: Found, path: str, incoming: Incoming, kept: KeptSnapshot) -> Deed:
    """Say what was brought in: the found bytes as text, and what is wrong with them."""
    design = found.design
    request: dict[str, Any] = {
        "legacy": {"kind": found.kind, "id": found.legacy_id, "sha256": incoming.sha256},
        "versions": versions(),
    }
    hashed = request if design is None else {**request, "design": design.hashed_form()}
    if design is not None:
        request = {**request, "design": design.normalised()}
    outputs = {"legacy": _output(found, path, incoming)}
    return Deed(
        event_type="legacy.imported",
        status=found.status,
        decision=_decision(found),
        request=request,
        request_sha256=reduced_sha256(hashed),
        summary=_summary(found),
        design_sha256=None if design is None else design_sha256(design),
        tool_id=found.tool_id,
        outputs=outputs if kept.output is None else {**outputs, "snapshot": kept.output},
        mode=found.mode,
    )


def _origin(found: Found, sha256: str) -> Origin | None:
    try:
        return Origin(snapshot_id=found.legacy_id, store=ORIGIN_STORE, sha256=sha256)
    except ValueError:
        return None  # what stands there is no id; the run keeps it as it was found


def _output(found: Found, path: str, incoming: Incoming) -> dict[str, Any]:
    told: dict[str, Any] = {
        "kind": found.kind,
        "id": found.legacy_id,
        "path": path,
        "created_at_utc": found.created_at_utc,
        "hashes": found.hashes,
        "faults": found.faults,
        "text": incoming.data.decode("utf-8"),
        "sha256": incoming.sha256,
        "bytes": len(incoming.data),
    }
    if found.kind == "backup":
        told |= {"holds": list(found.holds), "lacks": list(found.lacks)}
    return told


def _decision(found: Found) -> Decision:
    return Decision(
        risk_level=found.risk_level,
        score=found.score,
        block_reason=found.block_reason,
        warnings=found.warnings,
        details={"judged_by": ORIGIN_STORE, "faults": len(found.faults), **found.words},
    )


def _summary(found: Found) -> dict[str, Any]:
    design = found.design
    told: dict[str, Any] = {
        "legacy_id": found.legacy_id,
        "legacy_kind": found.kind,
        "legacy_created_at_utc": found.created_at_utc,
    }
    if design is not None:
        words = design.first_format_words()
        told |= {"design_id": design.design_id, "design_name": design.name}
        told |= {"first_format_words": words} if words else {}
    return told
