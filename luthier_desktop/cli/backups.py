"""``luthier backups create | list | show | verify | restore | delete | full ...``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from luthier_desktop.cli.full_backups import full
from luthier_desktop.cli.session import (
    Session,
    look_for_log,
    members,
    remark,
    require_log_of,
    table,
    with_session,
)
from luthier_desktop.domain.display import shown

if TYPE_CHECKING:
    from luthier_desktop.domain.compare import Change
    from luthier_desktop.services.backup_states import Foreign, Verified
    from luthier_desktop.services.studio import Studio

_HEADS = ("backup", "state", "bytes", "made", "why")
_MOST_SHOWN = 40
_FOREIGN = "cam_settings_"


@click.group()
def backups() -> None:
    """Back up the settings of the workshop, or the whole store (full)."""


backups.add_command(full)


@backups.command(epilog='Example: luthier backups create --reason "before the new machine"')
@click.option("--reason", metavar="TEXT", default="made by hand", help="Why it is made.")
@with_session
def create(session: Session, reason: str) -> int:
    """Back up setups, own tools, machines and materials under a new name.

    JSON: {"name", "created_at_utc", "reason", "automatic", "operator", "bytes", "sha256",
    "settings_sha256", "run_id", "seq", "left_out" [sentences]}. Exit 1 when something could not
    be put in.
    """
    with session.studio() as studio:
        done = studio.backups.create(reason)
    session.answer(done.plain(), [f"{done.told.name} was written and read back"])
    for sentence in done.left_out:
        remark(f"Left out: {sentence}")
    return int(bool(done.left_out))


@backups.command(name="list", epilog="Example: luthier backups list --json")
@with_session
def list_backups(session: Session) -> int:
    """List the backups of settings, the newest first; each is read and verified.

    JSON: {"items": [{the members of create, state "verified"|"damaged"|"missing",
    reason_of_state|null, counts {setups, materials, tools, machines, posts}|null}], "strangers":
    [{name, reason}] what else lies in the folder, "doubts" [sentences]}. Exit 1 when one is
    damaged or missing, or the log cannot tell of one.
    """
    with session.studio() as studio:
        look_for_log(studio)
        shelf = studio.backups.list()
    rows = [
        (
            one.told.name,
            one.state,
            f"{one.told.file.size_bytes:,}",
            "by itself" if one.told.automatic else "by hand",
            shown(one.told.reason, 80),
        )
        for one in shelf.backups
    ]
    session.answer(shelf.plain(), table(_HEADS, rows))
    for stranger in shelf.strangers:
        remark(f"{stranger.name} is {stranger.reason}.")
    for doubt in shelf.doubts:
        remark(doubt)
    return int(bool(shelf.doubts) or any(one.state != "verified" for one in shelf.backups))


@backups.command(epilog="Example: luthier backups show cam_backup_20260122T101112_123456Z")
@click.argument("name")
@with_session
def show(session: Session, name: str) -> int:
    """Show a backup and what restoring it would change; NAME may be a cam_settings_*.json file.

    JSON: {"backup": the luthier.backup/1 document, "changes": [{path, a as it is now, b as in the
    backup}]}; of a file of the web ToolBox {"name", "format", "created_at_utc", "sha256",
    "holds", "lacks", "faults"} and exit 1 when it has faults.
    """
    with session.studio() as studio:
        if _is_foreign(name):
            return _answer_foreign(session, studio.backups.inspect_foreign(Path(name)))
        _require_log(studio, name)
        backup = studio.backups.load(name)
        changes = studio.backups.difference(name)
    document = {"backup": backup.document(), "changes": [one.plain() for one in changes]}
    head = {
        "backup": backup.name,
        "made": f"{backup.created_at_utc[:19].replace('T', ' ')} UTC: {shown(backup.reason, 80)}",
        "in use": backup.settings.in_use or "the starter setup",
        **{name: str(count) for name, count in backup.settings.counts().items()},
        "restoring": f"would change {_places(len(changes))}",
    }
    session.answer(document, [*members(head), *_changes(changes)])
    return 0


@backups.command(epilog="Example: luthier backups verify cam_backup_20260122T101112_123456Z")
@click.argument("name")
@with_session
def verify(session: Session, name: str) -> int:
    """Verify a backup: its bytes against the log, its form, its own hash.

    JSON: a member of "items" of the list, state also "deleted". Exit 1 unless it is verified. Of
    a cam_settings_*.json file of the web ToolBox as show.
    """
    with session.studio() as studio:
        if _is_foreign(name):
            return _answer_foreign(session, studio.backups.inspect_foreign(Path(name)))
        _require_log(studio, name)
        found = studio.backups.verify(name)
    session.answer(found.plain(), [_verdict(found)])
    return int(found.state != "verified")


@backups.command(epilog="Example: luthier backups restore cam_backup_20260122T101112_123456Z")
@click.argument("name")
@with_session
def restore(session: Session, name: str) -> None:
    """Put the settings of a backup in force, in one step; see show for what would change.

    The settings before are backed up first: restoring that backup undoes it. JSON: {"name",
    "changed", "changes" [{path, a, b}], "before" (the name of that backup)|null, "run_id"|null,
    "seq"|null}; nothing is recorded when the settings are the same.
    """
    with session.studio() as studio:
        _require_log(studio, name)
        done = studio.backups.restore(name)
    told = "is as the settings are; nothing was changed"
    if done.run_id is not None:
        places = _places(len(done.difference))
        told = f"is in force now, {places} changed; restore {done.before_name} to undo it"
    session.answer(done.plain(), [f"{done.name} {told}"])


@backups.command(epilog='Example: luthier backups delete NAME --reason "of the old machine"')
@click.argument("name")
@click.option("--reason", required=True, metavar="TEXT", help="Why it is deleted.")
@with_session
def delete(session: Session, name: str, reason: str) -> None:
    """Delete a backup; its event and its hash stay in the log.

    JSON: {"name", "reason", "run_id", "seq"}.
    """
    with session.studio() as studio:
        _require_log(studio, name)
        done = studio.backups.delete(name, reason)
    document = {
        "name": done.names[0],
        "reason": done.reason,
        "run_id": done.run_id,
        "seq": done.seq,
    }
    session.answer(document, [f"{done.names[0]} was deleted; its hash is kept in the log"])


def _require_log(studio: Studio, name: str) -> None:
    """Refuse a name that is none before a missing log is told of."""
    studio.backups.require_name(name)
    require_log_of(studio, f"backup {shown(name, 80)}")


def _is_foreign(name: str) -> bool:
    return Path(name).name.startswith(_FOREIGN) and name.endswith(".json")


def _answer_foreign(session: Session, found: Foreign) -> int:
    lines = [f"{found.name} is a backup of the web ToolBox; `luthier import-legacy` keeps it."]
    lines += [f"It holds {one}." for one in found.holds]
    lines += [f"It lacks {one}." for one in found.lacks]
    session.answer(found.plain(), [*lines, *found.faults])
    return int(bool(found.faults))


def _verdict(found: Verified) -> str:
    if found.state == "deleted":
        return found.reason
    why = f": {found.reason}" if found.reason else ""
    return f"{found.told.name} is {found.state}{why}"


def _places(count: int) -> str:
    return {0: "nothing", 1: "1 place"}.get(count, f"{count:,} places")


def _changes(changes: tuple[Change, ...]) -> Iterator[str]:
    for change in changes[:_MOST_SHOWN]:
        told = change.plain()
        absent = told.get("absent")
        now = "nothing" if absent == "a" else _short(told["a"])
        then = "nothing" if absent == "b" else _short(told["b"])
        yield f"  {change.path}: {now} -> {then}"
    if len(changes) > _MOST_SHOWN:
        yield f"  and {len(changes) - _MOST_SHOWN:,} more; --json tells all"


def _short(value: Any) -> str:
    if isinstance(value, dict):
        inner = value.get("setup") or value.get("entry") or value
        named = inner.get("name") if isinstance(inner, dict) else None
        return shown(str(named), 40) if named else "an entry"
    return shown("-" if value is None else str(value), 40)
