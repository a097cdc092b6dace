"""What a call changed: the lists that are stale now."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Changes:
    """Which lists a call made stale; whoever shows one of them reads it again."""

    runs: bool = False
    snapshots: bool = False
    setups: bool = False
    catalogue: bool = False


NOTHING = Changes()
