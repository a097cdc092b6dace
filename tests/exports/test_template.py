from __future__ import annotations

import hashlib
import json
import math
import random
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from luthier_desktop import paths
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.geometry import Arc, Line, Point, RingRadii, hidden_arc_deg
from luthier_desktop.domain.materials import read_materials
from luthier_desktop.domain.paper import Box, Part, Sheet, Stroke
from luthier_desktop.domain.pdf_options import PAPER_SIZES_MM, PRINTABLE_MARGIN_MM, PdfOptions
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.domain.workshop import Channel, Setup
from luthier_desktop.exports import qr
from luthier_desktop.exports.payload import find_payload, payload_text
from luthier_desktop.exports.pdf import PdfAbout, pdf_bytes
from luthier_desktop.exports.shop_sheet_view import PrintedRecord
from luthier_desktop.exports.svg_around import Around
from luthier_desktop.exports.svg_notes import Notes
from luthier_desktop.exports.template import TemplateView, template_sheets
from luthier_desktop.exports.template_hatch import hatching
from luthier_desktop.exports.template_tiles import grid
from tests.exports.pdf_reader import (
    Content,
    Place,
    Segment,
    contents,
    opened,
    size_mm,
    texts,
)

GOLDEN = Path(__file__).parents[1] / "golden"
CODE = qr.modules("LUTHIER1:TEST")
RECORD = PrintedRecord("snap_1", "run_2", 1042, "1042 ABCD EFGH IJKL MNOP")
NEAR_MM = 0.001
MATERIALS = read_materials(json.loads(paths.resource("catalogue/materials.json").read_bytes()))
SETUP = Setup.read(json.loads(paths.resource("presets/setup_workshop.json").read_bytes()), "It")
NOT_A_DESIGN = ("starters", "setup_workshop")
STARTERS = tuple(
    sorted(
        path.stem
        for path in paths.resource("presets").glob("*.json")
        if path.stem not in NOT_A_DESIGN
    )
)
HOSTILE = ("x) Tj ET Q (\\ %%EOF", "\u202e</x:xmpmeta>\n\x00 木")


def starter(name: str) -> RosetteParamSpec:
    data = paths.resource(f"presets/{name}.json").read_bytes()
    return RosetteParamSpec.read(json.loads(data), "The starter")


def large(**changes: Any) -> RosetteParamSpec:
    rings = [{"ring_index": 0, "width_mm": 30.0, "pattern_type": "SEGMENTS"}]
    members = {
        "outer_diameter_mm": 360.0,
        "inner_diameter_mm": 300.0,
        "soundhole_diameter_mm": 290.0,
        "ring_params": rings,
    }
    return RosetteParamSpec.model_validate({**members, **changes})


def view(design: RosetteParamSpec, name: str = "") -> TemplateView:
    hole_mm, board = design.soundhole_diameter_mm, design.fingerboard
    around = Around(
        soundhole_radius_mm=None if hole_mm is None else hole_mm / 2,
        board_width_mm=None if board is None else board.width_mm,
        board_end_mm=None if board is None else board.end_distance_mm,
    )
    notes = Notes(name or design.name or "Rosette", "YELLOW", 72.4, "0123abcd" * 8, qr=CODE)
    return TemplateView(design, SETUP, MATERIALS, around, notes, RECORD)


def pdf(design: RosetteParamSpec, options: PdfOptions | None = None, name: str = "") -> bytes:
    sheets = template_sheets(view(design, name), options or PdfOptions())
    return pdf_bytes(sheets, PdfAbout(name or "A template", "run_2"), payload_text(b"{}"))


@cache
def large_pages() -> tuple[Content, ...]:
    return tuple(contents(pdf(large())))


def lengths(content: Content) -> list[tuple[float, float]]:
    """How far each straight step goes across and up."""
    return [(end[0] - start[0], end[1] - start[1]) for start, end in content.straight()]


def has(content: Content, across_mm: float, down_mm: float) -> bool:
    return any(
        abs(abs(x) - across_mm) < NEAR_MM and abs(abs(y) - down_mm) < NEAR_MM
        for x, y in lengths(content)
    )


@pytest.mark.parametrize("name", STARTERS)
def test_the_bytes_are_those_of_the_pages_that_were_looked_at(name: str) -> None:
    known = json.loads((GOLDEN / "templates.json").read_bytes())
    data = pdf(starter(name))
    assert hashlib.sha256(data).hexdigest() == known[name]
    assert find_payload(data) == b"{}"
    assert len(opened(data).pages) == (2 if name == "line_and_checker_stack" else 1)


def test_a_plain_template_is_the_one_that_was_looked_at() -> None:
    assert pdf(starter("minimal_ring")) == (GOLDEN / "minimal_ring.pdf").read_bytes()


@pytest.mark.parametrize("paper", list(PAPER_SIZES_MM))
@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
def test_bars_and_square_are_true_and_whole_on_the_first_page(
    paper: str, orientation: str
) -> None:
    options = PdfOptions.model_validate({"paper": paper, "orientation": orientation})
    data = pdf(starter("minimal_ring"), options)
    first, page = contents(data)[0], opened(data).pages[0]
    width_mm, height_mm = size_mm(page)
    assert (width_mm < height_mm) == (orientation == "portrait")
    assert has(first, 100.0, 0.0)
    assert has(first, 0.0, 100.0)
    assert has(first, 101.6, 0.0)
    assert sum(abs(abs(x) + abs(y) - 50) < NEAR_MM for x, y in lengths(first)) >= 4
    margin_mm = PRINTABLE_MARGIN_MM - 2
    for start, end in first.straight():
        for x_mm, y_mm in (start, end):
            assert margin_mm <= x_mm <= width_mm - margin_mm
            assert margin_mm <= y_mm <= height_mm - margin_mm
    assert all(not painted.clips for painted in first.painted)


def test_a_bar_that_is_a_hundredth_too_short_would_be_seen() -> None:
    content = contents(
        pdf_bytes(
            [Sheet(210, 297, (Stroke((Line(Point(0, 9), Point(99.99, 9)),), 0.1),))],
            PdfAbout("x"),
        )
    )[0]
    assert not has(content, 100.0, 0.0)


def circle_of(run: tuple[Segment, ...]) -> tuple[Place, float] | None:
    """The centre and radius of a closed run of Beziers, from three of its places."""
    if any(step.is_straight for step in run) or run[0].at(0.0) != run[-1].at(1.0):
        return None
    (ax, ay), (bx, by), (cx, cy) = (run[at].at(0.0) for at in (0, len(run) // 3, -1))
    twice = 2 * (ax * (by - cy) + bx * (cy - ay) + cx * (ay - by))
    a, b, c = ax**2 + ay**2, bx**2 + by**2, cx**2 + cy**2
    x = (a * (by - cy) + b * (cy - ay) + c * (ay - by)) / twice
    y = (a * (cx - bx) + b * (ax - cx) + c * (bx - ax)) / twice
    return (x, y), math.dist((x, y), (ax, ay))


def test_every_circle_of_the_design_stands_at_its_true_radius_about_one_centre() -> None:
    design = starter("dreadnought_three_ring")
    runs = [run for painted in contents(pdf(design))[0].of("S") for run in painted.runs]
    circles = [found for found in map(circle_of, runs) if found is not None]
    middle = circles[0][0]
    drawn_mm = [radius_mm for centre, radius_mm in circles if math.dist(centre, middle) < NEAR_MM]
    wanted_mm = {101.6 / 2, *(edge for radii in ring_radii(design) for edge in radii[:2])}
    for radius_mm in wanted_mm:
        assert sum(abs(radius_mm - one) < NEAR_MM for one in drawn_mm) == 1, radius_mm


def test_the_joints_of_tiles_are_spokes_from_edge_to_edge() -> None:
    sheets = template_sheets(view(starter("segmented_shell")), PdfOptions())
    radial = [
        (start, end)
        for start, end in lines_of(sheets[0])
        if math.hypot(*start) == pytest.approx(55.5) and math.hypot(*end) == pytest.approx(59.0)
    ]
    assert len(radial) == 18


def lines_of(sheet: Sheet) -> list[tuple[Point, Point]]:
    """Every straight stroke of the drawing, in its own frame."""
    drawing = max((mark for mark in sheet.marks if isinstance(mark, Part)), key=_size)
    return [
        (mark.edges[0].start, mark.edges[0].end)
        for mark in drawing.marks
        if isinstance(mark, Stroke) and isinstance(mark.edges[0], Line)
    ]


def _size(part: Part) -> int:
    return sum(isinstance(mark, Stroke) for mark in part.marks)


@pytest.mark.parametrize(
    ("paper", "orientation", "pages"),
    [
        ("a4", "auto", 5),  # side 374: 2 x 2 of 194 x 272, laid over by 10, and a page of notes
        ("a4", "portrait", 5),
        ("a4", "landscape", 7),  # 2 x 3 of 281 x 185
        ("a3", "auto", 3),  # 2 x 1 of 281 x 395
        ("letter", "auto", 5),  # 2 x 2 of 199.9 x 254.4
        ("letter", "landscape", 7),  # 2 x 3 of 263.4 x 190.9
        ("tabloid", "auto", 3),  # 2 x 1 of 263.4 x 406.8
    ],
)
def test_a_large_template_takes_as_many_pages_as_reckoned_by_hand(
    paper: str, orientation: str, pages: int
) -> None:
    options = PdfOptions.model_validate({"paper": paper, "orientation": orientation})
    sheets = template_sheets(view(large()), options)
    upright = PAPER_SIZES_MM[options.paper]
    assert len(sheets) == pages
    size = upright[::-1] if orientation == "landscape" else upright
    assert {sheet[:2] for sheet in sheets} == {size}


def test_joined_pages_show_the_same_drawing_moved_by_a_page_less_the_overlap() -> None:
    sheets = template_sheets(view(large()), PdfOptions(overlap_mm=14.0))
    parts = [mark for sheet in sheets[1:] for mark in sheet.marks[:1] if isinstance(mark, Part)]
    assert len(parts) == 4
    upper_left, upper_right, lower_left, lower_right = (part.shift for part in parts)
    assert upper_left.x_mm - upper_right.x_mm == pytest.approx(194.0 - 14.0)
    assert upper_left.y_mm - lower_left.y_mm == pytest.approx(272.0 - 14.0)
    assert lower_right == pytest.approx((upper_right.x_mm, lower_left.y_mm))
    for part in parts:
        assert part.clip == (8.0, 8.0, 194.0, 272.0)
    left, right = (_registers(part) for part in parts[:2])
    assert len(left & right) >= 2


def _registers(part: Part) -> set[Point]:
    """Where a page shows register marks, in the drawing's frame."""
    clip = part.clip
    assert clip is not None
    found = set()
    for mark in part.marks:
        edge = mark.edges[0] if isinstance(mark, Stroke) else None
        if isinstance(edge, Arc) and edge.radius_mm == 2.0:
            x_mm = edge.center.x_mm + part.shift.x_mm
            y_mm = edge.center.y_mm + part.shift.y_mm
            if 8.0 <= x_mm <= 8.0 + clip.width_mm and 8.0 <= y_mm <= 8.0 + clip.height_mm:
                found.add(edge.center)
    return found


def test_all_of_a_large_drawing_is_on_its_pages_at_its_true_size() -> None:
    first, *tiles = large_pages()
    assert all(has(page, 100.0, 0.0) for page in (first, *tiles))
    seen = set()
    for page in tiles:
        for painted in page.of("S"):
            for run in painted.runs:
                found = circle_of(run)
                if found is not None:
                    seen.add(round(found[1], 3))
    assert {145.0, 150.0, 180.0} <= seen


def test_each_page_says_which_one_it_is() -> None:
    told = texts(pdf(large()))
    assert "template page 1 of 5" in told[0]
    assert "The pages as they are joined" in told[0]
    for number, place in enumerate(((1, 1), (2, 1), (1, 2), (2, 2)), start=2):
        column, row = place
        expected = f"page {number} of 5: column {column} of 2, row {row} of 2"
        assert expected in told[number - 1]
    assert "fingerboard" not in told[1]


def test_the_head_names_the_design_its_verdict_its_record_and_the_scale() -> None:
    told = texts(pdf(starter("minimal_ring")))[0]
    for text in ("YELLOW 72.4", "0123 abcd 0123", "snap_1", "run_2", "1,042", "IJKL", "1:1"):
        assert text in told
    unsaved = template_sheets(view(large())._replace(record=None), PdfOptions())
    assert "Not saved" in texts(pdf_bytes(unsaved, PdfAbout("x")))[0]


def test_the_table_has_every_ring_once_in_mm_and_in_inches() -> None:
    design = starter("line_and_checker_stack")
    told = "\n".join(texts(pdf(design)))
    rows = re.findall(r"^(\d+)$", told, re.MULTILINE)
    numbers = [row for row in rows if int(row) < len(design.ring_params)]
    assert sorted(map(int, numbers)) == list(range(37))
    cells = told.split()
    for text in ("44.50", "1.752", "69.45", "2.734", "138.90", "5.469"):
        assert text in cells
    assert "soundhole" in cells


def test_the_table_has_the_channel_as_it_is_cut_and_the_drawing_as_it_is_filled() -> None:
    design = starter("minimal_ring")
    glued = design.model_copy(update={"channel": Channel(depth_mm=1.2, clearance_mm=0.3)})
    sheets = template_sheets(view(glued), PdfOptions())
    told = texts(pdf_bytes(sheets, PdfAbout("x")))[0].split()
    assert {"49.15", "56.45", "98.30", "112.90"} <= set(told)
    content = contents(pdf_bytes(sheets, PdfAbout("x")))[0]
    runs = [run for painted in content.of("S") for run in painted.runs]
    radii_mm = [found[1] for found in map(circle_of, runs) if found is not None]
    assert any(abs(radius_mm - 49.3) < NEAR_MM for radius_mm in radii_mm)
    assert not any(abs(radius_mm - 49.15) < NEAR_MM for radius_mm in radii_mm)


@pytest.mark.parametrize(
    ("design", "overlap_mm", "sentence"),
    [
        (large(), 160.0, "overlap_mm of 160 leaves 34 mm of 194 mm"),
        (large(), 1999.0, "leaves 0 mm"),
        (large(outer_diameter_mm=2000.0), 143.0, "more than 400"),
    ],
)
def test_pages_too_small_for_what_they_show_together_are_refused(
    design: RosetteParamSpec, overlap_mm: float, sentence: str
) -> None:
    with pytest.raises(InputRefused, match=sentence):
        template_sheets(view(design), PdfOptions(overlap_mm=overlap_mm))


def test_the_overlap_is_of_no_matter_where_one_page_will_do() -> None:
    design = view(starter("minimal_ring"))
    assert len(template_sheets(design, PdfOptions(overlap_mm=1999.0))) == 1
    across = PdfOptions(orientation="landscape", overlap_mm=1999.0)
    _, drawing = template_sheets(design, across)
    _, same = template_sheets(design, PdfOptions(orientation="landscape"))
    assert drawing == same


def test_the_hatching_covers_what_the_fingerboard_hides_and_nothing_else() -> None:
    ring, board_mm, end_mm = RingRadii(45.0, 65.0), 62.0, 43.5
    total_mm = 0.0
    for stroke in hatching(ring, board_mm, end_mm):
        (edge,) = stroke.edges
        assert isinstance(edge, Line)
        total_mm += math.dist(edge.start, edge.end)
        for share in (0.0, 0.3, 0.7, 1.0):
            x_mm = edge.start.x_mm + share * (edge.end.x_mm - edge.start.x_mm)
            y_mm = edge.start.y_mm + share * (edge.end.y_mm - edge.start.y_mm)
            assert 45.0 - 1e-9 <= math.hypot(x_mm, y_mm) <= 65.0 + 1e-9
            assert abs(x_mm) <= 31.0 + 1e-9
            assert y_mm <= -43.5 + 1e-9
    steps = [45.0 + (at + 0.5) * 0.1 for at in range(200)]
    hidden_mm2 = sum(
        math.radians(hidden_arc_deg(radius_mm, board_mm, end_mm)) * radius_mm * 0.1
        for radius_mm in steps
    )
    assert total_mm * 2.5 == pytest.approx(hidden_mm2, rel=0.04)


def test_names_change_words_and_nothing_else() -> None:
    design = starter("mandolin_barber_pole")
    plain = drawn_operations(pdf(design, name="Plain name"))
    for name in HOSTILE:
        assert drawn_operations(pdf(design, name=name)) == plain, name


def drawn_operations(data: bytes) -> list[tuple[str, str]]:
    """Every operator with its operands; of text only that there is some."""
    found, in_text = [], False
    for operands, operator in contents(data)[0].operations:
        in_text = (in_text or operator == "BT") and operator != "ET"
        if not in_text:
            found.append((operator, str(operands)))
    return found


def test_a_design_without_soundhole_fingerboard_or_rings_has_its_template() -> None:
    bare = RosetteParamSpec.model_validate(
        {"outer_diameter_mm": 120.0, "inner_diameter_mm": 100.0, "ring_params": []}
    )
    (sheet,) = template_sheets(view(bare), PdfOptions())
    assert sheet[:2] == (210.0, 297.0)


def test_a_mark_is_on_every_page_that_shows_some_of_it() -> None:
    pages = grid(Box(8.0, 8.0, 194.0, 272.0), 900.0, 12.0, "A4")
    tiles = [pages.tile(at % pages.columns, at // pages.columns) for at in range(pages.pages)]
    chance = random.Random(8)
    for _ in range(300):
        corner = chance.uniform(-460, 440), chance.uniform(-460, 440)
        box = Box(*corner, chance.uniform(0, 300), chance.uniform(0, 300))
        seen = [
            number
            for number, tile in enumerate(tiles)
            if tile.left_mm <= box.left_mm + box.width_mm
            and box.left_mm <= tile.left_mm + 194.0
            and tile.top_mm <= box.top_mm + box.height_mm
            and box.top_mm <= tile.top_mm + 272.0
        ]
        assert pages.meeting(box) == seen
