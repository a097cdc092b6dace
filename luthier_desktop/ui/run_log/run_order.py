"""Which runs are listed, and where each stands: numbers in order, 8 bytes a run."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from operator import neg

NO_ROW = -1


class RunOrder:
    """The numbers of the listed runs in the order shown, and the same as a set of bits.

    By their number, from the newest or the oldest on, a run's row is found by halving; in any
    other order by a table of rows, which is made where this is made: on the worker.
    """

    def __init__(
        self, seqs: array[int], chosen: int, *, by_number: bool = True, falls: bool = True
    ) -> None:
        self.seqs = seqs
        self.chosen = chosen
        self.by_number = by_number
        self.falls = falls
        self._rows = array("i") if by_number else _rows_of(seqs)

    def __len__(self) -> int:
        return len(self.seqs)

    def seq_at(self, row: int) -> int | None:
        """Return the number of the run in a row."""
        return self.seqs[row] if 0 <= row < len(self.seqs) else None

    def row_of(self, seq: int | None) -> int | None:
        """Return the row of a run, if it is listed."""
        if seq is None or seq < 0:
            return None
        if not self.by_number:
            row = self._rows[seq] if seq < len(self._rows) else NO_ROW
            return None if row == NO_ROW else row
        row = self._place(seq)
        return row if self.seq_at(row) == seq else None

    def grown(self, chosen: int, new: Sequence[int]) -> RunOrder:
        """Return the list with *new* runs at the end where new ones stand, in its order."""
        more = array("q", new)
        seqs = more + self.seqs if self.falls else self.seqs + more
        return RunOrder(seqs, chosen, by_number=self.by_number, falls=self.falls)

    def added_to(self, earlier: RunOrder) -> int | None:
        """Return how many runs were added at the new end since *earlier*.

        None when anything else differs, so that the list must be shown anew.
        """
        if (self.by_number, self.falls) != (earlier.by_number, earlier.falls):
            return None
        added = self.chosen & ~earlier.chosen
        if earlier.chosen & ~self.chosen or (added and not self.by_number):
            return None
        lowest = (added & -added).bit_length()
        return added.bit_count() if not added or lowest > earlier.chosen.bit_length() else None

    def _place(self, seq: int) -> int:
        if self.falls:
            return bisect_left(self.seqs, -seq, key=neg)
        return bisect_left(self.seqs, seq)


def _rows_of(seqs: array[int]) -> array[int]:
    rows = array("i", [NO_ROW]) * (max(seqs, default=-1) + 1)
    for row, seq in enumerate(seqs):
        rows[seq] = row
    return rows


NOTHING_LISTED = RunOrder(array("q"), 0)
