"""``luthier snapshots export | import | verify``: share files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from luthier_desktop.cli.session import (
    Session,
    members,
    remark,
    remark_problems,
    require_log_of,
    source_of,
    with_session,
)
from luthier_desktop.cli.snapshot_text import snapshot_lines
from luthier_desktop.domain.display import shown

if TYPE_CHECKING:
    from luthier_desktop.domain.share import SharePreview, Verdict
    from luthier_desktop.services.sharing import ShareExported, ShareImported

_MOST_BYTES = 64 * 2**20
_CLASHES = ("keep-both", "replace", "cancel")
_SIGNS = {"fault": "CHANGED", "warning": "WARNING", "note": "-"}


@click.command(epilog="Example: luthier snapshots export snap_… --out parlor.rosette")
@click.argument("snapshot_id")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE.rosette",
    help="The file that is made; it must not exist.",
)
@click.option(
    "--sign", "signed", is_flag=True, help="Sign the file itself with the key of this log."
)
@with_session
def export(session: Session, snapshot_id: str, out: Path, signed: bool) -> None:
    """Write a snapshot into one file that shows whether it was changed on its way.

    It carries the snapshot, the record of its check, the rules, and the proof that both stand in
    this log. The key shows which installation made it, not which person.
    """
    with session.studio() as studio:
        require_log_of(studio, f"snapshot {snapshot_id}")
        done = studio.sharing.export(snapshot_id, out, signed=signed)
    session.answer(_exported(done), _export_lines(done))
    if done.run_id is None:
        remark("The store cannot be written, so this export is not recorded.")


@click.command(name="import", epilog="Example: luthier snapshots import parlor.rosette")
@click.argument("file")
@click.option(
    "--on-clash",
    type=click.Choice(_CLASHES),
    default="keep-both",
    show_default=True,
    help="When its design, or its id with other bytes, is here already; replace makes it the "
    "next version, and the one here stays.",
)
@click.option(
    "--despite-changes", is_flag=True, help="Import a file that was changed; the record says so."
)
@with_session
def import_(session: Session, file: str, on_clash: str, despite_changes: bool) -> None:
    """Keep the snapshot in FILE (- reads standard input) under an id of this log.

    FILE is a share file, a snapshot, or a picture or PDF that carries one. It is judged anew; the
    same file again adds nothing.
    """
    with session.studio() as studio:
        remark_problems(studio)
        done = studio.sharing.import_file(
            source_of(file, _MOST_BYTES),
            on_clash,  # type: ignore[arg-type]  # click lets no other word pass
            despite_changes=despite_changes,
        )
    for warning in done.warnings:
        remark(warning)
    session.answer(_imported(done), _import_lines(done))


@click.command(epilog="Example: luthier snapshots verify parlor.rosette --json")
@click.argument("file")
@with_session
def verify(session: Session, file: str) -> int:
    """Say whether FILE (- reads standard input) is as it was made; nothing is stored.

    Exit 0 when nothing speaks against it, 1 when it was changed, 3 when it cannot be read.
    """
    with session.studio() as studio:
        preview = studio.sharing.inspect(source_of(file, _MOST_BYTES))
    session.answer(preview.plain(), _verify_lines(preview))
    if preview.state == "damaged":
        return 3
    return 0 if preview.ok else 1


def _exported(done: ShareExported) -> dict[str, Any]:
    return {
        "path": str(done.path),
        "bytes": done.size_bytes,
        "sha256": done.sha256,
        "run_id": done.run_id,
    }


def _export_lines(done: ShareExported) -> list[str]:
    return [
        f"{done.size_bytes:,} bytes in {shown(str(done.path), 300)}",
        f"hash: {done.sha256}",
        f"recorded as {done.run_id}" if done.run_id else "not recorded",
    ]


def _imported(done: ShareImported) -> dict[str, Any]:
    told = {
        "added": done.added,
        "relation": done.preview.relation.stored(),
        "file": done.preview.plain(),
        "warnings": list(done.warnings),
    }
    return {**done.document, **told}


def _import_lines(done: ShareImported) -> list[str]:
    said = "imported" if done.added else "nothing was added"
    return [
        f"{said}: {done.preview.relation.sentence}",
        *_finding_lines(done.preview),
        *snapshot_lines(done.document),
    ]


def _verify_lines(preview: SharePreview) -> list[str]:
    if preview.state == "damaged":
        return ["damaged", *_finding_lines(preview)]
    pairs = {
        "state": preview.state,
        "name": shown(preview.name) or "-",
        "by": shown(preview.operator) or "-",
        "saved": preview.created_at_utc or "-",
        "verdict told": _verdict(preview.stated),
        "verdict here": _verdict(preview.recomputed),
    }
    return [*members(pairs), *_finding_lines(preview), preview.relation.sentence]


def _finding_lines(preview: SharePreview) -> list[str]:
    return [f"{_SIGNS[each.weight]} {each.sentence}" for each in preview.findings]


def _verdict(verdict: Verdict | None) -> str:
    if verdict is None:
        return "-"
    score = "" if verdict.score is None else f", {verdict.score:.1f}"
    return f"{shown(verdict.risk_level)}{score}"
