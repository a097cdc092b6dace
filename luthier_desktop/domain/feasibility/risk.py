"""The status of a check and the verdict that statuses add up to: the only risk types."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Status(StrEnum):
    """What one check says; NOTE is advice and NA is not judged: neither takes part."""

    GREEN = "GREEN"
    YELLOW = "YELLOW"
    RED = "RED"
    UNKNOWN = "UNKNOWN"
    NOTE = "NOTE"
    NA = "NA"


class RiskBucket(StrEnum):
    """The verdict of a ring, a lane or a design."""

    GREEN = "GREEN"
    YELLOW = "YELLOW"
    RED = "RED"
    UNKNOWN = "UNKNOWN"


_FROM_WORST = (
    (Status.RED, RiskBucket.RED),
    (Status.UNKNOWN, RiskBucket.UNKNOWN),
    (Status.YELLOW, RiskBucket.YELLOW),
)


def gravity(status: Status) -> int:
    """Rank a status: 0 for RED, then UNKNOWN, YELLOW and all others."""
    ranks = [listed for listed, _ in _FROM_WORST]
    return ranks.index(status) if status in ranks else len(ranks)


def worst(statuses: Iterable[Status]) -> RiskBucket:
    """Return the worst of *statuses*: RED over UNKNOWN over YELLOW over GREEN.

    Without any status that takes part the verdict is GREEN: nothing speaks against it.
    """
    found = set(statuses)
    for status, bucket in _FROM_WORST:
        if status in found:
            return bucket
    return RiskBucket.GREEN


class Lane(StrEnum):
    """The lanes of checks, in the order that decides ties of the binding check."""

    LAYOUT = "layout"
    CHANNEL = "channel"
    BENDING = "bending"
    TILES = "tiles"
    MACHINING = "machining"
    FIT = "fit"
    FINISH = "finish"
