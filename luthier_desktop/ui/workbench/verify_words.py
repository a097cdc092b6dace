"""What is said of a verification, in the status bar and in the list of findings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from luthier_desktop.domain.verification import Verified

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LEVELS = {"quick": " quickly", "deep": " in depth"}


def day(at_utc: str) -> str:
    """Write the day of a moment as it is here: "22 Nov"."""
    try:
        here = datetime.fromisoformat(at_utc).astimezone()
    except ValueError:
        return at_utc[:10]
    return f"{here.day} {_MONTHS[here.month - 1]}"


def counted(count: int, what: str) -> str:
    """Write a number with its word: "1 problem", "1,042 events"."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def is_whole(report: Mapping[str, Any]) -> bool:
    """Say whether a verification came to its end and read every byte."""
    return report["failed"] is None and report["level"] in ("full", "deep")


def finished(report: Mapping[str, Any]) -> str:
    """Say what a verification came to."""
    if report["failed"]:
        return str(report["failed"])
    problems = report["counts"]["damage"] + report["counts"]["warning"]
    level = _LEVELS.get(report["level"], "")
    parts = [
        counted(report["events"], "event"),
        counted(report["runs"], "run"),
        counted(problems, "problem"),
    ]
    return f"Verified{level}: {', '.join(parts)}"


def lasting(verified: Verified | None) -> str:
    """Say in the status bar when the log was last verified as a whole."""
    if verified is None:
        return "Never verified"
    level = _LEVELS.get(verified.level, "")
    parts = [counted(verified.events, "event"), counted(verified.problems, "problem")]
    if verified.witness:
        parts.append(f"last outside witness {day(verified.witness)}")
    return f"Verified{level} {day(verified.at_utc)}: {', '.join(parts)}"


def explained(whole: Verified | None, part: Verified | None) -> str:
    """Say at length, for the tool tip, when the log was verified."""
    lines = [f"{lasting(whole)}."]
    if not (whole and whole.witness):
        lines.append("No witness outside this machine has confirmed the log yet.")
    if part is not None:
        lines.append(
            f"One thirtieth of the files is read each day, last on {day(part.at_utc)}: "
            f"{counted(part.problems, 'problem')}."
        )
    return " ".join(lines)
