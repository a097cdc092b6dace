"""From a RunQuery to SQL: which table drives, which conditions follow, where a page begins."""

from __future__ import annotations

import base64
import json
import re
import sqlite3
from dataclasses import dataclass, field
from typing import Any

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.storage.index_schema import FACETS, HIDDEN
from luthier_desktop.storage.run_row import folded

_FEW = 2000
_SHORTEST_INDEXED_WORD = 3
_ID = re.compile(r"run_\d{8}_([0-9a-hjkmnp-tv-z]{3,16})")
_ONE_A_RUN = frozenset({"hidden", "mode", "tool", "risk", "status", "source", "event", "operator"})
_TIME = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,6})?)?)?Z?")
_AFTER_EVERY_DETAIL = "~"

_SORTS = {
    "seq": ("", False),
    "score": ("r.score_key", True),
    "risk": ("r.risk_key", True),
    "status": ("r.status", False),
    "event": ("r.event_type", False),
    "operator": ("r.operator", False),
}
"""Column and whether it falls: numbers and risk from the highest, words from A to Z."""


@dataclass
class Selection:
    """A FROM clause, its conditions and the column that holds the run's number."""

    source: str = "runs r"
    seq: str = "r.seq"
    conditions: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, condition: str, *values: Any) -> None:
        """Add one more condition with its values."""
        self.conditions.append(condition)
        self.values += values

    def sql(self, columns: str, tail: str = "") -> str:
        """Write the statement."""
        where = " AND ".join(self.conditions)
        return f"SELECT {columns} FROM {self.source} WHERE {where} {tail}"


@dataclass(frozen=True)
class _Filters:
    facets: dict[str, tuple[str, ...]]
    words: tuple[str, ...]
    hidden: bool = False

    @classmethod
    def of(cls, query: RunQuery) -> _Filters:
        asked = {name: getattr(query, name) for name in FACETS}
        facets = {
            name: tuple(dict.fromkeys(folded(value) for value in values))
            for name, values in asked.items()
            if values
        }
        if query.hidden:
            facets["hidden"] = ("",)
        words = tuple(dict.fromkeys(folded(query.text or "").split()))
        return cls(facets, words, query.hidden)

    def kind(self, name: str) -> int:
        """Return the number under which the values of a filter stand."""
        if name == "hidden":
            return HIDDEN
        return -FACETS[name] if self.hidden else FACETS[name]

    def shown(self) -> str:
        """Return the condition that tells the listed runs from the hidden ones."""
        return "r.hidden != 0" if self.hidden else "r.hidden = 0"

    def indexed_words(self) -> list[str]:
        return [word for word in self.words if len(word) >= _SHORTEST_INDEXED_WORD]

    def short_words(self) -> list[str]:
        return [word for word in self.words if len(word) < _SHORTEST_INDEXED_WORD]


def select(connection: sqlite3.Connection, query: RunQuery, *, page: bool = False) -> Selection:
    """Choose what drives the search, and add every condition of *query*.

    With *page*, no more than the page that *query* asks for need be found.
    """
    filters = _Filters.of(query)
    if page and _is_one_facet_of_several(query, filters):
        return _merged(query, *next(iter(filters.facets.items())))
    driver = _driver(connection, query, filters, page=page)
    selection = _driven_by(driver, filters)
    for name, values in filters.facets.items():
        if name != driver:
            selection.add(
                "EXISTS (SELECT 1 FROM facets e WHERE e.kind = ? AND e.seq = r.seq "
                f"AND e.value IN ({_marks(values)}))",
                filters.kind(name),
                *values,
            )
    selection.add(filters.shown())
    _add_words(selection, filters.short_words())
    _add_times(connection, selection, query)
    return selection


def count(connection: sqlite3.Connection, query: RunQuery) -> int:
    """Count what *query* matches on all pages."""
    filters = _Filters.of(query)
    timed = query.since is not None or query.until is not None
    if len(filters.facets) == 1 and not filters.words and not timed:
        name, values = next(iter(filters.facets.items()))
        each_once = len(values) == 1 or name in _ONE_A_RUN
        return _count_facet(connection, filters.kind(name), values, each_once=each_once)
    chosen = select(connection, query)
    return int(connection.execute(chosen.sql("count(*)"), chosen.values).fetchone()[0])


def _count_facet(
    connection: sqlite3.Connection, kind: int, values: tuple[str, ...], *, each_once: bool
) -> int:
    """Count in ``facets`` alone, which tells hidden runs by their kinds."""
    counted = "count(*)" if each_once else "count(DISTINCT seq)"
    statement = f"SELECT {counted} FROM facets WHERE kind = ? AND value IN ({_marks(values)})"
    return int(connection.execute(statement, (kind, *values)).fetchone()[0])


def _is_one_facet_of_several(query: RunQuery, filters: _Filters) -> bool:
    several = len(filters.facets) == 1 and len(next(iter(filters.facets.values()))) > 1
    return several and not (filters.words or query.since or query.until) and query.sort == "seq"


def _merged(query: RunQuery, name: str, values: tuple[str, ...]) -> Selection:
    """Merge the ordered numbers of each value, and stop when the page is full."""
    seq = _read_cursor(query.cursor, query)[1] if query.cursor is not None else None
    beyond = f"AND seq {'>' if query.reverse else '<'} ?" if seq is not None else ""
    one = f"SELECT seq FROM facets WHERE kind = ? AND value = ? {beyond}"
    way = "ASC" if query.reverse else "DESC"
    selection = Selection()
    selection.add("r.hidden = 0")
    selection.add(
        f"r.seq IN (SELECT seq FROM ({' UNION '.join([one] * len(values))} "
        f"ORDER BY seq {way} LIMIT {query.limit + 1}))"
    )
    for value in values:
        selection.values += [FACETS[name], value, *([] if seq is None else [seq])]
    return selection


def _driver(
    connection: sqlite3.Connection, query: RunQuery, filters: _Filters, *, page: bool
) -> str | None:
    """Name the filter that leads to the matches soonest; None reads the runs in order."""
    if filters.indexed_words():
        return "text"
    counts = {
        name: _count_few(connection, filters.kind(name), values)
        for name, values in filters.facets.items()
    }
    rarest = min(counts, key=counts.__getitem__, default=None)
    if rarest is None or counts[rarest] < _FEW:
        return rarest
    singles = [name for name, values in filters.facets.items() if len(values) == 1]
    if singles and (query.sort == "seq" or not page):
        return singles[0]
    return None if page else rarest


def _count_few(connection: sqlite3.Connection, kind: int, values: tuple[str, ...]) -> int:
    few = (
        "SELECT count(*) FROM (SELECT 1 FROM facets WHERE kind = ? "
        f"AND value IN ({_marks(values)}) LIMIT {_FEW})"
    )
    return int(connection.execute(few, (kind, *values)).fetchone()[0])


def _driven_by(driver: str | None, filters: _Filters) -> Selection:
    if driver is None:
        return Selection()
    if driver == "text":
        return _driven_by_text(filters.indexed_words())
    values = filters.facets[driver]
    if len(values) == 1:
        selection = Selection("facets f CROSS JOIN runs r ON r.seq = f.seq", "f.seq")
        selection.add("f.kind = ? AND f.value = ?", filters.kind(driver), values[0])
        return selection
    selection = Selection()
    selection.add(
        f"r.seq IN (SELECT seq FROM facets WHERE kind = ? AND value IN ({_marks(values)}))",
        filters.kind(driver),
        *values,
    )
    return selection


def _driven_by_text(words: list[str]) -> Selection:
    selection = Selection("texts t CROSS JOIN runs r ON r.seq = t.rowid", "t.rowid")
    # What the ids of a day begin with leads to all of them; the rest leads to one.
    ids = {word: found[1] for word in words if (found := _ID.fullmatch(word))}
    rare = (ids.get(word, word) for word in words)
    phrases = [f'"{word.replace(chr(34), chr(34) * 2)}"' for word in rare]
    selection.add("texts MATCH ?", " AND ".join(phrases))
    _add_words(selection, list(ids))
    return selection


def _add_words(selection: Selection, words: list[str]) -> None:
    for word in words:
        selection.add(
            "EXISTS (SELECT 1 FROM searched s WHERE s.seq = r.seq AND instr(s.text, ?) > 0)", word
        )


def _add_times(connection: sqlite3.Connection, selection: Selection, query: RunQuery) -> None:
    if query.since is not None:
        since = _time(query.since, "since")
        found = connection.execute(
            "SELECT seq FROM runs WHERE latest_so_far >= ? ORDER BY latest_so_far, seq LIMIT 1",
            (since,),
        ).fetchone()
        selection.add(f"{selection.seq} >= ?", found[0] if found else 2**62)
        selection.add("r.created_at_utc >= ?", since)
    if query.until is not None:
        until = _time(query.until, "until") + _AFTER_EVERY_DETAIL
        found = connection.execute(
            "SELECT seq FROM runs WHERE earliest_from_here <= ? "
            "ORDER BY earliest_from_here DESC, seq DESC LIMIT 1",
            (until,),
        ).fetchone()
        selection.add(f"{selection.seq} <= ?", found[0] if found else 0)
        selection.add("r.created_at_utc <= ?", until)


def _time(text: str, name: str) -> str:
    if not _TIME.fullmatch(text):
        raise InputRefused(
            f"{name}: {text[:40]!r} is no UTC date or time; write 2026-01-22 or "
            "2026-01-22T10:11:12Z.",
            name,
        )
    return text.removesuffix("Z")


def order(query: RunQuery, seq: str) -> str:
    """Write the ORDER BY clause: ties stand newest first, and reversed is exactly reversed."""
    column, falls = _SORTS[query.sort]
    seq_way = "ASC" if query.reverse else "DESC"
    if not column:
        return f"ORDER BY {seq} {seq_way}"
    return f"ORDER BY {column} {'DESC' if falls != query.reverse else 'ASC'}, r.seq {seq_way}"


def add_cursor(selection: Selection, query: RunQuery) -> None:
    """Begin the page after the entry that *query*'s cursor names.

    Raises:
        InputRefused: The cursor is not one of this order.
    """
    if query.cursor is None:
        return
    key, seq = _read_cursor(query.cursor, query)
    column, falls = _SORTS[query.sort]
    beyond_seq = ">" if query.reverse else "<"
    if not column:
        selection.add(f"{selection.seq} {beyond_seq} ?", seq)
        return
    beyond = "<" if falls != query.reverse else ">"
    selection.add(f"{column} {beyond}= ?", key)
    selection.add(f"({column} {beyond} ? OR r.seq {beyond_seq} ?)", key, seq)


def sort_column(query: RunQuery) -> str:
    """Name the column of the sort key, which the next cursor needs."""
    return _SORTS[query.sort][0] or "NULL"


def write_cursor(query: RunQuery, key: Any, seq: int) -> str:
    """Write the cursor that continues after an entry."""
    plain = json.dumps([query.sort, query.reverse, key, seq], separators=(",", ":"))
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def _read_cursor(text: str, query: RunQuery) -> tuple[Any, int]:
    try:
        plain = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
        sort, reverse, key, seq = json.loads(plain)
    except (ValueError, TypeError, RecursionError):
        sort, reverse, key, seq = None, None, None, None
    fits = [sort, reverse] == [query.sort, query.reverse] and isinstance(seq, int)
    if not fits or not isinstance(key, str | int | float | None) or abs(seq) > 2**62:
        raise InputRefused(
            "cursor: this is not the next_cursor of a page in this order; begin at the first "
            "page without a cursor.",
            "cursor",
        )
    return key, seq


def _marks(values: tuple[str, ...]) -> str:
    return ", ".join("?" * len(values))
