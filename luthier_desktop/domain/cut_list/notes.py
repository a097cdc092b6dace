"""What a cut list says in sentences: how it is measured, what is shared, what differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from luthier_desktop.domain.bill.stock import StockKind
from luthier_desktop.domain.bom_options import BomOptions
from luthier_desktop.domain.cut_list.model import READY_MADE, Part
from luthier_desktop.domain.cut_list.parts import RingOfBatch
from luthier_desktop.domain.cut_list.sliced import SlicedRing
from luthier_desktop.domain.cut_list.words import MEASURED, counted
from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.patterns.counts import SLANTED, taper_mm
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.parameters import GridParameters, TiledParameters

_SPARES = "Counts and volumes are for {guitars} together; spares and logs are rounded up once."
_NO_SIZE = (
    "Areas hold saw cuts, waste and spares, but not what is left over of a sheet; give the size "
    "of your sheets to have them counted."
)
_SIZE = (
    "Sheets are counted for strips that are ripped along the grain, the widest first, and then "
    "cut off; knots and another order of cutting can change that."
)


def notes_of(
    options: BomOptions, parts: Iterable[Part], materials: MaterialCatalogue
) -> Iterator[str]:
    """Say what holds for the whole list."""
    known = list(parts)
    if not known:
        yield "There is nothing to cut yet."
    if options.guitars > 1:
        yield _SPARES.format(guitars=counted(options.guitars, "guitar"))
    for kind in dict.fromkeys(part.part for part in known):
        yield f"{kind.capitalize()}: {MEASURED[kind]}."
    if any(part.part not in (StockKind.DOT_ROD, READY_MADE) for part in known):
        yield _NO_SIZE if options.sheet_length_mm is None else _SIZE
    for material_id in dict.fromkeys(part.material_id for part in known):
        if materials.get(material_id) is None:
            yield (
                f"{material_id} is not in the catalogue: what protects from its dust is not known."
            )


def bought_note(ring: RingOfBatch) -> str:
    """Say what a ring that is bought leaves out."""
    return (
        f"Ring {ring.made.ring_index}: it is bought ready made, so nothing it is made of is "
        "listed; the material efficiency counts it as if it were made."
    )


def ring_notes(ring: RingOfBatch, sliced: SlicedRing | None) -> tuple[str, ...]:
    """Say what is particular to one ring."""
    notes = [*_figure_note(ring), *_taper_note(ring)]
    if sliced is not None:
        notes += [*_log_notes(ring, sliced), *_saving(ring, sliced)]
    return tuple(f"Ring {ring.made.ring_index}: {note}" for note in notes)


def _figure_note(ring: RingOfBatch) -> Iterator[str]:
    own = ring.made.layout.ring.pattern
    if ring.family is PatternFamily.CUSTOM and getattr(own, "grid", None) is None:
        yield "no tile is painted; its parts are those of the usual one, as it is drawn."
    if ring.family is PatternFamily.INLAY and getattr(own, "shapes", None) is None:
        yield "no shape is placed; its parts are those of the usual vine, as it is drawn."


def _taper_note(ring: RingOfBatch) -> Iterator[str]:
    own, layout = ring.made.layout.ring.pattern, ring.made.layout
    if ring.family in SLANTED or not isinstance(own, TiledParameters) or own.is_tapered:
        return
    open_mm = taper_mm(layout.radii, layout.tiles)
    yield f"the tiles are not tapered, so each joint opens by {open_mm:.2f} mm at the outer edge."


def _log_notes(ring: RingOfBatch, sliced: SlicedRing) -> Iterator[str]:
    own = ring.made.layout.ring.pattern
    if not (isinstance(own, GridParameters) and own.log_length_mm):
        yield "the length of a log is not given; one is as long as the slices of one guitar need."
    if len(sliced.logs) > 1 and not sliced.logs[0].sliced_alone:
        made = sum(line.logs_alone for line in sliced.logs) // ring.batch.guitars
        yield (
            "tiles that are upside down are sliced from a log of their own, so "
            f"{counted(made, 'log')} a guitar by itself; check T4 and the material efficiency "
            f"count {counted(sliced.plan.logs, 'log')}, as if all tiles came from one kind."
        )


def _saving(ring: RingOfBatch, sliced: SlicedRing) -> Iterator[str]:
    saved = sum(line.saved for line in sliced.logs)
    if not saved:
        return
    word = "stick" if sliced.logs[0].sliced_alone else "log"
    made = sum(line.logs for line in sliced.logs)
    alone = sum(line.logs_alone for line in sliced.logs)
    yield (
        f"{counted(ring.batch.guitars, 'guitar')} share {counted(made, word)}; one by one they "
        f"would take {alone}: {saved} saved."
    )
