"""What a PDF for the bench shows and on which paper: sizes, room and overlap in mm."""

from __future__ import annotations

from typing import Literal, NamedTuple

from luthier_desktop.domain.base import LengthMm, Value

PdfDocument = Literal["template", "shop_sheet", "both"]
Paper = Literal["a4", "a3", "letter", "tabloid"]
Orientation = Literal["auto", "portrait", "landscape"]

PAPER_SIZES_MM: dict[Paper, tuple[float, float]] = {
    "a4": (210.0, 297.0),
    "a3": (297.0, 420.0),
    "letter": (215.9, 279.4),
    "tabloid": (279.4, 431.8),
}
"""Width and height upright: ISO 216; ANSI/ASME Y14.1 sizes A and B."""
PAPER_NAMES: dict[Paper, str] = {
    "a4": "A4",
    "a3": "A3",
    "letter": "Letter",
    "tabloid": "Tabloid",
}
PRINTABLE_MARGIN_MM = 8.0
"""What printers leave white: an estimate without a source. Lasers leave about 4 to 5 mm."""


class PdfOptions(Value):
    """How a PDF is made.

    ``document``: the 1:1 template, the shop sheet, or both in one file, the sheet first.
    ``orientation``: "auto" takes the one with fewer pages, upright where both have as many.
    ``overlap_mm``: how far the pages of a template lie over each other; it is for the glue.
    """

    document: PdfDocument = "template"
    paper: Paper = "a4"
    orientation: Orientation = "auto"
    overlap_mm: LengthMm = 10.0


class PageSize(NamedTuple):
    """A page as it lies on the bench; the box within its margins may be printed on."""

    width_mm: float
    height_mm: float

    @property
    def room_width_mm(self) -> float:
        """The printable width."""
        return self.width_mm - 2 * PRINTABLE_MARGIN_MM

    @property
    def room_height_mm(self) -> float:
        """The printable height."""
        return self.height_mm - 2 * PRINTABLE_MARGIN_MM


def page_sizes(options: PdfOptions) -> tuple[PageSize, ...]:
    """Return the ways the paper may lie, the upright one first."""
    width_mm, height_mm = PAPER_SIZES_MM[options.paper]
    upright, across = PageSize(width_mm, height_mm), PageSize(height_mm, width_mm)
    return {"portrait": (upright,), "landscape": (across,), "auto": (upright, across)}[
        options.orientation
    ]
