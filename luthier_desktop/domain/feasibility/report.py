"""The feasibility report: as it is stored, and joined with the constant text of the rules.

Numbers are rounded to 9 significant digits after every status is decided, and whole numbers
are written as such, so that the same request gives the same bytes on every machine.
"""

from __future__ import annotations

from typing import Any

from luthier_desktop.domain.base import LARGEST_NUMBER
from luthier_desktop.domain.feasibility.advice import NO_ADVICE, Advice
from luthier_desktop.domain.feasibility.findings import (
    Assumed,
    Finding,
    Input,
    LaneVerdict,
    RingVerdict,
    Scored,
)
from luthier_desktop.domain.feasibility.record import kept_checks, kept_remedies
from luthier_desktop.domain.feasibility.remedies.remedy import Remedy
from luthier_desktop.domain.feasibility.risk import Status
from luthier_desktop.domain.feasibility.rules import RULES, RULES_VERSION

SIGNIFICANT_DIGITS = 9
SMALLEST = 5e-10
"""What is smaller than the 9 decimals at which statuses are decided is the noise of a sum."""
HASH_IGNORES = ("run_id", "suggestion_id")


def rounded(value: float) -> float | int:
    """Round to 9 significant digits; a whole number comes back as an int."""
    if abs(value) < SMALLEST:
        return 0
    short = float(f"{value:.{SIGNIFICANT_DIGITS}g}")
    whole = short.is_integer() and abs(short) <= LARGEST_NUMBER
    return int(short) if whole else short


def stored_report(
    scored: Scored,
    rules_sha256: str,
    run_id: str | None = None,
    suggestion_id: str | None = None,
    advice: Advice = NO_ADVICE,
) -> dict[str, Any]:
    """Return the report as a run keeps it; the constant text stands in the rules file.

    Checks that were not judged stand only as ``{id, ring_index}`` in ``not_judged``; ``record``
    says what else is left out.
    """
    kept = advice._replace(remedies=kept_remedies(advice.remedies, scored))
    judged = [finding for finding in scored.findings if finding.status is not Status.NA]
    skipped = [finding for finding in scored.findings if finding.status is Status.NA]
    return {
        **_head(scored, rules_sha256, run_id, suggestion_id),
        "checks": kept_checks(_stored_check(finding, kept) for finding in judged),
        "not_judged": [_place(finding) for finding in skipped],
    }


def joined_report(
    scored: Scored,
    rules_sha256: str,
    run_id: str | None = None,
    suggestion_id: str | None = None,
    advice: Advice = NO_ADVICE,
) -> dict[str, Any]:
    """Return the report as people and scripts read it: every check with its rule's text."""
    return {
        **_head(scored, rules_sha256, run_id, suggestion_id),
        "checks": [_joined_check(finding, advice) for finding in scored.findings],
    }


def summary(
    scored: Scored, run_id: str | None = None, suggestion_id: str | None = None
) -> dict[str, Any]:
    """Return what a batch says of one design: the report's verdict without its checks."""
    return {**_verdict(scored, run_id, suggestion_id), "binding": _binding(scored)}


def hashed_form(stored: dict[str, Any]) -> dict[str, Any]:
    """Return what ``feasibility_sha256`` covers: no run_id, suggestion_id or ring_id."""
    plain = {name: value for name, value in stored.items() if name not in HASH_IGNORES}
    plain["rings"] = [
        {name: value for name, value in ring.items() if name != "ring_id"}
        for ring in stored["rings"]
    ]
    return plain


def _head(
    scored: Scored, rules_sha256: str, run_id: str | None, suggestion_id: str | None
) -> dict[str, Any]:
    return {
        **_verdict(scored, run_id, suggestion_id),
        "rules_version": RULES_VERSION,
        "rules_sha256": rules_sha256,
        "assumed": [_assumed(assumed) for assumed in scored.assumed],
        "rings": [_ring(ring) for ring in scored.rings],
        "lanes": [_lane(lane) for lane in scored.lanes],
        "binding": _binding(scored),
    }


def _verdict(scored: Scored, run_id: str | None, suggestion_id: str | None) -> dict[str, Any]:
    return {
        "suggestion_id": suggestion_id,
        "run_id": run_id,
        "overall_score": _number(scored.score),
        "risk_bucket": scored.risk_bucket.value,
        "material_efficiency": _number(scored.material_efficiency),
        "estimated_cut_time_min": _number(scored.estimated_cut_time_min),
        "warnings": list(scored.warnings),
    }


def _binding(scored: Scored) -> dict[str, Any] | None:
    return None if scored.binding is None else _place(scored.binding)


def _place(finding: Finding) -> dict[str, Any]:
    return {"id": finding.check_id, "ring_index": finding.ring_index}


def _stored_check(finding: Finding, advice: Advice) -> dict[str, Any]:
    return {
        "id": finding.check_id,
        "ring_index": finding.ring_index,
        "status": finding.status.value,
        "value": _number(finding.value),
        "margin": _number(finding.margin),
        "penalty": rounded(finding.penalty),
        "inputs": _inputs(finding),
        "message": finding.message,
        "remedies": _remedies(finding, advice),
    }


def _joined_check(finding: Finding, advice: Advice) -> dict[str, Any]:
    rule = RULES[finding.check_id]
    return {
        "id": finding.check_id,
        "lane": rule.lane.value,
        "ring_index": finding.ring_index,
        "status": finding.status.value,
        "value": _number(finding.value),
        "unit": rule.unit,
        "green": rule.green,
        "yellow": rule.yellow,
        "margin": _number(finding.margin),
        "penalty": rounded(finding.penalty),
        "formula": rule.formula,
        "inputs": _inputs(finding),
        "source": rule.source,
        "confidence": rule.confidence,
        "message": finding.message,
        "remedies": _remedies(finding, advice),
        "sensitivity": _sensitivity(finding, advice),
    }


def _remedies(finding: Finding, advice: Advice) -> list[dict[str, Any]]:
    found = advice.remedies.get((finding.check_id, finding.ring_index), ())
    return [_remedy(one) for one in found]


def _remedy(remedy: Remedy) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "path": remedy.path,
        "from": _input(remedy.before),
        "to": _input(remedy.after),
        "clears": remedy.clears,
    }
    if remedy.side_effect:
        plain["side_effect"] = remedy.side_effect
    return plain


def _sensitivity(finding: Finding, advice: Advice) -> dict[str, Any] | None:
    found = advice.sensitivities.get((finding.check_id, finding.ring_index))
    return None if found is None else found._asdict()


def _inputs(finding: Finding) -> dict[str, Input]:
    return {name: _input(value) for name, value in finding.inputs.items()}


def _input(value: Input) -> Input:
    return rounded(value) if isinstance(value, float) else value


def _number(value: float | None) -> float | int | None:
    return None if value is None else rounded(value)


def _assumed(assumed: Assumed) -> dict[str, Any]:
    return {"path": assumed.path, "value": _input(assumed.value), "from": assumed.origin}


def _ring(ring: RingVerdict) -> dict[str, Any]:
    return {
        "ring_index": ring.ring_index,
        "ring_id": ring.ring_id,
        "inner_radius_mm": rounded(ring.inner_radius_mm),
        "outer_radius_mm": rounded(ring.outer_radius_mm),
        "risk_bucket": ring.risk_bucket.value,
        "worst_check": ring.worst_check,
    }


def _lane(lane: LaneVerdict) -> dict[str, Any]:
    return {
        "lane": lane.lane.value,
        "risk_bucket": lane.risk_bucket.value,
        "worst_check": lane.worst_check,
    }
