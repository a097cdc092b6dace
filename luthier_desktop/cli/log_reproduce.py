"""``luthier logs reproduce``, and verifying one run alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from luthier_desktop.cli.session import Session, require_log_of, with_session
from luthier_desktop.domain.display import shown

if TYPE_CHECKING:
    from luthier_desktop.domain.compare import Change
    from luthier_desktop.domain.run_proof import RunProof
    from luthier_desktop.services.reproduction import Reproduced

_MOST_LINES = 100
_LONGEST = 60
_SIGNS = {"same": "ok", "differs": "DIFFERS", "absent": "-", "unread": "-"}


@click.command(epilog="Example: luthier logs reproduce run_20260122_4g7k2m9p3q5r8s0t --json")
@click.argument("run_id")
@with_session
def reproduce(session: Session, run_id: str) -> int:
    """Judge a run again from its recorded inputs: the same report, or what differs and why.

    Writes nothing. Exit code 0 same, 1 not the same or damaged, 3 nothing was judged in the run.
    """
    with session.studio() as studio:
        require_log_of(studio, f"run {run_id}")
        found = studio.runs.reproduce(run_id)
    session.answer(found.plain(), _lines(found))
    return 0 if found.same else 1


def _lines(found: Reproduced) -> Iterator[str]:
    yield found.sentence
    yield from (f"{cause.kind}: {cause.sentence}" for cause in found.causes)
    for change in found.changes[:_MOST_LINES]:
        told, now = _sides(change)
        yield f"  {shown(change.path, 120)}: {told} -> {now}"
    if len(found.changes) > _MOST_LINES:
        yield f"  {len(found.changes) - _MOST_LINES:,} more; --json has them all"


def _sides(change: Change) -> tuple[str, str]:
    told = change.plain()
    absent = told.get("absent")
    return _side(told["a"], absent == "a"), _side(told["b"], absent == "b")


def _side(value: Any, is_absent: bool) -> str:
    return "nothing" if is_absent else shown(json.dumps(value, ensure_ascii=False), _LONGEST)


def verify_run(session: Session, run_id: str) -> int:
    """Answer what ``logs verify --run`` asks."""
    with session.studio() as studio:
        require_log_of(studio, f"run {run_id}")
        proof = studio.proofs.of(run_id)
    session.answer(proof.plain(), _proof_lines(proof))
    return 0 if proof.ok else 1


def _proof_lines(proof: RunProof) -> Iterator[str]:
    for line in proof.lines:
        told = f"{line.sentence} {line.advice}".rstrip()
        yield f"{_SIGNS[line.state]:<8} {line.name:<13} {shown(told, 400)}"
    yield f"{proof.run_id}: {proof.sentence}"
