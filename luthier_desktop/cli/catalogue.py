"""``luthier catalogue materials | tools | machines``, and what changes own entries."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from luthier_desktop.cli.catalogue_changes import COMMANDS
from luthier_desktop.cli.session import Session, remark, table, with_session
from luthier_desktop.domain.display import shown

if TYPE_CHECKING:
    from luthier_desktop.services.catalogue import Shelf

_LEGEND = "~ an estimate; + other sources say otherwise: --json names each value's source"
_MATERIAL = ("density_kg_m3", "moe_gpa", "mor_mpa", "janka_n", "shrink_radial_percent")
_TOOL = ("diameter_mm", "flutes", "flute_length_mm", "stickout_mm", "shank_diameter_mm",
         "runout_mm", "max_rpm")
_MACHINE = ("max_feed_mm_min", "accel_mm_s2", "min_rpm", "max_rpm", "spindle_w", "backlash_mm")
_OWN = click.option("--own", is_flag=True, help="Only your own entries.")


@click.group()
def catalogue() -> None:
    """Look up materials, bits and machines, each value with its source.

    Your own entries stand beside those that ship; add, edit, duplicate and import make them. You
    may put files there by hand as well: one each, named {id}.json, in
    workshop/catalogue/materials, tools or machines of the data directory. It holds the members
    of one entry as --json shows them (without "origin", "locked", "tool", "machine"), and
    "schema": luthier.material/1, luthier.tool/1 or luthier.machine/1. A file that cannot be used
    is named on stderr and among the "problems" of --json, and the exit code is 1.
    """


@catalogue.command(epilog="Example: luthier catalogue materials --json")
@_OWN
@with_session
def materials(session: Session, own: bool) -> int:
    """List woods and inlay materials.

    JSON: {"items": [{material_id, name, kind, density_kg_m3 {value, source, confidence,
    estimated, others}, ..., origin "shipped"|"own"}], "folder", "problems"}.
    """
    with session.studio() as studio:
        studio.catalogue.look()
        shelf = _chosen(studio.catalogue.materials, own)
    return _answer(session, shelf, ("kind",), _MATERIAL)


@catalogue.command(epilog="Example: luthier catalogue tools")
@_OWN
@with_session
def tools(session: Session, own: bool) -> int:
    """List bits.

    JSON: {"items": [{tool_id, name, shape, diameter_mm {value, source, confidence, ...}, ...,
    tool (the member of a setup; null for ball and v bits), origin}], "folder", "problems"}.
    """
    with session.studio() as studio:
        studio.catalogue.look()
        shelf = _chosen(studio.catalogue.tools, own)
    return _answer(session, shelf, ("shape", "geometry"), _TOOL, lambda bit: ("tool", bit.tool()))


@catalogue.command(epilog="Example: luthier catalogue machines")
@_OWN
@with_session
def machines(session: Session, own: bool) -> int:
    """List machines, a router on a jig, and hands.

    JSON: {"items": [{machine_id, name, kind, max_feed_mm_min {value, source, confidence, ...},
    ..., machine (the member of a setup), origin}], "folder", "problems"}.
    """
    with session.studio() as studio:
        studio.catalogue.look()
        shelf = _chosen(studio.catalogue.machines, own)
    return _answer(
        session, shelf, ("kind",), _MACHINE, lambda found: ("machine", found.machine())
    )


for _command in COMMANDS:
    catalogue.add_command(_command)


def _chosen(shelf: Shelf[Any], own: bool) -> Shelf[Any]:
    if not own:
        return shelf
    return shelf._replace(entries=tuple(one for one in shelf.entries if one.origin == "own"))


def _answer(
    session: Session,
    shelf: Shelf[Any],
    words: tuple[str, ...],
    numbers: tuple[str, ...],
    as_setup: Callable[[Any], tuple[str, Any]] | None = None,
) -> int:
    items = shelf.plain()
    if as_setup is not None:
        for item, listed in zip(items, shelf.entries, strict=True):
            name, member = as_setup(listed.entry)
            item[name] = None if member is None else member.plain()
    for problem in shelf.problems:
        remark(problem)
    heads = (shelf.kind.word, *words, *numbers, "origin", "name")
    rows = [
        (
            item[shelf.kind.id_member],
            *(item.get(word, "-") for word in words),
            *(_figure(item.get(number)) for number in numbers),
            item["origin"],
            shown(item["name"]),
        )
        for item in items
    ]
    document = {
        "items": items, "folder": str(shelf.folder), "problems": list(shelf.problems),
    }
    session.answer(document, [*table(heads, rows), _LEGEND])
    return 1 if shelf.problems else 0


def _figure(found: dict[str, Any] | None) -> str:
    """Write a value with its marks."""
    if found is None:
        return "-"
    estimated, others = "~" * found["estimated"], "+" * bool(found["others"])
    return f"{estimated}{found['value']:.10g}{others}"
