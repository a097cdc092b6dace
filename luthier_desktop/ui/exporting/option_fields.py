"""What can be chosen of each format: its fields, each with what it is for."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

FieldKind = Literal["choice", "flag", "length", "count", "number"]


class OptionField(NamedTuple):
    """One option at *path* of the options model.

    *words* has the mnemonic; *why* says in a line what it does and what is usual. *choices* are
    values with their words. It can be set only while *unless*, a path and a value, does not hold.
    An *optional* one may stay empty.
    """

    path: str
    kind: FieldKind
    words: str
    why: str
    choices: tuple[tuple[Any, str], ...] = ()
    unless: tuple[str, Any] | None = None
    optional: bool = False

    @property
    def name(self) -> str:
        """What it is called, without the mnemonic."""
        return self.words.replace("&", "")


_STYLE = OptionField(
    "style",
    "choice",
    "Dr&awn as",
    "Woods show how it will look; outlines alone are for tracing and engraving.",
    (("wood", "Woods with their grain"), ("flat", "Flat colours"), ("lines", "Outlines alone")),
)
_BESIDE = (
    OptionField(
        "caption",
        "flag",
        "&Caption",
        "Name, verdict, short hash, QR code and a scale bar below the rosette.",
    ),
    OptionField(
        "dimensions", "flag", "&Diameters", "Written below the rosette, in millimetres and inches."
    ),
    OptionField(
        "top",
        "flag",
        "&Wood of the top",
        "Draws the top around the rosette; without it the ground stays clear.",
        unless=("style", "lines"),
    ),
)
SVG_FIELDS = (_STYLE, *_BESIDE)
PNG_FIELDS = (
    _STYLE,
    OptionField(
        "dpi",
        "count",
        "F&ineness in dots an inch",
        "300 prints sharply; 96 is enough for a screen; from 24 to 2400.",
    ),
    *_BESIDE,
)
DXF_FIELDS = (
    OptionField(
        "version",
        "choice",
        "&Version",
        "R2000 says in itself that it is in millimetres, which is usual; R12 is for programs that "
        "read nothing newer, and says so in its layers' names.",
        (("r2000", "R2000"), ("r12", "R12")),
    ),
    OptionField(
        "pieces",
        "choice",
        "P&ieces",
        "Closed profiles cut pieces; joints alone engrave them; rings alone are for the channel.",
        (("tiles", "Every piece, closed"), ("joints", "Joints alone"), ("none", "No pieces")),
    ),
    OptionField(
        "top", "flag", "Soundhole and c&hannels", "Each channel on a layer with its depth."
    ),
    OptionField("rings", "flag", "Circles between &rings", "True circles, one a layer."),
    OptionField(
        "guides", "flag", "A&xes and fingerboard", "To lay the drawing on a top; never cut."
    ),
    OptionField("texts", "flag", "&Words", "Name, verdict and measures, on a layer of their own."),
)
_PAPER = OptionField(
    "paper",
    "choice",
    "P&aper",
    "What is not on one sheet goes on several; nothing is ever printed smaller.",
    (("a4", "A4"), ("a3", "A3"), ("letter", "Letter"), ("tabloid", "Tabloid")),
)
_ORIENTATION = OptionField(
    "orientation",
    "choice",
    "O&rientation",
    "The one with fewer pages is usual; upright where both have as many.",
    (("auto", "Fewer pages"), ("portrait", "Upright"), ("landscape", "Across")),
)
_OVERLAP = OptionField(
    "overlap_mm",
    "length",
    "&Overlap of the pages",
    "How far sheets lie over each other where they are glued; 10 mm is usual.",
)
TEMPLATE_FIELDS = (_PAPER, _ORIENTATION, _OVERLAP)
SHEET_FIELDS = (
    OptionField(
        "document",
        "choice",
        "&Document",
        "With the template behind it, one file holds all that goes to the bench.",
        (("shop_sheet", "The shop sheet"), ("both", "Shop sheet, then template")),
    ),
    _PAPER,
    _ORIENTATION,
    _OVERLAP._replace(unless=("document", "shop_sheet")),
)
PRINT_FIELDS = (
    OptionField(
        "document",
        "choice",
        "&Document",
        "The template is as large as the rosette; the shop sheet says how it is made.",
        (
            ("template", "Template 1:1"),
            ("shop_sheet", "Shop sheet"),
            ("both", "Shop sheet, then template"),
        ),
    ),
    _PAPER,
    _ORIENTATION,
    _OVERLAP._replace(unless=("document", "shop_sheet")),
)
BOM_FIELDS = (
    OptionField(
        "guitars",
        "count",
        "&Guitars",
        "Rosettes made together share sticks, logs and spares; from 1 to 1000.",
    ),
    OptionField(
        "sheet_length_mm",
        "length",
        "Sheet &length, along the grain",
        "Of the sheets that you buy; with both sizes the list says how many. May stay empty.",
        optional=True,
    ),
    OptionField(
        "sheet_width_mm",
        "length",
        "Sheet &width",
        "Across the grain. Both sizes or none.",
        optional=True,
    ),
)
_POST = OptionField(
    "post",
    "choice",
    "Con&troller",
    "The dialect that your machine reads.",
    (("grbl", "GRBL 1.1"), ("mach3", "Mach3 and Mach4"), ("linuxcnc", "LinuxCNC")),
)
_MOVES = (
    OptionField(
        "direction",
        "choice",
        "D&irection",
        "Climb leaves the cleaner wall and is usual; conventional suits a machine with much play.",
        (("climb", "Climb"), ("conventional", "Conventional")),
    ),
    OptionField(
        "finish_allowance_mm",
        "length",
        "Left for the fi&nish pass",
        "On each wall, taken off in one light pass at full depth; 0.1 mm is usual, 0 for none.",
    ),
    OptionField(
        "safe_z_mm",
        "length",
        "&Height of rapid moves",
        "Above the face; 5 mm clears usual clamps.",
    ),
    OptionField(
        "spin_up_s",
        "number",
        "&Wait for the spindle, seconds",
        "Routers need 2 to 3 s, inverter spindles more; 5 s is usual.",
    ),
)
CHANNEL_FIELDS = (_POST, *_MOVES)
PARTS_FIELDS = (
    OptionField(
        "allowance_mm",
        "length",
        "Room for the f&it",
        "In all between a part and the walls of its channel; empty: the channel's own clearance.",
        optional=True,
    ),
    OptionField(
        "sheet_width_mm", "length", "Sheet &width", "Along the grain, from 10 to 2000 mm."
    ),
    OptionField("sheet_height_mm", "length", "Sheet &height", "Across the grain."),
    OptionField(
        "edge_mm", "length", "Free e&dge", "Stays clear round the sheet, for clamps and tape."
    ),
    OptionField(
        "spare_mm", "length", "&Room between parts", "Besides the bit itself; 1 mm is usual."
    ),
    OptionField("guitars", "count", "G&uitars", "For how many rosettes; from 1 to 1000."),
    OptionField(
        "version",
        "choice",
        "DXF versi&on",
        "R2000 says that it is in millimetres; R12 is for programs that read nothing newer.",
        (("r2000", "R2000"), ("r12", "R12")),
    ),
)
SOUNDHOLE_FIELDS = (
    _POST,
    OptionField(
        "hold",
        "choice",
        "Disc is held &by",
        "Tabs hold it even where the top is thinner than said; a skin is cut with a knife.",
        (("tabs", "Tabs"), ("skin", "A skin under the groove")),
    ),
    OptionField(
        "top_thickness_mm",
        "length",
        "Thickness of the to&p there",
        "Measured where the hole is cut; empty: the routed thickness less what levelling took.",
        optional=True,
    ),
    OptionField(
        "tabs", "count", "Number of t&abs", "4 is usual, from 3 to 8.", unless=("hold", "skin")
    ),
    OptionField(
        "tab_width_mm",
        "length",
        "Tab widt&h",
        "Along the edge; 4 mm is usual.",
        unless=("hold", "skin"),
    ),
    OptionField(
        "tab_height_mm",
        "length",
        "Tab hei&ght",
        "Of wood that stays at the bottom; 1 mm is usual.",
        unless=("hold", "skin"),
    ),
    OptionField(
        "breakthrough_mm",
        "length",
        "Cut into the sc&rap board",
        "0.2 mm is usual: no board is quite flat.",
        unless=("hold", "skin"),
    ),
    OptionField(
        "skin_mm", "length", "Skin that sta&ys", "0.3 mm is usual.", unless=("hold", "tabs")
    ),
    *(
        field._replace(words=words)
        for field, words in zip(
            _MOVES,
            (
                "&Direction",
                "Left for the fi&nish pass",
                "Height of rapid &moves",
                "&Wait for the spindle, seconds",
            ),
            strict=True,
        )
    ),
)
