"""Two rings out of one: at a line, at a row of cells, or in the middle."""

from __future__ import annotations

from typing import Any

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.lengths import length_text
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.parameters import GridParameters
from luthier_desktop.domain.rosette import RingParam, RosetteParamSpec
from luthier_desktop.ui.design_editor.edits import Edit, restacked
from luthier_desktop.ui.design_editor.ring_edits import LEAST_WIDTH_MM, revised_ring
from luthier_desktop.ui.design_editor.ring_lines import LineCut, cut_lines
from luthier_desktop.ui.design_editor.stack_edits import no_room

_ROWS_ALONE = (PatternFamily.CHECKER, PatternFamily.MOSAIC)
"""Families that repeat plain rows of cells where nothing is painted."""


def no_split(design: RosetteParamSpec, position: int) -> str:
    """Say why the ring cannot be split now, or ""."""
    ring = design.ring_params[position]
    if ring.locked:
        return f"The width of ring {ring.ring_index} is locked; unlock it to split the ring."
    if ring.effective_width_mm < 2 * LEAST_WIDTH_MM:
        width = length_text(ring.effective_width_mm)
        return (
            f"Ring {ring.ring_index} is {width} wide; both parts would be less than "
            f"{length_text(LEAST_WIDTH_MM)}."
        )
    return no_room(design)


def split(design: RosetteParamSpec, position: int, ring_id: str) -> Edit:
    """Make two rings of the one at *position*, together as wide; the inner one stays itself.

    A stack of lines parts between the two lines next to its middle, a painted tile between two
    rows; every other pattern in its middle, and both parts go on with it. What was measured was
    the whole: the parts have nominal widths.

    Raises:
        InputRefused: It is locked, too narrow, or the stack is full.
    """
    refusal = no_split(design, position)
    if refusal:
        raise InputRefused(refusal)
    ring = design.ring_params[position]
    cut = cut_lines(ring) or _cut_rows(ring) or LineCut(ring.effective_width_mm / 2, {}, {})
    inner_mm = round(cut.inner_width_mm, 6)
    outer_mm = round(ring.effective_width_mm - inner_mm, 6)
    inner = _part(ring, inner_mm, cut.inner)
    outer = _part(ring, outer_mm, {**cut.outer, "ring_id": ring_id, "gap_before_mm": None})
    rings = (*design.ring_params[:position], inner, outer, *design.ring_params[position + 1 :])
    widths = f"{length_text(inner_mm, least_decimals=1)} and "
    widths += length_text(outer_mm, least_decimals=1)
    name = f"Split ring {ring.ring_index} into {widths}"
    return Edit(name, restacked(design, rings), ring.identity)


def _part(ring: RingParam, width_mm: float, changes: dict[str, Any]) -> RingParam:
    strip_mm = ring.strip_thickness_mm
    if strip_mm is not None and strip_mm > width_mm:
        changes = {**changes, "strip_thickness_mm": width_mm}
    return revised_ring(ring, {**changes, "width_mm": width_mm, "measured_width_mm": None})


def _cut_rows(ring: RingParam) -> LineCut | None:
    """Cut between rows of cells; a grid lists the outermost row first."""
    own = ring.pattern
    if not isinstance(own, GridParameters):
        return None
    alone = own.rows if ring.pattern_type in _ROWS_ALONE else None
    count = len(own.grid) if own.grid else alone or 1
    if count < 2:
        return None
    within = count // 2
    inner_mm = ring.effective_width_mm * within / count
    return LineCut(inner_mm, _rows(own, count - within, count), _rows(own, 0, count - within))


def _rows(own: GridParameters, first: int, end: int) -> dict[str, Any]:
    plain = own.plain()
    if "grid" in plain:
        plain["grid"] = plain["grid"][first:end]
    if "rows" in plain:
        plain["rows"] = end - first
    return {"pattern": plain}
