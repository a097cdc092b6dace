"""Who may cut: what stands in the way of cutting a design, and which decision lifted it. Pure.

Whatever is in doubt stays closed: a decision opens a check only when it fits the status that the
check has now, and came from somebody who may decide it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from luthier_desktop.domain.base import Index, Text, Value
from luthier_desktop.domain.feasibility.findings import Finding, Scored
from luthier_desktop.domain.feasibility.limits import exact
from luthier_desktop.domain.feasibility.risk import Status, gravity, worst
from luthier_desktop.domain.operators import Operator, Role
from luthier_desktop.domain.run import Sha256, UtcTime

RulingKind = Literal["accepted", "overridden"]

SHORTEST_REASON: dict[RulingKind, int] = {"accepted": 1, "overridden": 15}
LONGEST_REASON = 1000
_MAY: dict[RulingKind, frozenset[Role]] = {
    "accepted": frozenset({"operator", "lead"}),
    "overridden": frozenset({"lead"}),
}
_WANTED: dict[RulingKind, Status] = {"accepted": Status.YELLOW, "overridden": Status.RED}
_PASSES = frozenset({Status.GREEN, Status.NOTE, Status.NA})
_ALWAYS_BINDING = frozenset({"G1", "M8", "M9"})
_NOTHING_LEFT_MM, _BIT_FITS = 0.0, 1.0


class Ruling(Value):
    """One recorded decision: a yellow accepted or a red overridden, for one request only."""

    kind: RulingKind
    check: Text
    ring_index: Index | None
    reason: Text
    operator: Operator
    request_sha256: Sha256
    run_id: Text
    created_at_utc: UtcTime


class GateCheck(NamedTuple):
    """One check at the gate: a sentence says what stands in the way, or which ruling lifted it."""

    finding: Finding
    in_the_way: str
    lifted_by: Ruling | None

    @property
    def open(self) -> bool:
        """Whether this check lets the design pass."""
        return not self.in_the_way


class GateVerdict(NamedTuple):
    """Whether the design may be cut; ``in_the_way`` has a sentence for each thing that forbids it.

    ``warnings`` tell of decisions that count as absent because their record is damaged.
    """

    open: bool
    checks: tuple[GateCheck, ...]
    in_the_way: tuple[str, ...]
    warnings: tuple[str, ...] = ()

    @property
    def closed(self) -> tuple[GateCheck, ...]:
        """Return the checks that stand in the way, the gravest first."""
        closed = (check for check in self.checks if not check.open)
        return tuple(sorted(closed, key=lambda check: gravity(check.finding.status)))

    @property
    def lifted(self) -> tuple[GateCheck, ...]:
        """Return the checks that pass by a decision only."""
        return tuple(check for check in self.checks if check.lifted_by is not None)

    def plain(self) -> dict[str, Any]:
        """Return the verdict as plain JSON data."""
        return {
            "open": self.open,
            "in_the_way": list(self.in_the_way),
            "lifted": [_plain(check.finding, check.lifted_by) for check in self.lifted],
            "warnings": list(self.warnings),
        }


def judge_gate(
    scored: Scored, rulings: Sequence[Ruling], warnings: Sequence[str] = ()
) -> GateVerdict:
    """Say whether a design with this score may be cut under the *rulings* of its very request.

    Of several rulings that lift a check, the first is named.
    """
    checks = tuple(_at_gate(finding, rulings) for finding in scored.findings)
    closed = GateVerdict(False, checks, ()).closed
    in_the_way = (*_unexplained(scored), *(check.in_the_way for check in closed))
    return GateVerdict(not in_the_way, checks, in_the_way, tuple(warnings))


def role_refusal(kind: RulingKind, operator: Operator) -> str:
    """Say why *operator* may not decide this; empty when allowed."""
    if operator.role in _MAY[kind]:
        return ""
    who = f"{operator.name} ({operator.role})"
    if kind == "overridden":
        return f"{who} may not override a red check; a lead may."
    return f"{who} may not accept a yellow check; an operator or a lead may."


def reason_refusal(kind: RulingKind, reason: str) -> str:
    """Say why *reason* does not do; blanks at its ends and what cannot be seen do not count."""
    seen = sum(character.isprintable() for character in " ".join(reason.split()))
    if SHORTEST_REASON[kind] <= seen and len(reason) <= LONGEST_REASON:
        return ""
    return (
        f"The reason must have {SHORTEST_REASON[kind]} to {LONGEST_REASON} characters, "
        f"but has {seen if seen < SHORTEST_REASON[kind] else len(reason)}; say why it is right."
    )


def status_refusal(kind: RulingKind, finding: Finding) -> str:
    """Say why this decision does not fit the check as it is; empty when it does."""
    place, status = place_of(finding), finding.status
    if status is Status.UNKNOWN:
        return f"{place} is UNKNOWN, which nobody can decide: {finding.message}"
    if status in _PASSES:
        return f"{place} is {status.value}: there is nothing to decide."
    if status is not _WANTED[kind]:
        instead = "override it as a lead" if status is Status.RED else "accept it with a reason"
        return f"{place} is {status.value} and cannot be {kind}: change the design, or {instead}."
    if kind == "overridden" and is_never_overridden(finding):
        return f"{place} can never be overridden: {finding.message}"
    return ""


def is_never_overridden(finding: Finding) -> bool:
    """Tell whether a red check stays red whoever decides: it would break wood, bit or bones."""
    value = finding.value
    if finding.check_id == "C1":
        return value is None or exact(value) <= _NOTHING_LEFT_MM
    if finding.check_id == "C2":
        return value is None or exact(value) < _BIT_FITS
    return finding.check_id in _ALWAYS_BINDING


def place_of(finding: Finding) -> str:
    """Name a check and its ring for a sentence."""
    return place_text(finding.check_id, finding.ring_index)


def place_text(check: str, ring_index: int | None) -> str:
    """Name a check and its ring for a sentence: ``T4 ring 1``."""
    return check if ring_index is None else f"{check} ring {ring_index}"


def _at_gate(finding: Finding, rulings: Sequence[Ruling]) -> GateCheck:
    if finding.status in _PASSES:
        return GateCheck(finding, "", None)
    lifting = next((ruling for ruling in rulings if _lifts(ruling, finding)), None)
    return GateCheck(finding, "" if lifting else _in_the_way(finding), lifting)


def _lifts(ruling: Ruling, finding: Finding) -> bool:
    here = (ruling.check, ruling.ring_index) == (finding.check_id, finding.ring_index)
    return here and not (
        role_refusal(ruling.kind, ruling.operator)
        or reason_refusal(ruling.kind, ruling.reason)
        or status_refusal(ruling.kind, finding)
    )


def _in_the_way(finding: Finding) -> str:
    head = f"{place_of(finding)} is {finding.status.value}"
    if finding.status is Status.YELLOW:
        return f"{head} and not accepted: {finding.message}"
    if finding.status is Status.RED and not is_never_overridden(finding):
        return f"{head} and not overridden: {finding.message}"
    return f"{head} and can never be overridden: {finding.message}"


def _unexplained(scored: Scored) -> tuple[str, ...]:
    """Close the gate on a verdict that does not come from its checks, as without rings."""
    if worst(finding.status for finding in scored.findings) is scored.risk_bucket:
        return ()
    why = scored.warnings[0] if scored.warnings and not scored.findings else "no check tells why"
    return (f"The verdict is {scored.risk_bucket.value}: {why}.",)


def _plain(finding: Finding, ruling: Ruling | None) -> dict[str, Any]:
    return {
        "id": finding.check_id,
        "ring_index": finding.ring_index,
        "status": finding.status.value,
        "run_id": None if ruling is None else ruling.run_id,
        "reason": None if ruling is None else ruling.reason,
    }
