"""``luthier feasibility single`` and ``batch``."""

from __future__ import annotations

import click

from luthier_desktop.cli.documents import refuse_two_inputs, setup_of, setup_option
from luthier_desktop.cli.session import (
    Session,
    remark_problems,
    source_of,
    spooled_source,
    with_session,
)

_FAILS = {None: (), "red": ("RED", "UNKNOWN"), "yellow": ("RED", "UNKNOWN", "YELLOW")}
_NO_RECORD = click.option("--no-record", is_flag=True, help="Answer only; write no run.")


@click.group()
def feasibility() -> None:
    """Judge whether designs can be made, and record each answer as a run."""


@feasibility.command(epilog="Example: luthier feasibility single design.json --fail-on red")
@click.argument("design")
@setup_option
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

    refuse_two_inputs(design, setup)
    with session.studio() as studio:
        remark_problems(studio, records=not no_record)
        shop = setup_of(studio, setup)
        spec = studio.designs.read(source_of(design, studio.designs.most_bytes))
        checked = studio.feasibility.check(spec, shop, record=not no_record)
        gate = None if session.as_json else studio.decisions.gate(checked.design, shop)
    session.answer(checked.report, report_lines(checked, gate))
    return 1 if checked.report["risk_bucket"] in _FAILS[fail_on] else 0


@feasibility.command(
    short_help="Judge the designs of one file.",
    epilog="Example: luthier feasibility batch designs.json --json",
)
@click.argument("file")
@setup_option
@_NO_RECORD
@with_session
def batch(session: Session, file: str, setup: str | None, no_record: bool) -> int:
    """Judge many designs: {"specs": [...], "suggestion_ids": [...]}, or one design a line.

    Each design makes one run; at most 10,000 designs. A design that is refused is named among
    the errors (exit 1), the others are judged.
    """
    from luthier_desktop.cli.batch_output import BatchOutput

    refuse_two_inputs(file, setup)
    with session.studio() as studio:
        remark_problems(studio, records=not no_record)
        shop = setup_of(studio, setup)
        with spooled_source(file, studio.batches.most_bytes) as source:
            designs = studio.batches.read(source)
            answers = studio.feasibility.check_many(designs, shop, record=not no_record)
            with BatchOutput(session.as_json) as output:
                for answer in answers:
                    output.add(answer)
    return output.exit_code
