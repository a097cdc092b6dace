"""``luthier snapshots save | list | show | delete``."""

from __future__ import annotations

from typing import Any

import click

from luthier_desktop.cli.session import (
    Session,
    look_for_log,
    members,
    remark_problems,
    require_log_of,
    source_of,
    table,
    with_session,
)
from luthier_desktop.domain.display import shown

_HEADS = ("snapshot", "time (UTC)", "verdict", "name", "tags")


@click.group()
def snapshots() -> None:
    """Keep designs under a name; a saved snapshot never changes."""


@snapshots.command(epilog='Example: luthier snapshots save design.json --name "Dreadnought"')
@click.argument("design")
@click.option("--name", required=True, help="What the snapshot is called.")
@click.option("--description", default="", metavar="TEXT", help="What it is for.")
@click.option("--notes", default="", metavar="TEXT", help="Anything else.")
@click.option("--tag", "tags", multiple=True, metavar="T", help="A tag; may be repeated.")
@click.option(
    "--parent", "parent_snapshot_id", metavar="ID", help="The snapshot that this one follows."
)
@with_session
def save(session: Session, design: str, **details: Any) -> None:
    """Judge the design in the file DESIGN (- reads standard input) and keep both."""
    from luthier_desktop.domain.snapshot import SnapshotDetails

    with session.studio() as studio:
        remark_problems(studio)
        said = SnapshotDetails.read(details, "The snapshot")
        spec = studio.designs.read(source_of(design, studio.designs.most_bytes))
        saved = studio.snapshots.save(spec, said)
    session.answer(saved.document, [*_lines(saved.document), f"number        {saved.seq}"])


@snapshots.command(name="list", epilog="Example: luthier snapshots list --tag steel --limit 20")
@click.option("--tag", multiple=True, metavar="T", help="A tag; may be repeated (or).")
@click.option("--text", metavar="WORDS", help="Words in name, description, notes or tags.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@click.option("--cursor", metavar="CURSOR", help="The next_cursor of the page before.")
@with_session
def list_snapshots(session: Session, **filters: Any) -> None:
    """List snapshots, newest first."""
    from luthier_desktop.domain.snapshot import NO_SNAPSHOTS, SnapshotQuery

    given = {name: value for name, value in filters.items() if value not in (None, ())}
    with session.studio() as studio:
        query, page = SnapshotQuery.read(given, "The filters"), NO_SNAPSHOTS
        if look_for_log(studio):
            page = studio.snapshots.find(query)
    rows = [
        (
            entry.snapshot_id,
            entry.created_at_utc[:19].replace("T", " "),
            shown(entry.risk_level),
            shown(entry.name, 40),
            shown(", ".join(entry.tags), 40),
        )
        for entry in page.items
    ]
    more = [f"more: --cursor {page.next_cursor}"] if page.has_more else []
    lines = [*table(_HEADS, rows), *more] if rows else ["no snapshot matches"]
    session.answer(page.model_dump(mode="json"), lines)


@snapshots.command(epilog="Example: luthier snapshots show snap_4g7k2m9p3q5r8s0t --json")
@click.argument("snapshot_id")
@with_session
def show(session: Session, snapshot_id: str) -> int:
    """Show one snapshot with its design and verdict; exit 1 when its file is damaged."""
    with session.studio() as studio:
        require_log_of(studio, f"snapshot {snapshot_id}")
        document = studio.snapshots.get(snapshot_id).document
    session.answer(document, _lines(document))
    return 1 if document["state"] == "damaged" else 0


@snapshots.command(epilog='Example: luthier snapshots delete snap_… --reason "replaced"')
@click.argument("snapshot_id")
@click.option("--reason", required=True, help="Why; it is recorded.")
@with_session
def delete(session: Session, snapshot_id: str, reason: str) -> None:
    """Take a snapshot out of the list; its file and its record stay."""
    with session.studio() as studio:
        deleted = studio.snapshots.delete(snapshot_id, reason)
    document = {"snapshot_id": snapshot_id, "deleted": True, "run_id": deleted.run_id}
    session.answer(document, [f"{snapshot_id} deleted, recorded as {deleted.run_id}"])


def _lines(document: dict[str, Any]) -> list[str]:
    score = document["score"]
    why = f" ({shown(document['reason'], 300)})" if "reason" in document else ""
    return members(
        {
            "snapshot": document["snapshot_id"],
            "name": shown(document["name"]),
            "description": shown(document["description"], 300),
            "notes": shown(document["notes"], 300),
            "tags": shown(", ".join(document["tags"])),
            "saved": document["created_at_utc"],
            "verdict": document["verdict"] + ("" if score is None else f", {score:.1f}"),
            "state": document["state"] + why,
            "design hash": document["design_sha256"] or "-",
            "run": document["run_id"],
            "parent": document["parent_snapshot_id"] or "-",
        }
    )
