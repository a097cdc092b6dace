"""The cut list of one design added up by hand, and what holds for every one."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop import paths
from luthier_desktop.domain.bill.bill import Making, bill_of_materials
from luthier_desktop.domain.bom_options import BomOptions
from luthier_desktop.domain.cut_list.cut_list import cut_list
from luthier_desktop.domain.cut_list.model import CutList
from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.materials import read_materials
from luthier_desktop.domain.patterns.draw import draw_ring
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.rosette import RingParam, RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from tests.domain.measuring import piece_area_mm2
from tests.domain.patterns.rings import drawn_rings
from tests.domain.test_bill import single

MATERIALS = read_materials(json.loads(paths.resource("catalogue/materials.json").read_bytes()))
SHOP = Setup.read(
    {
        "channel": {"depth_mm": 1.2, "glue": "ca"},
        "top": {"material_id": "sitka_spruce", "face_removal_mm": 0.2},
        "tool": {"name": "1/32 in downcut", "diameter_mm": 0.79375, "flutes": 2},
        "shop": {"extraction": True},
    },
    "setup",
)
LINES: dict[str, Any] = {
    "width_mm": 1.5,
    "pattern_type": "LINES",
    "pattern": {
        "lines": [
            {"material_id": "pear", "thickness_mm": 0.5},
            {"material_id": "holly", "thickness_mm": 0.5},
            {"material_id": "pear", "thickness_mm": 0.5},
        ]
    },
}
MOSAIC: dict[str, Any] = {
    "width_mm": 1.8,
    "pattern_type": "MOSAIC",
    "pattern": {
        "grid": [["pear", "holly"], ["holly", "pear"], ["pear", "holly"]],
        "rows": 3, "cols": 2, "count": 100, "symmetry": "slip", "slice_mm": 1.6,
        "log_length_mm": 76.0, "kerf_mm": 0.5,
    },
}  # fmt: skip
SHELL: dict[str, Any] = {
    "width_mm": 3.0,
    "pattern_type": "SEGMENTS",
    "materials": ["abalone"],
    "inlay_thickness_mm": 1.5,
    "pattern": {"count": 18},
}
"""Lines from r 48.5 to 50, 100 tiles of two columns to 51.8, 18 shell blocks to 54.8."""


def design(*rings: dict[str, Any], inner_mm: float = 97.0) -> RosetteParamSpec:
    numbered = [{"ring_index": at, **ring} for at, ring in enumerate(rings)]
    plain = {"inner_diameter_mm": inner_mm, "outer_diameter_mm": 1000.0, "ring_params": numbered}
    return RosetteParamSpec.read(plain, "design")


def listed(*rings: dict[str, Any], setup: Setup = SHOP, **options: Any) -> CutList:
    return cut_list(design(*rings), setup, MATERIALS, BomOptions.read(options, "options"))


def about(value: float) -> Any:
    return pytest.approx(value, rel=2e-6)


def test_the_lines_add_up_by_hand() -> None:
    pear, holly = listed(LINES, MOSAIC, SHELL).parts[:2]
    assert (pear.part, pear.material_name, pear.needed, pear.to_cut) == (
        "strip", "Pear, dyed black", 2, 2,
    )  # fmt: skip
    assert (pear.width_mm, pear.thickness_mm) == (0.5, 1.6)  # 1.2 deep and 0.4 proud
    assert pear.length_inner_mm == about(304.734487)  # 2 pi 48.5
    assert pear.length_outer_mm == about(314.159265)  # 2 pi 50
    assert pear.length_mm == about(345.575192)  # and a tenth
    # blanks 2 x 0.5 x 1.6 x 314.159265 = 502.654825, a tenth of it waste; knifed, so no kerf
    assert (pear.waste_mm3, pear.kerf_mm3) == (about(50.265482), 0.0)
    assert pear.stock_mm3 == about(552.920307)
    # pi (49^2 - 48.5^2) + pi (50^2 - 49.5^2) = pi x 98.5 is seen, 1.0 of 1.6 of it is left
    assert pear.area_mm2 == about(309.446876)
    assert pear.trimmed_mm3 == about(193.207948)
    assert (holly.needed, holly.length_mm) == (1, about(342.119440))  # 2 pi 49.5 x 1.1
    assert holly.stock_mm3 == about(273.695552)  # 0.5 x 1.6 x 342.119440


def test_the_mosaic_adds_up_by_hand() -> None:
    cut = listed(LINES, MOSAIC, SHELL)
    tile = cut.tiles[0]
    assert (tile.needed, tile.to_make) == (100, 110)
    assert tile.inner_mm == about(3.141593)  # 2 pi 50 / 100
    assert tile.outer_mm == about(3.254690)  # 2 pi 51.8 / 100
    assert (tile.height_mm, tile.thickness_mm) == (about(1.8), 1.6)
    assert tile.taper_deg == about(3.6)
    a, b = cut.planks
    assert (a.letter, a.veneer_ids, a.columns) == (
        "A",
        ("pear", "holly", "pear"),
        ((1, 1, False),),
    )
    assert (b.letter, b.veneer_ids, b.columns) == (
        "B", ("holly", "pear", "holly"), ((1, 2, False),),
    )  # fmt: skip
    assert (a.stick_mm, a.inner_mm) == (about(1.627345), about(1.570796))
    assert (a.taper_deg, a.veneer_mm, a.length_mm) == (about(1.8), about(0.6), 76.0)
    assert (a.sticks, a.width_mm) == (4, about(8.509380))  # 4 x (1.627345 + 0.5)
    (log,) = cut.logs
    # 76.5 / 2.1 = 36.4 slices of a log; 110 / 36 = 3.06 logs
    assert (log.slices, log.slices_per_log, log.logs, log.saved) == (110, 36, 4, 0)
    assert (log.outer_mm, log.inner_mm) == (about(3.254690), about(3.141593))


def test_the_veneers_of_the_mosaic_add_up_by_hand() -> None:
    pear, holly = (part for part in listed(LINES, MOSAIC, SHELL).parts if part.ring_index == 1)
    assert (pear.part, pear.to_cut, holly.to_cut) == ("veneer", 12, 12)  # 3 cells, 4 logs
    # a strip's end is 0.6 x 1.627345 = 0.976407; 100 x 1.6 = 160 mm become tiles,
    # 106 cuts of 0.5 = 53 mm sawdust, 304 - 160 - 53 = 91 mm spares and ends
    assert pear.waste_mm3 == about(266.559080)  # 3 x 0.976407 x 91
    assert pear.kerf_mm3 == about(428.848696)  # 3 x (0.976407 x 53 + 0.6 x 0.5 x 304)
    assert pear.stock_mm3 == about(1164.083125)  # 3 x 0.6 x 2.127345 x 304
    # half of pi (50.6^2 - 50^2), of pi (51.2^2 - 50.6^2) and of pi (51.8^2 - 51.2^2):
    # half of pi x (60.36 + 61.08 + 61.80) = pi x 91.62 each
    assert pear.area_mm2 == about(287.832719)
    assert holly.area_mm2 == about(287.832719)


def test_the_shell_adds_up_by_hand() -> None:
    cut = listed(LINES, MOSAIC, SHELL)
    shell = cut.parts[-1]
    assert (shell.part, shell.needed, shell.to_cut) == ("segment blank", 18, 20)  # 19.8
    assert (shell.thickness_mm, shell.width_mm) == (1.5, about(3.786959))  # 54.8 - 51.8 cos 10
    assert shell.length_mm == about(19.031840)  # 2 x 54.8 sin 10
    assert shell.kerf_mm3 == about(56.804385)  # 20 x 3.786959 x 1.5 x 0.5
    assert shell.waste_mm3 == about(216.218449)  # 2 x 3.786959 x 19.031840 x 1.5
    tile = cut.tiles[-1]
    assert (tile.inner_mm, tile.outer_mm) == (about(18.081611), about(19.128809))
    assert tile.taper_deg == about(20.0)
    # lines, both veneers, shell with its spares and kerf
    assert cut.stock_mm3 == about(552.920307 + 273.695552 + 2 * 1164.083125 + 2218.988875)


def test_three_guitars_share_logs_spares_and_sticks() -> None:
    cut = listed(LINES, MOSAIC, SHELL, guitars=3)
    (log,) = cut.logs
    # 330 slices in place of 3 x 110, but 330 / 36 = 9.2: ten logs in place of 3 x 4
    assert (log.tiles, log.slices, log.logs, log.logs_alone, log.saved) == (300, 330, 10, 12, 2)
    assert [plank.sticks for plank in cut.planks] == [10, 10]
    shell = cut.parts[-1]
    assert (shell.needed, shell.to_cut) == (54, 60)  # 59.4, 3 x 20
    assert cut.parts[0].to_cut == 6
    assert "Ring 1: 3 guitars share 10 logs; one by one they would take 12: 2 saved." in cut.notes


def test_upside_down_tiles_have_a_log_of_their_own_and_the_list_says_that_t4_counts_one() -> None:
    pattern = {**MOSAIC["pattern"], "grid": [["pear", "holly"], ["holly", "holly"], ["koa"] * 2]}
    inverted = {**MOSAIC, "pattern": {**pattern, "symmetry": "inversion", "log_length_mm": 240.0}}
    cut = listed(inverted)
    # 50 tiles each: 55 slices of 240.5 / 2.1 = 114; one kind alone would take 110, one log
    assert [(log.tiles, log.slices, log.logs) for log in cut.logs] == [(50, 55, 1), (50, 55, 1)]
    assert [plank.columns for plank in cut.planks] == [
        ((1, 1, False), (2, 1, True)),
        ((1, 2, False), (2, 2, True)),
    ]
    (note,) = [note for note in cut.notes if "upside down" in note]
    assert "2 logs a guitar by itself" in note
    assert "T4 and the material efficiency count 1 log" in note
    # 2 cells of koa in each of 2 logs of 240: 2 x 0.6 x (2 pi 50.3 / 200 + 0.5) x 480
    (koa,) = (part for part in cut.parts if part.material_id == "koa")
    assert (koa.to_cut, koa.stock_mm3) == (4, about(1198.207568))
    assert [log.logs for log in listed(inverted, guitars=2).logs] == [1, 1]


def test_the_sticks_of_a_checker_are_sliced_each_by_itself() -> None:
    checker = {
        "width_mm": 2.0, "pattern_type": "CHECKER", "materials": ["pear", "holly"],
        "pattern": {"rows": 2, "count": 100, "log_length_mm": 76.0, "kerf_mm": 0.5},
    }  # fmt: skip
    cut = listed(checker, guitars=2)
    assert [(log.number, log.sliced_alone) for log in cut.logs] == [(1, True), (2, True)]
    # 50 cells of either kind a guitar: 110 slices of 36 for two, 4 sticks in place of 2 x 2
    assert [(log.slices, log.logs, log.logs_alone) for log in cut.logs] == [(110, 4, 4)] * 2
    assert [plank.veneer_ids for plank in cut.planks] == [("pear", "holly"), ("holly", "pear")]
    assert cut.tiles[0].needed == 200


def test_a_ring_that_lacks_numbers_is_listed_with_what_is_missing() -> None:
    bare = {"width_mm": 3.0, "pattern_type": "MOSAIC"}
    short = {**MOSAIC, "pattern": {**MOSAIC["pattern"], "log_length_mm": 1.5}}
    cut = listed(LINES, bare, short)
    assert [ring.ring_index for ring in cut.rings] == [0, 1, 2]
    assert [lack.path for lack in cut.rings[1].lacks] == [
        "ring_params[1].materials",
        "ring_params[1].tile_length_mm",
        "ring_params[1].pattern.rows",
        "ring_params[1].pattern.cols",
    ]
    assert cut.rings[2].lacks[0].sentence.startswith("The log is shorter than one slice")
    assert not cut.is_complete
    assert {part.ring_index for part in cut.parts} == {0}


def test_without_a_depth_every_ring_asks_for_it() -> None:
    cut = listed(LINES, SHELL, setup=Setup.read({}, "setup"))
    assert [ring.lacks[0].path for ring in cut.rings] == ["channel.depth_mm"] * 2
    assert (cut.parts, cut.stock) == ((), ())
    assert cut.glue[0].glue == "not chosen"
    assert cut.bits[0].name == "not in the setup"


def test_a_ring_that_is_bought_is_a_strip_and_nothing_else() -> None:
    cut = listed({**MOSAIC, "made": "bought", "materials": ["pear", "holly"]}, guitars=2)
    (part,) = cut.parts
    assert (part.part, part.needed, part.width_mm) == ("ready-made strip", 2, about(1.8))
    assert part.material_name == "Pear, dyed black and Holly"
    assert part.length_mm == about(347.648647)  # 2 pi 50.3 x 1.1
    assert (cut.logs, cut.planks, cut.stock[0].form) == ((), (), "ready made")
    assert any("bought ready made" in note for note in cut.notes)


def test_tiles_that_are_not_tapered_are_told_with_the_wedge_that_stays_open() -> None:
    ladder = {
        "width_mm": 2.0, "pattern_type": "LADDER", "materials": ["pear"],
        "pattern": {"count": 100, "tapered": False},
    }  # fmt: skip
    cut = listed(ladder)
    assert cut.tiles[0].taper_deg == 0.0
    assert "each joint opens by 0.13 mm" in " ".join(cut.notes)  # 2 x 2 x tan(1.8 deg)


def test_a_material_that_the_catalogue_does_not_have_is_named_by_its_id() -> None:
    cut = listed({"width_mm": 2.0, "materials": ["moon_wood"]})
    assert cut.parts[0].material_name == "moon_wood"
    assert any(note.startswith("moon_wood is not in the catalogue") for note in cut.notes)


def test_values_without_a_volume_are_said_and_not_written() -> None:
    wild = {
        "width_mm": 3.0, "pattern_type": "BARBER_POLE", "materials": ["koa"],
        "pattern": {"count": 1, "angle_deg": 1e-300},
    }  # fmt: skip
    (ring,) = listed(wild).rings
    assert "no volume" in ring.lacks[0].sentence


def ring_cut(case: tuple[RingParam, RingRadii], guitars: int = 1) -> CutList:
    return cut_list(single(case), SHOP, MATERIALS, BomOptions(guitars=guitars))


@given(drawn_rings())
@settings(max_examples=40, deadline=None)
def test_the_areas_of_the_pieces_make_up_the_ring(case: tuple[RingParam, RingRadii]) -> None:
    (ring,) = ring_cut(case).rings
    (own,) = single(case).ring_params
    measured_mm2 = math.fsum(piece_area_mm2(piece) for piece in draw_ring(own, case[1]).pieces)
    assert ring.pieces_mm2 == pytest.approx(measured_mm2, rel=5e-3)
    if own.pattern_type is not PatternFamily.SEGMENTS:
        assert ring.pieces_mm2 == pytest.approx(ring.ring_mm2, rel=1e-9)


def test_a_part_that_is_left_out_would_be_seen() -> None:
    cut = listed(LINES)
    left_out_mm2 = math.fsum(part.area_mm2 for part in cut.parts[1:])
    assert left_out_mm2 != pytest.approx(cut.rings[0].ring_mm2, rel=5e-3)


@pytest.mark.parametrize(("shape", "open_mm2"), [("curved", 162.0), ("straight", 300.66)])
def test_what_segments_leave_open_is_told(shape: str, open_mm2: float) -> None:
    """Curved: 18 gaps of 3 x 3; straight: blocks of 17.8 mm are flat where the ring is round.

    Half a block is h = 10 - deg(1.5 / 50) = 8.28113 degrees, its area
    sin h cos h (51.5^2 - (48.5 / cos h)^2) = 35.6563, the ring's pi (51.5^2 - 48.5^2) = 942.48.
    """
    pattern = {"count": 18, "gap_mm": 3.0, "shape": shape}
    (ring,) = listed({**SHELL, "pattern": pattern}).rings
    assert ring.pieces_mm2 is not None
    assert ring.ring_mm2 - ring.pieces_mm2 == pytest.approx(open_mm2, abs=0.1)


@given(drawn_rings())
@settings(max_examples=40, deadline=None)
def test_the_stock_of_one_guitar_is_that_of_the_bill(case: tuple[RingParam, RingRadii]) -> None:
    cut = ring_cut(case)
    bill = bill_of_materials(single(case), Making(1.2, 0.2))
    kinds = [log for log in cut.logs if not log.sliced_alone]
    if len(kinds) < 2:
        assert cut.stock_mm3 == pytest.approx(bill.stock_mm3, rel=1e-9)
    trimmed_mm3 = math.fsum(part.trimmed_mm3 for part in cut.parts)
    billed_mm3 = math.fsum(row.trimmed_mm3 for row in bill.rows)
    assert trimmed_mm3 == pytest.approx(billed_mm3, rel=1e-9, abs=1e-6)
    assert math.fsum(one.volume_mm3 for one in cut.stock) == pytest.approx(cut.stock_mm3)


@given(drawn_rings(), st.integers(2, 40))
@settings(max_examples=40, deadline=None)
def test_several_guitars_never_take_more_than_one_by_one(
    case: tuple[RingParam, RingRadii], guitars: int
) -> None:
    one, all_ = ring_cut(case), ring_cut(case, guitars)
    for alone, shared in zip(one.parts, all_.parts, strict=True):
        assert shared.needed <= shared.to_cut <= guitars * alone.to_cut
        assert shared.stock_mm3 <= guitars * alone.stock_mm3 * (1 + 1e-9)
    for log, together in zip(one.logs, all_.logs, strict=True):
        assert together.logs_alone == guitars * log.logs
        assert together.slices <= together.logs * together.slices_per_log
        assert together.saved >= 0
