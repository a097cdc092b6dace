"""The catalogue that ships, against the numbers of the domain reference typed in by hand."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from luthier_desktop.domain.materials import Material, Property, read_materials

FILE = Path(__file__).parents[2] / "resources" / "catalogue" / "materials.json"
CATALOGUE = read_materials(json.loads(FILE.read_text(encoding="utf-8")), FILE.name)
MATERIALS = list(CATALOGUE)

# Density kg/m3 and Janka N, domain reference 5.0, "One number per cell of 3.10".
NUMBERS: dict[str, tuple[float, float | None]] = {
    "sitka_spruce": (425, 2270), "engelmann_spruce": (385, 1740), "european_spruce": (405, 1680),
    "adirondack_spruce": (435, 2200), "western_red_cedar": (370, 1560), "redwood": (415, 2100),
    "honduran_mahogany": (545, 3560), "indian_rosewood": (830, 10870),
    "brazilian_rosewood": (835, 12100), "hard_maple": (705, 6450), "bigleaf_maple": (545, 3780),
    "european_sycamore": (615, 4680), "gaboon_ebony": (1035, 14320),
    "african_blackwood": (1270, 16320), "black_walnut": (610, 4490), "koa": (610, 5180),
    "african_padauk": (745, 8760), "bloodwood": (1050, 12900), "holly": (640, 4540),
    "pear": (690, 7380), "boxwood": (975, 12600), "cocobolo": (1095, 13170),
    "purpleheart": (905, 11190), "wenge": (870, 7200), "cherry": (560, 4230),
    "tulip_poplar": (455, 2400), "mother_of_pearl": (2600, None), "abalone": (2600, None),
    "bone": (1900, None), "abs": (1050, None), "celluloid": (1350, None),
    "vulcanised_fibre": (1200, None),
}
# Radial shrinkage in per cent, domain reference 3.10.
SHRINK_RADIAL = {
    "sitka_spruce": 4.3, "engelmann_spruce": 3.8, "european_spruce": 3.9,
    "adirondack_spruce": 3.8, "western_red_cedar": 2.4, "redwood": 2.6, "honduran_mahogany": 3.0,
    "indian_rosewood": 2.7, "brazilian_rosewood": 2.9, "hard_maple": 4.8, "bigleaf_maple": 3.7,
    "european_sycamore": 4.5, "gaboon_ebony": 6.5, "african_blackwood": 2.9, "black_walnut": 5.5,
    "koa": 5.5, "african_padauk": 3.3, "bloodwood": 4.6, "holly": 4.8, "pear": 3.9,
    "boxwood": 6.2, "cocobolo": 2.7, "purpleheart": 3.8, "wenge": 4.8, "cherry": 3.7,
    "tulip_poplar": 4.6, "mother_of_pearl": 0, "abalone": 0, "bone": 0, "abs": 0, "celluloid": 0,
}


def _material(material_id: str) -> Material:
    material = CATALOGUE.get(material_id)
    assert material is not None
    return material


def _properties(material: Material) -> Iterator[tuple[str, Property]]:
    for name in Material.model_fields:
        value = getattr(material, name)
        if isinstance(value, Property):
            yield name, value


def test_the_catalogue_holds_exactly_the_materials_of_the_interfaces_page() -> None:
    assert [material.material_id for material in MATERIALS] == list(NUMBERS)


@pytest.mark.parametrize(("material_id", "numbers"), NUMBERS.items())
def test_density_and_hardness_are_those_of_the_reference(
    material_id: str, numbers: tuple[float, float | None]
) -> None:
    material = _material(material_id)
    assert material.density_kg_m3.value == numbers[0]
    assert (None if material.janka_n is None else material.janka_n.value) == numbers[1]


def test_radial_shrinkage_is_that_of_the_reference() -> None:
    found = {
        material.material_id: material.shrink_radial_percent.value
        for material in MATERIALS
        if material.shrink_radial_percent is not None
    }
    assert found == SHRINK_RADIAL


def test_tension_across_the_grain_is_given_for_the_softwoods_of_tops() -> None:
    found = {
        material.material_id: material.tension_across_mpa.value
        for material in MATERIALS
        if material.tension_across_mpa is not None
    }
    assert found == {
        "sitka_spruce": 2.6, "engelmann_spruce": 2.4, "european_spruce": 2.4,
        "adirondack_spruce": 2.4, "western_red_cedar": 1.5, "redwood": 1.5,
    }


def test_each_wood_has_stiffness_strength_hardness_and_shrinkage() -> None:
    for material in MATERIALS:
        if material.kind == "wood":
            names = {name for name, _ in _properties(material)}
            assert names >= {"moe_gpa", "mor_mpa", "janka_n", "shrink_tangential_percent"}


def test_each_property_names_its_source_and_what_is_judged_is_marked_estimated() -> None:
    for material in MATERIALS:
        for name, found in _properties(material):
            where = f"{material.material_id}.{name}"
            assert found.source.startswith("domain reference "), where
            assert found.estimated or found.confidence != "L", where


def test_conflicting_values_are_kept_and_differ_from_the_value() -> None:
    rosewood = _material("indian_rosewood").janka_n
    assert rosewood is not None
    assert [other.value for other in rosewood.others] == [14100]
    assert "FPL" in rosewood.others[0].source
    for material in MATERIALS:
        for _, found in _properties(material):
            assert all(other.value != found.value and other.source for other in found.others)


def test_flags_are_those_of_the_finish_and_safety_checks() -> None:
    def ids(flag: str, value: object) -> set[str]:
        return {m.material_id for m in MATERIALS if getattr(m, flag) == value}

    assert ids("white", True) == {
        "sitka_spruce", "engelmann_spruce", "european_spruce", "adirondack_spruce", "hard_maple",
        "bigleaf_maple", "european_sycamore", "holly",
    }
    assert ids("bleeds", "note") == {"indian_rosewood", "brazilian_rosewood"}
    assert ids("bleeds", "stain") == {"african_padauk", "bloodwood", "cocobolo"}
    assert ids("sensitiser", True) == {"gaboon_ebony", "cocobolo"}
    assert ids("cites", "I") == {"brazilian_rosewood"}
    assert ids("cites", "II") == {
        "indian_rosewood", "cocobolo", "african_blackwood", "african_padauk", "honduran_mahogany",
    }


def test_burn_factors_are_those_of_the_rubbing_check() -> None:
    above_one = {
        m.material_id: m.burn_factor.value
        for m in MATERIALS
        if m.burn_factor is not None and m.burn_factor.value != 1.0
    }
    assert above_one == {
        "hard_maple": 1.3, "bigleaf_maple": 1.3, "cherry": 1.3, "purpleheart": 1.3,
        "gaboon_ebony": 1.2,
    }
    assert all((m.burn_factor is not None) == (m.kind == "wood") for m in MATERIALS)


def test_no_two_materials_look_the_same_and_finish_changes_the_colour() -> None:
    assert len({m.look.finished for m in MATERIALS}) == len(MATERIALS)
    assert all(m.look.raw != m.look.finished for m in MATERIALS)
