"""Changes documents at random: their bytes, and their members where they are JSON."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

LARGEST_BYTES = 2 * 2**20 + 100
"""A little more than a design may have."""
HOSTILE_VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 1e308, -0.0, 5e-324, 2**53, 2**53 - 1, 10**16, "", "\x00", "\u202e",
    "../../etc/passwd", "<img src=file:///etc/passwd>", "=cmd()", "a" * 10_001, [], {}, [[]],
    {"a": {}}, "NaN", "run_20260122_0000000000000001", float("inf"), 0.1, 1e-9, 2000.0,
)  # fmt: skip
HOSTILE_BYTES = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\\ud800", b"1e999", b"-", b"[" * 64,
    b"{\"a\":" * 40, b"NaN", b"Infinity", b"9" * 400, b"0." + b"0" * 400 + b"1", b",", b"\n",
    b"\"",
)  # fmt: skip


def mutated(source: bytes, other: bytes, chance: random.Random) -> bytes:
    """Return *source* with one to four changes; *other* lends it parts."""
    data = source
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(_CHANGES)(data, other, chance)[:LARGEST_BYTES]
    return data


def _flip(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    if not data:
        return data
    changed = bytearray(data)
    changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    first, last = _span(data, chance)
    return data[:first] + data[last:]


def _repeat(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    first, last = _span(data, chance)
    times = chance.choice((2, 2, 5, 50, 2000))
    return data[:first] + data[first:last] * min(times, LARGEST_BYTES // (last - first + 1))


def _insert(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.choice(HOSTILE_BYTES) + data[at:]


def _splice(data: bytes, other: bytes, chance: random.Random) -> bytes:
    return data[: chance.randint(0, len(data))] + other[chance.randint(0, len(other)) :]


def _rewrite(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Change the members, not the bytes."""
    try:
        holder, lent = {"": json.loads(data)}, json.loads(other)
        _change_inside(holder, [*_values(lent), *HOSTILE_VALUES], chance)
        return json.dumps(holder[""]).encode("utf-8", "surrogatepass")
    except (ValueError, OverflowError, RecursionError):  # no JSON, or too much of it
        return _insert(data, other, chance)


def _change_inside(inside: Any, lent: list[Any], chance: random.Random) -> None:
    while True:
        keys = list(inside) if isinstance(inside, dict) else list(range(len(inside)))
        key = chance.choice(keys)
        if not isinstance(inside[key], dict | list) or not inside[key] or chance.random() < 0.15:
            break
        inside = inside[key]
    deed = chance.random()
    if isinstance(inside, dict) and len(inside) > 1 and deed < 0.15:
        del inside[key]
    elif isinstance(inside, list) and deed < 0.3:
        inside += inside[:1] * chance.choice((1, 3, 64, 1000))
    elif isinstance(inside[key], int | float) and not isinstance(inside[key], bool) and deed < 0.7:
        inside[key] *= chance.choice((0, -1, 0.1, 0.999, 1.001, 2, 10, 1000))
    elif isinstance(inside, dict) and deed < 0.8:
        inside[chance.choice(("schema", "name", "a" * 129, "", "\u202e", "pattern"))] = 1
    else:
        inside[key] = chance.choice(lent)


def _values(plain: Any) -> list[Any]:
    if isinstance(plain, dict):
        return [plain, *(value for one in plain.values() for value in _values(one))]
    if isinstance(plain, list):
        return [plain, *(value for one in plain[:50] for value in _values(one))]
    return [plain]


def _span(data: bytes, chance: random.Random) -> tuple[int, int]:
    first = chance.randint(0, len(data))
    return first, chance.randint(first, min(len(data), first + chance.choice((4, 64, 4096))))


_CHANGES: tuple[Callable[[bytes, bytes, random.Random], bytes], ...] = (
    _flip, _cut, _repeat, _insert, _splice, _rewrite, _rewrite, _rewrite, _rewrite,
)  # fmt: skip
