"""What the run log asks of the studio; always called on the worker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from luthier_desktop.domain.errors import RunDamaged
from luthier_desktop.domain.run import RunArtifact, RunEntry, RunPage, RunQuery

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

    def entries_for(self, run_ids: Sequence[str]) -> Sequence[RunEntry]:
        """Return the entries of these runs."""

    def get(self, run_id: str) -> Stored:
        """Return the run as it is stored."""


class Reading(NamedTuple):
    """One run as it was read: the run, or the reason why it is damaged and what is left."""

    run_id: str
    run: RunArtifact | None
    data: bytes
    reason: str | None = None


def newer(calls: RunCalls, query: RunQuery, newest: str | None) -> tuple[list[str], bool]:
    """Return the ids above *newest*, and False; or every id, and True, when that is surer."""
    if newest is not None:
        page = calls.find(query.model_copy(update={"limit": _NEWEST}))
        ids = [entry.run_id for entry in page.entries]
        if newest in ids:
            return ids[: ids.index(newest)], False
    return list(calls.ids(query)), True


def read(calls: RunCalls, run_id: str) -> Reading:
    """Read one run; damage is an answer, not a failure."""
    try:
        stored = calls.get(run_id)
    except RunDamaged as damage:
        return Reading(run_id, None, (damage.text or "").encode("utf-8"), damage.reason)
    return Reading(run_id, stored.artifact, stored.data)
