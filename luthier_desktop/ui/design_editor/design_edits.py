"""Edits of the design's own fields: diameters, soundhole, top, channel, fingerboard, name."""

from __future__ import annotations

from typing import Any

from luthier_desktop.domain.lengths import change_text
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Channel, Fingerboard, TopPlate
from luthier_desktop.ui import units
from luthier_desktop.ui.design_editor.edits import Edit, revised
from luthier_desktop.ui.design_editor.field_table import FieldSpec

LENGTHS = {
    "outer_diameter_mm": "Outer diameter",
    "inner_diameter_mm": "Inner diameter",
    "soundhole_diameter_mm": "Soundhole diameter",
    "top.thickness_mm": "Top thickness when routed",
    "channel.depth_mm": "Channel depth",
    "fingerboard.width_mm": "Fingerboard width",
    "fingerboard.end_distance_mm": "Fingerboard end",
}
REQUIRED = ("outer_diameter_mm", "inner_diameter_mm")
_PARTS: dict[str, type[TopPlate | Channel | Fingerboard]] = {
    "top": TopPlate, "channel": Channel, "fingerboard": Fingerboard
}


def value_at(design: RosetteParamSpec, path: str) -> Any:
    """Return the value at a path such as ``top.thickness_mm``; None where it is absent."""
    value: Any = design
    for name in path.split("."):
        value = None if value is None else getattr(value, name)
    return value


def set_value(design: RosetteParamSpec, path: str, value: Any) -> RosetteParamSpec:
    """Return the design with the value at *path* replaced; None takes it away.

    Raises:
        InputRefused: The value is out of its range; the sentence names the field.
    """
    part, _, member = path.rpartition(".")
    if not part:
        return revised(design, {path: value})
    present = getattr(design, part)
    plain = {} if present is None else present.plain()
    plain[member] = value
    plain = {key: kept for key, kept in plain.items() if kept is not None}
    changed = _PARTS[part].read(plain, part.capitalize()) if plain else None
    return revised(design, {part: changed})


def set_length(design: RosetteParamSpec, path: str, value_mm: float | None) -> Edit | None:
    """Set a length of the design; None where nothing changes.

    Raises:
        InputRefused: The length is out of its range, or inner meets outer.
    """
    before = value_at(design, path)
    if units.is_same(before, value_mm):
        return None
    after = set_value(design, path, value_mm)
    return Edit(f"{LENGTHS[path]}: {change_text(before, value_mm)}", after)


def set_choice(design: RosetteParamSpec, path: str, value: str | None, what: str) -> Edit | None:
    """Set a word of the design, such as its name or the top's wood."""
    if value_at(design, path) == value:
        return None
    shown = "taken away" if value is None else value.replace("_", " ")
    return Edit(f"{what}: {shown}", set_value(design, path, value))


def set_field(design: RosetteParamSpec, spec: FieldSpec, value: Any) -> Edit | None:
    """Set the value of a field of the table; None takes it away.

    Raises:
        InputRefused: The value is out of its range; the sentence names the field.
    """
    before = value_at(design, spec.path)
    if before == value:
        return None
    return Edit(f"{spec.name}: {spec.step(before, value)}", set_value(design, spec.path, value))
