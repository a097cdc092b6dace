from __future__ import annotations

import itertools
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.geometry import (
    Arc,
    Curve,
    Line,
    Outline,
    Point,
    RingRadii,
    circle,
    sector,
)
from luthier_desktop.domain.parts.nesting import Room, Size, nest
from luthier_desktop.domain.parts.outlines import box_of, tightest_inside_mm
from luthier_desktop.domain.parts.part import Bow, Part, PartsPlan
from luthier_desktop.domain.parts.plan import plan_parts
from luthier_desktop.domain.parts_options import PLAIN_PARTS, PartsOptions
from luthier_desktop.domain.patterns.draw import draw_ring
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.domain.workshop import Setup

SETUP = Setup.model_validate(
    {
        "inlay_tool": {"diameter_mm": 1.0},
        "channel": {"depth_mm": 1.2, "glue": "ca", "layout": "single"},
    }
)
WEDGES = {"width_mm": 6.0, "materials": ["koa"], "pattern": {"pieces": 4}}
LINE = {"width_mm": 1.0, "pattern_type": "LINES", "materials": ["holly"]}


def design(rings: list[dict[str, Any]], **changes: Any) -> RosetteParamSpec:
    numbered = [{"ring_index": at, **ring} for at, ring in enumerate(rings)]
    width_mm = sum(ring["width_mm"] for ring in rings)
    members = {"outer_diameter_mm": 100 + 2 * width_mm, "inner_diameter_mm": 100.0}
    return RosetteParamSpec.model_validate({**members, "ring_params": numbered, **changes})


def plan(rings: list[dict[str, Any]], **options: Any) -> PartsPlan:
    return plan_parts(design(rings), SETUP, PartsOptions(**options))


def first(found: PartsPlan) -> Part:
    return found.sheets[0].parts[0].part


def arc_radii(part: Part) -> set[float]:
    edges = [edge for one in (part.outline, *part.holes) for edge in one.edges]
    return {round(edge.radius_mm, 9) for edge in edges if isinstance(edge, Arc)}


@pytest.mark.parametrize(
    "family", [one for one in PatternFamily if one not in ("SOLID", "SEGMENTS")]
)
def test_a_ring_that_is_no_part_is_told_with_its_reason(family: str) -> None:
    with pytest.raises(InputRefused, match=r"Ring 0: no parts from a sheet; the \w+ are .+\.$"):
        plan([{"width_mm": 6.0, "pattern_type": family}])
    found = plan([WEDGES, {"width_mm": 2.0, "pattern_type": family}])
    assert found.part_count == 4
    assert [one[:29] for one in found.sentences] == ["Ring 1: no parts from a sheet"]


@pytest.mark.parametrize(
    ("ring", "reason"),
    [
        ({"width_mm": 6.0, "bending": "hot"}, "the strips are bent"),
        ({**WEDGES, "made": "bought"}, "bought as it is"),
        (
            {"width_mm": 3.0, "pattern_type": "SEGMENTS", "pattern": {"shape": "pre_curved"}},
            "the blocks are cut to length from curved stock",
        ),
    ],
)
def test_bent_bought_and_curved_rings_are_no_parts(ring: dict[str, Any], reason: str) -> None:
    with pytest.raises(InputRefused, match=reason):
        plan([ring])


def test_rings_without_parts_are_listed_by_their_reason() -> None:
    (told,) = plan([LINE, WEDGES, *[LINE] * 10]).sentences
    assert told == (
        "Rings 0, 2, 3, 4, 5, 6, 7, 8 and 3 more: no parts from a sheet; the strips are bent."
    )


def test_a_part_is_as_wide_as_its_ring_when_its_channel_has_the_clearance() -> None:
    assert arc_radii(first(plan([WEDGES]))) == {50.0, 56.0}


def test_an_allowance_is_the_room_between_a_part_and_the_walls_of_its_channel() -> None:
    """The channel is 0.05 mm wider for CA; at 0.25 mm a side gives up 0.10 mm."""
    assert arc_radii(first(plan([WEDGES], allowance_mm=0.25))) == {50.1, 55.9}
    assert arc_radii(first(plan([WEDGES], allowance_mm=0.0))) == {49.975, 56.025}
    inside = plan([LINE, WEDGES, LINE], allowance_mm=0.25)
    assert arc_radii(first(inside)) == {51.0, 57.0}
    at_the_wall = plan([LINE, WEDGES], allowance_mm=0.25)
    assert arc_radii(first(at_the_wall)) == {51.0, 56.9}


@pytest.mark.parametrize(
    "ring",
    [
        WEDGES,
        {"width_mm": 6.0, "pattern_type": "SEGMENTS", "pattern": {"count": 9}},
        {
            "width_mm": 6.0,
            "pattern_type": "SEGMENTS",
            "pattern": {"count": 9, "shape": "straight"},
        },
    ],
)
def test_every_part_is_its_piece_of_the_ring_turned_until_its_grain_runs_along_x(
    ring: dict[str, Any],
) -> None:
    spec = design([ring])
    part = first(plan_parts(spec, SETUP, PLAIN_PARTS))
    piece = draw_ring(spec.ring_params[0], ring_radii(spec)[0]).pieces[1]
    corners = [math.atan2(x, -y) for x, y in corners_of(piece.outline)]
    piece_middle_deg = math.degrees(sum(corners) / len(corners))
    part_middle_deg = math.degrees(math.atan2(part.middle.x_mm, -part.middle.y_mm))
    grain_deg = piece.grain_deg + part_middle_deg - piece_middle_deg
    assert grain_deg % 180 == pytest.approx(90)
    spans = [
        sorted(math.dist(*pair) for pair in itertools.combinations(corners_of(one), 2))
        for one in (part.outline, piece.outline)
    ]
    assert spans[0] == pytest.approx(spans[1])


def corners_of(outline: Outline) -> list[Point]:
    return [point for edge in outline.edges if isinstance(edge, Line) for point in edge]


def test_parts_are_laid_by_wood_and_thickness_for_every_guitar() -> None:
    two = {**WEDGES, "materials": ["koa", "holly"]}
    thick = {**WEDGES, "inlay_thickness_mm": 2.0}
    found = plan([two, thick], guitars=3)
    stocks = [(one.material_id, one.thickness_mm, len(one.parts)) for one in found.sheets]
    assert stocks == [("holly", 1.6, 6), ("koa", 1.6, 6), ("koa", 2.0, 12)]
    assert found.part_count == 24


def test_a_full_sheet_is_followed_by_another() -> None:
    """A plate of 112 mm takes 113.2 with what is between: two beside each other on 237 mm."""
    plate = {"width_mm": 6.0, "materials": ["koa"]}
    found = plan([plate], guitars=5, sheet_width_mm=237.0, sheet_height_mm=122.0)
    assert [(one.number, len(one.parts)) for one in found.sheets] == [(1, 2), (2, 2), (3, 1)]
    assert found.gap_mm == 2.0


def test_a_part_larger_than_the_sheet_is_refused_with_both_sizes() -> None:
    with pytest.raises(
        InputRefused, match=r"ring 0 is 112\.00 x 112\.00 mm, .* room for 290\.00 x 111\.90 mm"
    ):
        plan([{"width_mm": 6.0}], sheet_height_mm=121.9)


def test_what_cannot_be_planned_is_refused_by_name() -> None:
    spec = design([WEDGES])
    with pytest.raises(InputRefused, match=r"inlay_tool\.diameter_mm or tool\.diameter_mm"):
        plan_parts(spec, Setup.empty(), PLAIN_PARTS)
    with pytest.raises(InputRefused, match="1000 guitars take 20000 parts, and at most 10000"):
        plan([{**WEDGES, "pattern": {"pieces": 20}}], guitars=1000)
    with pytest.raises(InputRefused, match="leaves nothing of the parts of ring 0"):
        plan([{**WEDGES, "width_mm": 2.0}], allowance_mm=3.0)
    with pytest.raises(InputRefused, match="It has no rings"):
        plan_parts(design([], outer_diameter_mm=110.0), SETUP, PLAIN_PARTS)


def test_a_bit_too_thick_for_the_inside_of_a_part_is_told() -> None:
    setup = Setup.model_validate({"inlay_tool": {"diameter_mm": 80.0}})
    sheet = PartsOptions(sheet_width_mm=400.0)
    (told,) = plan_parts(design([WEDGES], inner_diameter_mm=60.0), setup, sheet).sentences
    assert told.startswith("Ring 0: a bit of 80 mm cannot cut the inside of its parts, where the")
    assert "radius is 30.00 mm; take one of 60.00 mm or less" in told


def test_the_tightest_inside_of_an_outline_is_found() -> None:
    """An L has a sharp inside corner, a square none, a hole is gone round inside."""
    ell = [(0, 0), (4, 0), (4, 1), (1, 1), (1, 4), (0, 4)]
    square = [(0, 0), (4, 0), (4, 4), (0, 4)]
    for turn in (1, -1):
        assert tightest_inside_mm(polygon(ell[::turn])) == 0.0
        assert tightest_inside_mm(polygon(square[::turn])) == math.inf
        assert tightest_inside_mm(polygon(square[::turn]), [circle(Point(2, 2), 1.5)]) == 1.5
    assert tightest_inside_mm(sector(RingRadii(3.0, 5.0), -90.0, 180.0)) == 3.0
    bowl = Outline(
        (
            Curve((Point(0, 0), Point(2, 1), Point(4, 0))),
            Line(Point(4, 0), Point(4, 4)),
            Line(Point(4, 4), Point(0, 0)),
        )
    )
    assert tightest_inside_mm(bowl) == 0.0


def polygon(points: list[tuple[float, float]]) -> Outline:
    corners = [Point(*one) for one in points]
    return Outline(tuple(map(Line, corners, corners[1:] + corners[:1])))


def test_a_box_reaches_as_far_as_its_arcs_do() -> None:
    quarter = Outline((Arc(Point(10, 20), 5.0, 45.0, 90.0),))
    box = box_of(quarter)
    assert box.left_mm + box.width_mm == pytest.approx(15.0)
    assert box.left_mm == pytest.approx(10 + 5 * math.sqrt(0.5))
    assert (box.top_mm, box.height_mm) == pytest.approx(
        (20 - 5 * math.sqrt(0.5), 10 * math.sqrt(0.5))
    )


SIZES = st.builds(Size, st.floats(0.5, 90.0), st.floats(0.5, 60.0), st.integers(0, 3), st.none())


@given(sizes=st.lists(SIZES, min_size=1, max_size=40), gap_mm=st.sampled_from([0.0, 2.0]))
@settings(max_examples=25, deadline=None)
def test_boxes_of_any_sizes_stay_in_their_room_and_apart(sizes: list[Size], gap_mm: float) -> None:
    room = Room(100.0, 70.0, gap_mm)
    spots = nest(sizes, room)
    laid = list(zip(sizes, spots, strict=True))
    for size, spot in laid:
        assert 0 <= spot.left_mm <= room.width_mm - size.width_mm + 1e-9
        assert 0 <= spot.top_mm <= room.height_mm - size.height_mm + 1e-9
    for (one, here), (other, there) in itertools.combinations(laid, 2):
        aside = max(
            here.left_mm - there.left_mm - other.width_mm,
            there.left_mm - here.left_mm - one.width_mm,
        )
        below = max(
            here.top_mm - there.top_mm - other.height_mm,
            there.top_mm - here.top_mm - one.height_mm,
        )
        assert here.sheet != there.sheet or max(aside, below) >= gap_mm - 1e-9


@given(
    inner_mm=st.floats(20.0, 80.0),
    width_mm=st.floats(0.5, 20.0),
    half_deg=st.floats(1.0, 90.0),
    gap_mm=st.floats(0.1, 5.0),
    steps=st.integers(1, 3),
)
@settings(max_examples=30, deadline=None)
def test_a_wedge_in_the_bow_of_another_keeps_the_gap(
    inner_mm: float, width_mm: float, half_deg: float, gap_mm: float, steps: int
) -> None:
    """Points all over the second wedge, measured to the disc that holds the first."""
    bow = Bow(inner_mm, inner_mm + width_mm, half_deg, "left")
    step_mm = steps * bow.step_mm(gap_mm)
    for share, turn in itertools.product((0.0, 0.5, 1.0), range(-10, 11)):
        radius_mm = inner_mm + share * width_mm
        angle = math.radians(half_deg) * turn / 10
        at = (step_mm + radius_mm * math.cos(angle), radius_mm * math.sin(angle))
        assert math.hypot(*at) >= bow.outer_mm + gap_mm - 1e-9
