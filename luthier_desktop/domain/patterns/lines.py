"""A stack of lines (purfling): concentric rings of veneer, inner to outer."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from luthier_desktop.domain.base import Flag, MaterialId, PositiveMm, Value
from luthier_desktop.domain.patterns.parameters import PatternParameters


class Line(Value):
    """One veneer line of a stack."""

    material_id: MaterialId
    thickness_mm: PositiveMm


class LinesParameters(PatternParameters):
    """``lines`` inner to outer; absent: the ring's materials share its width equally."""

    lines: Annotated[tuple[Line, ...], Field(min_length=1, max_length=200)] | None = None
    prelaminated: Flag | None = None
