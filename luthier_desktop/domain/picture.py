"""What a picture of a design shows besides the rosette, and how large its pixels are."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from luthier_desktop.domain.base import Flag, Index, Value

PictureStyle = Literal["wood", "flat", "lines"]
LARGEST_WIDTH_PX = 8192
LARGEST_DPI = 2400


class PictureOptions(Value):
    """How a picture is drawn.

    ``style``: woods with their grain, flat colours, or outlines alone. ``caption`` adds a strip
    with name, verdict, short hash, QR and scale bar; without it the verdict stands in a corner.
    Of a PNG, ``width_px`` counts before ``dpi``.
    """

    style: PictureStyle = "wood"
    caption: Flag = False
    dimensions: Flag = False
    top: Flag = True
    dpi: Annotated[Index, Field(ge=24, le=LARGEST_DPI)] = 300
    width_px: Annotated[Index, Field(ge=16, le=LARGEST_WIDTH_PX)] | None = None


PLAIN_PICTURE = PictureOptions()
