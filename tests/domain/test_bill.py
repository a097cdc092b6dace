"""The bill of one design added up by hand, and the properties of every bill."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.bill.bill import (
    Bill,
    Making,
    bill_of_materials,
    material_efficiency,
)
from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.patterns.draw import draw_ring
from luthier_desktop.domain.patterns.registry import PARAMETERS
from luthier_desktop.domain.rosette import RingParam, RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from tests.domain.patterns.rings import drawn_rings

PI = math.pi
NINE_BY_NINE = [["pear"] * 9, *[["holly"] * 9] * 7, ["pear"] * 9]
THREE_RINGS: list[dict[str, Any]] = [
    {
        "ring_index": 0,
        "width_mm": 1.5,
        "pattern_type": "LINES",
        "pattern": {
            "lines": [
                {"material_id": "pear", "thickness_mm": 0.5},
                {"material_id": "holly", "thickness_mm": 0.5},
                {"material_id": "pear", "thickness_mm": 0.5},
            ]
        },
    },
    {
        "ring_index": 1,
        "width_mm": 5.4,
        "pattern_type": "MOSAIC",
        "materials": ["pear", "holly"],
        "pattern": {
            "rows": 9, "cols": 9, "px_mm": 0.6, "symmetry": "slip", "slice_mm": 1.6,
            "log_length_mm": 76.0, "kerf_mm": 0.5, "grid": NINE_BY_NINE,
        },
    },
    {
        "ring_index": 2,
        "width_mm": 3.0,
        "pattern_type": "SEGMENTS",
        "materials": ["abalone"],
        "inlay_thickness_mm": 1.5,
        "pattern": {"count": 18},
    },
]
"""Lines from r 48.5 to 50, tiles of 9 columns of 0.6 mm to 55.4, 18 shell blocks to 58.4."""

MAKING = Making(depth_mm=1.2, face_removal_mm=0.2)
"""Channel 1.2, levelled by 0.2: 1 mm of every inlay is left."""


def design(rings: list[dict[str, Any]], inner_mm: float = 48.5) -> RosetteParamSpec:
    width_mm = sum(ring["width_mm"] for ring in rings)
    plain = {
        "inner_diameter_mm": 2 * inner_mm,
        "outer_diameter_mm": 2 * (inner_mm + width_mm),
        "ring_params": rings,
    }
    return RosetteParamSpec.read(plain, "design")


def bill(making: Making = MAKING) -> Bill:
    return bill_of_materials(design(THREE_RINGS), making)


def test_three_lines_are_strips_as_long_as_their_outside_and_a_tenth() -> None:
    pear, holly = (row for row in bill().rows if row.ring_index == 0)
    assert (pear.kind, pear.material_id, pear.quantity) == ("strip", "pear", 2)
    assert (holly.material_id, holly.quantity) == ("holly", 1)
    assert (pear.width_mm, pear.thickness_mm) == (0.5, 1.6)  # 1.2 deep and 0.4 proud
    assert pear.length_inner_mm == pytest.approx(2 * PI * 48.5)
    assert pear.length_outer_mm == pytest.approx(2 * PI * 50)
    assert pear.length_mm == pytest.approx(345.575, abs=1e-3)  # 2 pi 50 x 1.1
    assert holly.length_mm == pytest.approx(342.119, abs=1e-3)  # 2 pi 49.5 x 1.1
    assert pear.stock_mm3 == pytest.approx(2 * 0.5 * 1.6 * 345.5752, rel=1e-6)
    assert pear.waste_mm3 == pytest.approx(0.1 * pear.net_mm3)
    assert pear.kerf_mm3 == 0  # knifed
    assert pear.finished_mm3 == pytest.approx(
        PI * (49**2 - 48.5**2) + PI * (50**2 - 49.5**2)
    )


def test_nine_columns_of_0_6_mm_are_cut_from_two_logs() -> None:
    (plan,) = bill().logs
    # C = 2 pi 52.7 = 331.12, 61 tiles of 5.4; 67.1 with a tenth of spares: 68 slices.
    assert (plan.tiles, plan.slices_needed) == (61, 68)
    assert plan.slices_per_log == 36  # 76.5 / 2.1 = 36.4
    assert (plan.logs, plan.sticks) == (2, 18)
    assert plan.columns == (("pear", *["holly"] * 7, "pear"),) * 9
    assert plan.alike() == {("pear", *["holly"] * 7, "pear"): 9}
    assert plan.veneer_mm == pytest.approx(0.6)
    assert plan.column_outer_mm == pytest.approx(0.634041, abs=1e-6)  # 2 pi 55.4 / 549
    assert plan.column_inner_mm == pytest.approx(0.572239, abs=1e-6)  # 2 pi 50 / 549


def test_the_veneers_of_the_mosaic_fill_both_logs_and_the_saw() -> None:
    pear, holly = (row for row in bill().rows if row.ring_index == 1)
    assert (pear.kind, pear.quantity, holly.quantity) == ("veneer", 36, 126)
    # 18 of 81 cells; 2 logs of 76 mm; each column 0.634 wide and a cut of 0.5 beside it.
    assert pear.stock_mm3 == pytest.approx(18 * 0.6 * (0.6340409 + 0.5) * 152, rel=1e-6)
    assert holly.stock_mm3 == pytest.approx(63 * 0.6 * (0.6340409 + 0.5) * 152, rel=1e-6)
    assert pear.net_mm3 == pytest.approx(18 * 0.6 * 0.6340409 * 61 * 1.6, rel=1e-6)
    # 66 cuts of 0.5 mm between 68 slices of two logs: 33 mm; 152 - 97.6 - 33 = 21.4 mm left.
    assert pear.waste_mm3 == pytest.approx(18 * 0.6 * 0.6340409 * 21.4, rel=1e-6)
    assert pear.kerf_mm3 == pytest.approx(18 * 0.6 * (0.6340409 * 33 + 0.5 * 152), rel=1e-6)
    assert pear.finished_mm3 == pytest.approx(
        PI * (50.6**2 - 50**2) + PI * (55.4**2 - 54.8**2)
    )
    assert holly.finished_mm3 == pytest.approx(PI * (54.8**2 - 50.6**2))


def test_segments_come_from_rectangles_with_two_spares() -> None:
    (shell,) = (row for row in bill().rows if row.ring_index == 2)
    assert (shell.kind, shell.material_id) == ("segment blank", "abalone")
    assert (shell.needed, shell.quantity) == (18, 20)  # 19.8
    assert shell.thickness_mm == 1.5
    assert shell.width_mm == pytest.approx(3.841650, abs=1e-6)  # 58.4 - 55.4 cos 10 deg
    assert shell.length_mm == pytest.approx(20.282107, abs=1e-6)  # 2 x 58.4 sin 10 deg
    assert shell.length_inner_mm == pytest.approx(2 * PI * 55.4 / 18)
    assert shell.length_outer_mm == pytest.approx(2 * PI * 58.4 / 18)
    each_mm3 = 3.841650 * 20.282107 * 1.5
    assert shell.net_mm3 == pytest.approx(18 * each_mm3, rel=1e-6)
    assert shell.waste_mm3 == pytest.approx(2 * each_mm3, rel=1e-6)
    assert shell.kerf_mm3 == pytest.approx(20 * 3.841650 * 1.5 * 0.5, rel=1e-6)
    assert shell.finished_mm3 == pytest.approx(PI * (58.4**2 - 55.4**2))


def test_the_efficiency_is_what_is_left_of_all_stock() -> None:
    # lines, veneers, shell and its kerf, each as in the tests above
    stock_mm3 = 552.9203 + 273.6956 + 1861.6416 + 6515.7455 + 2337.5030 + 57.6248
    efficiency, reason = material_efficiency(bill())
    assert bill().stock_mm3 == pytest.approx(stock_mm3, rel=1e-7)
    assert bill().finished_mm3 == pytest.approx(PI * (58.4**2 - 48.5**2))
    assert efficiency == pytest.approx(PI * (58.4**2 - 48.5**2) / stock_mm3, rel=1e-7)
    assert reason == ""


@pytest.mark.parametrize(
    ("rings", "depth_mm", "reason"),
    [
        ([], 1.2, "There are no rings."),
        (THREE_RINGS, None, "Fill in channel.depth_mm."),
        (
            [
                {"ring_index": 0, "width_mm": 3.0, "pattern_type": "MOSAIC"},
                {"ring_index": 1, "width_mm": 3.0, "pattern_type": "DOTS", "materials": ["koa"]},
            ],
            1.2,
            (
                "Fill in ring_params[0].materials, ring_params[0].tile_length_mm, "
                "ring_params[0].pattern.rows and 3 more."
            ),
        ),
        (
            [THREE_RINGS[1] | {"pattern": THREE_RINGS[1]["pattern"] | {"log_length_mm": 1.5}}],
            1.2,
            "ring_params[0].pattern.log_length_mm is less than one slice.",
        ),
    ],
)
def test_without_what_it_needs_the_efficiency_is_none_with_the_reason(
    rings: list[dict[str, Any]], depth_mm: float | None, reason: str
) -> None:
    plain = {"inner_diameter_mm": 97.0, "outer_diameter_mm": 117.0, "ring_params": rings}
    found = bill_of_materials(RosetteParamSpec.read(plain, "design"), Making(depth_mm))
    assert material_efficiency(found) == (None, reason)


def test_an_inlay_below_the_surface_is_left_whole_and_one_sanded_through_is_gone() -> None:
    ring = [{"ring_index": 0, "width_mm": 2.0, "materials": ["koa"], "inlay_thickness_mm": 0.7}]
    area_mm2 = PI * (50.5**2 - 48.5**2)
    assert bill_of_materials(design(ring), MAKING).finished_mm3 == pytest.approx(0.7 * area_mm2)
    gone = bill_of_materials(design(ring), Making(1.2, face_removal_mm=1.3))
    assert material_efficiency(gone) == (0.0, "")


makings = st.builds(
    Making, st.floats(0.1, 5), st.floats(0, 6), st.floats(0, 1), st.floats(0.01, 3)
)


NEEDED = {
    "count": 12, "rows": 2, "cols": 3, "dot_diameter_mm": 1.0, "band_mm": 0.4, "strand_mm": 0.4,
    "shapes": [{"kind": "leaf", "size_mm": 1.5}],
}


def complete(ring: RingParam) -> RingParam:
    """Fill in what a bill cannot do without."""
    own = PARAMETERS[ring.pattern_type]
    needed = {name: value for name, value in NEEDED.items() if name in own.model_fields}
    given = {} if ring.pattern is None else ring.pattern.plain()
    if "grid" in given:
        needed = {name: value for name, value in needed.items() if name not in ("rows", "cols")}
    pattern = own.model_validate(needed | given)
    materials = ring.materials or ("koa", "pear")
    return ring.model_copy(update={"materials": materials, "pattern": pattern})


def single(case: tuple[RingParam, RingRadii]) -> RosetteParamSpec:
    """Return the design of one ring that says all that is needed."""
    ring, radii = case
    return RosetteParamSpec(
        inner_diameter_mm=2 * radii.inner_mm,
        outer_diameter_mm=2 * (radii.inner_mm + ring.width_mm),
        ring_params=(complete(ring),),
    )


@given(drawn_rings(), makings)
@settings(max_examples=150, deadline=None)
def test_no_stock_is_smaller_than_what_is_made_of_it(
    case: tuple[RingParam, RingRadii], making: Making
) -> None:
    found = bill_of_materials(single(case), making)
    efficiency, reason = material_efficiency(found)
    assert reason == ""
    assert efficiency is not None
    assert 0 <= efficiency <= 1
    for row in found.rows:
        assert row.quantity >= row.needed >= 1
        assert min(row.waste_mm3, row.kerf_mm3, row.finished_mm3) >= 0
        assert row.net_mm3 >= row.finished_mm3 * (1 - 1e-12)
        assert row.trimmed_mm3 == row.net_mm3 - row.finished_mm3
        assert row.length_inner_mm <= row.length_outer_mm


@given(drawn_rings(), makings)
@settings(max_examples=100, deadline=None)
def test_each_material_is_billed_for_the_area_that_is_drawn(
    case: tuple[RingParam, RingRadii], making: Making
) -> None:
    design = single(case)
    (ring,), (radii,) = design.ring_params, ring_radii(design)
    found = bill_of_materials(design, making)
    drawn: dict[str, float] = defaultdict(float)
    for piece in draw_ring(ring, radii).pieces:
        drawn[piece.material_id] += piece.area_mm2
    billed: dict[str, float] = defaultdict(float)
    for row in found.rows:
        billed[row.material_id] += row.finished_mm3
    assert making.depth_mm is not None
    left_mm = max(0.0, making.depth_mm - making.face_removal_mm)
    for material_id, area_mm2 in drawn.items():
        assert billed[material_id] == pytest.approx(area_mm2 * left_mm, rel=1e-6)


@given(drawn_rings(), makings, st.floats(0, 1), st.floats(0.01, 3))
@settings(max_examples=100, deadline=None)
def test_more_waste_or_kerf_never_raises_the_efficiency(
    case: tuple[RingParam, RingRadii], making: Making, waste: float, kerf_mm: float
) -> None:
    one, _ = material_efficiency(bill_of_materials(single(case), making))
    worse = making._replace(
        waste_share=max(waste, making.waste_share), kerf_mm=max(kerf_mm, making.kerf_mm)
    )
    other, _ = material_efficiency(bill_of_materials(single(case), worse))
    assert one is not None
    assert other is not None
    assert other <= one * (1 + 1e-12)
