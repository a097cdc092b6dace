"""``luthier operators list | add | role | disable | enable | pin | recover``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from luthier_desktop.cli.session import (
    Session,
    look_for_named_log,
    table,
    with_session,
)
from luthier_desktop.cli.signing_in import typed_pin
from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.operators import ROLES

if TYPE_CHECKING:
    from luthier_desktop.domain.operators import OperatorProfile
    from luthier_desktop.services.operators import Changed
    from luthier_desktop.services.studio import Studio

_HEADS = ("operator", "role", "PIN", "state", "last used (UTC)", "name")
_role = click.option("--role", type=click.Choice(ROLES), required=True, help="What they may do.")
_new_pin_fd = click.option(
    "--new-pin-fd",
    type=click.IntRange(min=0),
    metavar="N",
    help="Read the new PIN from this file descriptor; else it is asked for.",
)


@click.group()
def operators() -> None:
    """Say who may do what on a shared PC.

    Without any operator the owner acts alone, as a lead. With operators, nobody acts until one is
    named by --operator: what only reads works for everybody. A PIN says who acted; it keeps
    nobody out who can read the files of the data directory.
    """


@operators.command(name="list", epilog="Example: luthier operators list --json")
@with_session
def list_operators(session: Session) -> int:
    """List every operator.

    JSON: {"items": [{operator_id, name, role, disabled, has_pin, added_at_utc,
    last_used_utc|null, failures, locked_until_utc|null}], "problems": [sentence]}. Exit 1 when
    an event about them is damaged.
    """
    with session.studio() as studio:
        look_for_named_log(session, studio)
        found, doubts = studio.operators.find(), studio.operators.doubts()
    rows = [_row(profile) for profile in found]
    lines = table(_HEADS, rows) if rows else ["no operators are set up; the owner acts alone"]
    document = {"items": [one.stored() for one in found], "problems": list(doubts)}
    session.answer(document, [*lines, *(shown(doubt, 300) for doubt in doubts)])
    return int(bool(doubts))


@operators.command(
    epilog='Example: luthier operators add rosa --name "Rosa" --role lead --new-pin-fd 3 3<pin'
)
@click.argument("operator_id")
@click.option("--name", required=True, help="The name that records carry.")
@_role
@click.option("--no-pin", is_flag=True, help="Let them sign in without a PIN.")
@_new_pin_fd
@with_session
def add(session: Session, operator_id: str, **given: Any) -> None:
    """Add an operator; the first one must be a lead.

    A lead with a PIN gets a recovery code, told this once. JSON: the members of `operators list`,
    "seq" and "recovery_code"|null.
    """
    with session.studio() as studio:
        pin = None if given["no_pin"] else _new_pin(given["new_pin_fd"])
        done = studio.operators.add(operator_id, given["name"], given["role"], pin)
    _answer(session, done, f"{operator_id} was added as {done.profile.role}")


@operators.command(epilog="Example: luthier operators role ben --role operator --operator rosa")
@click.argument("operator_id")
@_role
@with_session
def role(session: Session, operator_id: str, role: Any) -> None:
    """Give an operator another role; the last lead stays one. JSON: as `operators add`."""
    with session.studio() as studio:
        done = studio.operators.change_role(operator_id, role)
    _answer(session, done, f"{operator_id} is {done.profile.role} now")


@operators.command(
    epilog='Example: luthier operators disable ben --reason "left the shop" --operator rosa'
)
@click.argument("operator_id")
@click.option("--reason", required=True, help="Why; it is recorded.")
@with_session
def disable(session: Session, operator_id: str, reason: str) -> None:
    """Let somebody sign in no longer; what they did stays. JSON: as `operators add`."""
    with session.studio() as studio:
        done = studio.operators.disable(operator_id, reason)
    _answer(session, done, f"{operator_id} is disabled")


@operators.command(epilog="Example: luthier operators enable ben --operator rosa")
@click.argument("operator_id")
@with_session
def enable(session: Session, operator_id: str) -> None:
    """Let somebody who was disabled sign in again. JSON: as `operators add`."""
    with session.studio() as studio:
        done = studio.operators.enable(operator_id)
    _answer(session, done, f"{operator_id} may sign in again")


@operators.command(
    epilog="Example: luthier operators pin ben --new-pin-fd 3 --operator rosa 3<pin"
)
@click.argument("operator_id")
@click.option("--no-pin", is_flag=True, help="Take the PIN away.")
@_new_pin_fd
@with_session
def pin(session: Session, operator_id: str, **given: Any) -> None:
    """Give somebody a new PIN; another's needs a lead. JSON: as `operators add`."""
    with session.studio() as studio:
        new = None if given["no_pin"] else _new_pin(given["new_pin_fd"])
        done = studio.operators.set_pin(operator_id, new, _own_pin(session, studio, operator_id))
    _answer(session, done, f"{operator_id} has {'a new' if new else 'no'} PIN")


@operators.command(
    epilog="Example: luthier operators recover rosa --code-fd 3 --new-pin-fd 4 3<code 4<pin"
)
@click.argument("operator_id")
@click.option(
    "--code-fd",
    type=click.IntRange(min=0),
    metavar="N",
    help="Read the recovery code from this file descriptor; else it is asked for.",
)
@_new_pin_fd
@with_session
def recover(
    session: Session, operator_id: str, code_fd: int | None, new_pin_fd: int | None
) -> None:
    """Give a lead who lost the PIN a new one, and a new code. JSON: as `operators add`."""
    with session.studio() as studio:
        code = typed_pin("Recovery code", code_fd) or ""
        done = studio.operators.recover(operator_id, code, _new_pin(new_pin_fd))
    _answer(session, done, f"{operator_id} has a new PIN")


def _new_pin(descriptor: int | None) -> str:
    given = typed_pin("New PIN", descriptor)
    if given is None:
        raise InputRefused(
            "There is no terminal to ask for the new PIN: give it by --new-pin-fd N.", "pin"
        )
    return given


def _own_pin(session: Session, studio: Studio, operator_id: str) -> str | None:
    """Return the old PIN where somebody changes their own."""
    is_own = studio.operator.operator_id == operator_id and studio.operators.asks_for_pin()
    return session.pin if is_own else None


def _answer(session: Session, done: Changed, told: str) -> None:
    document = {
        **done.profile.stored(),
        "seq": done.seq,
        "recovery_code": done.recovery_code,
    }
    lines = [f"{told}, number {done.seq}"]
    if done.recovery_code is not None:
        lines.append(f"recovery code, told this once: {done.recovery_code}")
    session.answer(document, lines)


def _row(profile: OperatorProfile) -> tuple[str, ...]:
    state = "disabled" if profile.disabled else "active"
    if profile.locked_until_utc is not None:
        state = f"locked until {profile.locked_until_utc[11:19]} UTC"
    return (
        profile.operator_id,
        profile.role,
        "yes" if profile.has_pin else "no",
        state,
        (profile.last_used_utc or "-")[:19].replace("T", " "),
        shown(profile.name),
    )
