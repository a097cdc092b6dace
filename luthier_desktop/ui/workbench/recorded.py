"""A recorded check, told in plain lines."""

from __future__ import annotations

from luthier_desktop.domain.display import shown
from luthier_desktop.services.feasibility import Checked
from luthier_desktop.ui.style import risk_sign

_GRAVEST_FIRST = ("RED", "UNKNOWN", "YELLOW", "NOTE")


def told(checked: Checked) -> list[str]:
    """Return design, verdict, reasons and the place of the record, one a line."""
    sign = risk_sign(checked.scored.risk_bucket)
    score = "no score" if checked.scored.score is None else f"score {checked.scored.score:.1f}"
    found = [finding for finding in checked.scored.findings if finding.status in _GRAVEST_FIRST]
    found.sort(key=lambda finding: _GRAVEST_FIRST.index(finding.status))
    reasons = [
        f"  {risk_sign(finding.status).glyph} {finding.check_id}: {finding.message}"
        for finding in found
    ]
    warnings = [f"  {warning}" for warning in checked.scored.warnings]
    return [
        f"Design: {shown(checked.design.name or 'without a name')}",
        f"Verdict: {sign.glyph} {sign.word}, {score}",
        *(reasons + warnings or ["  no check speaks against it"]),
        f"Recorded as {checked.run_id}, number {checked.seq}",
        f"Record: {checked.path}",
    ]
