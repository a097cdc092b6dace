"""A cut list as tables: the one place of their titles, whoever shows them.

Numbers are rounded, lengths to 1e-6 as the design's own, so that they are the same everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from luthier_desktop.domain.bill.recipe_text import runs, stick_order
from luthier_desktop.domain.cut_list.model import (
    CutList,
    LogLine,
    Part,
    PlankLine,
    RingLine,
    StockLine,
    TileLine,
)
from luthier_desktop.domain.cut_list.table import (
    CM2,
    CM3,
    DEGREES,
    MM,
    PERCENT,
    Column,
    Table,
)
from luthier_desktop.domain.cut_list.words import FAMILY_WORDS, listed
from luthier_desktop.domain.outgoing_text import Cell

_IN_UNIT = {CM2: 100.0, CM3: 1000.0, PERCENT: 0.01}
_ROUNDED_TO = {MM: 6, DEGREES: 6, PERCENT: 3}


class _Field(NamedTuple):
    """A column and what stands in it; a number in mm, mm2, mm3 or a share."""

    column: Column
    value: Callable[[Any], Cell]


def _field(key: str, title: str, value: Callable[[Any], Cell], unit: str = "") -> _Field:
    return _Field(Column(key, title, unit), value)


def _id(key: str, value: Callable[[Any], Cell]) -> _Field:
    return _Field(Column(key, key, "", is_id=True), value)


def _own(key: str, title: str, name: str = "", unit: str = "") -> _Field:
    """Return a column that shows a member as it is."""
    return _field(key, title, lambda line: getattr(line, name or key), unit)


def _mm(key: str, title: str) -> _Field:
    return _own(key, title, key, MM)


def _family(line: RingLine | Part | TileLine) -> str:
    return FAMILY_WORDS[line.family]


_RING = _own("ring", "ring", "ring_index")
_FAMILY = _field("pattern", "pattern", _family)
_FAMILY_ID = _id("pattern_type", lambda line: line.family.value)
_MATERIAL = (
    _own("material", "material", "material_name"),
    _id("material_id", lambda one: one.material_id),
)

_RINGS = (
    _RING,
    _FAMILY,
    _FAMILY_ID,
    _own("made", "made"),
    _field("materials", "materials", lambda line: "; ".join(line.material_names)),
    _mm("width_mm", "width"),
    _mm("inner_mm", "inner radius"),
    _mm("outer_mm", "outer radius"),
    _mm("thickness_mm", "thickness"),
    _own("tiles", "tiles in a rosette"),
    _mm("kerf_mm", "saw cut"),
    _own("waste_percent", "waste", "waste_share", PERCENT),
    _own("ring_cm2", "area", "ring_mm2", CM2),
    _own("pieces_cm2", "area of the pieces", "pieces_mm2", CM2),
    _field("complete", "complete", lambda line: not line.lacks),
)
_PARTS = (
    _RING,
    _FAMILY,
    _FAMILY_ID,
    _own("part", "part"),
    *_MATERIAL,
    _own("needed", "needed"),
    _own("to_cut", "to cut"),
    _mm("width_mm", "width"),
    _mm("thickness_mm", "thickness"),
    _mm("length_inner_mm", "length at the inner radius"),
    _mm("length_outer_mm", "length at the outer radius"),
    _mm("length_mm", "length to cut"),
    _mm("kerf_mm", "saw cut"),
    _own("stock_cm3", "stock", "stock_mm3", CM3),
    _own("waste_cm3", "waste", "waste_mm3", CM3),
    _own("kerf_cm3", "sawdust", "kerf_mm3", CM3),
    _own("trimmed_cm3", "trimmed off", "trimmed_mm3", CM3),
    _own("area_cm2", "area in a rosette", "area_mm2", CM2),
)
_TILES = (
    _RING,
    _FAMILY,
    _FAMILY_ID,
    _own("needed", "needed"),
    _own("to_make", "to make"),
    _mm("inner_mm", "width at the inner edge"),
    _mm("outer_mm", "width at the outer edge"),
    _mm("height_mm", "across the ring"),
    _mm("thickness_mm", "thickness"),
    _own("taper_deg", "taper, both sides", unit=DEGREES),
)


def _columns(line: PlankLine) -> str:
    """Say where a plank's sticks lie: ``1, 3 and 9 upside down`` or ``log 2: 4``."""
    if line.sliced_alone:
        return "sliced by itself"
    by_log: dict[int, list[str]] = {}
    for log, column, upside_down in line.columns:
        word = f"{column} upside down" if upside_down else f"{column}"
        by_log.setdefault(log, []).append(word)
    if list(by_log) == [1] and line.kinds_of_log == 1:
        return listed(by_log[1])
    return "; ".join(f"log {log}: {listed(words)}" for log, words in by_log.items())


_PLANKS = (
    _RING,
    _own("plank", "plank", "letter"),
    _field(
        "veneers",
        "veneers, bottom (inner edge) to top",
        lambda line: runs(line.veneer_names),
    ),
    _id("veneer_ids", lambda line: " ".join(line.veneer_ids)),
    _mm("veneer_mm", "veneer"),
    _field("veneer_count", "veneers", lambda line: len(line.veneer_ids)),
    _field("columns", "columns of the tile", _columns),
    _own("sticks", "sticks to saw"),
    _mm("width_mm", "width of the plank"),
    _mm("length_mm", "length"),
    _mm("stick_mm", "stick, outer edge"),
    _mm("inner_mm", "stick, inner edge"),
    _own("taper_deg", "taper, both sides", unit=DEGREES),
)


def _order(line: LogLine) -> str:
    alone = "stick " if line.sliced_alone else ""
    return alone + stick_order(line.sticks)


_LOGS = (
    _RING,
    _own("log", "log", "number"),
    _field("sticks", "sticks, left to right", _order),
    _own("tiles", "tiles needed"),
    _own("turned_over", "of them turned over"),
    _own("slices", "slices to saw"),
    _own("slices_per_log", "slices of a log"),
    _own("logs", "logs to make"),
    _own("logs_alone", "logs, guitar by guitar"),
    _own("saved", "logs saved"),
    _mm("length_mm", "length"),
    _mm("outer_mm", "width outside"),
    _mm("inner_mm", "width inside"),
    _mm("height_mm", "height"),
    _mm("slice_mm", "slice"),
    _mm("kerf_mm", "saw cut"),
)


def _sheet(line: StockLine) -> Cell:
    return line.area_mm2 if line.form == "sheet" else None


_STOCK = (
    _own("form", "form"),
    *_MATERIAL,
    _mm("thickness_mm", "thickness or diameter"),
    _own("pieces", "pieces"),
    _mm("widest_mm", "widest"),
    _mm("longest_mm", "longest"),
    _mm("length_mm", "length in all"),
    _field("area_cm2", "area", _sheet, CM2),
    _own("volume_cm3", "volume", "volume_mm3", CM3),
    _own("sheets", "sheets"),
    _own("trade", "trade", "cites"),
    _own("remark", "remark"),
)
_BITS = (
    _own("use", "for"),
    _own("bit", "bit", "name"),
    _mm("diameter_mm", "diameter"),
    _own("flutes", "flutes"),
    _own("shape", "kind"),
)
_GLUE = (_own("glue", "glue"), _own("advice", "how"), _own("source", "source"))
_SAFETY = (
    _own("protection", "protection"),
    _own("reason", "because"),
    _field("materials", "of", lambda line: "; ".join(line.material_names)),
    _own("in_shop", "in the setup"),
    _own("source", "source"),
)
_ASSUMPTIONS = (
    _own("name", "assumed"),
    _own("value", "value"),
    _own("meaning", "what for"),
    _own("source", "source"),
)
_MISSING = (
    _field("ring", "ring", lambda one: one[0]),
    _field("path", "field", lambda one: one[1].path),
    _field("to_do", "to do", lambda one: one[1].sentence),
)
_NOTES = (_field("note", "note", str),)


def tables(cut: CutList) -> tuple[Table, ...]:
    """Return every table, also those without rows, in the order in which they are read."""
    missing = [(ring.ring_index, lack) for ring in cut.rings for lack in ring.lacks]
    return (
        _table("rings", "Rings", _RINGS, cut.rings),
        _table("missing", "Missing", _MISSING, missing),
        _table("parts", "Parts", _PARTS, cut.parts),
        _table("tiles", "Tiles", _TILES, cut.tiles),
        _table("planks", "Planks and sticks", _PLANKS, cut.planks),
        _table("logs", "Logs and slices", _LOGS, cut.logs),
        _table("stock", "Stock", _STOCK, cut.stock),
        _table("bits", "Bits", _BITS, cut.bits),
        _table("glue", "Glue", _GLUE, cut.glue),
        _table("safety", "Protection", _SAFETY, cut.safety),
        _table("assumptions", "Assumptions", _ASSUMPTIONS, cut.assumptions),
        _table("notes", "Notes", _NOTES, cut.notes),
    )


def _table(key: str, title: str, fields: tuple[_Field, ...], lines: Iterable[Any]) -> Table:
    columns = tuple(field.column for field in fields)
    rows = tuple(tuple(_cell(field, line) for field in fields) for line in lines)
    return Table(key, title, columns, rows)


def _cell(field: _Field, line: Any) -> Cell:
    value = field.value(line)
    if isinstance(value, float):
        unit = field.column.unit
        return round(value / _IN_UNIT.get(unit, 1.0), _ROUNDED_TO.get(unit, 4)) + 0.0
    return value
