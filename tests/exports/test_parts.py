from __future__ import annotations

import itertools
import json
import math
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop import paths
from luthier_desktop.domain.parts.part import PartsPlan
from luthier_desktop.domain.parts.plan import plan_parts
from luthier_desktop.domain.parts_options import PLAIN_PARTS, PartsOptions
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.exports.parts_dxf import parts_dxf
from luthier_desktop.exports.parts_svg import parts_svg
from luthier_desktop.exports.payload import find_payload, payload_text
from luthier_desktop.exports.svg_notes import Notes
from tests.exports.dxf_reader import LEGAL_TEXT, DxfFile, Entity, Point, assert_clean, faults
from tests.exports.svg_reader import Drawing, area_mm2

GOLDEN = Path(__file__).parents[1] / "golden"
SETUP = Setup.read(
    json.loads(paths.resource("presets/setup_workshop.json").read_bytes()), "The setup"
)
PLATE = {"width_mm": 5.0, "materials": ["koa"]}
WEDGES = {"width_mm": 6.0, "materials": ["koa", "holly"], "pattern": {"pieces": 4}}
BLOCKS = {"width_mm": 4.0, "pattern_type": "SEGMENTS", "pattern": {"count": 6}}
QUARTER_MM2 = math.pi * (56**2 - 50**2) / 4
CHORD_MM = 0.005


def design(rings: list[dict[str, Any]], **changes: Any) -> RosetteParamSpec:
    numbered = [{"ring_index": at, **ring} for at, ring in enumerate(rings)]
    width_mm = sum(ring["width_mm"] for ring in rings)
    members = {"outer_diameter_mm": 100 + 2 * width_mm, "inner_diameter_mm": 100.0}
    return RosetteParamSpec.model_validate({**members, "ring_params": numbered, **changes})


def starter(name: str) -> RosetteParamSpec:
    data = paths.resource(f"presets/{name}.json").read_bytes()
    return RosetteParamSpec.read(json.loads(data), "The starter")


SUBJECTS = {
    "minimal_ring": (starter("minimal_ring"), PLAIN_PARTS),
    "segmented_shell": (starter("segmented_shell"), PartsOptions(guitars=2)),
    "mixed": (
        design([PLATE, WEDGES, BLOCKS]),
        PartsOptions(guitars=2, sheet_width_mm=260.0, sheet_height_mm=125.0),
    ),
}


def notes(name: str = "A ring") -> Notes:
    return Notes(name, "YELLOW", 72.4, "0123456789abcdef" * 4, "snap_1  run_20260101_a")


def subject(name: str) -> PartsPlan:
    spec, options = SUBJECTS[name]
    return plan_parts(spec, SETUP, options)


@pytest.mark.parametrize("name", list(SUBJECTS))
def test_parts_are_written_byte_for_byte_as_they_were(name: str) -> None:
    plan = subject(name)
    files = [parts_dxf(plan, notes(), "r2000"), parts_dxf(plan, notes(), "r12")]
    hashes = [sha256(data).hexdigest() for data in (*files, parts_svg(plan, notes()))]
    assert hashes == json.loads((GOLDEN / "parts.json").read_bytes())[name], hashes
    assert [faults(data) for data in files] == [[], []]
    for data in files:
        assert_clean(DxfFile(data))


def test_the_golden_picture_of_parts_is_what_is_drawn() -> None:
    assert parts_svg(subject("mixed"), notes()) == (GOLDEN / "mixed_parts.svg").read_bytes()


def test_wedges_have_their_true_radii_and_areas_in_both_formats() -> None:
    plan = plan_parts(design([WEDGES]), SETUP, PLAIN_PARTS)
    for version in ("r2000", "r12"):
        file = DxfFile(parts_dxf(plan, notes(), version))  # type: ignore[arg-type]  # a test's str
        by_wood = {wood: file.on(f"50_PARTS_{wood}") for wood in ("KOA", "HOLLY")}
        for wedges in by_wood.values():
            assert [one.area_mm2() for one in wedges] == pytest.approx([QUARTER_MM2] * 2, abs=1e-3)
            radii = sorted({round(mm, 3) for one in wedges for mm in one.arc_radii_mm()})
            assert radii == [50.0, 56.0]
    drawn = Drawing(parts_svg(plan, notes()))
    for wood in ("koa", "holly"):
        areas = [area_mm2(one) for one in drawn.by_id(f"parts-{wood}")]
        assert areas == pytest.approx([QUARTER_MM2] * 2, abs=0.1)


def test_one_unit_of_the_svg_is_a_millimetre_and_all_lies_on_the_page() -> None:
    root = Drawing(parts_svg(subject("mixed"), notes())).root
    width, height = root.get("width", ""), root.get("height", "")
    box = f"0 0 {width.removesuffix('mm')} {height.removesuffix('mm')}"
    assert root.get("viewBox") == box
    assert float(width.removesuffix("mm")) > 260 * len(subject("mixed").sheets)


class Shape:
    """A part's outline in a drawing, as points close together."""

    def __init__(self, points: list[Point]) -> None:
        self.points = points
        self.left, self.right = min(x for x, _ in points), max(x for x, _ in points)
        self.low, self.high = min(y for _, y in points), max(y for _, y in points)

    def clear_of(self, other: Shape, gap_mm: float) -> bool:
        aside = max(self.left - other.right, other.left - self.right)
        below = max(self.low - other.high, other.low - self.high)
        if max(aside, below) >= gap_mm:
            return True
        sides = list(itertools.pairwise([*other.points, other.points[0]]))
        apart = min(to_side(point, *side) for point in self.points for side in sides)
        return apart >= gap_mm and not any(map(self.holds, other.points))

    def holds(self, point: Point) -> bool:
        """Whether a point lies inside, by how often a ray to the right is crossed."""
        (x, y), inside = point, False
        for (x0, y0), (x1, y1) in itertools.pairwise([*self.points, self.points[0]]):
            if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
                inside = not inside
        return inside


def to_side(point: Point, start: Point, end: Point) -> float:
    (x, y), (x0, y0), (x1, y1) = point, start, end
    length2 = (x1 - x0) ** 2 + (y1 - y0) ** 2
    share = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length2
    share = min(1.0, max(0.0, share))
    return math.hypot(x - x0 - share * (x1 - x0), y - y0 - share * (y1 - y0))


def shape_of(entity: Entity) -> Shape:
    if entity.kind == "CIRCLE":
        (x, y), radius = entity.at, entity.number(40)
        turns = [2 * math.pi * at / 120 for at in range(120)]
        return Shape([(x + radius * math.cos(t), y + radius * math.sin(t)) for t in turns])
    points: list[Point] = []
    for (x0, y0), (x1, y1), bulge in entity.sides():
        steps = 24 if bulge else 1
        turn = 4 * math.atan(bulge)
        for step in range(steps):
            share = step / steps
            if bulge:
                a, b = share * turn / 2, turn / 2
                along = math.sin(a) / math.sin(b)
                angle = a - b
                dx, dy = (x1 - x0) * along, (y1 - y0) * along
                points.append(
                    (
                        x0 + dx * math.cos(angle) - dy * math.sin(angle),
                        y0 + dx * math.sin(angle) + dy * math.cos(angle),
                    )
                )
            else:
                points.append((x0, y0))
    return Shape(points)


def shapes_of(file: DxfFile) -> list[Shape]:
    """The outlines of parts; of a plate the outer circle."""
    parts = [one for one in file.entities if one.layer.startswith("50_PARTS_")]
    outer = {one.at: one for one in sorted(parts, key=_size) if one.kind == "CIRCLE"}
    return [shape_of(one) for one in [*outer.values(), *file.profiles()]]


def _size(one: Entity) -> float:
    return one.number(40, 0.0)


def overlaps(file: DxfFile, plan: PartsPlan) -> int:
    """How many pairs of parts come nearer than the gap, or lie over a sheet's free edge."""
    shapes, gap_mm = shapes_of(file), plan.gap_mm - 2 * CHORD_MM
    assert len(shapes) == plan.part_count
    step_mm = plan.sheet_width_mm + 20.0
    wrong = 0
    for one in shapes:
        left = step_mm * math.floor(one.left / step_mm)
        room = (left + plan.edge_mm, left + plan.sheet_width_mm - plan.edge_mm)
        wrong += not (room[0] - 1e-6 <= one.left and one.right <= room[1] + 1e-6)
        low, high = plan.edge_mm - plan.sheet_height_mm, -plan.edge_mm
        wrong += not (low - 1e-6 <= one.low and one.high <= high + 1e-6)
    return wrong + sum(
        not one.clear_of(other, gap_mm) for one, other in itertools.combinations(shapes, 2)
    )


RINGS = st.fixed_dictionaries(
    {
        "pieces": st.integers(1, 9),
        "width_mm": st.sampled_from([1.5, 6.0, 14.0]),
        "count": st.integers(1, 14),
        "shape": st.sampled_from(["curved", "straight"]),
    }
)


@given(
    rings=RINGS,
    spare_mm=st.sampled_from([0.0, 3.0]),
    sheet=st.sampled_from([(300.0, 200.0), (150.0, 150.0)]),
)
@settings(max_examples=10, deadline=None)
def test_parts_neither_overlap_nor_come_nearer_than_the_bit_needs(
    rings: dict[str, Any], spare_mm: float, sheet: tuple[float, float]
) -> None:
    count_shape = {"count": rings["count"], "shape": rings["shape"]}
    wedges = {
        "width_mm": rings["width_mm"],
        "materials": ["koa"],
        "pattern": {"pieces": rings["pieces"]},
    }
    blocks = {**BLOCKS, "materials": ["koa"], "pattern": count_shape}
    options = PartsOptions(
        spare_mm=spare_mm, sheet_width_mm=sheet[0], sheet_height_mm=sheet[1], edge_mm=4.0
    )
    plan = plan_parts(design([wedges, blocks]), SETUP, options)
    assert overlaps(DxfFile(parts_dxf(plan, notes(), "r2000")), plan) == 0


def test_the_search_for_overlaps_finds_a_part_that_was_moved() -> None:
    plan = subject("minimal_ring")
    file = DxfFile(parts_dxf(plan, notes(), "r2000"))
    assert overlaps(file, plan) == 0
    wedge = file.profiles()[1]
    wedge.corners = [(x + 0.2, y, bulge) for x, y, bulge in wedge.corners]
    assert overlaps(file, plan) == 1


HOSTILE = (
    "x\n  0\nENDSEC",
    "</title><script>1</script>",
    "\x00\u202eLUTHIER-SNAPSHOT-1:",
    "W" * 999,
)


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_name_stays_one_text(name: str) -> None:
    plan = subject("minimal_ring")
    plain, file = (DxfFile(parts_dxf(plan, notes(one), "r12")) for one in ("plain", name))
    other = [two for one, two in zip(plain.tags, file.tags, strict=True) if one != two]
    assert [code for code, _ in other] == [1]
    assert LEGAL_TEXT.fullmatch(other[0][1])
    svg = parts_svg(plan, notes(name), payload_text(b"{}"))
    assert find_payload(svg) == b"{}"
    tags = [
        [one.tag for one in Drawing(data).root.iter()] for data in (svg, parts_svg(plan, notes()))
    ]
    assert tags[0] == tags[1]


def test_what_is_said_of_the_parts_stands_beside_them() -> None:
    for told in (
        DxfFile(parts_dxf(subject("minimal_ring"), notes(), "r2000")).texts(),
        Drawing(parts_svg(subject("minimal_ring"), notes())).texts(),
    ):
        for wanted in (
            "Verdict YELLOW 72.4",
            "Design 0123 4567 89ab",
            "4 parts on 1 sheet",
            "Bit 1.000 mm - 2.000 mm between parts",
            "black_walnut - 1.60 mm thick - sheet 1",
            "Rings 0 and 2 - no parts from a sheet - the strips are bent.",
        ):
            assert wanted in told
