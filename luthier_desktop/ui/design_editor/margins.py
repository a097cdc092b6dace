"""How much room the checks leave each ring, as one number for a tint."""

from __future__ import annotations

from luthier_desktop.domain.feasibility.findings import Finding, Scored
from luthier_desktop.domain.feasibility.risk import Status
from luthier_desktop.domain.feasibility.rules import RULES

NEAR_SHARE = 0.25
"""A green check that is nearer to its limit than this share of it begins to show."""
WARM = 0.3
"""The heat of a check that stands at its green limit."""


def ring_heats(scored: Scored) -> dict[str, float]:
    """Return for each ring, by identity, its least margin: 0 ample, 1 red.

    Up to 0.3 all is green and a limit comes near; between is yellow.
    """
    worst: dict[int, float] = {}
    for finding in scored.findings:
        if finding.ring_index is not None:
            at = finding.ring_index
            worst[at] = max(worst.get(at, 0.0), _heat(finding))
    return {ring.ring_id: worst.get(ring.ring_index, 0.0) for ring in scored.rings}


def _heat(finding: Finding) -> float:
    if finding.status is Status.RED:
        return 1.0
    if finding.status is Status.YELLOW:
        return WARM + (1 - WARM) * min(1.0, max(0.0, finding.penalty))
    if finding.status is Status.GREEN:
        return WARM * _nearness(finding)
    return 0.0


def _nearness(finding: Finding) -> float:
    """Return how near a green check is to its limit: 0 far, 1 at it."""
    limit = finding.inputs.get("green_limit", RULES[finding.check_id].green_limit)
    if finding.margin is None or not isinstance(limit, int | float) or not limit:
        return 0.0
    return max(0.0, 1.0 - max(0.0, finding.margin) / (NEAR_SHARE * abs(limit)))
