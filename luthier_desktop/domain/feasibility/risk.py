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


_RANK = {Status.RED: 3, Status.UNKNOWN: 2, Status.YELLOW: 1, Status.GREEN: 0}


def worst(statuses: Iterable[Status]) -> RiskBucket:
    """Return the worst of *statuses*: RED over UNKNOWN over YELLOW over GREEN.

    Without any status that takes part the verdict is GREEN: nothing speaks against it.
    """
    found = max((status for status in statuses if status in _RANK), key=_RANK.__getitem__,
                default=Status.GREEN)
    return RiskBucket(found.value)


class Lane(StrEnum):
    """The lanes of checks, in the order that decides ties of the binding check."""

    LAYOUT = "layout"
    CHANNEL = "channel"
    BENDING = "bending"
    TILES = "tiles"
    MACHINING = "machining"
    FIT = "fit"
    FINISH = "finish"
