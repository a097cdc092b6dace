"""Rings as text: from the clipboard the strict way in, and back."""

from __future__ import annotations

import json

import pytest

from luthier_desktop.domain.copied_rings import CopiedRings
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.services.clock import SystemClock
from luthier_desktop.services.designs import Designs

PLAIN = {
    "design_id": "dsg_0123456789abcdef",
    "outer_diameter_mm": 100.0,
    "inner_diameter_mm": 80.0,
    "ring_params": [
        {"ring_index": 0, "width_mm": 4.0, "materials": ["holly"]},
        {"ring_index": 1, "width_mm": 6.0, "pattern_type": "LADDER", "pattern": {"count": 50}},
    ],
}


@pytest.fixture
def designs() -> Designs:
    return Designs(SystemClock())


@pytest.fixture
def design() -> RosetteParamSpec:
    return RosetteParamSpec.read(PLAIN, "design")


def test_copied_rings_come_back_as_they_were(designs: Designs, design: RosetteParamSpec) -> None:
    copied = CopiedRings.of(design, (1,))
    text = designs.rings_text(copied)
    assert json.loads(text)["schema"] == "luthier.rings/1"
    assert designs.read_rings(text.encode()) == copied


def test_the_rings_of_a_whole_design_are_taken(designs: Designs) -> None:
    found = designs.read_rings(json.dumps(PLAIN).encode())
    assert [ring.width_mm for ring in found.ring_params] == [4.0, 6.0]


def test_a_cut_ring_keeps_its_identity_in_its_own_design_alone(design: RosetteParamSpec) -> None:
    copied = CopiedRings.of(design, (0, 1))
    without = design.model_copy(update={"ring_params": design.ring_params[:1]})
    assert copied.ids_in(without, ("r7", "r8")) == ("r7", "r1")
    other = without.model_copy(update={"design_id": "dsg_other"})
    assert copied.ids_in(other, ("r7", "r8")) == ("r7", "r8")


RING = '{"ring_index": 0, "width_mm": 1}'
HEAD = '{"schema": "luthier.rings/1", "ring_params": '


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The clipboard holds no rings; copy rings in the ring table first."),
        ("three rings, please", "The clipboard holds no rings"),
        ("[1]", "The clipboard holds no rings"),
        (f"{HEAD}[]}}", "ring_params"),
        (f"{HEAD}[{', '.join([RING] * 65)}]}}", "at most 64"),
        (f'{HEAD}[{RING}], "ring_params": []}}', "ring_params"),
        (f'{HEAD}[{{"ring_index": 0, "width_mm": NaN}}]}}', "NaN"),
        (f'{HEAD}[{{"ring_index": 0, "width_mm": -1}}]}}', "ring_params[0].width_mm"),
        (f'{HEAD}[{RING}], "evil": 1}}', "evil"),
        (HEAD + "[" * 5000, "The clipboard"),
        ('{"outer_diameter_mm": 9, "inner_diameter_mm": 8, "ring_params": []}',
         "holds a design without rings"),
        ("{" + " " * (2 * 2**20), "at most 2,097,152 bytes"),
    ],
)
def test_what_is_no_rings_is_refused_with_its_place(
    designs: Designs, text: str, said: str
) -> None:
    with pytest.raises(InputRefused) as refused:
        designs.read_rings(text.encode())
    assert said in refused.value.sentence
