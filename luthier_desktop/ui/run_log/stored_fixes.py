"""The fixes that a run keeps, put into the words of the panel; they are read, never applied."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luthier_desktop.domain.feasibility.record import restored
from luthier_desktop.domain.feasibility.remedies.remedy import Remedy
from luthier_desktop.ui.widgets.check_fix import Fix
from luthier_desktop.ui.widgets.check_fixes import fixes_of
from luthier_desktop.ui.widgets.check_rows import CheckKey

_MOST_TEXT = 1000


def stored_fixes(
    report: Mapping[str, Any], design: Mapping[str, Any] | None
) -> dict[CheckKey, tuple[Fix, ...]]:
    """Return the fixes of each check of a stored report; what is no fix is left out."""
    checks = report.get("checks")
    listed = checks if isinstance(checks, list) else []
    kept = restored([one for one in listed if isinstance(one, dict)])
    remedies: dict[CheckKey, list[Remedy]] = {}
    for check in kept:
        found = [_remedy(one) for one in check.get("remedies") or ()]
        known = [one for one in found if one is not None]
        if known:
            remedies[str(check.get("id")), _ring(check.get("ring_index"))] = known
    return fixes_of(remedies, _ring_numbers(design or {}))


def _remedy(member: Any) -> Remedy | None:
    path, clears = member.get("path"), member.get("clears")
    if not isinstance(path, str) or not isinstance(clears, str):
        return None
    effect = member.get("side_effect")
    return Remedy(
        path[:_MOST_TEXT],
        _value(member.get("from")),
        _value(member.get("to")),
        clears,
        effect[:_MOST_TEXT] if isinstance(effect, str) else "",
    )


def _value(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | None) else str(value)[:_MOST_TEXT]


def _ring(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _ring_numbers(design: Mapping[str, Any]) -> list[int]:
    rings = design.get("ring_params")
    listed = rings if isinstance(rings, list) else []
    found = [one.get("ring_index") for one in listed if isinstance(one, dict)]
    return [number for number in found if isinstance(number, int)]
