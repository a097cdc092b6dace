"""Lane T for wheat ear, meander, own tile, wave, plait and inlay; expected by hand."""

from __future__ import annotations

import math

import pytest

from luthier_desktop.domain.feasibility.answers import MISSING
from tests.domain.feasibility.workbench import GREEN, NA, RED, UNKNOWN, YELLOW, judged, ring

AROUND_MM = 2 * math.pi * 48
"""The ring of the workbench lies between r 45 and r 51."""


def told(check_id, family, materials=("koa",), **members):
    return judged(check_id, {"ring_params": [ring(family, materials=list(materials), **members)]},
                  0)


@pytest.mark.parametrize("family", ["WAVE", "PLAIT", "INLAY"])
@pytest.mark.parametrize("check_id", ["T1", "T1b", "T2", "T4", "T5", "T6", "B1"])
def test_what_is_let_into_a_field_has_no_tiles(family, check_id):
    assert told(check_id, family, pattern={"count": 30}).status is NA


def test_a_wheat_ear_closes_and_pairs_as_a_herringbone_does():
    # 2 pi 48 / 1.0 = 301.59; of the even numbers 302 is nearest
    found = told("T1", "WHEAT_EAR", tile_length_mm=1.0)
    assert found.status is GREEN
    assert found.value == pytest.approx(AROUND_MM / 302 - 1.0)
    assert told("T1b", "WHEAT_EAR", pattern={"count": 301}).status is RED
    assert told("T1b", "WHEAT_EAR", pattern={"count": 302}).status is GREEN
    assert told("T2", "WHEAT_EAR", pattern={"count": 302}).status is NA


def test_a_wheat_ear_s_kernel_is_p_sin_phi_whatever_its_backing():
    for pitch_mm, status in ((0.8, GREEN), (0.5, YELLOW), (0.4, RED)):
        found = told("T3", "WHEAT_EAR", tile_length_mm=pitch_mm, pattern={"backing_mm": 0.1})
        assert found.value == pytest.approx(pitch_mm * math.sqrt(0.5))
        assert found.status is status


def test_a_wheat_ear_bends_as_a_slanted_strip():
    # r 45 + 1.5, t 3: 15.5 is green for a slanted strip bent hot, yellow for a straight one
    bent = {"strip_thickness_mm": 3.0, "bending": "hot"}
    assert told("B1", "WHEAT_EAR", **bent).status is GREEN
    assert told("B1", "SOLID", **bent).status is YELLOW


def test_a_meander_is_a_grid_that_is_sliced_and_need_not_be_even():
    grid = {"rows": 5, "cols": 6, "px_mm": 1.2}
    # 2 pi 48 / 7.2 = 41.89
    found = told("T1", "MEANDER", pattern=grid)
    assert found.inputs["N"] == 42
    assert found.value == pytest.approx(AROUND_MM / 42 - 7.2)
    assert told("T1b", "MEANDER", pattern=grid | {"count": 41}).status is GREEN
    assert told("T3", "MEANDER", pattern=grid).value == pytest.approx(2 * math.pi * 45 / 252)
    log = {"log_length_mm": 76.2, "kerf_mm": 0.5, "slice_mm": 1.5, "logs": 2}
    assert told("T4", "MEANDER", pattern=grid | log).value == 76
    assert told("T5", "MEANDER", pattern=grid | {"slice_mm": 1.0}).status is YELLOW
    assert told("T6", "MEANDER", pattern=grid).status is GREEN
    assert told("T3", "MEANDER").status is UNKNOWN


def test_an_own_tile_closes_by_its_columns_and_is_not_sliced():
    own = {"cols": 10, "px_mm": 1.0, "grid": [["koa"] * 10] * 3}
    found = told("T1", "CUSTOM", pattern=own)
    assert (found.inputs["N"], found.inputs["p_mm"]) == (30, 10.0)
    assert told("T4", "CUSTOM", pattern=own | {"log_length_mm": 70.0}).status is NA
    assert told("T5", "CUSTOM", pattern=own).status is NA
    assert told("T6", "CUSTOM", pattern=own).value == pytest.approx(51 / 45)


@pytest.mark.parametrize(
    ("family", "key"),
    [("WAVE", "band_mm"), ("PLAIT", "strand_mm"), ("CUSTOM", "min_cell_mm"),
     ("INLAY", "min_cell_mm")],
)
def test_the_smallest_cell_is_what_the_pattern_says(family, key):
    for value_mm, status in ((0.4, GREEN), (0.35, YELLOW), (0.29, RED)):
        found = told("T3", family, pattern={key: value_mm})
        assert (found.value, found.status) == (value_mm, status)
    shell = told("T3", family, materials=("koa", "mother_of_pearl"), pattern={key: 0.9})
    assert shell.status is YELLOW
    silent = told("T3", family)
    assert silent.status is UNKNOWN
    assert silent.inputs[MISSING] == f"ring_params[0].pattern.{key}"
