"""``luthier logs diff`` and ``luthier snapshots compare``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from luthier_desktop.cli.session import Session, members, require_log_of, with_session
from luthier_desktop.domain.display import shown

if TYPE_CHECKING:
    from luthier_desktop.domain.record_compare import Difference
    from luthier_desktop.services.comparing import Comparison, Side

_LONGEST = 60
_HEADS = {
    "design": "design",
    "setup": "setup and materials",
    "checks": "checks",
    "verdict": "verdict",
    "hashes": "hashes",
    "record": "record",
}


@click.command(epilog="Example: luthier logs diff run_20260122_4g7k… run_20260122_9m3p… --json")
@click.argument("a")
@click.argument("b")
@with_session
def diff(session: Session, a: str, b: str) -> int:
    """Tell what differs between the runs A and B; exit 1 when anything does.

    Rings are matched by their ring_id and checks by check and ring. The runs' own ids and times
    are left out. Of a damaged run that is compared which the list of runs still tells, and the
    answer has a member "damaged"; a side where nothing stands is named by "absent".
    """
    with session.studio() as studio:
        require_log_of(studio, f"run {shown(a)}")
        return _answer(session, studio.comparing.runs(a, b))


@click.command(epilog="Example: luthier snapshots compare snap_4g7k… snap_9m3p…")
@click.argument("a")
@click.argument("b")
@with_session
def compare(session: Session, a: str, b: str) -> int:
    """Tell what differs between the snapshots A and B; exit 1 when anything does.

    Compared are names, notes, tags and design, and under "run." how each was judged when it was
    saved; ids, times and parents are left out.
    """
    with session.studio() as studio:
        require_log_of(studio, f"snapshot {shown(a)}")
        return _answer(session, studio.comparing.snapshots(a, b))


def _answer(session: Session, found: Comparison) -> int:
    session.answer(found.plain(), list(_lines(found)))
    return 0 if found.same else 1


def _lines(found: Comparison) -> Iterator[str]:
    yield from members({"a": _side(found.a), "b": _side(found.b)})
    for side in found.damage:
        yield f"DAMAGED: {shown(side.damage, 500)}"
    if found.same:
        yield "the same"
    for group, each in groupby(found.differences, key=lambda one: one.group):
        yield ""
        yield _HEADS[group]
        yield from map(_line, each)


def _side(side: Side) -> str:
    score = "" if side.score is None else f" {side.score:.1f}"
    time = side.created_at_utc[:19].replace("T", " ")
    return f"{side.id}  {time}  {shown(side.verdict)}{score}  {shown(side.name)}".rstrip()


def _line(one: Difference) -> str:
    what = [one.check_id and shown(one.check_id), one.ring_id and f"ring {shown(one.ring_id)}"]
    place = ", ".join(filter(None, what))
    field = one.field or ("" if place else one.change.path)
    if one.field == "ring_index":
        field = "moved, ring_index"
    told = f"{_value(one.change.a)} -> {_value(one.change.b)}"
    return "  " + ": ".join(filter(None, (place, shown(field, 200), told)))


def _value(value: Any) -> str:
    from luthier_desktop.domain.compare import ABSENT

    if value is ABSENT:
        return "nothing"
    if isinstance(value, str):
        return shown(value, _LONGEST) or '""'
    return shown(json.dumps(value, ensure_ascii=False), _LONGEST)
