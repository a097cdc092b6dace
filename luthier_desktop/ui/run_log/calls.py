"""What the run log asks of the studio; always called on the worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from luthier_desktop.domain.errors import LuthierError, RunDamaged, RunPurged
from luthier_desktop.domain.run import RunArtifact, RunEntry, RunPage, RunQuery
from luthier_desktop.ui.widgets.check_rows import NO_ROWS, CheckRows, rows_from_record

_NEWEST = 200


class Stored(Protocol):
    """A run as it was read back: its bytes and what they say."""

    @property
    def data(self) -> bytes:
        """The file's bytes."""

    @property
    def artifact(self) -> RunArtifact:
        """The run."""


class RunCalls(Protocol):
    """The part of the studio's runs that is used here."""

    def find(self, query: RunQuery) -> RunPage:
        """Return one page of entries."""

    def ids(self, query: RunQuery) -> Sequence[str]:
        """Return the ids of every run that fits, in order."""

    def is_partial(self) -> bool:
        """Tell whether only the newest runs are known for now."""

    def entries_for(self, run_ids: Sequence[str]) -> Sequence[RunEntry]:
        """Return the entries of these runs."""

    def get(self, run_id: str) -> Stored:
        """Return the run as it is stored."""

    def rules_of(self, report: Mapping[str, Any]) -> dict[str, Any]:
        """Return the rules document that a stored report was made with."""

    def hidden_because(self, run_id: str) -> str:
        """Say who hid or purged a run and why."""

    def place_of(self, run_id: str) -> Path:
        """Return where the file of a run lies."""


class Why(NamedTuple):
    """The checks of a run; *note* says what cannot be shown of them, or why there are none."""

    rows: CheckRows
    note: str = ""


class Damage(NamedTuple):
    """What is wrong with a run's file, where it lies, and what can still be read of it."""

    reason: str
    place: str
    text: str


class Reading(NamedTuple):
    """One run as it was read: the run with its reasons, or its damage.

    *hidden* says who hid or purged it and why; of a purged run that is all there is.
    """

    run_id: str
    run: RunArtifact | None
    data: bytes
    why: Why
    damage: Damage | None = None
    hidden: str = ""


class Listed(NamedTuple):
    """The ids of runs: those above the newest one that was known, or every one.

    Of a *partial* list the older runs are still to come.
    """

    ids: list[str]
    is_all: bool
    is_partial: bool


def every(calls: RunCalls, query: RunQuery) -> Listed:
    """Return every id that is known for now."""
    ids = list(calls.ids(query))
    return Listed(ids, True, calls.is_partial())


def newer(calls: RunCalls, query: RunQuery, newest: str | None) -> Listed:
    """Return the ids above *newest*, or every id when that is surer."""
    if newest is not None:
        page = calls.find(query.model_copy(update={"limit": _NEWEST}))
        ids = [entry.run_id for entry in page.entries]
        if newest in ids:
            return Listed(ids[: ids.index(newest)], False, calls.is_partial())
    return every(calls, query)


def read(calls: RunCalls, run_id: str) -> Reading:
    """Read one run and the rules that it was judged by; damage is an answer, not a failure."""
    try:
        stored = calls.get(run_id)
    except RunDamaged as found:
        damage = Damage(found.reason, str(calls.place_of(run_id)), found.text)
        return Reading(run_id, None, b"", Why(NO_ROWS), damage)
    except RunPurged as purged:
        return Reading(run_id, None, b"", Why(NO_ROWS), hidden=purged.sentence)
    hidden = calls.hidden_because(run_id)
    why = _why(calls, stored.artifact)
    return Reading(run_id, stored.artifact, stored.data, why, hidden=hidden)


def _why(calls: RunCalls, run: RunArtifact) -> Why:
    report = run.feasibility
    if report is None:
        return Why(NO_ROWS, run.decision.block_reason or "No design was judged in this run.")
    setup_name = str(run.request_summary.get("setup_name") or "")
    try:
        rules, note = calls.rules_of(report), ""
    except LuthierError as error:
        rules, note = {}, error.sentence
    return Why(rows_from_record(report, rules, setup_name), note)
