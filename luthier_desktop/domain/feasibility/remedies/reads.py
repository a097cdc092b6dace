"""Which checks read a field: those that are judged again when it changes.

G3 and M11 are not among them: they are advice and never get worse.
"""

from __future__ import annotations

import re

from luthier_desktop.domain.feasibility.remedies.fields import SETUP_PREFIX

_TILES = frozenset({"T1", "T1b", "T2", "T3", "T4", "B2"})
_CUTTING = frozenset({"M1", "M2", "M3", "M4", "M6", "M7"})
_CUT = _CUTTING | {"C3", "F2", "M5", "M8", "M9"}
_DEPTH = frozenset({"C1", "C1b", "C3", "C4", "C5", "F2", "M2", "M3", "M4", "T4", "T5"})
_STACK = _TILES | {
    "G1", "G2", "G4", "G5", "C2", "C3", "B1", "T5", "T6", "F1", "F2", "M10", "S2",
    "S4",
}  # fmt: skip
"""Checks that read where the rings lie, or which of them share a channel."""

_OF_DESIGN: dict[str, frozenset[str]] = {
    "outer_diameter_mm": frozenset({"G5", "C2"}),
    "inner_diameter_mm": _STACK,
    "ring_params.width_mm": _STACK,
    "ring_params.gap_before_mm": _STACK,
    "soundhole_diameter_mm": frozenset({"G2"}),
    "top.thickness_mm": frozenset({"C1"}),
    "top.back_removal_mm": frozenset({"C1"}),
    "top.backed": frozenset({"C1"}),
    "top.face_removal_mm": frozenset({"C1", "C1b", "C4"}),
    "top.rosette_limit_diameter_mm": frozenset({"G4"}),
    "channel.depth_mm": _DEPTH,
    "channel.clearance_mm": frozenset({"F1", "F2"}),
    "channel.glue": frozenset({"F1", "F2"}),
    "channel.layout": frozenset({"G1", "C2", "C3", "F1", "F2", "S2"}),
}
_OF_RING: dict[str, frozenset[str]] = {
    "strip_thickness_mm": frozenset({"B1", "S4"}),
    "bending": frozenset({"B1", "S4"}),
    "inlay_thickness_mm": frozenset({"C4", "T4", "T5", "M2", "M3", "M4"}),
    "tile_length_mm": _TILES,
    "pattern.count": _TILES,
    "pattern.cols": _TILES,
    "pattern.px_mm": _TILES,
    "pattern.symmetry": _TILES,
    "pattern.gap_mm": _TILES,
    "pattern.tapered": frozenset({"T2"}),
    "pattern.rows": frozenset({"T3"}),
    "pattern.slice_mm": frozenset({"T4", "T5"}),
    "pattern.log_length_mm": frozenset({"T4"}),
    "pattern.kerf_mm": frozenset({"T4"}),
    "pattern.logs": frozenset({"T4"}),
    "pattern.waste": frozenset({"T4"}),
    "pattern.shape": frozenset({"B2"}),
    "pattern.stock_radius_mm": frozenset({"B2"}),
    "pattern.pieces": frozenset({"S4"}),
    "pattern.dot_diameter_mm": frozenset({"T3"}),
    "pattern.angle_deg": frozenset({"T3"}),
    "pattern.lean_mm": frozenset({"T3"}),
    "pattern.outline_mm": frozenset({"T3"}),
    "pattern.lines.thickness_mm": frozenset({"B1", "T3"}),
}
_OF_SETUP: dict[str, frozenset[str]] = {
    "cut.stepdown_mm": frozenset({"C3", "F2", "M2", "M3", "M4"}),
    "cut.plunge_mm_min": frozenset({"M5"}),
    "cut.entry": frozenset({"M5"}),
    "cut.ramp_deg": frozenset({"M5"}),
    "tool.flutes": _CUTTING | {"C3", "F2"},
    "tool.diameter_mm": _CUT | {"C2", "C5", "M4b", "M10"},
    "tool.geometry": frozenset({"C5"}),
    "tool.runout_mm": frozenset({"F2", "M6"}),
    "tool.center_cutting": frozenset({"M5"}),
    "tool.stickout_mm": frozenset({"F2", "M3", "M4", "M4b"}),
    "tool.flute_length_mm": frozenset({"F2", "M3", "M4", "M4b"}),
    "tool.material": frozenset({"F2", "M4"}),
    "machine.backlash_mm": frozenset({"F2"}),
    "machine.work_area_mm": frozenset({"M10"}),
    "shop.extraction": frozenset({"C5", "S3"}),
    "shop.respirator": frozenset({"S3"}),
}
_MOVING = ("width_mm", "gap_before_mm")
"""Fields of a ring that move the rings outside it."""
_RING = re.compile(r"ring_params\[(\d+)\]\.")
_POSITION = re.compile(r"\[\d+\]")


def checks_reading(path: str) -> frozenset[str] | None:
    """Return the ids of the checks that read the field at *path*; None: perhaps all of them."""
    bare = _POSITION.sub("", path)
    if not bare.startswith(SETUP_PREFIX):
        return _OF_DESIGN.get(bare) or _OF_RING.get(bare.removeprefix("ring_params."))
    member = bare.removeprefix(SETUP_PREFIX)
    of_inlay = member.startswith("inlay_")
    member = member.removeprefix("inlay_")
    found = _CUT if member.startswith("cut.") else None
    found = _OF_SETUP.get(member, found)
    return found & _CUTTING if of_inlay and found is not None else found


def ring_position(path: str) -> int | None:
    """Return the position of the only ring whose checks read the field; None: not only one's."""
    found = _RING.match(path)
    return int(found[1]) if found and path[found.end() :] not in _MOVING else None
