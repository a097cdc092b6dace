"""The recipe of a painted tile, added up by hand, and what holds for every one."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.bill.bill import Making, bill_of_materials
from luthier_desktop.domain.bill.recipe import Recipe, Stick, recipe_of
from luthier_desktop.domain.bill.recipe_text import plank_letter, recipe_text, runs
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.patterns.draw import lay_out
from luthier_desktop.domain.patterns.grids import drawn_grid
from luthier_desktop.domain.patterns.symmetry import turned_tile
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from tests.domain.patterns.rings import SYMMETRIES, grids, ring

WOODS = {".": "holly", "o": "pear", "#": "koa"}
KNOT = (
    "....#....",
    "...#o#...",
    "..#o.o#..",
    ".#o...o#.",
    "#o..#..o#",
    ".#o...o#.",
    "..#o.o#..",
    "...#o#...",
    "....#....",
)
"""A diamond rope: alike from left and right, and alike upside down."""

MAKING = Making(1.2)
AT_50 = RingRadii(47.3, 52.7)
"""Nine rows of 0.6 mm about a mean radius of 50."""


def tile(rows):
    return [[WOODS[sign] for sign in row] for row in rows]


def mosaic(rows, **own):
    pattern = {"grid": tile(rows), "rows": len(rows), "cols": len(rows[0]), "px_mm": 0.6,
               "kerf_mm": 0.5, "slice_mm": 1.6, "log_length_mm": 76.0, "symmetry": "slip", **own}
    return ring("MOSAIC", {k: v for k, v in pattern.items() if v is not None},
                width_mm=0.6 * len(rows))


def recipe(rows=KNOT, making=MAKING, **own) -> Recipe:
    return recipe_of(mosaic(rows, **own), AT_50, making)


def columns_made(made: Recipe, log: int):
    """Follow the recipe: the columns that its sticks give, inner edge first."""
    planks = [plank.veneers for plank in made.planks]
    return [
        planks[stick.plank][::-1] if stick.upside_down else planks[stick.plank]
        for stick in made.logs[log].sticks
    ]


def test_nine_columns_of_0_6_mm_at_radius_50_add_up_by_hand():
    made = recipe()
    # 2 pi 50 = 314.159 round, a tile 9 x 0.6 = 5.4: 58.178, so 58 tiles of 9 columns = 522
    assert (made.tiles, made.rows, made.cols) == (58, 9, 9)
    assert made.veneer_mm == pytest.approx(0.6, abs=1e-9)  # 5.4 / 9
    assert made.stick_mm == pytest.approx(0.634337, abs=1e-6)  # 2 pi 52.7 / 522 = 331.124 / 522
    assert made.inner_mm == pytest.approx(0.569338, abs=1e-6)  # 2 pi 47.3 / 522 = 297.195 / 522
    assert made.taper_mm == pytest.approx(0.064998, abs=1e-6)  # 2 pi 5.4 / 522
    assert made.column_deg == pytest.approx(0.689655, abs=1e-6)  # 360 / 522
    log = made.logs[0]
    assert log.slices_needed == 64  # 58 and a tenth, rounded up
    assert log.slices_per_log == 36  # (76 + 0.5) / (1.6 + 0.5) = 36.43
    assert (log.logs, log.length_mm, log.turned_over) == (2, 76.0, 0)
    # columns 1 and 9, 2 and 8, 3 and 7, 4 and 6 are alike: five planks
    assert [stick.plank for stick in log.sticks] == [0, 1, 2, 3, 4, 3, 2, 1, 0]
    assert [plank.sticks for plank in made.planks] == [4, 4, 4, 4, 2]
    assert made.planks[0].veneers == ("holly",) * 4 + ("koa",) + ("holly",) * 4
    assert made.planks[4].veneers == (
        "koa", "pear", "holly", "holly", "koa", "holly", "holly", "pear", "koa"
    )
    assert made.planks[0].width_mm == pytest.approx(4.537348, abs=1e-6)  # 4 x (0.634337 + 0.5)
    by_wood = {wood.material_id: wood for wood in made.woods}
    # koa: 1+2+2+2+3+2+2+2+1 = 17; pear: 0+1+2+2+2+2+2+1+0 = 12; holly: 81 - 29 = 52
    assert {name: wood.cells_a_tile for name, wood in by_wood.items()} == {
        "koa": 17, "pear": 12, "holly": 52
    }
    koa = by_wood["koa"]
    assert (koa.cells, koa.strips) == (986, 34)  # 17 x 58; 17 strips for each of 2 logs
    assert koa.veneer_mm == pytest.approx(38.567, abs=1e-3)  # 34 x 1.134336
    assert koa.stock_mm3 == pytest.approx(1758.67, abs=0.01)  # 38.56743 x 76 x 0.6
    assert koa.used_mm3 == pytest.approx(600.43, abs=0.01)  # 986 x 1.6 x 0.6 x 0.634336


@pytest.mark.parametrize("change", [
    {"inner_diameter_mm": 110.0, "outer_diameter_mm": 130.0}, {"outer_diameter_mm": 140.0},
])
def test_another_radius_keeps_the_painted_grid_and_counts_anew(change):
    one = mosaic(KNOT).plain()
    line = {"ring_index": 1, "width_mm": 2.0, "ring_id": "line"}
    plain = {"inner_diameter_mm": 94.6, "outer_diameter_mm": 109.4, "ring_params": [one, line]}
    before = RosetteParamSpec.read(plain, "design")
    after = RosetteParamSpec.read({**plain, **change}, "design")
    turned = before.with_rings(before.ring_params[::-1])
    wider = before.with_rings(
        (before.ring_params[0].model_copy(update={"width_mm": 6.0}), before.ring_params[1])
    )
    for design, position in ((after, 0), (turned, 1), (wider, 0)):
        kept, radii = design.ring_params[position], ring_radii(design)[position]
        assert kept.pattern.grid == before.ring_params[0].pattern.grid
        made = recipe_of(kept, radii, Making(1.2))
        assert made.tiles == round(2 * math.pi * radii.mean_mm / 5.4)
        assert columns_made(made, 0) == columns_made(recipe(), 0)
        assert made.veneer_mm == pytest.approx(radii.width_mm / 9)


def test_a_column_that_is_another_upside_down_comes_from_its_plank():
    made = recipe(("#.", "..", ".#"))
    assert made.logs[0].sticks == (Stick(0, False), Stick(0, True))
    assert made.planks[0].veneers == ("holly", "holly", "koa")
    text = recipe_text(made, "Ring 1", str.title, lambda mm: f"{mm:.2f} mm")
    assert "column 1, column 2 upside down; 18 sticks" in text
    assert "A A'" in text


def test_a_book_takes_one_log_and_turns_every_second_slice_over():
    made = recipe(("#.", ".o"), symmetry="book")
    assert len(made.logs) == 1
    assert made.logs[0].turned_over == made.tiles // 2


def test_an_inversion_takes_a_second_log_whose_sticks_stand_upside_down():
    made = recipe(("#.", ".o"), symmetry="inversion")
    first, second = made.logs
    assert (first.tiles, second.tiles) == (made.tiles // 2, made.tiles // 2)
    assert [stick.upside_down for stick in first.sticks] == [False, False]
    assert [stick.upside_down for stick in second.sticks] == [True, True]
    assert [stick.plank for stick in second.sticks] == [0, 1]


def test_a_half_turn_takes_a_second_log_in_the_other_order():
    second = recipe(("#.", ".o"), symmetry="book_inversion").logs[1]
    assert second.sticks == (Stick(1, True), Stick(0, True))


@pytest.mark.parametrize("symmetry", ["book", "inversion", "book_inversion"])
def test_a_tile_that_mirrors_itself_takes_one_log(symmetry):
    assert len(recipe(KNOT, symmetry=symmetry).logs) == 1


def test_a_log_without_a_length_is_as_long_as_its_slices():
    made = recipe(log_length_mm=None)
    assert (made.logs[0].logs, made.logs[0].slices_per_log) == (1, 64)
    assert made.logs[0].length_mm == pytest.approx(64 * 1.6 + 63 * 0.5)


def test_what_the_recipe_cannot_do_without_is_named():
    with pytest.raises(InputRefused, match="channel's depth"):
        recipe(slice_mm=None, making=Making(None))
    with pytest.raises(InputRefused, match="shorter than one slice"):
        recipe(log_length_mm=1.0)
    with pytest.raises(InputRefused, match="sawn from veneer"):
        recipe_of(ring("CUSTOM", {"count": 9}), AT_50, Making(1.2))


@settings(max_examples=60, deadline=None)
@given(grids(), SYMMETRIES, st.integers(1, 40), st.sampled_from([None, 20.0, 76.0]))
def test_following_the_recipe_gives_the_tiles_that_are_drawn(grid, symmetry, count, length_mm):
    pattern = {"grid": grid, "symmetry": symmetry, "count": count, "kerf_mm": 0.5}
    if length_mm:
        pattern["log_length_mm"] = length_mm
    one = ring("MOSAIC", pattern, width_mm=5.4)
    made = recipe_of(one, AT_50, Making(1.2))
    even = drawn_grid(lay_out(one, AT_50))
    odd = turned_tile(even, symmetry)
    tiles = [tuple(zip(*columns_made(made, log), strict=True))[::-1]
             for log in range(len(made.logs))]
    assert tiles[0] == even
    assert len(tiles) == 1 or tiles[1] == odd
    if len(tiles) == 1 and count > 1 and odd != even:
        assert turned_tile(even, "book") == odd
        assert made.logs[0].turned_over == count // 2
    assert sum(log.tiles for log in made.logs) == count
    assert all(log.logs * log.slices_per_log >= log.slices_needed for log in made.logs)
    sticks = sum(len(log.sticks) * log.logs for log in made.logs)
    assert sum(plank.sticks for plank in made.planks) == sticks
    assert sum(wood.cells for wood in made.woods) == count * len(grid) * len(grid[0])


@settings(max_examples=40, deadline=None)
@given(grids(), st.sampled_from(["slip", "book"]), st.integers(1, 40))
def test_the_recipe_of_one_log_takes_as_much_of_each_wood_as_the_bill(grid, symmetry, count):
    pattern = {"grid": grid, "symmetry": symmetry, "count": count, "log_length_mm": 76.0}
    one = ring("MOSAIC", pattern, width_mm=5.4)
    plain = {"inner_diameter_mm": 94.6, "outer_diameter_mm": 105.4, "ring_params": [one.plain()]}
    design = RosetteParamSpec.read(plain, "design")
    bill = bill_of_materials(design, Making(1.2))
    made = recipe_of(one, ring_radii(design)[0], Making(1.2))
    stock = {row.material_id: row.stock_mm3 for row in bill.rows}
    assert {wood.material_id: wood.stock_mm3 for wood in made.woods} == pytest.approx(stock)
    assert made.logs[0].logs == bill.logs[0].logs


def test_the_page_says_every_step_in_order():
    text = recipe_text(
        recipe(symmetry="book"), "Ring 1, mosaic", str.title, lambda mm: f"{mm:.3f} mm"
    )
    lines = text.splitlines()
    assert lines[0] == "Ring 1, mosaic"
    assert [line for line in lines if line[1:3] == ". "] == [
        "1. Veneers", "2. Planks", "3. Sticks", "4. Log", "5. Slices", "6. Ring"
    ]
    assert lines[1] == "9 rows x 9 columns, 58 tiles, each mirrored to the one before it"
    assert "   A: 4 x Holly; Koa; 4 x Holly" in lines
    assert "      columns 1 and 9 are alike; 4 sticks, 4.537 mm wide" in lines
    assert "   2 pieces of 76.000 mm: A B C D E D C B A" in lines
    assert "0.065 mm less, 0.690° in all, 0.345° a side." in text
    assert "Lay 58 tiles, all the same face up." in text  # the knot mirrors itself


def test_planks_are_lettered_and_runs_counted():
    assert [plank_letter(number) for number in (0, 25, 26, 27, 701, 702)] == [
        "A", "Z", "AA", "AB", "ZZ", "AAA"
    ]
    assert runs(["a", "a", "b", "a"]) == "2 x a; b; a"
