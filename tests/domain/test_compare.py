"""Differences of JSON values: nothing is left out, nothing is made up."""

from __future__ import annotations

import copy
import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.compare import ABSENT, Change, is_same, json_changes

_PART = re.compile(r'\["(?:[^"\\]|\\.)*"\]|\[\d+\]|[A-Za-z_][A-Za-z0-9_-]*')
_SCALARS = st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=4) | st.floats(-2, 2)
_NAMES = st.text(max_size=3) | st.sampled_from(["a", "b_mm", "a.b", "x[0]", '"', "0"])
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_NAMES, inner, max_size=4),
    max_leaves=12,
)
_quick = settings(deadline=None, max_examples=50)


def parts_of(path: str) -> list[str | int]:
    """Read a path by its own rules, apart from what wrote it."""
    parts: list[str | int] = []
    for found in _PART.findall(path):
        if found.startswith('["'):
            parts.append(json.loads(found[1:-1]))
        elif found.startswith("["):
            parts.append(int(found[1:-1]))
        else:
            parts.append(found)
    return parts


def applied(a: Any, changes: tuple[Change, ...]) -> Any:
    """Make *b* of *a* by its differences; what goes from a list goes from its end first."""
    root = {"": copy.deepcopy(a)}
    gone = [change for change in changes if change.b is ABSENT]
    for change in [*(each for each in changes if each.b is not ABSENT), *reversed(gone)]:
        *way, last = ["", *parts_of(change.path)]
        holder: Any = root
        for part in way:
            holder = holder[part]
        if change.b is ABSENT:
            del holder[last]
        elif isinstance(holder, list) and last == len(holder):
            holder.append(change.b)
        else:
            holder[last] = change.b
    return root[""]


@_quick
@given(_VALUES)
def test_a_value_does_not_differ_from_itself(value: Any) -> None:
    assert json_changes(value, copy.deepcopy(value)) == ()
    assert is_same(value, copy.deepcopy(value))


@_quick
@given(_VALUES, _VALUES)
def test_the_differences_turned_round_are_those_of_the_values_turned_round(a: Any, b: Any) -> None:
    mirrored = tuple(change.mirrored() for change in json_changes(a, b))
    assert [repr(each) for each in mirrored] == [repr(each) for each in json_changes(b, a)]
    assert is_same(a, b) == (not mirrored)


@_quick
@given(_VALUES, _VALUES)
def test_the_differences_make_the_second_value_of_the_first(a: Any, b: Any) -> None:
    changes = json_changes(a, b)
    assert json_changes(applied(a, changes), b) == ()
    assert len({change.path for change in changes}) == len(changes)


@pytest.mark.parametrize(
    ("a", "b", "told"),
    [
        ({"x": 1}, {"x": 1.0}, []),
        ({"x": True}, {"x": 1}, [("x", True, 1)]),
        ({"x": None}, {}, [("x", None, ABSENT)]),
        ({"cut": {"feed_mm_min": 800}}, {"cut": {"feed_mm_min": 600}},
         [("cut.feed_mm_min", 800, 600)]),
        ({"w": ["a", "b"]}, {"w": ["a"]}, [("w[1]", "b", ABSENT)]),
        ({"a.b": 1}, {"a.b": 2}, [('["a.b"]', 1, 2)]),
        ([], {}, [("", [], {})]),
    ],
)  # fmt: skip
def test_differences_are_told_with_place_and_both_sides(a: Any, b: Any, told: list[Any]) -> None:
    assert [tuple(change) for change in json_changes(a, b)] == told


def test_what_is_absent_is_told_apart_from_null() -> None:
    assert Change("x", ABSENT, None).plain() == {"path": "x", "a": None, "b": None, "absent": "a"}
    assert Change("x", None, 2).plain() == {"path": "x", "a": None, "b": 2}
