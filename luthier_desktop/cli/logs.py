"""``luthier logs``: recent, show, export, hide, purge, verify, rebuild and what goes with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from luthier_desktop.cli.comparing import diff
from luthier_desktop.cli.log_export import export
from luthier_desktop.cli.log_filters import filter_options, given_filters
from luthier_desktop.cli.log_hiding import hide, purge, unhide
from luthier_desktop.cli.log_repair import repair
from luthier_desktop.cli.log_reproduce import reproduce, verify_run
from luthier_desktop.cli.log_trust import (
    keep_witness,
    outside_of,
    outside_options,
    rotate_key,
    trust_lines,
)
from luthier_desktop.cli.session import (
    Session,
    look_for_log,
    remark,
    require_log,
    require_log_of,
    table,
    with_reading_session,
    with_session,
    write_bytes,
    write_json,
    write_lines,
)
from luthier_desktop.domain.display import shown

if TYPE_CHECKING:
    from luthier_desktop.domain.run import RunEntry
    from luthier_desktop.domain.verification import VerifyReport
    from luthier_desktop.services.runs import Level

_SORTS = ["seq", "score", "status", "risk", "event", "operator"]
_SLICES = 30
_DAMAGED_ADVICE = (
    "It was left in place as evidence. `luthier logs verify --run` says what is wrong with it; "
    "`luthier logs repair` brings its file back from a backup."
)
_NOT_FILTERS = ("sort", "reverse", "limit", "cursor")
_OF_HIDDEN = {"hidden", "purged", "hidden_by"}
_HEADS = ("number", "time (UTC)", "event", "verdict", "score", "status", "run", "design")


@click.group()
def logs() -> None:
    """Find, show and verify what was recorded."""


logs.add_command(repair)


for _command in (diff, export, hide, unhide, purge, rotate_key, keep_witness, reproduce):
    logs.add_command(_command)


@logs.command(epilog="Example: luthier logs recent --risk red --risk unknown --limit 20")
@filter_options
@click.option("--sort", type=click.Choice(_SORTS, case_sensitive=False), default="seq")
@click.option("--reverse", is_flag=True, help="Turn the order round.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@click.option("--cursor", metavar="CURSOR", help="The next_cursor of the page before.")
@with_reading_session
def recent(session: Session, **filters: Any) -> None:
    """List runs, newest first; filters may be repeated (or), in any letter case."""
    from luthier_desktop.domain.run import NO_RUNS, RunQuery

    given = given_filters(filters)
    with session.studio() as studio:
        query, page, told = RunQuery.read(given, "The filters"), NO_RUNS, ("", "")
        if look_for_log(studio):
            page = studio.runs.find(query)
            told = (studio.runs.behind(), studio.runs.alarm())
    left_out = None if given.get("hidden") else _OF_HIDDEN
    entries = [entry.model_dump(mode="json", exclude=left_out) for entry in page.entries]
    document = {
        "entries": entries,
        "next_cursor": page.next_cursor,
        "has_more": page.has_more,
        "filters_applied": {k: v for k, v in given.items() if k not in _NOT_FILTERS},
    }
    lines = table(_HEADS, [_row(entry) for entry in page.entries])
    more = [f"more: --cursor {page.next_cursor}"] if page.has_more else []
    session.answer(document, [*lines, *more] if entries else ["no run matches"])
    for sentence in filter(None, told):
        remark(sentence)


def _row(entry: RunEntry) -> tuple[str, ...]:
    return (
        str(entry.seq),
        entry.created_at_utc[:19].replace("T", " "),
        shown(entry.event_type),
        "PURGED" if entry.purged else "DAMAGED" if entry.damaged else shown(entry.risk_level),
        "-" if entry.score is None else f"{entry.score:.1f}",
        shown(entry.status),
        entry.run_id,
        shown(entry.design_name or entry.design_id or "", 40),
    )


@logs.command(epilog="Example: luthier logs show run_20260122_4g7k2m9p3q5r8s0t --json")
@click.argument("run_id")
@with_session
def show(session: Session, run_id: str) -> int:
    """Show one run; with --json exactly the bytes that are stored."""
    from luthier_desktop.cli.run_text import run_lines
    from luthier_desktop.services.runs import RunDamaged

    with session.studio() as studio:
        require_log_of(studio, f"run {run_id}")
        try:
            run = studio.runs.get(run_id)
        except RunDamaged as damage:
            return _show_damaged(session, run_id, damage.reason, damage.text)
        hidden = studio.runs.hidden_because(run_id)
    if session.as_json:
        write_bytes(run.data)
    else:
        write_lines([*run_lines(run.artifact), *([shown(hidden, 700)] if hidden else [])])
    return 0


def _show_damaged(session: Session, run_id: str, reason: str, text: str | None) -> int:
    if session.as_json:
        write_json({"run_id": run_id, "damaged": True, "reason": reason, "text": text})
    else:
        write_lines([f"{run_id} is DAMAGED: {reason}", _DAMAGED_ADVICE])
    return 1


@logs.command(epilog="Example: luthier logs verify --full")
@click.option("--quick", is_flag=True, help="Order, chain, sizes.")
@click.option("--full", is_flag=True, help="Also every byte of every file.")
@click.option("--deep", is_flag=True, help="Also form and index, row by row.")
@click.option(
    "--slice", "part", type=click.IntRange(1, _SLICES), metavar="N", help="One thirtieth, 1 to 30."
)
@click.option("--run", "run_id", metavar="RUN_ID", help="One run alone: file, hashes, chain.")
@outside_options
@with_session
def verify(
    session: Session, quick: bool, full: bool, deep: bool, part: int | None, **outside: Any
) -> int:
    """Read the log again and say what is not as it was recorded; writes nothing."""
    from luthier_desktop.domain.errors import StorageFailed

    if quick + full + deep + (part is not None) > 1:
        raise click.UsageError("Give only one of --quick, --full, --deep and --slice.")
    run_id: str | None = outside.pop("run_id")
    if run_id is not None:
        if quick or deep or part is not None or any(outside.values()):
            raise click.UsageError("--run looks at one run alone; leave the other options out.")
        return verify_run(session, run_id)
    level: Level = "quick" if quick else "deep" if deep else "full"
    with session.studio() as studio:
        require_log(studio)
        report = studio.trust.verify(_level(level, part), **outside_of(**outside))
    session.answer(report.plain(), _verify_lines(report))
    if report.failed is not None:
        raise StorageFailed(report.failed)
    return 0 if report.ok else 1


def _level(level: Level, part: int | None) -> Level:
    return level if part is None else part % _SLICES


def _verify_lines(report: VerifyReport) -> list[str]:
    lines = [
        line
        for found in report.findings
        for line in (
            f"{found.severity:<8} {found.code}  {shown(found.path or '', 120)}".rstrip(),
            f"         {shown(found.message, 300)} {shown(found.advice, 300)}",
        )
    ]
    state = "all is as it was recorded" if report.ok else "NOT all is as it was recorded"
    count = f"{report.events} events, {report.runs} runs, level {report.level}"
    return [*lines, *trust_lines(report), f"{count}: {state}"]


@logs.command(epilog="Example: luthier logs rebuild")
@with_session
def rebuild(session: Session) -> None:
    """Make the search index again from the ledger; the records are not touched."""
    with session.studio() as studio:
        rebuilt = studio.runs.rebuild()
    counted = f"{rebuilt['runs']} runs from {rebuilt['events']} events"
    session.answer(rebuilt, [f"{counted} in {rebuilt['seconds']:.2f} s"])


@logs.command(epilog="Example: luthier logs acknowledge --reason 'Back from the backup of Monday'")
@click.option("--reason", required=True, metavar="TEXT", help="Why the older log is right.")
@with_session
def acknowledge(session: Session, reason: str) -> None:
    """Take a log that is older than last seen for the right one; it is signed anew."""
    with session.studio() as studio:
        seq = studio.runs.acknowledge_rollback(reason)
    session.answer({"seq": seq, "reason": reason.strip()}, [f"acknowledged in event {seq}"])
