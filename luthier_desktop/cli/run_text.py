"""A recorded run for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from luthier_desktop.cli.report_text import body_lines
from luthier_desktop.cli.session import members
from luthier_desktop.domain.display import shown
from luthier_desktop.domain.gate import place_text

if TYPE_CHECKING:
    from luthier_desktop.domain.run import RunArtifact


def run_lines(run: RunArtifact) -> list[str]:
    """Return who did what, when, with what verdict, and the report."""
    summary = run.request_summary
    score = run.decision.score
    head = {
        "run": run.run_id,
        "time (UTC)": run.created_at_utc,
        "event": run.event_type,
        "status": run.status,
        "verdict": run.decision.risk_level.value + ("" if score is None else f"  {score:.1f}"),
        "reason": shown(run.decision.block_reason or str(summary.get("reason") or "-"), 300),
        "design": shown(str(summary.get("design_name") or summary.get("design_id") or "-")),
        "setup": shown(str(summary.get("setup_name") or "-")),
        "operator": shown(f"{run.operator.name}, {run.operator.role}"),
        "program": shown(f"{run.app.get('name')} {run.app.get('version')}"),
        "request": run.hashes.request_sha256,
        "report": run.hashes.feasibility_sha256,
        "design hash": run.hashes.design_sha256 or "-",
    }
    if "check" in summary:
        place = place_text(str(summary["check"]), summary.get("ring_index"))
        head["check"] = shown(f"{place}, {run.decision.details.get('status')}")
    return [*members(head), *_legacy(run), *_report(run.feasibility)]


def _legacy(run: RunArtifact) -> list[str]:
    """Tell which record of the web ToolBox this run stands for, and what is wrong in it."""
    told = run.outputs.get("legacy")
    if run.event_type != "legacy.imported" or not isinstance(told, dict):
        return []
    faults = told.get("faults")
    found = {
        "old record": shown(f"{told.get('kind')} {told.get('id')}"),
        "found in": shown(str(told.get("path")), 300),
        "its time": shown(str(told.get("created_at_utc") or "-")),
        "its hash": shown(str(told.get("sha256"))),
    }
    listed = faults if isinstance(faults, list) else []
    return [*members(found), *(f"fault: {shown(str(one), 500)}" for one in listed)]


def _report(stored: dict[str, Any] | None) -> list[str]:
    from luthier_desktop.domain.feasibility.record import restored

    if stored is None:
        return []
    return ["", *body_lines({**stored, "checks": restored(stored["checks"])})]
