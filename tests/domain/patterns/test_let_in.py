"""Waves, plaits and placed shapes: parts that are let into a field."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise

import pytest

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.geometry import Curve, RingRadii
from luthier_desktop.domain.patterns.draw import lay_out
from luthier_desktop.domain.patterns.inlay import spoke_shapes
from luthier_desktop.domain.patterns.plait import drawn_plait
from luthier_desktop.domain.patterns.wave import drawn_wave
from tests.domain.measuring import contains, piece_area_mm2, places
from tests.domain.patterns.rings import RADII, draw, ring

PI = math.pi


def closely(walk: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Walk along a line of places with nine more between two of them."""
    for (x0, y0), (x1, y1) in pairwise(walk):
        yield from ((x0 + k / 10 * (x1 - x0), y0 + k / 10 * (y1 - y0)) for k in range(10))


def test_a_wave_swings_about_the_mean_circle() -> None:
    drawing = draw("WAVE", {"count": 20, "band_mm": 1.0, "amplitude_mm": 1.5})
    inner, band, outer = drawing.pieces
    assert band.area_mm2 == pytest.approx(2 * PI * 53)  # as if it did not swing
    assert inner.area_mm2 == pytest.approx(PI * (52.5**2 + 1.5**2 / 2 - 50**2))
    assert outer.area_mm2 == pytest.approx(PI * (56**2 - 53.5**2 - 1.5**2 / 2))
    radii_mm = [math.hypot(*place) for place in places(band.outline)]
    assert max(radii_mm) == pytest.approx(53 + 1.5 + 0.5, abs=0.005)
    assert min(radii_mm) == pytest.approx(53 - 1.5 + 0.5, abs=0.005)
    # A quarter of a wave, 4.5 degrees on, it is farthest out.
    angle = math.radians(4.5)
    assert contains(band, (54.5 * math.sin(angle), -54.5 * math.cos(angle)))


def test_a_band_has_the_length_of_its_swing() -> None:
    own = {"count": 20, "band_mm": 1.0, "amplitude_mm": 1.5}
    wave = drawn_wave(lay_out(ring("WAVE", own), RADII))
    steps = 40_000
    step = 2 * PI / steps
    by_hand = sum(
        math.hypot(53 + 1.5 * math.sin(20 * k * step), 30 * math.cos(20 * k * step)) * step
        for k in range(steps)
    )
    assert wave.length_mm == pytest.approx(by_hand, rel=1e-3)


def test_a_wave_is_drawn_smaller_where_it_would_leave_the_ring() -> None:
    wave = drawn_wave(lay_out(ring("WAVE", {"band_mm": 2.0, "amplitude_mm": 9.0}), RADII))
    assert wave.band_mm == 2.0
    assert wave.swing_mm == pytest.approx(0.98 * 3 - 1)


@pytest.mark.parametrize(("strands", "bights", "closed"), [(3, 16, 1), (3, 18, 3), (4, 30, 2),
                                                           (2, 21, 1), (5, 40, 5)])
def test_a_plait_has_its_crossings_and_its_closed_strands(
    strands: int, bights: int, closed: int
) -> None:
    own = {"strands": strands, "count": bights, "strand_mm": 0.6}
    woods = ["gaboon_ebony", "holly", "pear", "koa", "cherry", "maple"]
    drawing = draw("PLAIT", own, materials=woods)
    crossings = bights * (strands - 1)
    assert len(drawing.pieces) == crossings + 1
    assert drawn_plait(lay_out(ring("PLAIT", own), RADII)).components == closed
    assert len(drawing.pieces_by_material) == closed + 1
    assert drawing.pieces_by_material["holly"] == crossings // closed


def test_under_strands_are_cut_short_of_the_one_that_crosses_over() -> None:
    own = {"strands": 2, "count": 20, "strand_mm": 1.0, "gap_mm": 0.3}
    drawing = draw("PLAIT", own)
    first = drawing.pieces[1]
    # The first crossing lies a quarter of the way of a strand from edge to edge: pi/q.
    on_top = (53 * math.sin(PI / 20), -53 * math.cos(PI / 20))
    assert [one is first for one in drawing.pieces if contains(one, on_top)] == [True]
    ends = [edge for edge in first.outline.edges if isinstance(edge, Curve)]
    neighbours = [
        one for one in drawing.pieces[2:]
        if min(math.dist(a, b) for a in ends[1].points for b in closely(places(one.outline)))
        < 0.35
    ]
    assert len(neighbours) == 1
    apart_mm = min(
        math.dist(a, b) for a in ends[1].points for b in closely(places(neighbours[0].outline))
    )
    assert apart_mm == pytest.approx(0.3, abs=0.02)


def test_a_strand_is_as_wide_as_it_says_where_it_is_steep() -> None:
    own = {"strands": 2, "count": 24, "strand_mm": 1.0, "gap_mm": 0.2}
    top, _, bottom, _ = draw("PLAIT", own).pieces[1].outline.edges
    assert isinstance(top, Curve)
    assert isinstance(bottom, Curve)
    middle = top.points[len(top.points) // 2]
    apart_mm = min(math.dist(middle, place) for place in closely(bottom.points))
    assert apart_mm == pytest.approx(1.0, rel=0.03)


def test_strands_too_thick_for_their_plait_are_drawn_thinner() -> None:
    own = {"strands": 3, "count": 40, "strand_mm": 5.0, "gap_mm": 1.0}
    plait = drawn_plait(lay_out(ring("PLAIT", own), RADII))
    assert 0.5 < plait.strand_mm < 2.0
    total = math.fsum(piece_area_mm2(piece) for piece in draw("PLAIT", own).pieces)
    assert total == pytest.approx(RADII.area_mm2, rel=1e-4)


def inlay(*shapes: dict[str, object], count: int = 12) -> dict[str, object]:
    return {"count": count, "shapes": list(shapes)}


def test_shapes_have_their_areas() -> None:
    for kind, area_mm2 in (
        ("dot", PI),
        ("lozenge", 2 * 1 / 2),
        # A lens of two arcs of R = (1 + 0.16)/0.8 over a chord of 2.
        ("leaf", 2 * (1.45**2 * math.asin(1 / 1.45) - 1.05)),
    ):
        drawing = draw("INLAY", inlay({"kind": kind, "size_mm": 2.0}))
        assert drawing.pieces[1].area_mm2 == pytest.approx(area_mm2), kind
        assert drawing.pieces[0].area_mm2 == pytest.approx(RADII.area_mm2 - 12 * area_mm2)


def test_the_smallest_shapes_keep_their_area_far_from_the_centre() -> None:
    for kind in ("leaf", "moon", "lozenge", "dot"):
        small = draw("INLAY", inlay({"kind": kind, "size_mm": 1e-5})).pieces[1].area_mm2
        large = draw("INLAY", inlay({"kind": kind, "size_mm": 1.0})).pieces[1].area_mm2
        assert small == pytest.approx(large * 1e-10, rel=1e-9)


def test_a_moon_is_a_disc_less_a_disc() -> None:
    moon = draw("INLAY", inlay({"kind": "moon", "size_mm": 4.0})).pieces[1]
    steps, found = 500, 0
    for i in range(steps):
        for j in range(steps):
            x, y = -2 + 4 * (i + 0.5) / steps, -2 + 4 * (j + 0.5) / steps
            found += x * x + y * y < 4 and (x - 0.84) ** 2 + y * y > 1.7**2
    assert moon.area_mm2 == pytest.approx(found * (4 / steps) ** 2, rel=2e-3)


def test_shapes_lie_where_they_are_placed() -> None:
    shape = {"kind": "lozenge", "size_mm": 3.0, "along": 0.5, "offset_mm": 1.0, "turn_deg": 0.0}
    lozenge = draw("INLAY", inlay(shape)).pieces[1]
    # Half of 30 degrees on, 1 mm outside the mean circle, its axis along the radius.
    tips = list(places(lozenge.outline))
    angle = math.radians(15)
    assert tips[0] == pytest.approx((55.5 * math.sin(angle), -55.5 * math.cos(angle)))
    assert tips[2] == pytest.approx((52.5 * math.sin(angle), -52.5 * math.cos(angle)))
    assert lozenge.grain_deg == pytest.approx(15)


def test_shapes_that_would_leave_the_ring_or_touch_are_drawn_smaller() -> None:
    large = spoke_shapes(lay_out(ring("INLAY", inlay({"kind": "dot", "size_mm": 9.0})), RADII))
    assert 5.7 < large[0].size_mm <= 6 * 0.98
    close = inlay({"kind": "dot", "size_mm": 4.0}, {"kind": "dot", "size_mm": 4.0, "along": 0.1})
    one, other = spoke_shapes(lay_out(ring("INLAY", close), RADII))
    # A tenth of 30 degrees apart: 2 x 53 sin(1.5 degrees).
    assert math.dist(one.center, other.center) == pytest.approx(2.775, abs=0.001)
    assert 0.97 * 2.775 < (one.size_mm + other.size_mm) / 2 < 2.775


def test_two_shapes_in_one_place_are_refused() -> None:
    with pytest.raises(InputRefused, match=r"shapes\[1\] lies where \[0\] does"):
        ring("INLAY", inlay({"kind": "dot", "size_mm": 1.0}, {"kind": "leaf", "size_mm": 3.0}))


def test_a_ring_that_is_too_narrow_still_closes() -> None:
    narrow = RingRadii(50, 50.4)
    for family in ("WAVE", "PLAIT", "INLAY"):
        pieces = draw(family, radii=narrow, width_mm=0.4).pieces
        assert math.fsum(one.area_mm2 for one in pieces) == pytest.approx(narrow.area_mm2)
