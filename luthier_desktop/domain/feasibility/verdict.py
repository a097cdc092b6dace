"""What findings add up to: the worst wins, a number inside its band, one binding check.

It never averages safety: the number stays in the verdict's band and never rises by adding
checks. Source: domain reference 5.7.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from luthier_desktop.domain.feasibility.findings import Finding, LaneVerdict, RingVerdict
from luthier_desktop.domain.feasibility.inputs import RingCase
from luthier_desktop.domain.feasibility.risk import Lane, RiskBucket, Status, worst

BANDS = {
    RiskBucket.GREEN: (80.0, 100.0),
    RiskBucket.YELLOW: (60.0, 79.0),
    RiskBucket.UNKNOWN: (40.0, 59.0),
    RiskBucket.RED: (0.0, 39.0),
}
LANES = len(Lane)

LaneFindings = tuple[Lane, Sequence[Finding]]


def number_in_band(bucket: RiskBucket, lane_penalties: Iterable[float]) -> float:
    """Return lo + (hi - lo)(1 - m), m the mean of the largest penalties over seven lanes."""
    low, high = BANDS[bucket]
    mean = sum(lane_penalties) / LANES
    return low + (high - low) * (1 - mean)


def lane_penalty(findings: Sequence[Finding]) -> float:
    """Return the largest penalty of a lane; 0 for a lane without judged checks."""
    return max([finding.penalty for finding in findings], default=0.0)


def binding(bucket: RiskBucket, findings: Iterable[Finding]) -> Finding | None:
    """Return the check that decides *bucket*; of equal penalties the first; none when GREEN.

    *findings* come in the order of ties: lanes, then checks, then ring null before 0, 1, ...
    """
    if bucket is RiskBucket.GREEN:
        return None
    wanted, decisive = _DECIDING[bucket], None
    for finding in findings:
        if finding.status is wanted and (decisive is None or finding.penalty > decisive.penalty):
            decisive = finding
    return decisive


_DECIDING = {bucket: Status(bucket.value) for bucket in RiskBucket}


def lane_verdict(lane: Lane, findings: Sequence[Finding]) -> LaneVerdict:
    """Return the verdict of one lane and the check that decides it."""
    bucket = worst([finding.status for finding in findings])
    return LaneVerdict(lane, bucket, _decider(bucket, findings))


def ring_verdicts(
    rings: Sequence[RingCase], findings: Iterable[Finding]
) -> tuple[RingVerdict, ...]:
    """Return the verdict of each ring over the checks that are judged at it."""
    own: dict[int, list[Finding]] = {ring.ring_index: [] for ring in rings}
    for finding in findings:
        if finding.ring_index is not None:
            own[finding.ring_index].append(finding)
    return tuple(_ring_verdict(ring, own[ring.ring_index]) for ring in rings)


def _ring_verdict(ring: RingCase, findings: Sequence[Finding]) -> RingVerdict:
    bucket = worst([finding.status for finding in findings])
    return RingVerdict(
        ring.ring_index,
        ring.ring.identity,
        ring.radii.inner_mm,
        ring.radii.outer_mm,
        bucket,
        _decider(bucket, findings),
    )


def _decider(bucket: RiskBucket, findings: Iterable[Finding]) -> str | None:
    decisive = binding(bucket, findings)
    return None if decisive is None else decisive.check_id
