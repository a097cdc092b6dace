"""Checker and mosaic: which cell lies where, in which material."""

from __future__ import annotations

import math

import pytest

from luthier_desktop.domain.geometry import Arc, Piece, RingRadii
from luthier_desktop.domain.patterns.draw import RingDrawing
from luthier_desktop.domain.patterns.mosaic import figure
from tests.domain.patterns.rings import RADII, draw

PAINTED = [
    ["koa", "pear", "holly"],
    ["wenge", "bone", "abalone"],
]
"""Outermost row first, left to right as seen from the soundhole's centre."""


def painted(symmetry: str | None, count: int = 4) -> RingDrawing:
    pattern = {"grid": PAINTED, "count": count}
    return draw("MOSAIC", pattern if symmetry is None else {**pattern, "symmetry": symmetry})


def tile(drawing: RingDrawing, place: int) -> list[list[str]]:
    """Read a tile back from where its cells lie: outermost row first, clockwise."""
    cells: dict[tuple[float, float], str] = {}
    for piece in drawing.pieces:
        outer = outer_arc(piece)
        column = round(outer.start_deg / (360 / (drawing.count * 3)))
        if column // 3 == place:
            cells[(-outer.radius_mm, column)] = piece.material_id
    in_order = [cells[key] for key in sorted(cells)]
    return [in_order[:3], in_order[3:]]


def outer_arc(piece: Piece) -> Arc:
    arc = piece.outline.edges[0]
    assert isinstance(arc, Arc)
    return arc


def test_even_tiles_lie_as_they_were_painted() -> None:
    for symmetry in ("slip", "book", "inversion", "book_inversion"):
        assert tile(painted(symmetry), 0) == PAINTED
        assert tile(painted(symmetry), 2) == PAINTED


@pytest.mark.parametrize(
    ("symmetry", "odd"),
    [
        ("slip", [["koa", "pear", "holly"], ["wenge", "bone", "abalone"]]),
        ("book", [["holly", "pear", "koa"], ["abalone", "bone", "wenge"]]),
        ("inversion", [["wenge", "bone", "abalone"], ["koa", "pear", "holly"]]),
        ("book_inversion", [["abalone", "bone", "wenge"], ["holly", "pear", "koa"]]),
    ],
)
def test_odd_tiles_are_turned_as_the_symmetry_says(symmetry: str, odd: list[list[str]]) -> None:
    assert tile(painted(symmetry), 1) == odd
    assert tile(painted(symmetry), 3) == odd


def test_without_a_symmetry_tiles_are_book_matched() -> None:
    assert painted(None) == painted("book")


def test_a_books_tiles_meet_at_equal_columns_all_round() -> None:
    drawing = painted("book", count=6)
    for place in range(6):
        one, other = tile(drawing, place), tile(drawing, (place + 1) % 6)
        assert [row[-1] for row in one] == [row[0] for row in other]


def test_cells_stretch_from_the_inner_to_the_outer_radius() -> None:
    # 40 tiles of 13 columns: 2 pi 50/520 = 0.604152 inside, 2 pi 56/520 = 0.676650 outside
    drawing = draw("MOSAIC", {"count": 40, "rows": 11, "cols": 13})
    widths_mm = [
        abs(edge.radius_mm * math.radians(edge.sweep_deg))
        for piece in drawing.pieces
        for edge in piece.outline.edges
        if isinstance(edge, Arc)
    ]
    assert min(widths_mm) == pytest.approx(0.604152, abs=1e-6)
    assert max(widths_mm) == pytest.approx(0.676650, abs=1e-6)
    assert len(drawing.pieces) == 40 * 11 * 13
    assert drawing.smallest_piece_mm == pytest.approx(6 / 11)
    assert len(drawing.joints) == 40


def test_a_mosaics_pitch_is_that_of_its_columns() -> None:
    # 333.0088 / (2 x 6.5) = 25.6 -> 52; 333.0088/52 - 6.5 = -0.095984
    drawing = draw("MOSAIC", {"rows": 11, "cols": 13, "px_mm": 0.5})
    assert drawing.count == 52
    assert drawing.closure_mm == pytest.approx(-0.095984, abs=1e-6)


def test_a_painted_tile_without_a_size_has_square_cells() -> None:
    # 3 x 2 cells on 6 mm: 9 mm a tile; 333.0088 / (2 x 9) = 18.5005 -> 19 pairs
    assert draw("MOSAIC", {"grid": PAINTED}).count == 38


def test_a_painted_tile_with_a_pixel_takes_its_length_from_its_own_columns() -> None:
    # 3 x 2.5 mm: 333.0088 / (2 x 7.5) = 22.2 -> 22 pairs
    assert draw("MOSAIC", {"grid": PAINTED, "px_mm": 2.5}).count == 44


def test_the_default_figure_is_symmetrical_and_uses_the_rings_materials() -> None:
    rows = figure(9, 9, ("koa", "pear", "holly"))
    assert rows == rows[::-1]
    assert all(row == row[::-1] for row in rows)
    assert {cell for row in rows for cell in row} == {"koa", "pear", "holly"}
    assert rows[4][4] == "koa"


def test_a_default_mosaic_has_a_bounded_number_of_cells() -> None:
    for width_mm in (0.3, 1.0, 4.0, 20.0):
        drawing = draw("MOSAIC", radii=RingRadii(50, 50 + width_mm), width_mm=width_mm)
        assert len(drawing.pieces) <= 7000
    assert len(draw("MOSAIC", tile_length_mm=0.1).pieces) <= 7000


def test_a_checkers_cells_alternate_along_and_across() -> None:
    drawing = draw("CHECKER", {"rows": 3, "count": 10}, materials=["koa", "pear"])
    for number, piece in enumerate(drawing.pieces):
        column, row = divmod(number, 3)
        assert outer_arc(piece).radius_mm == pytest.approx(50 + 2 * (row + 1))
        assert outer_arc(piece).start_deg == pytest.approx(36 * column)
        assert piece.material_id == ("koa", "pear")[(column + row) % 2]
    assert drawing.pieces_by_material == {"koa": 15, "pear": 15}


def test_a_checkers_outer_cells_are_larger() -> None:
    inner, outer = draw("CHECKER", {"rows": 2, "count": 100}).pieces[:2]
    assert inner.area_mm2 == pytest.approx(math.pi * (53**2 - 50**2) / 100)
    assert outer.area_mm2 == pytest.approx(math.pi * (56**2 - 53**2) / 100)


def test_a_checker_can_be_painted() -> None:
    drawing = draw("CHECKER", {"grid": [["koa"], ["pear"]], "count": 10})
    assert [piece.material_id for piece in drawing.pieces[:2]] == ["pear", "koa"]


def test_a_checker_with_a_pixel_has_as_many_rows_as_make_squares() -> None:
    assert len(draw("CHECKER", {"px_mm": 2.0, "count": 10}).pieces) == 30


def test_the_grain_of_a_cell_is_its_radius() -> None:
    assert draw("CHECKER", {"rows": 1, "count": 4}).pieces[1].grain_deg == pytest.approx(135)
    assert RADII.mean_mm == 53
