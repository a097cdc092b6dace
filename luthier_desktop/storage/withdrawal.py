"""Runs that were taken out of the list: hidden, shown again, or purged, each by an event.

A hidden run stays as it is and can be shown again. A purge removes the file after its event, so
that a missing file is always explained; the event keeps the file's hash, and the ledger the line.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from luthier_desktop.domain.errors import InputRefused, StorageFailed
from luthier_desktop.domain.run import RUN_ID_PATTERN, RunEntry
from luthier_desktop.domain.verification import LogFinding
from luthier_desktop.storage.atomic import sync_directory
from luthier_desktop.storage.backup_rows import BACKUP_DELETED, backup_row
from luthier_desktop.storage.findings import finding
from luthier_desktop.storage.layout import run_path
from luthier_desktop.storage.ledger import Ledger, ReadEvent, StoredFile
from luthier_desktop.storage.survey import Ground

HIDDEN, SHOWN, PURGED = "run.hidden", "run.shown", "run.purged"
WITHDRAWALS = frozenset({HIDDEN, SHOWN, PURGED})


class Withdrawal(NamedTuple):
    """What one event says: which run, why, when and by whom."""

    event: str
    run_id: str
    seq: int
    at_utc: str
    operator_id: str
    reason: str

    def sentence(self) -> str:
        """Say what was done to the run, and why."""
        done = {HIDDEN: "hidden", SHOWN: "shown again", PURGED: "purged"}[self.event]
        why = f": {self.reason}" if self.reason else ""
        return f"Run {self.run_id} was {done} on {self.at_utc[:10]} by {self.operator_id}{why}"


def mark_of(event: str, seq: int) -> int:
    """Return what the index keeps of a withdrawal: its number, below 0 for a purge."""
    return {HIDDEN: seq, SHOWN: 0, PURGED: -seq}[event]


def withdrawal_of(event: ReadEvent | None) -> Withdrawal | None:
    """Return the withdrawal that *event* tells of; None when it tells of something else."""
    if event is None or event.members is None or event.members["event"] not in WITHDRAWALS:
        return None
    members = event.members
    if not re.fullmatch(RUN_ID_PATTERN, str(members["run_id"])):
        return None
    reason = (members["row"] or {}).get("reason")
    return Withdrawal(
        members["event"],
        members["run_id"],
        event.seq,
        members["at_utc"],
        members["operator_id"],
        reason if isinstance(reason, str) else "",
    )


def purge_row(file: StoredFile, reason: str) -> dict[str, Any]:
    """Return what a purge tells: why, and of which bytes it leaves only the hash."""
    return {"reason": reason, "file": file.plain()}


@dataclass
class Withdrawals:
    """What verification met of hidden and purged runs on its way along the ledger."""

    ground: Ground
    hidden: set[str] = field(default_factory=set)
    purged: dict[str, Withdrawal] = field(default_factory=dict)
    deleted: dict[str, int] = field(default_factory=dict)
    """Backups of settings that were deleted, by their path, with the number of the event."""

    def note(self, event: ReadEvent) -> bool:
        """Take note of *event*; tell whether it was a withdrawal, and so no run of its own."""
        for path in deleted_by(event):
            self.deleted.setdefault(path, event.seq)
        found = withdrawal_of(event)
        if found is None:
            return False
        if found.event == PURGED:
            self.purged.setdefault(run_path(found.run_id), found)
        elif found.event == HIDDEN:
            self.hidden.add(found.run_id)
        else:
            self.hidden.discard(found.run_id)
        return True

    def explains(self, path: str) -> bool:
        """Tell whether the file at *path* may be missing: it was removed on purpose."""
        return path in self.purged or path in self.deleted

    def findings(self) -> Iterator[LogFinding]:
        """Tell each purge, and how many runs are hidden and how many backups deleted."""
        for path, purge in self.purged.items():
            left = "Its hash is kept."
            if lies_there(self.ground, path):
                left = "Its file is still there: the window's start or a rebuild removes it."
            message = f"{purge.sentence().rstrip('.')}. {left}"
            yield finding("purged", message, path=path, seq=purge.seq)
        hidden = len(self.hidden - {purge.run_id for purge in self.purged.values()})
        if hidden:
            runs = "1 run is hidden." if hidden == 1 else f"{hidden:,} runs are hidden."
            yield finding("hidden", runs)
        if self.deleted:
            count = len(self.deleted)
            were = (
                "1 backup of settings was" if count == 1 else f"{count:,} backups of settings were"
            )
            there = sum(lies_there(self.ground, path) for path in self.deleted)
            still = f" {there:,} still there: a rebuild removes what is left." if there else ""
            message = f"{were} deleted; each hash is kept.{still}"
            yield finding("backup_deleted", message, seq=max(self.deleted.values()))


def deleted_by(event: ReadEvent) -> tuple[str, ...]:
    """Name the files of the backups of settings that *event* tells to be deleted."""
    if event.members is None or event.members["event"] != BACKUP_DELETED:
        return ()
    row = backup_row(event.members["row"])
    return () if row is None else tuple(file.path for file in row.deleted)


def lies_there(ground: Ground, path: str) -> bool:
    """Tell whether a file of the store is there; what cannot be looked at is none."""
    try:
        ground.calls.stat(ground.layout.real(path))
    except (OSError, InputRefused):
        return False
    return True


def told_of(ledger: Ledger, entry: RunEntry) -> Withdrawal | None:
    """Read the event that hides or purges a run; None when the ledger tells of none."""
    found = withdrawal_of(ledger.read(entry.hidden_by)) if entry.hidden_by else None
    return found if found and found.run_id == entry.run_id else None


def remove_purged(ground: Ground, run_id: str) -> None:
    """Remove the file of a run whose purge stands in the ledger; nothing when it is gone.

    Raises:
        StorageFailed: It could not be removed; the next start of the window or rebuild tries it.
    """
    path = ground.layout.real(run_path(run_id))
    try:
        with contextlib.suppress(FileNotFoundError):
            ground.calls.unlink(path)
            sync_directory(path.parent, ground.calls)
    except OSError as error:
        raise StorageFailed(
            f"The purge of run {run_id} is recorded, but {path} could not be removed "
            f"({error.strerror or error}). The next start of the window or `luthier logs rebuild` "
            "tries it again."
        ) from error


def finish_purges(ground: Ground, ledger: Ledger, entries: Iterable[RunEntry]) -> None:
    """Remove what an interruption left of purged runs; only where the ledger itself tells so.

    Raises:
        StorageFailed: A file could not be removed.
    """
    for entry in entries:
        if entry.purged and lies_there(ground, run_path(entry.run_id)):
            purge = told_of(ledger, entry)
            if purge is not None and purge.event == PURGED:
                remove_purged(ground, entry.run_id)
