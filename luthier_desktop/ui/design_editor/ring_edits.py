"""Edits of one ring's own fields, each validated by the domain and named for the history."""

from __future__ import annotations

from typing import Any

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.lengths import change_text
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.grids import PAINTED
from luthier_desktop.domain.patterns.registry import PARAMETERS
from luthier_desktop.domain.rosette import RingParam, RosetteParamSpec
from luthier_desktop.ui import units
from luthier_desktop.ui.design_editor.edits import Edit, with_ring
from luthier_desktop.ui.design_editor.field_table import PATTERN, FieldSpec

FIELD_NAMES = {
    "width_mm": "Width",
    "measured_width_mm": "Measured width",
    "gap_before_mm": "Gap before",
    "tile_length_mm": "Tile length",
    "inlay_thickness_mm": "Inlay thickness",
    "materials": "Materials",
    "pattern_type": "Pattern",
}
TWO_TONED = (
    PatternFamily.LADDER,
    PatternFamily.CHECKER,
    PatternFamily.BARBER_POLE,
    PatternFamily.ROPE,
    PatternFamily.HERRINGBONE,
    PatternFamily.WHEAT_EAR,
    PatternFamily.MOSAIC,
    PatternFamily.DOTS,
    PatternFamily.WAVE,
    PatternFamily.PLAIT,
    PatternFamily.MEANDER,
    PatternFamily.CUSTOM,
    PatternFamily.INLAY,
)
SECOND_TONES = ("holly", "gaboon_ebony")
WIDTHS = ("width_mm", "measured_width_mm")
LEAST_WIDTH_MM = 0.1
"""The narrowest ring that the editor makes by itself; what is typed may be narrower."""
OPTIONAL_LENGTHS = (
    "measured_width_mm",
    "tile_length_mm",
    "inlay_thickness_mm",
)


def family_text(family: PatternFamily) -> str:
    """Write a family's name for people: ``Barber pole``."""
    return family.replace("_", " ").capitalize()


def revised_ring(ring: RingParam, changes: dict[str, Any]) -> RingParam:
    """Return the ring with some members replaced; None takes a member away.

    Raises:
        InputRefused: The result breaks a rule; the sentence names ring and field.
    """
    plain = ring.plain()
    plain.update(changes)
    return RingParam.read(
        {key: value for key, value in plain.items() if value is not None},
        f"Ring {ring.ring_index}",
    )


def width_field(ring: RingParam) -> str:
    """Return the field of the width that counts: the measured one where there is one."""
    return "width_mm" if ring.measured_width_mm is None else "measured_width_mm"


def refuse_locked(ring: RingParam) -> None:
    """Refuse to change the width of a ring that is locked.

    Raises:
        InputRefused: It is; the sentence says what to do.
    """
    if ring.locked:
        raise InputRefused(
            f"The width of ring {ring.ring_index} is locked; unlock it to change it (Ctrl+L)."
        )


def set_length(
    design: RosetteParamSpec, position: int, field: str, value_mm: float | None
) -> Edit | None:
    """Set a length of the ring; None where nothing changes.

    Raises:
        InputRefused: The length is out of its range, or the width is locked.
    """
    ring = design.ring_params[position]
    before = getattr(ring, field)
    if units.is_same(before, value_mm):
        return None
    if field in WIDTHS:
        refuse_locked(ring)
    changed = revised_ring(ring, {field: value_mm})
    name = f"{FIELD_NAMES[field]} of ring {ring.ring_index}: {change_text(before, value_mm)}"
    return Edit(name, with_ring(design, position, changed), ring.identity)


def field_value(ring: RingParam, path: str) -> Any:
    """Return the value at a path such as ``pattern.count``; None where it is absent."""
    if not path.startswith(PATTERN):
        return getattr(ring, path)
    return getattr(ring.pattern, path.removeprefix(PATTERN), None)


def set_field(
    design: RosetteParamSpec, position: int, spec: FieldSpec, value: Any
) -> Edit | None:
    """Set the value of a field of the table; None takes it away.

    Raises:
        InputRefused: The value is out of its range; the sentence names ring and field.
    """
    ring = design.ring_params[position]
    before = field_value(ring, spec.path)
    if before == value:
        return None
    changes: dict[str, Any] = {spec.path: value}
    if spec.path.startswith(PATTERN):
        own = {} if ring.pattern is None else ring.pattern.plain()
        own[spec.path.removeprefix(PATTERN)] = value
        changes = {"pattern": {key: one for key, one in own.items() if one is not None} or None}
    after = with_ring(design, position, revised_ring(ring, changes))
    name = f"{spec.name} of ring {ring.ring_index}: {spec.step(before, value)}"
    return Edit(name, after, ring.identity)


def set_members(
    design: RosetteParamSpec,
    position: int,
    members: dict[str, Any],
    name: str,
    materials: tuple[str, ...] | None = None,
) -> Edit | None:
    """Set members of the ring's pattern together; None takes one away.

    With *materials* these become the ring's, which are all that the checks read.

    Raises:
        InputRefused: A value is out of its range; the sentence names ring and field.
    """
    ring = design.ring_params[position]
    own = {} if ring.pattern is None else ring.pattern.plain()
    wanted = {key: one for key, one in {**own, **members}.items() if one is not None}
    changes: dict[str, Any] = {"pattern": wanted or None}
    if materials and materials != ring.materials:
        changes["materials"] = list(materials)
    elif wanted == own:
        return None
    after = with_ring(design, position, revised_ring(ring, changes))
    return Edit(f"{name} of ring {ring.ring_index}", after, ring.identity)


def set_materials(
    design: RosetteParamSpec, position: int, materials: tuple[str, ...]
) -> Edit | None:
    """Set the ring's materials in their order; none at all leaves the choice to the family."""
    ring = design.ring_params[position]
    if (ring.materials or ()) == materials:
        return None
    changed = revised_ring(ring, {"materials": list(materials) or None})
    listed = ", ".join(materials).replace("_", " ") or "by the pattern"
    name = f"Materials of ring {ring.ring_index}: {listed}"
    return Edit(name, with_ring(design, position, changed), ring.identity)


def set_family(design: RosetteParamSpec, position: int, family: PatternFamily) -> Edit | None:
    """Make the ring one of another family; the parameters of the old family go.

    A painted tile stays painted where the new family has one.

    A ring of one material gets a second one where the pattern would not show without.
    """
    ring = design.ring_params[position]
    if ring.pattern_type == family:
        return None
    changes: dict[str, Any] = {
        "pattern_type": family.value, "pattern": _kept(ring, family),
        "first_format_pattern_type": None,
    }
    if family in TWO_TONED and ring.materials is not None and len(set(ring.materials)) == 1:
        own = ring.materials[0]
        changes["materials"] = [own, next(wood for wood in SECOND_TONES if wood != own)]
    changed = revised_ring(ring, changes)
    words = f"{family_text(ring.pattern_type)} to {family_text(family)}"
    name = f"Pattern of ring {ring.ring_index}: {words}"
    return Edit(name, with_ring(design, position, changed), ring.identity)


def _kept(ring: RingParam, family: PatternFamily) -> dict[str, Any] | None:
    """Return what a painted tile takes with it into another family."""
    if ring.pattern is None or not PAINTED.issuperset((ring.pattern_type, family)):
        return None
    known = PARAMETERS[family].model_fields
    return {key: one for key, one in ring.pattern.plain().items() if key in known}
