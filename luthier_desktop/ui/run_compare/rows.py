"""The rows of a comparison: differences only, under the heading of what they are about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from luthier_desktop.domain.compare import ABSENT
from luthier_desktop.domain.design_compare import PLACE, rings_by_id
from luthier_desktop.domain.display import shown
from luthier_desktop.domain.feasibility.risk import Status, gravity
from luthier_desktop.domain.record_compare import Difference, Group, Place
from luthier_desktop.services.comparing import Comparison, Side
from luthier_desktop.ui.widgets.record_values import (
    NOTHING,
    Shown,
    check_label,
    check_shown,
    field_label,
    path_label,
    shown_value,
    status_shown,
    value_text,
)

HEADINGS = {
    Group.DESIGN: "Design",
    Group.SETUP: "Setup and materials",
    Group.CHECKS: "Checks",
    Group.VERDICT: "Verdict",
    Group.HASHES: "Hashes",
    Group.RECORD: "Rest of the record",
}
_STATUSES = frozenset({"decision.risk_level", "risk_bucket"})
_CELLS, _MATERIALS = "pattern.grid[", "materials["
_FOLLOWING = (
    "feasibility.rings[", "feasibility.overall_score", "feasibility.risk_bucket",
    "feasibility.warnings", "decision.details", "feasibility.lanes[",
)  # fmt: skip
"""What repeats, or follows from, what is told above: told in one row."""
_Check = Mapping[str, Any] | None


class Row(NamedTuple):
    """One row: what differs, and how it is on either side; a *heading* has no sides."""

    what: str
    a: Shown = Shown("")
    b: Shown = Shown("")
    ring_id: str | None = None
    path: str = ""
    heading: bool = False

    @property
    def spoken(self) -> str:
        """The row as it is read out."""
        return self.what if self.heading else f"{self.what}: a {self.a.text}, b {self.b.text}"

    @property
    def copied(self) -> tuple[str, str, str]:
        """The row as it is copied."""
        return self.what, self.a.copied, self.b.copied


def comparison_rows(found: Comparison) -> tuple[Row, ...]:
    """Return the rows of a comparison, each group under its heading."""
    rows: list[Row] = []
    rings = RingNames((found.a, found.b))
    for group, each in groupby(found.differences, key=lambda one: one.group):
        told = list(_of_group(group, list(each), found, rings))
        noun = "difference" if len(told) == 1 else "differences"
        rows += [Row(f"{HEADINGS[group]}: {len(told)} {noun}", heading=True), *told]
    return tuple(rows)


class RingNames:
    """The names of rings: their number as it is in the last record that has them."""

    def __init__(self, sides: Sequence[Side]) -> None:
        self._stacks = [rings_of(side) for side in sides]

    def name(self, ring_id: str) -> str:
        """Name a ring by its number and family."""
        ring = next((each[ring_id] for each in self._stacks[::-1] if ring_id in each), {})
        number = ring.get(PLACE)
        family = str(ring.get("pattern_type") or "").replace("_", " ").lower()
        where = "" if ring_id in self._stacks[-1] or len(self._stacks) > 2 else " of a"
        name = f"Ring {shown(ring_id) if number is None else number}{where}"
        return f"{name}, {family}" if family else name

    def materials(self, ring_id: str) -> tuple[Shown, ...]:
        """Return the materials of a ring as every record has them."""
        lists = (each.get(ring_id, {}).get("materials") for each in self._stacks)
        return tuple(Shown(value_text(found, "materials")) for found in lists)


def rings_of(side: Side) -> dict[str, Mapping[str, Any]]:
    """Return the rings of a record by identity, from inner to outer."""
    source = side.snapshot or side.record.get("request")
    design = source.get("design") if isinstance(source, Mapping) else None
    return (rings_by_id(design) or {}) if isinstance(design, Mapping) else {}


def _of_group(
    group: Group, told: list[Difference], found: Comparison, rings: RingNames
) -> Iterator[Row]:
    if group is Group.DESIGN:
        yield from _of_design(told, rings)
    elif group is Group.CHECKS:
        yield from _of_checks(told, found, rings)
    else:
        following = [one for one in told if _follows(one)]
        yield from (
            _plain(one, is_setup=group is Group.SETUP) for one in told if one not in following
        )
        if following:
            count = f"{len(following)} {'value' if len(following) == 1 else 'values'} differ"
            what = "What follows from the above" if group is Group.RECORD else "Verdict by lanes"
            yield Row(what, Shown("…"), Shown(count), None, following[0].change.path)


def _follows(one: Difference) -> bool:
    return one.change.path.removeprefix("run.").startswith(_FOLLOWING)


def _of_design(told: list[Difference], rings: RingNames) -> Iterator[Row]:
    for _, some in groupby(told, key=_part):
        first, *others = each = list(some)
        name = rings.name(first.ring_id or "")
        if first.field.startswith(_CELLS):
            noun = "cell differs" if not others else "cells differ"
            cells = Shown(f"{len(each)} {noun}")
            yield Row(f"{name}: tile", Shown("…"), cells, first.ring_id, first.change.path)
        elif first.field.startswith(_MATERIALS) and first.ring_id is not None:
            a, b = rings.materials(first.ring_id)
            yield Row(f"{name}: materials", a, b, first.ring_id, first.change.path)
        else:
            yield from (_design_row(one, rings) for one in each)


def _part(one: Difference) -> tuple[str | None, str]:
    """Return what is told in one row: a field, all cells of a tile, all materials of a ring."""
    lists = (name for name in (_CELLS, _MATERIALS) if one.field.startswith(name))
    return one.ring_id, next(lists, one.field)


def _design_row(one: Difference, rings: RingNames) -> Row:
    change, ring_id = one.change, one.ring_id
    if ring_id is None:
        label = field_label(one.field, of_ring=False) or "design"
        return Row(_capital(label), *_sides(one), None, change.path)
    name = rings.name(ring_id)
    if not one.field:
        a, b = (Shown("not there" if side is ABSENT else _ring(side)) for side in change[1:])
        return Row(
            f"{name}: {'put in' if change.a is ABSENT else 'taken out'}",
            a,
            b,
            ring_id,
            change.path,
        )
    if one.field == PLACE:
        a, b = Shown(f"ring {change.a}"), Shown(f"ring {change.b}")
        return Row(f"{name}: moved", a, b, ring_id, change.path)
    label = field_label(one.field, of_ring=True)
    return Row(f"{name}: {label}", *_sides(one), ring_id, change.path)


def _ring(ring: Any) -> str:
    family = str(ring.get("pattern_type") or "").replace("_", " ").lower()
    return f"{family} {value_text(ring.get('width_mm'), 'width_mm')}"


def _of_checks(told: list[Difference], found: Comparison, rings: RingNames) -> Iterator[Row]:
    mine, theirs = found.checks
    places = [place for place in {**mine, **theirs} if mine.get(place) != theirs.get(place)]
    if not places:
        yield from (_plain(one, is_setup=False) for one in told)
        return
    by_place: dict[tuple[str | None, str | None], list[Difference]] = {}
    for one in told:
        by_place.setdefault((one.check_id, one.ring_id), []).append(one)
    rows = [
        (_order(*pair), _check_row(place, some[0], pair, rings))
        for place in places
        if (some := by_place.get((place.check_id, place.ring_id)))
        and (pair := (mine.get(place), theirs.get(place)))
    ]
    yield from (row for _, row in sorted(rows, key=lambda each: each[0]))


def _order(a: _Check, b: _Check) -> tuple[bool, int]:
    """Put changed statuses first, of these the worst, then what only one side has, then values."""
    statuses = [Status(each["status"]) for each in (a, b) if each and _is_status(each)]
    same = len(statuses) == 2 and statuses[0] is statuses[1]
    return same, min(map(gravity, statuses), default=9)


def _is_status(check: Mapping[str, Any]) -> bool:
    return check.get("status") in Status.__members__


def _check_row(
    place: Place, first: Difference, pair: tuple[_Check, _Check], rings: RingNames
) -> Row:
    name = check_label(place.check_id)
    ring = "" if place.ring_id is None else f"{rings.name(place.ring_id)}: "
    a, b = (check_shown(side, place.check_id) for side in pair)
    if a == b:  # only what it was worked out from is another
        name = f"{name}, {field_label(first.field.removeprefix('inputs.'), of_ring=False)}"
        a, b = _sides(first)
    return Row(f"{ring}{name}", a, b, place.ring_id, first.change.path)


def _plain(one: Difference, *, is_setup: bool) -> Row:
    label = field_label(one.field, of_ring=False) if is_setup else path_label(one.change.path)
    return Row(_capital(label), *_sides(one), one.ring_id, one.change.path)


def _sides(one: Difference) -> tuple[Shown, Shown]:
    path = one.change.path.removeprefix("run.")
    if path in _STATUSES or path.endswith(".risk_bucket"):
        return status_shown(one.change.a), status_shown(one.change.b)
    a, b = (shown_value(side, path) for side in one.change[1:])
    if a.text == b.text and a.text != NOTHING:
        return Shown(_in_full(one.change.a)), Shown(_in_full(one.change.b))
    return a, b


def _in_full(value: Any) -> str:
    """Write a value in full, where its short form is that of the other side."""
    return NOTHING if value is ABSENT else shown(str(value), 200)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
