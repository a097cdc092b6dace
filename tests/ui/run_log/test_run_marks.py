"""Marks: seen, spoken, stepped through, and kept with their runs in any order."""

from __future__ import annotations

from array import array
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from luthier_desktop.ui.run_log.run_marks import RunMarks
from luthier_desktop.ui.run_log.run_order import RunOrder
from tests.ui.run_log.runs import as_sorted, bits, filled, newest_first, oldest_first, texts

MILLION = 1_000_000


def marked(*seqs: int) -> RunMarks:
    marks = RunMarks()
    for seq in seqs:
        marks.toggle(seq)
    return marks


def test_marks_are_seen_spoken_and_stepped_through_in_a_circle() -> None:
    model = filled(newest_first([1, 2, 3]))
    texts(model, 0)
    model.toggle_mark(0)
    model.toggle_mark(2)
    assert texts(model, 2)[0].startswith("● ")
    assert not texts(model, 1)[0].startswith("● ")
    assert str(model.index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)).startswith("Marked. ")
    assert [model.marks.next_row(model.order, row) for row in (-1, 0, 1, 2)] == [0, 2, 2, 0]
    model.show_marks_in(3)
    assert texts(model, 2)[3].startswith("● ")
    model.toggle_mark(0)
    model.toggle_mark(2)
    assert model.marks.next_row(model.order, 0) is None


def test_a_mark_stays_with_its_run_when_the_filter_leaves_it_out() -> None:
    model = filled(newest_first([1, 2, 3, 4]))
    model.toggle_mark(1)
    model.show_order(as_sorted([4, 1]))
    assert model.marks.next_row(model.order, 0) is None
    model.toggle_mark(1)
    assert list(model.marked()) == [1, 3]
    model.show_order(newest_first([1, 2, 3, 4]))
    assert list(model.marked()) == [3, 1]


def test_all_that_is_listed_is_marked_and_cleared_at_once() -> None:
    model = filled(newest_first([7]))
    model.toggle_mark(0)
    seqs = array("q", range(MILLION, 10, -1))
    model.show_order(RunOrder(seqs, (1 << MILLION + 1) - (1 << 11)))
    model.mark_all()
    assert model.marks.count() == MILLION - 10 + 1
    assert model.marked() == seqs + array("q", [7])
    model.clear_marks()
    assert len(model.marked()) == 0


@pytest.mark.parametrize("make", [newest_first, oldest_first, as_sorted])
@given(
    seqs=st.lists(st.integers(1, 300), unique=True, min_size=1, max_size=60),
    chosen=st.sets(st.integers(1, 300), max_size=60),
    row=st.integers(-1, 60),
)
@settings(deadline=None, max_examples=60)
def test_marks_agree_with_a_look_along_the_rows(
    make: Callable[[list[int]], RunOrder], seqs: list[int], chosen: set[int], row: int
) -> None:
    order = make(seqs)
    marks = marked(*chosen)
    here = min(row, len(seqs) - 1)
    rows = [at for at, seq in enumerate(order.seqs) if seq in chosen]
    expected = next((at for at in rows if at > here), rows[0] if rows else None)
    assert marks.next_row(order, here) == expected
    left_out = sorted(chosen - set(seqs), reverse=True)
    assert list(marks.in_order(order)) == [order.seqs[at] for at in rows] + left_out
    assert marks.count() == len(chosen)


def test_many_marks_are_found_as_few_are() -> None:
    seqs = [*range(1, 60_001)]
    by_key = seqs[::2] + seqs[1::2]
    marks = RunMarks()
    even = seqs[1::2]
    marks.add_all(RunOrder(array("q", even[::-1]), bits_of_even()))
    for order in (newest_first(seqs), oldest_first(seqs), as_sorted(by_key)):
        rows = [at for at, seq in enumerate(order.seqs) if seq % 2 == 0]
        assert marks.next_row(order, 4) == next(at for at in rows if at > 4)
        assert marks.next_row(order, len(seqs) - 1) == rows[0]
        assert list(marks.in_order(order)) == [order.seqs[at] for at in rows]


def bits_of_even() -> int:
    return bits(range(2, 60_001, 2))
