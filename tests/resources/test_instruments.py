"""The instruments that a design can be begun for, against the domain reference by hand."""

import json
import math
from pathlib import Path

import pytest

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.feasibility.risk import RiskBucket, Status
from luthier_desktop.domain.feasibility.scorer import score
from luthier_desktop.domain.instruments import Instrument, Instruments, Sizes, begin_design
from luthier_desktop.domain.materials import read_materials
from luthier_desktop.domain.workshop import Setup

RESOURCES = Path(__file__).parents[2] / "resources"


def _plain(name: str) -> object:
    return json.loads((RESOURCES / name).read_text(encoding="utf-8"))


LIST = Instruments.read(_plain("catalogue/instruments.json"), "instruments")
ALL = {one.instrument_id: one for one in LIST.instruments}
MATERIALS = read_materials(_plain("catalogue/materials.json"))
SETUP = Setup.read(_plain("presets/setup_workshop.json"), "setup")
# Soundhole and outer diameter in use, and the confidence of the soundhole: domain reference 1.1.
BY_HAND = {
    "classical": ((82, 86), (125, 135), "H"),
    "flamenco": ((83, 86), (120, 128), "L"),
    "dreadnought": ((101.6, 101.6), (130, 140), "H"),
    "double_o": ((98.4, 98.4), (124, 132), "L"),
    "parlor": ((89, 95), (110, 122), "L"),
    "ukulele_soprano": ((44, 44), (52, 60), "H"),
    "ukulele_concert": ((52, 52), (60, 70), "H"),
    "ukulele_tenor": ((67, 67), (76, 90), "H"),
    "ukulele_baritone": ((71, 71), (82, 96), "H"),
    "mandolin": ((48, 52), (60, 64), "L"),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_an_instrument_has_the_sizes_of_the_domain_reference(name: str) -> None:
    one = ALL[name]
    hole, outer, confidence = BY_HAND[name]
    assert (one.soundhole_diameter_mm.low, one.soundhole_diameter_mm.high) == hole
    assert (one.outer_diameter_mm.low, one.outer_diameter_mm.high) == outer
    assert one.soundhole_diameter_mm.confidence == confidence


def test_every_size_lies_within_its_range_and_an_estimate_says_so() -> None:
    assert list(ALL) == list(BY_HAND)
    for one in LIST.instruments:
        for name in Sizes._fields:
            usual = getattr(one, name)
            assert usual.low <= usual.value <= usual.high, (one.name, name)
            assert usual.estimated == (usual.confidence == "L"), (one.name, name)
            assert usual.source


def test_what_is_not_offered_says_why() -> None:
    told = " ".join(f"{each.name}: {each.why}" for each in LIST.not_offered)
    assert "Oval" in told
    assert "D-shaped" in told
    assert "f-holes" in told


@pytest.mark.parametrize("name", BY_HAND)
def test_a_begun_design_closes_and_is_green_in_the_starter_workshop(name: str) -> None:
    one = ALL[name]
    design = begin_design(one, one.usual_sizes)
    used_mm = math.fsum(ring.width_mm for ring in design.ring_params)
    assert design.inner_diameter_mm / 2 + used_mm == pytest.approx(design.outer_diameter_mm / 2)
    scored = score(design, SETUP, MATERIALS)
    assert scored.risk_bucket is RiskBucket.GREEN
    assert Status.UNKNOWN not in {finding.status for finding in scored.findings}


def test_a_design_takes_the_sizes_that_were_typed() -> None:
    design = begin_design(ALL["classical"], Sizes(84.0, 2.5, 139.0, 3.2, 60.0))
    assert design.soundhole_diameter_mm == 84.0
    assert design.inner_diameter_mm == 89.0
    assert design.outer_diameter_mm == 139.0
    assert [ring.width_mm for ring in design.ring_params] == [0.5, 24.0, 0.5]
    assert design.top is not None
    assert design.top.thickness_mm == 3.2
    assert design.fingerboard is not None
    assert design.fingerboard.width_mm == 60.0


def test_a_design_can_begin_without_rings() -> None:
    one = ALL["parlor"]
    assert begin_design(one, one.usual_sizes, with_ring=False).ring_params == ()


def test_a_narrow_band_is_filled_with_lines_alone() -> None:
    design = begin_design(_soprano(), Sizes(44.0, 2.5, 52.2, 2.0, 42.0))
    # 1.6 mm of band: four lines of 0.4 mm.
    assert [ring.width_mm for ring in design.ring_params] == [0.4] * 4


@pytest.mark.parametrize("outer_mm", [90.0, 91.0])
def test_sizes_without_room_for_a_rosette_are_refused(outer_mm: float) -> None:
    with pytest.raises(InputRefused, match="91 mm"):
        begin_design(ALL["classical"], Sizes(85.0, 3.0, outer_mm, 3.0, 62.0))


def _soprano() -> Instrument:
    return ALL["ukulele_soprano"]
