"""The values that occur in the runs, one filter at a time: what a filter can offer."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.storage.index_schema import FACETS, HIDDEN
from luthier_desktop.storage.index_sets import next_value, read_set


class OccurringValues(NamedTuple):
    """Values in their order, each with the count of its runs; not *is_all* when there are more."""

    counted: tuple[tuple[str, int], ...]
    is_all: bool


def occurring(connection: sqlite3.Connection, name: str, most: int) -> OccurringValues:
    """Return up to *most* values of the filter *name*, folded; hidden runs do not count.

    Raises:
        InputRefused: There is no such filter.
    """
    if name not in FACETS:
        raise InputRefused(f"There is no filter {name[:40]!r} whose values could be listed.")
    kind, hidden = FACETS[name], read_set(connection, HIDDEN, "")
    found: list[tuple[str, int]] = []
    value = next_value(connection, kind, None, falls=False)
    while value is not None:
        count = (read_set(connection, kind, value) & ~hidden).bit_count()
        if count and len(found) == most:
            return OccurringValues(tuple(found), False)
        if count:
            found.append((value, count))
        value = next_value(connection, kind, value, falls=False)
    return OccurringValues(tuple(found), True)
