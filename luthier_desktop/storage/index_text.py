"""The free text of a query: its words, and the runs whose text holds all of them."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from luthier_desktop.domain.run import RunQuery
from luthier_desktop.storage.index_schema import RUNS
from luthier_desktop.storage.index_sets import (
    FULL_PART,
    PART,
    all_of,
    read_set,
    selector,
    set_of,
    spread,
)
from luthier_desktop.storage.run_row import folded

FEW = 5000
"""So many runs are looked at one by one sooner than all are searched."""
_SAMPLED = 400
_COMMON = _SAMPLED // 8
_SHORTEST_INDEXED_WORD = 3
_ID = re.compile(r"run_\d{8}_([0-9a-hjkmnp-tv-z]{3,16})")


@dataclass(frozen=True)
class Words:
    """What must stand in a run's text: *phrases* that are indexed, and *parts* that are not."""

    phrases: tuple[str, ...]
    parts: tuple[str, ...]

    @classmethod
    def of(cls, query: RunQuery) -> Words:
        """Take the words of *query*; each must occur."""
        words = dict.fromkeys(folded(query.text or "").split())
        # What the ids of a day begin with leads to all of them; the rest leads to one.
        tails = {word: found[1] for word in words if (found := _ID.fullmatch(word))}
        phrases = [tails.get(word, word) for word in words if len(word) >= _SHORTEST_INDEXED_WORD]
        parts = [word for word in words if len(word) < _SHORTEST_INDEXED_WORD or word in tails]
        return cls(tuple(phrases), tuple(parts))

    def __bool__(self) -> bool:
        return bool(self.phrases or self.parts)

    def search(self, number: str = "seq") -> tuple[str, list[str]]:
        """Return FROM and WHERE of the search, the number's column being named *number*."""
        conditions, values = [], []
        if self.phrases:
            source = f"(SELECT rowid AS {number}, text FROM texts WHERE texts MATCH ?)"
            quoted = (f'"{phrase.replace(chr(34), chr(34) * 2)}"' for phrase in self.phrases)
            values.append(" AND ".join(quoted))
        else:
            source = "searched"
        for part in self.parts:
            conditions.append("instr(text, ?) > 0")
            values.append(part)
        return f"{source} WHERE {' AND '.join(conditions) or '1'}", values


def having(connection: sqlite3.Connection, words: Words, numbers: Iterable[int]) -> list[int]:
    """Return those of *numbers* whose text holds all words, looked at one by one, in order."""
    asked = list(numbers)
    wanted = [*words.phrases, *words.parts]
    conditions = " AND instr(text, ?) > 0" * len(wanted)
    rows = connection.execute(
        "SELECT seq FROM searched WHERE seq IN (SELECT value FROM json_each(?))" + conditions,
        (json.dumps(asked), *wanted),
    )
    found = {row[0] for row in rows}
    return [number for number in asked if number in found]


def newest_having(
    connection: sqlite3.Connection,
    words: Words,
    runs: int,
    most: int,
    *,
    newest_first: bool = True,
) -> list[int]:
    """Return up to *most* of the set *runs* whose text holds all words, in their order."""
    if runs.bit_count() <= FEW:
        return having(connection, words, all_of(runs, newest_first=newest_first))[:most]
    searched, values = words.search()
    way = "DESC" if newest_first else "ASC"
    rows = connection.execute(
        f"SELECT seq FROM {searched} AND seq BETWEEN ? AND ? AND {_CHOSEN} "
        f"ORDER BY seq {way} LIMIT ?",
        (*values, *_bounds(runs), selector(runs), most),
    )
    return [row[0] for row in rows]


def all_having(connection: sqlite3.Connection, words: Words, runs: int) -> int:
    """Return the set of all of *runs* whose text holds all words."""
    if runs.bit_count() <= FEW:
        return set_of(having(connection, words, all_of(runs)))
    if words.phrases and not _is_common(connection, words, runs):
        searched, values = words.search()
        rows = connection.execute(
            f"SELECT seq FROM {searched} AND seq BETWEEN ? AND ?", (*values, *_bounds(runs))
        )
        return runs & set_of(row[0] for row in rows)
    return runs & _read_through(connection, words, runs)


def count_having(connection: sqlite3.Connection, words: Words, runs: int) -> int:
    """Count those of *runs* whose text holds all words."""
    return all_having(connection, words, runs).bit_count()


def _is_common(connection: sqlite3.Connection, words: Words, runs: int) -> bool:
    """Tell whether so many texts hold the phrases that to read all is faster than to look up."""
    first, last = _bounds(runs)
    some = range(first, last + 1, max(1, (last - first) // _SAMPLED))
    return len(having(connection, Words(words.phrases, ()), some)) > _COMMON


def _read_through(connection: sqlite3.Connection, words: Words, runs: int) -> int:
    """Read the text of one run after the other; return the set of those that hold all words.

    SQLite answers with one digit a run, a part of the runs at a time: a row each would take three
    times as long, and hold the lock of Python meanwhile.
    """
    wanted = [*words.phrases, *words.parts]
    holds = " AND ".join(["instr(text, ?) > 0"] * len(wanted))
    statement = f"SELECT group_concat({holds}, '') FROM searched WHERE seq BETWEEN ? AND ?"
    first, last = _bounds(runs)
    listed = read_set(connection, RUNS, "")
    parts = []
    for start in range(first - first % PART, last + 1, PART):
        row = connection.execute(statement, (*wanted, start, start + PART - 1)).fetchone()
        parts.append(
            spread(listed >> start & FULL_PART, row[0] or "").to_bytes(PART // 8, "little")
        )
    return int.from_bytes(b"".join(parts), "little") << first - first % PART


_CHOSEN = "substr(?, seq + 1, 1) = x'01'"


def _bounds(runs: int) -> tuple[int, int]:
    return (runs & -runs).bit_length() - 1, runs.bit_length() - 1
