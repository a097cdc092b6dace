"""What the parameters of all families share; each family's own model stands in its file."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from luthier_desktop.domain.base import (
    Count,
    Flag,
    MaterialId,
    PositiveMm,
    Ratio,
    Value,
)

Symmetry = Literal["slip", "book", "inversion", "book_inversion"]
_Row = Annotated[tuple[MaterialId, ...], Field(fail_fast=True)]
Grid = tuple[_Row, ...]
AngleDeg = Annotated[float, Field(strict=True, gt=0, lt=90)]
Cells = Annotated[Count, Field(le=200)]

DEFAULT_ANGLE_DEG = 45.0


class PatternParameters(Value):
    """The parameters of a family without any; an absent member means its default."""


class CountedParameters(PatternParameters):
    """The parameters of every family that comes again ``count`` times round the ring."""

    count: Count | None = None


class TiledParameters(CountedParameters):
    """The parameters of every family that is made of repeated pieces round the ring."""

    tapered: Flag | None = None

    @property
    def is_tapered(self) -> bool:
        """Whether the pieces are cut as wedges; they are unless the design says otherwise."""
        return self.tapered is not False


class SlantedParameters(TiledParameters):
    """The parameters of families built of bars at an angle: ``angle_deg`` from the tangent."""

    angle_deg: AngleDeg | None = None

    @property
    def slant_deg(self) -> float:
        """The angle from the tangent, 45 when the design says nothing."""
        return DEFAULT_ANGLE_DEG if self.angle_deg is None else self.angle_deg


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
    grid: Annotated[Grid, Field(fail_fast=True, min_length=1, max_length=200)] | None = None

    @field_validator("grid", mode="after")
    @classmethod
    def _rectangular(cls, grid: Grid | None, info: ValidationInfo) -> Grid | None:
        """Refuse rows of different lengths, and a size that ``rows`` or ``cols`` denies."""
        if grid is None:
            return None
        length = len(grid[0])
        for position, row in enumerate(grid):
            if not 1 <= len(row) <= 200 or len(row) != length:
                raise ValueError(
                    f"[{position}] has {len(row)} cells; every row needs the same number, 1 to 200"
                )
        for name, size in (("rows", len(grid)), ("cols", length)):
            said = info.data.get(name)
            if said is not None and said != size:
                raise ValueError(f"has {size} {name}, but {name} is {said}; make them agree")
        return grid
