from __future__ import annotations

import math

import pytest

from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.patterns.counts import (
    cell_size_mm,
    circumference_mm,
    closure_mm,
    parity,
    taper_mm,
    tile_count,
    tile_length_mm,
    tile_pitch_mm,
)
from tests.domain.patterns.rings import AROUND_MM, RADII, ring

TWO = ["gaboon_ebony", "hard_maple"]
THREE = [*TWO, "koa"]


def test_the_mean_circle_is_the_reference() -> None:
    assert circumference_mm(RADII) == pytest.approx(333.0088, abs=1e-4)


@pytest.mark.parametrize("family", ["SOLID", "LINES", "DOTS"])
def test_families_without_tiles_have_no_pitch_and_no_count(family: str) -> None:
    untiled = ring(family, tile_length_mm=3)
    assert tile_pitch_mm(untiled) is None
    assert tile_count(untiled, RADII) is None
    assert closure_mm(untiled, RADII) is None


@pytest.mark.parametrize(
    ("pitched", "pitch_mm"),
    [
        (ring("LADDER", tile_length_mm=2.8), 2.8),
        (ring("CHECKER", {"px_mm": 0.8}), 0.8),
        (ring("CHECKER", {"px_mm": 0.8}, tile_length_mm=0.9), 0.9),
        (ring("MOSAIC", {"cols": 13, "px_mm": 0.5}), 6.5),
        (ring("MOSAIC", {"cols": 13}), None),
        (ring("MOSAIC", {"px_mm": 0.5}), None),
        (ring("ROPE", {"lean_mm": 3}), None),
        (ring("LADDER"), None),
    ],
)
def test_the_pitch_is_the_tiles_length_or_its_cells(pitched: object, pitch_mm: float) -> None:
    assert tile_pitch_mm(pitched) == pitch_mm


@pytest.mark.parametrize(
    ("judged", "multiple"),
    [
        (ring("CHECKER"), 2),
        (ring("HERRINGBONE"), 2),
        (ring("LADDER"), 1),
        (ring("LADDER", materials=TWO), 2),
        (ring("BARBER_POLE", materials=THREE), 3),
        (ring("ROPE", materials=THREE), 3),
        (ring("MOSAIC"), 2),
        (ring("MOSAIC", {"symmetry": "inversion"}), 2),
        (ring("MOSAIC", {"symmetry": "slip"}), 1),
        (ring("SEGMENTS", materials=TWO), 1),
    ],
)
def test_the_count_must_suit_the_colours_and_the_symmetry(judged: object, multiple: int) -> None:
    assert parity(judged) == multiple


def test_a_ladder_of_two_colours_rounds_to_an_even_count() -> None:
    # 333.0088 / (2 x 2.8) = 59.47 -> 59 pairs; 333.0088/118 - 2.8 = 0.02211
    bars = ring("LADDER", materials=TWO, tile_length_mm=2.8)
    assert tile_count(bars, RADII) == 118
    assert closure_mm(bars, RADII) == pytest.approx(0.022109, abs=1e-6)


def test_a_ladder_without_materials_rounds_to_any_count() -> None:
    assert tile_count(ring("LADDER", tile_length_mm=2.8), RADII) == 119


def test_a_tile_longer_than_the_circle_still_counts_once() -> None:
    assert tile_count(ring("SEGMENTS", tile_length_mm=2000), RADII) == 1
    assert tile_count(ring("CHECKER", {"px_mm": 2000.0}), RADII) == 2


def test_a_count_by_hand_is_taken_as_it_is() -> None:
    odd = ring("CHECKER", {"count": 113}, tile_length_mm=3)
    assert tile_count(odd, RADII) == 113
    assert closure_mm(odd, RADII) == pytest.approx(AROUND_MM / 113 - 3)


def test_a_count_without_a_pitch_closes_exactly() -> None:
    counted = ring("LADDER", {"count": 120})
    assert tile_pitch_mm(counted) is None
    assert closure_mm(counted, RADII) == 0
    assert tile_length_mm(counted, RADII) == pytest.approx(2.775074, abs=1e-6)


def test_without_pitch_and_count_nothing_is_known() -> None:
    for family in ("LADDER", "CHECKER", "MOSAIC", "ROPE", "HERRINGBONE", "SEGMENTS"):
        assert tile_count(ring(family), RADII) is None
        assert closure_mm(ring(family), RADII) is None
        assert cell_size_mm(ring(family), RADII) is None


def test_a_gap_between_segments_is_part_of_their_pitch() -> None:
    # 333.0088 / (25 + 2) = 12.33 -> 12; 333.0088/12 - 27 = 0.75073
    blocks = ring("SEGMENTS", {"gap_mm": 2}, tile_length_mm=25)
    assert tile_count(blocks, RADII) == 12
    assert closure_mm(blocks, RADII) == pytest.approx(0.750735, abs=1e-6)


def test_the_taper_of_straight_tiles() -> None:
    # 2 x 6 x tan(pi/120) = 0.314231
    assert taper_mm(RADII, 120) == pytest.approx(0.314231, abs=1e-6)
    assert taper_mm(RADII, 1) == taper_mm(RADII, 3)


@pytest.mark.parametrize(
    ("judged", "size_mm"),
    [
        (
            ring("LINES", {"lines": [
                {"material_id": "koa", "thickness_mm": 0.5},
                {"material_id": "pear", "thickness_mm": 0.3},
            ]}),
            0.3,
        ),
        (ring("LINES", materials=THREE), 2.0),
        (ring("LINES"), None),
        (ring("SOLID", {"pieces": 100}), None),
        (ring("LADDER", tile_length_mm=2.8), 2.8),
        (ring("SEGMENTS", tile_length_mm=25), 6.0),
        # half a cell: 2 pi 50 / 416 = 0.7552 against 6 / 2
        (ring("CHECKER", {"rows": 2}, tile_length_mm=0.8), 0.755191),
        (ring("CHECKER", {"rows": 20}, tile_length_mm=0.8), 0.3),
        (ring("CHECKER", tile_length_mm=0.8), None),
        # 333.0088 / (2 x 6.5) = 25.6 -> 52 tiles; 2 pi 50 / (52 x 13) = 0.464733
        (ring("MOSAIC", {"rows": 11, "cols": 13, "px_mm": 0.5}), 0.464733),
        (ring("MOSAIC", {"rows": 11, "px_mm": 0.5}, tile_length_mm=6.5), None),
        (ring("BARBER_POLE", tile_length_mm=2), 1.414214),
        (ring("HERRINGBONE", {"angle_deg": 30}, tile_length_mm=2), 1.0),
        # 4 / sqrt(1 + (1.5 x 6/6)^2) - 0.4 = 2.218801 - 0.4
        (ring("ROPE", {"outline_mm": 0.4}, tile_length_mm=4), 1.818801),
        # 4 / sqrt(1 + (1.5 x 8/6)^2) = 4 / sqrt 5
        (ring("ROPE", {"lean_mm": 8}, tile_length_mm=4), 1.788854),
        (ring("DOTS", {"dot_diameter_mm": 3}), 3.0),
        (ring("DOTS"), None),
    ],
)
def test_the_smallest_cell(judged: object, size_mm: float | None) -> None:
    assert cell_size_mm(judged, RADII) == pytest.approx(size_mm, abs=1e-6)


def test_a_cell_is_judged_at_the_inner_radius_where_it_is_narrowest() -> None:
    narrow = RingRadii(10, 30)
    cells = ring("CHECKER", {"rows": 1, "count": 20}, width_mm=20)
    assert cell_size_mm(cells, narrow) == pytest.approx(2 * math.pi * 10 / 20)
