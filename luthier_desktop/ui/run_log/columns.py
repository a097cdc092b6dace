"""The columns of the run log: what each shows of an entry, and how wide it is at first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from luthier_desktop.domain.run import RunEntry
from luthier_desktop.ui import units
from luthier_desktop.ui.messages import shown
from luthier_desktop.ui.style import risk_sign

DAMAGED = "Damaged"
PURGED = "Purged"
EVENT_WORDS = {
    "feasibility.checked": "Checked",
    "snapshot.saved": "Snapshot saved",
    "snapshot.exported": "Snapshot exported",
    "snapshot.imported": "Snapshot imported",
    "snapshot.deleted": "Snapshot deleted",
    "snapshot.restored": "Snapshot restored",
    "export.written": "Exported",
    "setup.changed": "Setup changed",
    "backup.created": "Backup made",
    "backup.restored": "Backup restored",
    "backup.deleted": "Backup deleted",
    "decision.accepted": "Yellow accepted",
    "decision.overridden": "Red overridden",
    "legacy.imported": "Legacy imported",
}
STATUS_WORDS = {"OK": "OK", "BLOCKED": "Blocked", "ERROR": "Error"}


class Column(NamedTuple):
    """One column: *text* of an entry; *is_number* sets it to the right in figures of one width."""

    title: str
    width: int
    text: Callable[[RunEntry], str]
    is_number: bool = False


def local_time(utc: str) -> str:
    """Write a recorded UTC time as this machine's wall clock; what is no time stays as it is."""
    try:
        moment = datetime.fromisoformat(utc)
    except ValueError:
        return shown(utc)
    return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S")


def event_word(event_type: str) -> str:
    """Return the words for an event."""
    return EVENT_WORDS.get(event_type) or shown(event_type)


def verdict(entry: RunEntry) -> str:
    """Return glyph and word of the verdict; damage comes first."""
    if entry.purged:
        return f"{risk_sign('NA').glyph} {PURGED}"
    if entry.damaged:
        return f"{risk_sign('RED').glyph} {DAMAGED}"
    sign = risk_sign(entry.risk_level)
    return f"{sign.glyph} {sign.word}"


def _design(entry: RunEntry) -> str:
    return shown(entry.design_name or entry.design_id or "")


def _score(entry: RunEntry) -> str:
    return "" if entry.score is None else units.score_text(entry.score)


def _materials(entry: RunEntry) -> str:
    return shown(", ".join(name.replace("_", " ") for name in entry.material_ids))


COLUMNS: tuple[Column, ...] = (
    Column("Time", 156, lambda entry: local_time(entry.created_at_utc), True),
    Column("Event", 108, lambda entry: event_word(entry.event_type)),
    Column("Design", 204, _design),
    Column("Verdict", 92, verdict),
    Column("Score", 52, _score, True),
    Column("Status", 76, lambda entry: STATUS_WORDS.get(entry.status) or shown(entry.status)),
    Column("Tool", 96, lambda entry: shown(entry.tool_id or "")),
    Column("Material", 150, _materials),
    Column("Operator", 76, lambda entry: shown(entry.operator)),
    Column("Run", 216, lambda entry: shown(entry.run_id)),
)
VERDICT = 3
