"""Which runs a query matches, its words aside: one set of numbers out of those of its values."""

from __future__ import annotations

import re
import sqlite3

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.storage.index_schema import (
    DAY,
    FACETS,
    HIDDEN,
    REGRESSED,
    REGRESSED_DAYS,
    RUNS,
    IndexDamaged,
)
from luthier_desktop.storage.index_sets import read_set, read_span, set_of
from luthier_desktop.storage.run_row import folded

_TIME = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,6})?)?)?Z?")
_AFTER_EVERY_DETAIL = "~"
_BEFORE_EVERY_TIME, _AFTER_EVERY_TIME = "", "\U0010ffff"


def matching(connection: sqlite3.Connection, query: RunQuery) -> int:
    """Return the set of the runs that *query* asks for, whatever their texts say."""
    found = _times(connection, query)
    for name, kind in FACETS.items():
        values = tuple(dict.fromkeys(folded(value) for value in getattr(query, name)))
        if values:
            chosen = read_set(connection, kind, *values)
            found = chosen if found is None else found & chosen
    hidden = read_set(connection, HIDDEN, "")
    if query.hidden:
        return hidden if found is None else found & hidden
    if found is None:
        found = read_set(connection, RUNS, "")
    return found & ~hidden if hidden else found


def _times(connection: sqlite3.Connection, query: RunQuery) -> int | None:
    """Return the runs of a span of time; None without one.

    Numbers are the order. Where the clock goes forward they cut the span out; the runs whose
    clock stood behind that of an earlier run are kept by their days.
    """
    if query.since is None and query.until is None:
        return None
    since, until = _BEFORE_EVERY_TIME, _AFTER_EVERY_TIME
    if query.since is not None:
        since = _time(query.since, "since")
    if query.until is not None:
        until = _time(query.until, "until") + _AFTER_EVERY_DETAIL
    first, end = _first_from(connection, since), _first_from(connection, until)
    span = ((1 << end) - 1) >> first << first
    span &= read_set(connection, RUNS, "") & ~read_set(connection, REGRESSED, "")
    return span | _regressed(connection, since, until)


def _regressed(connection: sqlite3.Connection, since: str, until: str) -> int:
    """Return the regressed runs of a span: whole days at once, its first and last day by time."""
    found = read_span(connection, REGRESSED_DAYS, since, until[:DAY])
    for day in {since[:DAY], until[:DAY]}:
        rows = connection.execute(
            "SELECT seq FROM runs WHERE created_at_utc < latest_so_far "
            "AND created_at_utc >= ? AND created_at_utc <= ?",
            (max(since, day), min(until, day + _AFTER_EVERY_TIME)),
        )
        found |= set_of(row[0] for row in rows) if day else 0
    return found


def _first_from(connection: sqlite3.Connection, time: str) -> int:
    """Return the first number from which on the clock had reached *time*; it never falls."""
    low = 0
    high = int(connection.execute("SELECT coalesce(max(seq), 0) FROM runs").fetchone()[0]) + 1
    while low < high:
        middle = (low + high) // 2
        statement = "SELECT seq, latest_so_far FROM runs WHERE seq >= ? ORDER BY seq LIMIT 1"
        row = connection.execute(statement, (middle,)).fetchone()
        if row and not isinstance(row[1], str):
            raise IndexDamaged("a time of a run is no text")
        if row is None or row[1] >= time:
            high = middle
        else:
            low = int(row[0]) + 1
    return low


def _time(text: str, name: str) -> str:
    if not _TIME.fullmatch(text):
        raise InputRefused(
            f"{name}: {text[:40]!r} is no UTC date or time; write 2026-01-22 or "
            "2026-01-22T10:11:12Z.",
            name,
        )
    return text.removesuffix("Z")
