"""What a call changed: the lists that are stale now."""

from __future__ import annotations

from typing import NamedTuple


class Changes(NamedTuple):
    """Which lists a call made stale; whoever shows one of them reads it again."""

    runs: bool = False
    snapshots: bool = False
    setups: bool = False
    index: bool = False

    def __or__(self, other: object) -> Changes:
        """Join the changes of two calls."""
        if not isinstance(other, Changes):
            return NotImplemented
        return Changes(*(mine or theirs for mine, theirs in zip(self, other, strict=True)))


NOTHING = Changes()
