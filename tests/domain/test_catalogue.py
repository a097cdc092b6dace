"""Reading bits, machines and single entries."""

from typing import Any

import pytest

from luthier_desktop.domain.catalogue import TOOL, read_machines, read_tools
from luthier_desktop.domain.entries import read_alone
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.materials import read_materials

GRIPPED = "a collet must not grip the flutes."


def _value(number: float, **more: Any) -> dict[str, Any]:
    return {"value": number, "source": "my caliper", "confidence": "M", **more}


def _bit(**changes: Any) -> dict[str, Any]:
    bit = {
        "tool_id": "mine",
        "name": "My bit",
        "geometry": "downcut",
        "diameter_mm": _value(1.5),
        "flutes": _value(2),
        "flute_length_mm": _value(6),
        "stickout_mm": _value(14),
    }
    return {**bit, **changes}


def _machine(**changes: Any) -> dict[str, Any]:
    machine = {
        "machine_id": "mine",
        "name": "My router",
        "kind": "cnc",
        "min_rpm": _value(8000),
        "max_rpm": _value(24000),
        "work_x_mm": _value(300),
        "work_y_mm": _value(200),
        "work_z_mm": _value(60),
    }
    return {**machine, **changes}


def _tools(*bits: Any) -> dict[str, Any]:
    return {"schema": "luthier.tools/1", "tools": list(bits)}


def _machines(*machines: Any) -> dict[str, Any]:
    return {"schema": "luthier.machines/1", "machines": list(machines)}


def test_a_bit_is_read_and_becomes_the_tool_of_a_setup() -> None:
    (bit,) = read_tools(_tools(_bit(diameter_mm=_value(1.5, others=[
        {"value": 1.48, "source": "the seller"}
    ]))))
    assert [other.value for other in bit.diameter_mm.others] == [1.48]
    tool = bit.tool()
    assert tool is not None
    assert tool.plain() == {
        "tool_id": "mine", "name": "My bit", "geometry": "downcut", "diameter_mm": 1.5,
        "flutes": 2, "flute_length_mm": 6.0, "stickout_mm": 14.0,
    }


def test_a_machine_is_read_and_becomes_the_machine_of_a_setup() -> None:
    (machine,) = read_machines(_machines(_machine()))
    assert machine.machine().plain() == {
        "machine_id": "mine", "name": "My router", "kind": "cnc", "min_rpm": 8000.0,
        "max_rpm": 24000.0, "work_area_mm": [300.0, 200.0, 60.0],
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"diameter_mm": _value(0)}, "diameter_mm.value must be from 0.1 to 80 mm, but is 0."),
        ({"diameter_mm": _value(-1)}, "diameter_mm.value must be from 0.1 to 80 mm, but is -1."),
        ({"diameter_mm": _value(1.5, others=[{"value": 900, "source": "x"}])},
         "diameter_mm.value must be from 0.1 to 80 mm, but is 900."),
        ({"flutes": _value(2.5)}, "flutes.value must be a whole number, but is 2.5."),
        ({"flutes": _value(13)}, "flutes.value must be from 1 to 12, but is 13."),
        ({"max_rpm": _value(1)}, "max_rpm.value must be from 100 to 200000 rpm, but is 1."),
        ({"stickout_mm": _value(5)},
         "flute_length_mm must be at most stickout_mm (5 mm), but is 6: " + GRIPPED),
        ({"shape": "v"}, "angle_deg must be given for the shape v, and for no other."),
        ({"angle_deg": _value(60)}, "angle_deg must be given for the shape v, and for no other."),
        ({"diametr_mm": _value(1)},
         "diametr_mm is not a known member; remove it or correct its spelling."),
        ({"diameter_mm": {"value": 1, "confidence": "M"}},
         "diameter_mm.source is missing; it is required."),
    ],
)
def test_a_bit_that_can_be_none_is_refused_naming_file_entry_field_and_range(
    change: dict[str, Any], said: str
) -> None:
    with pytest.raises(InputRefused) as refused:
        read_tools(_tools(_bit(tool_id="good"), _bit(**change)), "bits.json")
    assert refused.value.sentence == f"bits.json, tool mine: {said}"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"min_rpm": _value(30000)}, "min_rpm must be at most max_rpm (24000 rpm), but is 30000."),
        ({"work_z_mm": None}, "work_x_mm, work_y_mm and work_z_mm must be given all three or "),
        ({"accel_mm_s2": _value(0)}, "accel_mm_s2.value must be from 1 to 100000 mm/s2, but is 0"),
        ({"kind": "laser"}, "kind must be one of 'cnc', 'hand_router' or 'hand'"),
    ],
)
def test_a_machine_that_can_be_none_is_refused(change: dict[str, Any], said: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read_machines(_machines(_machine(**change)), "mine.json")
    assert refused.value.sentence.startswith(f"mine.json, machine mine: {said}")


def test_an_id_that_stands_twice_and_another_schema_are_refused() -> None:
    with pytest.raises(InputRefused, match="tool mine: tool_id stands twice"):
        read_tools(_tools(_bit(), _bit()))
    with pytest.raises(InputRefused, match="schema"):
        read_machines(_tools(_bit()))


@pytest.mark.parametrize(
    ("field", "value", "allowed"),
    [
        ("density_kg_m3", 0, "50 to 5000 kg/m3"),
        ("moe_gpa", 10800, "0.1 to 500 GPa"),
        ("janka_n", 0, "50 to 50000 N"),
        ("shrink_radial_percent", -1, "0 to 30 %"),
        ("burn_factor", 100, "0.5 to 3"),
    ],
)
def test_an_absurd_value_of_a_wood_is_refused_with_the_allowed_range(
    field: str, value: float, allowed: str
) -> None:
    wood = {
        "material_id": "oak", "name": "Oak", "kind": "wood", "density_kg_m3": _value(700),
        "look": {"raw": "#eeddbb", "finished": "#ddbb88", "dark": "#aa8855"},
        field: _value(value),
    }
    with pytest.raises(InputRefused) as refused:
        read_materials({"schema": "luthier.materials/1", "materials": [wood]}, "my.json")
    assert refused.value.sentence == (
        f"my.json, material oak: {field}.value must be from {allowed}, but is {value}."
    )


def test_an_entry_in_a_file_of_its_own_carries_its_schema_and_its_files_name() -> None:
    plain = {"schema": "luthier.tool/1", **_bit()}
    assert read_alone(TOOL, plain, "mine", "mine.json").tool_id == "mine"
    for faulty, said in (
        ([], "must be an object"),
        (_bit(), 'schema must be "luthier.tool/1", but is missing'),
        ({**plain, "schema": 7}, 'schema must be "luthier.tool/1", but is 7'),
        ({**plain, "tool_id": "other"}, "tool_id is 'other', so the file must be named"),
        ({**plain, "diameter_mm": _value(0)}, "diameter_mm.value must be from 0.1 to 80 mm"),
    ):
        with pytest.raises(InputRefused, match=said):
            read_alone(TOOL, faulty, "mine", "mine.json")
