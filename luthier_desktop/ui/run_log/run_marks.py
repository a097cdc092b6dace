"""The marked runs: a set of bits by the runs' numbers, so that a million are marked at once."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import compress

from luthier_desktop.ui.run_log.run_order import RunOrder

_FEW = 20_000
_FLAGS = bytes.maketrans(b"01", b"\0\1")


class RunMarks:
    """Marks stay with their runs, whatever the list shows of them and in what order."""

    def __init__(self) -> None:
        self._bits = 0

    def toggle(self, seq: int) -> None:
        """Set or take away the mark of a run."""
        self._bits ^= 1 << seq

    def add_all(self, order: RunOrder) -> None:
        """Mark every run that is listed."""
        self._bits |= order.chosen

    def clear(self) -> None:
        """Take every mark away."""
        self._bits = 0

    def has(self, seq: int) -> bool:
        """Say whether a run is marked."""
        return bool(self._bits >> seq & 1)

    def count(self) -> int:
        """Return how many runs are marked."""
        return self._bits.bit_count()

    def in_order(self, order: RunOrder) -> array[int]:
        """Return the marked runs as they are listed, then those that the filter leaves out."""
        return _in_order(self._bits & order.chosen, order) + array(
            "q", _falling(self._bits & ~order.chosen)
        )

    def next_row(self, order: RunOrder, row: int) -> int | None:
        """Return the next marked row below *row*, beginning again at the top."""
        shown = self._bits & order.chosen
        if not shown:
            return None
        if not order.by_number:
            return _next_of_rows(shown, order, row)
        here = order.seq_at(row)
        return order.row_of(_next_of_numbers(shown, here, falls=order.falls))


def _next_of_numbers(shown: int, here: int | None, *, falls: bool) -> int:
    if falls:
        below = shown if here is None else shown & ((1 << here) - 1)
        return (below or shown).bit_length() - 1
    beyond = 0 if here is None else shown >> (here + 1) << (here + 1)
    left = beyond or shown
    return (left & -left).bit_length() - 1


def _next_of_rows(shown: int, order: RunOrder, row: int) -> int:
    if shown.bit_count() > _FEW:  # then the next is seldom far
        flags = _flags(shown, order)
        for at in range(row + 1, len(order)):
            if flags[order.seqs[at]]:
                return at
    rows = [found for found in map(order.row_of, _falling(shown)) if found is not None]
    return min((found for found in rows if found > row), default=min(rows))


def _in_order(shown: int, order: RunOrder) -> array[int]:
    if shown == order.chosen:
        return order.seqs[:]
    if not order.by_number:
        flags = _flags(shown, order)
        return array("q", compress(order.seqs, map(flags.__getitem__, order.seqs)))
    found = array("q", _falling(shown))
    if not order.falls:
        found.reverse()
    return found


def _falling(bits: int) -> Iterable[int]:
    """Return the numbers of a set, the highest first."""
    digits = bin(bits)[2:]
    top = len(digits) - 1
    if bits.bit_count() > _FEW:
        return compress(range(top, -1, -1), digits.encode().translate(_FLAGS))
    return _sparse(digits, top)


def _sparse(digits: str, top: int) -> Iterable[int]:
    at = digits.find("1")
    while at >= 0:
        yield top - at
        at = digits.find("1", at + 1)


def _flags(bits: int, order: RunOrder) -> bytes:
    """Return one byte a number, up to the highest that is listed: 1 for those in the set."""
    flags = bin(bits)[:1:-1].encode().translate(_FLAGS)
    return flags.ljust(order.chosen.bit_length(), b"\0")
