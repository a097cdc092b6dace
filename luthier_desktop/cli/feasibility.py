"""``luthier feasibility single`` and ``batch``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from luthier_desktop.cli.session import (
    STANDARD_INPUT,
    Session,
    remark_problems,
    source_of,
    with_session,
)

if TYPE_CHECKING:
    from luthier_desktop.domain.workshop import Setup
    from luthier_desktop.services.studio import Studio

_FAILS = {None: (), "red": ("RED", "UNKNOWN"), "yellow": ("RED", "UNKNOWN", "YELLOW")}
_SETUP = click.option(
    "--setup", metavar="FILE", help="The setup to judge for, instead of the one in use."
)
_NO_RECORD = click.option("--no-record", is_flag=True, help="Answer only; write no run.")


@click.group()
def feasibility() -> None:
    """Judge whether designs can be made, and record each answer as a run."""


@feasibility.command(epilog="Example: luthier feasibility single design.json --fail-on red")
@click.argument("design")
@_SETUP
@_NO_RECORD
@click.option(
    "--fail-on",
    type=click.Choice(["red", "yellow"], case_sensitive=False),
    help="red: exit 1 on RED or UNKNOWN; yellow: also on YELLOW.",
)
@with_session
def single(
    session: Session, design: str, setup: str | None, no_record: bool, fail_on: str | None
) -> int:
    """Judge the design in the file DESIGN (- reads standard input)."""
    from luthier_desktop.cli.report_text import report_lines

    _refuse_two_inputs(design, setup)
    with session.studio() as studio:
        remark_problems(studio)
        shop = _setup(studio, setup)
        spec = studio.designs.read(source_of(design, studio.designs.most_bytes))
        checked = studio.feasibility.check(spec, shop, record=not no_record)
    session.answer(checked.report, report_lines(checked))
    return 1 if checked.report["risk_bucket"] in _FAILS[fail_on] else 0


@feasibility.command(
    short_help="Judge the designs of one file.",
    epilog="Example: luthier feasibility batch designs.json --json",
)
@click.argument("file")
@_SETUP
@_NO_RECORD
@with_session
def batch(session: Session, file: str, setup: str | None, no_record: bool) -> int:
    """Judge many designs: {"specs": [...], "suggestion_ids": [...]}, or one design a line.

    Each design makes one run; at most 10,000 designs. A design that is refused is named among
    the errors (exit 1), the others are judged.
    """
    from luthier_desktop.cli.batch_output import BatchOutput

    _refuse_two_inputs(file, setup)
    with session.studio() as studio:
        remark_problems(studio)
        shop = _setup(studio, setup)
        designs = studio.batches.read(source_of(file, studio.batches.most_bytes))
        with BatchOutput(session.as_json) as output:
            for answer in studio.feasibility.check_many(designs, shop, record=not no_record):
                output.add(answer)
    return output.exit_code


def _setup(studio: Studio, argument: str | None) -> Setup | None:
    if argument is None:
        return None
    return studio.setups.read(source_of(argument, studio.designs.most_bytes))


def _refuse_two_inputs(*arguments: Any) -> None:
    if arguments.count(STANDARD_INPUT) > 1:
        raise click.UsageError("Standard input (-) can be read for one document only.")
