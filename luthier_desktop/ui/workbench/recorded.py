"""A recorded check, told in a few plain lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.feasibility.findings import Finding
from luthier_desktop.domain.feasibility.risk import Status
from luthier_desktop.services.feasibility import Checked
from luthier_desktop.ui.style import risk_sign

MOST_REASONS = 10
_GRAVEST_FIRST = (Status.RED, Status.UNKNOWN, Status.YELLOW, Status.NOTE)
_LONGEST = 300


class _Group(NamedTuple):
    """What one line tells of: a check's status, and its sentence unless that is only advice."""

    status: Status
    check_id: str
    message: str


def told(checked: Checked, setup_name: str = "") -> list[str]:
    """Return design, setup, verdict, reasons and the place of the record, one a line."""
    sign = risk_sign(checked.scored.risk_bucket)
    score = "no score" if checked.scored.score is None else f"score {checked.scored.score:.1f}"
    setup = [f"Setup: {shown(setup_name)}"] if setup_name else []
    return [
        f"Design: {shown(checked.design.name or 'without a name')}",
        *setup,
        f"Verdict: {sign.glyph} {sign.word}, {score}",
        *(_reasons(checked) or ["  no check speaks against it"]),
        f"Recorded as {checked.run_id}, number {checked.seq}",
        f"Record: {checked.path}",
    ]


def _reasons(checked: Checked) -> list[str]:
    """Tell what is not green, the gravest first: a line a check, not a line a ring."""
    lines = [_line(members) for members in _groups(checked.scored.findings)]
    lines += [f"  {shown(warning, _LONGEST)}" for warning in checked.scored.warnings]
    if len(lines) <= MOST_REASONS:
        return lines
    left = len(lines) - MOST_REASONS + 1
    return [*lines[: MOST_REASONS - 1], f"  and {left} more, in the record"]


def _groups(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Gather alike findings: problems by their sentence, advice by its check."""
    groups: dict[_Group, list[Finding]] = {}
    for status in _GRAVEST_FIRST:
        for finding in findings:
            if finding.status is status:
                message = "" if status is Status.NOTE else finding.message
                key = _Group(status, finding.check_id, message)
                groups.setdefault(key, []).append(finding)
    return list(groups.values())


def _line(members: list[Finding]) -> str:
    first = members[0]
    rings = [member.ring_index for member in members if member.ring_index is not None]
    place = f" ({_counted(rings)})" if rings else ""
    messages = {member.message for member in members}
    first_of = f" (ring {first.ring_index})" if len(messages) > 1 else ""
    glyph = risk_sign(first.status).glyph
    return f"  {glyph} {first.check_id}{place}: {shown(first.message, _LONGEST)}{first_of}"


def _counted(rings: list[int]) -> str:
    """Write ring indices: "ring 3", "rings 0-6", "rings 1, 3-5"."""
    spans: list[list[int]] = []
    for ring in sorted(set(rings)):
        if spans and ring == spans[-1][1] + 1:
            spans[-1][1] = ring
        else:
            spans.append([ring, ring])
    words = [f"{first}" if first == last else f"{first}-{last}" for first, last in spans]
    return f"{'ring' if len(rings) == 1 else 'rings'} {', '.join(words)}"
