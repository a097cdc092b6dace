"""Reading and changing one field of a design or a setup by its path."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.feasibility.findings import Input
from luthier_desktop.domain.feasibility.remedies.remedy import Remedy
from luthier_desktop.domain.patterns.registry import PARAMETERS
from luthier_desktop.domain.rosette import RingParam, RosetteParamSpec
from luthier_desktop.domain.workshop import (
    Channel,
    Cut,
    Fingerboard,
    Machine,
    Setup,
    Shop,
    Tool,
    TopPlate,
)

SETUP_PREFIX = "setup."
_PART = re.compile(r"([a-z_]+)((?:\[\d+\])*)\Z")
_MODELS: dict[str, type[BaseModel]] = {
    "top": TopPlate,
    "channel": Channel,
    "fingerboard": Fingerboard,
    "tool": Tool,
    "inlay_tool": Tool,
    "machine": Machine,
    "cut": Cut,
    "inlay_cut": Cut,
    "shop": Shop,
}

_SHAPING = frozenset({
    "inner_diameter_mm", "outer_diameter_mm", "width_mm", "tile_length_mm", "count", "rows",
    "cols", "px_mm", "gap_mm", "pieces",
})  # fmt: skip
"""Fields that decide how many pieces there are, and whether the diameters are in order."""

Keys = tuple[str | int, ...]


@lru_cache(maxsize=2048)
def keys_of(path: str) -> Keys:
    """Return the members and positions that lead to a field: ``a[2].b`` is a, 2, b."""
    keys: list[str | int] = []
    for part in path.split("."):
        match = _PART.match(part)
        if match is None:
            raise InputRefused(f"'{path}' is no path of a field; write it as ring_params[0].x.")
        keys.append(match[1])
        keys += [int(position) for position in re.findall(r"\d+", match[2])]
    return tuple(keys)


def value_at(path: str, design: RosetteParamSpec, setup: Setup) -> Any:
    """Return what stands at *path*; None when nothing does."""
    value: Any = setup if path.startswith(SETUP_PREFIX) else design
    for key in keys_of(path.removeprefix(SETUP_PREFIX)):
        if value is None:
            return None
        value = value[key] if isinstance(key, int) else getattr(value, key)
    return value


def changed(
    path: str, value: Input, design: RosetteParamSpec, setup: Setup
) -> tuple[RosetteParamSpec, Setup]:
    """Return both with *value* at *path*, without validating it: for trying it out."""
    keys = keys_of(path.removeprefix(SETUP_PREFIX))
    if path.startswith(SETUP_PREFIX):
        return design, _with(setup, keys, value)
    return _with(design, keys, value), setup


def is_allowed(path: str, design: RosetteParamSpec) -> bool:
    """Say whether a changed design is a design: its rings may have become too many pieces."""
    if path.rpartition(".")[2] not in _SHAPING:
        return True
    try:
        RosetteParamSpec.read(design.plain(), "design")
    except InputRefused:
        return False
    return True


def apply(
    remedy: Remedy, design: RosetteParamSpec, setup: Setup
) -> tuple[RosetteParamSpec, Setup]:
    """Return the design and the setup with the remedy's one field changed.

    Raises:
        InputRefused: The design has no such field, or the value is not allowed there.
    """
    try:
        if value_at(remedy.path, design, setup) == remedy.after:
            return design, setup
        new_design, new_setup = changed(remedy.path, remedy.after, design, setup)
    except (AttributeError, IndexError, KeyError, TypeError):
        raise InputRefused(
            f"The design has no field '{remedy.path}' any more; judge it again.", remedy.path
        ) from None
    if remedy.path.startswith(SETUP_PREFIX):
        return design, Setup.read(new_setup.plain(), "setup")
    return RosetteParamSpec.read(new_design.plain(), "design"), setup


def _with(value: Any, keys: Keys, new: Input) -> Any:
    """Return a copy of a frozen value with *new* at the end of *keys*."""
    if not keys:
        return new
    key, rest = keys[0], keys[1:]
    if isinstance(key, int):
        return (*value[:key], _with(value[key], rest, new), *value[key + 1 :])
    member = getattr(value, key)
    if member is None and rest:
        member = _empty(value, key)
    return value.model_copy(update={key: _with(member, rest, new)})


def _empty(owner: Any, name: str) -> BaseModel:
    """Return an empty value for a member that is absent: of a ring, its family's parameters."""
    if isinstance(owner, RingParam):
        return PARAMETERS[owner.pattern_type]()
    return _MODELS[name]()
