"""An entry of the library as its pages show it, and what is changed of it but not yet saved."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from luthier_desktop.ui.library.spec import value_at

Shelf = Literal["setups", "materials", "tools", "machines"]
Values = Mapping[str, Any]
NO_VALUES: Values = MappingProxyType({})
SHIPPED = "Shipped: read-only. Duplicate it to change it."
LOCKED = "Locked: unlock it to change it."


class Entry(NamedTuple):
    """One setup or catalogue entry; *reset* is what a field of it can be set back to.

    ``plain`` holds its values as their service writes them; ``damage`` says what is wrong with
    its file.
    """

    entry_id: str
    name: str
    origin: Literal["shipped", "own"]
    locked: bool
    plain: Values
    in_use: bool = False
    reset: Values | None = None
    damage: str = ""

    @property
    def read_only(self) -> str:
        """Why it cannot be changed; "" when it can."""
        if self.damage:
            return self.damage
        if self.origin == "shipped":
            return SHIPPED
        return LOCKED if self.locked else ""


class Told(NamedTuple):
    """What stands behind a value: its source, how sure it is, and other values of it."""

    source: str = ""
    confidence: str = ""
    estimated: bool = False
    others: tuple[str, ...] = ()


def bare_at(plain: Values, path: str) -> Any:
    """Return a value without its source."""
    found = value_at(plain, path)
    return found.get("value") if isinstance(found, Mapping) else found


def told_at(plain: Values, path: str) -> Told:
    """Return what stands behind a sourced value."""
    found = value_at(plain, path)
    if not isinstance(found, Mapping):
        return Told()
    others = tuple(f"{other['value']:g} ({other['source']})" for other in found.get("others", ()))
    return Told(found["source"], found["confidence"], found.get("estimated", False), others)
