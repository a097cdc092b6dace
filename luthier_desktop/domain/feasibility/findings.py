"""What a check finds, as light tuples: fast enough for every step of a drag."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from luthier_desktop.domain.feasibility.risk import Lane, RiskBucket, Status

Input = float | int | str | bool | None


class Finding(NamedTuple):
    """The answer of one check at one place.

    ``value`` in the rule's unit; ``margin`` is the distance to the nearest limit of the present
    status, positive towards better room; ``penalty`` 0 (up to the green limit) to 1 (red);
    ``inputs`` are the numbers put into the formula and the limits in force
    (``green_limit``, ``yellow_limit`` where they depend on the case); ``message`` one line.
    """

    check_id: str
    ring_index: int | None
    status: Status
    value: float | None
    margin: float | None
    penalty: float
    inputs: Mapping[str, Input]
    message: str


class Rule(NamedTuple):
    """The constant text of a check: the same for every design of one rules version.

    ``green_limit`` and ``yellow_limit`` are the limits as numbers where they are constant and
    there is one of each.
    """

    check_id: str
    lane: Lane
    title: str
    formula: str
    unit: str
    green: str
    yellow: str
    red: str
    source: str
    confidence: str
    green_limit: float | None = None
    yellow_limit: float | None = None


class Assumed(NamedTuple):
    """A value that does not stand in the design: where it belongs, and where it came from."""

    path: str
    value: Input
    origin: str  # "setup" or "default"


class RingVerdict(NamedTuple):
    """The verdict of one ring."""

    ring_index: int
    ring_id: str
    inner_radius_mm: float
    outer_radius_mm: float
    risk_bucket: RiskBucket
    worst_check: str | None


class LaneVerdict(NamedTuple):
    """The verdict of one lane."""

    lane: Lane
    risk_bucket: RiskBucket
    worst_check: str | None


class Scored(NamedTuple):
    """Everything that scoring a design with a setup gives; ``score`` None without rings."""

    score: float | None
    risk_bucket: RiskBucket
    findings: tuple[Finding, ...]
    rings: tuple[RingVerdict, ...]
    lanes: tuple[LaneVerdict, ...]
    binding: Finding | None
    assumed: tuple[Assumed, ...]
    warnings: tuple[str, ...]
    material_efficiency: float | None
    estimated_cut_time_min: float | None
