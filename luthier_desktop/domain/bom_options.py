"""For how many guitars stock is cut, and how large the sheets are that it is cut from."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from luthier_desktop.domain.base import Count, PositiveMm, Value

MOST_GUITARS = 1000


class BomOptions(Value):
    """What a cut list depends on besides design and setup.

    ``guitars``: how many rosettes are made together; they share sticks, logs and spares.
    ``sheet_length_mm`` (along the grain) and ``sheet_width_mm``: the size of the sheets that the
    shop buys, for all materials; without it areas and lengths are told, and no number of sheets.
    """

    guitars: Annotated[Count, Field(le=MOST_GUITARS)] = 1
    sheet_length_mm: PositiveMm | None = None
    sheet_width_mm: PositiveMm | None = None

    @model_validator(mode="after")
    def _both_or_none(self) -> Self:
        if (self.sheet_length_mm is None) != (self.sheet_width_mm is None):
            raise ValueError("sheet_length_mm and sheet_width_mm must be given both or none")
        return self


PLAIN_BOM = BomOptions()
"""One guitar, sheets of unknown size."""
