"""``luthier snapshots tag | baseline | restore | history``."""

from __future__ import annotations

from typing import Any

import click

from luthier_desktop.cli.session import Session, require_log_of, table, with_session
from luthier_desktop.cli.snapshot_text import snapshot_lines
from luthier_desktop.domain.display import shown

_HEADS = ("snapshot", "version", "time (UTC)", "verdict", "name", "why")
_WHY = {"parent": "same line", "design": "same design"}


@click.command(epilog="Example: luthier snapshots tag snap_… --add steel --remove draft")
@click.argument("snapshot_id")
@click.option("--add", multiple=True, metavar="T", help="A tag to give; may be repeated.")
@click.option("--remove", multiple=True, metavar="T", help="A tag to take away; likewise.")
@with_session
def tag(
    session: Session, snapshot_id: str, add: tuple[str, ...], remove: tuple[str, ...]
) -> None:  # fmt: skip
    """Give a snapshot tags or take tags away; the snapshot itself stays as it was saved."""
    if not (add or remove):
        raise click.UsageError("Name at least one tag with --add or --remove.")
    with session.studio() as studio:
        require_log_of(studio, f"snapshot {snapshot_id}")
        studio.snapshot_marks.tag(snapshot_id, add, remove)
        document = studio.snapshots.get(snapshot_id).document
    session.answer(document, snapshot_lines(document))


@click.command(epilog="Example: luthier snapshots baseline snap_…")
@click.argument("snapshot_id", required=False)
@click.option("--clear", is_flag=True, help="Have no baseline any more.")
@with_session
def baseline(session: Session, snapshot_id: str | None, clear: bool) -> None:
    """Make a snapshot the one that others are compared with; without ID: show which it is.

    There is one at most. A snapshot that is deleted is no longer the baseline.
    """
    from luthier_desktop.domain.errors import NotFound

    if clear and snapshot_id is not None:
        raise click.UsageError("Name a snapshot or give --clear, not both.")
    document: dict[str, Any] = {"snapshot_id": None, "baseline": False}
    with session.studio() as studio:
        require_log_of(studio, f"snapshot {snapshot_id}" if snapshot_id else "baseline")
        if clear or snapshot_id is not None:
            entry = studio.snapshot_marks.set_baseline(snapshot_id).entry
        else:
            entry = studio.snapshots.baseline()
            if entry is None:
                raise NotFound("There is no baseline; choose one: luthier snapshots baseline ID.")
        if entry is not None:
            document = studio.snapshots.get(entry.snapshot_id).document
    session.answer(document, ["no baseline"] if clear else snapshot_lines(document))


@click.command(epilog="Example: luthier snapshots restore snap_…")
@click.argument("snapshot_id")
@with_session
def restore(session: Session, snapshot_id: str) -> None:
    """List a deleted snapshot again; recorded as a run of its own."""
    with session.studio() as studio:
        require_log_of(studio, f"snapshot {snapshot_id}")
        run_id = studio.snapshots.restore(snapshot_id).run_id
    document = {"snapshot_id": snapshot_id, "deleted": False, "run_id": run_id}
    session.answer(document, [f"{snapshot_id} restored, recorded as {run_id}"])


@click.command(epilog="Example: luthier snapshots history snap_… --json")
@click.argument("snapshot_id")
@with_session
def history(session: Session, snapshot_id: str) -> None:
    """List the versions of a snapshot, newest first, deleted ones too.

    First those that their parents join with it, then others of the same design.
    """
    with session.studio() as studio:
        require_log_of(studio, f"snapshot {snapshot_id}")
        versions = studio.snapshots.history(snapshot_id)
    rows = [
        (
            version.entry.snapshot_id,
            f"{version.entry.version}{' deleted' if version.entry.deleted else ''}",
            version.entry.created_at_utc[:19].replace("T", " "),
            shown(version.entry.risk_level),
            shown(version.entry.name, 40),
            _WHY[version.by],
        )
        for version in versions
    ]
    told = [{**version.entry.model_dump(mode="json"), "by": version.by} for version in versions]
    session.answer({"versions": told}, table(_HEADS, rows))
