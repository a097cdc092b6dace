"""The gate in the panel's words: what can be decided, what was, what is in the way."""

from __future__ import annotations

from typing import Final, NamedTuple

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.feasibility.findings import Finding
from luthier_desktop.domain.feasibility.risk import Status
from luthier_desktop.domain.feasibility.rules import RULES
from luthier_desktop.domain.gate import (
    GateCheck,
    GateVerdict,
    Ruling,
    RulingKind,
    role_refusal,
    status_refusal,
)
from luthier_desktop.domain.operators import SIGNED_OUT, Operator
from luthier_desktop.domain.permissions import Right
from luthier_desktop.ui.widgets.check_decision import Decision
from luthier_desktop.ui.widgets.check_fixes import worded
from luthier_desktop.ui.widgets.check_rows import CheckKey
from luthier_desktop.ui.widgets.check_words import plain

OFFERS: Final[dict[RulingKind, str]] = {
    "accepted": "Accept this yellow…",
    "overridden": "Override this red…",
}
_NEVER = "This red can never be overridden."
_DECIDABLE = {Status.YELLOW, Status.RED}


class GateLine(NamedTuple):
    """Whether the design may be cut, in a line, and all that is in the way."""

    text: str
    detail: str


def kind_of(finding: Finding) -> RulingKind:
    """Return which decision a check would take: only a red is overridden."""
    return "overridden" if finding.status is Status.RED else "accepted"


def right_for(finding: Finding) -> Right:
    """Return the right that the decision on a check takes."""
    return "override" if kind_of(finding) == "overridden" else "accept"


def never(finding: Finding) -> str:
    """Say why nobody can decide anything on this check; "" when it can be decided."""
    return worded(status_refusal(kind_of(finding), finding))


def not_by(finding: Finding, operator: Operator) -> str:
    """Say why *operator* cannot decide on this check; whoever signs in first still may."""
    if operator.operator_id == SIGNED_OUT.operator_id:
        return ""
    return role_refusal(kind_of(finding), operator)


def decisions_of(verdict: GateVerdict, operator: Operator) -> dict[CheckKey, Decision]:
    """Return what was decided, or can be, on each yellow and red check."""
    return {
        (check.finding.check_id, check.finding.ring_index): _decision(check, operator)
        for check in verdict.checks
        if check.finding.status in _DECIDABLE
    }


def _decision(check: GateCheck, operator: Operator) -> Decision:
    if check.lifted_by is not None:
        ruling = check.lifted_by
        made = f"{ruling.kind.capitalize()}: {plain(' '.join(ruling.reason.split()))}"
        return Decision(made=made, by=f"{by(ruling)}, recorded as {ruling.run_id}")
    kind = kind_of(check.finding)
    if status_refusal(kind, check.finding):
        return Decision(refusal=_NEVER)
    not_allowed = not_by(check.finding, operator)
    return Decision(refusal=not_allowed) if not_allowed else Decision(offer=OFFERS[kind])


def by(ruling: Ruling) -> str:
    """Say what was decided by whom: "Accepted by Owner"."""
    return f"{ruling.kind.capitalize()} by {shown(ruling.operator.name)}"


def recorded(ruling: Ruling, seq: int) -> str:
    """Tell of a decision that was just made: by whom, and where it is recorded."""
    return f"{by(ruling)}, recorded as {ruling.run_id}, number {seq}"


def gate_line(verdict: GateVerdict) -> GateLine:
    """Say whether the design may be cut; if not, what stands first in the way."""
    detail = "\n".join(worded(sentence) for sentence in (*verdict.in_the_way, *verdict.warnings))
    damaged = "".join(f"\n{worded(warning)}" for warning in verdict.warnings)
    return GateLine(f"May be cut: {_answer(verdict)}{damaged}", detail)


def no_line(sentence: str) -> GateLine:
    """Say that the design may not be cut because the gate could not be asked."""
    return GateLine(f"May be cut: no. {sentence}", "")


def _answer(verdict: GateVerdict) -> str:
    if verdict.open:
        count = len(verdict.lifted)
        by_decision = f"{count} {'check' if count == 1 else 'checks'} by decision"
        return f"yes, {by_decision}" if count else "yes"
    closed = verdict.closed
    if not closed:
        return f"no. {worded(verdict.in_the_way[0])}"
    others = len(closed) - 1
    more = f" ({others} more)" if others else ""
    return f"no, because {_in_short(closed[0])}{more}"


def _in_short(check: GateCheck) -> str:
    """Leave the check's own sentence out: it stands below, at the check."""
    return worded(check.in_the_way.removesuffix(f": {check.finding.message}"))


def heading(finding: Finding) -> str:
    """Name a check as the panel does: its title and its ring."""
    rule = RULES.get(finding.check_id)
    title = rule.title if rule else finding.check_id
    return title if finding.ring_index is None else f"{title}, ring {finding.ring_index}"
