"""What changes setups: ``luthier setups create | edit | duplicate | remove | advice`` and more."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from luthier_desktop.cli.session import Session, members, with_session
from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import InputRefused

if TYPE_CHECKING:
    from luthier_desktop.domain.feed_advice import Window
    from luthier_desktop.services.feeds import Advised
    from luthier_desktop.services.setup_edits import SetupChanged

_SET = click.option(
    "--set",
    "assignments",
    multiple=True,
    metavar="FIELD=VALUE",
    help='Such as tool.diameter_mm="1/16 in" or shop.respirator=yes; "none" empties a field.',
)
_REASON = click.option("--reason", required=True, help="Why; it is recorded.")


@click.command(name="export", epilog="Example: luthier setups export ID --out shop.json")
@click.argument("setup_id")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The new file.")
@with_session
def export_setup(session: Session, setup_id: str, out: Path) -> None:
    """Write a setup into a new file, as import reads it.

    JSON: {"setup_id", "path", "bytes"}.
    """
    with session.studio() as studio:
        data = studio.setups.export(setup_id, out)
    document = {"setup_id": setup_id, "path": str(out), "bytes": len(data)}
    session.answer(document, [f"{setup_id} written to {out}"])


@click.command(epilog='Example: luthier setups create --name "Second bench" --set cut.entry=ramp')
@click.option("--name", required=True, help="Its name.")
@_SET
@with_session
def create(session: Session, name: str, assignments: tuple[str, ...]) -> None:
    """Keep a blank setup with some fields set; to begin with another, duplicate that.

    JSON: as edit.
    """
    with session.studio() as studio:
        done = studio.setup_edits.create(name, _values(assignments))
    _tell(session, done, "made")


@click.command(epilog='Example: luthier setups edit ID --set tool.diameter_mm="1/16 in"')
@click.argument("setup_id")
@_SET
@click.option("--reset", multiple=True, metavar="FIELD", help="Set as in the starter setup.")
@click.option("--name", help="Its new name.")
@with_session
def edit(
    session: Session,
    setup_id: str,
    assignments: tuple[str, ...],
    reset: tuple[str, ...],
    name: str | None,
) -> None:
    """Change fields of a setup, all in one step; it has a new id then, and stays in use.

    JSON: {"setup_id", "name", "before_id"|null, "changed", "run_id"|null, "seq"|null, "setup"}.
    """
    values = _values(assignments)
    if name is not None:
        values["name"] = name
    with session.studio() as studio:
        values |= studio.setup_edits.starter_values(reset)
        done = studio.setup_edits.edit(setup_id, values)
    _tell(session, done, "changed")


@click.command(epilog='Example: luthier setups duplicate setup_workshop --name "My shop"')
@click.argument("setup_id")
@click.option("--name", help="The name of the copy.")
@with_session
def duplicate(session: Session, setup_id: str, name: str | None) -> None:
    """Keep a copy of a setup, to be changed.

    JSON: as edit.
    """
    with session.studio() as studio:
        done = studio.setup_edits.duplicate(setup_id, name)
    _tell(session, done, "made")


@click.command(epilog="Example: luthier setups remove ID --reason sold")
@click.argument("setup_id")
@_REASON
@with_session
def remove(session: Session, setup_id: str, reason: str) -> None:
    """Take a setup out of the list; restore brings it back.

    JSON: as edit.
    """
    with session.studio() as studio:
        done = studio.setup_edits.remove(setup_id, reason)
    _tell(session, done, "removed")


@click.command(epilog="Example: luthier setups restore ID")
@click.argument("setup_id")
@with_session
def restore(session: Session, setup_id: str) -> None:
    """Bring a removed setup back; list --removed names them.

    JSON: as edit.
    """
    with session.studio() as studio:
        done = studio.setup_edits.restore(setup_id)
    _tell(session, done, "brought back")


@click.command(epilog="Example: luthier setups lock ID")
@click.argument("setup_id")
@with_session
def lock(session: Session, setup_id: str) -> None:
    """Keep a setup from being changed or removed.

    JSON: as edit.
    """
    with session.studio() as studio:
        done = studio.setup_edits.lock(setup_id)
    _tell(session, done, "locked")


@click.command(epilog="Example: luthier setups unlock ID")
@click.argument("setup_id")
@with_session
def unlock(session: Session, setup_id: str) -> None:
    """Let a setup be changed again.

    JSON: as edit.
    """
    with session.studio() as studio:
        done = studio.setup_edits.unlock(setup_id)
    _tell(session, done, "unlocked")


@click.command(epilog="Example: luthier setups advice --tool downcut_1_16 --use")
@click.argument("setup_id", required=False)
@click.option("--tool", metavar="ID", help="A bit of the catalogue, in place of the setup's.")
@click.option("--machine", metavar="ID", help="A machine of the catalogue.")
@click.option("--material", metavar="ID", help="What is cut, in place of the setup's top.")
@click.option("--inlay", is_flag=True, help="For the cut of inlay parts.")
@click.option("--use", "use_it", is_flag=True, help="Set what is advised in the setup.")
@with_session
def advice(session: Session, setup_id: str | None, use_it: bool, **given: Any) -> int:
    """Advise speed, feed, plunge and stepdown: where the checks of machining are green.

    Forces are known to +-50 %: the advised stepdown holds also when they are greater. JSON:
    {"setup_id", "tool", "machine", "material_id", "part", "advice" {spindle_rpm {low, best, high},
    chip_mm, feed_mm_min, plunge_mm_min, stepdown_mm, power_w, entry, ramp_deg}|null, "check_id"
    that leaves no window|null, "reason"|null, "used" (as edit)|null}. Exit 1 without a window.
    """
    from luthier_desktop.domain.feed_advice import NoAdvice
    from luthier_desktop.services.feeds import Work

    work = Work(setup_id, given["tool"], given["machine"], given["material"], given["inlay"])
    with session.studio() as studio:
        advised = studio.feeds.advise(work)
        none = isinstance(advised.advice, NoAdvice)
        used = studio.feeds.use(work) if use_it and not none else None
    document = _advice(advised) | {"used": None if used is None else _document(used)}
    lines = _advice_lines(advised)
    if used is not None:
        lines.append(f"{used.setup_id} says so now")
    session.answer(document, lines)
    return int(none)


COMMANDS = (
    export_setup,
    create,
    edit,
    duplicate,
    remove,
    restore,
    lock,
    unlock,
    advice,
)


def _values(assignments: tuple[str, ...]) -> dict[str, Any]:
    """Read what ``--set`` says."""
    from luthier_desktop.domain.setup_fields import typed_value

    return {path: typed_value(path, text) for path, text in assigned(assignments).items()}


def assigned(assignments: tuple[str, ...]) -> dict[str, str]:
    """Take FIELD=VALUE apart.

    Raises:
        InputRefused: It has no = or a field stands twice.
    """
    found: dict[str, str] = {}
    for assignment in assignments:
        path, equals, text = assignment.partition("=")
        if not equals or path in found:
            fault = "stands twice" if equals else "has no ="
            raise InputRefused(f"--set {shown(assignment)}: this {fault}; give FIELD=VALUE once.")
        found[path.strip()] = text
    return found


def _tell(session: Session, done: SetupChanged, deed: str) -> None:
    told = "says this already" if done.run_id is None else f"{deed}, recorded as {done.run_id}"
    session.answer(_document(done), [f"{done.setup_id} {told}"])


def _document(done: SetupChanged) -> dict[str, Any]:
    return {
        "setup_id": done.setup_id,
        "name": done.setup.name,
        "before_id": done.before_id,
        "changed": done.run_id is not None,
        "run_id": done.run_id,
        "seq": done.seq,
        "setup": done.setup.plain(),
    }


def _advice(advised: Advised) -> dict[str, Any]:
    from luthier_desktop.domain.feed_advice import NoAdvice

    found = advised.advice
    none = found if isinstance(found, NoAdvice) else None
    windows = {} if isinstance(found, NoAdvice) else found._asdict()
    plain = {
        name: value._asdict() if hasattr(value, "_asdict") else value
        for name, value in windows.items()
    }
    return {
        "setup_id": advised.setup_id,
        "tool": advised.tool.plain(),
        "machine": advised.machine.plain(),
        "material_id": advised.material.material_id,
        "part": advised.part,
        "advice": plain or None,
        "check_id": none.check_id if none else None,
        "reason": none.sentence if none else None,
    }


def _advice_lines(advised: Advised) -> list[str]:
    from luthier_desktop.domain.feed_advice import NoAdvice

    found = advised.advice
    tool, machine = advised.tool.name or "the bit", advised.machine.name or "the machine"
    head = f"{shown(tool)} in {advised.material.material_id} on {shown(machine)}:"
    if isinstance(found, NoAdvice):
        return [head, found.sentence]
    ramp = "" if found.ramp_deg is None else f", {found.ramp_deg:g} degrees"
    rows = {
        "speed": _row(found.spindle_rpm, "rpm", 0),
        "chip": _row(found.chip_mm, "mm a tooth", 4),
        "feed": _row(found.feed_mm_min, "mm/min", 0),
        "plunge": f"{found.plunge_mm_min.best:,.0f} mm/min "
        f"(up to {found.plunge_mm_min.high:,.0f})",
        "stepdown": _row(found.stepdown_mm, "mm", 2) + " as forces are +-50 %",
        "power": _row(found.power_w, "W", 1),
        "entry": found.entry + ramp,
    }
    return [head, *members(rows)]


def _row(window: Window, unit: str, decimals: int) -> str:
    low, best, high = (f"{value:,.{decimals}f}" for value in window)
    return f"{best} {unit} ({low} to {high})"
