"""The least row operation between two stacks."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.ui.design_editor.row_changes import row_change

STACKS = st.lists(st.sampled_from("abcdef"), unique=True)


def applied(old, new, change):
    rows = list(old)
    if change is None:
        return rows
    if change.kind == "insert":
        rows.insert(change.at, new[change.at])
    elif change.kind == "remove":
        del rows[change.at]
    elif change.kind == "move":
        rows.insert(change.to, rows.pop(change.at))
    else:
        rows = list(new)
    return rows


@settings(deadline=None)
@given(STACKS, STACKS)
def test_the_operation_leads_from_one_stack_to_the_other(old, new):
    assert applied(old, new, row_change(old, new)) == new


@settings(deadline=None)
@given(STACKS.filter(len), st.data())
def test_a_single_insert_remove_or_move_is_never_a_reset(old, data):
    at = data.draw(st.integers(0, len(old) - 1))
    to = data.draw(st.integers(0, len(old) - 1))
    inserted = [*old[:at], "z", *old[at:]]
    removed = old[:at] + old[at + 1 :]
    moved = list(removed)
    moved.insert(to, old[at])
    assert row_change(old, inserted).kind == "insert"
    assert row_change(old, removed).kind == "remove"
    assert (at == to) == (row_change(old, moved) is None)
    assert at == to or row_change(old, moved).kind == "move"
