"""``luthier logs repair``: what a copy still has comes back, if the ledger knows its hash."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from luthier_desktop.cli.session import Session, with_session
from luthier_desktop.domain.display import shown

if TYPE_CHECKING:
    from luthier_desktop.domain.verification import RepairReport

_LONGEST_PATH = 120
_LONGEST_REASON = 300


@click.command(epilog="Example: luthier logs repair --from /media/usb/luthier-backup")
@click.option(
    "--from",
    "folder",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DIR",
    help="A backup, or any copy of the data directory.",
)
@with_session
def repair(session: Session, folder: Path) -> int:
    """Bring damaged and missing files back from a copy; what is sound is not touched."""
    with session.studio() as studio:
        report = studio.upkeep.repair(folder)
    session.answer(report.plain(), _lines(report))
    return 1 if report.not_restored else 0


def _lines(report: RepairReport) -> list[str]:
    restored = [f"restored      {shown(path, _LONGEST_PATH)}" for path in report.restored]
    left = [
        f"NOT restored  {shown(each.path, _LONGEST_PATH)}: {shown(each.reason, _LONGEST_REASON)}"
        for each in report.not_restored
    ]
    kept = [f"kept aside    {shown(path, _LONGEST_PATH)}" for path in report.quarantined]
    if not restored and not left:
        return ["nothing was damaged or missing; nothing was changed"]
    return [*restored, *kept, *left, f"{len(restored)} restored, {len(left)} not restored"]
