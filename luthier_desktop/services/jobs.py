"""Long work by its name: what a process of its own does for the window, in plain data.

A job takes a studio, its arguments as JSON gives them and a `Watch`, and returns what JSON can
write. It holds nothing back that a sudden end would lose: what it records is recorded one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.run import RunQuery, Source
from luthier_desktop.services.export_jobs import export_file_job, preview_job
from luthier_desktop.services.log_tables import FORMATS
from luthier_desktop.services.runs import Level
from luthier_desktop.services.studio import Studio
from luthier_desktop.storage.verify import SLICES

MOST_FINDINGS = 1000
"""So many findings are told in a list; a window has no use for more."""
_LEVELS = ("quick", "full", "deep")
_SEVERITIES = ("damage", "warning", "info")


class Watch(Protocol):
    """Hears how far the work is, and knows whether anybody still wants it."""

    def tell(self, done: int, total: int, words: str = "") -> None:
        """Take note that *done* of *total* steps are done; 0 of 0 when that is unknown."""

    def is_cancelled(self) -> bool:
        """Say whether the work should end now."""


Work = Callable[[Studio, Mapping[str, Any], Watch], Any]


class Job(NamedTuple):
    """What is done, and where a record that it makes comes from."""

    work: Work
    source: Source


def verify_job(studio: Studio, arguments: Mapping[str, Any], watch: Watch) -> dict[str, Any]:
    """Verify the log; with more findings than a list can hold, the worst are told."""
    level = _level(arguments.get("level", "full"))
    report = studio.runs.verify(level, watch.tell, watch.is_cancelled).plain()
    found = sorted(report["findings"], key=lambda each: _SEVERITIES.index(each["severity"]))
    counts = {name: sum(each["severity"] == name for each in found) for name in _SEVERITIES}
    return report | {"findings": found[:MOST_FINDINGS], "counts": counts}


def verify_run_job(studio: Studio, arguments: Mapping[str, Any], _watch: Watch) -> dict[str, Any]:
    """Verify the run *run_id*, however long the log is that its checkpoint covers."""
    return studio.proofs.of(str(arguments.get("run_id", ""))).plain()


def rebuild_job(studio: Studio, _arguments: Mapping[str, Any], watch: Watch) -> dict[str, Any]:
    """Build the index anew."""
    watch.tell(0, 0, "")
    return studio.runs.rebuild()


def repair_job(studio: Studio, arguments: Mapping[str, Any], watch: Watch) -> dict[str, Any]:
    """Bring back what is damaged or missing from the copy in the folder *from*."""
    folder = Path(str(arguments.get("from", "")))
    return studio.upkeep.repair(folder, watch.tell, watch.is_cancelled).plain()


def export_job(studio: Studio, arguments: Mapping[str, Any], watch: Watch) -> dict[str, Any]:
    """Write the runs of *query*, those with *run_ids*, or the whole log, into the folder *to*."""
    query, run_ids = arguments.get("query"), arguments.get("run_ids")
    chosen = run_ids if query is None else RunQuery.read(query, "The filters")
    target = Path(str(arguments.get("to", "")))
    done = studio.bundles.export(target, chosen, watch.tell, watch.is_cancelled)
    absent = [{"path": path, "why": why} for path, why in done.absent]
    return {"path": str(done.path), "runs": done.runs, "run_id": done.run_id, "absent": absent}


def legacy_job(studio: Studio, arguments: Mapping[str, Any], watch: Watch) -> dict[str, Any]:
    """Bring the records of the web ToolBox in the folder *from* into the log."""
    folder = Path(str(arguments.get("from", "")))
    return studio.legacy.import_folder(folder, watch.tell, watch.is_cancelled).summary()


def export_list_job(studio: Studio, arguments: Mapping[str, Any], watch: Watch) -> dict[str, Any]:
    """Write the list of the runs of *query*, or of those with *run_ids*, into the file *to*."""
    run_ids = arguments.get("run_ids")
    query = RunQuery.read(arguments.get("query") or {}, "The filters")
    target, form = Path(str(arguments.get("to", ""))), arguments.get("form")
    if form not in FORMATS:
        raise InputRefused(f"{str(form)[:80]!r} is no format of a list (csv, json).")
    chosen = query if run_ids is None else run_ids
    done = studio.log_tables.export(target, form, chosen, watch.tell, watch.is_cancelled)
    return {
        "path": str(done.path),
        "runs": done.runs,
        "run_id": done.run_id,
        "damaged": done.damaged,
    }


def full_backup_job(studio: Studio, arguments: Mapping[str, Any], watch: Watch) -> dict[str, Any]:
    """Copy the whole store into a new folder in the folder *to*."""
    folder = Path(str(arguments.get("to", "")))
    return studio.full_backups.create(folder, watch.tell, watch.is_cancelled).plain()


def full_verify_job(studio: Studio, arguments: Mapping[str, Any], watch: Watch) -> dict[str, Any]:
    """Verify the full backup in the folder *from*."""
    folder = Path(str(arguments.get("from", "")))
    return studio.full_backups.verify(folder, watch.tell, watch.is_cancelled).plain()


def full_restore_job(studio: Studio, arguments: Mapping[str, Any], watch: Watch) -> dict[str, Any]:
    """Restore the full backup in the folder *from* into the new or empty folder *into*."""
    folder, into = (Path(str(arguments.get(name, ""))) for name in ("from", "into"))
    return studio.full_backups.restore(folder, into, watch.tell, watch.is_cancelled).plain()


# What only reads signs nothing at its end: that is the business of the window itself.
JOBS: Mapping[str, Job] = {
    "verify": Job(verify_job, "cli"),
    "verify_run": Job(verify_run_job, "cli"),
    "rebuild": Job(rebuild_job, "window"),
    "repair": Job(repair_job, "window"),
    "export": Job(export_job, "window"),
    "export_list": Job(export_list_job, "window"),
    "export_file": Job(export_file_job, "window"),
    "picture_preview": Job(preview_job, "cli"),
    "import_legacy": Job(legacy_job, "window"),
    "full_backup": Job(full_backup_job, "window"),
    "full_verify": Job(full_verify_job, "cli"),
    "full_restore": Job(full_restore_job, "cli"),
}


def job(name: str) -> Job:
    """Return the job *name*.

    Raises:
        InputRefused: There is no such job.
    """
    if name not in JOBS:
        raise InputRefused(f"There is no long work named {name[:80]!r}.")
    return JOBS[name]


def _level(given: Any) -> Level:
    if given in _LEVELS or (type(given) is int and 0 <= given < SLICES):
        level: Level = given
        return level
    raise InputRefused(f"{str(given)[:80]!r} is no level of verifying (quick, full, deep).")
