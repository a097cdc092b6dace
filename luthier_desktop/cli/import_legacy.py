"""``luthier import-legacy``: the records of the web ToolBox, brought into the log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from luthier_desktop.cli.session import Session, remark_problems, with_session
from luthier_desktop.domain.display import shown

if TYPE_CHECKING:
    from luthier_desktop.services.legacy import Brought, LegacyImport

_LONGEST = 500


@click.command(epilog="Example: luthier import-legacy ~/toolbox/data --json")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@with_session
def import_legacy(session: Session, folder: Path) -> int:
    """Bring the runs, snapshots and backups of the web ToolBox into the log.

    DIR is its data directory; nothing in it is changed. What was brought in before adds nothing.
    Exit 1 when anything is wrong with a record: each fault is told.
    """
    with session.studio() as studio:
        remark_problems(studio)
        done = studio.legacy.import_folder(folder)
    session.answer(done.plain(), _lines(done))
    return 1 if done.has_faults else 0


def _lines(done: LegacyImport) -> list[str]:
    kinds = (("run", "runs"), ("snapshot", "snapshots"), ("backup", "backups"))
    counts = ", ".join(
        f"{sum(one.kind == kind for one in done.brought):,} {words}" for kind, words in kinds
    )
    new = sum(one.is_new for one in done.brought)
    faulty = sum(bool(one.faults) for one in done.brought)
    lines = [line for one in done.brought for line in _told(one)]
    lines += [f"left out: {one.path}: {shown(one.reason, _LONGEST)}" for one in done.skipped]
    return [
        *lines,
        f"{counts}: {new:,} new, {faulty:,} with faults, {len(done.skipped):,} left out",
    ]


def _told(one: Brought) -> list[str]:
    if not (one.faults or one.holds or one.lacks):
        return []
    return [
        f"{one.kind} {one.legacy_id} ({one.run_id})",
        *(f"  fault: {fault}" for fault in one.faults),
        *(f"  holds {held}" for held in one.holds),
        *(f"  lacks {lacking}" for lacking in one.lacks),
    ]
