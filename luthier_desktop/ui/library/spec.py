"""What a field of the library holds, and how it is typed and written."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.lengths import MM_PER_INCH, Unit
from luthier_desktop.ui import units

Kind = Literal["length", "feed", "number", "count", "choice", "text", "area", "material", "colour"]
_FEED = {Unit.MM: ("mm/min", 1.0), Unit.INCH: ("in/min", MM_PER_INCH)}
_STORED = 6


class Option(NamedTuple):
    """One entry of a list: the value, None for nothing said, and its words."""

    value: Any
    text: str


class Spec(NamedTuple):
    """A field at *path*; a *sourced* one keeps source and confidence beside its value."""

    path: str
    name: str
    kind: Kind
    unit: str = ""
    tip: str = ""
    options: tuple[Option, ...] = ()
    sourced: bool = False

    def read(self, text: str) -> Any:
        """Read typed text; nothing takes the value away.

        Raises:
            InputRefused: The text is no such value.
        """
        text = text.strip()
        if not text:
            return None
        reader = _READERS.get(self.kind)
        return reader(self, text) if reader is not None else text

    def write(self, value: Any) -> str:
        """Write a value for its field; "" for none."""
        if value is None:
            return ""
        if self.options:
            return next((one.text for one in self.options if one.value == value), str(value))
        if self.kind == "length":
            return units.text(value)
        if self.kind == "area":
            return " x ".join(units.text(side) for side in value)
        if self.kind == "feed":
            return feed_text(value)
        if self.kind in ("number", "count"):
            return f"{units.number(value)} {self.unit}".rstrip()
        return str(value)


def feed_text(feed_mm_min: float) -> str:
    """Write a feed in mm/min or in/min, as lengths are shown."""
    unit, mm = _FEED[units.unit()]
    return f"{units.number(round(feed_mm_min / mm, 3))} {unit}"


def value_at(plain: Mapping[str, Any], path: str) -> Any:
    """Return what stands at a path such as ``tool.diameter_mm``; None where nothing does."""
    found: Any = plain
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _length(spec: Spec, text: str) -> float:
    return units.read(text, spec.name)


def _area(spec: Spec, text: str) -> list[float]:
    sides = [side for side in text.casefold().replace("\u00d7", "x").split("x") if side.strip()]
    if len(sides) != 3:
        raise InputRefused(
            f"{spec.name}: {text!r} is not three lengths; type such as 400 x 400 x 75."
        )
    return [units.read(side, spec.name) for side in sides]


def _feed(spec: Spec, text: str) -> float:
    typed = text.casefold().replace(" ", "")
    for unit, mm in _FEED.values():
        for tail in (unit, unit.replace("/min", "/m"), "ipm" if mm > 1 else "mmpm"):
            if typed.endswith(tail):
                return round(_finite(spec, typed.removesuffix(tail), text) * mm, _STORED)
    return round(_finite(spec, typed, text) * _FEED[units.unit()][1], _STORED)


def _number(spec: Spec, text: str) -> float:
    return _finite(spec, text.casefold().removesuffix(spec.unit.casefold()), text)


def _count(spec: Spec, text: str) -> float | int:
    value = _number(spec, text)
    return int(value) if value.is_integer() else value


def _finite(spec: Spec, bare: str, typed: str) -> float:
    bare = bare.strip().replace("\u202f", "").replace("\u2212", "-")
    if units.typed_decimal() == ",":
        bare = bare.replace(",", ".")
    try:
        value = float(bare.replace("_", "x"))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        unit = f" in {spec.unit}" if spec.unit else ""
        raise InputRefused(f"{spec.name}: {typed!r} is no number{unit}; type one such as 12.")
    return value


_READERS: Mapping[str, Callable[[Spec, str], Any]] = {
    "length": _length,
    "area": _area,
    "feed": _feed,
    "number": _number,
    "count": _count,
}
