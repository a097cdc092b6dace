"""``luthier setups list | show | use | import``, and what changes setups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from luthier_desktop.cli.session import (
    Session,
    look_for_named_log,
    members,
    remark,
    source_of,
    table,
    with_session,
)
from luthier_desktop.cli.setup_changes import COMMANDS
from luthier_desktop.domain.display import shown

if TYPE_CHECKING:
    from luthier_desktop.services.setups import Kept

_HEADS = ("", "setup", "imported (UTC)", "state", "name")
_SUMMARY = ("setup_id", "name", "in_use", "state", "imported_at_utc", "origin", "locked")


@click.group()
def setups() -> None:
    """Choose the shop that designs are judged for: top, channel, bit, machine, cut."""


@setups.command(name="list", epilog="Example: luthier setups list --json")
@click.option("--removed", is_flag=True, help="List those that were removed instead.")
@with_session
def list_setups(session: Session, removed: bool) -> int:
    """List the starter setup and your own; * marks the one in use.

    JSON: {"items": [{setup_id, name, in_use, state "shipped"|"verified"|"damaged",
    imported_at_utc|null, origin {setup_id, sha256}|null, locked}]}. Exit 1 when one is damaged.
    """
    with session.studio() as studio:
        look_for_named_log(session, studio)
        found = studio.setups.removed() if removed else studio.setups.find()
        doubts = studio.setups.doubts()
    for doubt in doubts:
        remark(doubt)
    documents = [kept.document for kept in found]
    rows = [
        (
            "*" if document["in_use"] else "",
            document["setup_id"],
            (document["imported_at_utc"] or "-")[:19].replace("T", " "),
            document["state"],
            shown(document["name"] or "-"),
        )
        for document in documents
    ]
    items = [{name: document[name] for name in _SUMMARY} for document in documents]
    session.answer({"items": items}, table(_HEADS, rows))
    return int(any(document["state"] == "damaged" for document in documents))


@setups.command(epilog="Example: luthier setups show setup_workshop --json")
@click.argument("setup_id", required=False)
@with_session
def show(session: Session, setup_id: str | None) -> int:
    """Show one setup, without an id the one in use; exit 1 when its file is damaged.

    JSON: the members of the list, and "setup" (a luthier.setup/1 document, or null when damaged;
    then also "reason" and "text").
    """
    with session.studio() as studio:
        look_for_named_log(session, studio)
        kept = studio.setups.get(setup_id)
    session.answer(kept.document, _lines(kept))
    return int(kept.setup is None)


@setups.command(epilog="Example: luthier setups use setup_workshop")
@click.argument("setup_id")
@with_session
def use(session: Session, setup_id: str) -> None:
    """Judge designs for this setup from now on; the change is recorded.

    JSON: {"setup_id", "name", "changed", "before_id"|null, "run_id"|null, "seq"|null}; nothing
    is recorded when it was in use already.
    """
    with session.studio() as studio:
        used = studio.setups.use(setup_id)
    changed = used.run_id is not None
    document = {
        "setup_id": setup_id,
        "name": used.setup.name,
        "changed": changed,
        "before_id": used.before_id,
        "run_id": used.run_id,
        "seq": used.seq,
    }
    told = f"in use now, recorded as {used.run_id}" if changed else "in use already"
    session.answer(document, [f"{setup_id} is {told}"])


@setups.command(name="import", epilog="Example: luthier setups import my_shop.json")
@click.argument("file")
@with_session
def import_setup(session: Session, file: str) -> None:
    """Keep the setup in FILE (- reads standard input) under a new id; does not use it.

    The same content again adds nothing. JSON: {"setup_id", "name", "added", "origin" {setup_id,
    sha256}, "differs_from" [ids of setups that came under the same id], "run_id"|null,
    "seq"|null}.
    """
    with session.studio() as studio:
        done = studio.setups.import_file(source_of(file, studio.setups.most_bytes))
    added = done.run_id is not None
    document = {
        "setup_id": done.setup_id,
        "name": done.setup.name,
        "added": added,
        "origin": done.origin,
        "differs_from": list(done.differs_from),
        "run_id": done.run_id,
        "seq": done.seq,
    }
    told = f"imported, recorded as {done.run_id}" if added else "here already, nothing was added"
    differs = [f"it differs from {other}, which you have" for other in done.differs_from]
    session.answer(document, [f"{done.setup_id} is {told}", *differs])


for _command in COMMANDS:
    setups.add_command(_command)


def _lines(kept: Kept) -> list[str]:
    document = kept.document
    why = f" ({shown(document['reason'], 300)})" if "reason" in document else ""
    head = {
        "setup": document["setup_id"] + (" (in use)" if document["in_use"] else ""),
        "name": shown(document["name"] or "-"),
        "state": document["state"] + why,
    }
    return members({**head, **_figures(document["setup"] or {})})


def _figures(setup: dict[str, Any]) -> dict[str, str]:
    """Set the parts of a setup side by side: one line each."""
    return {
        part: ", ".join(f"{name} {_written(value)}" for name, value in said.items())
        for part, said in setup.items()
        if isinstance(said, dict)
    }


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " x ".join(map(_written, value))
    return shown(value) if isinstance(value, str) else f"{value:.10g}"
