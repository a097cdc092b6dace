"""``luthier logs hide | unhide | purge``: each with a reason, each an event of the log."""

from __future__ import annotations

from typing import Any

import click

from luthier_desktop.cli.session import Session, with_session

_REASON = click.option("--reason", required=True, metavar="TEXT", help="Why; it is recorded.")


@click.command(epilog='Example: luthier logs hide run_20260122_… --reason "only a trial"')
@click.argument("run_id")
@_REASON
@with_session
def hide(session: Session, run_id: str, reason: str) -> None:
    """Leave a run out of the list; its record stays, and `logs show` still shows it."""
    with session.studio() as studio:
        done = studio.hiding.hide(run_id, reason)
    _answer(session, done, "hidden")


@click.command(epilog='Example: luthier logs unhide run_20260122_… --reason "wanted again"')
@click.argument("run_id")
@_REASON
@with_session
def unhide(session: Session, run_id: str, reason: str) -> None:
    """List a hidden run again."""
    with session.studio() as studio:
        done = studio.hiding.unhide(run_id, reason)
    _answer(session, done, "shown")


@click.command(epilog='Example: luthier logs purge run_20260122_… --reason "customer asked"')
@click.argument("run_id")
@_REASON
@with_session
def purge(session: Session, run_id: str, reason: str) -> None:
    """Remove the record of a run for good; only a lead may.

    Its line in the log stays (time, design, verdict, hash), and who purged it and why. Decisions
    and the verdicts of snapshots that are still listed cannot be purged.
    """
    with session.studio() as studio:
        done = studio.hiding.purge(run_id, reason)
    _answer(session, done, "purged")


def _answer(session: Session, done: Any, state: str) -> None:
    document = {"run_id": done.run_id, "state": state, "seq": done.seq, "reason": done.reason}
    session.answer(document, [f"{done.run_id} {state}, event {done.seq}"])
