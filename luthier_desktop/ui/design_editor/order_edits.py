"""Edits of the stack's order: rings moved, the order turned about, one half mirrored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.rosette import MOST_RINGS, RingParam, RosetteParamSpec
from luthier_desktop.ui.design_editor.edits import Edit, listed, restacked
from luthier_desktop.ui.design_editor.ring_edits import revised_ring

_OWN = ("ring_id", "ring_index", "locked")
"""What a ring keeps to itself when it takes over another one's content."""


def move_to(
    design: RosetteParamSpec, positions: Sequence[int], slot: int, where: str = ""
) -> Edit | None:
    """Move rings, in their order, to before the ring at *slot*; lands stay where they are.

    *slot* counts the rings as they lie before the move; *where* names it in the history.
    """
    moving = sorted(set(positions))
    rings = design.ring_params
    before = [at for at in range(slot) if at not in moving]
    after = [at for at in range(slot, len(rings)) if at not in moving]
    order = [*before, *moving, *after]
    if not moving or order == list(range(len(rings))):
        return None
    moved = tuple(_at_gap_of(rings[at], place) for at, place in zip(order, rings, strict=True))
    where = where or f"to place {len(before)}"
    name = f"Move {listed(design, moving)} {where}"
    alone = rings[moving[0]].identity if len(moving) == 1 else None
    return Edit(name, restacked(design, moved), alone)


def step(design: RosetteParamSpec, positions: Sequence[int], towards: int) -> Edit | None:
    """Move rings one place in (-1) or out (+1); lands stay where they are."""
    slot = min(positions) - 1 if towards < 0 else max(positions) + 2
    if not 0 <= slot <= len(design.ring_params):
        return None
    return move_to(design, positions, slot, "in" if towards < 0 else "out")


def reverse(design: RosetteParamSpec, first: int, last: int) -> Edit | None:
    """Turn the rings from *first* to *last* about, each with its own lines and rows.

    The lands between them turn about with them; the one before the first stays.
    """
    rings = design.ring_params
    turned = [turned_about(ring) for ring in reversed(rings[first : last + 1])]
    gaps_mm = [ring.gap_before_mm for ring in rings[first : last + 1]]
    gaps_mm[1:] = reversed(gaps_mm[1:])
    turned = [
        revised_ring(ring, {"gap_before_mm": gap_mm})
        for ring, gap_mm in zip(turned, gaps_mm, strict=True)
    ]
    after = restacked(design, (*rings[:first], *turned, *rings[last + 1 :]))
    if after.ring_params == rings:
        return None
    whole = last - first + 1 == len(rings)
    words = "the rings" if whole else f"rings {first} to {last}"
    return Edit(f"Reverse the order of {words}", after)


def no_mirror(design: RosetteParamSpec, centre: int) -> str:
    """Say why the stack cannot be mirrored about the ring at *centre*, or ""."""
    if centre == 0:
        return "No ring lies inside it; choose the ring that shall be the centre."
    if 2 * centre + 1 > MOST_RINGS:
        return f"Mirrored, the design would have more than {MOST_RINGS} rings."
    mirrored = _mirrored_outside(design, centre, [""] * centre)
    for at, ring in enumerate(design.ring_params[centre + 1 :]):
        if ring.locked and (at >= centre or mirrored[at] is not ring):
            return f"The width of ring {ring.ring_index} outside it is locked; unlock it first."
    return ""


def mirror(design: RosetteParamSpec, centre: int, ring_ids: Sequence[str]) -> Edit | None:
    """Make the rings outside *centre* the mirror image of those inside it.

    Rings that lie there already keep their identity, those that are missing get *ring_ids*, one
    for each ring inside; what lies beyond goes. Mirroring again changes nothing.

    Raises:
        InputRefused: Nothing lies inside, a locked ring would change, or the stack gets too full.
    """
    refusal = no_mirror(design, centre)
    if refusal:
        raise InputRefused(refusal)
    outside = _mirrored_outside(design, centre, ring_ids)
    rings = (*design.ring_params[: centre + 1], *outside)
    if rings == design.ring_params:
        return None
    middle = design.ring_params[centre]
    name = f"Mirror the stack about ring {middle.ring_index}"
    return Edit(name, restacked(design, rings), middle.identity)


def turned_about(ring: RingParam) -> RingParam:
    """Return the ring as its mirror image: what lay at its inner edge lies at its outer one."""
    own = {} if ring.pattern is None else ring.pattern.plain()
    changes: dict[str, Any] = {}
    for name in ("lines", "grid"):
        if name in own:
            changes["pattern"] = {**own, name: own[name][::-1]}
    if "shapes" in own:
        changes["pattern"] = {**own, "shapes": [_turned_shape(one) for one in own["shapes"]]}
    shares_width = ring.pattern_type is PatternFamily.LINES and "lines" not in own
    if shares_width and ring.materials:
        changes["materials"] = list(ring.materials[::-1])
    return revised_ring(ring, changes) if changes else ring


def _mirrored_outside(
    design: RosetteParamSpec, centre: int, ring_ids: Sequence[str]
) -> list[RingParam]:
    """Return the mirrored rings outside the centre, inner to outer."""
    rings = design.ring_params
    outside = []
    for step in range(1, centre + 1):
        place = rings[centre + step] if centre + step < len(rings) else None
        image = _image(rings[centre - step], rings[centre - step + 1].gap_before_mm)
        if place is not None and _content(place) == _content(image):
            outside.append(place)
            continue
        ring_id = place.identity if place is not None else ring_ids[step - 1]
        own = {"ring_id": ring_id or None, "ring_index": centre + step}
        outside.append(revised_ring(image, own))
    return outside


def _image(ring: RingParam, gap_mm: float) -> RingParam:
    """Return the mirror image as a part of its own: not measured, as many tiles as fit there."""
    changes: dict[str, Any] = {
        "width_mm": ring.effective_width_mm,
        "measured_width_mm": None,
        "locked": None,
        "gap_before_mm": gap_mm,
    }
    image = turned_about(ring)
    own = {} if image.pattern is None else image.pattern.plain()
    if "count" in own and (image.tile_length_mm is not None or "px_mm" in own):
        changes["pattern"] = {key: one for key, one in own.items() if key != "count"}
    return revised_ring(image, changes)


def _content(ring: RingParam) -> dict[str, Any]:
    plain = ring.model_copy(
        update={"width_mm": ring.effective_width_mm, "measured_width_mm": None}
    ).plain()
    return {key: one for key, one in plain.items() if key not in _OWN}


def _turned_shape(shape: dict[str, Any]) -> dict[str, Any]:
    """Mirror a placed shape about the ring's middle: its axis turns to the other side."""
    turned = dict(shape)
    if shape.get("offset_mm"):
        turned["offset_mm"] = -shape["offset_mm"]
    turn_deg = (180.0 - shape.get("turn_deg", 0.0)) % 360.0
    if turn_deg or "turn_deg" in shape:
        turned["turn_deg"] = turn_deg
    return turned


def _at_gap_of(ring: RingParam, place: RingParam) -> RingParam:
    if ring.gap_before_mm == place.gap_before_mm:
        return ring
    return revised_ring(ring, {"gap_before_mm": place.gap_before_mm})
