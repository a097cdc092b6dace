"""Every format of the Export dialog: what it is for, its options, and how it is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from luthier_desktop.ui.exporting.option_fields import (
    BOM_FIELDS,
    CHANNEL_FIELDS,
    DXF_FIELDS,
    PARTS_FIELDS,
    PNG_FIELDS,
    SHEET_FIELDS,
    SOUNDHOLE_FIELDS,
    SVG_FIELDS,
    TEMPLATE_FIELDS,
    OptionField,
)

Look = Literal["words", "picture", "sheets", "table", "path"]
SHARE, TEMPLATE, CHANNEL = "share", "template", "channel"
PICTURES = ("svg", "png")


class Suffix(NamedTuple):
    """An ending of the file's name, and how the file chooser names such files."""

    suffix: str
    words: str


class Format(NamedTuple):
    """One line of the list of formats.

    *kind* is what the service calls it, *fixed* are the options that the line itself stands for.
    *look* says how its preview is shown. A *gated* one is cut by a machine. One that *carries*
    the design can be opened again.
    """

    id: str
    title: str
    line: str
    kind: str
    suffixes: tuple[Suffix, ...]
    fields: tuple[OptionField, ...] = ()
    fixed: Mapping[str, Any] = {}
    look: Look = "picture"
    gated: bool = False
    carries: bool = False


FORMATS: tuple[Format, ...] = (
    Format(
        SHARE,
        "Share file",
        "For another bench; shows whether it was changed on its way.",
        SHARE,
        (Suffix(".rosette", "Share files"),),
        look="words",
        carries=True,
    ),
    Format(
        "svg",
        "SVG picture",
        "True to scale, for drawing programs and laser cutters.",
        "svg",
        (Suffix(".svg", "SVG pictures"),),
        SVG_FIELDS,
        carries=True,
    ),
    Format(
        "png",
        "PNG picture",
        "In pixels, for mail, the web and the customer's eye.",
        "png",
        (Suffix(".png", "PNG pictures"),),
        PNG_FIELDS,
        carries=True,
    ),
    Format(
        TEMPLATE,
        "PDF template 1:1",
        "True size on paper: to glue on, to measure by, to cut by hand.",
        "pdf",
        (Suffix(".pdf", "PDF documents"),),
        TEMPLATE_FIELDS,
        {"document": "template"},
        "sheets",
        carries=True,
    ),
    Format(
        "shop_sheet",
        "PDF shop sheet",
        "For the bench: cut list, steps, bits and glue.",
        "pdf",
        (Suffix(".pdf", "PDF documents"),),
        SHEET_FIELDS,
        look="sheets",
        carries=True,
    ),
    Format(
        "bom",
        "Cut list",
        "What to cut and to buy, for one guitar or many.",
        "bom",
        (Suffix(".csv", "CSV for spreadsheets"), Suffix(".json", "JSON for programs")),
        BOM_FIELDS,
        look="table",
    ),
    Format(
        "dxf",
        "DXF drawing",
        "For CAD and CAM: true arcs in mm, one operation a layer.",
        "dxf",
        (Suffix(".dxf", "DXF drawings"),),
        DXF_FIELDS,
    ),
    Format(
        "parts",
        "Male parts",
        "Rings and segments to cut out, with room for the fit.",
        "parts",
        (Suffix(".dxf", "DXF drawings"), Suffix(".svg", "SVG drawings")),
        PARTS_FIELDS,
        look="sheets",
    ),
    Format(
        CHANNEL,
        "G-code, channel",
        "Cuts the channel on a CNC machine; only what may be cut.",
        "gcode",
        (
            Suffix(".nc", "G-code"),
            Suffix(".gcode", "G-code"),
            Suffix(".ngc", "G-code"),
            Suffix(".tap", "G-code"),
        ),
        CHANNEL_FIELDS,
        {"part": "channel"},
        "path",
        gated=True,
    ),
    Format(
        "soundhole",
        "G-code, soundhole",
        "A file of its own, for the last cut of all.",
        "gcode",
        (
            Suffix(".nc", "G-code"),
            Suffix(".gcode", "G-code"),
            Suffix(".ngc", "G-code"),
            Suffix(".tap", "G-code"),
        ),
        SOUNDHOLE_FIELDS,
        {"part": "soundhole"},
        "path",
        gated=True,
    ),
)
BY_ID = {one.id: one for one in FORMATS}
