"""What the check view shows in which order: the deciding check, lanes, warnings, inputs."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from enum import Enum, auto
from functools import partial
from typing import NamedTuple

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.feasibility.risk import Lane, RiskBucket, Status, worst
from luthier_desktop.ui.widgets import check_words as words
from luthier_desktop.ui.widgets.check_decision import Decision
from luthier_desktop.ui.widgets.check_fields import (
    LIMITS,
    MISSING,
    Field,
    field_of_input,
    field_of_path,
)
from luthier_desktop.ui.widgets.check_fix import Fix
from luthier_desktop.ui.widgets.check_rows import CheckKey, CheckRow, CheckRows

Key = tuple[Hashable, ...]

DECIDING: Key = ("deciding",)
WARNINGS: Key = ("warnings",)
ASSUMED: Key = ("assumed",)
NOTHING: Key = ("nothing",)
FIX = "fix"
DECISION = "decision"
_CHECK = "check"
_NO_DECISION = Decision()
_LONGEST_REASON = 120


class Level(Enum):
    """How a heading stands out."""

    LANE = auto()
    GROUP = auto()
    NOTICE = auto()


class Heading(NamedTuple):
    """A row that gathers others; ``verdict`` None where there is nothing to judge."""

    level: Level
    text: str
    verdict: RiskBucket | None
    note: str


class CheckHead(NamedTuple):
    """A check, closed; ``decides`` for the one that decides the verdict.

    ``fixes`` counts those that stand inside it; ``decided`` is the decision in force on it.
    """

    row: CheckRow
    decides: bool
    fixes: int = 0
    decided: str = ""


class Text(NamedTuple):
    """A part of the why: a caption and its sentence."""

    caption: str
    text: str
    ring_index: int | None


class Number(NamedTuple):
    """A number that was put in; ``path`` names the field that holds it, "" when none does.

    ``field_ring`` is the ring that the path is of, ``ring_index`` the one the check looks at;
    ``note`` says where the number comes from.
    """

    label: str
    text: str
    path: str
    field_ring: int | None
    ring_index: int | None
    note: str = ""


class Bar(NamedTuple):
    """Where the value lies between the limits."""

    row: CheckRow


class Offer(NamedTuple):
    """A fix that can be chosen, or the sentence that there is none; ``of`` is its check.

    ``decides``: it stands under the check that decides the verdict.
    """

    of: CheckRow
    fix: Fix | None
    decides: bool


class Ask(NamedTuple):
    """A decision that can be made on the check ``of``, or the sentence why none can.

    ``decides``: it stands under the check that decides the verdict.
    """

    of: CheckRow
    decision: Decision
    decides: bool


Content = Heading | CheckHead | Offer | Ask | Text | Number | Bar


class Entry(NamedTuple):
    """One row of the tree; ``children`` makes the rows below it when they are asked for."""

    key: Key
    content: Content
    children: Callable[[], Sequence[Entry]] | None


def entries(
    rows: CheckRows, only_problems: bool, *, deciding_is_open: bool = False
) -> list[Entry]:
    """Return the rows of the first level.

    What can be done about the deciding check stands below it, and inside it, above the why, once
    it is open.
    """
    found: list[Entry] = []
    if rows.binding is not None:
        found.append(_deciding(rows.binding, rows, is_open=deciding_is_open))
        if not deciding_is_open:
            found.extend(_ways_out(DECIDING, rows.binding, rows, decides=True))
    found.extend(_lanes(rows, only_problems))
    if rows.warnings:
        found.append(_section(WARNINGS, "Warnings", _warnings(rows.warnings)))
    if rows.assumed and not only_problems:
        found.append(_section(ASSUMED, "Assumed inputs", _assumed(rows)))
    return found or [_notice(only_problems, rows)]


def check_of(key: Key, rows: CheckRows) -> CheckKey | None:
    """Return the check that the row *key* tells of; None for a row of no check."""
    if key[:1] == DECIDING:
        return None if rows.binding is None else rows.binding.key
    return (key[1], key[2]) if key[:1] == (_CHECK,) else None  # type: ignore[return-value] # ours


def _notice(only_problems: bool, rows: CheckRows) -> Entry:
    sentence = "Nothing has been checked yet."
    if rows.rows and only_problems:
        sentence = "No problems: no check is red, yellow or unknown."
    return Entry(NOTHING, Heading(Level.NOTICE, sentence, None, ""), None)


def _section(key: Key, text: str, children: Sequence[Entry]) -> Entry:
    return Entry(key, Heading(Level.LANE, text, None, str(len(children))), lambda: children)


def _lanes(all_rows: CheckRows, only_problems: bool) -> Iterable[Entry]:
    gathered: dict[Lane | None, list[CheckRow]] = {lane: [] for lane in (*Lane, None)}
    for row in all_rows.rows:
        gathered[row.lane].append(row)
    for lane, members in gathered.items():
        shown = [row for row in members if row.is_problem] if only_problems else members
        if shown:
            yield _lane(lane, shown, all_rows)


def _lane(lane: Lane | None, rows: Sequence[CheckRow], all_rows: CheckRows) -> Entry:
    is_judged = any(row.status not in (Status.NA, Status.NOTE) for row in rows)
    judged = worst(row.status for row in rows) if is_judged else None
    title = words.LANES[lane] if lane else "Rules not at hand"
    key = ("lane", lane)
    heading = Heading(Level.LANE, title, judged, counted(rows))
    return Entry(key, heading, partial(_members, key, rows, all_rows))


def counted(rows: Sequence[CheckRow]) -> str:
    """Count the rows by status, the worst first: "1 red, 3 green"."""
    names = (
        (Status.RED, "red"),
        (Status.UNKNOWN, "unknown"),
        (Status.YELLOW, "yellow"),
        (Status.GREEN, "green"),
        (Status.NOTE, "advice"),
        (Status.NA, "not judged"),
    )
    statuses = [row.status for row in rows]
    counts = ((statuses.count(status), name) for status, name in names)
    return ", ".join(f"{count} {name}" for count, name in counts if count)


_ORDER = {
    status: place
    for place, status in enumerate(
        (Status.RED, Status.UNKNOWN, Status.YELLOW, Status.GREEN, Status.NOTE, Status.NA)
    )
}


def _members(key: Key, rows: Sequence[CheckRow], all_rows: CheckRows) -> Sequence[Entry]:
    """List the problems first, the worst above; the others stand together under one row."""
    ordered = sorted(rows, key=lambda row: _ORDER[row.status])
    loud = [row for row in ordered if row.is_problem]
    quiet = [row for row in ordered if not row.is_problem]
    listed = [_check((_CHECK, *row.key), row, all_rows) for row in loud]
    below = [_check((_CHECK, *row.key), row, all_rows) for row in quiet]
    if not loud or not quiet:
        return listed + below
    heading = Heading(Level.GROUP, counted(quiet), None, "")
    return [*listed, Entry((*key, "quiet"), heading, lambda: below)]


def _check(key: Key, row: CheckRow, rows: CheckRows) -> Entry:
    inside = 0 if rows.fixes is None else len(rows.fixes.get(row.key, ()))
    head = CheckHead(row, False, inside, _in_short(_decision(row, rows)))
    return Entry(key, head, partial(_why, key, row, rows))


def _deciding(row: CheckRow, rows: CheckRows, *, is_open: bool) -> Entry:
    head = CheckHead(row, True, decided=_in_short(_decision(row, rows)))
    return Entry(DECIDING, head, partial(_why_deciding, row, rows, is_open))


def _decision(row: CheckRow, rows: CheckRows) -> Decision:
    return rows.decisions.get(row.key, _NO_DECISION)


def _in_short(decision: Decision) -> str:
    return shown(decision.made, _LONGEST_REASON)


def _ways_out(key: Key, row: CheckRow, rows: CheckRows, *, decides: bool) -> list[Entry]:
    """List what can be done about a check: its fixes, then the decision that can be made."""
    decision = _decision(row, rows)
    can_be_told = decision.offer or decision.refusal
    asked = [Entry((*key, DECISION), Ask(row, decision, decides), None)] if can_be_told else []
    return _offers(key, row, rows, decides=decides) + asked


def _offers(key: Key, row: CheckRow, rows: CheckRows, *, decides: bool) -> list[Entry]:
    """List the fixes of a red or yellow check once they were looked for, or that none is known."""
    if rows.fixes is None or row.status not in (Status.RED, Status.YELLOW):
        return []
    fixes = rows.fixes.get(row.key, ())
    listed = [
        Entry((*key, FIX, fix.remedy.path, fix.change), Offer(row, fix, decides), None)
        for fix in fixes
    ]
    if listed or not row.is_live:  # a record keeps the best ones only
        return listed
    return [Entry((*key, "no fix"), Offer(row, None, decides), None)]


def _why(key: Key, row: CheckRow, rows: CheckRows) -> Sequence[Entry]:
    """Open a check: its sentence, what can be done, and what it rests on."""
    message = _texts(key, row, (("message", "", words.told(row.message)),))
    ways_out = _ways_out(key, row, rows, decides=False)
    return [*message, *ways_out, *_grounds(key, row, rows)]


def _why_deciding(row: CheckRow, rows: CheckRows, is_open: bool) -> Sequence[Entry]:
    ways_out = _ways_out(DECIDING, row, rows, decides=True) if is_open else []
    return [*ways_out, *_grounds(DECIDING, row, rows)]


def _grounds(key: Key, row: CheckRow, rows: CheckRows) -> list[Entry]:
    """List what a check rests on: decision, formula, numbers, limits, margin, source."""
    decision = _decision(row, rows)
    listed = _texts(key, row, (("decided", decision.by, decision.made),))
    rule = row.rule
    if rule is None:
        missing = "The rules that this check was made with are not at hand."
        return [*listed, *_numbers(key, row), *_texts(key, row, (("rule", "Why", missing),))]
    listed += _texts(key, row, (("formula", "Formula", words.plain(rule.formula)),))
    listed += _numbers(key, row)
    if row.margin is not None and row.status in (Status.RED, Status.YELLOW, Status.GREEN):
        listed.append(Entry((*key, "bar"), Bar(row), None))
    return listed + _texts(
        key,
        row,
        (
            ("limits", "Limits", words.limits_text(row)),
            ("sensitivity", "How sure", words.told(rows.sensitivity.get(row.key, ""))),
            ("source", "Source", words.plain(rule.source)),
            ("confidence", "Confidence", words.confidence_text(rule)),
        ),
    )


def _texts(key: Key, row: CheckRow, parts: Iterable[tuple[str, str, str]]) -> list[Entry]:
    return [
        Entry((*key, name), Text(caption, text, row.ring_index), None)
        for name, caption, text in parts
        if text
    ]


def _numbers(key: Key, row: CheckRow) -> list[Entry]:
    """List the numbers that were put in, or the fields to fill in."""
    listed = []
    is_machined = row.lane is Lane.MACHINING and row.ring_index is not None
    for name, value in row.inputs.items():
        if name == MISSING:
            listed += _missing(key, row, str(value))
        elif name not in LIMITS:
            field = field_of_input(row.check_id, name, of_machined_ring=is_machined)
            number = _number(row, field, words.input_value(value, field.unit))
            listed.append(Entry((*key, "input", name), number, None))
    return listed


def _missing(key: Key, row: CheckRow, paths: str) -> list[Entry]:
    return [
        Entry((*key, "missing", path), _number(row, field_of_path(path), "fill in"), None)
        for path in filter(None, paths.split(", "))
    ]


def _number(row: CheckRow, field: Field, text: str) -> Number:
    """Link a number to the design's field; what stands in the setup only says so."""
    path = "" if field.is_of_setup or not row.is_live else field.path
    asked = row.ring_index if field.of_ring else None
    note = "in the setup" if field.is_of_setup else ""
    return Number(field.label, text, path, asked, row.ring_index, note)


def _warnings(warnings: Iterable[str]) -> list[Entry]:
    return [
        Entry((*WARNINGS, position), Text("", words.told(warning), None), None)
        for position, warning in enumerate(warnings)
    ]


def _assumed(rows: CheckRows) -> list[Entry]:
    setup = f"from the setup '{words.plain(rows.setup_name)}'" if rows.setup_name else ""
    origins = {"setup": setup or "from the setup", "default": "the default"}
    listed = []
    for entry in rows.assumed:
        field = field_of_path(entry.path)
        text = words.input_value(entry.value, field.unit)
        origin = origins.get(entry.origin, "")
        path = "" if field.is_of_setup or not rows.is_live else field.path
        number = Number(field.label, text, path, None, None, origin)
        listed.append(Entry((*ASSUMED, entry.path), number, None))
    return listed
