"""Taking a shared snapshot in: under an id of ours, judged anew, with where it came from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from luthier_desktop.domain.errors import Conflict, InputRefused
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.share import Clash, SharedSnapshot, SharePreview
from luthier_desktop.domain.snapshot import Origin, Snapshot
from luthier_desktop.services.changes import NOTHING, Changes
from luthier_desktop.services.designs import design_sha256
from luthier_desktop.services.feasibility import Feasibility
from luthier_desktop.services.judging import judged_deed
from luthier_desktop.services.recorder import Attachments, Recorder
from luthier_desktop.services.recording import Stamp
from luthier_desktop.storage.canonical import canonical_bytes, sha256_hex
from luthier_desktop.storage.document_store import Document
from luthier_desktop.storage.layout import snapshot_path
from luthier_desktop.storage.run_row import SnapshotRow

Shown = Callable[[str], tuple[dict[str, Any], RosetteParamSpec | None]]
"""Gives a snapshot as it is shown: its document, and its design unless it is damaged."""


class ShareImported(NamedTuple):
    """The snapshot that a file brought in; without a run when it was here before.

    ``warnings`` say what could not be done besides, such as keeping the sender's checkpoint.
    """

    snapshot_id: str
    document: dict[str, Any]
    design: RosetteParamSpec | None
    preview: SharePreview
    added: bool
    run_id: str | None
    seq: int | None
    changes: Changes
    warnings: tuple[str, ...] = ()


class ShareImport:
    """Stores what was looked at before; what is here already is never changed."""

    def __init__(self, recorder: Recorder, feasibility: Feasibility, shown: Shown) -> None:
        self._recorder = recorder
        self._shown = shown
        self._feasibility = feasibility

    def take_in(
        self, preview: SharePreview, on_clash: Clash, *, despite_changes: bool
    ) -> ShareImported:
        """Store the snapshot of *preview*, as `Sharing.import_file` tells it.

        Raises:
            InputRefused: There is none, or it was changed and *despite_changes* is not given.
            Conflict: Its id or its design is here already, and the choice is to cancel.
            StorageFailed: It could not be saved.
        """
        shared, design = required(preview, despite_changes=despite_changes)
        relation = preview.relation
        if relation.kind == "same" and relation.snapshot_id is not None:
            return self._known(preview, relation.snapshot_id)
        if relation.is_clash and on_clash == "cancel":
            raise Conflict(f"Nothing was imported. {relation.sentence}")
        parent = relation.snapshot_id if relation.is_clash and on_clash == "replace" else None
        request = self._feasibility.request(design)
        stamp = self._recorder.stamp()._replace(source="import")
        judged = self._feasibility.judged(request, "snapshot.imported", stamp)
        snapshot = self._snapshot(shared, design, stamp, parent)
        path = snapshot_path(snapshot.snapshot_id)
        document = Document(path, canonical_bytes(snapshot.stored()))
        outputs = {
            "snapshot": {
                "snapshot_id": snapshot.snapshot_id,
                "path": path,
                "sha256": sha256_hex(document.data),
            },
            "origin": _origin(preview, shared),
        }
        deed = judged_deed(
            judged, "snapshot.imported", judged.stored(stamp.run_id), outputs=outputs
        )
        done = self._recorder.write(deed, stamp, Attachments((document,), _row(snapshot)))
        return ShareImported(
            snapshot_id=snapshot.snapshot_id,
            document=self._shown(snapshot.snapshot_id)[0],
            design=design,
            preview=preview,
            added=True,
            run_id=done.run_id,
            seq=done.seq,
            changes=Changes(runs=True, snapshots=True),
        )

    def _known(self, preview: SharePreview, snapshot_id: str) -> ShareImported:
        document, design = self._shown(snapshot_id)
        return ShareImported(snapshot_id, document, design, preview, False, None, None, NOTHING)

    def _snapshot(
        self, shared: SharedSnapshot, design: RosetteParamSpec, stamp: Stamp, parent: str | None
    ) -> Snapshot:
        members = shared.members
        origin = Origin(
            snapshot_id=members["snapshot_id"], store=shared.store, sha256=shared.sha256
        )
        return Snapshot(
            snapshot_id=self._recorder.new_id("snap"),
            created_at_utc=stamp.created_at_utc,
            name=members["name"],
            description=members["description"],
            notes=members["notes"],
            tags=tuple(dict.fromkeys(members["tags"])),
            design=design.normalised(),
            design_sha256=design_sha256(design),
            run_id=stamp.run_id,
            parent_snapshot_id=parent,
            origin=origin,
            operator=stamp.operator,
        )


def required(
    preview: SharePreview, *, despite_changes: bool
) -> tuple[SharedSnapshot, RosetteParamSpec]:
    """Return what of *preview* can be stored.

    Raises:
        InputRefused: It holds no snapshot, or was changed and *despite_changes* is not given.
    """
    faults = " ".join(each.sentence for each in preview.findings if each.weight == "fault")
    if preview.state == "damaged":
        raise InputRefused(faults)
    if preview.shared is None or preview.design is None:
        raise InputRefused(
            "This is a design and no snapshot; open it, or keep it with `luthier snapshots save`."
        )
    if preview.state == "changed" and not despite_changes:
        raise InputRefused(
            f"Nothing was imported, for the file was changed after it was made. {faults} Ask for "
            "it again, or import it despite that; the record will say so."
        )
    return preview.shared, preview.design


def _origin(preview: SharePreview, shared: SharedSnapshot) -> Mapping[str, Any]:
    """Return what is kept of where it came from, and of what was found when it came."""
    members = shared.members
    return {
        "kind": preview.kind,
        "snapshot_id": members["snapshot_id"],
        "sha256": shared.sha256,
        "store": shared.store,
        "log": preview.origin,
        "run_id": shared.run_id,
        "created_at_utc": members["created_at_utc"],
        "operator": members["operator"],
        "parent_snapshot_id": members["parent_snapshot_id"],
        "origin": members["origin"],
        "file_sha256": preview.sha256,
        "state": preview.state,
        "findings": [{"code": each.code, "sentence": each.sentence} for each in preview.findings],
        "stated": None if preview.stated is None else preview.stated.stored(),
    }


def _row(snapshot: Snapshot) -> SnapshotRow:
    origin = snapshot.origin
    return SnapshotRow(
        snapshot_id=snapshot.snapshot_id,
        name=snapshot.name,
        description=snapshot.description,
        notes=snapshot.notes,
        tags=snapshot.tags,
        parent_snapshot_id=snapshot.parent_snapshot_id,
        origin_id=origin.snapshot_id if origin else None,
        origin_sha256=origin.sha256 if origin else None,
    )
