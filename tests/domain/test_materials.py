"""Reading a catalogue of materials."""

from copy import deepcopy
from typing import Any

import pytest

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.materials import read_materials


def _property(value: float) -> dict[str, Any]:
    return {"value": value, "source": "a book", "confidence": "M"}


def _catalogue() -> dict[str, Any]:
    look = {"raw": "#eeddbb", "finished": "#ddbb88", "dark": "#aa8855"}
    spruce = {
        "material_id": "sitka_spruce",
        "name": "Sitka spruce",
        "kind": "wood",
        "density_kg_m3": _property(425),
        "janka_n": {**_property(2270), "others": [{"value": 1560, "source": "another book"}]},
        "white": True,
        "look": look,
    }
    shell = {
        "material_id": "abalone",
        "name": "Abalone",
        "kind": "shell",
        "density_kg_m3": _property(2600),
        "look": {**look, "figure": "shell"},
    }
    return {"schema": "luthier.materials/1", "remark": "for tests", "materials": [spruce, shell]}


def test_a_catalogue_is_read_and_its_materials_are_found_by_id() -> None:
    catalogue = read_materials(_catalogue())
    spruce = catalogue.get("sitka_spruce")
    assert spruce is not None
    assert spruce.density_kg_m3.value == 425
    assert spruce.white
    assert [material.material_id for material in catalogue] == ["sitka_spruce", "abalone"]
    assert len(catalogue) == 2


def test_an_unknown_or_absent_id_finds_nothing() -> None:
    catalogue = read_materials(_catalogue())
    assert catalogue.get("unobtainium") is None
    assert catalogue.get(None) is None


def test_a_conflicting_value_is_kept_with_its_source() -> None:
    spruce = read_materials(_catalogue()).get("sitka_spruce")
    assert spruce is not None
    assert spruce.janka_n is not None
    assert [(other.value, other.source) for other in spruce.janka_n.others] == [
        (1560, "another book")
    ]


def test_what_a_material_lacks_is_absent_and_not_zero() -> None:
    shell = read_materials(_catalogue()).get("abalone")
    assert shell is not None
    assert shell.janka_n is None
    assert shell.mor_mpa is None


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"densty_kg_m3": 3}, "densty_kg_m3"),
        ({"kind": "stone"}, "kind"),
        ({"density_kg_m3": {"value": 425, "confidence": "M"}}, "density_kg_m3.source"),
        ({"janka_n": _property(-1)}, "janka_n.value"),
        ({"janka_n": _property(float("inf"))}, "janka_n.value"),
        ({"janka_n": {**_property(5), "confidence": "X"}}, "janka_n.confidence"),
        ({"cites": "III"}, "cites"),
        ({"look": {"raw": "red", "finished": "#ddbb88", "dark": "#aa8855"}}, "look.raw"),
    ],
)
def test_a_typo_is_refused_naming_file_material_and_field(
    change: dict[str, Any], place: str
) -> None:
    plain = _catalogue()
    plain["materials"][1] |= deepcopy(change)
    with pytest.raises(InputRefused) as refused:
        read_materials(plain, "my woods.json")
    assert refused.value.sentence.startswith(f"my woods.json, material abalone: {place} ")
    assert refused.value.path == place


def test_a_material_without_an_id_is_named_by_its_place() -> None:
    plain = _catalogue()
    del plain["materials"][1]["material_id"]
    with pytest.raises(InputRefused, match=r"materials\[1\]: material_id is missing"):
        read_materials(plain)


def test_a_material_that_is_no_object_is_refused() -> None:
    plain = _catalogue()
    plain["materials"][0] = "spruce"
    with pytest.raises(InputRefused, match=r"materials\[0\]: "):
        read_materials(plain)


def test_an_id_that_stands_twice_is_refused() -> None:
    plain = _catalogue()
    plain["materials"][1] = plain["materials"][0]
    with pytest.raises(InputRefused, match="sitka_spruce: material_id stands twice"):
        read_materials(plain)


@pytest.mark.parametrize("schema", ["luthier.materials/2", None, 1])
def test_another_schema_is_refused(schema: object) -> None:
    with pytest.raises(InputRefused, match="schema"):
        read_materials(_catalogue() | {"schema": schema})
