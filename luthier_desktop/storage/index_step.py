"""One step from a run to the next one that a query matches, without a list of them all."""

from __future__ import annotations

import sqlite3

from luthier_desktop.domain.run import RunQuery
from luthier_desktop.storage import index_query
from luthier_desktop.storage.index_schema import ORDERS
from luthier_desktop.storage.index_sets import value_of


def next_after(
    connection: sqlite3.Connection, query: RunQuery, seq: int | None, step: int
) -> int | None:
    """Return the number that follows *seq* in the order of *query*, or stands before it.

    The way up is the same order reversed. Without *seq*, or when there is no such run, it begins
    at the end that *step* comes from.
    """
    way = query.model_copy(update={"reverse": query.reverse != (step < 0), "cursor": None})
    place = None if seq is None else _place(connection, way, seq)
    if place is not None:
        way = way.model_copy(update={"cursor": index_query.write_cursor(way, place)})
    found = index_query.page(connection, way, 1)
    return found[0][1] if found else None


def _place(connection: sqlite3.Connection, query: RunQuery, seq: int) -> index_query.Place | None:
    if query.sort == "seq":
        return None, seq
    if query.sort == "score":
        row = connection.execute("SELECT score_key FROM runs WHERE seq = ?", (seq,)).fetchone()
        return (row[0], seq) if row else None
    value = value_of(connection, ORDERS[query.sort], seq)
    return None if value is None else (value, seq)
