"""Upkeep of the log: when it was verified, what is due, and repair from a copy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from luthier_desktop.domain.verification import Care, RepairReport, Verified
from luthier_desktop.services.actor import Actor
from luthier_desktop.services.clock import Clock
from luthier_desktop.storage import verified
from luthier_desktop.storage.repair import Repair
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.verified import Look
from luthier_desktop.storage.verify import Cancelled, Progress

__all__ = ["Look", "Upkeep"]
_MAY_NOTE = ("operator", "lead")


class Upkeep:
    """Keeps the log verified and brings back what a copy still has."""

    def __init__(self, store: Callable[[], Store], clock: Clock, actor: Actor) -> None:
        self._store = store
        self._clock = clock
        self._actor = actor

    def look_back(self, below: int | None = None) -> Look:
        """Look for the newest verification; a long log takes several steps, see `Look`."""
        return verified.look_back(self._store(), below)

    def due_part(self, care: Care) -> int | None:
        """Return which thirtieth of the files, 1 to 30, is due today; None when none is."""
        return verified.due_part(care, self._clock.now())

    def note_verified(self, before: Care, report: Mapping[str, Any]) -> Care:
        """Take note of a verification that ran to its end, where this operator may record.

        *report* is what the job ``verify`` returned.

        Raises:
            StorageFailed: It is not known to be saved.
        """
        done = _verified(report, self._clock.now())
        is_part = done.level.startswith("slice")
        care = before.model_copy(update={"part" if is_part else "whole": done})
        store = self._store()
        if store.state.writable and self._actor.look().role in _MAY_NOTE:
            verified.note(store, care)
            store.catch_up()
        return care

    def repair(
        self,
        folder: Path,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> RepairReport:
        """Bring back each damaged or missing file of which *folder* has the recorded bytes.

        Raises:
            NotAllowed: Only a lead may.
            NotFound: There is no such folder.
            InputRefused: It lies in the store itself.
            StoreReadOnly: The store is open for viewing only.
            StorageFailed: The disk failed; what was restored until then stays restored.
        """
        self._actor.require("repair")
        return Repair(self._store(), folder, progress, cancelled).run()


def _verified(report: Mapping[str, Any], now: str) -> Verified:
    counts = report["counts"]
    return Verified(
        level=report["level"],
        at_utc=now,
        events=report["events"],
        runs=report["runs"],
        damage=counts["damage"],
        warnings=counts["warning"],
        infos=counts["info"],
        witness=_witness(report.get("last_witness")),
    )


def _witness(told: Any) -> str | None:
    """Return when the log was last seen from outside, where the report tells it."""
    if isinstance(told, Mapping):
        found = told.get("at_utc")
        return found if isinstance(found, str) else None
    return None
