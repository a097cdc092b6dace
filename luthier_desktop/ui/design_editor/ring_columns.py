"""The columns of the ring table: what each shows of a ring and how typed text becomes an edit."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import NamedTuple

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.registry import PARAMETERS
from luthier_desktop.domain.rosette import RingParam, RosetteParamSpec
from luthier_desktop.ui import units
from luthier_desktop.ui.design_editor import ring_edits
from luthier_desktop.ui.design_editor.edits import Edit
from luthier_desktop.ui.design_editor.material_names import MaterialNames


class Column(IntEnum):
    """The columns in their order."""

    RING = 0
    PATTERN = 1
    WIDTH = 2
    MEASURED = 3
    GAP = 4
    TILE = 5
    MATERIALS = 6
    INNER = 7
    OUTER = 8
    VERDICT = 9


class Heading(NamedTuple):
    """A column's heading and what it means."""

    text: str
    tip: str


HEADINGS = {
    Column.RING: Heading("Ring", "The ring's number, from the soundhole outwards."),
    Column.PATTERN: Heading("Pattern", "The family of the ring's pattern."),
    Column.WIDTH: Heading("Width", "The ring's radial width."),
    Column.MEASURED: Heading(
        "Measured", "The width of the real part; it overrides the nominal width everywhere."
    ),
    Column.GAP: Heading("Gap", "Bare wood between this ring and the one inside it."),
    Column.TILE: Heading("Tile", "Length of one tile along the ring."),
    Column.MATERIALS: Heading("Materials", "The ring's materials in their order."),
    Column.INNER: Heading("Inner r", "Inner radius; follows from the stack."),
    Column.OUTER: Heading("Outer r", "Outer radius; follows from the stack."),
    Column.VERDICT: Heading("Check", "What the checks say about this ring."),
}
EDITABLE = (
    Column.PATTERN,
    Column.WIDTH,
    Column.MEASURED,
    Column.GAP,
    Column.TILE,
    Column.MATERIALS,
)
NUMBERS = (
    Column.WIDTH,
    Column.MEASURED,
    Column.GAP,
    Column.TILE,
    Column.INNER,
    Column.OUTER,
)
OPTIONAL = (Column.MEASURED, Column.TILE)
RADII = (Column.INNER, Column.OUTER)
WITH_UNIT = (Column.WIDTH, Column.GAP, Column.TILE)
FIELDS = {
    "pattern_type": Column.PATTERN,
    "width_mm": Column.WIDTH,
    "measured_width_mm": Column.MEASURED,
    "gap_before_mm": Column.GAP,
    "tile_length_mm": Column.TILE,
    "materials": Column.MATERIALS,
}
_LENGTHS = {column: field for field, column in FIELDS.items() if field.endswith("_mm")}


def heading_text(column: Column) -> str:
    """Return a column's heading, with the unit of its numbers where there is room for it."""
    text = HEADINGS[column].text
    return f"{text} {units.symbol()}" if column in WITH_UNIT else text


def heading_tip(column: Column) -> str:
    """Say what a column means, and the unit of its numbers."""
    tip = HEADINGS[column].tip
    return f"{tip} In {units.symbol()}." if column in NUMBERS else tip


def cell_text(ring: RingParam, radii: RingRadii, column: Column, names: MaterialNames) -> str:
    """Return what a cell shows."""
    if column in RADII:
        return units.bare(length_mm(ring, radii, column) or 0.0)
    if column in NUMBERS:
        value_mm = length_mm(ring, radii, column)
        return "" if value_mm is None else units.figure(value_mm)
    return edit_text(ring, column, names)


def length_mm(ring: RingParam, radii: RingRadii, column: Column) -> float | None:
    """Return the length that a cell shows, if it shows one."""
    if column in RADII:
        return radii.inner_mm if column is Column.INNER else radii.outer_mm
    field = _LENGTHS.get(column)
    return None if field is None else getattr(ring, field)


def edit_text(ring: RingParam, column: Column, names: MaterialNames) -> str:
    """Return the text that an edit of the cell starts from."""
    if column is Column.PATTERN:
        return ring_edits.family_text(ring.pattern_type)
    if column in _LENGTHS:
        value_mm = getattr(ring, _LENGTHS[column])
        return "" if value_mm is None else units.typed(units.text(value_mm))
    if column is Column.MATERIALS:
        return names.listed(ring.materials or ())
    return ""


def typed_edit(
    position: int, column: Column, text: str, names: MaterialNames
) -> Callable[[RosetteParamSpec], Edit | None]:
    """Return what builds the edit for *text* typed into a cell; it refuses what is not valid."""

    def build(design: RosetteParamSpec) -> Edit | None:
        number = design.ring_params[position].ring_index
        what = f"{HEADINGS[column].text} of ring {number}"
        if column is Column.PATTERN:
            return ring_edits.set_family(design, position, parse_family(text, what))
        if column is Column.MATERIALS:
            return ring_edits.set_materials(design, position, names.parse(text, what))
        field = _LENGTHS[column]
        absent = column in OPTIONAL and not text.strip()
        value_mm = None if absent else units.read(text, what)
        return ring_edits.set_length(design, position, field, value_mm)

    return build


def parse_family(text: str, what: str) -> PatternFamily:
    """Read a family's name in any letter case.

    Raises:
        InputRefused: No family that is built has this name.
    """
    word = text.strip().upper().replace(" ", "_")
    for family in PARAMETERS:
        if family.value == word:
            return family
    built = ", ".join(ring_edits.family_text(family) for family in PARAMETERS)
    raise InputRefused(f"{what}: {text.strip()!r} is not a pattern; use {built}.")
