"""The rules: every check's constant text by id, their version, and their document."""

from __future__ import annotations

from typing import Any

from luthier_desktop.domain.feasibility.findings import Rule
from luthier_desktop.domain.feasibility.texts import (
    bending,
    channel,
    finish,
    fit,
    layout,
    machining,
    tiles,
)

RULES_VERSION = "rules-2"
RULES_SCHEMA = "luthier.rules/1"

_LANES = (layout, channel, bending, tiles, machining, fit, finish)

RULES: dict[str, Rule] = {rule.check_id: rule for lane in _LANES for rule in lane.RULES}
"""Every check by id, lane by lane in the order that decides ties of the binding check."""


def rules_document() -> dict[str, Any]:
    """Return the constant text of this rules version: the content of rules/{version}.json."""
    return {
        "schema": RULES_SCHEMA,
        "rules_version": RULES_VERSION,
        "checks": [_plain(rule) for rule in RULES.values()],
    }


def _plain(rule: Rule) -> dict[str, Any]:
    plain = rule._asdict()
    plain["id"] = plain.pop("check_id")
    plain["lane"] = rule.lane.value
    return {name: value for name, value in plain.items() if value is not None}
