from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.patterns.draw import draw_ring, lay_out
from luthier_desktop.domain.patterns.shares import turns
from luthier_desktop.domain.patterns.totals import MaterialTotal, material_totals
from luthier_desktop.domain.rosette import RingParam
from tests.domain.patterns.rings import RADII, drawn_rings, ring

GRID = [["koa", "pear", "pear"], ["holly", "koa", "koa"]]


def check(one: RingParam, radii: RingRadii) -> None:
    """Add up the drawn pieces of each material and compare."""
    areas: dict[str, list[float]] = defaultdict(list)
    for piece in draw_ring(one, radii).pieces:
        areas[piece.material_id].append(piece.area_mm2)
    totals = material_totals(lay_out(one, radii))
    assert {name: total.pieces for name, total in totals.items()} == {
        name: len(own) for name, own in areas.items()
    }
    for name, own in areas.items():
        assert totals[name].area_mm2 == pytest.approx(math.fsum(own), rel=1e-9)


@given(drawn_rings())
@settings(max_examples=150, deadline=None)
def test_each_material_has_the_pieces_and_the_area_that_are_drawn(
    case: tuple[RingParam, RingRadii],
) -> None:
    check(*case)


@given(st.integers(1, 40), st.floats(4, 89.9), st.lists(st.sampled_from("abc"), min_size=1))
@settings(max_examples=80, deadline=None)
def test_mirrored_herringbone_counts_the_bars_cut_at_the_axis(
    count: int, angle_deg: float, materials: list[str]
) -> None:
    pattern = {"count": count, "angle_deg": angle_deg, "mirrored": True}
    check(ring("HERRINGBONE", pattern, materials=materials), RADII)


@pytest.mark.parametrize(
    ("family", "pattern"),
    [
        ("SEGMENTS", {"count": 18, "gap_mm": 0.4}),
        ("SEGMENTS", {"count": 18, "gap_mm": 0.4, "shape": "straight"}),
        ("SEGMENTS", {"count": 4, "shape": "straight"}),
        ("ROPE", {"count": 60, "outline_mm": 0.4, "outline_material_id": "koa"}),
        ("MOSAIC", {"count": 31, "grid": GRID, "symmetry": "slip"}),
        ("MOSAIC", {"count": 31, "grid": GRID, "symmetry": "inversion"}),
        ("MOSAIC", {"count": 30, "grid": GRID, "symmetry": "book_inversion"}),
        ("MOSAIC", {"count": 30, "rows": 7, "px_mm": 0.8, "cols": 5}),
        ("CHECKER", {"count": 100, "grid": GRID}),
        ("CHECKER", {"count": 2, "grid": GRID}),
    ],
)
def test_options_change_the_totals_as_they_change_the_drawing(
    family: str, pattern: dict[str, Any]
) -> None:
    check(ring(family, pattern, materials=["koa", "pear", "holly"]), RADII)


def test_lines_of_one_material_are_added_up() -> None:
    lines = [
        {"material_id": name, "thickness_mm": thick}
        for name, thick in (("pear", 2.0), ("holly", 1.0), ("pear", 3.0))
    ]
    totals = material_totals(lay_out(ring("LINES", {"lines": lines}), RADII))
    # pi (52^2 - 50^2) + pi (56^2 - 53^2) = pi (204 + 327); pi (53^2 - 52^2) = pi 105
    assert totals["pear"] == pytest.approx(MaterialTotal(2, math.pi * 531))
    assert totals["holly"] == pytest.approx(MaterialTotal(1, math.pi * 105))


def test_taking_turns_starts_where_the_places_start() -> None:
    assert list(turns("abc", range(0, 7))) == [("a", 3), ("b", 2), ("c", 2)]
    assert list(turns("abc", range(-2, 2))) == [("a", 1), ("b", 2), ("c", 1)]
    assert list(turns("abc", range(5, 6))) == [("c", 1)]
