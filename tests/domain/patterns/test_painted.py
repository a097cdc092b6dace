"""Meanders and own tiles: cells of one material that touch are one piece."""

from __future__ import annotations

import math

import pytest

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.geometry import Arc, Line
from luthier_desktop.domain.patterns.fields_of_grid import fields_of
from luthier_desktop.domain.patterns.meander import KEY
from tests.domain.measuring import piece_area_mm2
from tests.domain.patterns.rings import RADII, draw, ring

PI = math.pi
SQUARE = [["koa", "koa", "koa"], ["koa", "pear", "koa"], ["koa", "koa", "koa"]]


def upwards(*rows: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row) for row in reversed(rows))


def test_neighbours_are_one_field_and_a_hole_is_a_loop_of_its_own() -> None:
    around, inside = fields_of(upwards("aaa", "aba", "aaa")).fields
    assert (around.material_id, around.cells, len(around.loops)) == ("a", 8, 2)
    assert set(around.loops[0]) == {(0, 0), (0, 3), (3, 3), (3, 0)}
    assert set(around.loops[1]) == {(1, 1), (1, 2), (2, 2), (2, 1)}
    assert inside.loops == (((1, 1), (1, 2), (2, 2), (2, 1)),)
    assert (inside.cells, inside.rows) == (1, 1)


def test_cells_that_meet_at_a_corner_are_two_fields() -> None:
    found = fields_of(upwards("ab", "ba")).fields
    assert [field.material_id for field in found] == ["b", "a", "a", "b"]
    assert all(len(field.loops) == 1 and len(field.loops[0]) == 4 for field in found)


def test_a_field_that_touches_itself_at_a_corner_goes_through_it_twice() -> None:
    (around, *rest) = fields_of(upwards("aab", "aba", "aaa")).fields
    assert (around.cells, len(around.loops), len(rest)) == (7, 1, 2)
    assert around.loops[0].count((2, 2)) == 2
    drawing = draw("CUSTOM", {"grid": [list("aab"), list("aba"), list("aaa")], "count": 9})
    assert all(
        piece_area_mm2(one) == pytest.approx(one.area_mm2, rel=1e-12) for one in drawing.pieces
    )


def test_the_fields_of_a_tile_are_bounded_by_arcs_and_radial_lines() -> None:
    drawing = draw("CUSTOM", {"grid": SQUARE, "count": 12})
    frame, core = drawing.pieces[:2]
    assert (len(frame.holes), core.material_id) == (1, "pear")
    # A third of 30 degrees between the circles 52 and 54.
    assert core.area_mm2 == pytest.approx(PI * (54**2 - 52**2) / 36)
    assert frame.area_mm2 == pytest.approx(PI * (56**2 - 50**2) / 12 - core.area_mm2)
    kinds = [type(edge) for edge in core.outline.edges]
    assert sorted(kinds, key=str) == [Arc, Arc, Line, Line]
    arcs = [edge for edge in core.outline.edges if isinstance(edge, Arc)]
    assert {arc.radius_mm for arc in arcs} == {52, 54}
    assert [abs(arc.sweep_deg) for arc in arcs] == pytest.approx([10.0, 10.0])


def test_the_usual_key_is_one_line_a_tile_that_meets_the_next() -> None:
    drawing = draw("MEANDER", {"count": 46})
    assert drawing.pieces_by_material == {"gaboon_ebony": 46, "hard_maple": 92}
    line_cells = sum(row.count("1") for row in KEY)
    rows_up = [row.count("1") for row in reversed(KEY)]
    by_hand = sum(
        cells * PI * ((50 + (at + 1) * 1.2) ** 2 - (50 + at * 1.2) ** 2) / (46 * 6)
        for at, cells in enumerate(rows_up)
    )
    line = next(one for one in drawing.pieces if one.material_id == "gaboon_ebony")
    assert line.area_mm2 == pytest.approx(by_hand)
    assert line_cells == sum(rows_up) == 18
    # The line touches both sides of its tile in the same row, so it goes on without a break.
    assert [row for row in KEY if row[0] == row[-1] == "1"] == ["1.1111"]


def test_a_meander_closes_as_a_grid_does() -> None:
    # cols x px = 7.2: 333.0088 / 7.2 = 46.25
    drawing = draw("MEANDER", {"rows": 5, "cols": 6, "px_mm": 1.2})
    assert drawing.count == 46
    assert drawing.closure_mm == pytest.approx(333.008821 / 46 - 7.2, abs=1e-6)


def test_odd_tiles_follow_the_symmetry_and_are_alike_without_one() -> None:
    grid = [["koa", "pear"], ["holly", "koa"]]
    alike = draw("CUSTOM", {"grid": grid, "count": 4}).pieces
    mirrored = draw("CUSTOM", {"grid": grid, "count": 4, "symmetry": "book"}).pieces
    in_a_tile = len(alike) // 4
    assert [one.material_id for one in alike[:in_a_tile]] == ["holly", "koa", "koa", "pear"]
    assert [one.material_id for one in alike[in_a_tile : 2 * in_a_tile]] == [
        "holly", "koa", "koa", "pear"
    ]
    assert [one.material_id for one in mirrored[in_a_tile : 2 * in_a_tile]] == [
        "koa", "holly", "pear", "koa"
    ]


def test_a_tile_with_more_corners_than_can_be_drawn_is_refused() -> None:
    comb = [["koa" if (x + y) % 2 else "pear" for x in range(100)] for y in range(100)]
    drawn = ring("CUSTOM", {"grid": comb, "count": 21})
    with pytest.raises(InputRefused, match="210000 pieces"):
        draw("CUSTOM", {"grid": comb, "count": 21})
    assert drawn.pattern is not None


def test_the_arcade_has_a_ground_an_arch_and_a_field() -> None:
    drawing = draw("CUSTOM", radii=RADII._replace(outer_mm=59.0), width_mm=9.0)
    assert set(drawing.pieces_by_material.values()) == {drawing.count}
    assert len(drawing.pieces_by_material) == 3
