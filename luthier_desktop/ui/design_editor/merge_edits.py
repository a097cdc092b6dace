"""One ring out of rings that lie side by side."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from itertools import pairwise
from typing import Any

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.lengths import length_text
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.lines import LinesParameters
from luthier_desktop.domain.patterns.parameters import GridParameters
from luthier_desktop.domain.rosette import RingParam, RosetteParamSpec
from luthier_desktop.domain.stack import JOINED_MM
from luthier_desktop.ui.design_editor.edits import Edit, listed, restacked
from luthier_desktop.ui.design_editor.ring_edits import family_text, revised_ring
from luthier_desktop.ui.design_editor.ring_lines import (
    SAME_MM,
    RingLine,
    drawn_lines,
    listed_lines,
    of_lines,
    woods,
    woods_in_turn,
)


def no_merge(design: RosetteParamSpec, positions: Sequence[int]) -> str:
    """Say why these rings, or the one with its outer neighbour, cannot become one; or ""."""
    found = joined_positions(design, positions)
    if len(found) < 2:
        return "It is the outermost ring; choose the inner one of the two to be merged."
    if list(found) != list(range(found[0], found[-1] + 1)):
        return "The chosen rings do not lie side by side; choose neighbours."
    rings = [design.ring_params[at] for at in found]
    for inner, outer in pairwise(rings):
        refusal = _no_pair(inner, outer)
        if refusal:
            return refusal
    return ""


def joined_positions(design: RosetteParamSpec, positions: Sequence[int]) -> tuple[int, ...]:
    """Return the rings that a merge is about: those given, or one and its outer neighbour."""
    if len(positions) == 1 and positions[0] + 1 < len(design.ring_params):
        return (positions[0], positions[0] + 1)
    return tuple(sorted(positions))


def merge(design: RosetteParamSpec, positions: Sequence[int]) -> Edit:
    """Make one ring of these, or of one and its outer neighbour; the innermost stays itself.

    Lines and strips become one stack of lines, painted tiles with as many columns become one
    tile; other rings of one family go on with the inner one's pattern. The sum stays.

    Raises:
        InputRefused: They do not lie side by side, bare wood or a lock is between them, or
            their patterns cannot be one.
    """
    refusal = no_merge(design, positions)
    if refusal:
        raise InputRefused(refusal)
    found = joined_positions(design, positions)
    whole = reduce(_joined, (design.ring_params[at] for at in found))
    rings = (*design.ring_params[: found[0]], whole, *design.ring_params[found[-1] + 1 :])
    width = length_text(whole.width_mm, least_decimals=1)
    name = f"Merge {listed(design, found)} into {width}"
    return Edit(name, restacked(design, rings), whole.identity)


def _no_pair(inner: RingParam, outer: RingParam) -> str:
    pair = f"ring {inner.ring_index} and ring {outer.ring_index}"
    for ring in (inner, outer):
        if ring.locked:
            return f"The width of ring {ring.ring_index} is locked; unlock it to merge the ring."
    if outer.gap_before_mm > JOINED_MM:
        gap = length_text(outer.gap_before_mm)
        return f"Between {pair} lie {gap} of bare wood; set that gap to 0 mm first."
    if inner.pattern_type is not outer.pattern_type and not _both_lines(inner, outer):
        return (
            f"{pair.capitalize()} cannot be one: {family_text(inner.pattern_type)} and "
            f"{family_text(outer.pattern_type)}; give both the same pattern first."
        )
    return ""


def _both_lines(inner: RingParam, outer: RingParam) -> bool:
    return bool(drawn_lines(inner) and drawn_lines(outer))


def _joined(inner: RingParam, outer: RingParam) -> RingParam:
    width_mm = round(inner.effective_width_mm + outer.effective_width_mm, 6)
    changes: dict[str, Any] = {"width_mm": width_mm, "measured_width_mm": None}
    if inner.strip_thickness_mm != outer.strip_thickness_mm:
        changes["strip_thickness_mm"] = None
    if _both_lines(inner, outer) and not _is_one_wood(inner, outer):
        return revised_ring(inner, {**changes, **_line_members(inner, outer)})
    return revised_ring(inner, {**changes, **_stacked_rows(inner, outer)})


def _is_one_wood(inner: RingParam, outer: RingParam) -> bool:
    """Say whether two strips are of the same wood: together they are a wider strip."""
    solid = PatternFamily.SOLID
    alike = drawn_lines(inner)[0].material_id == drawn_lines(outer)[0].material_id
    return inner.pattern_type is outer.pattern_type is solid and alike


def _line_members(inner: RingParam, outer: RingParam) -> dict[str, Any]:
    shared = _shared_equally(inner, outer)
    members: dict[str, Any] = {"pattern_type": PatternFamily.LINES.value}
    if shared:
        return {**members, "materials": shared}
    joined: tuple[RingLine, ...] = (*drawn_lines(inner), *drawn_lines(outer))
    pattern: dict[str, Any] = {"lines": of_lines(joined)}
    if all(_is_prelaminated(ring) for ring in (inner, outer)):
        pattern["prelaminated"] = True
    members["pattern"] = pattern
    if inner.materials or outer.materials:
        members["materials"] = woods(joined)
    return members


def _shared_equally(inner: RingParam, outer: RingParam) -> list[str]:
    """Return the materials of both where all share one width and neither ring lists lines."""
    both = (inner, outer)
    if any(ring.pattern_type is not PatternFamily.LINES or listed_lines(ring) for ring in both):
        return []
    if _is_prelaminated(inner) != _is_prelaminated(outer):
        return []
    shares_mm = [ring.effective_width_mm / len(woods_in_turn(ring)) for ring in both]
    if abs(shares_mm[0] - shares_mm[1]) > SAME_MM:
        return []
    return woods_in_turn(inner) + woods_in_turn(outer)


def _is_prelaminated(ring: RingParam) -> bool:
    return isinstance(ring.pattern, LinesParameters) and bool(ring.pattern.prelaminated)


def _stacked_rows(inner: RingParam, outer: RingParam) -> dict[str, Any]:
    """Return the painted rows of both, outermost first, where the tiles are as wide."""
    within, around = inner.pattern, outer.pattern
    if not isinstance(within, GridParameters) or not isinstance(around, GridParameters):
        return {}
    plain, other = within.plain(), around.plain()
    rows, grid = plain.pop("rows", None), plain.pop("grid", None)
    other_rows, other_grid = other.pop("rows", None), other.pop("grid", None)
    alike = plain == other and [bool(grid), bool(rows)] == [bool(other_grid), bool(other_rows)]
    if not alike or (grid and len(grid[0]) != len(other_grid[0])):
        return {}
    if grid:
        plain["grid"] = other_grid + grid
    if rows:
        plain["rows"] = other_rows + rows
    return {"pattern": plain}
