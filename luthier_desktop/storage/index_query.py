"""Queries in their order: a page, a count, or the numbers of all that match."""

from __future__ import annotations

import base64
import json
import sqlite3
from array import array
from collections.abc import Iterator
from itertools import compress
from typing import Any

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.storage import index_text
from luthier_desktop.storage.index_match import matching
from luthier_desktop.storage.index_schema import ORDERS, RUNS
from luthier_desktop.storage.index_sets import (
    all_of,
    first_of,
    next_value,
    read_set,
    selector,
    set_of,
)
from luthier_desktop.storage.index_text import Words

_FALLING = frozenset({"score", "risk"})
"""Numbers and risk stand from the highest on, words from A to Z."""
_FEW_SCORES = 5000
_SCORES_AT_ONCE = 5000
_SAME_SCORE = "WHERE score_key = ? AND seq"
_PROBED = 30_000
_MOST_LOOKED_AT = 20_000
_FIRST_LOOK = 500

Place = tuple[Any, int]
"""Where a run stands in an order: its key, and its number."""


def count(connection: sqlite3.Connection, query: RunQuery) -> int:
    """Count what *query* matches on all pages."""
    runs, words = matching(connection, query), Words.of(query)
    return index_text.count_having(connection, words, runs) if words else runs.bit_count()


def chosen(connection: sqlite3.Connection, query: RunQuery) -> int:
    """Return the set of all that *query* matches, each run as one bit."""
    runs, words = matching(connection, query), Words.of(query)
    return index_text.all_having(connection, words, runs) if words else runs


def numbers(connection: sqlite3.Connection, query: RunQuery) -> array[int]:
    """Return the numbers of all that *query* matches, in its order."""
    return in_order(connection, query, chosen(connection, query))


def in_order(connection: sqlite3.Connection, query: RunQuery, runs: int) -> array[int]:
    """Return the numbers of a set of runs in the order of *query*."""
    if query.sort == "score":
        return _all_by_score(connection, query, runs)
    found = array("q")
    for _, group in _groups(connection, query, runs):
        found += all_of(group, newest_first=not query.reverse)
    return found


def page(connection: sqlite3.Connection, query: RunQuery, most: int) -> list[Place]:
    """Return the places of up to *most* runs, from the cursor of *query* on.

    Raises:
        InputRefused: The cursor is not one of this order.
    """
    runs, words = matching(connection, query), Words.of(query)
    newest = not query.reverse
    if not words:
        return _first(connection, query, runs, most)
    if query.sort == "seq":
        runs = _beyond(query, runs)
        found = index_text.newest_having(connection, words, runs, most, newest_first=newest)
        return [(None, seq) for seq in found]
    some = index_text.newest_having(connection, words, runs, _PROBED)
    if len(some) < _PROBED:
        return _first(connection, query, set_of(some), most)
    places = _looked_up(connection, query, words, runs, most)
    if places is None:
        runs = index_text.all_having(connection, words, runs)
        places = _first(connection, query, runs, most)
    return places


def _looked_up(
    connection: sqlite3.Connection, query: RunQuery, words: Words, runs: int, most: int
) -> list[Place] | None:
    """Look at the texts along the order until the page is full; None when that takes long."""
    candidates = _first(connection, query, runs, _MOST_LOOKED_AT)
    found: list[Place] = []
    at, size = 0, _FIRST_LOOK
    while at < len(candidates) and len(found) < most:
        part = candidates[at : at + size]
        having = set(index_text.having(connection, words, (seq for _, seq in part)))
        found += (place for place in part if place[1] in having)
        at, size = at + size, size * 4
    complete = len(found) >= most or len(candidates) < _MOST_LOOKED_AT
    return found[:most] if complete else None


def _first(connection: sqlite3.Connection, query: RunQuery, runs: int, most: int) -> list[Place]:
    if query.sort == "score":
        return list(_by_score(connection, query, runs, most, read_cursor(query)))
    found: list[Place] = []
    for key, group in _groups(connection, query, runs):
        wanted = most - len(found)
        found += ((key, seq) for seq in first_of(group, wanted, newest_first=not query.reverse))
        if len(found) == most:
            break
    return found


def _groups(
    connection: sqlite3.Connection, query: RunQuery, runs: int
) -> Iterator[tuple[str | None, int]]:
    """Yield the runs of each key in order, from the cursor on."""
    if query.sort == "seq":
        yield None, _beyond(query, runs)
        return
    kind, falls = ORDERS[query.sort], (query.sort in _FALLING) != query.reverse
    cursor = read_cursor(query)
    key = cursor[0] if cursor else next_value(connection, kind, None, falls=falls)
    if cursor:
        yield key, _beyond(query, runs & read_set(connection, kind, cursor[0]))
        key = next_value(connection, kind, key, falls=falls)
    while key is not None:
        yield key, runs & read_set(connection, kind, key)
        key = next_value(connection, kind, key, falls=falls)


def _beyond(query: RunQuery, runs: int) -> int:
    """Leave of a set what follows the number of the cursor."""
    cursor = read_cursor(query)
    if cursor is None:
        return runs
    seq = cursor[1]
    return runs >> (seq + 1) << (seq + 1) if query.reverse else runs & ((1 << seq) - 1)


def _by_score(
    connection: sqlite3.Connection,
    query: RunQuery,
    runs: int,
    most: int = -1,
    cursor: Place | None = None,
) -> Iterator[Place]:
    """Yield places by score: of few runs the scores are read, else the order is walked along."""
    way, beyond, beyond_seq = ("ASC", ">", ">") if query.reverse else ("DESC", "<", "<")
    if runs.bit_count() <= _FEW_SCORES:
        chosen: list[Any] = [json.dumps(list(all_of(runs)))]
        source = "runs WHERE seq IN (SELECT value FROM json_each(?))"
    else:
        chosen = [selector(runs)]
        source = "runs INDEXED BY runs_score WHERE substr(?, seq + 1, 1) = x'01'"
    if cursor is not None:
        key, seq = cursor
        source += f" AND score_key {beyond}= ? AND (score_key {beyond} ? OR seq {beyond_seq} ?)"
        chosen += [key, key, seq]
    return connection.execute(
        f"SELECT score_key, seq FROM {source} ORDER BY score_key {way}, seq {way} LIMIT ?",
        (*chosen, most),
    )


def _all_by_score(connection: sqlite3.Connection, query: RunQuery, runs: int) -> array[int]:
    if runs.bit_count() <= _FEW_SCORES:
        return array("q", (seq for _, seq in _by_score(connection, query, runs)))
    is_every = runs == read_set(connection, RUNS, "")
    chosen = selector(runs).ljust(_highest(connection) + 1, b"\0")
    found = array("q")
    for part in _parts_by_score(connection, reverse=query.reverse):
        found += array("q", part if is_every else compress(part, map(chosen.__getitem__, part)))
    return found


def _parts_by_score(connection: sqlite3.Connection, *, reverse: bool) -> Iterator[list[int]]:
    """Yield the numbers of all runs by their score, joined by SQLite some thousand at a time.

    Behind a full part the rest of its last score follows first, found without a walk along it.
    """
    way, beyond = ("ASC", ">") if reverse else ("DESC", "<")
    places: list[tuple[str, tuple[Any, ...]]] = [("", ())]
    while places:
        where, values = places.pop()
        joined = connection.execute(
            "SELECT json_group_array(seq) FROM (SELECT seq FROM runs INDEXED BY runs_score "
            f"{where} ORDER BY score_key {way}, seq {way} LIMIT {_SCORES_AT_ONCE})",
            values,
        )
        part = json.loads(joined.fetchone()[0])
        yield part
        if len(part) == _SCORES_AT_ONCE:
            statement = "SELECT score_key FROM runs WHERE seq = ?"
            (key,) = connection.execute(statement, (part[-1],)).fetchone()
            if not where.startswith(_SAME_SCORE):
                places.append((f"WHERE score_key {beyond} ?", (key,)))
            places.append((f"{_SAME_SCORE} {beyond} ?", (key, part[-1])))


def _highest(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(seq), 0) FROM runs").fetchone()[0])


def write_cursor(query: RunQuery, place: Place) -> str:
    """Write the cursor that continues after a place."""
    plain = json.dumps([query.sort, query.reverse, *place], separators=(",", ":"))
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def read_cursor(query: RunQuery) -> Place | None:
    """Return the place that the cursor of *query* names; None without one.

    Raises:
        InputRefused: The cursor is not one of this order.
    """
    if query.cursor is None:
        return None
    try:
        plain = base64.urlsafe_b64decode(
            query.cursor.encode("ascii") + b"=" * (-len(query.cursor) % 4)
        )
        sort, reverse, key, seq = json.loads(plain)
    except (ValueError, TypeError, RecursionError):
        sort, reverse, key, seq = None, None, None, None
    fits = [sort, reverse] == [query.sort, query.reverse] and type(seq) is int
    if not fits or not isinstance(key, _KEYS[query.sort]) or not 0 <= seq <= _HIGHEST_NUMBER:
        raise InputRefused(
            "cursor: this is not the next_cursor of a page in this order; begin at the first "
            "page without a cursor.",
            "cursor",
        )
    return key, seq


_HIGHEST_NUMBER = 10**9
_KEYS: dict[str, Any] = {"seq": type(None), "score": int | float} | dict.fromkeys(ORDERS, str)
