"""``luthier logs export``: recorded runs with their proof, in a folder that checks itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from luthier_desktop.cli.log_filters import filter_options, given_filters
from luthier_desktop.cli.session import Session, remark, require_log, with_reading_session
from luthier_desktop.domain.display import shown

if TYPE_CHECKING:
    from luthier_desktop.services.bundles import Chosen, Exported


@click.command(
    epilog="Example: luthier logs export --out bundle --design dsg_4g7k… --since 2026-01"
)
@click.argument("run_ids", metavar="[RUN_ID ...]", nargs=-1)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="BUNDLE",
    help="The folder that is made; it must not exist.",
)
@filter_options
@with_reading_session
def export(session: Session, run_ids: tuple[str, ...], out: Path, **filters: Any) -> int:
    """Write runs with their proof into a folder that anybody can check without this program.

    Without ids and filters it is the whole log, hidden runs included, and with it the names of
    the machine and the user of each session. Check it with: python3 BUNDLE/check.py BUNDLE
    """
    with session.studio() as studio:
        require_log(studio)
        done = studio.bundles.export(out, _chosen(run_ids, given_filters(filters)))
    absent = [{"path": path, "why": why} for path, why in done.absent]
    session.answer(_document(done, absent), _lines(done))
    if done.run_id is None:
        remark("The store cannot be written, so this export is not recorded.")
    return 1 if any(why == "damaged" for _, why in done.absent) else 0


def _chosen(run_ids: tuple[str, ...], filters: dict[str, Any]) -> Chosen:
    from luthier_desktop.domain.run import RunQuery

    if run_ids and filters:
        raise click.UsageError("Give run ids or filters, not both.")
    if filters:
        return RunQuery.read(filters, "The filters")
    return run_ids or None


def _document(done: Exported, absent: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "path": str(done.path),
        "bytes": done.size_bytes,
        "sha256": done.sha256,
        "run_id": done.run_id,
        "runs": done.runs,
        "files": done.files,
        "absent": absent,
    }


def _lines(done: Exported) -> list[str]:
    lost = [f"NOT IN IT ({why}): {path}" for path, why in done.absent]
    runs = "1 run" if done.runs == 1 else f"{done.runs:,} runs"
    return [
        *lost,
        f"{runs}, {done.files:,} files, {done.size_bytes:,} bytes in {shown(str(done.path), 300)}",
        f"hash of MANIFEST.json: {done.sha256}",
        f"recorded as {done.run_id}" if done.run_id else "not recorded",
    ]
