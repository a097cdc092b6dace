"""The fields of a setup as they are edited: unit, allowed range, and what a typed text means."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from luthier_desktop.domain.base import shown
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.lengths import parse_length
from luthier_desktop.domain.workshop import Setup

FieldKind = Literal["number", "count", "choice", "flag", "text", "area"]
_TEXT = "text of 1 to 200 characters, no line breaks or other control characters, not blank"
_YES, _NO = ("yes", "true", "on"), ("no", "false", "off")
NOTHING = ("", "-", "none")
"""What is typed for a field that is not to be known."""


class SetupField(NamedTuple):
    """One field: its *path* such as ``tool.diameter_mm``; *low* to *high* is what is allowed."""

    path: str
    kind: FieldKind
    unit: str = ""
    low: float = 0.0
    high: float = 0.0
    choices: tuple[str, ...] = ()

    @property
    def allowed(self) -> str:
        """What is allowed, in words, such as ``from 0.1 to 80 mm``."""
        if self.kind in ("number", "count", "area"):
            whole = "a whole number " if self.kind == "count" else ""
            each = "three numbers, each " if self.kind == "area" else ""
            return f"{whole}{each}from {self.low:g} to {self.high:,g} {self.unit}".rstrip()
        if self.kind == "choice":
            return f"one of {', '.join(self.choices)}"
        return "yes or no" if self.kind == "flag" else _TEXT


def _number(path: str, unit: str, low: float, high: float) -> SetupField:
    return SetupField(path, "number", unit, low, high)


def _choice(path: str, *choices: str) -> SetupField:
    return SetupField(path, "choice", choices=choices)


def _tool(part: str) -> tuple[SetupField, ...]:
    return (
        SetupField(f"{part}.tool_id", "text"),
        SetupField(f"{part}.name", "text"),
        _number(f"{part}.diameter_mm", "mm", 0.1, 80),
        SetupField(f"{part}.flutes", "count", "", 1, 12),
        _number(f"{part}.flute_length_mm", "mm", 0.1, 100),
        _number(f"{part}.stickout_mm", "mm", 0.5, 150),
        _number(f"{part}.shank_diameter_mm", "mm", 0.5, 25.4),
        _choice(f"{part}.material", "carbide", "hss"),
        _choice(f"{part}.geometry", "downcut", "upcut", "straight"),
        _number(f"{part}.runout_mm", "mm", 0, 0.5),
        _number(f"{part}.max_rpm", "rpm", 100, 200_000),
        SetupField(f"{part}.center_cutting", "flag"),
    )


def _cut(part: str) -> tuple[SetupField, ...]:
    return (
        _number(f"{part}.spindle_rpm", "rpm", 100, 200_000),
        _number(f"{part}.feed_mm_min", "mm/min", 1, 100_000),
        _number(f"{part}.plunge_mm_min", "mm/min", 1, 100_000),
        _number(f"{part}.stepdown_mm", "mm", 0.01, 50),
        _number(f"{part}.stepover_ratio", "", 0.05, 1),
        _choice(f"{part}.entry", "ramp", "plunge"),
        _number(f"{part}.ramp_deg", "degrees", 0.1, 89),
    )


_FIELDS = (
    SetupField("name", "text"),
    SetupField("top.material_id", "text"),
    _number("top.thickness_mm", "mm", 0.5, 50),
    _number("top.face_removal_mm", "mm", 0, 10),
    _number("top.back_removal_mm", "mm", 0, 20),
    SetupField("top.backed", "flag"),
    _number("top.rosette_limit_diameter_mm", "mm", 20, 2000),
    _number("channel.depth_mm", "mm", 0.05, 50),
    _choice("channel.layout", "single", "per_ring"),
    _choice("channel.glue", "hide", "pva", "ca", "epoxy"),
    _number("channel.clearance_mm", "mm", -10, 10),
    _number("fingerboard.width_mm", "mm", 10, 500),
    _number("fingerboard.end_distance_mm", "mm", 0, 1000),
    *_tool("tool"),
    *_tool("inlay_tool"),
    SetupField("machine.machine_id", "text"),
    SetupField("machine.name", "text"),
    _choice("machine.kind", "cnc", "hand_router", "hand"),
    _number("machine.max_feed_mm_min", "mm/min", 10, 100_000),
    _number("machine.accel_mm_s2", "mm/s2", 1, 100_000),
    _number("machine.junction_deviation_mm", "mm", 0, 1),
    _number("machine.min_rpm", "rpm", 100, 200_000),
    _number("machine.max_rpm", "rpm", 100, 200_000),
    _number("machine.spindle_w", "W", 5, 50_000),
    SetupField("machine.work_area_mm", "area", "mm", 5, 10_000),
    _number("machine.backlash_mm", "mm", 0, 2),
    *_cut("cut"),
    *_cut("inlay_cut"),
    SetupField("shop.extraction", "flag"),
    SetupField("shop.respirator", "flag"),
)
SETUP_FIELDS: Mapping[str, SetupField] = MappingProxyType({field.path: field for field in _FIELDS})
"""Every field that can be edited, by its path, in the order in which it is shown."""

PARTS = tuple(dict.fromkeys(path.split(".")[0] for path in SETUP_FIELDS if "." in path))
"""The parts of a setup: ``top``, ``channel``, ``fingerboard``, ``tool`` and so on."""


def setup_field(path: str) -> SetupField:
    """Return the field with this path.

    Raises:
        InputRefused: There is none.
    """
    field = SETUP_FIELDS.get(path)
    if field is None:
        raise InputRefused(
            f"A setup has no field {shown(path)}; such as tool.diameter_mm or cut.spindle_rpm.",
            path,
        )
    return field


def value_at(setup: Setup, path: str) -> Any:
    """Return what a setup says of one field; None when it says nothing."""
    return _value_at(setup.plain(), path)


def typed_value(path: str, text: str) -> Any:
    """Return what *text* means for a field; None for nothing. Lengths may be in inches.

    Raises:
        InputRefused: There is no such field, or it means nothing there; names what is allowed.
    """
    field, text = setup_field(path), text.strip()
    if text.casefold() in NOTHING:
        return None
    if field.kind == "flag":
        if text.casefold() not in (*_YES, *_NO):
            raise _refused(field, text)
        return text.casefold() in _YES
    if field.kind == "area":
        return [_typed_number(field, part) for part in text.casefold().split("x")]
    if field.kind == "count":
        return _count(field, text)
    return _typed_number(field, text) if field.kind == "number" else text


def changed(setup: Setup, values: Mapping[str, Any], what: str) -> Setup:
    """Return the setup with some fields set anew; None takes what a field says away.

    A whole part, such as ``tool``, may be given as its members. The name cannot be taken away.

    Raises:
        InputRefused: There is no such field, or a value is not allowed; nothing is changed.
    """
    plain = setup.plain()
    for path, value in values.items():
        if path in PARTS:
            members = value or {}
            if not isinstance(members, Mapping):
                raise InputRefused(f"{what}: {path} must be an object with named members.", path)
            plain[path] = {
                name: _checked(f"{path}.{name}", member) for name, member in members.items()
            }
        elif path == "name" and value is None:
            raise _refused(setup_field(path), "")
        else:
            _put(plain, path, _checked(path, value))
    plain = {name: member for name, member in plain.items() if member != {}}
    return stands_together(Setup.read(plain, what), what)


def stands_together(setup: Setup, what: str) -> Setup:
    """Return *setup* when its fields do not contradict each other.

    Raises:
        InputRefused: The machine turns slower than its slowest speed.
    """
    machine = setup.machine
    low = None if machine is None else machine.min_rpm
    high = None if machine is None else machine.max_rpm
    if low is not None and high is not None and low > high:
        raise InputRefused(
            f"{what}: machine.min_rpm must be at most machine.max_rpm ({high:g} rpm), "
            f"but is {low:g}.",
            "machine.min_rpm",
        )
    return setup


def in_range(setup: Setup, what: str) -> Setup:
    """Return *setup* when every field is allowed, as for one that comes from outside.

    Raises:
        InputRefused: One is not; the sentence names it and the allowed range.
    """
    plain = setup.plain()
    for path in SETUP_FIELDS:
        try:
            _checked(path, _value_at(plain, path))
        except InputRefused as error:
            raise InputRefused(f"{what}: {error.sentence}", path) from None
    return stands_together(setup, what)


def _value_at(plain: Any, path: str) -> Any:
    for name in path.split("."):
        plain = plain.get(name) if isinstance(plain, dict) else None
    return plain


def _put(plain: dict[str, Any], path: str, value: Any) -> None:
    part, _, name = path.rpartition(".")
    holder = plain.setdefault(part, {}) if part else plain
    if value is None:
        holder.pop(name, None)
    else:
        holder[name] = value


def _checked(path: str, value: Any) -> Any:
    """Return *value* when the field allows it."""
    field = setup_field(path)
    if value is not None and not _is_allowed(field, value):
        raise _refused(field, value)
    return value


def _is_allowed(field: SetupField, value: Any) -> bool:
    if field.kind == "flag":
        return isinstance(value, bool)
    if field.kind == "choice":
        return value in field.choices
    if field.kind == "text":
        return isinstance(value, str) and len(value) <= 200 and _can_be_read(value)
    if field.kind == "area":
        three = isinstance(value, list | tuple) and len(value) == 3
        return three and all(_in_range(field, one) for one in value)
    whole = field.kind != "count" or (_in_range(field, value) and float(value).is_integer())
    return whole and _in_range(field, value)


def _can_be_read(text: str) -> bool:
    is_blank = not text.strip()
    return not is_blank and all(unicodedata.category(one) != "Cc" for one in text)


def _in_range(field: SetupField, value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and field.low <= value <= field.high


def _typed_number(field: SetupField, text: str) -> float:
    if field.unit == "mm":
        return parse_length(text, field.path)
    try:
        return float(text.replace("_", "x"))
    except ValueError:
        raise _refused(field, text) from None


def _count(field: SetupField, text: str) -> int:
    if not text.isdecimal() or len(text) > 4:
        raise _refused(field, text)
    return int(text)


def _refused(field: SetupField, value: Any) -> InputRefused:
    return InputRefused(
        f"{field.path} must be {field.allowed}, but is {shown(value)}.", field.path
    )
