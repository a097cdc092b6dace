"""A check as the scorer calls it: its id, the places where it is judged, and its function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from luthier_desktop.domain.feasibility.answers import unknown_because
from luthier_desktop.domain.feasibility.findings import Finding
from luthier_desktop.domain.feasibility.inputs import Case, RingCase
from luthier_desktop.domain.stack import ChannelSpan


class Check(NamedTuple):
    """One check; ``places`` None means once for the whole design: ``judge(case)``.

    Otherwise ``judge(case, place)`` is called for each place that ``places(case)`` gives.
    """

    check_id: str
    places: Callable[[Case], Sequence[Any]] | None
    judge: Callable[..., Finding]


def each_ring(case: Case) -> Sequence[RingCase]:
    """Judge at every ring."""
    return case.rings


def each_channel(case: Case) -> Sequence[ChannelSpan]:
    """Judge at every channel."""
    return case.spans


def run(check: Check, case: Case) -> list[Finding]:
    """Judge one check at each of its places.

    Values so absurd that the formula has no number give UNKNOWN, never a pass.
    """
    if check.places is None:
        return [_guarded(check, case, None)]
    return [_guarded(check, case, place) for place in check.places(case)]


def run_each(
    checks: Iterable[Check], case: Case, ring_index: int | None = None
) -> Iterator[Finding]:
    """Judge several checks, each at every place or only at those of one ring.

    Checks that are judged at the same places share the list of them.
    """
    shared: dict[Callable[[Case], Sequence[Any]], Sequence[Any]] = {}
    for check in checks:
        places: Sequence[Any] = (None,)
        if check.places is not None:
            if check.places not in shared:
                shared[check.places] = _places(check.places(case), case, ring_index)
            places = shared[check.places]
        yield from [_guarded(check, case, place) for place in places]


def _places(places: Sequence[Any], case: Case, ring_index: int | None) -> Sequence[Any]:
    if ring_index is None:
        return places
    return [place for place in places if _ring_index(case, place) == ring_index]


def _guarded(check: Check, case: Case, place: Any) -> Finding:
    try:
        finding = check.judge(case) if check.places is None else check.judge(case, place)
    except (ArithmeticError, ValueError):
        return _without_number(check, case, place)
    value = finding.value
    if value is not None and value - value != 0.0:
        return _without_number(check, case, place)
    return finding


def _without_number(check: Check, case: Case, place: Any) -> Finding:
    sentence = "These values give no number: one of them is far outside what can be made."
    return unknown_because(check.check_id, _ring_index(case, place), "", sentence)


def _ring_index(case: Case, place: Any) -> int | None:
    if isinstance(place, ChannelSpan):
        return case.span_place(place)
    index = getattr(place, "ring_index", None)
    return index if isinstance(index, int) else None
