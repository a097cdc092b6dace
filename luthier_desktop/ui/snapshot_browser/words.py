"""How a snapshot is told: in a cell of the list, in the details, and to those who hear it."""

from __future__ import annotations

from datetime import datetime

from luthier_desktop.domain.snapshot import SnapshotEntry
from luthier_desktop.ui import units
from luthier_desktop.ui.messages import shown
from luthier_desktop.ui.style import RiskSign, risk_sign

BASELINE_SIGN = "★"
DAMAGED = "Damaged"
DELETED = "Deleted"


def sign_of(entry: SnapshotEntry, damaged: bool) -> RiskSign:
    """Return the sign of a snapshot: damage comes first, then the verdict."""
    if damaged:
        return risk_sign("RED")._replace(word=DAMAGED)
    return risk_sign(entry.risk_level)


def verdict(entry: SnapshotEntry, damaged: bool = False) -> str:
    """Write glyph, word and score of the verdict, or that the snapshot is damaged."""
    sign = sign_of(entry, damaged)
    score = "" if damaged or entry.score is None else f" {units.score_text(entry.score)}"
    return f"{sign.glyph} {sign.word}{score}"


def saved_at(entry: SnapshotEntry) -> str:
    """Write when it was saved as this machine's wall clock, to the minute."""
    try:
        moment = datetime.fromisoformat(entry.created_at_utc)
    except ValueError:
        return shown(entry.created_at_utc)
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def version(entry: SnapshotEntry) -> str:
    """Write the version in short."""
    return f"v{entry.version}"


def tags(entry: SnapshotEntry) -> str:
    """Write the tags one after the other."""
    return shown(", ".join(entry.tags)) if entry.tags else ""


def spoken(entry: SnapshotEntry, damaged: bool) -> str:
    """Say a snapshot in full, for those who hear it."""
    parts = [
        shown(entry.name),
        f"version {entry.version}",
        verdict(entry, damaged).partition(" ")[2],
        "baseline" if entry.baseline else "",
        DELETED.lower() if entry.deleted else "",
        f"tags {tags(entry)}" if entry.tags else "",
        f"saved {saved_at(entry)}",
    ]
    return ", ".join(part for part in parts if part)
