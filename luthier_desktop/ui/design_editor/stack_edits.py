"""Edits of the stack as a whole: insert, remove, duplicate, reorder, move a shared edge."""

from __future__ import annotations

from typing import Any

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.lengths import change_text
from luthier_desktop.domain.rosette import MOST_RINGS, RingParam, RosetteParamSpec
from luthier_desktop.domain.stack import closing_error_mm
from luthier_desktop.ui.design_editor.edits import Edit, revised
from luthier_desktop.ui.design_editor.ring_edits import revised_ring

NEW_RING_WIDTH_MM = 1.0
LEAST_FILL_MM = 0.3


def insert(design: RosetteParamSpec, position: int, ring_id: str) -> Edit:
    """Put a plain ring at *position*: as wide as what is missing to the sum, else 1 mm.

    Raises:
        InputRefused: The stack is full.
    """
    _room_for_one(design)
    missing_mm = round(-closing_error_mm(design), 6)
    width_mm = missing_mm if missing_mm >= LEAST_FILL_MM else NEW_RING_WIDTH_MM
    plain: dict[str, Any] = {
        "ring_index": position,
        "ring_id": ring_id,
        "width_mm": width_mm,
        "materials": [_contrast(design, position)],
    }
    ring = RingParam.read(plain, f"Ring {position}")
    rings = (*design.ring_params[:position], ring, *design.ring_params[position:])
    return Edit(f"Insert ring {position}", _stacked(design, rings), ring_id)


def remove(design: RosetteParamSpec, position: int) -> Edit:
    """Take the ring at *position* out; its neighbour is selected."""
    rings = design.ring_params[:position] + design.ring_params[position + 1 :]
    neighbour = rings[min(position, len(rings) - 1)].identity if rings else None
    number = design.ring_params[position].ring_index
    return Edit(f"Remove ring {number}", _stacked(design, rings), neighbour)


def duplicate(design: RosetteParamSpec, position: int, ring_id: str) -> Edit:
    """Put a copy of the ring at *position* outside it.

    Raises:
        InputRefused: The stack is full.
    """
    _room_for_one(design)
    ring = design.ring_params[position]
    copy = revised_ring(ring, {"ring_id": ring_id})
    rings = (*design.ring_params[: position + 1], copy, *design.ring_params[position + 1 :])
    return Edit(f"Duplicate ring {ring.ring_index}", _stacked(design, rings), ring_id)


def move(design: RosetteParamSpec, position: int, towards: int) -> Edit | None:
    """Swap the ring with its neighbour in (-1) or out (+1); lands stay where they are."""
    target = position + towards
    if not 0 <= target < len(design.ring_params):
        return None
    rings = list(design.ring_params)
    moving, other = rings[position], rings[target]
    rings[target] = _at_gap_of(moving, other)
    rings[position] = _at_gap_of(other, moving)
    word = "in" if towards < 0 else "out"
    name = f"Move ring {moving.ring_index} {word}"
    return Edit(name, _stacked(design, tuple(rings)), moving.identity)


def move_inner_edge(design: RosetteParamSpec, position: int, by_mm: float) -> Edit | None:
    """Move the ring's inner edge outwards by *by_mm*; its outer edge stays.

    The room goes to the bare wood before the ring, or, where there is none, to the inner
    neighbour; the first ring moves the rosette's inner diameter. The sum stays closed.

    Raises:
        InputRefused: A width, a gap or the inner diameter would leave its range.
    """
    if round(by_mm, 6) == 0:
        return None
    ring = design.ring_params[position]
    rings = list(design.ring_params)
    changes: dict[str, Any] = {}
    own = _width_field(ring)
    rings[position] = revised_ring(ring, {own: _summed(getattr(ring, own), by_mm, -1)})
    if ring.gap_before_mm > 0:
        gap_mm = _summed(ring.gap_before_mm, by_mm)
        rings[position] = revised_ring(rings[position], {"gap_before_mm": gap_mm})
    elif position == 0:
        changes["inner_diameter_mm"] = _summed(design.inner_diameter_mm, 2 * by_mm)
    else:
        inner = rings[position - 1]
        field = _width_field(inner)
        width_mm = _summed(getattr(inner, field), by_mm)
        rings[position - 1] = revised_ring(inner, {field: width_mm})
    after = revised(design, {**changes, "ring_params": tuple(rings)})
    width_mm = after.ring_params[position].effective_width_mm
    words = change_text(ring.effective_width_mm, width_mm)
    return Edit(f"Inner edge of ring {ring.ring_index}: width {words}", after, ring.identity)


def fresh_ring_id(design: RosetteParamSpec, used: set[str]) -> str:
    """Return an identity that no ring has or had in this history."""
    taken = used | {ring.identity for ring in design.ring_params}
    number = len(design.ring_params)
    while f"r{number}" in taken:
        number += 1
    return f"r{number}"


def _width_field(ring: RingParam) -> str:
    return "width_mm" if ring.measured_width_mm is None else "measured_width_mm"


def _summed(length_mm: float, by_mm: float, sign: int = 1) -> float:
    return round(length_mm + sign * by_mm, 6)


def _at_gap_of(ring: RingParam, other: RingParam) -> RingParam:
    return revised_ring(ring, {"gap_before_mm": other.gap_before_mm})


def _stacked(design: RosetteParamSpec, rings: tuple[RingParam, ...]) -> RosetteParamSpec:
    return revised(design, {"ring_params": design.with_rings(rings).ring_params})


def _room_for_one(design: RosetteParamSpec) -> None:
    if len(design.ring_params) >= MOST_RINGS:
        raise InputRefused(
            f"The design has {MOST_RINGS} rings, the most that are allowed; "
            "remove one before adding another."
        )


def _contrast(design: RosetteParamSpec, position: int) -> str:
    """Return a wood that stands out against both neighbours."""
    beside: set[str] = set()
    for ring in design.ring_params[max(0, position - 1) : position + 1]:
        beside.update(ring.materials or ())
    choices = ("gaboon_ebony", "holly", "indian_rosewood", "hard_maple", "pear")
    return next((wood for wood in choices if wood not in beside), "boxwood")
