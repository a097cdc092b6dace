"""What the export commands can be asked for: the options of each kind, with their defaults."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from luthier_desktop.cli.documents import setup_option

Command = Callable[..., Any]
Option = Callable[[Command], Command]


def exporting(*options: Option) -> Option:
    """Give a command what every export takes, and the *options* of its kind."""

    def given(function: Command) -> Command:
        for option in reversed((*_EVERY, *options)):
            function = option(function)
        return function

    return given


def _choice(name: str, words: tuple[str, ...], default: str, text: str) -> Option:
    kind = click.Choice(words, case_sensitive=False)
    return click.option(name, type=kind, default=default, show_default=True, help=text)


def _number(name: str, default: float | None, text: str, unit: str = "MM") -> Option:
    return click.option(
        name,
        type=int if unit == "N" else float,
        default=default,
        show_default=default is not None,
        metavar=unit,
        help=text,
    )


def _without(name: str, member: str, text: str) -> Option:
    return click.option(name, member, is_flag=True, flag_value=False, default=True, help=text)


_EVERY: tuple[Option, ...] = (
    click.argument("design"),
    click.option(
        "--out",
        required=True,
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="The file that is written; it must not exist, unless --replace is given.",
    ),
    click.option("--replace", is_flag=True, help="Write over the file that stands there."),
    click.option(
        "--keep", metavar="NAME", help="Save the design as a snapshot first, and export that."
    ),
    setup_option,
)
_PICTURE: tuple[Option, ...] = (
    _choice(
        "--style",
        ("wood", "flat", "lines"),
        "wood",
        "Woods with their grain, flat colours, or outlines alone.",
    ),
    click.option(
        "--caption", is_flag=True, help="Add name, verdict, short hash, QR and scale bar."
    ),
    click.option("--dimensions", is_flag=True, help="Write the diameters below."),
    _without("--no-top", "top", "Leave out the wood of the top."),
)
SVG = _PICTURE
PNG: tuple[Option, ...] = (
    *_PICTURE,
    _number("--dpi", 300, "Dots per inch.", "N"),
    _number("--width-px", None, "The width in pixels; before --dpi.", "N"),
)
DXF: tuple[Option, ...] = (
    _choice(
        "--version", ("r2000", "r12"), "r2000", "R2000 tells its unit; R12 is for old readers."
    ),
    _choice(
        "--pieces",
        ("tiles", "joints", "none"),
        "tiles",
        "Closed profiles a material, the joints alone, or neither.",
    ),
    _without("--no-top", "top", "Leave out soundhole and channels."),
    _without("--no-rings", "rings", "Leave out the circles between rings."),
    _without("--no-guides", "guides", "Leave out axes and fingerboard."),
    _without("--no-texts", "texts", "Leave out what is written beside it."),
)
PDF: tuple[Option, ...] = (
    _choice(
        "--document",
        ("template", "shop_sheet", "both"),
        "template",
        "The template at true size, the sheet for the bench, or both.",
    ),
    _choice("--paper", ("a4", "a3", "letter", "tabloid"), "a4", "The size of the pages."),
    _choice(
        "--orientation",
        ("auto", "portrait", "landscape"),
        "auto",
        "How the pages lie; auto takes what needs fewer.",
    ),
    _number("--overlap-mm", 10.0, "How far the pages of a template lie over each other."),
)
BOM: tuple[Option, ...] = (
    _number("--guitars", 1, "For so many guitars, which share sticks and logs.", "N"),
    _number("--sheet-length-mm", None, "The sheets that you buy: their length along the grain."),
    _number("--sheet-width-mm", None, "The sheets that you buy: their width."),
)
GCODE: tuple[Option, ...] = (
    _choice("--post", ("grbl", "mach3", "linuxcnc"), "grbl", "The control; mach3 is Mach4 too."),
    _choice("--part", ("channel", "soundhole"), "channel", "What is cut; the hole comes last."),
    _choice("--direction", ("climb", "conventional"), "climb", "How the bit goes round."),
    _number("--finish-allowance-mm", 0.1, "What roughing leaves on each wall for the last pass."),
    _number("--safe-z-mm", 5.0, "The height of rapid moves above the face."),
    _number("--spin-up-s", 5.0, "How long the spindle is waited for.", "S"),
    _choice("--hold", ("tabs", "skin"), "tabs", "What keeps the disc of the soundhole."),
    _number("--tabs", 4, "How many tabs.", "N"),
    _number("--tab-width-mm", 4.0, "How wide a tab is."),
    _number("--tab-height-mm", 1.0, "How high a tab is."),
    _number("--skin-mm", 0.3, "How thick the skin under the groove is."),
    _number("--breakthrough-mm", 0.2, "How far tabs are cut into the board below."),
    _number("--top-thickness-mm", None, "The top as measured at the hole; else as routed."),
)
PARTS: tuple[Option, ...] = (
    _number("--sheet-width-mm", 300.0, "A sheet of stock along its grain."),
    _number("--sheet-height-mm", 200.0, "A sheet of stock across its grain."),
    _number("--edge-mm", 5.0, "What stays free round a sheet for clamps."),
    _number("--spare-mm", 1.0, "What stays between two parts besides the bit."),
    _number(
        "--allowance-mm", None, "Room between part and channel; else the channel's clearance."
    ),
    _number("--guitars", 1, "For so many guitars.", "N"),
    _choice("--version", ("r2000", "r12"), "r2000", "Of a DXF; R12 is for old readers."),
)
