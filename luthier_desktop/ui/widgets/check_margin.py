"""Where a value lies between its limits, as a share of a bar of equal zones.

The bar is a picture of the order, not to scale: checks differ too much in what a millimetre means.
Inside yellow the place is the penalty, which is linear; outside, far away draws near the end.
"""

from __future__ import annotations

from luthier_desktop.domain.feasibility.findings import Rule
from luthier_desktop.domain.feasibility.risk import Status
from luthier_desktop.ui.widgets.check_rows import CheckRow
from luthier_desktop.ui.widgets.check_words import NO_LIMIT


def zones(rule: Rule) -> tuple[Status, ...]:
    """Return the statuses that the rule can give, the worst first."""
    texts = ((Status.RED, rule.red), (Status.YELLOW, rule.yellow), (Status.GREEN, rule.green))
    return tuple(status for status, text in texts if text.strip() not in NO_LIMIT)


def place(row: CheckRow) -> float | None:
    """Return where the value lies on the bar, 0 (worst) to 1 (best); None: it has no place."""
    found = zones(row.rule) if row.rule else ()
    if row.margin is None or row.status not in found:
        return None
    return (found.index(row.status) + _inside(row)) / len(found)


def _inside(row: CheckRow) -> float:
    """Return the place inside the zone of the row's status, 0 to 1."""
    if row.status is Status.YELLOW:
        return min(1.0, max(0.0, 1.0 - row.penalty))
    away = abs(row.margin or 0.0) / _scale(row)
    share = away / (1.0 + away)
    return share if row.status is Status.GREEN else 1.0 - share


def _scale(row: CheckRow) -> float:
    """Return what counts as far for this check: the width of its yellow, else its value."""
    green, yellow = row.limit("green_limit"), row.limit("yellow_limit")
    if green is not None and yellow is not None and green != yellow:
        return abs(green - yellow)
    return max(abs(row.value or 0.0), abs(row.margin or 0.0)) or 1.0
