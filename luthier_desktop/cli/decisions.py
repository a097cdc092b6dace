"""``luthier decisions accept | override | list``."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from luthier_desktop.cli.documents import (
    design_of,
    refuse_two_inputs,
    setup_of,
    setup_option,
)
from luthier_desktop.cli.session import (
    Session,
    look_for_named_log,
    remark_problems,
    table,
    with_session,
)
from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import InputRefused

if TYPE_CHECKING:
    from luthier_desktop.domain.gate import GateVerdict
    from luthier_desktop.services.decisions import Decided
    from luthier_desktop.services.studio import Studio

_HEADS = ("number", "time (UTC)", "decision", "check", "counts", "operator", "design", "reason")
_PLACE = re.compile(r"(?P<check>[^:]+)(?::(?P<ring>[0-9]{1,15}))?")
_check = click.option(
    "--check", "place", required=True, metavar="ID[:RING]", help="The check, such as C1 or T4:1."
)


@click.group()
def decisions() -> None:
    """Accept a yellow check or override a red one, for one design and one setup.

    G-code is written only when each check is GREEN, NOTE or NA, or YELLOW and accepted, or RED
    and overridden. UNKNOWN is never overridden, nor are C1 at 0 or less, C2 below 1, G1, M8 and
    M9. A decision holds for the very design, setup, materials and rules that were judged: any
    change of them ends it. A lost or damaged record counts as absent.
    """


@decisions.command(
    short_help="Accept a yellow check with a reason.",
    epilog='Example: luthier decisions accept design.json --check T4:1 --reason "spare logs"',
)
@click.argument("design")
@setup_option
@_check
@click.option("--reason", required=True, help="Why it is right; it is recorded.")
@with_session
def accept(session: Session, **given: Any) -> None:
    """Accept a yellow check of DESIGN: a file, - for standard input, or the id of a snapshot.

    JSON: the members of `decisions list` but in_force, damaged and fault, and "gate" {open,
    in_the_way [sentences], lifted [{id, ring_index, status, run_id, reason}], warnings}.
    """
    _decide(session, lambda studio: studio.decisions.accept, **given)


@decisions.command(
    short_help="Override a red check, as a lead.",
    epilog='Example: luthier decisions override snap_… --check C4:1 --reason "shim below it"',
)
@click.argument("design")
@setup_option
@_check
@click.option(
    "--reason", required=True, help="Why it is right, in 15 characters or more; it is recorded."
)
@with_session
def override(session: Session, **given: Any) -> None:
    """Override a red check of DESIGN: a file, - for standard input, or the id of a snapshot.

    Only a lead may, with the PIN where one is set. JSON: as `decisions accept`.
    """

    def override_with_pin(studio: Studio) -> Callable[..., Decided]:
        pin = session.pin if studio.operators.asks_for_pin() else None
        return studio.decisions.signed(pin).override

    _decide(session, override_with_pin, **given)


@decisions.command(name="list", epilog="Example: luthier decisions list --json")
@setup_option
@with_session
def list_decisions(session: Session, setup: str | None) -> int:
    """List every decision, newest first, and whether it still counts.

    It counts when the newest recorded state of its design, judged for the setup in use or the
    one given, is what was decided on. JSON: {"items": [{run_id, seq, created_at_utc, decision
    "accepted"|"overridden", check, ring_index|null, reason, operator {operator_id, name, role,
    auth}, request_sha256, design_id, design_name, in_force, damaged, fault|null}]}; of a damaged
    one, null stands for what is not known. Exit 1 when one is damaged.
    """
    with session.studio() as studio:
        look_for_named_log(session, studio)
        kept = studio.decisions.find(setup_of(studio, setup))
    documents = [one.document for one in kept]
    lines = table(_HEADS, [_row(document) for document in documents])
    session.answer({"items": documents}, lines if documents else ["no decision was recorded"])
    return int(any(document["damaged"] for document in documents))


def _decide(
    session: Session,
    how: Callable[[Studio], Callable[..., Decided]],
    *,
    place: str,
    reason: str,
    **inputs: Any,
) -> None:
    design, setup = inputs["design"], inputs["setup"]
    refuse_two_inputs(design, setup)
    check, ring_index = _parsed(place)
    with session.studio() as studio:
        remark_problems(studio)
        shop = setup_of(studio, setup)
        spec = design_of(studio, design)
        done = how(studio)(spec, check, ring_index, reason, shop)
    ruling = done.ruling
    document = {
        "run_id": ruling.run_id,
        "seq": done.seq,
        "created_at_utc": ruling.created_at_utc,
        "decision": ruling.kind,
        "check": ruling.check,
        "ring_index": ruling.ring_index,
        "reason": ruling.reason,
        "operator": ruling.operator.plain(),
        "request_sha256": ruling.request_sha256,
        "design_id": done.design_id,
        "design_name": spec.name,
        "gate": done.verdict.plain(),
    }
    head = f"{_place(document)} {ruling.kind}, recorded as {ruling.run_id}, number {done.seq}"
    session.answer(document, [head, *_gate_lines(done.verdict)])


def _parsed(place: str) -> tuple[str, int | None]:
    """Read ``T4:1`` as a check's id and a ring's index."""
    found = _PLACE.fullmatch(place.strip())
    if found is None:
        raise InputRefused(
            f"{shown(place)!r} names no check: write its id, or id:ring, such as T4:1.", "check"
        )
    ring = found["ring"]
    return found["check"].strip(), None if ring is None else int(ring)


def _gate_lines(verdict: GateVerdict) -> list[str]:
    warnings = [f"  warning  {shown(text, 300)}" for text in verdict.warnings]
    if verdict.open:
        return ["nothing stands in the way of cutting now", *warnings]
    return [
        "in the way of cutting still:",
        *(f"  {shown(text, 300)}" for text in verdict.in_the_way),
        *warnings,
    ]


def _row(document: dict[str, Any]) -> tuple[str, ...]:
    counts = "yes" if document["in_force"] else "no"
    operator = document["operator"] or {}
    return (
        str(document["seq"]),
        (document["created_at_utc"] or "-")[:19].replace("T", " "),
        shown(document["decision"] or "-"),
        _place(document),
        "DAMAGED" if document["damaged"] else counts,
        shown(operator.get("operator_id") or "-"),
        shown(document["design_name"] or document["design_id"] or "-", 40),
        shown(document["reason"] or document["fault"] or "-", 60),
    )


def _place(document: dict[str, Any]) -> str:
    from luthier_desktop.domain.gate import place_text

    check = document["check"]
    return "-" if check is None else shown(place_text(check, document["ring_index"]))
