"""``luthier snapshots save | list | show | delete | restore`` and what marks them."""

from __future__ import annotations

from typing import Any

import click

from luthier_desktop.cli.comparing import compare
from luthier_desktop.cli.session import (
    Session,
    look_for_log,
    remark_problems,
    require_log_of,
    source_of,
    table,
    with_session,
)
from luthier_desktop.cli.sharing import export, import_, verify
from luthier_desktop.cli.snapshot_marks import baseline, history, restore, tag
from luthier_desktop.cli.snapshot_text import snapshot_lines
from luthier_desktop.domain.display import shown

_HEADS = ("snapshot", "time (UTC)", "verdict", "name", "version", "tags")
_ORDERS = ("newest", "oldest", "name", "verdict")


@click.group()
def snapshots() -> None:
    """Keep designs under a name; a saved snapshot never changes."""


for _sharing in (export, import_, verify):
    snapshots.add_command(_sharing)
snapshots.add_command(compare)


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
    session.answer(saved.document, [*snapshot_lines(saved.document), f"number        {saved.seq}"])


@snapshots.command(name="list", epilog="Example: luthier snapshots list --tag steel --limit 20")
@click.option("--tag", multiple=True, metavar="T", help="A tag; may be repeated (or).")
@click.option("--text", metavar="WORDS", help="Words in name, description, notes or tags.")
@click.option("--deleted", is_flag=True, help="List the deleted ones in place of the others.")
@click.option(
    "--sort", type=click.Choice(_ORDERS, case_sensitive=False), default=_ORDERS[0],
    show_default=True, help="verdict: the gravest first.",
)  # fmt: skip
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@click.option("--cursor", metavar="CURSOR", help="The next_cursor of the page before.")
@with_session
def list_snapshots(session: Session, **filters: Any) -> None:
    """List snapshots, newest first unless another order is asked for."""
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
            f"{entry.version}{' baseline' if entry.baseline else ''}",
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
        made = [one.plain() for one in studio.exporting.of_snapshot(snapshot_id)]
    session.answer({**document, "exports": made}, snapshot_lines(document, made))
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


for _command in (tag, baseline, restore, history):
    snapshots.add_command(_command)
