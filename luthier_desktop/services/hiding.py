"""Taking runs out of the list: hidden with a reason, shown again, or purged by a lead."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from luthier_desktop.domain.errors import Conflict, NotAllowed, RunDamaged, RunPurged
from luthier_desktop.domain.run import RUN_ID_PATTERN, RunEntry
from luthier_desktop.services.actor import Actor
from luthier_desktop.services.changes import Changes
from luthier_desktop.services.ids import not_found, require_id
from luthier_desktop.services.runs import required_reason
from luthier_desktop.storage.layout import run_path
from luthier_desktop.storage.ledger import StoredFile
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.withdrawal import HIDDEN, PURGED, SHOWN, purge_row

_DECISIONS = frozenset({"decision.accepted", "decision.overridden"})


class Withdrawn(NamedTuple):
    """What was recorded of a run that was hidden, shown again or purged."""

    run_id: str
    seq: int
    reason: str
    changes: Changes


class Hiding:
    """Hides runs and purges them; nothing disappears without an event that says why."""

    def __init__(self, store: Callable[[], Store], actor: Actor) -> None:
        self._store = store
        self._actor = actor

    def hide(self, run_id: str, reason: str) -> Withdrawn:
        """Leave a run out of the list; its record stays as it is and can be shown again.

        Raises:
            InputRefused: This is no id, or no reason is given.
            NotFound: There is no such run.
            Conflict: It is hidden or purged already.
            NotAllowed: A viewer may not; a damaged run stays in sight.
            StorageFailed: It is not known to be saved.
        """
        self._actor.require("hide")
        reason = required_reason(reason)
        if self._entry(run_id).hidden:
            raise Conflict(f"Run {run_id} is hidden already.")
        self._require_sound(run_id, "hidden")
        return self._withdraw(HIDDEN, run_id, {"reason": reason})

    def unhide(self, run_id: str, reason: str) -> Withdrawn:
        """List a hidden run again.

        Raises:
            InputRefused: This is no id, or no reason is given.
            NotFound: There is no such run.
            Conflict: It is not hidden, or it was purged.
            NotAllowed: A viewer may not.
            StorageFailed: It is not known to be saved.
        """
        self._actor.require("hide")
        reason = required_reason(reason)
        if not self._entry(run_id).hidden:
            raise Conflict(f"Run {run_id} is not hidden.")
        return self._withdraw(SHOWN, run_id, {"reason": reason})

    def purge(self, run_id: str, reason: str) -> Withdrawn:
        """Remove the record of a run for good; its line in the log and its hash stay.

        Raises:
            InputRefused: This is no id, or no reason is given.
            NotFound: There is no such run.
            Conflict: It was purged already.
            NotAllowed: Only a lead may; and nothing that something else rests on.
            StorageFailed: It is not known to be saved, or the file is still there.
        """
        self._actor.require("purge")
        reason = required_reason(reason)
        entry = self._entry(run_id)
        data = self._require_sound(run_id, "purged")
        self._require_unneeded(entry)
        file = StoredFile.of(run_path(run_id), data)
        return self._withdraw(PURGED, run_id, purge_row(file, reason))

    def _withdraw(self, event: str, run_id: str, row: dict[str, object]) -> Withdrawn:
        store = self._store()
        seq = store.withdraw(event, run_id, row)
        store.catch_up()
        return Withdrawn(run_id, seq, str(row["reason"]), Changes(runs=True))

    def _entry(self, run_id: str) -> RunEntry:
        require_id(run_id, RUN_ID_PATTERN, "run")
        store = self._store()
        store.catch_up()
        found = store.index.entries([run_id])
        if not found:
            raise not_found(run_id, "run")
        if found[0].purged:
            purge = store.withdrawal_of(run_id)
            told = purge.sentence().rstrip(".") if purge else f"Run {run_id} was purged"
            raise Conflict(f"{told}. Nothing is left to hide or purge.")
        return found[0]

    def _require_sound(self, run_id: str, done: str) -> bytes:
        """Return the run's bytes; damage is evidence, and stays where everybody sees it."""
        try:
            return self._store().runs.get(run_id).data
        except RunDamaged as damage:
            raise NotAllowed(
                f"Run {run_id} was not {done}: it is damaged ({damage.reason}), and damage stays "
                "in sight. Restore its file from a backup first."
            ) from damage
        except RunPurged as purged:
            raise Conflict(purged.sentence) from purged

    def _require_unneeded(self, entry: RunEntry) -> None:
        refused = f"Run {entry.run_id} was not purged:"
        if entry.event_type in _DECISIONS:
            raise NotAllowed(
                f"{refused} it is a decision, and shows for ever who let a design be cut and why. "
                "It can be hidden."
            )
        snapshot_id = self._snapshot_of(entry)
        snapshot = self._store().index.snapshot(snapshot_id) if snapshot_id else None
        if snapshot is not None and snapshot.baseline:
            raise NotAllowed(
                f"{refused} its snapshot {snapshot_id} is the baseline. Make another snapshot the "
                "baseline first."
            )
        if snapshot is not None and not snapshot.deleted:
            raise NotAllowed(
                f"{refused} it is the verdict of snapshot {snapshot_id}. Delete that first: "
                f"luthier snapshots delete {snapshot_id} --reason ..."
            )

    def _snapshot_of(self, entry: RunEntry) -> str | None:
        """Return the snapshot that a run saved or brought in."""
        event = self._store().ledger.read(entry.seq)
        row = event.members["row"] if event is not None and event.members is not None else None
        told = (row or {}).get("snapshot")
        if entry.event_type == "snapshot.deleted" or not isinstance(told, dict):
            return None
        return str(told.get("snapshot_id"))
