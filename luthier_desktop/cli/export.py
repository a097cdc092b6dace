"""``luthier export svg | png``: pictures that carry their design."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from luthier_desktop.cli.documents import refuse_two_inputs, setup_of, setup_option
from luthier_desktop.cli.session import (
    Session,
    remark,
    remark_problems,
    require_log_of,
    source_of,
    with_session,
)
from luthier_desktop.domain.display import shown

if TYPE_CHECKING:
    from luthier_desktop.services.exporting import Written
    from luthier_desktop.services.picture_source import Source
    from luthier_desktop.services.studio import Studio

_STYLES = ("wood", "flat", "lines")


@click.group()
def export() -> None:
    """Draw a design or a snapshot; the file carries it and can be opened again."""


def _picture_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command what every picture can be asked for."""
    options = (
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
            "--style",
            type=click.Choice(_STYLES, case_sensitive=False),
            default="wood",
            show_default=True,
            help="Woods with their grain, flat colours, or outlines alone.",
        ),
        click.option(
            "--caption", is_flag=True, help="Add name, verdict, short hash, QR and scale bar."
        ),
        click.option("--dimensions", is_flag=True, help="Write the diameters below."),
        click.option(
            "--no-top",
            "top",
            is_flag=True,
            flag_value=False,
            default=True,
            help="Leave out the wood of the top.",
        ),
        setup_option,
    )
    for option in reversed(options):
        function = option(function)
    return function


@export.command(epilog="Example: luthier export svg design.json --out rosette.svg --caption")
@_picture_options
@with_session
def svg(session: Session, design: str, **options: Any) -> None:
    """Draw DESIGN (a file, - for standard input, or a snapshot's id) as SVG in true mm."""
    _export(session, "svg", design, options)


@export.command(epilog="Example: luthier export png snap_4g7k2m9p3q5r8s0t --out rosette.png")
@_picture_options
@click.option("--dpi", type=int, default=300, show_default=True, help="Dots per inch.")
@click.option("--width-px", type=int, metavar="N", help="The width in pixels; before --dpi.")
@with_session
def png(session: Session, design: str, **options: Any) -> None:
    """Draw DESIGN (a file, - for standard input, or a snapshot's id) in pixels."""
    _export(session, "png", design, options)


def _export(session: Session, kind: str, design: str, options: dict[str, Any]) -> None:
    from luthier_desktop.domain.picture import PictureOptions

    out, replace, setup = (options.pop(name) for name in ("out", "replace", "setup"))
    refuse_two_inputs(design, setup)
    with session.studio() as studio:
        remark_problems(studio)
        chosen = PictureOptions.read(options, "The options")
        source = _source(studio, design)
        shop = setup_of(studio, setup)
        exporting = studio.exporting if shop is None else studio.exporting.for_setup(shop)
        done = exporting.write(kind, source, out, chosen, replace=replace)
    session.answer(done.plain(), _lines(done))
    if done.run_id is None:
        remark("The store cannot be written, so this export is not recorded.")


def _source(studio: Studio, argument: str) -> Source:
    """Return the id of a snapshot, or the design of a file."""
    from luthier_desktop.domain.snapshot import SNAPSHOT_ID_PATTERN

    if re.fullmatch(SNAPSHOT_ID_PATTERN, argument):
        require_log_of(studio, f"snapshot {argument}")
        return argument
    return studio.designs.as_it_stands(source_of(argument, studio.designs.most_bytes))


def _lines(done: Written) -> list[str]:
    return [
        f"{shown(str(done.path), 300)}, {done.size_bytes:,} bytes",
        f"sha256 {done.sha256}",
        f"recorded as {done.run_id}" if done.run_id else "not recorded",
    ]
