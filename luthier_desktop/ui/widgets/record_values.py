"""What is compared, in the words and units of the window."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from PySide6.QtCore import QDateTime, Qt

from luthier_desktop.domain.compare import ABSENT
from luthier_desktop.domain.design_compare import PLACE, RINGS
from luthier_desktop.domain.display import shown
from luthier_desktop.domain.feasibility.rules import RULES
from luthier_desktop.services.comparing import Side
from luthier_desktop.ui import messages, style, units
from luthier_desktop.ui.widgets.check_fields import field_of_path, split_unit
from luthier_desktop.ui.widgets.check_words import amount, number

NOTHING = "\u2013"
LONGEST = 160
_HASH_SHOWN = 12
_AT = re.compile(r"\[(\d+)\]")
_GIVEN = ("name", "title", "description", "notes")
"""Fields whose words somebody gave: they are in no language of ours."""
_ASSUMED = re.compile(r"(?:run\.)?(?:feasibility\.)?assumed\[path=(.+)\](?:\.value)?")
"""A value that the design left to the setup, by the path of its field."""
_HASH = re.compile(r"[0-9a-f]{64}")
_WORDS = {
    "decision.risk_level": "verdict",
    "decision.score": "score",
    "decision.block_reason": "reason",
    "status": "status",
    "event_type": "what was done",
    "mode": "mode",
    "tool_id": "bit",
    "operator.name": "operator",
    "feasibility.material_efficiency": "material used",
    "feasibility.estimated_cut_time_min": "cutting time",
    "feasibility.binding": "decided by",
    "hashes.design_sha256": "design's hash",
    "hashes.request_sha256": "request's hash",
    "hashes.feasibility_sha256": "answer's hash",
    "design_sha256": "design's hash",
    "request.versions.app": "program's version",
    "request.versions.rules_version": "rules",
    "request.design": "design",
    "feasibility": "answer",
    "name": "name",
    "description": "description",
    "notes": "notes",
}


class Shown(NamedTuple):
    """A value as a cell shows it; *status* colours it when it is a verdict or a status.

    *whole* is what is copied of a value that a cell cuts short.
    """

    text: str
    status: str = ""
    whole: str = ""

    @property
    def copied(self) -> str:
        """What a copy holds."""
        return self.whole or self.text


def field_label(field: str, *, of_ring: bool) -> str:
    """Name a field of a design, a ring or a setup; entries of lists are counted from 1."""
    if of_ring and field == PLACE:
        return "number"
    field = _ASSUMED.sub(r"\1", field)
    path = f"{RINGS}[0].{field}" if of_ring else field
    places = [int(found) + 1 for found in _AT.findall(field)]
    label = shown(field_of_path(path).label, LONGEST)
    return " ".join([label, *map(str, places)])


def path_label(path: str) -> str:
    """Name what is neither of the design nor of the setup; else its path as it is."""
    path = path.removeprefix("run.")
    return _WORDS.get(path) or shown(path.replace("_", " "), LONGEST)


def check_label(check_id: str) -> str:
    """Name a check by its title and its id."""
    rule = RULES.get(check_id)
    return f"{rule.title} ({check_id})" if rule else shown(check_id)


def value_text(value: Any, name: str) -> str:
    """Write a value; a number whose *name* says that it is a length, in the unit shown."""
    if value is ABSENT or value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number(value, name)
    if isinstance(value, str):
        return _text(value, name)
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return shown(", ".join(each.replace("_", " ") for each in value) or NOTHING, LONGEST)
    if isinstance(value, dict) and set(value) == {"from", "value"}:
        return f"{value_text(value['value'], name)} ({shown(str(value['from']))})"
    if isinstance(value, dict) and set(value) == {"id", "ring_id"}:
        ring = value["ring_id"]
        return shown(str(value["id"]) + ("" if ring is None else f", ring {ring}"))
    return shown(json.dumps(value, ensure_ascii=False), LONGEST)


def shown_value(value: Any, name: str) -> Shown:
    """Show a value; of a hash the beginning."""
    is_hash = isinstance(value, str) and _HASH.fullmatch(value) is not None
    return Shown(value_text(value, name), whole=value if is_hash else "")


def status_shown(status: Any) -> Shown:
    """Show a verdict or a status by glyph and word."""
    if not isinstance(status, str):
        return Shown(NOTHING)
    sign = style.risk_sign(status)
    return Shown(f"{sign.glyph} {sign.word}", status)


def check_shown(check: Mapping[str, Any] | None, check_id: str) -> Shown:
    """Show what a check said: status, value and margin."""
    if check is None:
        return Shown(NOTHING)
    status = status_shown(check.get("status"))
    rule = RULES.get(check_id)
    unit = rule.unit if rule else ""
    told = [_amount(check.get("value"), unit)]
    margin = _amount(check.get("margin"), unit)
    told += [f"margin {margin}"] if margin else []
    return Shown(
        "  ".join(filter(None, (status.text, ", ".join(filter(None, told))))), status.status
    )


def verdict_text(side: Side) -> str:
    """Write the verdict of a side by glyph, word and score."""
    score = "" if side.score is None else f" {units.score_text(side.score)}"
    return f"{status_shown(side.verdict).text}{score}"


def time_text(created_at_utc: str) -> str:
    """Write a recorded time in the time of this place."""
    moment = QDateTime.fromString(created_at_utc, Qt.DateFormat.ISODateWithMs).toLocalTime()
    return moment.toString("yyyy-MM-dd HH:mm:ss") if moment.isValid() else ""


def _number(value: float, name: str) -> str:
    _, unit = split_unit(name.rpartition(".")[2])
    if unit == "mm":
        return units.brief(value)
    if name.endswith(("score", "overall_score")):
        return units.score_text(value)
    if name.endswith("material_efficiency"):
        return amount(100 * value, "%")
    return amount(value, unit) if unit else number(value, 6).replace(".", units.decimal())


def _amount(value: Any, unit: str) -> str:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return amount(value, unit) if is_number else ""


def _text(value: str, name: str) -> str:
    if name.rpartition(".")[2] in _GIVEN:
        return messages.shown(value, LONGEST) if value else NOTHING
    if name.endswith("material_id"):
        value = value.replace("_", " ")
    if _HASH.fullmatch(value):
        return f"{value[:_HASH_SHOWN]}…"
    return shown(units.worded(value), LONGEST) or NOTHING
