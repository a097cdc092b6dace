"""Run bundles: records with their proof, written so that they can be checked without us."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from luthier_desktop import paths
from luthier_desktop.domain.errors import InputRefused, LuthierError, NotFound, StorageFailed
from luthier_desktop.domain.run import RUN_ID_PATTERN, RunQuery
from luthier_desktop.exports.bundle import CHECKER, FORMAT, MANIFEST, Listed
from luthier_desktop.services.bundle_parts import BundleParts
from luthier_desktop.services.changes import Changes
from luthier_desktop.services.ids import not_found, require_id
from luthier_desktop.services.recorder import Recorder
from luthier_desktop.services.recording import Deed, without_report
from luthier_desktop.services.requests import reduced_sha256, versions
from luthier_desktop.storage.canonical import canonical_bytes, sha256_hex
from luthier_desktop.storage.export_folder import ExportFolder
from luthier_desktop.storage.store import Store

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
Chosen = RunQuery | Sequence[str] | None
"""Runs by a query or by their ids; None is the whole log."""
_MOST_IDS = 10_000


class ExportStopped(LuthierError):
    """The user ended an export; nothing of it was left."""


class Exported(NamedTuple):
    """A bundle that was written; ``sha256`` is that of its MANIFEST.json, which names the rest.

    ``run_id`` is None where the store cannot be written; ``absent`` are files that could not be
    put in, with the reason.
    """

    path: Path
    size_bytes: int
    sha256: str
    run_id: str | None
    runs: int
    files: int
    absent: tuple[tuple[str, str], ...]
    changes: Changes


class Bundles:
    """Writes run bundles; each one that was written is a recorded run itself."""

    def __init__(self, store: Callable[[], Store], recorder: Recorder) -> None:
        self._store = store
        self._recorder = recorder

    def export(
        self,
        target: Path,
        chosen: Chosen = None,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Exported:
        """Write the chosen runs with their proof into the new folder *target*.

        *progress* is told how many of how many steps are done.

        Raises:
            NotAllowed: A viewer may not.
            InputRefused: An id is none, or *target* lies where no bundle can.
            NotFound: There is no such run, or none fits.
            Conflict: Something stands at *target*.
            StorageFailed: The log cannot be proven or the disk refused; that is recorded.
            ExportStopped: It was cancelled; nothing is left of it.
        """
        self._recorder.require("share")
        store = self._store()
        store.catch_up()
        target = target.expanduser().absolute()
        if store.layout.holds(target):
            raise InputRefused(f"{target} lies in the log itself; choose a folder outside of it.")
        if not store.ledger.last_seq():
            raise NotFound("Nothing was recorded yet, so there is nothing to export.")
        seqs = None if chosen is None else _numbers(store, chosen)
        with ExportFolder(target, store.calls) as folder:
            try:
                parts = BundleParts(store, seqs)
            except StorageFailed as error:
                self._record("BLOCKED", chosen, {}, error.sentence)
                raise
            try:
                exported = _written(folder, target, parts, progress, cancelled)
            except StorageFailed as error:
                self._record("ERROR", chosen, {}, error.sentence)
                raise
        return self._recorded(exported, chosen)

    def clear_leftovers(self, target: Path) -> None:
        """Remove what an export to *target* left whose process was ended in its midst."""
        ExportFolder.clear_leftovers(target)

    def _recorded(self, exported: Exported, chosen: Chosen) -> Exported:
        if not self._store().state.writable:
            return exported
        output = {
            "name": exported.path.name,
            "sha256": exported.sha256,
            "bytes": exported.size_bytes,
            "files": exported.files,
            "runs": exported.runs,
        }
        try:
            run_id = self._write("OK", chosen, {"bundle": output}, None)
        except LuthierError as error:
            raise StorageFailed(
                f"The bundle stands in {exported.path}, but this is not in the log: "
                f"{error.sentence}"
            ) from error
        return exported._replace(run_id=run_id, changes=Changes(runs=True))

    def _record(self, status: Any, chosen: Chosen, outputs: dict[str, Any], reason: str) -> None:
        """Record that nothing was exported; where that fails too, the first reason is told."""
        try:
            self._write(status, chosen, outputs, reason)
        except LuthierError:
            return

    def _write(
        self, status: Any, chosen: Chosen, outputs: dict[str, Any], reason: str | None
    ) -> str:
        request = {"export": "bundle", **_asked(chosen), "versions": versions()}
        decision = without_report({}).model_copy(update={"block_reason": reason})
        deed = Deed(
            event_type="export.written",
            status=status,
            decision=decision,
            request=request,
            request_sha256=reduced_sha256(request),
            summary={"export": "bundle", **outputs},
            outputs=outputs,
        )
        return self._recorder.record(deed)


def _asked(chosen: Chosen) -> dict[str, Any]:
    if isinstance(chosen, RunQuery):
        return {"query": chosen.model_dump(mode="json", exclude_defaults=True)}
    return {"run_ids": None if chosen is None else list(chosen)}


def _numbers(store: Store, chosen: RunQuery | Sequence[str]) -> list[int]:
    """Return the events of the chosen runs, and those that hide them."""
    if isinstance(chosen, RunQuery):
        ids = store.index.ids(chosen)
    else:
        if len(chosen) > _MOST_IDS:
            raise InputRefused(f"More than {_MOST_IDS:,} ids; choose the runs by a filter.")
        ids = list(dict.fromkeys(require_id(each, RUN_ID_PATTERN, "run") for each in chosen))
    entries = store.index.entries(ids)
    missing = set(ids) - {entry.run_id for entry in entries}
    if missing:
        raise not_found(min(missing), "run")
    if not entries:
        raise NotFound("No run fits, so nothing was exported.")
    return sorted(
        {entry.seq for entry in entries}
        | {entry.hidden_by for entry in entries if entry.hidden_by is not None}
    )


def _written(
    folder: ExportFolder,
    target: Path,
    parts: BundleParts,
    progress: Progress | None,
    cancelled: Cancelled | None,
) -> Exported:
    contents, size_bytes = parts.contents, 0

    def put(path: str, data: bytes) -> None:
        nonlocal size_bytes
        folder.add(path, data)
        size_bytes += len(data)
        contents.files[path] = Listed(path, sha256_hex(data), len(data))

    for done, (path, data) in enumerate(parts.files(), 1):
        if cancelled is not None and cancelled():
            raise ExportStopped("The export was cancelled; nothing of it was left.")
        put(path, data)
        if progress is not None:
            progress(min(done, parts.steps), parts.steps)
    for name in (FORMAT, CHECKER):
        put(name, (paths.resource("bundle") / name).read_bytes())
    manifest = canonical_bytes(contents.manifest(parts.signed, whole=parts.whole))
    folder.add(MANIFEST, manifest)
    folder.publish()
    return Exported(
        path=target,
        size_bytes=size_bytes + len(manifest),
        sha256=sha256_hex(manifest),
        run_id=None,
        runs=len(contents.runs),
        files=len(contents.files) + 1,
        absent=tuple((path, why) for path, (_, why) in sorted(contents.absent.items())),
        changes=Changes(),
    )
