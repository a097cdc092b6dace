"""Writing share files: the very bytes that are stored, with what shows that they are so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from luthier_desktop.domain.errors import InputRefused, LuthierError, StorageFailed
from luthier_desktop.domain.snapshot import Snapshot
from luthier_desktop.exports.share_file import ShareParts, share_file, signed_bytes
from luthier_desktop.services.changes import NOTHING, Changes
from luthier_desktop.services.recorder import Recorder
from luthier_desktop.services.recording import Deed, without_report
from luthier_desktop.services.requests import reduced_sha256, versions
from luthier_desktop.services.rules_file import rules_file
from luthier_desktop.services.snapshot_lookup import SnapshotLookup
from luthier_desktop.services.trust import Trust
from luthier_desktop.storage.canonical import canonical_bytes, sha256_hex
from luthier_desktop.storage.export_file import write_new_file
from luthier_desktop.storage.parsing import SHARE_LIMITS, parse_strict
from luthier_desktop.storage.run_store import StoredRun
from luthier_desktop.storage.signature import sign_bytes
from luthier_desktop.storage.store import Store


class ShareExported(NamedTuple):
    """A share file that was written; ``run_id`` is None where the store cannot be written."""

    path: Path
    size_bytes: int
    sha256: str
    run_id: str | None
    changes: Changes


class ShareExport:
    """Makes share files of snapshots; each one that was written is a recorded run."""

    def __init__(
        self,
        store: Callable[[], Store],
        recorder: Recorder,
        lookup: SnapshotLookup,
        trust: Trust,
    ) -> None:
        self._store = store
        self._recorder = recorder
        self._lookup = lookup
        self._trust = trust

    def document(
        self, snapshot_id: str, *, with_witness: bool = True, signed: bool = False
    ) -> bytes:
        """Return the bytes of the share file of a snapshot.

        Raises:
            NotFound: There is no such snapshot.
            RecordDamaged: It, its run or its rules are damaged, so there is nothing to share.
            InputRefused: The file would be larger than a reader takes.
            StorageFailed: The log cannot be signed.
        """
        snapshot, data = self._snapshot(snapshot_id)
        store = self._store()
        run = store.runs.get(snapshot.run_id)
        parts = ShareParts(data, run.data, self._rules(run))
        witness = self._witness(store, snapshot.run_id) if with_witness or signed else None
        signature = self._signature(parts) if signed else None
        document = share_file(parts, witness if with_witness else None, signature, canonical_bytes)
        if len(document) > SHARE_LIMITS.size_bytes:
            raise InputRefused(
                f"The share file of {snapshot_id} would have {len(document):,} bytes; at most "
                f"{SHARE_LIMITS.size_bytes:,} bytes are read. Export a run bundle in its place."
            )
        return document

    def export(self, snapshot_id: str, target: Path, *, signed: bool = False) -> ShareExported:
        """Write the share file of a snapshot to the new file *target*, and record that.

        Raises:
            Conflict: Something stands at *target*.
            NotFound: There is no such snapshot.
            RecordDamaged: It is damaged.
            InputRefused: *target* lies where no share file can.
            StorageFailed: The log cannot be signed or the disk refused; that is recorded.
        """
        target = target.expanduser().absolute()
        store = self._store()
        if store.layout.holds(target):
            raise InputRefused(f"{target} lies in the log itself; choose a folder outside of it.")
        snapshot, _ = self._snapshot(snapshot_id)
        try:
            document = self.document(snapshot_id, signed=signed)
            write_new_file(target, document, store.calls)
        except StorageFailed as error:
            self._record_failure(snapshot, signed, error.sentence)
            raise
        sha256 = sha256_hex(document)
        written = ShareExported(target, len(document), sha256, None, NOTHING)
        if not store.state.writable:
            return written
        output = {"name": target.name, "sha256": sha256, "bytes": len(document)}
        try:
            run_id = self._record("OK", snapshot, signed, {"share": output}, None)
        except LuthierError as error:
            raise StorageFailed(
                f"The share file stands in {target}, but this is not in the log: {error.sentence}"
            ) from error
        return written._replace(run_id=run_id, changes=Changes(runs=True))

    def _snapshot(self, snapshot_id: str) -> tuple[Snapshot, bytes]:
        self._lookup.listed(snapshot_id)
        data = self._store().snapshots.get(snapshot_id)
        return Snapshot.read(parse_strict(data, "The snapshot"), "The snapshot"), data

    def _witness(self, store: Store, run_id: str) -> dict[str, Any] | None:
        """Prove the run; a log that cannot be written is proven only as far as it was signed."""
        try:
            return self._trust.witness(run_id).plain()
        except StorageFailed:
            if store.state.writable:
                raise
            return None

    def _signature(self, parts: ShareParts) -> Mapping[str, str]:
        key = self._store().checkpoints.key()
        if key is None:
            raise StorageFailed(
                "The share file was not signed: the signing key of this log is not on this "
                "account. Export it without a signature; its witness is signed already."
            )
        return sign_bytes(signed_bytes(parts, canonical_bytes), key)

    def _rules(self, run: StoredRun) -> bytes:
        """Return the rules that a run was judged by, or today's where nothing was judged."""
        report = run.artifact.feasibility
        own = rules_file()
        if report is None or report.get("rules_sha256") == own.sha256:
            return own.data
        version = str(report.get("rules_version"))
        return self._store().documents.get(f"rules/{version}.json", "The rules file")

    def _record_failure(self, snapshot: Snapshot, signed: bool, reason: str) -> None:
        """Record that nothing was exported; where that fails too, the first reason is told."""
        try:
            self._record("ERROR", snapshot, signed, {}, reason)
        except LuthierError:
            return

    def _record(
        self,
        status: Literal["OK", "ERROR"],
        snapshot: Snapshot,
        signed: bool,
        outputs: Mapping[str, Any],
        reason: str | None,
    ) -> str:
        told = {"snapshot_id": snapshot.snapshot_id, "signed": signed}
        request = {"export": "share", **told, "versions": versions()}
        deed = Deed(
            event_type="snapshot.exported",
            status=status,
            decision=without_report({}).model_copy(update={"block_reason": reason}),
            request=request,
            request_sha256=reduced_sha256(request),
            summary={"export": "share", **told, "name": snapshot.name, **outputs},
            design_sha256=snapshot.design_sha256,
            outputs=outputs,
            parent_run_ids=(snapshot.run_id,),
        )
        return self._recorder.record(deed)
