"""Bringing in what the web ToolBox recorded: kept as it was found, never trusted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import InputRefused, NotFound
from luthier_desktop.domain.legacy.backups import read_backup
from luthier_desktop.domain.legacy.found import Found, Place
from luthier_desktop.domain.legacy.runs import read_run
from luthier_desktop.domain.legacy.snapshots import is_baseline, read_snapshot
from luthier_desktop.domain.run import RUN_SCHEMA
from luthier_desktop.domain.snapshot import SNAPSHOT_SCHEMA
from luthier_desktop.services.designs import Designs
from luthier_desktop.services.legacy_deed import legacy_deed, legacy_snapshot
from luthier_desktop.services.recorder import Recorder
from luthier_desktop.storage.incoming import Incoming
from luthier_desktop.storage.legacy_folder import LegacyFile, Skipped, look_through
from luthier_desktop.storage.legacy_log import LegacyLog, importing
from luthier_desktop.storage.store import Store

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
MOST_ROWS = 2000
"""So many records are told one by one in a window; the command tells all."""
_READERS = {"run": read_run, "snapshot": read_snapshot, "backup": read_backup}
_OURS = (RUN_SCHEMA, SNAPSHOT_SCHEMA)


class Brought(NamedTuple):
    """One record of the web ToolBox and the run that stands for it; *is_new*: added just now."""

    kind: str
    legacy_id: str
    run_id: str
    path: str
    is_new: bool
    faults: tuple[str, ...]
    snapshot_id: str | None = None
    holds: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Return it as the command tells it."""
        told: dict[str, Any] = {
            "legacy_id": self.legacy_id,
            "run_id": self.run_id,
            "faults": list(self.faults),
            "path": self.path,
            "added": self.is_new,
        }
        if self.kind == "snapshot":
            told["snapshot_id"] = self.snapshot_id
        if self.kind == "backup":
            told |= {"holds": list(self.holds), "lacks": list(self.lacks)}
        return told

    def row(self) -> dict[str, Any]:
        """Return what there is to say of it, sentence by sentence."""
        held = [f"It holds {one}." for one in self.holds]
        lacking = [f"It lacks {one}." for one in self.lacks]
        return {
            "kind": self.kind,
            "id": self.legacy_id,
            "run_id": self.run_id,
            "path": self.path,
            "said": [*self.faults, *held, *lacking],
        }


class LegacyImport(NamedTuple):
    """What became of a data directory of the web ToolBox."""

    brought: tuple[Brought, ...]
    skipped: tuple[Skipped, ...]
    cancelled: bool

    @property
    def has_faults(self) -> bool:
        """Whether anything is wrong with a record, or one could not be read."""
        return any(one.faults for one in self.brought) or any(one.is_fault for one in self.skipped)

    def plain(self) -> dict[str, Any]:
        """Return it in the form of ``luthier import-legacy``."""
        kinds = (("runs", "run"), ("snapshots", "snapshot"), ("backups", "backup"))
        told: dict[str, Any] = {
            name: [one.plain() for one in self.brought if one.kind == kind] for name, kind in kinds
        }
        told["skipped"] = [
            {"path": one.path, "reason": one.reason, "fault": one.is_fault} for one in self.skipped
        ]
        told["added"] = sum(one.is_new for one in self.brought)
        told["cancelled"] = self.cancelled
        return told

    def summary(self) -> dict[str, Any]:
        """Return the counts, and what there is to say of single records, for a window."""
        said = [one.row() for one in self.brought if one.faults or one.holds or one.lacks]
        left = [
            {"kind": "left out", "id": "", "run_id": "", "path": each.path, "said": [each.reason]}
            for each in self.skipped
        ]
        rows = [*said, *left]
        return {
            "runs": sum(one.kind == "run" for one in self.brought),
            "snapshots": sum(one.kind == "snapshot" for one in self.brought),
            "backups": sum(one.kind == "backup" for one in self.brought),
            "added": sum(one.is_new for one in self.brought),
            "faulty": sum(bool(one.faults) for one in self.brought),
            "left_out": len(self.skipped),
            "rows": rows[:MOST_ROWS],
            "untold": max(0, len(rows) - MOST_ROWS),
            "cancelled": self.cancelled,
        }


class Legacy:
    """Reads a data directory of the web ToolBox into the log."""

    def __init__(self, store: Callable[[], Store], recorder: Recorder, designs: Designs) -> None:
        self._store = store
        self._recorder = recorder
        self._designs = designs

    def import_folder(
        self,
        folder: Path,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> LegacyImport:
        """Bring every record in *folder* into the log, one run each; nothing there is changed.

        What stands in the log already, byte for byte, adds nothing; so an import that was cut
        off is completed by doing it again.

        Raises:
            NotAllowed: Only a lead may.
            NotFound: There is no such folder.
            InputRefused: It is no data directory of the web ToolBox.
            Conflict: Another program imports at the same time.
            StorageFailed: A record could not be kept; those before it are.
        """
        self._recorder.require("import_legacy")
        files, skipped = look_through(folder)
        work = _Work(self._recorder, self._designs, _baselines(files))
        stopped = False
        with importing(self._store()) as known:
            for number, file in enumerate(files):
                if cancelled is not None and cancelled():
                    stopped = True
                    break
                work.bring(file, known)
                if progress is not None:
                    progress(number + 1, len(files))
        return LegacyImport(tuple(work.brought), (*skipped, *work.skipped), stopped)


class _Work:
    """One import: what it brought in and what it left."""

    def __init__(self, recorder: Recorder, designs: Designs, baselines: int) -> None:
        self._recorder = recorder
        self._designs = designs
        self._baselines = baselines
        self._places: dict[str, str] = {}
        self.brought: list[Brought] = []
        self.skipped: list[Skipped] = []

    def bring(self, file: LegacyFile, known: LegacyLog) -> None:
        """Bring one record in, or say why not."""
        try:
            incoming = file.read()
            plain = _require_record(incoming)
        except (InputRefused, NotFound) as error:
            self.skipped.append(Skipped(shown(file.path, 300), error.sentence, is_fault=True))
            return
        place = Place(shown(file.folder), shown(file.stem))
        found = _READERS[file.kind](plain, place)
        self._compare(found, file, incoming, known)
        run_id = known.run_of(incoming.sha256)
        is_new, snapshot_id = run_id is None, None
        if run_id is None:
            run_id, snapshot_id = self._record(found, file, incoming)
            known.add(found.kind, found.legacy_id, incoming.sha256, run_id)
        self._places.setdefault(incoming.sha256, file.path)
        self.brought.append(
            Brought(
                kind=found.kind,
                legacy_id=found.legacy_id,
                run_id=run_id,
                path=shown(file.path, 300),
                is_new=is_new,
                faults=tuple(found.faults),
                snapshot_id=snapshot_id,
                holds=found.holds,
                lacks=found.lacks,
            )
        )

    def _compare(
        self, found: Found, file: LegacyFile, incoming: Incoming, known: LegacyLog
    ) -> None:
        if found.is_baseline and self._baselines > 1:
            found.fault(
                f"{self._baselines} snapshots call themselves the baseline; there can be one. "
                "None was made it here."
            )
        twin = self._places.get(incoming.sha256)
        if twin is not None:
            found.fault(f"The same bytes stand in {shown(twin)}, too.")
        for run_id in known.others(found.kind, found.legacy_id, incoming.sha256):
            found.fault(
                f"It differs from the record of the same id that {run_id} brought in; both are "
                "kept."
            )

    def _record(
        self, found: Found, file: LegacyFile, incoming: Incoming
    ) -> tuple[str, str | None]:
        if found.design is not None:
            found.design = self._designs.identified(found.design)
        stamp = self._recorder.stamp()._replace(source="legacy")
        kept = legacy_snapshot(found, incoming.sha256, stamp, self._recorder.new_id)
        deed = legacy_deed(found, shown(file.path, 300), incoming, kept)
        done = self._recorder.write(deed, stamp, kept.attached)
        self._recorder.sign_if_due()
        return done.run_id, kept.snapshot_id


def _require_record(incoming: Incoming) -> Mapping[str, Any]:
    plain = incoming.plain
    if not isinstance(plain, dict):
        raise InputRefused(f"{incoming.what}: it is no object with named members.")
    if plain.get("schema") in _OURS:
        raise InputRefused(
            f"{incoming.what}: it was made by this program, not by the web ToolBox."
        )
    return plain


def _baselines(files: tuple[LegacyFile, ...]) -> int:
    """Count the snapshots that call themselves the baseline; one that is no record is none."""
    count = 0
    for file in files:
        if file.kind == "snapshot":
            try:
                count += is_baseline(file.read().plain)
            except (InputRefused, NotFound):
                continue
    return count
