"""Taking an older log for the right one: told with its reason, and signed under a new name."""

from __future__ import annotations

from luthier_desktop.domain.errors import NotFound
from luthier_desktop.storage.atomic import put_once, read_file, storage_failure
from luthier_desktop.storage.canonical import sha256_hex
from luthier_desktop.storage.checkpoints import Checkpoints
from luthier_desktop.storage.ledger import Ledger, NewEvent, StoredFile
from luthier_desktop.storage.ledger_walk import ACKNOWLEDGED, LedgerWalk
from luthier_desktop.storage.rollback import Rollback
from luthier_desktop.storage.session import Journal
from luthier_desktop.storage.survey import Ground


def acknowledge(
    ground: Ground, ledger: Ledger, journal: Journal, checkpoints: Checkpoints, reason: str
) -> int:
    """Record that the log is right as it is, and sign it in a new epoch; return the event.

    The checkpoints that tell of another log are kept in quarantine, for they are evidence.

    Raises:
        NotFound: The log is not older than what was seen.
        StorageFailed: The log is damaged, or the event or its checkpoint is not known to be saved.
    """
    seen = checkpoints.rollback()
    if seen is None:
        raise NotFound("There is nothing to acknowledge: the log is not older than last seen.")
    refuted = _refuted(ledger, checkpoints)
    try:
        aside = {size: _set_aside(ground, size) for size in refuted}
        row = _row(seen, reason, checkpoints, refuted)
        seq = journal.append(NewEvent(ACKNOWLEDGED, None, tuple(aside.values()), row))
        for size in refuted:
            ground.calls.unlink(ground.layout.checkpoint_path(size))
    except OSError as error:
        raise storage_failure(error, ground.layout.checkpoints) from error
    checkpoints.make(anew=True)
    return seq


def _refuted(ledger: Ledger, checkpoints: Checkpoints) -> list[int]:
    """List the checkpoints that were made of another log than this one."""
    sizes = checkpoints.files.sizes()
    walk = LedgerWalk(sizes)
    walk.follow(ledger.events())
    found = []
    for size in sizes:
        note, _ = checkpoints.files.read(size)
        if size > walk.size or (note and note.checkpoint.root != walk.roots[size]):
            found.append(size)
    return found


def _set_aside(ground: Ground, size: int) -> StoredFile:
    path = ground.layout.checkpoint_path(size)
    data = read_file(path, ground.calls)
    aside = StoredFile.of(f"quarantine/{sha256_hex(data)[:16]}-{path.name}", data)
    put_once(ground.layout.real(aside.path), data, ground.calls)
    return aside


def _row(
    seen: Rollback, reason: str, checkpoints: Checkpoints, refuted: list[int]
) -> dict[str, object]:
    return {
        "reason": reason,
        "size": seen.size,
        "checkpoints": refuted,
        "epoch": checkpoints.highest_epoch(),
    }
