"""A cut list as CSV: every table in one file, one below the other.

The first cell of each line names its table; the first line of a table has its headings. All
lines have the same number of cells (RFC 4180), lengths stand in mm and in inches, and no cell is
a formula to a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Sequence

from luthier_desktop.domain.cut_list.model import CutList
from luthier_desktop.domain.cut_list.table import Table
from luthier_desktop.domain.cut_list.tables import tables
from luthier_desktop.domain.outgoing_text import CSV_MARK, Cell, csv_line
from luthier_desktop.exports.svg_notes import Notes

_LIST = ("list", "name", "guitars", "verdict", "design hash", "record")


def csv_bytes(cut: CutList, notes: Notes) -> bytes:
    """Return the file; a table without rows is left out."""
    head: list[Sequence[Cell]] = [
        _LIST,
        ("list", notes.name, cut.guitars, notes.verdict, notes.design_sha256, notes.record),
    ]
    lines = head + [
        line
        for table in tables(cut)
        if table.rows
        for line in _lines(table.for_people().with_inches())
    ]
    width = max(map(len, lines))
    text = "".join(csv_line([*line, *[None] * (width - len(line))]) for line in lines)
    return (CSV_MARK + text).encode()


def _lines(table: Table) -> list[Sequence[Cell]]:
    headings = [column.heading for column in table.columns]
    return [(table.key, *headings), *((table.key, *row) for row in table.rows)]
