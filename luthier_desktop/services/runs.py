"""The log of runs: find, show, verify, make the index again."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from luthier_desktop.domain.errors import InputRefused, RunDamaged
from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.run import RUN_ID_PATTERN, RunEntry, RunPage, RunQuery
from luthier_desktop.domain.verification import VerifyReport
from luthier_desktop.services.actor import Actor
from luthier_desktop.services.changes import NOTHING, Changes
from luthier_desktop.services.ids import require_id
from luthier_desktop.services.reproduction import Reproduced, reproduce
from luthier_desktop.services.rules_file import rules_of
from luthier_desktop.storage.layout import run_path
from luthier_desktop.storage.run_store import StoredRun
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.verify import Cancelled, Level, Progress, verify

LONGEST_REASON = 500
__all__ = ["Level", "RunDamaged", "Runs", "StoredRun"]


class Runs:
    """Reads what was recorded; nothing here changes a record."""

    def __init__(
        self,
        store: Callable[[], Store],
        materials: Callable[[], MaterialCatalogue],
        actor: Actor,
    ) -> None:
        self._store = store
        self._actor = actor
        self._materials = materials

    def find(self, query: RunQuery) -> RunPage:
        """Return one page of the log; a run whose file is not as recorded is marked damaged."""
        return self._followed().find(query)

    def ids(self, query: RunQuery) -> list[str]:
        """Return the ids of all runs that *query* matches, in its order."""
        return self._followed().lists.ids(query)

    def numbers(self, query: RunQuery) -> array[int]:
        """Return the numbers of all runs that *query* matches, in its order: 8 bytes a run."""
        return self._followed().index.numbers(query)

    def count(self, query: RunQuery) -> int:
        """Count all runs that *query* matches."""
        return self._followed().index.count(query)

    def entries_for(self, run_ids: Sequence[str]) -> tuple[RunEntry, ...]:
        """Return the entries of these runs in their order; unknown ids are left out."""
        return self._store().entries(run_ids)

    def entries_at(self, seqs: Sequence[int]) -> tuple[RunEntry, ...]:
        """Return the entries of the runs with these numbers, as `entries_for`."""
        return self._store().entries_at(seqs)

    def get(self, run_id: str) -> StoredRun:
        """Return one run with the very bytes that are stored.

        Raises:
            InputRefused: This is no id.
            NotFound: There is no such run.
            RunDamaged: Its file is missing or is not what was recorded.
        """
        return self._followed().runs.get(require_id(run_id, RUN_ID_PATTERN, "run"))

    def rules_of(self, report: Mapping[str, Any]) -> dict[str, Any]:
        """Return the rules document that a stored report was made with.

        Raises:
            NotFound: No such rules file was stored.
            RecordDamaged: It is damaged, or not the one that the report was made with.
        """
        return rules_of(report, self._store().documents)

    def reproduce(self, run_id: str) -> Reproduced:
        """Judge a run again from what it recorded, by this program; writes nothing.

        Raises:
            InputRefused: This is no id, nothing was judged in it, or its request cannot be read.
            NotFound: There is no such run.
            RunDamaged: Its file is missing or is not what was recorded.
        """
        return reproduce(self.get(run_id).artifact, self._materials())

    def place_of(self, run_id: str) -> Path:
        """Return where the file of a run lies, or would lie.

        Raises:
            InputRefused: This is no id.
        """
        return self._store().layout.real(run_path(run_id))

    def verify(
        self,
        level: Level = "full",
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> VerifyReport:
        """Read the log again and say what is not as it was recorded; writes nothing.

        A number from 0 to 29 as *level* reads that thirtieth of the files; never raises.
        """
        return verify(self._store(), level, progress, cancelled)

    def rebuild(self) -> dict[str, Any]:
        """Make the index again from the ledger; return ``{runs, events, seconds}``.

        Raises:
            NotAllowed: A viewer may not.
            StorageFailed: The index could not be written.
        """
        self._actor.require("rebuild")
        rebuilt = self._store().rebuild()
        return {"runs": rebuilt.runs, "events": rebuilt.events, "seconds": rebuilt.seconds}

    def adopt_orphans(self) -> Changes:
        """Take complete runs whose event was lost in a crash into the log; for a start.

        A store that cannot be written is left as it is, and one whose index is being made anew
        is looked through at the next start.
        """
        store = self._followed()
        if not store.state.writable or store.index.is_building:
            return NOTHING
        adopted = store.adopt_orphans()
        return Changes(runs=bool(adopted.runs))

    def acknowledge_rollback(self, reason: str) -> int:
        """Take a log that is older than the last seen for the right one, and say why.

        Return the number of the event. From then on checkpoints are signed again, in a new epoch.

        Raises:
            NotAllowed: Only a lead may.
            InputRefused: No reason is given, or it is too long.
            NotFound: The log is not older than last seen.
            StorageFailed: This is not known to be saved.
        """
        self._actor.require("acknowledge_rollback")
        return self._store().acknowledge_rollback(required_reason(reason))

    def hidden_because(self, run_id: str) -> str:
        """Say in one sentence who hid or purged a run and why; empty when nobody did."""
        found = self._store().withdrawal_of(run_id)
        return "" if found is None else found.sentence()

    def alarm(self) -> str:
        """Say in one sentence that the log is older than last seen here, or nothing."""
        state = self._store().state
        return state.sentence if state.kind == "rollback" else ""

    def is_partial(self) -> bool:
        """Tell whether the list holds the newest runs alone, its index being made anew."""
        return self._store().index.is_building

    def behind(self) -> str:
        """Say in one sentence that the list lags behind the records, or nothing."""
        return self._store().index.stale

    def _followed(self) -> Store:
        store = self._store()
        store.catch_up()
        return store


def required_reason(given: str) -> str:
    """Return a reason without the blanks around it.

    Raises:
        InputRefused: There is none, or it is too long.
    """
    reason = given.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise InputRefused(
            f"The reason must have 1 to {LONGEST_REASON} characters; it has {len(reason)}.",
            "reason",
        )
    return reason
