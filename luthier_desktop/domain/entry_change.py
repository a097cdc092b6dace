"""Changing one entry of the catalogue: each value keeps where it is from, and what it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luthier_desktop.domain.base import Value, shown
from luthier_desktop.domain.entries import EntryKind
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.lengths import parse_length
from luthier_desktop.domain.materials import Property

MOST_OTHERS = 12
"""So many other values of a property are kept, the newest."""


def changed_entry(
    kind: EntryKind[Any], entry: Value, values: Mapping[str, Any], source: str, what: str
) -> Value:
    """Return *entry* with some members set anew; None takes one away.

    A bare number for a property is from *source*; the value of before is kept beside it with its
    own source. ``density_kg_m3.source`` and the like name a part of a property.

    Raises:
        InputRefused: There is no such member, or a value is not allowed; names what is.
    """
    plain = entry.plain()
    for path, value in values.items():
        name, _, part = path.partition(".")
        if name not in kind.model.model_fields or name == kind.id_member:
            raise InputRefused(f"{what}: {shown(path)} is no member that can be changed.", path)
        known = getattr(entry, name)
        if part:
            plain[name] = _with_part(plain.get(name), path, part, value, what)
        elif _is_number(value) and is_property(kind, name):
            plain[name] = _measured(known, float(value), source)
        else:
            plain[name] = value
    found: Value = kind.model.read(
        {name: value for name, value in plain.items() if value is not None}, what
    )
    return found


def typed_members(kind: EntryKind[Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """Return what typed texts mean for the members of an entry; None for nothing.

    Raises:
        InputRefused: There is no such member, or the text is no number where one must be.
    """
    return {path: _typed(kind, path, text.strip()) for path, text in texts.items()}


def new_members(
    kind: EntryKind[Any],
    entry_id: str,
    name: str,
    values: Mapping[str, Any],
    source: str | None,
) -> dict[str, Any]:
    """Return the members of a new entry; a bare number is from *source*."""
    plain: dict[str, Any] = {kind.id_member: entry_id, "name": name}
    for path, value in values.items():
        is_bare = _is_number(value) and path in kind.model.model_fields
        measured = is_bare and is_property(kind, path)
        plain[path] = _measured(None, value, source or "measured") if measured else value
    return {path: value for path, value in plain.items() if value is not None}


def _typed(kind: EntryKind[Any], path: str, text: str) -> Any:
    name, _, part = path.partition(".")
    if name not in kind.model.model_fields:
        raise InputRefused(f"A {kind.word} has no member {shown(path)}.", path)
    if text.casefold() in ("", "-", "none"):
        return None
    if is_property(kind, name) and part in ("", "value"):
        return _typed_number(path, name, text)
    flags = {"yes": True, "true": True, "no": False, "false": False}
    is_flag = "bool" in repr(kind.model.model_fields[name].annotation) or part == "estimated"
    return flags.get(text.casefold(), text) if is_flag else text


def _typed_number(path: str, name: str, text: str) -> float:
    if name.endswith("_mm"):
        return parse_length(text, path)
    try:
        return float(text.replace("_", "x"))
    except ValueError:
        raise InputRefused(f"{path} must be a number, but is {shown(text)}.", path) from None


def is_property(kind: EntryKind[Any], name: str) -> bool:
    """Tell whether a member of this kind of entry is a value with a source."""
    return "Property" in repr(kind.model.model_fields[name].annotation)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _with_part(known: Any, path: str, part: str, value: Any, what: str) -> dict[str, Any]:
    if not isinstance(known, dict):
        raise InputRefused(f"{what}: {shown(path)} is not known yet; set the value first.", path)
    return {name: one for name, one in {**known, part: value}.items() if one is not None}


def _measured(known: Property | None, value: float, source: str) -> dict[str, Any]:
    """Return the property with a new value, and those of before among the others."""
    if known is not None and known.value == value:
        return known.plain()
    others = []
    if known is not None:
        others = [{"value": known.value, "source": known.source}]
        others += [one.plain() for one in known.others if one.value != value]
    found: dict[str, Any] = {"value": value, "source": source, "confidence": "M"}
    return {**found, "others": others[:MOST_OTHERS]}
