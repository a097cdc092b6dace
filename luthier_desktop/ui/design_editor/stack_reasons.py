"""Which commands about the stack can be done now, and why the others cannot."""

from __future__ import annotations

from collections.abc import Sequence

from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui.design_editor.fill_edits import filled_outer_mm, no_fill
from luthier_desktop.ui.design_editor.merge_edits import no_merge
from luthier_desktop.ui.design_editor.order_edits import no_mirror
from luthier_desktop.ui.design_editor.split_edits import no_split
from luthier_desktop.ui.design_editor.stack_edits import no_room

SELECT = "Select a ring first."
ABOUT_RINGS = (
    "remove_ring",
    "duplicate_ring",
    "cut_rings",
    "copy_rings",
    "move_ring_in",
    "move_ring_out",
    "move_ring_innermost",
    "move_ring_outermost",
    "split_ring",
    "merge_rings",
    "mirror_stack",
    "lock_width",
    "fill_ring",
    "use_measured",
    "measure_ring",
    "widen_ring",
    "narrow_ring",
    "widen_finely",
    "narrow_finely",
    "inner_edge_out",
    "inner_edge_in",
)
"""Commands that need a ring to be selected."""


def reasons(
    design: RosetteParamSpec, chosen: Sequence[int], current: int | None
) -> dict[str, str]:
    """Return for each command why it cannot be done, or "" where it can.

    *chosen* are the selected rings, *current* the one of them that the fields show.
    """
    full = no_room(design)
    found = {"insert_ring": full, "paste_rings": full, "fill_all": no_fill(design, ())}
    found["reverse_stack"] = "" if len(design.ring_params) > 1 else "There is nothing to reverse."
    found["fit_outer"] = _no_fit(design)
    if current is None or not chosen:
        return {**found, **dict.fromkeys(ABOUT_RINGS, SELECT)}
    found.update(dict.fromkeys(ABOUT_RINGS, ""))
    found["duplicate_ring"] = no_room(design, len(chosen))
    inmost, outmost = _is_packed(chosen, 0), _is_packed(chosen, len(design.ring_params) - 1)
    innermost = "No ring lies inside." if inmost else ""
    outermost = "No ring lies outside." if outmost else ""
    found.update(move_ring_in=innermost, move_ring_innermost=innermost)
    found.update(move_ring_out=outermost, move_ring_outermost=outermost)
    found["split_ring"] = no_split(design, current)
    found["merge_rings"] = no_merge(design, chosen)
    found["mirror_stack"] = no_mirror(design, current)
    found["fill_ring"] = no_fill(design, chosen)
    if all(design.ring_params[at].measured_width_mm is None for at in chosen):
        found["use_measured"] = "No measured width is given; type one first."
    return {**found, **_locked(design, current)}


def _is_packed(chosen: Sequence[int], end: int) -> bool:
    """Say whether the chosen rings lie side by side at that end of the stack already."""
    low, high = min(chosen), max(chosen)
    return end in (low, high) and high - low + 1 == len(chosen)


def _no_fit(design: RosetteParamSpec) -> str:
    if not design.ring_params:
        return "There are no rings; insert one first."
    if filled_outer_mm(design) == design.outer_diameter_mm:
        return "The sum is closed already."
    return ""


def _locked(design: RosetteParamSpec, current: int) -> dict[str, str]:
    """Return the steps that a lock forbids."""
    ring = design.ring_params[current]
    own = f"The width of ring {ring.ring_index} is locked; unlock it first." if ring.locked else ""
    edge = own
    if not edge and current and not ring.gap_before_mm and design.ring_params[current - 1].locked:
        edge = f"The width of ring {ring.ring_index - 1} inside it is locked; unlock it first."
    steps = ("widen_ring", "narrow_ring", "widen_finely", "narrow_finely", "measure_ring")
    return {**dict.fromkeys(steps, own), "inner_edge_out": edge, "inner_edge_in": edge}
