"""Edits of widths as such: locked, measured, nudged by a step."""

from __future__ import annotations

from collections.abc import Sequence

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.lengths import change_text
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui.design_editor.edits import Edit, listed, revised
from luthier_desktop.ui.design_editor.ring_edits import revised_ring, set_length, width_field


def set_locked(design: RosetteParamSpec, positions: Sequence[int], *, locked: bool) -> Edit | None:
    """Lock the widths of these rings, or unlock them; None where nothing changes."""
    rings = list(design.ring_params)
    for at in positions:
        if bool(rings[at].locked) != locked:
            rings[at] = revised_ring(rings[at], {"locked": locked or None})
    if tuple(rings) == design.ring_params:
        return None
    word = "Lock" if locked else "Unlock"
    width = "width" if len(positions) == 1 else "widths"
    name = f"{word} the {width} of {listed(design, positions)}"
    return Edit(name, revised(design, {"ring_params": tuple(rings)}))


def use_measured(design: RosetteParamSpec, positions: Sequence[int]) -> Edit | None:
    """Make what was measured the nominal width of these rings; nothing is drawn otherwise.

    Raises:
        InputRefused: None of them was measured.
    """
    measured = [at for at in positions if design.ring_params[at].measured_width_mm is not None]
    if not measured:
        raise InputRefused("No measured width is given; type one first.")
    rings = list(design.ring_params)
    for at in measured:
        width_mm = rings[at].effective_width_mm
        rings[at] = revised_ring(rings[at], {"width_mm": width_mm, "measured_width_mm": None})
    after = revised(design, {"ring_params": tuple(rings)})
    name = f"Measured as nominal width of {listed(design, measured)}"
    if len(measured) == 1:
        ring = design.ring_params[measured[0]]
        name += f": {change_text(ring.width_mm, ring.measured_width_mm)}"
    return Edit(name, after)


def nudge(design: RosetteParamSpec, position: int, by_mm: float) -> Edit | None:
    """Make the ring wider or narrower by a step: the width that counts, measured or nominal.

    Raises:
        InputRefused: The width is locked, or would leave its range.
    """
    ring = design.ring_params[position]
    return set_length(
        design, position, width_field(ring), round(ring.effective_width_mm + by_mm, 6)
    )
