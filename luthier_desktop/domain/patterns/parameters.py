"""What the parameters of all families share; each family's own model stands in its file."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from luthier_desktop.domain.base import (
    Count,
    Flag,
    MaterialId,
    PositiveMm,
    Ratio,
    Value,
)

Symmetry = Literal["slip", "book", "inversion", "book_inversion"]
AngleDeg = Annotated[float, Field(strict=True, gt=0, lt=90)]
Cells = Annotated[int, Field(strict=True, ge=1, le=200)]


class PatternParameters(Value):
    """The parameters of a family without any; an absent member means its default."""


class TiledParameters(PatternParameters):
    """The parameters of every family that is made of repeated pieces round the ring."""

    count: Count | None = None
    tapered: Flag | None = None

    @property
    def is_tapered(self) -> bool:
        """Whether the pieces are cut as wedges; they are unless the design says otherwise."""
        return self.tapered is not False


class GridParameters(TiledParameters):
    """The parameters of families built of an ordered grid of veneer cells.

    ``grid`` is a list of rows, outermost row first, of material ids from left to right as the
    tile is seen from the soundhole's centre; all rows have the same length.
    """

    rows: Cells | None = None
    cols: Cells | None = None
    px_mm: PositiveMm | None = None
    symmetry: Symmetry | None = None
    slice_mm: PositiveMm | None = None
    log_length_mm: PositiveMm | None = None
    kerf_mm: PositiveMm | None = None
    logs: Count | None = None
    waste: Ratio | None = None
    grid: Annotated[tuple[tuple[MaterialId, ...], ...], Field(max_length=200)] | None = None
