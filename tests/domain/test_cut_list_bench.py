"""What a cut list says of stock, sheets, bits, glue and protection."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from luthier_desktop import paths
from luthier_desktop.domain.bom_options import BomOptions
from luthier_desktop.domain.cut_list.cut_list import cut_list
from luthier_desktop.domain.cut_list.model import CutList, StockLine
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.rosette import RingParam, RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from tests.domain.patterns.rings import drawn_rings
from tests.domain.test_bill import single
from tests.domain.test_cut_list import LINES, MATERIALS, MOSAIC, SHELL, SHOP, about, listed


def test_stock_is_grouped_by_material_and_thickness() -> None:
    cut = listed(LINES, MOSAIC, SHELL, sheet_length_mm=600, sheet_width_mm=3.0)
    told = [(one.material_id, one.thickness_mm, one.pieces, one.sheets) for one in cut.stock]
    # strips of 1.6 are knifed out of 3 mm of sheet one by one; of the veneers, 1.627 and a cut
    # of 0.5, one fits as well: 7 of 76 mm in a strip of 600, so 12 take two
    assert told == [
        ("abalone", 1.5, 20, None),
        ("holly", 0.5, 1, 1),
        ("holly", pytest.approx(0.6), 12, 2),
        ("pear", 0.5, 2, 2),
        ("pear", pytest.approx(0.6), 12, 2),
    ]
    shell, *_, pear, _ = cut.stock
    assert shell.remark == "shell is bought in blanks, not in sheets"
    assert pear.area_mm2 == about(1105.840614)  # 552.920307 / 0.5
    assert pear.length_mm == about(691.150384)


def test_strips_of_several_widths_fill_the_sheets_side_by_side() -> None:
    fields = [
        {"width_mm": width_mm, "materials": ["koa"], "strip_thickness_mm": 0.5, "bending": "cold",
         "inlay_thickness_mm": thick_mm}
        for width_mm, thick_mm in ((1.5, 6.0), (2.0, 3.0))
    ]  # fmt: skip
    cut = listed(*fields, sheet_length_mm=600, sheet_width_mm=10)
    (koa,) = cut.stock
    # three strips of 6 need three sheets; each has 4 left, enough for one of four of 3
    assert (koa.pieces, koa.sheets) == (7, 4)


def test_a_piece_that_no_sheet_is_large_enough_for_is_named() -> None:
    cut = listed({"width_mm": 2.0, "materials": ["koa"]}, sheet_length_mm=600, sheet_width_mm=100)
    (koa,) = cut.stock
    assert koa.sheets is None
    assert koa.remark == "a piece of 111.0 x 111.0 mm does not fit a sheet of 100 x 600 mm"


def test_without_the_size_of_a_sheet_their_number_stays_unknown() -> None:
    cut = listed(LINES)
    assert {one.sheets for one in cut.stock} == {None}
    assert all("not given" in one.remark for one in cut.stock)
    with pytest.raises(InputRefused, match="given both or none"):
        BomOptions.read({"sheet_width_mm": 100}, "options")


def test_protection_is_named_for_shell_and_for_woods_that_sensitise() -> None:
    ebony = {"width_mm": 2.0, "materials": ["gaboon_ebony"]}
    cut = listed(SHELL, ebony)
    told = [(line.protection, line.material_names, line.in_shop) for line in cut.safety]
    assert told == [
        ("extraction", ("Abalone",), True),
        ("respirator", ("Abalone",), None),
        ("extraction", ("Gaboon ebony",), True),
        ("respirator", ("Gaboon ebony",), None),
        ("work it wet", ("Abalone",), None),
    ]
    assert listed(LINES).safety == ()
    assert [line.name for line in cut.bits] == ["1/32 in downcut"]
    assert cut.glue[0].glue == "thin CA"
    assert {"kerf", "waste", "channel.depth_mm"} <= {line.name for line in cut.assumptions}


@given(drawn_rings())
@settings(max_examples=30, deadline=None)
def test_sheets_are_enough_for_all_that_is_cut_of_them(
    case: tuple[RingParam, RingRadii],
) -> None:
    options = BomOptions(guitars=3, sheet_length_mm=2000.0, sheet_width_mm=400.0)
    cut = cut_list(single(case), SHOP, MATERIALS, options)
    for stock in cut.stock:
        if stock.sheets is not None:
            assert 1 <= stock.sheets <= stock.pieces
            assert stock.sheets * 2000 * 400 >= stock.length_mm * _least_mm(cut, stock)


def _least_mm(cut: CutList, stock: StockLine) -> float:
    """Return the width of the narrowest piece; strips lie on their side in a sheet."""
    own = [part for part in cut.parts if part.material_id == stock.material_id]
    return min(min(part.width_mm, part.thickness_mm) for part in own)


@pytest.mark.parametrize(
    ("machine", "bit"),
    [("hand", "by hand: knife, chisel and router plane"), ("cnc", "1/32 in downcut")],
)
def test_the_bit_is_that_of_the_setup_unless_hands_cut(machine: str, bit: str) -> None:
    setup = Setup.read(SHOP.plain() | {"machine": {"kind": machine}}, "setup")
    cut = listed({**SHELL, "made": "machine"}, setup=setup)
    assert [(line.use, line.name) for line in cut.bits] == [
        ("channel and soundhole", bit),
        ("parts of ring 0", "1/32 in downcut"),
    ]


def test_celluloid_is_named_for_it_burns() -> None:
    (celluloid,) = (one for one in MATERIALS if one.kind == "celluloid")
    cut = listed({"width_mm": 1.0, "materials": [celluloid.material_id], "bending": "hot"})
    assert [(line.reason, line.material_names) for line in cut.safety] == [
        ("it burns", (celluloid.name,))
    ]


@pytest.mark.parametrize(
    ("name", "family", "told"),
    [
        ("arches", PatternFamily.CUSTOM, "no tile is painted"),
        ("vine_inlay", PatternFamily.INLAY, "no shape is placed"),
    ],
)
def test_a_usual_figure_is_listed_as_it_is_drawn_and_said(
    name: str, family: PatternFamily, told: str
) -> None:
    plain = json.loads(paths.resource(f"presets/{name}.json").read_bytes())
    cut = cut_list(RosetteParamSpec.read(plain, "starter"), SHOP, MATERIALS)
    assert cut.is_complete
    assert any(part.family is family for part in cut.parts)
    assert any(told in note for note in cut.notes)


def test_a_design_without_rings_says_that_nothing_is_cut() -> None:
    cut = listed()
    assert (cut.rings, cut.parts, cut.notes) == ((), (), ("There is nothing to cut yet.",))
