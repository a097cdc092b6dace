from __future__ import annotations

import math
from itertools import pairwise

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop import paths
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.geometry import (
    ORIGIN,
    Arc,
    Curve,
    Line,
    Outline,
    Point,
    circle,
)
from luthier_desktop.domain.paper import Box, Fill, Mark, Modules, Part, Sheet, Stroke, Words
from luthier_desktop.domain.pdf_options import PAPER_SIZES_MM, PdfOptions, page_sizes
from luthier_desktop.exports.payload import find_payload, payload_text
from luthier_desktop.exports.pdf import PdfAbout, pdf_bytes
from luthier_desktop.exports.print_letters import (
    LACKING,
    fitted_text,
    printable,
    text_width_mm,
    wrapped_text,
)
from tests.exports.pdf_reader import Content, contents, opened, size_mm, texts

ABOUT = PdfAbout("A template", "snapshot 7", "True size")
NEAR_MM = 0.001


def page(*marks: Mark) -> Sheet:
    return Sheet(210.0, 297.0, marks)


def drawn(*marks: Mark) -> Content:
    return contents(pdf_bytes([page(*marks)], ABOUT))[0]


def test_every_page_has_exactly_its_size_in_all_three_boxes() -> None:
    sizes = [size for paper in PAPER_SIZES_MM for size in page_sizes(PdfOptions(paper=paper))]
    pages = opened(pdf_bytes([Sheet(*size, ()) for size in sizes], ABOUT)).pages
    assert len(pages) == 8
    for found, size in zip(pages, sizes, strict=True):
        assert size_mm(found) == pytest.approx(size, abs=NEAR_MM)
        assert found.mediabox == found.cropbox == found.trimbox
        assert found.rotation == 0


def test_a_reader_is_told_to_scale_nothing_and_to_print_one_side() -> None:
    catalogue = opened(pdf_bytes([page()], ABOUT)).root_object
    wishes = catalogue["/ViewerPreferences"]
    assert wishes["/PrintScaling"] == "/None"
    assert wishes["/Duplex"] == "/Simplex"


def test_title_record_and_subject_are_told_and_no_day() -> None:
    told = opened(pdf_bytes([page()], PdfAbout("Rosace é 木", "run 7", "Template"))).metadata
    assert told is not None
    assert (told.title, told["/Keywords"], told.subject) == ("Rosace é 木", "run 7", "Template")
    assert told.creation_date is None
    assert told.modification_date is None


def test_the_design_is_found_once_without_a_reader_whatever_the_names_are() -> None:
    mark = "LUTHIER-SNAPSHOT-1:3:e30=:END"
    document = b'{"name":"' + mark.encode() * 3 + b'"}'
    about = PdfAbout(mark, mark, mark)
    data = pdf_bytes([page(Words(mark, Point(9, 9), 4))], about, payload_text(document))
    assert find_payload(data) == document
    assert find_payload(pdf_bytes([page(Words(mark, Point(9, 9), 4))], about)) is None
    assert mark in texts(data)[0]


def test_a_pdf_without_a_page_is_refused() -> None:
    with pytest.raises(InputRefused, match="nothing to print"):
        pdf_bytes([], ABOUT)


@given(
    radius_mm=st.floats(0.2, 2000.0),
    start_deg=st.floats(-360.0, 360.0),
    sweep_deg=st.floats(-360.0, 360.0).filter(lambda deg: abs(deg) > 0.5),
)
@settings(max_examples=8, deadline=None)
def test_an_arc_stays_within_a_thousandth_of_its_circle(
    radius_mm: float, start_deg: float, sweep_deg: float
) -> None:
    arc = Arc(Point(100.0, 100.0), radius_mm, start_deg, sweep_deg)
    (painted,) = drawn(Stroke((arc,), 0.1)).painted
    steps = painted.runs[0]
    for step in steps:
        for share in (0.0, 0.2, 0.35, 0.5, 0.8, 1.0):
            x_mm, y_mm = step.at(share)
            assert math.dist((x_mm, y_mm), (100.0, 197.0)) == pytest.approx(radius_mm, abs=NEAR_MM)
    for share, (x_mm, y_mm) in ((0.0, steps[0].at(0.0)), (1.0, steps[-1].at(1.0))):
        angle = math.radians(start_deg + share * sweep_deg)
        expected = 100 + radius_mm * math.sin(angle), 197 + radius_mm * math.cos(angle)
        assert (x_mm, y_mm) == pytest.approx(expected, abs=NEAR_MM)


def test_one_bezier_for_a_quarter_would_be_seen_to_leave_its_circle() -> None:
    pull = 60 * 4 / 3 * math.tan(math.pi / 8)
    places = ((60.0, 0.0), (60.0, pull), (pull, 60.0), (0.0, 60.0))
    share = 0.2
    weights = (0.8**3, 3 * 0.8**2 * share, 3 * 0.8 * share**2, share**3)
    x, y = (sum(w * p[axis] for w, p in zip(weights, places, strict=True)) for axis in (0, 1))
    assert abs(math.hypot(x, y) - 60.0) > NEAR_MM


def test_strokes_keep_their_pens_their_dashes_and_what_is_closed() -> None:
    corner = (Line(Point(10, 10), Point(30, 10)), Line(Point(30, 10), Point(30, 40)))
    content = drawn(
        Stroke(corner, 0.15, closed=True),
        Stroke((Curve((Point(0, 0), Point(1, 2), Point(3, 3))),), 0.1, "#ff0000", (3.0, 1.5)),
    )
    first, second = content.painted
    assert first.pen_mm == pytest.approx(0.15, abs=1e-6)
    assert [step.places[1] for step in first.runs[0]] == [
        pytest.approx(place, abs=NEAR_MM) for place in ((30, 287), (30, 257), (10, 287))
    ]
    assert (second.pen_mm, second.dash) == (pytest.approx(0.1, abs=1e-6), (3.0, 1.5))
    assert [step.places[1] for step in second.runs[0]] == [
        pytest.approx(place, abs=NEAR_MM) for place in ((1, 295), (3, 294))
    ]


def test_an_area_has_its_holes_and_a_part_is_moved_and_cut_off() -> None:
    ring = Fill((circle(ORIGIN, 20.0), circle(ORIGIN, 10.0)), "#102030")
    inner = Part((ring,), Point(5.0, 0.0), Box(60.0, 50.0, 10.0, 10.0))
    (painted,) = drawn(Part((inner,), Point(60.0, 60.0), Box(50.0, 50.0, 30.0, 40.0))).painted
    assert painted.how == "f*"
    assert len(painted.runs) == 2
    xs = [place[0] for step in painted.runs[0] for place in (step.at(0.0), step.at(1.0))]
    assert max(xs) <= 85.0 + NEAR_MM
    top_mm = painted.runs[0][0].at(0.0)
    assert top_mm == pytest.approx((65.0, 297.0 - 40.0), abs=NEAR_MM)
    outer, second = painted.clips
    assert outer == pytest.approx((50.0, 207.0, 80.0, 247.0), abs=NEAR_MM)
    assert len(second) == 4


def test_the_modules_of_a_code_are_rectangles_of_true_size() -> None:
    rows = (b"\x01\x01\x00", b"\x00\x00\x00", b"\x01\x00\x01")
    (painted,) = drawn(Modules(rows, Point(10.0, 20.0), 3.0)).painted
    boxes = []
    for run in painted.runs:
        xs = [place[0] for step in run for place in step.places]
        ys = [place[1] for step in run for place in step.places]
        boxes.append((min(xs), 297 - max(ys), max(xs) - min(xs), max(ys) - min(ys)))
    expected = [(10, 20, 2, 1), (10, 22, 1, 1), (12, 22, 1, 1)]
    assert boxes == [pytest.approx(box, abs=NEAR_MM) for box in expected]


def test_words_are_where_they_are_told_whatever_their_alignment_and_turn() -> None:
    text, at = "Rosette", Point(100.0, 50.0)
    wide_mm = text_width_mm(text, 5.0)
    marks = [
        Words(text, at, 5.0),
        Words(text, at, 5.0, align="right"),
        Words(text, at, 5.0, align="center", angle_deg=90.0),
    ]
    content = drawn(*marks)
    placed = [list(map(float, operands)) for operands, name in content.operations if name == "Tm"]
    told = [matrix for matrix in placed if matrix[4:] != [0, 0]]
    assert told[0] == pytest.approx([1, 0, 0, 1, 100, 247], abs=NEAR_MM)
    assert told[1] == pytest.approx([1, 0, 0, 1, 100 - wide_mm, 247], abs=NEAR_MM)
    assert told[2] == pytest.approx([0, -1, 1, 0, 100, 247 + wide_mm / 2], abs=NEAR_MM)


def test_letters_that_the_font_lacks_are_seen_as_a_box_and_controls_by_their_number() -> None:
    assert printable("木a\u202e\n") == f"{LACKING}a[U+202E][U+000A]"
    many = "".join(map(chr, range(0x21, 0x7F))) + "".join(map(chr, range(0xC0, 0x17F)))
    many = many.replace("ŉ", "") + "".join(map(chr, range(0x391, 0x3A1)))
    data = pdf_bytes([page(Words(many, Point(9, 9), 2), Words("木(\\", Point(9, 20), 4))], ABOUT)
    (text,) = texts(data)
    assert many in text.replace("\n", "")
    assert f"{LACKING}(\\" in text


def test_text_is_measured_as_it_is_embedded() -> None:
    data = pdf_bytes([page(Words("WiMl 10.5 mm", Point(9, 9), 10.0, bold=True))], ABOUT)
    fonts = opened(data).pages[0]["/Resources"]["/Font"]
    bold = next(
        font.get_object()
        for font in fonts.values()
        if "SemiBold" in font.get_object()["/BaseFont"]
    )
    assert "/FontFile2" in bold["/FontDescriptor"]
    shown = next(
        operands[0] for operands, name in contents(data)[0].operations if name == "Tj" and operands
    )
    codes = shown.original_bytes if hasattr(shown, "original_bytes") else bytes(shown)
    wide = sum(float(bold["/Widths"][code]) for code in codes)
    assert text_width_mm("WiMl 10.5 mm", 10.0, bold=True) == pytest.approx(wide / 100, abs=0.01)


@given(text=st.text(max_size=60), room_mm=st.floats(4.0, 60.0))
@settings(max_examples=40, deadline=None)
def test_fitted_and_wrapped_text_keeps_to_its_room(text: str, room_mm: float) -> None:
    assert text_width_mm(fitted_text(text, 2.5, room_mm), 2.5) <= room_mm + 1e-9
    lines = wrapped_text(text, 2.5, room_mm, 3)
    assert len(lines) <= 3
    assert all(text_width_mm(line, 2.5) <= room_mm + 1e-9 for line in lines)


def test_a_users_own_settings_of_the_writer_change_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from reportlab import rl_config

    sheets = [page(Words("Rosette", Point(9, 9), 4), Stroke((Line(ORIGIN, Point(9, 9)),), 0.1))]
    plain = pdf_bytes(sheets, ABOUT, payload_text(b"{}"))
    for name, value in {"useA85": 1, "pdfComments": 1, "pdfMultiLine": 1, "invariant": 0}.items():
        monkeypatch.setattr(rl_config, name, value)
    monkeypatch.setattr(rl_config, "pageCompression", 0)
    monkeypatch.setattr(rl_config, "ttfAsciiReadable", 1)
    assert pdf_bytes(sheets, ABOUT, payload_text(b"{}")) == plain


def test_pages_of_other_documents_leave_no_trace_in_the_next() -> None:
    sheets = [page(Words("Rosette", Point(9, 9), 4))]
    plain = pdf_bytes(sheets, ABOUT)
    pdf_bytes([page(Words("quite other letters", Point(9, 9), 4, bold=True))] * 2, ABOUT)
    assert pdf_bytes(sheets, ABOUT) == plain


def test_an_outline_is_closed_where_it_began() -> None:
    square = [Point(0, 0), Point(50, 0), Point(50, 50), Point(0, 50), Point(0, 0)]
    outline = Outline(tuple([Line(*ends) for ends in pairwise(square)]))
    (painted,) = drawn(Fill((outline,), "#000000")).painted
    assert painted.runs[0][-1].places[1] == pytest.approx((0.0, 297.0), abs=NEAR_MM)


@pytest.mark.parametrize("name", ["Inter-Regular", "Inter-SemiBold"])
def test_printed_letters_are_as_wide_as_those_of_the_window(name: str) -> None:
    folder = paths.resource("fonts")
    with TTFont(folder / f"{name}.otf") as window, TTFont(folder / f"{name}.ttf") as print_:
        widths = [
            {code: font["hmtx"][glyph][0] for code, glyph in font.getBestCmap().items()}
            for font in (window, print_)
        ]
        assert widths[0] == widths[1]
        assert print_["OS/2"].fsType == window["OS/2"].fsType
