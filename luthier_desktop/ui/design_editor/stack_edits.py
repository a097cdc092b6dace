"""Edits of the stack as a whole: insert, remove, duplicate, paste, move a shared edge."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.lengths import change_text
from luthier_desktop.domain.rosette import MOST_RINGS, RingParam, RosetteParamSpec
from luthier_desktop.domain.stack import closing_error_mm
from luthier_desktop.ui.design_editor.edits import Edit, listed, restacked, revised
from luthier_desktop.ui.design_editor.ring_edits import (
    refuse_locked,
    revised_ring,
    width_field,
)

NEW_RING_WIDTH_MM = 1.0
LEAST_FILL_MM = 0.3


def insert(design: RosetteParamSpec, position: int, ring_id: str) -> Edit:
    """Put a plain ring at *position*: as wide as what is missing to the sum, else 1 mm.

    Raises:
        InputRefused: The stack is full.
    """
    _refuse_too_many(design, 1)
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
    return Edit(f"Insert ring {position}", restacked(design, rings), ring_id)


def remove(design: RosetteParamSpec, positions: Sequence[int]) -> Edit:
    """Take these rings out; a neighbour is selected."""
    gone = set(positions)
    rings = [ring for at, ring in enumerate(design.ring_params) if at not in gone]
    first = min(gone)
    neighbour = rings[min(first, len(rings) - 1)].identity if rings else None
    name = f"Remove {listed(design, sorted(gone))}"
    return Edit(name, restacked(design, rings), neighbour)


def duplicate(
    design: RosetteParamSpec, positions: Sequence[int], ring_ids: Sequence[str]
) -> Edit:
    """Put a copy of these rings, in their order, outside the outermost of them.

    Raises:
        InputRefused: The stack is full.
    """
    chosen = sorted(positions)
    copies = [design.ring_params[at] for at in chosen]
    after = _put_in(design, chosen[-1] + 1, copies, ring_ids)
    return Edit(f"Duplicate {listed(design, chosen)}", after, ring_ids[0])


def paste(
    design: RosetteParamSpec, at: int, rings: Sequence[RingParam], ring_ids: Sequence[str]
) -> Edit:
    """Put rings from elsewhere at *at*, with these identities.

    Raises:
        InputRefused: The stack would be too full, or too much to draw.
    """
    after = _put_in(design, at, rings, ring_ids)
    placed = listed(after, range(at, at + len(rings)))
    return Edit(f"Paste {placed}", after, ring_ids[0])


def move_inner_edge(design: RosetteParamSpec, position: int, by_mm: float) -> Edit | None:
    """Move the ring's inner edge outwards by *by_mm*; its outer edge stays.

    The room goes to the bare wood before the ring, or, where there is none, to the inner
    neighbour; the first ring moves the rosette's inner diameter. The sum stays closed.

    Raises:
        InputRefused: A width is locked; it, a gap or the inner diameter would leave its range.
    """
    if round(by_mm, 6) == 0:
        return None
    ring = design.ring_params[position]
    refuse_locked(ring)
    rings = list(design.ring_params)
    changes: dict[str, Any] = {}
    own = width_field(ring)
    rings[position] = revised_ring(ring, {own: _summed(getattr(ring, own), by_mm, -1)})
    if ring.gap_before_mm > 0:
        gap_mm = _summed(ring.gap_before_mm, by_mm)
        rings[position] = revised_ring(rings[position], {"gap_before_mm": gap_mm})
    elif position == 0:
        changes["inner_diameter_mm"] = _summed(design.inner_diameter_mm, 2 * by_mm)
    else:
        inner = rings[position - 1]
        refuse_locked(inner)
        field = width_field(inner)
        width_mm = _summed(getattr(inner, field), by_mm)
        rings[position - 1] = revised_ring(inner, {field: width_mm})
    after = revised(design, {**changes, "ring_params": tuple(rings)})
    width_mm = after.ring_params[position].effective_width_mm
    words = change_text(ring.effective_width_mm, width_mm)
    return Edit(f"Inner edge of ring {ring.ring_index}: width {words}", after, ring.identity)


def fresh_ring_ids(design: RosetteParamSpec, used: set[str], count: int) -> tuple[str, ...]:
    """Return identities that no ring has or had in this history."""
    taken = used | {ring.identity for ring in design.ring_params}
    numbers = itertools.count(len(design.ring_params))
    free = (f"r{number}" for number in numbers if f"r{number}" not in taken)
    return tuple(itertools.islice(free, count))


def no_room(design: RosetteParamSpec, count: int = 1) -> str:
    """Say why *count* more rings cannot be added, or ""."""
    if len(design.ring_params) + count <= MOST_RINGS:
        return ""
    if count == 1:
        return (
            f"The design has {MOST_RINGS} rings, the most that are allowed; "
            "remove one before adding another."
        )
    return (
        f"With {count} more the design would have more than {MOST_RINGS} rings, the most that "
        "are allowed; remove some first."
    )


def _refuse_too_many(design: RosetteParamSpec, count: int) -> None:
    refusal = no_room(design, count)
    if refusal:
        raise InputRefused(refusal)


def _put_in(
    design: RosetteParamSpec, at: int, rings: Sequence[RingParam], ring_ids: Sequence[str]
) -> RosetteParamSpec:
    _refuse_too_many(design, len(rings))
    own = [
        revised_ring(ring, {"ring_id": ring_id})
        for ring, ring_id in zip(rings, ring_ids, strict=True)
    ]
    return restacked(design, (*design.ring_params[:at], *own, *design.ring_params[at:]))


def _summed(length_mm: float, by_mm: float, sign: int = 1) -> float:
    return round(length_mm + sign * by_mm, 6)


def _contrast(design: RosetteParamSpec, position: int) -> str:
    """Return a wood that stands out against both neighbours."""
    beside: set[str] = set()
    for ring in design.ring_params[max(0, position - 1) : position + 1]:
        beside.update(ring.materials or ())
    choices = ("gaboon_ebony", "holly", "indian_rosewood", "hard_maple", "pear")
    return next((wood for wood in choices if wood not in beside), "boxwood")
