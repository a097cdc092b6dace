"""Judging one design for one shop: the score, its report in both forms, and its run."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, NamedTuple

from luthier_desktop.domain.feasibility.advice import NO_ADVICE, Advice, advise, without_locks
from luthier_desktop.domain.feasibility.findings import Scored
from luthier_desktop.domain.feasibility.report import joined_report, stored_report
from luthier_desktop.domain.run import EventType, RunStatus
from luthier_desktop.services.designs import design_sha256
from luthier_desktop.services.recording import (
    Deed,
    failed_scoring,
    tool_of,
    verdict_of,
)
from luthier_desktop.services.requests import Request
from luthier_desktop.services.rules_file import rules_file
from luthier_desktop.services.scoring import ScoringFailed, scored

__all__ = ["Judged", "ScoringFailed", "advised", "failed_deed", "judge", "judged_deed"]

_LOG = logging.getLogger(__name__)


class Judged(NamedTuple):
    """A request, its score, and the advice on it where it was asked for.

    ``kept`` is what a record keeps of it: locks are not part of what is judged, so it is the same
    with and without them.
    """

    request: Request
    scored: Scored
    advice: Advice = NO_ADVICE
    kept: Advice = NO_ADVICE

    def stored(self, run_id: str, suggestion_id: str | None = None) -> dict[str, Any]:
        """Return the report as the run keeps it."""
        return stored_report(
            self.scored, rules_file().sha256, run_id, suggestion_id, self.kept
        )

    def joined(self, run_id: str | None, suggestion_id: str | None = None) -> dict[str, Any]:
        """Return the report as people and scripts read it."""
        report = joined_report(
            self.scored, rules_file().sha256, run_id, suggestion_id, self.advice
        )
        setup = self.request.setup
        return {**report, "setup": {"setup_id": setup.setup_id, "name": setup.name}}


def judge(request: Request) -> Judged:
    """Score a request.

    Raises:
        ScoringFailed: The scorer itself failed.
    """
    return Judged(request, scored(*request))


def advised(judged: Judged) -> Judged:
    """Add the remedies of what is not green and how far each check holds.

    A score is worth its record also when its advice fails; then there is none.
    """
    request, answer = judged.request, judged.scored
    open_design = without_locks(request.design)
    try:
        kept = advice = advise(*request, answer)
        if open_design is not request.design:
            kept = advise(open_design, request.setup, request.materials, answer)
        return judged._replace(advice=advice, kept=kept)
    except Exception:
        _LOG.exception("Working out remedies failed")
        return judged


def judged_deed(
    judged: Judged,
    event_type: EventType,
    feasibility: dict[str, Any],
    *,
    outputs: Mapping[str, Any] | None = None,
    parent_run_ids: tuple[str, ...] = (),
) -> Deed:
    """Say what was done when a design was judged; a check that blocks makes a blocked run."""
    decision = verdict_of(judged.scored)
    blocked = event_type == "feasibility.checked" and decision.block_reason is not None
    return _deed(judged.request, event_type, "BLOCKED" if blocked else "OK")._replace(
        decision=decision,
        feasibility=feasibility,
        outputs=outputs or {},
        parent_run_ids=parent_run_ids,
    )


def failed_deed(request: Request, event_type: EventType, reason: str) -> Deed:
    """Say that a design could not be judged because the scorer failed."""
    return _deed(request, event_type, "ERROR")._replace(decision=failed_scoring(reason))


def _deed(request: Request, event_type: EventType, status: RunStatus) -> Deed:
    return Deed(
        event_type=event_type,
        status=status,
        decision=failed_scoring(""),
        request=request.plain(),
        request_sha256=request.sha256(),
        summary=request.summary(),
        design_sha256=design_sha256(request.design),
        tool_id=tool_of(request.setup),
    )
