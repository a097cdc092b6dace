"""Runs beside each other: one row a field, rings and checks named by their identity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from luthier_desktop.domain.compare import ABSENT, is_same, member
from luthier_desktop.domain.design_compare import RINGS, ring_path, rings_by_id
from luthier_desktop.domain.record_compare import Group, checks_by_place

_Plain = Mapping[str, Any]
_OF_CHECK = ("status", "value", "margin")
_OF_DECISION = ("risk_level", "score", "block_reason")
_OF_REPORT = ("material_efficiency", "estimated_cut_time_min", "binding")
_OF_RUN = ("event_type", "status", "mode", "tool_id")


class Fact(NamedTuple):
    """What a row is about; *path* is that of `run_differences`."""

    group: Group
    path: str
    field: str
    ring_id: str | None = None
    check_id: str | None = None


class FactRow(NamedTuple):
    """One field of every record; a value is `ABSENT` where the record has none."""

    fact: Fact
    values: tuple[Any, ...]

    @property
    def same(self) -> bool:
        """Whether all records say the same."""
        return all(is_same([self.values[0]], [value]) for value in self.values[1:])


def fact_rows(records: Sequence[_Plain]) -> tuple[FactRow, ...]:
    """Return a row for each field that any of the records has, group by group."""
    found = [dict(_facts(record)) for record in records]
    order = list(Group)
    facts = dict.fromkeys(fact for each in found for fact in each)
    return tuple(
        FactRow(fact, tuple(each.get(fact, ABSENT) for each in found))
        for fact in sorted(facts, key=lambda fact: order.index(fact.group))
    )


def _facts(record: _Plain) -> Iterator[tuple[Fact, Any]]:
    request, report = _member(record, "request"), _member(record, "feasibility")
    yield from _of_design(_member(request, "design"))
    for path, value in _leaves(_member(request, "setup"), "request.setup"):
        yield Fact(Group.SETUP, path, path.removeprefix("request.setup.")), value
    for place, check in checks_by_place(record).items():
        told = {name: check.get(name) for name in _OF_CHECK}
        path = place.path("feasibility.checks")
        yield Fact(Group.CHECKS, path, "", place.ring_id, place.check_id), told
    yield from _named(Group.VERDICT, _member(record, "decision"), "decision", _OF_DECISION)
    yield from _named(Group.VERDICT, report, "feasibility", _OF_REPORT)
    for name, value in _member(record, "hashes").items():
        yield Fact(Group.HASHES, f"hashes.{name}", name), value
    yield from _named(Group.RECORD, record, "", _OF_RUN)
    yield from _named(Group.RECORD, _member(record, "operator"), "operator", ("name", "role"))
    versions = _member(request, "versions")
    yield from _named(Group.RECORD, versions, "request.versions", tuple(versions))


def _of_design(design: _Plain) -> Iterator[tuple[Fact, Any]]:
    path = "request.design"
    whole = {name: value for name, value in design.items() if name != RINGS}
    for here, value in _leaves(whole, path):
        yield Fact(Group.DESIGN, here, here.removeprefix(f"{path}.")), value
    for identity, ring in (rings_by_id(design) or {}).items():
        at = ring_path(member(path, RINGS), identity)
        inside = {name: value for name, value in ring.items() if name != "ring_id"}
        for here, value in _leaves(inside, at):
            yield Fact(Group.DESIGN, here, here.removeprefix(f"{at}."), identity), value


def _leaves(plain: _Plain, path: str) -> Iterator[tuple[str, Any]]:
    for name, value in plain.items():
        here = member(path, name)
        if isinstance(value, Mapping):
            yield from _leaves(value, here)
        else:
            yield here, value


def _named(
    group: Group, plain: _Plain, path: str, names: Sequence[str]
) -> Iterator[tuple[Fact, Any]]:
    for name in names:
        if name in plain:
            here = member(path, name)
            yield Fact(group, here, here), plain[name]


def _member(plain: _Plain, name: str) -> _Plain:
    found = plain.get(name)
    return found if isinstance(found, Mapping) else {}
