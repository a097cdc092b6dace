"""``luthier backups full create | verify | restore``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from luthier_desktop.cli.session import Session, remark, require_log, with_session

if TYPE_CHECKING:
    from luthier_desktop.services.full_backups import Fault, FullCreated, FullVerified

_MOST_SHOWN = 20
_FOLDER = click.Path(path_type=Path)


@click.group()
def full() -> None:
    """Back up the whole store - designs, runs, log, settings - and restore it elsewhere.

    The signing key is in none.
    """


@full.command(epilog="Example: luthier backups full create --to /media/stick")
@click.option("--to", "folder", type=_FOLDER, required=True, metavar="DIR", help="Where to.")
@with_session
def create(session: Session, folder: Path) -> int:
    """Copy the store, as of a fresh checkpoint, into a new folder in DIR; read back and verified.

    JSON: {"path", "files", "events", "bytes", "checkpoint" {origin, size, root}|null, "sha256" of
    its MANIFEST.json, "faults" [{path, message}] of the log itself, "left_out" [paths that no
    event tells of], "run_id"|null}. Exit 1 when the log itself has faults.
    """
    with session.studio() as studio:
        require_log(studio)
        done = studio.full_backups.create(folder)
    session.answer(done.plain(), _created(done))
    for path in done.left_out[:_MOST_SHOWN]:
        remark(f"Left out, for no event tells of it: {path}")
    return int(bool(done.faults))


@full.command(epilog="Example: luthier backups full verify /media/stick/luthier_backup_...")
@click.argument("folder", type=_FOLDER, metavar="DIR")
@with_session
def verify(session: Session, folder: Path) -> int:
    """Verify the full backup DIR: each file, the log in it, and the log here beside it.

    JSON: {"ok", "path", "store_id", "created_at_utc", "files", "events", "bytes", "checkpoint",
    "faults" [{path, message}], "known_faults" (in the log when it was made), "left_out",
    "extra" [files that do not belong to it], "live" {state "extends"|"behind"|"differs"|
    "other_store"|"none", message}}. Exit 1 unless ok.
    """
    with session.studio() as studio:
        found = studio.full_backups.verify(folder)
    session.answer(found.plain(), _verified(found))
    return int(not found.ok)


@full.command(epilog="Example: luthier backups full restore LAST --into ~/luthier-restored")
@click.argument("folder", type=_FOLDER, metavar="DIR")
@click.option(
    "--into", type=_FOLDER, required=True, metavar="EMPTY_DIR", help="A new or empty folder."
)
@with_session
def restore(session: Session, folder: Path, into: Path) -> None:
    """Make the data directory EMPTY_DIR of the full backup DIR; a damaged one is refused.

    JSON: {"path", "store_id", "created_at_utc", "files", "events", "bytes", "checkpoint",
    "known_faults", "notes" [sentences]}.
    """
    with session.studio() as studio:
        done = studio.full_backups.restore(folder, into)
    files = f"{len(done.manifest.files):,} files, {done.manifest.events:,} events"
    session.answer(done.plain(), [f"{done.path} was restored: {files}", *done.notes])


def _created(done: FullCreated) -> Iterator[str]:
    yield f"{done.path} was written, read back and verified"
    size = f"{-(-done.size_bytes // 2**20):,} MB"
    yield f"{done.files:,} files, {done.events:,} events, {size}"
    yield from _faults("The log itself has a fault", done.faults)
    yield "Keep at least two backups, and one of them in another house."


def _verified(found: FullVerified) -> Iterator[str]:
    said = "is whole" if not found.faults else "is damaged"
    yield f"{found.path} {said}: {found.manifest.events:,} events to {_when(found)}"
    yield from _faults("Fault", found.faults)
    yield from _faults("In the log already when it was made", found.known)
    for path in found.extra:
        yield f"Not a part of it, never restored: {path}"
    yield found.live.message


def _faults(head: str, faults: tuple[Fault, ...]) -> Iterator[str]:
    for fault in faults[:_MOST_SHOWN]:
        yield f"{head}: {fault.message}"
    if len(faults) > _MOST_SHOWN:
        yield f"and {len(faults) - _MOST_SHOWN:,} more; --json tells of them"


def _when(found: FullVerified) -> str:
    return f"{found.manifest.created_at_utc[:19].replace('T', ' ')} UTC"
