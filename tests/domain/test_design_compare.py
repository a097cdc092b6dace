"""Rings are matched by identity: moved rings are told as moved, shifted ones are not."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.design_compare import design_changes, kept_in_order

_quick = settings(deadline=None, max_examples=50)
_orders = st.lists(st.sampled_from("abcdefg"), unique=True, max_size=7)
_widths = st.dictionaries(st.sampled_from("abcdefg"), st.integers(1, 3), max_size=7)


def stack(order: list[str], widths: dict[str, int], first: int = 0) -> dict[str, Any]:
    """Return a design whose rings have these identities from inner to outer."""
    rings = [
        {"ring_id": name, "ring_index": first + at, "width_mm": widths.get(name, 2)}
        for at, name in enumerate(order)
    ]
    return {"outer_diameter_mm": 100, "ring_params": rings}


def told(a: dict[str, Any], b: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    return [(change.path, change.a, change.b) for change in design_changes(a, b)]


@_quick
@given(_orders, _widths)
def test_a_design_does_not_differ_from_itself(order: list[str], widths: dict[str, int]) -> None:
    assert design_changes(stack(order, widths), stack(order, widths)) == ()


@_quick
@given(_orders, _widths, _orders, _widths)
def test_differences_turn_round_with_the_designs(
    one: list[str], w1: dict[str, int], two: list[str], w2: dict[str, int]
) -> None:
    a, b = stack(one, w1), stack(two, w2)
    mirrored = {repr(change.mirrored()) for change in design_changes(a, b)}
    assert mirrored == {repr(change) for change in design_changes(b, a)}
    assert bool(mirrored) == (a != b)


@_quick
@given(_orders, _orders)
def test_as_few_rings_as_can_be_are_told_as_moved(one: list[str], two: list[str]) -> None:
    kept = kept_in_order(one, two)
    assert [name for name in one if name in kept] == [name for name in two if name in kept]
    assert kept == kept_in_order(two, one)
    assert len(kept) == longest(one, two)


def longest(a: list[str], b: list[str]) -> int:
    """Count the longest common subsequence the textbook's way."""
    if not a or not b:
        return 0
    if a[-1] == b[-1]:
        return longest(a[:-1], b[:-1]) + 1
    return max(longest(a[:-1], b), longest(a, b[:-1]))


def test_a_ring_put_in_is_the_only_difference() -> None:
    changes = told(stack(list("abc"), {}), stack(list("axbc"), {}))
    assert [path for path, _, _ in changes] == ["ring_params[ring_id=x]"]


def test_a_ring_that_moved_says_from_where_to_where() -> None:
    changes = told(stack(list("abcd"), {}), stack(list("bcda"), {}))
    assert changes == [("ring_params[ring_id=a].ring_index", 0, 3)]


def test_a_ring_that_moved_and_changed_says_both() -> None:
    changes = told(stack(list("abc"), {}), stack(list("cab"), {"c": 3}))
    assert changes == [
        ("ring_params[ring_id=c].ring_index", 2, 0),
        ("ring_params[ring_id=c].width_mm", 2, 3),
    ]


def test_other_numbers_of_the_rings_are_told_for_they_are_hashed() -> None:
    changes = told(stack(list("ab"), {}), stack(list("ab"), {}, first=5))
    assert [path for path, _, _ in changes] == [
        "ring_params[ring_id=a].ring_index",
        "ring_params[ring_id=b].ring_index",
    ]


def test_rings_without_sound_identities_are_compared_by_place() -> None:
    a, b = stack(list("ab"), {}), stack(list("ab"), {})
    for design in (a, b):
        design["ring_params"][1]["ring_id"] = "a"
    b["ring_params"][1]["width_mm"] = 9
    assert told(a, b) == [("ring_params[1].width_mm", 2, 9)]
