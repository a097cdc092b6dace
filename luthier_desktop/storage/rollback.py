"""The rollback alarm: is this an older state of the log than was seen before?

Cheap enough for every start: no file but the last event that the mark covers is read.
"""

from __future__ import annotations

from dataclasses import dataclass

from luthier_desktop.domain.errors import InputRefused, StorageFailed
from luthier_desktop.storage.checkpoint_files import CheckpointFiles
from luthier_desktop.storage.high_water import HighWater, Mark
from luthier_desktop.storage.ledger import Ledger


@dataclass(frozen=True)
class Rollback:
    """What was seen before, and what of it does not fit the log."""

    size: int
    sentence: str


def find_rollback(
    ledger: Ledger, files: CheckpointFiles, high_water: HighWater
) -> Rollback | None:
    """Compare the log with the mark and with its checkpoints; what cannot be read is no alarm."""
    try:
        mark = _mark(high_water)  # these two before the ledger, which others may lengthen
        newest = max(files.sizes(), default=0)
        if mark is None and not newest:
            return None
        last = ledger.last_seq()
        if max(newest, mark.size if mark else 0) > last:
            return _shorter(last, max(newest, mark.size if mark else 0))
        if mark is not None and not fits(ledger, mark):
            return _other(mark.size)
    except (StorageFailed, OSError):
        return None
    return None


def fits(ledger: Ledger, mark: Mark) -> bool:
    """Tell whether the last event that *mark* covers is still the one that it was.

    Each event holds the hash of the one before, so another history ends in another event.

    Raises:
        StorageFailed: The event cannot be read.
    """
    event = ledger.read(mark.size)
    return event is not None and event.leaf == mark.leaf


def _mark(high_water: HighWater) -> Mark | None:
    try:
        return high_water.read()
    except InputRefused:
        return None


def _shorter(last: int, size: int) -> Rollback:
    return Rollback(
        size,
        f"This log is older than the one last seen here: it has {last:,} events, and there was a "
        f"checkpoint of {size:,}. {_ADVICE}",
    )


def _other(size: int) -> Rollback:
    return Rollback(
        size,
        f"This log is not the one last seen here: its event {size:,} is another one than when its "
        f"checkpoint was made. {_ADVICE}",
    )


_ADVICE = (
    "Where a copy of it was used in another folder, go on with that copy. Else put the newer log "
    "back from a backup, or say why this one is right with "
    "`luthier logs acknowledge --reason`; until then no checkpoint is signed."
)
