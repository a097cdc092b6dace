"""The list of runs as a file, CSV or JSON; each one that was written is a recorded run itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from luthier_desktop.domain.errors import InputRefused, LuthierError, NotFound, StorageFailed
from luthier_desktop.domain.run import RUN_ID_PATTERN, RunEntry, RunQuery
from luthier_desktop.exports.log_table import Line, TableFormat, pieces
from luthier_desktop.services.bundles import ExportStopped
from luthier_desktop.services.changes import Changes
from luthier_desktop.services.ids import not_found, require_id
from luthier_desktop.services.recorder import Recorder
from luthier_desktop.services.recording import Deed, without_report
from luthier_desktop.services.requests import reduced_sha256, versions
from luthier_desktop.storage.document_store import read_proven
from luthier_desktop.storage.layout import run_path
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.streamed_file import StreamedFile

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
Chosen = RunQuery | Sequence[str]
MOST_IDS = 10_000
FORMATS: tuple[TableFormat, ...] = ("csv", "json")
_AT_ONCE = 500


class WrittenTable(NamedTuple):
    """A list that was written; ``run_id`` is None where the store cannot be written."""

    path: Path
    size_bytes: int
    sha256: str
    run_id: str | None
    runs: int
    damaged: int
    changes: Changes


class LogTables:
    """Writes lists of runs, however long they are."""

    def __init__(self, store: Callable[[], Store], recorder: Recorder) -> None:
        self._store = store
        self._recorder = recorder

    def export(
        self,
        target: Path,
        form: TableFormat,
        chosen: Chosen,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> WrittenTable:
        """Write the chosen runs into the new file *target*, a query's in its order.

        Raises:
            NotAllowed: A viewer may not.
            InputRefused: An id is none, or *target* lies where no list can.
            NotFound: There is no such run, or none fits.
            Conflict: Something stands at *target*.
            StorageFailed: The disk refused; that is recorded.
            ExportStopped: It was cancelled; nothing is left of it.
        """
        self._recorder.require("export")
        store = self._store()
        store.catch_up()
        target = target.expanduser().absolute()
        if store.layout.holds(target):
            raise InputRefused(f"{target} lies in the log itself; choose a folder outside of it.")
        seqs = _numbers(store, chosen)
        lines = _Lines(store, seqs, progress, cancelled)
        with StreamedFile(target, store.calls) as file:
            try:
                for piece in pieces(form, lines):
                    file.add(piece)
                file.publish()
            except StorageFailed as error:
                self._record_failure(form, chosen, error.sentence)
                raise
        written = WrittenTable(
            target, file.size_bytes, file.sha256, None, lines.count, lines.damaged, Changes()
        )
        return self._recorded(written, form, chosen)

    def clear_leftovers(self, target: Path) -> None:
        """Remove what an export to *target* left whose process was ended in its midst."""
        StreamedFile.clear_leftovers(target)

    def _recorded(self, written: WrittenTable, form: TableFormat, chosen: Chosen) -> WrittenTable:
        if not self._store().state.writable:
            return written
        output = {
            "name": written.path.name,
            "format": form,
            "sha256": written.sha256,
            "bytes": written.size_bytes,
            "runs": written.runs,
        }
        try:
            run_id = self._write("OK", form, chosen, {"list": output}, None)
        except LuthierError as error:
            raise StorageFailed(
                f"The list stands in {written.path}, but this is not in the log: {error.sentence}"
            ) from error
        return written._replace(run_id=run_id, changes=Changes(runs=True))

    def _record_failure(self, form: TableFormat, chosen: Chosen, reason: str) -> None:
        """Record that nothing was exported; where that fails too, the first reason is told."""
        try:
            self._write("ERROR", form, chosen, {}, reason)
        except LuthierError:
            return

    def _write(
        self,
        status: Any,
        form: TableFormat,
        chosen: Chosen,
        outputs: dict[str, Any],
        reason: str | None,
    ) -> str:
        request = {"export": "list", "format": form, **_asked(chosen), "versions": versions()}
        deed = Deed(
            event_type="export.written",
            status=status,
            decision=without_report({}).model_copy(update={"block_reason": reason}),
            request=request,
            request_sha256=reduced_sha256(request),
            summary={"export": "list", **outputs},
            outputs=outputs,
        )
        return self._recorder.record(deed)


class _Lines:
    """The lines of runs, read some at a time; each record is looked at as it is now."""

    def __init__(
        self,
        store: Store,
        seqs: Sequence[int],
        progress: Progress | None,
        cancelled: Cancelled | None,
    ) -> None:
        self._store = store
        self._seqs = seqs
        self._progress = progress
        self._cancelled = cancelled
        self.count = 0
        self.damaged = 0

    def __iter__(self) -> Iterator[Line]:
        for at in range(0, len(self._seqs), _AT_ONCE):
            if self._cancelled is not None and self._cancelled():
                raise ExportStopped("The export was cancelled; nothing of it was left.")
            yield from self._part(self._seqs[at : at + _AT_ONCE])
            if self._progress is not None:
                self._progress(self.count, len(self._seqs))

    def _part(self, seqs: Sequence[int]) -> Iterator[Line]:
        store = self._store
        entries = store.index.entries_at(seqs)
        files = store.index.files([run_path(entry.run_id) for entry in entries])
        for entry in entries:
            file = files.get(run_path(entry.run_id))
            reason = "unknown"
            if file is not None and not entry.purged:
                _, reason = read_proven(store.layout, file, store.calls)
            seen = self._as_seen(entry, bool(reason))
            self.count += 1
            self.damaged += seen.damaged
            yield Line(seen, file.sha256 if file else "")

    def _as_seen(self, entry: RunEntry, is_damaged: bool) -> RunEntry:
        """Return the entry as its record is now, and not as it was when last looked at."""
        is_damaged = is_damaged and not entry.purged
        if is_damaged == entry.damaged:
            return entry
        return entry.model_copy(update={"damaged": is_damaged})


def _asked(chosen: Chosen) -> dict[str, Any]:
    if isinstance(chosen, RunQuery):
        return {"query": chosen.model_dump(mode="json", exclude_defaults=True)}
    return {"run_ids": list(chosen)}


def _numbers(store: Store, chosen: Chosen) -> Sequence[int]:
    if isinstance(chosen, RunQuery):
        found: Sequence[int] = store.index.numbers(chosen)
    else:
        if len(chosen) > MOST_IDS:
            raise InputRefused(f"More than {MOST_IDS:,} ids; choose the runs by a filter.")
        ids = list(dict.fromkeys(require_id(each, RUN_ID_PATTERN, "run") for each in chosen))
        entries = store.index.entries(ids)
        missing = set(ids) - {entry.run_id for entry in entries}
        if missing:
            raise not_found(min(missing), "run")
        found = sorted((entry.seq for entry in entries), reverse=True)
    if not found:
        raise NotFound("No run fits, so nothing was exported.")
    return found
