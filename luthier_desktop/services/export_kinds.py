"""One table of what can be exported: options, suffixes, how it is drawn, whether it is gated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from luthier_desktop.domain.base import Value
from luthier_desktop.domain.bom_options import BomOptions
from luthier_desktop.domain.display import shown
from luthier_desktop.domain.dxf_options import DxfOptions
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.gcode_options import GcodeOptions
from luthier_desktop.domain.parts_options import PartsOptions
from luthier_desktop.domain.pdf_options import PdfOptions
from luthier_desktop.domain.permissions import Right
from luthier_desktop.domain.picture import PictureOptions
from luthier_desktop.services import export_cutting, export_drawing, export_sheets
from luthier_desktop.services.export_drawing import Draft

ExportKind = Literal["svg", "png", "dxf", "pdf", "bom", "gcode", "parts"]


class KindRow(NamedTuple):
    """One kind of file.

    ``draw`` gets an instance of ``options``. ``output`` names the file in the run that records
    it. A ``gated`` kind is written only when the gate before cutting is open.
    """

    kind: ExportKind
    words: str
    options: type[Value]
    suffixes: tuple[str, ...]
    draw: Callable[[Draft, Any], bytes]
    output: str
    right: Right = "export"
    gated: bool = False

    def suffix_of(self, target: Path) -> str:
        """Return the suffix of *target* in small letters.

        Raises:
            InputRefused: It is none of this kind's.
        """
        suffix = target.suffix.lower()
        if suffix in self.suffixes:
            return suffix
        raise InputRefused(
            f"{shown(target.name)} does not end as {self.words} does; "
            f"choose a name that ends in {' or '.join(self.suffixes)}."
        )


_ROWS: tuple[KindRow, ...] = (
    KindRow("svg", "an SVG picture", PictureOptions, (".svg",), export_drawing.svg, "picture"),
    KindRow("png", "a PNG picture", PictureOptions, (".png",), export_drawing.png, "picture"),
    KindRow("dxf", "a DXF drawing", DxfOptions, (".dxf",), export_drawing.dxf, "drawing"),
    KindRow("pdf", "a PDF", PdfOptions, (".pdf",), export_sheets.pdf, "pdf"),
    KindRow("bom", "a cut list", BomOptions, (".csv", ".json"), export_drawing.bom, "cut_list"),
    KindRow(
        "parts",
        "a sheet of parts",
        PartsOptions,
        (".dxf", ".svg"),
        export_drawing.parts,
        "parts",
    ),
    KindRow(
        "gcode",
        "G-code",
        GcodeOptions,
        (".nc", ".gcode", ".ngc", ".tap"),
        export_cutting.gcode,
        "gcode",
        right="cut",
        gated=True,
    ),
)

KINDS: Mapping[str, KindRow] = MappingProxyType({row.kind: row for row in _ROWS})
"""Every kind of file that a design or a snapshot can be exported as."""


def kind_named(name: str) -> KindRow:
    """Return the row of the kind *name*.

    Raises:
        InputRefused: There is no such kind.
    """
    row = KINDS.get(name)
    if row is None:
        raise InputRefused(
            f"{shown(name)!r} is no kind of export; the kinds are {', '.join(KINDS)}.", "kind"
        )
    return row
