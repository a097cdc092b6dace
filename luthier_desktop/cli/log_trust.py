"""``luthier logs rotate-key | keep-witness``, and what ``logs verify`` tells of trust."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from luthier_desktop.cli.session import STANDARD_INPUT, Session, source_of, with_session
from luthier_desktop.domain.display import shown

if TYPE_CHECKING:
    from luthier_desktop.domain.verification import VerifyReport

_MOST_BYTES = 2**21


def outside_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give ``logs verify`` its options about what others hold of the log."""
    witness = click.option(
        "--witness",
        "witnesses",
        multiple=True,
        metavar="FILE|LETTERS",
        help="A checkpoint, a witness as JSON, or the number and letters of a sheet; repeatable.",
    )
    against = click.option(
        "--against",
        type=click.Path(path_type=Path),
        metavar="BACKUP",
        help="A folder with a copy of the data directory.",
    )
    return witness(against(function))


def outside_of(witnesses: tuple[str, ...], against: Path | None) -> dict[str, Any]:
    """Return what was given as arguments of the service; ``-`` is read from standard input."""
    given = [
        source_of(name, _MOST_BYTES) if name == STANDARD_INPUT else name for name in witnesses
    ]
    return {"witnesses": given, "against": against}


def trust_lines(report: VerifyReport) -> list[str]:
    """Say what was signed last, who else saw the log, and where the key is."""
    lines = []
    if report.checkpoint is not None:
        checkpoint = report.checkpoint
        signed = f"signed: {checkpoint['size']} events{_day(checkpoint['at_utc'])}"
        lines.append(f"{signed}; for a sheet: {checkpoint['letters']}")
    if report.last_witness is not None:
        seen = report.last_witness
        told = f"last outside witness: {seen['size']} events{_day(seen['at_utc'])}"
        lines.append(f"{told}; {shown(str(seen['what']), 120)}")
    else:
        lines.append("last outside witness: none yet")
    return [*lines, *(shown(note, 400) for note in report.notes)]


def _day(at_utc: str | None) -> str:
    return f", to {at_utc[:10]}" if at_utc else ""


@click.command(epilog="Example: luthier logs rotate-key --reason 'The laptop was lent out'")
@click.option("--reason", required=True, metavar="TEXT", help="Why; it is recorded.")
@click.option("--lost", is_flag=True, help="The old key cannot sign any more: a new epoch.")
@with_session
def rotate_key(session: Session, reason: str, lost: bool) -> None:
    """Sign the log with a new key from here on; the old one signs the change and is forgotten."""
    with session.studio() as studio:
        seq = studio.trust.rotate_key(reason, is_lost=lost)
        notes = studio.trust.notes()
    document = {"seq": seq, "reason": reason.strip(), "notes": notes}
    told = "a new epoch begins in" if lost else "the key was changed in"
    session.answer(document, [f"{told} event {seq}", *notes])


@click.command(epilog="Example: luthier logs keep-witness from_anna.json")
@click.argument("file", type=click.Path(path_type=Path))
@with_session
def keep_witness(session: Session, file: Path) -> int:
    """Keep a witness (its member as JSON), or a checkpoint of this log that came back.

    A later one that contradicts it is told; every verification looks at those of this log.
    """
    with session.studio() as studio:
        origin, found = studio.trust.keep_file(file)
    findings = [finding.model_dump(mode="json") for finding in found]
    lines = [f"{finding.severity}: {shown(finding.message, 300)}" for finding in found]
    document = {"origin": origin, "ok": not findings, "findings": findings}
    session.answer(document, lines or [f"kept a witness of {origin}"])
    return 1 if findings else 0
