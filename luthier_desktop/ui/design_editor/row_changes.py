"""The one row operation that leads from one list of rings to the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple


class RowChange(NamedTuple):
    """Insert or remove the row *at*, move it to *to*, or start anew."""

    kind: Literal["insert", "remove", "move", "reset"]
    at: int = 0
    to: int = 0


def row_change(old: Sequence[str], new: Sequence[str]) -> RowChange | None:
    """Return how *old* becomes *new*; None when they are the same."""
    if list(old) == list(new):
        return None
    first = next(
        (at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    if len(new) == len(old) + 1 and list(new[first + 1 :]) == list(old[first:]):
        return RowChange("insert", first)
    if len(old) == len(new) + 1 and list(old[first + 1 :]) == list(new[first:]):
        return RowChange("remove", first)
    if len(old) == len(new):
        return _move(list(old), list(new), first)
    return RowChange("reset")


def _move(old: list[str], new: list[str], first: int) -> RowChange:
    for at, to in ((old.index(new[first]) if new[first] in old else -1, first),
                   (first, new.index(old[first]) if old[first] in new else -1)):
        if min(at, to) < 0:
            continue
        tried = old[:at] + old[at + 1 :]
        tried.insert(to, old[at])
        if tried == new:
            return RowChange("move", at, to)
    return RowChange("reset")
