"""``luthier export svg | png | dxf | …``: files for the bench, the machine and the eye."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from luthier_desktop.cli import export_options as options
from luthier_desktop.cli.documents import refuse_two_inputs, setup_of
from luthier_desktop.cli.export_options import exporting
from luthier_desktop.cli.session import (
    Session,
    remark,
    remark_problems,
    require_log_of,
    source_of,
    with_session,
)
from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import GateClosed

if TYPE_CHECKING:
    from luthier_desktop.services.exporting import Exporting, Written
    from luthier_desktop.services.picture_source import Source
    from luthier_desktop.services.studio import Studio


@click.group()
def export() -> None:
    """Write a design or a snapshot as a file; each file is recorded with its hash.

    DESIGN is a file, - for standard input, or the id of a snapshot.
    """


@export.command(epilog="Example: luthier export svg design.json --out rosette.svg --caption")
@exporting(*options.SVG)
@with_session
def svg(session: Session, design: str, **given: Any) -> None:
    """Draw DESIGN (a file, - for standard input, or a snapshot's id) as SVG in true mm."""
    _export(session, "svg", design, given)


@export.command(epilog="Example: luthier export png snap_4g7k2m9p3q5r8s0t --out rosette.png")
@exporting(*options.PNG)
@with_session
def png(session: Session, design: str, **given: Any) -> None:
    """Draw DESIGN (a file, - for standard input, or a snapshot's id) in pixels."""
    _export(session, "png", design, given)


@export.command(epilog="Example: luthier export dxf design.json --out rosette.dxf --version r12")
@exporting(*options.DXF)
@with_session
def dxf(session: Session, design: str, **given: Any) -> None:
    """Draw DESIGN (a file, - for standard input, or a snapshot's id) for a machine, in mm."""
    _export(session, "dxf", design, given)


@export.command(epilog="Example: luthier export pdf design.json --out a.pdf --document both")
@exporting(*options.PDF)
@with_session
def pdf(session: Session, design: str, **given: Any) -> None:
    """Print DESIGN as a template at true size, as a sheet for the bench, or as both."""
    _export(session, "pdf", design, given)


@export.command(epilog="Example: luthier export bom design.json --out cut-list.csv --guitars 4")
@exporting(*options.BOM)
@with_session
def bom(session: Session, design: str, **given: Any) -> None:
    """List what is cut and bought for DESIGN, as CSV or as JSON by the name of the file."""
    _export(session, "bom", design, given)


@export.command(epilog="Example: luthier export gcode design.json --out channel.nc --post grbl")
@exporting(*options.GCODE)
@with_session
def gcode(session: Session, design: str, **given: Any) -> None:
    """Write the G-code that cuts the channel, or the soundhole, of DESIGN.

    It is written only when the gate is open: each check green, or decided with a reason.
    """
    _export(session, "gcode", design, given)


@export.command(epilog="Example: luthier export parts design.json --out parts.dxf --guitars 4")
@exporting(*options.PARTS)
@with_session
def parts(session: Session, design: str, **given: Any) -> None:
    """Nest the parts of DESIGN that are cut from sheets, as DXF or as SVG by the file's name."""
    _export(session, "parts", design, given)


def _export(session: Session, kind: str, design: str, given: dict[str, Any]) -> None:
    from luthier_desktop.services.export_kinds import kind_named

    out, replace, setup, keep = (given.pop(name) for name in ("out", "replace", "setup", "keep"))
    refuse_two_inputs(design, setup)
    with session.studio() as studio:
        remark_problems(studio)
        chosen = kind_named(kind).options.read(given, "The options")
        source = _source(studio, design)
        done = _told(_service(studio, setup, keep), (kind, source, out), chosen, replace)
    session.answer(done.plain(), _lines(done))
    if done.run_id is None:
        remark("The store cannot be written, so this export is not recorded.")


def _service(studio: Studio, setup: str | None, keep: str | None) -> Exporting:
    shop = setup_of(studio, setup)
    service = studio.exporting if shop is None else studio.exporting.for_setup(shop)
    return service if keep is None else service.keeping(keep)


def _told(
    service: Exporting, what: tuple[str, Source, Path], chosen: Any, replace: bool
) -> Written:
    """Write the file; of a closed gate tell all that stands in the way."""
    try:
        return service.write(*what, chosen, replace=replace)
    except GateClosed as closed:
        for sentence in closed.in_the_way[1:]:
            remark(sentence)
        raise


def _source(studio: Studio, argument: str) -> Source:
    """Return the id of a snapshot, or the design of a file."""
    from luthier_desktop.domain.snapshot import SNAPSHOT_ID_PATTERN

    if re.fullmatch(SNAPSHOT_ID_PATTERN, argument):
        require_log_of(studio, f"snapshot {argument}")
        return argument
    return studio.designs.as_it_stands(source_of(argument, studio.designs.most_bytes))


def _lines(done: Written) -> list[str]:
    snapshot = [f"snapshot {done.snapshot_id}"] if done.snapshot_id else []
    return [
        f"{shown(str(done.path), 300)}, {done.size_bytes:,} bytes",
        f"sha256 {done.sha256}",
        f"recorded as {done.run_id}" if done.run_id else "not recorded",
        *snapshot,
    ]
