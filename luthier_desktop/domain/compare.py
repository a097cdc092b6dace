"""What differs between two JSON values: each place, with what stands there in either.

A path reads as everywhere else, ``request.setup.cut.feed_mm_min`` or ``warnings[2]``; a member
whose name is no plain word stands as ``["the name"]``. The empty path is the value itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, Final, NamedTuple

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


class Absent(Enum):
    """The type of `ABSENT`: nothing stands there, which is not the same as null."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT


class Change(NamedTuple):
    """One difference; a side where nothing stands is `ABSENT`."""

    path: str
    a: Any
    b: Any

    def plain(self) -> dict[str, Any]:
        """Return the change as JSON data; ``absent`` names the side where nothing stands."""
        told = {"path": self.path, "a": _told(self.a), "b": _told(self.b)}
        absent = next((side for side in ("a", "b") if getattr(self, side) is ABSENT), None)
        return told if absent is None else {**told, "absent": absent}

    def mirrored(self) -> Change:
        """Return the same difference seen from the other side."""
        return Change(self.path, self.b, self.a)


Changes = tuple[Change, ...]


def json_changes(a: Any, b: Any, path: str = "") -> Changes:
    """Return what differs, members by name in order, entries of lists by their place.

    1 and 1.0 are the same number, as they are in the stored form; true is no number.
    """
    return tuple(_changes(a, b, path))


def member(path: str, name: str) -> str:
    """Return the path of a member of what stands at *path*."""
    if not _WORD.fullmatch(name):
        return f"{path}[{json.dumps(name)}]"
    return f"{path}.{name}" if path else name


def is_same(a: Any, b: Any) -> bool:
    """Say whether two JSON values are the same; a quick answer to what `json_changes` tells."""
    return next(_changes(a, b, ""), None) is None


def _changes(a: Any, b: Any, path: str) -> Iterator[Change]:
    if isinstance(a, Mapping) and isinstance(b, Mapping):
        for name in sorted({*a, *b}):
            yield from _changes(a.get(name, ABSENT), b.get(name, ABSENT), member(path, name))
    elif isinstance(a, list | tuple) and isinstance(b, list | tuple):
        for at in range(max(len(a), len(b))):
            yield from _changes(_entry(a, at), _entry(b, at), f"{path}[{at}]")
    elif not _is_equal(a, b):
        yield Change(path, a, b)


def _entry(values: list[Any] | tuple[Any, ...], at: int) -> Any:
    return values[at] if at < len(values) else ABSENT


def _is_equal(a: Any, b: Any) -> bool:
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, int | float) and isinstance(b, int | float):
        return a == b
    return type(a) is type(b) and bool(a == b)


def _told(value: Any) -> Any:
    return None if value is ABSENT else value
