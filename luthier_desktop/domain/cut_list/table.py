"""A table of a cut list: the same titles, units and cells for a file, a page and a window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from luthier_desktop.domain.lengths import MM_PER_INCH, Unit, other_unit_text
from luthier_desktop.domain.outgoing_text import Cell

MM, INCH, DEGREES, PERCENT = "mm", "in", "deg", "%"
CM2, CM3, INCH2, INCH3 = "cm2", "cm3", "in2", "in3"
_DECIMALS = {MM: 2, DEGREES: 3, PERCENT: 0, CM2: 1, CM3: 2, INCH2: 2, INCH3: 3}
_IN_CM = MM_PER_INCH / 10


class Column(NamedTuple):
    """A column: ``key`` for programs, ``title`` for people; a unit of "" is text or a count.

    A column that ``is_id`` is for programs alone.
    """

    key: str
    title: str
    unit: str = ""
    is_id: bool = False

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

    def for_people(self) -> Table:
        """Return the table without the columns of ids."""
        kept = [at for at, column in enumerate(self.columns) if not column.is_id]
        columns = tuple(self.columns[at] for at in kept)
        return self._replace(
            columns=columns, rows=tuple(tuple(row[at] for at in kept) for row in self.rows)
        )

    def with_inches(self) -> Table:
        """Put behind each metric column one in inches; lengths as text, to 64ths.

        Metric numbers are rounded to 1e-4, which nobody measures.
        """
        columns = [own for column in self.columns for own in _both(column)]
        rows = tuple(
            tuple(
                own
                for cell, column in zip(row, self.columns, strict=True)
                for own in _cells(cell, column)
            )
            for row in self.rows
        )
        return self._replace(columns=tuple(columns), rows=rows)


def _both(column: Column) -> Iterator[Column]:
    yield column
    if column.unit in _IN_INCHES:
        unit, _ = _IN_INCHES[column.unit]
        key = column.key.removesuffix(f"_{column.unit}")
        yield Column(f"{key}_{unit}", column.title, unit)


def _cells(cell: Cell, column: Column) -> Iterator[Cell]:
    yield round(cell, 4) if isinstance(cell, float) else cell
    if column.unit in _IN_INCHES:
        _, convert = _IN_INCHES[column.unit]
        yield convert(float(cell)) if isinstance(cell, int | float) else None


def in_inches(length_mm: float) -> str:
    """Write a length in mm in inches: ``3/32"``, or the nearest 64th and the decimals."""
    return other_unit_text(length_mm, Unit.MM)


_IN_INCHES: dict[str, tuple[str, Callable[[float], Cell]]] = {
    MM: (INCH, in_inches),
    CM2: (INCH2, lambda area_cm2: round(area_cm2 / _IN_CM**2, 3)),
    CM3: (INCH3, lambda volume_cm3: round(volume_cm3 / _IN_CM**3, 3)),
}


def cell_text(cell: Cell, column: Column) -> str:
    """Write a cell for people, its unit left to the heading."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:.{_DECIMALS.get(column.unit, 2)}f}"
    return str(cell)
