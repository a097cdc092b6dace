"""How the odd tiles of a ring follow the even ones."""

from __future__ import annotations

from luthier_desktop.domain.patterns.parameters import Grid, Symmetry


def turned_tile(rows: Grid, symmetry: Symmetry) -> Grid:
    """Return an odd tile: alike, mirrored at its joint, at the mean circle, or at both."""
    if symmetry in {"book", "book_inversion"}:
        rows = tuple(row[::-1] for row in rows)
    return rows[::-1] if symmetry in {"inversion", "book_inversion"} else rows
