"""The columns of the run log: what each shows of an entry, and how wide it is at first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from luthier_desktop.domain.run import RunEntry, SortKey
from luthier_desktop.ui import units
from luthier_desktop.ui.messages import sentence, shown
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
_FIGURE_SPACE = "\u2007"
STATUS_WORDS = {"OK": "OK", "BLOCKED": "Blocked", "ERROR": "Error"}
_DONE_WORDS = {
    "snapshot.saved": "Saved",
    "snapshot.imported": "Imported",
    "snapshot.exported": "Exported",
    "export.written": "Exported",
}
_STATUS_TIPS = {
    ("feasibility.checked", "OK"): "The design may be made as it stands.",
    ("feasibility.checked", "BLOCKED"): (
        "The verdict is red or not known: as it stands, the design must not be cut."
    ),
}
_TIPS = {
    "OK": "What was asked for was done, whatever the verdict on the design.",
    "BLOCKED": "What was asked for was refused; the details of the run say why.",
    "ERROR": "What was asked for failed; the details of the run say why.",
}


class Column(NamedTuple):
    """One column: *text* of an entry, in a *width* that room left over adds *share* parts to.

    *sort* is the order that a click on its title asks for, if there is one. *is_number* sets it in
    figures of one width; a column that is not *at_first* is there to be chosen.
    """

    name: str
    title: str
    width: int
    text: Callable[[RunEntry], str]
    sort: SortKey | None = None
    is_number: bool = False
    share: int = 0
    at_first: bool = True


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
    return _plain(entry.design_name or entry.design_id or "")


def _plain(text: str) -> str:
    return shown(text) if text else ""


def _score(entry: RunEntry) -> str:
    return "" if entry.score is None else units.score_text(entry.score).rjust(5, _FIGURE_SPACE)


def _materials(entry: RunEntry) -> str:
    return sentence(", ".join(name.replace("_", " ") for name in entry.material_ids))


def _number(entry: RunEntry) -> str:
    return str(entry.seq).rjust(7, _FIGURE_SPACE)


def status_word(status: str, event_type: str) -> str:
    """Return the word for how a run ended: what was done, apart from the verdict on it."""
    done = _DONE_WORDS.get(event_type) if status == "OK" else None
    return done or STATUS_WORDS.get(status) or shown(status)


def status_tip(entry: RunEntry) -> str:
    """Say what the status of a run means beside its verdict."""
    tip = _STATUS_TIPS.get((entry.event_type, entry.status)) or _TIPS.get(entry.status, "")
    return f"{_status(entry)}. {tip}".rstrip()


def _status(entry: RunEntry) -> str:
    return status_word(entry.status, entry.event_type)


COLUMNS: tuple[Column, ...] = (
    Column("time", "Time", 172, lambda entry: local_time(entry.created_at_utc), "seq", True),
    Column("event", "Event", 112, lambda entry: event_word(entry.event_type), "event"),
    Column("design", "Design", 180, _design, share=2),
    Column("verdict", "Verdict", 88, verdict, "risk"),
    Column("score", "Score", 60, _score, "score", True),
    Column("status", "Status", 72, _status, "status"),
    Column("tool", "Tool", 96, lambda entry: _plain(entry.tool_id or "")),
    Column("material", "Material", 150, _materials, share=5),
    Column("operator", "Operator", 76, lambda entry: shown(entry.operator), "operator"),
    Column("run", "Run", 228, lambda entry: shown(entry.run_id)),
    Column("tags", "Tags", 120, lambda e: _plain(", ".join(e.tags)), share=1, at_first=False),
    Column("number", "Number", 84, _number, "seq", True, at_first=False),
)
VERDICT = 3
NAMES = tuple(column.name for column in COLUMNS)


def spoken(entry: RunEntry, *, is_marked: bool) -> str:
    """Return the row in one sentence, for who cannot see it."""
    sign = risk_sign(entry.risk_level)
    state = PURGED if entry.purged else DAMAGED if entry.damaged else sign.word
    said = [f"Marked. {state}" if is_marked else state, _design(entry) or "no design"]
    said += [event_word(entry.event_type), local_time(entry.created_at_utc), _status(entry)]
    return f"{', '.join(said)}{', hidden' if entry.hidden else ''}."


def spoken_more(entry: RunEntry) -> str:
    """Return what `spoken` leaves out."""
    named = [
        (column.title, column.text(entry).strip()) for column in COLUMNS if column.name in _MORE
    ]
    return "; ".join(f"{title}: {text}" for title, text in named if text)


_MORE = ("score", "tool", "material", "operator", "run", "tags")
