"""What differs between two runs or two snapshots: rings and checks are matched by identity.

What tells a record from every other is left out: its own id, its time and the run that saved a
snapshot. All else is compared, so that two records without a difference say the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from luthier_desktop.domain.compare import Change, Changes, json_changes, member
from luthier_desktop.domain.design_compare import RINGS, design_changes
from luthier_desktop.domain.feasibility.record import restored

Plain = Mapping[str, Any]

_NOTHING: Plain = {}
_OWN = ("run_id", "created_at_utc", "request", "request_summary", "feasibility", "decision",
        "hashes")  # fmt: skip
"""Members of a run that are its identity, or are compared member by member."""
_SUMMED_UP = ("design_id", "design_name", "inner_diameter_mm", "outer_diameter_mm", "rings",
              "pattern_types", "material_ids", "setup_id", "setup_name")  # fmt: skip
"""What a summary repeats of design and setup, which are compared themselves."""
_OF_SNAPSHOT = ("name", "description", "notes", "tags", "origin", "state")
_KEYED = ("checks", "not_judged", "rings", "lanes", "assumed", "binding", "run_id")
_RING_AT = re.compile(r"\bring_params\[(\d+)\]")


class Group(StrEnum):
    """What a difference is about, in the order that they are told."""

    DESIGN = "design"
    SETUP = "setup"
    CHECKS = "checks"
    VERDICT = "verdict"
    HASHES = "hashes"
    RECORD = "record"


class Difference(NamedTuple):
    """One change and what it is about; *field* is its path inside its ring or check."""

    group: Group
    change: Change
    field: str
    ring_id: str | None = None
    check_id: str | None = None


_KEYS = (
    ("lanes", "lane", Group.VERDICT),
    ("rings", "ring_id", Group.RECORD),
    ("assumed", "path", Group.SETUP),
)


class Place(NamedTuple):
    """What a check is of; *again* counts checks that cannot be told apart otherwise."""

    check_id: str
    ring_id: str | None
    again: int

    def path(self, path: str) -> str:
        """Return the path of the check in the list of checks at *path*."""
        ring = "" if self.ring_id is None else f",ring_id={self.ring_id}"
        again = f",{self.again}" if self.again else ""
        return f"{path}[id={self.check_id}{ring}{again}]"


def run_differences(a: Plain, b: Plain) -> tuple[Difference, ...]:
    """Return what differs between two runs as they are stored, group by group."""
    one, other = _request(a), _request(b)
    told = [
        *_of_design(one.get("design"), other.get("design"), "request.design"),
        *_judged(a, b, ""),
        *_plain(Group.HASHES, a, b, "hashes", ""),
        *_rest(a, b, both_designs="design" in one and "design" in other),
    ]
    return _in_order(told)


def snapshot_differences(
    a: Plain, b: Plain, run_a: Plain | None = None, run_b: Plain | None = None
) -> tuple[Difference, ...]:
    """Return what differs between two snapshots, and in how they were judged when saved.

    Without both of the runs the snapshots alone are compared.
    """
    told = [
        *_of_design(a.get("design"), b.get("design"), "design"),
        *_plain(Group.HASHES, a, b, "design_sha256", ""),
        *(each for name in _OF_SNAPSHOT for each in _plain(Group.RECORD, a, b, name, "")),
    ]
    if run_a is not None and run_b is not None:
        told += _judged(run_a, run_b, "run")
    return _in_order(told)


def checks_by_place(run: Plain) -> dict[Place, Plain]:
    """Return the checks of a run by what each is of, whole; those that were not judged as NA."""
    return _checks(_member(run, "feasibility"), _identities(run))


def _in_order(told: Iterable[Difference]) -> tuple[Difference, ...]:
    order = list(Group)
    return tuple(sorted(told, key=lambda each: order.index(each.group)))


def _of_design(a: Any, b: Any, path: str) -> Iterator[Difference]:
    if not isinstance(a, Mapping) or not isinstance(b, Mapping):
        yield from _listed(Group.DESIGN, json_changes(a, b, path), path)
        return
    prefix = f"{member(path, RINGS)}[ring_id="
    for change in design_changes(a, b, path):
        if change.path.startswith(prefix):
            ring_id, _, field = change.path.removeprefix(prefix).partition("]")
            yield Difference(Group.DESIGN, change, field.lstrip("."), ring_id)
        else:
            yield Difference(Group.DESIGN, change, change.path.removeprefix(f"{path}."))


def _judged(a: Plain, b: Plain, path: str) -> Iterator[Difference]:
    """Compare what a design was judged with and how."""
    one, other = _request(a), _request(b)
    request = member(path, "request")
    yield from _plain(Group.SETUP, one, other, "setup", request)
    yield from _plain(Group.SETUP, one, other, "materials", request)
    for each in _plain(Group.VERDICT, a, b, "decision", path):
        repeats = each.field.startswith("details")
        yield each._replace(group=Group.RECORD) if repeats else each
    yield from _of_report(a, b, member(path, "feasibility"))


def _rest(a: Plain, b: Plain, *, both_designs: bool) -> Iterator[Difference]:
    one, other = _request(a), _request(b)
    for name in sorted({*one, *other} - {"design", "setup", "materials"}):
        yield from _plain(Group.RECORD, one, other, name, "request")
    left = _SUMMED_UP if both_designs else ()
    mine, theirs = (_without(_member(each, "request_summary"), left) for each in (a, b))
    changes = json_changes(mine, theirs, "request_summary")
    yield from _listed(Group.RECORD, changes, "request_summary")
    yield from _plain(Group.VERDICT, a, b, "status", "")
    for name in sorted({*a, *b} - {*_OWN, "status"}):
        yield from _plain(Group.RECORD, a, b, name, "")


def _of_report(a: Plain, b: Plain, path: str) -> Iterator[Difference]:
    one, other = a.get("feasibility"), b.get("feasibility")
    if not isinstance(one, Mapping) or not isinstance(other, Mapping):
        yield from _listed(Group.CHECKS, json_changes(one, other, path), path)
        return
    rings_a, rings_b = _identities(a), _identities(b)
    yield from _of_checks(checks_by_place(a), checks_by_place(b), path)
    for name, key, group in _KEYS:
        mine, theirs = _keyed(one.get(name), key, rings_a), _keyed(other.get(name), key, rings_b)
        yield from _of_keyed(group, mine, theirs, f"{member(path, name)}[{key}=")
    here = member(path, "binding")
    binding = _with_ring(one.get("binding"), rings_a), _with_ring(other.get("binding"), rings_b)
    yield from _listed(Group.VERDICT, json_changes(binding[0], binding[1], here), here)
    repeated = ("overall_score", "risk_bucket", "warnings")
    for name in sorted({*one, *other} - set(_KEYED)):
        of_record = name in repeated or name.startswith("rules")
        group = Group.RECORD if of_record else Group.VERDICT
        yield from _plain(group, one, other, name, path)


def _of_checks(a: dict[Place, Plain], b: dict[Place, Plain], path: str) -> Iterator[Difference]:
    for place in [*a, *(each for each in b if each not in a)]:
        here = place.path(member(path, "checks"))
        for change in _entry_changes(a, b, place, here):
            field = change.path.removeprefix(here).lstrip(".")
            yield Difference(Group.CHECKS, change, field, place.ring_id, place.check_id)


def _of_keyed(
    group: Group, a: dict[str, Plain], b: dict[str, Plain], path: str
) -> Iterator[Difference]:
    for name in [*a, *(each for each in b if each not in a)]:
        for change in _entry_changes(a, b, name, f"{path}{name}]"):
            yield Difference(group, change, change.path)


def _entry_changes(a: Mapping[Any, Plain], b: Mapping[Any, Plain], key: Any, path: str) -> Changes:
    return tuple(
        change._replace(path=path + change.path.removeprefix(_ENTRY))
        for change in json_changes(
            {_ENTRY: a[key]} if key in a else {}, {_ENTRY: b[key]} if key in b else {}
        )
    )


_ENTRY = "entry"


def _checks(report: Plain, rings: Mapping[int, str]) -> dict[Place, Plain]:
    judged = restored([dict(each) for each in _objects(report.get("checks"))])
    skipped = [{**each, "status": "NA"} for each in _objects(report.get("not_judged"))]
    found: dict[Place, Plain] = {}
    for check in (*judged, *skipped):
        index = check.get("ring_index")
        ring_id = None if index is None else rings.get(index, str(index))
        place = Place(str(check.get("id")), ring_id, 0)
        while place in found:
            place = place._replace(again=place.again + 1)
        found[place] = _by_identity(_without(check, ("id", "ring_index")), rings)
    return found


def _keyed(entries: Any, key: str, rings: Mapping[int, str]) -> dict[str, Plain]:
    found: dict[str, Plain] = {}
    for entry in _objects(entries):
        name = str(_by_identity(entry, rings).get(key))
        while name in found:
            name = f"{name},again"
        found[name] = _without(entry, (key, "ring_index"))
    return found


def _by_identity(value: Any, rings: Mapping[int, str]) -> Any:
    """Return *value* with the rings that its paths name by place named by identity."""
    if isinstance(value, Mapping):
        return {name: _by_identity(each, rings) for name, each in value.items()}
    if isinstance(value, list):
        return [_by_identity(each, rings) for each in value]
    if isinstance(value, str) and f"{RINGS}[" in value:
        return _RING_AT.sub(_named(rings), value)
    return value


def _named(rings: Mapping[int, str]) -> Callable[[re.Match[str]], str]:
    def named(found: re.Match[str]) -> str:
        ring_id = rings.get(int(found[1]))
        return found[0] if ring_id is None else f"{RINGS}[ring_id={ring_id}]"

    return named


def _with_ring(binding: Any, rings: Mapping[int, str]) -> Any:
    if not isinstance(binding, Mapping):
        return binding
    index = binding.get("ring_index")
    ring_id = None if index is None else rings.get(index, str(index))
    return {**_without(binding, ("ring_index",)), "ring_id": ring_id}


def _identities(run: Plain) -> dict[int, str]:
    """Return the identity of each ring by its index, as the run itself tells it."""
    report = _member(run, "feasibility").get("rings")
    rings = _objects(_member(_request(run), "design").get(RINGS))
    pairs = [(each.get("ring_index"), each.get("ring_id")) for each in (*rings, *_objects(report))]
    return {at: name for at, name in pairs if type(at) is int and isinstance(name, str)}


def _plain(group: Group, a: Plain, b: Plain, name: str, path: str) -> Iterator[Difference]:
    here = member(path, name)
    mine, theirs = ({name: each[name]} if name in each else {} for each in (a, b))
    yield from _listed(group, json_changes(mine, theirs, path), here)


def _listed(group: Group, changes: Changes, path: str) -> Iterator[Difference]:
    for change in changes:
        yield Difference(group, change, change.path.removeprefix(path).lstrip("."))


def _request(run: Plain) -> Plain:
    return _member(run, "request")


def _member(plain: Plain, name: str) -> Plain:
    found = plain.get(name)
    return found if isinstance(found, Mapping) else _NOTHING


def _objects(found: Any) -> list[Plain]:
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def _without(plain: Plain, names: Iterable[str]) -> dict[str, Any]:
    left = frozenset(names)
    return {name: value for name, value in plain.items() if name not in left}
