"""A design with its history of edits, as it is kept against a crash."""

from __future__ import annotations

from typing import NamedTuple

from luthier_desktop.domain.rosette import RosetteParamSpec


class DraftStep(NamedTuple):
    """One committed edit: its name, the design that it led to, and the ring it is about."""

    name: str
    design: RosetteParamSpec
    ring_id: str | None = None


class DraftState(NamedTuple):
    """Where a history stands: after *position* steps, of which *step* is the last one.

    *clean* is the number of steps after which the design was kept for good; None when that
    point can no longer be reached. *snapshot_id* is the one that the design comes from.
    """

    position: int
    clean: int | None
    design: RosetteParamSpec
    step: DraftStep | None = None
    snapshot_id: str | None = None


class DraftHistory(NamedTuple):
    """Everything about one open design: what it was at first, its steps, and where it stands."""

    base: RosetteParamSpec
    steps: tuple[DraftStep, ...]
    position: int
    clean: int | None
    snapshot_id: str | None = None

    @property
    def design(self) -> RosetteParamSpec:
        """The design as it stands."""
        return self.steps[self.position - 1].design if self.position else self.base

    @property
    def changes(self) -> int:
        """How many steps lie between the design and where it was kept last."""
        return changes_since(self.position, self.clean)


def changes_since(position: int, clean: int | None) -> int:
    """Count the steps between *position* and *clean*; at least one when that is out of reach."""
    return max(1, position) if clean is None else abs(position - clean)
