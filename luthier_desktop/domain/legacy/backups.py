"""A backup of settings that the web ToolBox wrote: what it holds, and what it lacks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.legacy.found import Found, Place, members_of, quoted

_MOST_NAMES = 40
_KNOWN = ("posts", "machines")


def read_backup(plain: Mapping[str, Any], place: Place) -> Found:
    """Say what a backup holds and lacks, and what is wrong in it."""
    found = Found("backup", place.stem, mode="cam")
    _read_time(found, plain.get("timestamp"))
    settings = plain.get("settings")
    if not isinstance(settings, dict):
        found.fault("settings are missing: this backup holds nothing.")
        settings = {}
    holds: list[str] = []
    lacks = ["setups, materials and woods: this kind of backup never had them"]
    for name, held in settings.items():
        if isinstance(held, dict) and "error" in held:
            found.fault(
                f"settings.{shown(name)} holds the error {quoted(held['error'])} in place of "
                "the settings."
            )
    _read_posts(found, settings.get("posts"), holds, lacks)
    _read_machines(found, settings.get("machines"), holds, lacks)
    holds += [
        f"'{shown(name)}', which is not known here" for name in settings if name not in _KNOWN
    ]
    found.holds, found.lacks = tuple(holds[:_MOST_NAMES]), tuple(lacks[:_MOST_NAMES])
    return found


def _read_time(found: Found, given: Any) -> None:
    if isinstance(given, str) and given:
        found.created_at_utc = shown(given, 100)
    else:
        found.fault("timestamp is missing.")


def _read_posts(found: Found, posts: Any, holds: list[str], lacks: list[str]) -> None:
    if not isinstance(posts, list):
        lacks.append("post-processors")
        return
    names = [shown(one) for one in posts if isinstance(one, str)][:_MOST_NAMES]
    holds.append(f"the names of {len(posts)} post-processors: {', '.join(names)}")
    if any(isinstance(one, str) for one in posts):
        lacks.append("the text of its post-processors: only their names were written")


def _read_machines(found: Found, given: Any, holds: list[str], lacks: list[str]) -> None:
    machines = given.get("machines") if isinstance(given, dict) else None
    if not isinstance(machines, list):
        lacks.append("machines and their tools")
        return
    for machine in machines[:_MOST_NAMES]:
        if isinstance(machine, dict):
            _read_machine(found, machine, holds, lacks)
        else:
            found.fault(f"settings.machines holds {quoted(machine)}, which is no machine.")


def _read_machine(
    found: Found, machine: Mapping[str, Any], holds: list[str], lacks: list[str]
) -> None:
    name = shown(str(machine.get("name") or machine.get("id") or "without a name"))
    given = machine.get("tools")
    tools = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    holds.append(f"the machine '{name}' with {len(tools)} tools")
    if not members_of(machine, "work_area_mm") and "spindle_w" not in machine:
        lacks.append(f"the spindle and the work area of '{name}'")
    numbers = [one.get("t") for one in tools]
    if len({str(number) for number in numbers}) != len(numbers):
        found.fault(f"The machine '{name}' has tools that share a number.")
    lengths = {str(one.get("len_mm")) for one in tools}
    if len(tools) > 1 and len(lengths) == 1:
        lacks.append(f"true tool lengths of '{name}': every tool has {lengths.pop()} mm")
    if tools and not any("flutes" in one for one in tools):
        lacks.append(f"the number of flutes of the tools of '{name}'")
    unfilled = sum("{" in str(one.get("name")) for one in tools)
    if unfilled:
        lacks.append(f"the names of {unfilled} tools of '{name}': they hold unfilled {{fields}}")
