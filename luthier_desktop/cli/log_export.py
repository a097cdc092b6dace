"""``luthier logs export``: recorded runs with their proof as a folder, or their list as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from luthier_desktop.cli.log_filters import filter_options, given_filters
from luthier_desktop.cli.session import Session, remark, require_log, with_reading_session
from luthier_desktop.domain.display import shown

if TYPE_CHECKING:
    from luthier_desktop.services.bundles import Exported
    from luthier_desktop.services.log_tables import WrittenTable
    from luthier_desktop.services.studio import Studio

_BUNDLE = "bundle"
_FORMATS = (_BUNDLE, "csv", "json")
_NOT_RECORDED = "The store cannot be written, so this export is not recorded."
_FILTERS = "The filters"


@click.command(
    epilog="Example: luthier logs export --out bundle --design dsg_4g7k… --since 2026-01-22; "
    "luthier logs export --out red.csv --risk red"
)
@click.argument("run_ids", metavar="[RUN_ID ...]", nargs=-1)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="BUNDLE|FILE",
    help="What is made; it must not exist. A name that ends in .csv or .json is a list.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS, case_sensitive=False),
    help="The kind of export, whatever the name ends in.",
)
@filter_options
@with_reading_session
def export(
    session: Session, run_ids: tuple[str, ...], out: Path, form: str | None, **filters: Any
) -> int:
    """Write runs with their proof into a folder, or the list of runs into a CSV or JSON file.

    A folder can be checked by anybody without this program. Without ids and filters it is the
    whole log, hidden runs included, and with it the names of the machine and the user of each
    session. Check it with: python3 BUNDLE/check.py BUNDLE

    A list has one row a run, newest first, with the hash of its record; without ids and filters
    every run but the hidden ones. CSV begins with a byte order mark and has times in UTC.
    """
    given = given_filters(filters)
    if run_ids and given:
        raise click.UsageError("Give run ids or filters, not both.")
    form = form or _form_of(out)
    with session.studio() as studio:
        require_log(studio)
        if form == _BUNDLE:
            return _bundle(session, studio, out, run_ids, given)
        return _list(session, studio, (out, form), run_ids, given)


def _form_of(out: Path) -> str:
    ending = out.suffix.lower().removeprefix(".")
    return ending if ending in _FORMATS else _BUNDLE


def _bundle(
    session: Session, studio: Studio, out: Path, run_ids: tuple[str, ...], given: dict[str, Any]
) -> int:
    from luthier_desktop.domain.run import RunQuery

    chosen = RunQuery.read(given, _FILTERS) if given else run_ids or None
    done = studio.bundles.export(out, chosen)
    absent = [{"path": path, "why": why} for path, why in done.absent]
    session.answer(_document(done, absent), _lines(done))
    if done.run_id is None:
        remark(_NOT_RECORDED)
    return 1 if any(why == "damaged" for _, why in done.absent) else 0


def _list(
    session: Session,
    studio: Studio,
    target: tuple[Path, str],
    run_ids: tuple[str, ...],
    given: dict[str, Any],
) -> int:
    from luthier_desktop.domain.run import RunQuery
    from luthier_desktop.services.log_tables import FORMATS

    out, form = target[0], next(each for each in FORMATS if each == target[1].lower())
    chosen = run_ids or RunQuery.read(given, _FILTERS)
    done = studio.log_tables.export(out, form, chosen)
    document = {
        "path": str(done.path),
        "bytes": done.size_bytes,
        "sha256": done.sha256,
        "run_id": done.run_id,
        "runs": done.runs,
        "damaged": done.damaged,
    }
    session.answer(document, _list_lines(done))
    if done.run_id is None:
        remark(_NOT_RECORDED)
    return 1 if done.damaged else 0


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
    place = shown(str(done.path), 300)
    return [
        *lost,
        f"{_counted(done.runs)}, {done.files:,} files, {done.size_bytes:,} bytes in {place}",
        f"hash of MANIFEST.json: {done.sha256}",
        _recorded(done.run_id),
    ]


def _list_lines(done: WrittenTable) -> list[str]:
    damaged = [f"DAMAGED: {_counted(done.damaged)}, marked in the list"] if done.damaged else []
    return [
        *damaged,
        f"{_counted(done.runs)}, {done.size_bytes:,} bytes in {shown(str(done.path), 300)}",
        f"hash of the file: {done.sha256}",
        _recorded(done.run_id),
    ]


def _counted(runs: int) -> str:
    return "1 run" if runs == 1 else f"{runs:,} runs"


def _recorded(run_id: str | None) -> str:
    return f"recorded as {run_id}" if run_id else "not recorded"
