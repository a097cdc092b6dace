"""The checks of a design as plain rows: the same for a live score and for a stored report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from luthier_desktop.domain.feasibility.findings import Assumed, Finding, Input, Rule, Scored
from luthier_desktop.domain.feasibility.record import restored
from luthier_desktop.domain.feasibility.risk import Lane, Status
from luthier_desktop.ui.widgets.check_decision import Decision
from luthier_desktop.ui.widgets.check_fix import Fix

CheckKey = tuple[str, int | None]

PROBLEMS = frozenset({Status.RED, Status.YELLOW, Status.UNKNOWN})


class CheckRow(NamedTuple):
    """One check at one place with the constant text of its rule; ``rule`` None: not known.

    ``is_live`` says that its numbers are those of the design at hand, so that they lead there.
    """

    check_id: str
    ring_index: int | None
    lane: Lane | None
    status: Status
    value: float | None
    margin: float | None
    penalty: float
    inputs: Mapping[str, Input]
    message: str
    rule: Rule | None
    is_live: bool = True

    @property
    def key(self) -> CheckKey:
        """The identity of the row from one update to the next."""
        return self.check_id, self.ring_index

    @property
    def title(self) -> str:
        """The rule's title, or the bare id of a check whose rule is not at hand."""
        return self.rule.title if self.rule else self.check_id

    def limit(self, name: str) -> float | None:
        """Return the limit *name* in force: the one of this case, else the rule's constant."""
        found = self.inputs.get(name)
        if isinstance(found, (int, float)) and not isinstance(found, bool):
            return float(found)
        return getattr(self.rule, name, None)

    @property
    def is_problem(self) -> bool:
        """Whether the check speaks against the design, or cannot be judged."""
        return self.status in PROBLEMS


class CheckRows(NamedTuple):
    """All that the check view shows; ``setup_name`` names where assumed inputs come from.

    ``fixes`` is None as long as nobody has looked for any; ``decisions`` is empty until then too.
    """

    rows: tuple[CheckRow, ...]
    binding: CheckRow | None
    warnings: tuple[str, ...]
    assumed: tuple[Assumed, ...]
    setup_name: str = ""
    is_live: bool = True
    fixes: Mapping[CheckKey, tuple[Fix, ...]] | None = None
    sensitivity: Mapping[CheckKey, str] = MappingProxyType({})
    decisions: Mapping[CheckKey, Decision] = MappingProxyType({})


NO_ROWS = CheckRows((), None, (), ())


def rows_from_scored(
    scored: Scored, rules: Mapping[str, Rule], setup_name: str = ""
) -> CheckRows:
    """Return the rows of a live score; *rules* are the program's own."""
    binding = scored.binding
    return CheckRows(
        tuple([_live(finding, rules) for finding in scored.findings]),
        None if binding is None else _live(binding, rules),
        scored.warnings,
        scored.assumed,
        setup_name,
    )


def _live(finding: Finding, rules: Mapping[str, Rule]) -> CheckRow:
    rule = rules.get(finding.check_id)
    return CheckRow(
        finding.check_id,
        finding.ring_index,
        rule.lane if rule else None,
        finding.status,
        finding.value,
        finding.margin,
        finding.penalty,
        finding.inputs,
        finding.message,
        rule,
    )


def rows_from_record(
    report: Mapping[str, Any], rules: Mapping[str, Any], setup_name: str = ""
) -> CheckRows:
    """Return the rows of a stored report; *rules* is the rules document it was made with.

    A record is shown, not judged: a member that is missing or of the wrong kind is left out, and
    a check that does not tell its status is UNKNOWN, so that a fault never looks like a pass.
    """
    known = {rule.check_id: rule for rule in map(_rule, _objects(rules.get("checks"))) if rule}
    checks = restored(_objects(report.get("checks")))
    rows = tuple(_stored(check, known) for check in checks)
    unjudged = tuple(
        _stored({**check, "status": Status.NA}, known)
        for check in _objects(report.get("not_judged"))
    )
    warnings = report.get("warnings")
    return CheckRows(
        rows + unjudged,
        _binding(report.get("binding"), rows),
        tuple(map(str, warnings)) if isinstance(warnings, list) else (),
        tuple(_assumed(entry) for entry in _objects(report.get("assumed"))),
        setup_name,
        is_live=False,
    )


def _objects(found: Any) -> Iterable[dict[str, Any]]:
    if not isinstance(found, list):
        return ()
    return (entry for entry in found if isinstance(entry, dict))


def _rule(entry: Mapping[str, Any]) -> Rule | None:
    lane = _lane(entry.get("lane"))
    if lane is None:
        return None

    def text(name: str) -> str:
        return str(entry.get(name) or "")

    return Rule(
        check_id=text("id"),
        lane=lane,
        title=text("title") or text("id"),
        formula=text("formula"),
        unit=text("unit"),
        green=text("green"),
        yellow=text("yellow"),
        red=text("red"),
        source=text("source"),
        confidence=text("confidence"),
        green_limit=_number(entry.get("green_limit")),
        yellow_limit=_number(entry.get("yellow_limit")),
    )


def _lane(found: Any) -> Lane | None:
    known = {lane.value: lane for lane in Lane}
    return known.get(found) if isinstance(found, str) else None


def _stored(check: Mapping[str, Any], rules: Mapping[str, Rule]) -> CheckRow:
    check_id = str(check.get("id", ""))
    rule = rules.get(check_id)
    inputs = check.get("inputs")
    return CheckRow(
        check_id,
        _whole(check.get("ring_index")),
        rule.lane if rule else _lane(check.get("lane")),
        _status(check.get("status")),
        _number(check.get("value")),
        _number(check.get("margin")),
        _number(check.get("penalty")) or 0.0,
        inputs if isinstance(inputs, dict) else {},
        str(check.get("message") or ""),
        rule,
        is_live=False,
    )


def _status(found: Any) -> Status:
    known = isinstance(found, str) and found in Status.__members__
    return Status(found) if known else Status.UNKNOWN


def _number(found: Any) -> float | None:
    is_number = isinstance(found, (int, float)) and not isinstance(found, bool)
    return float(found) if is_number else None


def _whole(found: Any) -> int | None:
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def _binding(found: Any, rows: tuple[CheckRow, ...]) -> CheckRow | None:
    if not isinstance(found, dict):
        return None
    key = (found.get("id"), found.get("ring_index"))
    return next((row for row in rows if row.key == key), None)


def _assumed(entry: Mapping[str, Any]) -> Assumed:
    return Assumed(str(entry.get("path", "")), entry.get("value"), str(entry.get("from", "")))
