"""A stack of lines (purfling): concentric rings of veneer, inner to outer."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from luthier_desktop.domain.base import Flag, MaterialId, PositiveMm, Value
from luthier_desktop.domain.geometry import RingRadii, annulus, stacked_radii
from luthier_desktop.domain.patterns.layout import Filling, RingLayout
from luthier_desktop.domain.patterns.parameters import PatternParameters

DEFAULT_MATERIALS = ("gaboon_ebony", "hard_maple", "gaboon_ebony")


class Line(Value):
    """One veneer line of a stack."""

    material_id: MaterialId
    thickness_mm: PositiveMm


class LinesParameters(PatternParameters):
    """``lines`` inner to outer; absent: the ring's materials share its width equally."""

    lines: Annotated[
        tuple[Line, ...], Field(fail_fast=True, min_length=1, max_length=200)
    ] | None = None
    prelaminated: Flag | None = None


def build(layout: RingLayout) -> Filling:
    """Return one annulus a line, inner to outer, each with its grain along the ring.

    Lines whose sum differs from the ring's width are drawn in proportion, so that they fill it.
    """
    spans = line_spans(layout)
    pieces = [
        annulus(span, material_id, bent=True)
        for span, (material_id, _) in zip(spans, own_lines(layout), strict=True)
    ]
    return Filling(pieces, [], min(span.width_mm for span in spans))


def piece_count(layout: RingLayout) -> float:
    """Return how many lines will be drawn."""
    return len(own_lines(layout))


def line_spans(layout: RingLayout) -> list[RingRadii]:
    """Return where each line lies, inner to outer; together they fill the ring."""
    radii = layout.radii
    lines = own_lines(layout)
    scale = radii.width_mm / sum(thickness_mm for _, thickness_mm in lines)
    bands = [(0.0, thickness_mm * scale) for _, thickness_mm in lines]
    spans = list(stacked_radii(radii.inner_mm, bands))
    spans[-1] = RingRadii(spans[-1].inner_mm, radii.outer_mm)
    return spans


def own_lines(layout: RingLayout) -> list[tuple[str, float]]:
    """Return material and thickness of each line; without any the materials share the width."""
    parameters = layout.ring.pattern
    if isinstance(parameters, LinesParameters) and parameters.lines:
        return [(line.material_id, line.thickness_mm) for line in parameters.lines]
    share_mm = layout.radii.width_mm / len(layout.materials)
    return [(material_id, share_mm) for material_id in layout.materials]
