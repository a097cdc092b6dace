"""Sets of run numbers, one for each value that can be asked for: the index's filters.

A set is kept in parts of 4,096 numbers, each a short list while it is sparse and else one bit a
number. In memory a set is one integer, so that "and", "or" and "count" take microseconds at a
million runs.
"""

from __future__ import annotations

import sqlite3
import sys
from array import array
from collections.abc import Iterable, Iterator
from itertools import compress

from luthier_desktop.storage.index_schema import IndexDamaged

PART = 4096
FULL_PART = (1 << PART) - 1
_FULL_BYTES = PART // 8
_MOST_LISTED = 32
_HIGHEST_NUMBER = 10**9
_HIGHEST_PART = _HIGHEST_NUMBER // PART
_AS_BITS = bytes(ord("0")) + b"\0\1" + bytes(254 - ord("0"))
_AS_DIGITS = b"01" + bytes(254)
_MOST_PENDING = 100_000

Key = tuple[int, str]
"""The kind of a set and its value."""


class SetWriter:
    """Collects numbers and writes each touched part once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._pending: dict[tuple[int, str, int], int] = {}

    def add(self, keys: Iterable[Key], seq: int) -> None:
        """Put *seq* into the set of each of *keys*."""
        part, bit = seq // PART, 1 << seq % PART
        pending = self._pending
        for kind, value in keys:
            key = (kind, value, part)
            pending[key] = pending.get(key, 0) | bit
        if len(pending) > _MOST_PENDING:
            self.flush()

    def discard(self, keys: Iterable[Key], seq: int) -> None:
        """Take *seq* out of the set of each of *keys*."""
        self.flush()
        part, bit = seq // PART, 1 << seq % PART
        for kind, value in keys:
            key = (kind, value, part)
            self._write(key, self._read(key) & ~bit)

    def flush(self) -> None:
        """Write what was collected."""
        for key in sorted(self._pending):
            self._write(key, self._read(key) | self._pending[key])
        self._pending.clear()

    def _read(self, key: tuple[int, str, int]) -> int:
        statement = "SELECT part, seqs FROM sets WHERE kind = ? AND value = ? AND part = ?"
        row = self._connection.execute(statement, key).fetchone()
        return _bits(*row) if row else 0

    def _write(self, key: tuple[int, str, int], bits: int) -> None:
        if bits:
            statement = "REPLACE INTO sets VALUES (?, ?, ?, ?)"
            self._connection.execute(statement, (*key, _packed(bits)))
        else:
            statement = "DELETE FROM sets WHERE kind = ? AND value = ? AND part = ?"
            self._connection.execute(statement, key)


def read_set(connection: sqlite3.Connection, kind: int, *values: str) -> int:
    """Return the numbers in the sets of any of *values*, each as one bit."""
    found = 0
    for value in values:
        rows = connection.execute(
            "SELECT part, seqs FROM sets WHERE kind = ? AND value = ? ORDER BY part", (kind, value)
        )
        found |= _joined(rows)
    return found


def read_span(connection: sqlite3.Connection, kind: int, first: str, below: str) -> int:
    """Return the numbers in the sets of all values from *first* to those below *below*."""
    rows = connection.execute(
        "SELECT part, seqs FROM sets WHERE kind = ? AND value >= ? AND value < ?",
        (kind, first, below),
    )
    parts: dict[int, int] = {}
    for part, packed in rows:
        parts[part] = parts.get(part, 0) | _bits(part, packed)
    return _joined((part, _packed(parts[part])) for part in sorted(parts))


def next_value(
    connection: sqlite3.Connection, kind: int, after: str | None, *, falls: bool
) -> str | None:
    """Return the value of *kind* that follows *after*, else the first of all."""
    beyond = f"AND value {'<' if falls else '>'} ?" if after is not None else ""
    row = connection.execute(
        f"SELECT value FROM sets WHERE kind = ? {beyond} "
        f"ORDER BY value {'DESC' if falls else 'ASC'} LIMIT 1",
        (kind,) if after is None else (kind, after),
    ).fetchone()
    if row and not isinstance(row[0], str):
        raise IndexDamaged("a value of a filter is no text")
    return row[0] if row else None


def value_of(connection: sqlite3.Connection, kind: int, seq: int) -> str | None:
    """Return the value of *kind* whose set holds *seq*; None when none does."""
    value = next_value(connection, kind, None, falls=False)
    while value is not None:
        row = connection.execute(
            "SELECT part, seqs FROM sets WHERE kind = ? AND value = ? AND part = ?",
            (kind, value, seq // PART),
        ).fetchone()
        if row and _bits(*row) >> seq % PART & 1:
            return value
        value = next_value(connection, kind, value, falls=False)
    return None


def _joined(rows: Iterable[tuple[int, bytes]]) -> int:
    pieces: list[bytes] = []
    following = 0
    for part, packed in rows:
        _require_part(part, packed)
        if part != following:
            pieces.append(bytes((part - following) * _FULL_BYTES))
        full = len(packed) == _FULL_BYTES
        pieces.append(packed if full else _bits(part, packed).to_bytes(_FULL_BYTES, "little"))
        following = part + 1
    return int.from_bytes(b"".join(pieces), "little")


def _bits(part: int, packed: bytes) -> int:
    _require_part(part, packed)
    if len(packed) == _FULL_BYTES:
        return int.from_bytes(packed, "little")
    bits = 0
    for at in _listed(packed):
        bits |= 1 << at % PART
    return bits


def _require_part(part: object, packed: object) -> None:
    sound = isinstance(part, int) and 0 <= part <= _HIGHEST_PART and isinstance(packed, bytes)
    if not sound or not isinstance(packed, bytes) or len(packed) % 2 or len(packed) > _FULL_BYTES:
        raise IndexDamaged("a set of runs cannot be read")


def _packed(bits: int) -> bytes:
    if bits.bit_count() > _MOST_LISTED:
        return bits.to_bytes(_FULL_BYTES, "little")
    return _little(array("H", _expanded(bits, 0, newest_first=False))).tobytes()


def _listed(packed: bytes) -> array[int]:
    numbers = array("H")
    numbers.frombytes(packed)
    return _little(numbers)


def _little(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def all_of(numbers: int, *, newest_first: bool = True) -> array[int]:
    """Return every number of a set in order."""
    found = array("q")
    for part in _parts_in_order(numbers, newest_first=newest_first):
        found.extend(part)
    return found


def first_of(numbers: int, most: int, *, newest_first: bool = True) -> list[int]:
    """Return up to *most* numbers of a set from one of its ends."""
    found: list[int] = []
    for part in _parts_in_order(numbers, newest_first=newest_first):
        if len(found) >= most:
            break
        found.extend(part)
    return found[:most]


def _parts_in_order(numbers: int, *, newest_first: bool) -> Iterator[Iterable[int]]:
    count = -(-numbers.bit_length() // PART)
    data = numbers.to_bytes(count * _FULL_BYTES, "little")
    for part in range(count - 1, -1, -1) if newest_first else range(count):
        start = part * _FULL_BYTES
        bits = int.from_bytes(data[start : start + _FULL_BYTES], "little")
        if bits:
            yield _expanded(bits, part * PART, newest_first=newest_first)


def selector(numbers: int) -> bytes:
    """Return one byte a number, from 0 on: 1 for those in the set."""
    return bin(numbers)[:1:-1].encode().translate(_AS_BITS)


def spread(numbers: int, digits: str) -> int:
    """Return those of a set for which *digits*, one a number from the lowest on, holds a 1.

    Raises:
        IndexDamaged: There are not as many digits as numbers.
    """
    if numbers.bit_count() != len(digits):
        raise IndexDamaged("the texts of the runs are not those of the runs")
    if "1" not in digits:
        return 0
    if numbers & (numbers + 1) == 0:  # all from 0 on
        return int(digits[::-1], 2)
    flags = digits.encode().translate(_AS_BITS)
    return set_of(compress(_expanded(numbers, 0, newest_first=False), flags))


def _expanded(bits: int, first: int, *, newest_first: bool) -> Iterable[int]:
    """Return the numbers of one part, which begins at *first*."""
    if bits.bit_count() <= _MOST_LISTED:
        listed = []
        while bits:
            at = bits.bit_length() - 1
            bits ^= 1 << at
            listed.append(first + at)
        return listed if newest_first else listed[::-1]
    chosen = selector(bits)
    if newest_first:
        return compress(range(first + len(chosen) - 1, first - 1, -1), reversed(chosen))
    return compress(range(first, first + len(chosen)), chosen)


def set_of(numbers: Iterable[int]) -> int:
    """Return *numbers* as a set."""
    flags = bytearray()
    for number in numbers:
        if number >= len(flags):
            if number > _HIGHEST_NUMBER:
                raise IndexDamaged("a number of a run cannot be one")
            flags.extend(bytes(number + PART - len(flags)))
        flags[number] = 1
    return int(flags[::-1].translate(_AS_DIGITS), 2) if flags else 0
