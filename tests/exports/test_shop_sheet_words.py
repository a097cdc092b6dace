from __future__ import annotations

import pytest

from luthier_desktop.domain.feasibility.findings import Finding
from luthier_desktop.domain.lengths import MM_PER_INCH
from luthier_desktop.domain.pdf_options import PdfOptions
from luthier_desktop.domain.workshop import Machine, Shop
from luthier_desktop.exports.print_lengths import both_text, inch_cell, mm_text
from luthier_desktop.exports.print_wrap import print_lines
from luthier_desktop.exports.shop_sheet import shop_sheets
from luthier_desktop.exports.shop_sheet_view import ShopView
from tests.exports.printed_words import solid, text_of
from tests.exports.shop_views import RECORD, SHOP, design, ruled, starter, view

SHEET = PdfOptions(document="shop_sheet")
LINES = {"width_mm": 5.0, "materials": ["holly"], "strip_thickness_mm": 0.5}


def written(shown: ShopView) -> str:
    return text_of(shop_sheets(shown, SHEET))


def found(shown: ShopView, check: str) -> Finding:
    return next(one for one in shown.scored.findings if one.check_id == check)


def test_the_binding_check_stands_with_its_numbers_and_its_message() -> None:
    shown = view(design([LINES], outer_diameter_mm=101.0))
    binding = shown.scored.binding
    assert binding is not None
    assert (binding.check_id, binding.value) == ("G5", -0.5)
    text = written(shown)
    assert solid("RED") in text
    assert solid("G5 ") in text
    assert solid("-0.5 mm; green:") in text
    assert solid(binding.message) in text


def test_a_green_design_says_that_nothing_is_in_the_way() -> None:
    shown = view(starter("minimal_ring"))
    text = written(shown)
    assert solid(f"GREEN {shown.scored.score:.1f}") in text
    assert solid("No check is in the way.") in text
    assert solid("G-code may be written for this design and setup.") in text


def test_a_decision_tells_check_reason_who_and_run() -> None:
    shown = view(design([LINES], outer_diameter_mm=101.0))
    closed = written(shown)
    assert solid("Decisions in force None.") in closed
    assert solid("G-code is not written: 1 check stands in the way.") in closed
    reason = "The last line is bought to fit this very channel."
    opened = written(ruled(shown, (found(shown, "G5"), reason)))
    assert (
        solid("G5 overridden by Anna Längle (lead), run run_20260122_00000000000000d7") in opened
    )
    assert solid(f"“{reason}”") in opened
    assert solid("None.") not in opened


def test_a_snapshot_is_printed_with_run_ledger_number_and_witness_letters() -> None:
    text = written(view(starter("minimal_ring")))
    for told in (RECORD.snapshot_id, RECORD.run_id, "Ledger number 1,042", RECORD.letters):
        assert solid(told) in text


def test_an_unsaved_design_says_that_it_has_no_record() -> None:
    text = written(view(starter("minimal_ring"), None))
    assert solid("there is no snapshot, no run and no ledger number") in text
    assert "run_" not in text
    assert "snap_" not in text


def test_a_log_that_cannot_be_read_and_another_verdict_when_saved_are_told() -> None:
    record = RECORD._replace(
        letters="", no_letters="Event 3 of the log is missing.", saved_verdict="RED 12.0"
    )
    text = written(view(starter("minimal_ring"), record))
    assert solid("No witness Event 3 of the log is missing.") in text
    assert solid("When saved RED 12.0; the verdict above is that of this setup") in text


def test_the_order_of_work_seals_first_and_cuts_the_soundhole_last() -> None:
    text = written(view(starter("classical_mosaic")))
    steps = [
        "Seal the face",
        "Cut the channel",
        "Fit dry",
        "Glue",
        "Level",
        "Cut the soundhole LAST",
    ]
    places = [text.index(solid(step)) for step in steps]
    assert places == sorted(places)


def test_channels_are_given_as_they_are_cut_with_room_for_the_glue() -> None:
    """Hide glue and one ring: 0.05 + 0.02 mm, half of it at either wall."""
    spec = design([{"width_mm": 5.0, "materials": ["holly"]}], channel={"glue": "hide"})
    text = written(view(spec))
    wide = solid('from 89.93 mm (≈ 3 35/64") to 100.07 mm (≈ 3 15/16") diameter, 5.07 mm')
    assert wide in text
    assert solid("0.07 mm of it for the glue") in text


def test_cuts_are_given_in_equal_passes_and_both_units() -> None:
    """1.2 mm at no more than 0.5 mm a pass: three of 0.4 mm; 1080 mm/min are 42.5 in/min."""
    text = written(view(design([LINES], channel={"depth_mm": 1.2})))
    assert solid('3 equal passes of 0.40 mm (0.016") depth') in text
    assert solid("feed 1080 mm/min (42.5 in/min)") in text


def test_a_channel_cut_by_hand_needs_no_bit() -> None:
    setup = SHOP.model_copy(update={"machine": Machine(kind="hand")})
    text = written(view(design([LINES]), setup=setup))
    assert solid("Knife, chisel and router plane") in text
    assert solid("Scribe the channel, chisel it out") in text
    assert "rpm" not in text


def test_protection_that_the_shop_lacks_is_told() -> None:
    setup = SHOP.model_copy(update={"shop": Shop(extraction=False, respirator=True)})
    shell = {"width_mm": 5.0, "pattern_type": "SEGMENTS", "tile_length_mm": 20.0}
    text = written(view(design([{**shell, "materials": ["abalone"]}]), setup=setup))
    assert solid("Extraction (NOT in the setup), respirator (in the setup)") in text


def test_fibre_in_water_glue_and_cites_are_told() -> None:
    rings = [{**LINES, "materials": ["vulcanised_fibre", "brazilian_rosewood"]}]
    text = written(view(design(rings, channel={"glue": "pva"})))
    assert solid("Vulcanised fibre, black swells with water-based glue.") in text
    assert solid("Brazilian rosewood is in CITES Appendix I") in text


def test_a_ring_that_lacks_a_value_says_which() -> None:
    text = written(view(design([{"width_mm": 5.0, "pattern_type": "ROPE"}])))
    assert solid("Not told yet. Choose its materials.") in text


def test_a_stick_of_a_mosaic_has_its_veneers_taper_slices_and_logs() -> None:
    """Tiles of 2 x 1.5 mm cells round 92 mm: 288.4 / 3 = 96 tiles, 106 slices with spares."""
    pattern = {"rows": 2, "cols": 2, "px_mm": 1.5, "grid": [["holly", "pear"], ["pear", "holly"]]}
    ring = {"width_mm": 2.0, "materials": ["holly", "pear"], "pattern_type": "MOSAIC"}
    shown = view(design([{**ring, "pattern": {**pattern, "symmetry": "slip"}}]))
    text = written(shown)
    assert solid("Cut list for one guitar") in text
    assert solid("Tiles: 96 needed, make 106;") in text
    assert solid('Plank A of 1.00 mm (0.039") veneer, inner edge first:') in text
    assert solid("first: Pear, dyed black; Holly. Saw 2 sticks") in text
    assert solid("Log 1: sticks left to right A A'; 1 log of") in text
    assert solid("106 slices of") in text


def test_a_design_without_rings_is_still_a_sheet() -> None:
    spec = design([], inner_diameter_mm=90.0, outer_diameter_mm=120.0)
    text = written(view(spec, None))
    assert "UNKNOWN" in text
    assert solid("0 rings") in text


@pytest.mark.parametrize(
    ("length_mm", "millimetres", "inches"),
    [
        (MM_PER_INCH, "25.40", '1"'),
        (3.175, "3.175", '1/8"'),
        (1.5875, "1.588", '1/16"'),
        (0.5, "0.50", '0.020"'),
        (27.0, "27.00", '1 1/16"'),
        (45.0, "45.00", '1 49/64"'),
        (321.3845, "321.4", '12 21/32"'),
        (10.0, "10.00", '25/64"'),
        (0.0, "0.00", '0"'),
    ],
)
def test_lengths_are_as_fine_as_they_are_cut(
    length_mm: float, millimetres: str, inches: str
) -> None:
    """27 mm are 68.03 sixty-fourths, 45 mm 113.39, 321.3845 mm 809.8, 10 mm 25.2."""
    assert (mm_text(length_mm), inch_cell(length_mm)) == (millimetres, inches)


def test_inches_that_are_no_sixty_fourth_say_so() -> None:
    assert both_text(27.0) == '27.00 mm (≈ 1 1/16")'
    assert both_text(25.4) == '25.40 mm (1")'
    assert both_text(0.5) == '0.50 mm (0.020")'


@pytest.mark.parametrize("room_mm", [float(width) for width in range(20, 90, 3)])
def test_a_line_never_ends_within_a_length(room_mm: float) -> None:
    lengths = ("127.90 mm", '(≈ 5 1/32")', '1 1/16"', "19.10 mm,", '≈ 4"')
    text = f"Cut from {lengths[0]} {lengths[1]} to {lengths[2]} and {lengths[3]} or {lengths[4]}"
    lines = print_lines(text, 2.5, room_mm)
    assert " ".join(lines) == text
    assert [each for each in lengths if not any(each in line for line in lines)] == []
