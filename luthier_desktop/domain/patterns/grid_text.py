"""A tile as text for the clipboard: a line a row, a tab between cells, as in a spreadsheet."""

from __future__ import annotations

from collections.abc import Container

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.patterns.grid_edits import MOST_SIDE
from luthier_desktop.domain.patterns.parameters import Grid

LONGEST_TEXT = 4_000_000
LONGEST_WORD = 40


def grid_text(grid: Grid) -> str:
    """Write a grid, outermost row first, in material ids."""
    return "".join("\t".join(row) + "\n" for row in grid)


def read_grid(text: str, known: Container[str]) -> Grid:
    """Read a grid of *known* materials; a name is understood as its id.

    Raises:
        InputRefused: It is no table of materials, or larger than a tile can be.
    """
    if len(text) > LONGEST_TEXT:
        raise InputRefused("The clipboard holds far more than a tile; copy a tile first.")
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise InputRefused("The clipboard holds no tile; copy one first.")
    columns = lines[0].count("\t") + 1
    if len(lines) > MOST_SIDE or columns > MOST_SIDE:
        raise InputRefused(
            f"The tile on the clipboard has {len(lines)} rows of {columns} cells; "
            f"at most {MOST_SIDE} of {MOST_SIDE} can be pasted."
        )
    return tuple(
        _row(number, line, columns, known) for number, line in enumerate(lines, start=1)
    )


def _row(number: int, line: str, columns: int, known: Container[str]) -> tuple[str, ...]:
    words = line.split("\t")
    if len(words) != columns:
        raise InputRefused(
            f"Row {number} of the tile on the clipboard has {len(words)} cells, the first has "
            f"{columns}; make them equal."
        )
    return tuple(_material(word, number, known) for word in words)


def _material(word: str, number: int, known: Container[str]) -> str:
    material_id = word.strip().casefold().replace(" ", "_")
    if material_id not in known:
        told = shown(word.strip(), LONGEST_WORD) or "nothing"
        raise InputRefused(
            f"Row {number} of what is on the clipboard says {told}, which is no material; "
            "copy a tile first."
        )
    return material_id
