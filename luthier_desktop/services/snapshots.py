"""Snapshots: designs kept under a name, each with the run that judged it when it was saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from luthier_desktop.domain.errors import Conflict, InputRefused, LuthierError, RecordDamaged
from luthier_desktop.domain.feasibility.findings import Scored
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.share import Clash
from luthier_desktop.domain.snapshot import (
    Snapshot,
    SnapshotDetails,
    SnapshotEntry,
    SnapshotPage,
    SnapshotQuery,
    SnapshotState,
    SnapshotVersion,
)
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.services.changes import Changes
from luthier_desktop.services.designs import Designs, design_sha256
from luthier_desktop.services.feasibility import Feasibility
from luthier_desktop.services.judging import judged_deed
from luthier_desktop.services.recorder import Attachments, Recorder
from luthier_desktop.services.recording import Deed, Stamp, without_report
from luthier_desktop.services.requests import reduced_sha256, versions
from luthier_desktop.services.sharing import ShareExported, ShareImported, Sharing
from luthier_desktop.services.snapshot_lookup import SnapshotLookup
from luthier_desktop.storage.canonical import canonical_bytes, sha256_hex
from luthier_desktop.storage.document_store import Document
from luthier_desktop.storage.layout import snapshot_path
from luthier_desktop.storage.parsing import parse_strict
from luthier_desktop.storage.run_row import SnapshotRow
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.withdrawal import PURGED

LONGEST_REASON = 1000
RemovalEvent = Literal["snapshot.deleted", "snapshot.restored"]


class Kept(NamedTuple):
    """A snapshot as it is shown: its document, and its design unless the file is damaged."""

    document: dict[str, Any]
    design: RosetteParamSpec | None


class Saved(NamedTuple):
    """A snapshot that was just saved."""

    snapshot_id: str
    document: dict[str, Any]
    design: RosetteParamSpec
    scored: Scored
    run_id: str
    seq: int
    index_stale: bool
    changes: Changes


class Removed(NamedTuple):
    """The record of a snapshot's removal from the list, or of its return."""

    run_id: str
    seq: int
    changes: Changes


class Snapshots:
    """Saves, finds, shows, deletes and restores snapshots; a saved one never changes."""

    def __init__(
        self,
        store: Callable[[], Store],
        recorder: Recorder,
        designs: Designs,
        feasibility: Feasibility,
        sharing: Callable[[], Sharing],
    ) -> None:
        self._store = store
        self._sharing = sharing
        self._recorder = recorder
        self._designs = designs
        self._feasibility = feasibility
        self._lookup = SnapshotLookup(store)

    def save(
        self, design: RosetteParamSpec, details: SnapshotDetails, setup: Setup | None = None
    ) -> Saved:
        """Judge a design and keep it with its verdict: one snapshot, one run.

        Raises:
            NotAllowed: A viewer may not.
            NotFound: There is no parent under the id that was given.
            ScoringFailed: The scorer itself failed; nothing was kept, and an ERROR run says so.
            StorageFailed: It could not be saved.
        """
        self._recorder.require("save")
        parent_id = details.parent_snapshot_id
        version = 1 if parent_id is None else self._lookup.known(parent_id).version + 1
        design = self._designs.identified(design)
        request = self._feasibility.request(design, setup)
        stamp = self._recorder.stamp()
        judged = self._feasibility.judged(request, "snapshot.saved", stamp)
        snapshot = self._snapshot(design, details, stamp)
        document = Document(
            snapshot_path(snapshot.snapshot_id), canonical_bytes(snapshot.stored())
        )
        outputs = {"snapshot": _output(snapshot, document)}
        stored = judged.stored(stamp.run_id)
        deed = judged_deed(judged, "snapshot.saved", stored, outputs=outputs)
        attached = Attachments((document,), _row_of(snapshot))
        done = self._recorder.write(deed, stamp, attached)
        return Saved(
            snapshot_id=snapshot.snapshot_id,
            document={
                **_told(snapshot),
                "baseline": False,
                "verdict": deed.decision.risk_level.value,
                "score": deed.decision.score,
                "version": version,
                "state": "verified",
            },
            design=design,
            scored=judged.scored,
            run_id=done.run_id,
            seq=done.seq,
            index_stale=done.index_stale,
            changes=Changes(runs=True, snapshots=True),
        )

    def export(self, snapshot_id: str, target: Path, *, signed: bool = False) -> ShareExported:
        """Write the share file of a snapshot to the new file *target*, as `Sharing.export`."""
        return self._sharing().export(snapshot_id, target, signed=signed)

    def import_file(
        self, source: bytes | Path, on_clash: Clash = "keep-both", *, despite_changes: bool = False
    ) -> ShareImported:
        """Take in the snapshot in a file, judged anew, as `Sharing.import_file`."""
        return self._sharing().import_file(source, on_clash, despite_changes=despite_changes)

    def find(self, query: SnapshotQuery) -> SnapshotPage:
        """Return one page of snapshots, in the order that is asked for."""
        return self._lookup.followed().snapshot_lists.find(query)

    def ids(self, query: SnapshotQuery) -> list[str]:
        """Return the ids of all snapshots that *query* asks for, in its order."""
        return self._lookup.followed().snapshot_lists.ids(query)

    def entries_for(self, snapshot_ids: Sequence[str]) -> list[SnapshotEntry]:
        """Return the entries of snapshots, deleted ones too; unknown ids are left out."""
        return self._lookup.followed().snapshot_lists.entries(snapshot_ids)

    def tags(self) -> list[str]:
        """Return each tag of the listed snapshots once, the most used first."""
        return self._lookup.followed().snapshot_lists.tags()

    def baseline(self) -> SnapshotEntry | None:
        """Return the snapshot that others are compared with, if one was chosen."""
        return self._lookup.baseline()

    def history(self, snapshot_id: str) -> list[SnapshotVersion]:
        """Return all versions: those joined by their parents, then others of the same design.

        Both newest first, deleted ones among them; a version's ``by`` says which it is.

        Raises:
            NotFound: There is no such snapshot.
        """
        self._lookup.known(snapshot_id)
        return self._store().snapshot_lists.history(snapshot_id)

    def get(self, snapshot_id: str) -> Kept:
        """Return one snapshot; a damaged file is told in its ``state``.

        Raises:
            NotFound: There is no such snapshot, or it was deleted.
        """
        return self._kept(self._lookup.listed(snapshot_id))

    def get_any(self, snapshot_id: str) -> Kept:
        """Return one snapshot as `get` does, also when it was deleted.

        Raises:
            NotFound: There is no such snapshot.
        """
        return self._kept(self._lookup.known(snapshot_id))

    def _kept(self, entry: SnapshotEntry) -> Kept:
        now = {
            "tags": list(entry.tags),
            "baseline": entry.baseline,
            "verdict": entry.risk_level,
            "score": entry.score,
            "version": entry.version,
        }
        try:
            data = self._store().snapshots.get(entry.snapshot_id)
        except RecordDamaged as damage:
            return Kept({**_remembered(entry), **now, **_damage(damage)}, None)
        snapshot = Snapshot.read(parse_strict(data, "The snapshot"), "The snapshot")
        design = RosetteParamSpec.read(snapshot.design, "The snapshot's design")
        return Kept({**_told(snapshot), **now, "state": self._state(snapshot)}, design)

    def _state(self, snapshot: Snapshot) -> SnapshotState:
        """Say what was found of an imported snapshot when it came; ours are what was recorded."""
        if snapshot.origin is None:
            return "verified"
        try:
            came = self._store().runs.get(snapshot.run_id).artifact.outputs.get("origin")
        except LuthierError:
            came = None
        told = came.get("state") if isinstance(came, Mapping) else None
        return told if told in ("verified", "changed") else "unsigned"

    def delete(self, snapshot_id: str, reason: str) -> Removed:
        """Take a snapshot out of the list; its file and its run stay.

        Raises:
            NotAllowed: A viewer may not.
            InputRefused: No reason is given, or it is too long.
            NotFound: There is no such snapshot, or it was deleted before.
        """
        self._recorder.require("delete_snapshot")
        reason = _reason(reason)
        entry = self._lookup.listed(snapshot_id)
        return self._remove("snapshot.deleted", entry, {"reason": reason})

    def restore(self, snapshot_id: str) -> Removed:
        """List a deleted snapshot again; it is not the baseline then, even if it was.

        Raises:
            NotAllowed: A viewer may not.
            NotFound: There is no such snapshot.
            Conflict: It is listed, or its record was purged.
        """
        self._recorder.require("delete_snapshot")
        entry = self._lookup.known(snapshot_id)
        if not entry.deleted:
            raise Conflict(f"The snapshot {snapshot_id} is not deleted.")
        purge = self._store().withdrawal_of(entry.run_id)
        if purge is not None and purge.event == PURGED:
            told = purge.sentence().rstrip(".")
            raise Conflict(f"The snapshot {snapshot_id} stays deleted: {told}, with its verdict.")
        return self._remove("snapshot.restored", entry, {})

    def _remove(self, event: RemovalEvent, entry: SnapshotEntry, why: dict[str, str]) -> Removed:
        """Record that a snapshot is deleted or restored."""
        stamp = self._recorder.stamp()
        told = {"snapshot_id": entry.snapshot_id, **why}
        request = {**told, "versions": versions()}
        deed = Deed(
            event_type=event,
            status="OK",
            decision=without_report(why),
            request=request,
            request_sha256=reduced_sha256(request),
            summary={**told, "name": entry.name},
            design_sha256=entry.design_sha256,
            parent_run_ids=(entry.run_id,),
        )
        row = SnapshotRow(snapshot_id=entry.snapshot_id, name=entry.name)
        done = self._recorder.write(deed, stamp, Attachments(snapshot=row))
        return Removed(done.run_id, done.seq, Changes(runs=True, snapshots=True))

    def _snapshot(
        self, design: RosetteParamSpec, details: SnapshotDetails, stamp: Stamp
    ) -> Snapshot:
        return Snapshot(
            snapshot_id=self._recorder.new_id("snap"),
            created_at_utc=stamp.created_at_utc,
            name=details.name,
            description=details.description,
            notes=details.notes,
            tags=tuple(dict.fromkeys(details.tags)),
            design=design.normalised(),
            design_sha256=design_sha256(design),
            run_id=stamp.run_id,
            parent_snapshot_id=details.parent_snapshot_id,
            origin=None,
            operator=stamp.operator,
        )


def _told(snapshot: Snapshot) -> dict[str, Any]:
    stored = snapshot.stored()
    return {name: stored[name] for name in stored if name not in ("schema", "operator")}


def _output(snapshot: Snapshot, document: Document) -> dict[str, Any]:
    return {
        "snapshot_id": snapshot.snapshot_id,
        "path": document.logical_path,
        "sha256": sha256_hex(document.data),
    }


def _remembered(entry: SnapshotEntry) -> dict[str, Any]:
    """Return what the ledger still tells of a snapshot whose file is damaged."""
    plain = entry.model_dump(mode="json")
    kept = {name: plain[name] for name in plain if name in Snapshot.model_fields}
    return {**kept, "design": None, "origin": None}


def _damage(damage: RecordDamaged) -> dict[str, Any]:
    return {"state": "damaged", "reason": damage.reason, "text": damage.text}


def _row_of(snapshot: Snapshot) -> SnapshotRow:
    return SnapshotRow(
        snapshot_id=snapshot.snapshot_id,
        name=snapshot.name,
        description=snapshot.description,
        notes=snapshot.notes,
        tags=snapshot.tags,
        parent_snapshot_id=snapshot.parent_snapshot_id,
    )


def _reason(given: str) -> str:
    reason = given.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise InputRefused(
            f"The reason must have 1 to {LONGEST_REASON} characters, but has {len(reason)}.",
            "reason",
        )
    return reason
