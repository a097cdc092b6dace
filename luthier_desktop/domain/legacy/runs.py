"""A run of the web ToolBox: who did what, with what verdict, and what is wrong in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args

from luthier_desktop.domain.feasibility.risk import RiskBucket
from luthier_desktop.domain.legacy.found import (
    LONGEST_WORD,
    MOST_WARNINGS,
    Found,
    Place,
    date_of,
    identify,
    look_for_markup,
    members_of,
    quoted,
    read_design,
    word_of,
)
from luthier_desktop.domain.legacy.hashes import check_hashes
from luthier_desktop.domain.run import RunStatus

_LONGEST_WARNING = 1000
_MOST_SCORE = 100
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_OBJECTS = ("request_summary", "decision", "hashes")


def read_run(plain: Mapping[str, Any], place: Place) -> Found:
    """Say what a run tells, and what is wrong in it."""
    found = Found("run", place.stem)
    identify(found, plain.get("run_id"), "run_id", place)
    _read_date(found, plain, place)
    for name in _OBJECTS:
        if not isinstance(plain.get(name), dict):
            found.fault(f"{name} is missing.")
    found.mode = word_of(found, plain, "mode") or "unknown"
    found.tool_id = word_of(found, plain, "tool_id")
    _read_status(found, plain)
    _read_risk(found, plain)
    _read_score(found, plain)
    _read_texts(found, plain)
    read_design(found, members_of(plain, "request_summary").get("design"))
    check_hashes(found, plain)
    return found


def _read_date(found: Found, plain: Mapping[str, Any], place: Place) -> None:
    moment = date_of(found, plain.get("created_at_utc"), "created_at_utc")
    if not _DAY.fullmatch(place.folder):
        found.fault("It lies in no folder of a date.")
    elif moment is not None and moment.date().isoformat() != place.folder:
        found.fault(
            f"It was made on {moment.date().isoformat()}, but lies in the folder {place.folder}."
        )


def _read_status(found: Found, plain: Mapping[str, Any]) -> None:
    given = word_of(found, plain, "status")
    known: dict[str, RunStatus] = {word: word for word in get_args(RunStatus)}
    found.status = known.get(given or "", "ERROR")
    if found.status != given:
        found.words["found_status"] = given or ""
        if given is not None:
            found.fault(f"status is {quoted(given)}, which is none of OK, BLOCKED and ERROR.")


def _read_risk(found: Found, plain: Mapping[str, Any]) -> None:
    report, decision = members_of(plain, "feasibility"), members_of(plain, "decision")
    given = decision.get("risk_level")
    risk = _bucket(given)
    if risk is None:
        found.words["found_risk_level"] = str(given)[:LONGEST_WORD] if given is not None else ""
        found.fault(
            "decision.risk_level is missing; it counts as UNKNOWN."
            if given is None
            else f"decision.risk_level is {quoted(given)}, which is none of GREEN, YELLOW, RED "
            "and UNKNOWN; it counts as UNKNOWN."
        )
    found.risk_level = risk or RiskBucket.UNKNOWN
    if not isinstance(plain.get("feasibility"), dict):
        found.fault("feasibility is missing: there is no report that the verdict rests on.")
    reported = _bucket(report.get("risk_bucket", report.get("risk_level")))
    if reported is not None and reported is not found.risk_level:
        found.fault(f"Its report says {reported}, and its decision {quoted(given)}.")
    if found.status == "OK" and RiskBucket.RED in (risk, reported):
        found.fault("It is red and was not blocked.")


def _bucket(given: Any) -> RiskBucket | None:
    word = given.upper() if isinstance(given, str) else ""
    return RiskBucket(word) if word in RiskBucket.__members__ else None


def _read_score(found: Found, plain: Mapping[str, Any]) -> None:
    given = members_of(plain, "decision").get("score")
    if isinstance(given, int | float) and not isinstance(given, bool):
        found.score = float(given) if 0 <= given <= _MOST_SCORE else None
    if given is not None and found.score is None:
        found.fault(f"decision.score is {quoted(given)}, which is no number from 0 to 100.")


def _read_texts(found: Found, plain: Mapping[str, Any]) -> None:
    decision = members_of(plain, "decision")
    warnings = decision.get("warnings")
    if isinstance(warnings, list):
        texts = (one for one in warnings if isinstance(one, str))
        found.warnings = tuple(one[:_LONGEST_WARNING] for one in texts)[:MOST_WARNINGS]
    reason = decision.get("block_reason")
    found.block_reason = reason[:_LONGEST_WARNING] if isinstance(reason, str) else None
    summary = members_of(plain, "request_summary")
    look_for_markup(found, {"notes": plain.get("notes"), "name": summary.get("name")})
    texts_of_run = {"block_reason": found.block_reason, "warnings": "\n".join(found.warnings)}
    look_for_markup(found, texts_of_run)
