from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from luthier_desktop.domain.geometry import Point
from luthier_desktop.domain.paper import Fill, Part, Sheet, Words
from luthier_desktop.domain.patterns.draw import draw_ring
from luthier_desktop.domain.pdf_options import PAPER_SIZES_MM, Paper, PdfOptions
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.exports.print_letters import printable
from luthier_desktop.exports.shop_sheet import shop_sheets
from tests.exports.printed_words import faults, plain, printed, solid, text_of
from tests.exports.shop_views import (
    MATERIALS,
    SHOP,
    STARTERS,
    long_named,
    many_rings,
    ruled,
    starter,
    view,
)

GOLDEN = Path(__file__).parents[1] / "golden" / "shop_sheets.json"
PAPERS = tuple(PAPER_SIZES_MM)
LEAST_MM = 6 * 25.4 / 72
HOSTILE = (
    "x)\nM3 S24000\n(",
    "\u202egnp.exe\u200b\x00\x1b[31m",
    "</text><script>alert(1)</script>&amp;",
    "=cmd|' /C calc'!A0",
    "W" * 10_000,
    "木" * 60 + " 🎸",
)


def sheet_of(name: str) -> tuple[Sheet, ...]:
    """Lay a starter out on a paper of its own turn."""
    paper: Paper = PAPERS[STARTERS.index(name) % len(PAPERS)]
    return shop_sheets(view(starter(name)), PdfOptions(document="shop_sheet", paper=paper))


@pytest.mark.parametrize("name", STARTERS)
def test_each_starter_fits_on_two_pages_with_nothing_cut_and_keeps_its_golden_bytes(
    name: str,
) -> None:
    sheets = sheet_of(name)
    assert len(sheets) <= 2
    assert [fault for sheet in sheets for fault in faults(sheet)] == []
    assert min(line.size_mm for sheet in sheets for line in printed(sheet.marks)) >= LEAST_MM
    written = text_of(sheets)
    for ring in starter(name).ring_params:
        assert f"Ring{ring.ring_index}" in written
    golden = json.loads(GOLDEN.read_text())
    assert hashlib.sha256(plain(_without_picture(sheets))).hexdigest() == golden[name]


def _without_picture(sheets: tuple[Sheet, ...]) -> tuple[Sheet, ...]:
    """Leave out the rosette: the last digits of its sines are the machine's."""
    picture, *others = sheets[0].marks
    assert isinstance(picture, Part)
    return (sheets[0]._replace(marks=tuple(others)), *sheets[1:])


def test_the_picture_is_the_design_at_true_size_in_the_colours_of_its_woods() -> None:
    spec = starter("segmented_shell")
    (picture, *_) = shop_sheets(view(spec), PdfOptions(document="shop_sheet"))[0].marks
    assert isinstance(picture, Part)
    drawn = {
        (mark.colour, outline)
        for mark in picture.marks
        if isinstance(mark, Fill)
        for outline in mark.outlines
    }
    for ring, radii in zip(spec.ring_params, ring_radii(spec), strict=True):
        for piece in draw_ring(ring, radii).pieces:
            wood = MATERIALS.get(piece.material_id)
            assert wood is not None
            assert (wood.look.finished, piece.outline) in drawn


def test_a_rosette_too_large_for_the_page_is_drawn_smaller_and_says_so() -> None:
    spec = starter("greek_key").model_copy(update={"outer_diameter_mm": 190.0})
    sheets = shop_sheets(view(spec), PdfOptions(document="shop_sheet", orientation="portrait"))
    assert "Picture1:2;measurethetemplate" in text_of(sheets)
    assert faults(sheets[0]) == []


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_many_rings_under_long_names_go_on_rather_than_lose_a_word(paper: Paper) -> None:
    shown = view(many_rings("Wide Wendy Mary " * 12), None, materials=long_named(400))
    sheets = shop_sheets(shown, PdfOptions(document="shop_sheet", paper=paper))
    assert [fault for sheet in sheets for fault in faults(sheet)] == []
    written = text_of(sheets)
    assert [at for at in range(24) if f"Ring{at}" not in written] == []
    assert "CutthesoundholeLAST" in written
    assert f"{len(sheets)}of{len(sheets)}" in written


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_stay_in_their_place(name: str) -> None:
    spec = many_rings(name).model_copy(update={"ring_params": many_rings("").ring_params[:3]})
    setup = SHOP.model_copy(update={"name": name})
    shown = view(spec, setup=setup, materials=long_named(60))
    (finding,) = [one for one in shown.scored.findings if one.check_id == "G5"]
    assert finding.status.value == "RED"
    sheets = shop_sheets(ruled(shown, (finding, name[:900].ljust(20, "?"))), PdfOptions())
    assert [fault for sheet in sheets for fault in faults(sheet)] == []
    for sheet in sheets:
        assert all(line.text.isprintable() for line in printed(sheet.marks))
    assert solid(printable(name[:40])) in text_of(sheets)


def test_the_same_view_is_the_same_sheet_and_another_is_not() -> None:
    spec = starter("minimal_ring")
    first, again = (plain(shop_sheets(view(spec), PdfOptions())) for _ in range(2))
    assert first == again
    assert first != plain(shop_sheets(view(spec, None), PdfOptions()))


def test_the_reader_of_these_tests_sees_words_over_words_and_off_the_page() -> None:
    over = (Words("Holly", Point(10, 20), 3.0), Words("Pear", Point(14, 21), 3.0))
    beyond = Words("Rosewood", Point(95, 80), 3.0)
    sheet = Sheet(100, 100, (*over, Part((beyond,), Point(0, 0))))
    assert faults(sheet) == ["off the page: Rosewood", "Holly lies over Pear"]
