"""A table of a cut list: the same titles, units and cells for a file, a page and a window."""

from __future__ import annotations

from typing import NamedTuple

from luthier_desktop.domain.lengths import Unit, other_unit_text
from luthier_desktop.domain.outgoing_text import Cell

MM, INCH, DEGREES, CM2, CM3, PERCENT, METRES = "mm", "in", "deg", "cm2", "cm3", "%", "m"
_DECIMALS = {MM: 2, DEGREES: 3, CM2: 1, CM3: 2, PERCENT: 0, METRES: 2}


class Column(NamedTuple):
    """A column: ``key`` for programs, ``title`` for people; a unit of "" is text or a count."""

    key: str
    title: str
    unit: str = ""

    @property
    def heading(self) -> str:
        """The title with its unit."""
        return f"{self.title} ({self.unit})" if self.unit else self.title


class Table(NamedTuple):
    """One part of a cut list; every row has one cell for each column."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def with_inches(table: Table) -> Table:
    """Put behind each column in mm one in inches and 64ths, as text."""
    lengths = [column.unit == MM for column in table.columns]
    columns: list[Column] = []
    for column in table.columns:
        columns.append(column)
        if column.unit == MM:
            key = f"{column.key.removesuffix('_mm')}_in"
            columns.append(Column(key, column.title, INCH))
    rows = tuple(_with_inches(row, lengths) for row in table.rows)
    return table._replace(columns=tuple(columns), rows=rows)


def _with_inches(row: tuple[Cell, ...], lengths: list[bool]) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for cell, is_length in zip(row, lengths, strict=True):
        cells.append(cell)
        if is_length:
            cells.append(in_inches(cell))
    return tuple(cells)


def in_inches(length_mm: Cell) -> str:
    """Write a length in mm in inches: ``3/32"``, or the nearest 64th and the decimals."""
    if not isinstance(length_mm, int | float):
        return ""
    return other_unit_text(float(length_mm), Unit.MM)


def cell_text(cell: Cell, column: Column) -> str:
    """Write a cell for people, its unit left to the heading."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:.{_DECIMALS.get(column.unit, 2)}f}"
    return str(cell)
