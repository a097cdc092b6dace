"""What changes own entries: ``luthier catalogue add | edit | remove | import`` and more."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from luthier_desktop.cli.session import Session, source_of, with_session
from luthier_desktop.cli.setup_changes import assigned
from luthier_desktop.domain.entry_change import new_members, typed_members

if TYPE_CHECKING:
    from luthier_desktop.services.catalogue_edits import EntryChanged

_KIND = click.argument("kind", type=click.Choice(["materials", "tools", "machines"]))
_ID = click.argument("entry_id", metavar="ID")
_SET = click.option(
    "--set",
    "assignments",
    multiple=True,
    metavar="FIELD=VALUE",
    help='Such as diameter_mm="1/16 in" or diameter_mm.confidence=H; "none" empties one.',
)
_SOURCE = click.option("--source", help="Where the values are from, such as caliper.")


@click.command(
    epilog="Example: luthier catalogue add tools my_bit --name Mine --set diameter_mm=2"
)
@_KIND
@_ID
@click.option("--name", required=True, help="Its name.")
@_SET
@_SOURCE
@with_session
def add(
    session: Session, kind: Any, entry_id: str, assignments: tuple[str, ...], **given: Any
) -> None:
    """Keep a new entry of your own; a material is made by duplicate or import.

    JSON: {"kind", "entry_id", "changed", "run_id"|null, "seq"|null, "entry"}.
    """
    with session.studio() as studio:
        values = typed_members(studio.catalogue.kind(kind), assigned(assignments))
        plain = new_members(
            studio.catalogue.kind(kind), entry_id, given["name"], values, given["source"]
        )
        done = studio.catalogue_edits.add(kind, plain)
    _tell(session, done, "added")


@click.command(epilog="Example: luthier catalogue edit tools my_bit --set diameter_mm=1.98")
@_KIND
@_ID
@_SET
@click.option("--reset", multiple=True, metavar="FIELD", help="Set as where it was copied from.")
@_SOURCE
@with_session
def edit(
    session: Session, kind: Any, entry_id: str, assignments: tuple[str, ...], **given: Any
) -> None:
    """Change an entry of your own; a value keeps the one of before beside it.

    JSON: as add.
    """
    with session.studio() as studio:
        values = typed_members(studio.catalogue.kind(kind), assigned(assignments))
        done = studio.catalogue_edits.edit(kind, entry_id, values, given["source"])
        for path in given["reset"]:
            done = studio.catalogue_edits.reset(kind, entry_id, path)
    _tell(session, done, "changed")


@click.command(epilog="Example: luthier catalogue duplicate tools downcut_1_16 my_bit")
@_KIND
@_ID
@click.argument("new_id")
@click.option("--name", help="The name of the copy.")
@with_session
def duplicate(session: Session, kind: Any, entry_id: str, new_id: str, name: str | None) -> None:
    """Make an entry of your own of any other, with its sources.

    JSON: as add.
    """
    with session.studio() as studio:
        done = studio.catalogue_edits.duplicate(kind, entry_id, new_id, name)
    _tell(session, done, "made")


@click.command(epilog="Example: luthier catalogue remove tools my_bit --reason broken")
@_KIND
@_ID
@click.option("--reason", required=True, help="Why; it is recorded.")
@with_session
def remove(session: Session, kind: Any, entry_id: str, reason: str) -> None:
    """Take an entry of your own out of the catalogue; restore brings it back.

    JSON: as add.
    """
    with session.studio() as studio:
        done = studio.catalogue_edits.remove(kind, entry_id, reason)
    _tell(session, done, "removed")


@click.command(epilog="Example: luthier catalogue restore tools my_bit")
@_KIND
@_ID
@with_session
def restore(session: Session, kind: Any, entry_id: str) -> None:
    """Bring a removed entry back.

    JSON: as add.
    """
    with session.studio() as studio:
        done = studio.catalogue_edits.restore(kind, entry_id)
    _tell(session, done, "brought back")


@click.command(epilog="Example: luthier catalogue lock tools my_bit")
@_KIND
@_ID
@with_session
def lock(session: Session, kind: Any, entry_id: str) -> None:
    """Keep an entry of your own from being changed or removed.

    JSON: as add.
    """
    with session.studio() as studio:
        done = studio.catalogue_edits.lock(kind, entry_id)
    _tell(session, done, "locked")


@click.command(epilog="Example: luthier catalogue unlock tools my_bit")
@_KIND
@_ID
@with_session
def unlock(session: Session, kind: Any, entry_id: str) -> None:
    """Let an entry of your own be changed again.

    JSON: as add.
    """
    with session.studio() as studio:
        done = studio.catalogue_edits.unlock(kind, entry_id)
    _tell(session, done, "unlocked")


@click.command(name="import", epilog="Example: luthier catalogue import tools bits.csv")
@_KIND
@click.argument("file")
@click.option("--csv", "as_csv", is_flag=True, help="The file is CSV, whatever its name is.")
@with_session
def import_list(session: Session, kind: Any, file: str, as_csv: bool) -> None:
    """Bring in a list of entries, or one, from FILE (- reads standard input): all or nothing.

    JSON as export writes it; tools also as CSV with the columns tool_id, name, diameter_mm and
    more. JSON answer: {"kind", "added" [ids], "changed" [ids], "same" [ids], "run_id"|null,
    "seq"|null}.
    """
    with session.studio() as studio:
        edits = studio.catalogue_edits
        form: Any = "csv" if as_csv else None
        done = edits.import_file(kind, source_of(file, edits.most_bytes), form)
    document = {
        "kind": kind,
        "added": list(done.added),
        "changed": list(done.changed),
        "same": list(done.same),
        "run_id": done.run_id,
        "seq": done.seq,
    }
    told = f"{len(done.added):,} added, {len(done.changed):,} changed, {len(done.same):,} the same"
    session.answer(document, [f"{kind}: {told}"])


@click.command(
    name="export", epilog="Example: luthier catalogue export tools --out bits.csv --csv"
)
@_KIND
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The new file.")
@click.option("--csv", "as_csv", is_flag=True, help="Tools as CSV, with one source a line.")
@click.option("--all", "all_of_them", is_flag=True, help="Those that ship as well.")
@with_session
def export_list(session: Session, kind: Any, out: Path, as_csv: bool, all_of_them: bool) -> None:
    """Write your own entries into a new file, as import reads them.

    JSON: {"kind", "path", "bytes", "entries"}.
    """
    with session.studio() as studio:
        done = studio.catalogue_edits.export(
            kind, out, "csv" if as_csv else "json", all_of_them=all_of_them
        )
    document = {
        "kind": kind,
        "path": str(done.path),
        "bytes": done.size_bytes,
        "entries": done.entries,
    }
    session.answer(document, [f"{done.entries:,} {kind} written to {done.path}"])


COMMANDS = (add, edit, duplicate, remove, restore, lock, unlock, import_list, export_list)


def _tell(session: Session, done: EntryChanged, deed: str) -> None:
    told = "says this already" if done.run_id is None else f"{deed}, recorded as {done.run_id}"
    document = {
        "kind": done.kind,
        "entry_id": done.entry_id,
        "changed": done.run_id is not None,
        "run_id": done.run_id,
        "seq": done.seq,
        "entry": done.entry.plain(),
    }
    session.answer(document, [f"{done.entry_id} {told}"])
