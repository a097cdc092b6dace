"""From which sheets male parts are cut, for how many guitars, and how they fit."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from luthier_desktop.domain.base import Count, LengthMm, Value
from luthier_desktop.domain.dxf_options import DxfVersion

SheetMm = Annotated[float, Field(strict=True, ge=10, le=2000)]


class PartsOptions(Value):
    """How parts are nested; the grain of the stock runs along the sheet's width.

    ``sheet_width_mm`` by ``sheet_height_mm`` is one sheet of stock, ``edge_mm`` what stays free
    round it for clamps. Between two parts the bit passes, and ``spare_mm`` stays besides.
    ``allowance_mm`` is the room in total between a part and the walls of its channel; absent it
    is the channel's clearance, so that a part is as wide as its ring is drawn. ``guitars``: for
    how many rosettes. ``version``: of a DXF.
    """

    sheet_width_mm: SheetMm = 300.0
    sheet_height_mm: SheetMm = 200.0
    edge_mm: Annotated[LengthMm, Field(le=200)] = 5.0
    spare_mm: Annotated[LengthMm, Field(le=100)] = 1.0
    allowance_mm: Annotated[LengthMm, Field(le=10)] | None = None
    guitars: Annotated[Count, Field(le=1000)] = 1
    version: DxfVersion = "r2000"


PLAIN_PARTS = PartsOptions()
