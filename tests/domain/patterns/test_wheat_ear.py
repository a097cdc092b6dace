"""Wheat ears: herringbone of fine kernels between veneers, pointed where the halves meet."""

from __future__ import annotations

import math

import pytest

from luthier_desktop.domain.geometry import Line
from tests.domain.patterns.rings import RADII, draw

PI = math.pi


def test_veneers_lie_behind_both_rows() -> None:
    drawing = draw("WHEAT_EAR", {"count": 200, "backing_mm": 0.4}, materials=["koa", "holly"])
    inner, outer = drawing.pieces[:2]
    assert (inner.material_id, outer.material_id) == ("koa", "koa")
    assert inner.area_mm2 == pytest.approx(PI * (50.4**2 - 50**2))
    assert outer.area_mm2 == pytest.approx(PI * (56**2 - 55.6**2))
    assert drawing.pieces_by_material == {"koa": 202, "holly": 200}
    # pi (53^2 - 50.4^2) / 200 in the inner row
    assert drawing.pieces[2].area_mm2 == pytest.approx(PI * (53**2 - 50.4**2) / 200)
    assert drawing.smallest_piece_mm == 0.4


def test_a_kernel_is_as_thick_as_its_veneer_where_the_ring_is_narrow() -> None:
    # 2 pi 51.5 / (0.5 sqrt 2) = 457.6: 458 kernels, the even number nearest to it
    drawing = draw("WHEAT_EAR", width_mm=3.0, radii=RADII._replace(outer_mm=53.0))
    assert drawing.count == 458
    assert drawing.pitch_mm * math.sqrt(0.5) == pytest.approx(0.4996, abs=1e-4)


def test_without_a_veneer_it_is_a_herringbone() -> None:
    ear = draw("WHEAT_EAR", {"count": 100, "backing_mm": 0.0})
    assert ear.pieces == draw("HERRINGBONE", {"count": 100}).pieces


def test_mirrored_halves_point_to_the_fingerboard_between_wedges() -> None:
    pattern = {"count": 60, "mirrored": True, "backing_mm": 0.0, "backing_material_id": "pear"}
    drawing = draw("WHEAT_EAR", pattern, materials=["koa", "holly"])
    wedges = [piece for piece in drawing.pieces if piece.material_id == "pear"]
    assert len(wedges) == 4
    # In the plane of radius and angle a triangle from the axis to lean 3/53 at the edge.
    lean = 3 / 53
    for wedge, edge_mm in ((wedges[0], 50), (wedges[1], 56)):
        by_hand = lean * abs(53 - edge_mm) * (53 + 2 * edge_mm) / 6
        assert wedge.area_mm2 == pytest.approx(by_hand)
        on_axis = next(one for one in wedge.outline.edges if isinstance(one, Line))
        assert on_axis.start.x_mm == pytest.approx(0)
    assert wedges[2].area_mm2 == wedges[0].area_mm2


def test_a_kernel_without_a_pair_is_refused_by_no_drawing() -> None:
    drawing = draw("WHEAT_EAR", {"count": 61, "mirrored": True})
    total = math.fsum(piece.area_mm2 for piece in drawing.pieces)
    assert total == pytest.approx(RADII.area_mm2)
