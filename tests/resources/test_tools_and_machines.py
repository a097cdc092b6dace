"""The bits and machines that ship, against the reference and the starter workshop."""

import json
import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from luthier_desktop.domain.base import Value
from luthier_desktop.domain.catalogue import MachineEntry, ToolEntry, read_machines, read_tools
from luthier_desktop.domain.materials import Property
from luthier_desktop.domain.workshop import Machine, Setup, Tool

RESOURCES = Path(__file__).parents[2] / "resources"


def _plain(name: str) -> dict[str, object]:
    found: dict[str, object] = json.loads((RESOURCES / name).read_text(encoding="utf-8"))
    return found


TOOLS = {tool.tool_id: tool for tool in read_tools(_plain("catalogue/tools.json"))}
MACHINES = {one.machine_id: one for one in read_machines(_plain("catalogue/machines.json"))}
STARTER = Setup.read(_plain("presets/setup_workshop.json"), "the starter setup")
FLAT = [tool for tool in TOOLS.values() if tool.shape == "flat"]
# Domain reference 2.1, "Bits in real use".
DIAMETERS = {0.8, 1.0, 1.27, 1.5875, 2.0, 2.38, 3.175}


def _properties(entry: Value) -> Iterator[tuple[str, Property]]:
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        if isinstance(value, Property):
            yield name, value


def _number(found: Property | None) -> float:
    assert found is not None
    return found.value


def test_the_bits_of_the_trade_are_sold_downcut_and_upcut() -> None:
    for geometry in ("downcut", "upcut"):
        assert {t.diameter_mm.value for t in FLAT if t.geometry == geometry} == DIAMETERS
    straight = {t.diameter_mm.value for t in FLAT if t.geometry == "straight"}
    assert straight == {1.5875, 2.0, 3.175}


@pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS)
def test_a_bit_is_whole_and_can_be_clamped(tool: ToolEntry) -> None:
    given = {name for name, _ in _properties(tool)}
    assert given >= {
        *("diameter_mm", "flutes", "flute_length_mm", "stickout_mm", "shank_diameter_mm"),
        *("runout_mm", "max_rpm"),
    }
    assert _number(tool.flute_length_mm) <= _number(tool.stickout_mm)
    assert _number(tool.shank_diameter_mm) >= tool.diameter_mm.value
    assert tool.material == "carbide"
    assert tool.remark


@pytest.mark.parametrize("tool", FLAT, ids=[tool.tool_id for tool in FLAT])
def test_a_flat_bit_has_the_slenderness_of_catalogue_bits_and_runs_true(tool: ToolEntry) -> None:
    diameter_mm = tool.diameter_mm.value
    assert 3 <= _number(tool.flute_length_mm) / diameter_mm <= 6
    assert _number(tool.runout_mm) <= 0.025
    as_tool = tool.tool()
    assert as_tool is not None
    assert None not in [getattr(as_tool, name) for name in Tool.model_fields]


def test_the_flutes_of_a_v_bit_are_as_long_as_its_cone() -> None:
    for tool in TOOLS.values():
        if tool.shape == "v":
            half = math.radians(_number(tool.angle_deg) / 2)
            cone_mm = tool.diameter_mm.value / 2 / math.tan(half)
            assert _number(tool.flute_length_mm) == pytest.approx(cone_mm, abs=0.1)


def test_ball_and_v_bits_cut_no_channel() -> None:
    carving = [tool for tool in TOOLS.values() if tool.shape != "flat"]
    assert {tool.shape for tool in carving} == {"ball", "v"}
    assert all(tool.tool() is None for tool in carving)


def test_the_bits_of_the_starter_setup_are_their_catalogue_entries() -> None:
    for tool in (STARTER.tool, STARTER.inlay_tool):
        assert tool is not None
        assert TOOLS[str(tool.tool_id)].tool() == tool


def test_the_machine_of_the_starter_setup_is_its_catalogue_entry() -> None:
    assert STARTER.machine is not None
    assert MACHINES[str(STARTER.machine.machine_id)].machine() == STARTER.machine


def test_there_are_machines_from_the_hobby_router_to_the_hand() -> None:
    assert {
        *("hobby_belt_router", "hobby_screw_router", "benchtop_cnc", "industrial_atc"),
        *("hand_router_jig", "hand_tools"),
    } <= set(MACHINES)
    kinds = [machine.kind for machine in MACHINES.values()]
    assert (kinds.count("cnc"), kinds.count("hand_router"), kinds.count("hand")) == (5, 1, 1)


@pytest.mark.parametrize("entry", MACHINES.values(), ids=MACHINES)
def test_a_machine_has_what_its_kind_is_judged_by(entry: MachineEntry) -> None:
    machine = entry.machine()
    needed = {
        "cnc": set(Machine.model_fields),
        "hand_router": {"min_rpm", "max_rpm", "backlash_mm"},
        "hand": set[str](),
    }[entry.kind]
    assert None not in [getattr(machine, name) for name in needed]


@pytest.mark.parametrize("entry", [*TOOLS.values(), *MACHINES.values()])
def test_each_value_names_a_source_or_says_that_it_is_an_estimate(entry: Value) -> None:
    for name, found in _properties(entry):
        if found.estimated:
            assert found.source.startswith("estimate"), name
            assert found.confidence == "L", name
        else:
            assert found.source.startswith("domain reference "), name
            assert found.confidence in ("H", "M"), name
        assert all(other.value != found.value for other in found.others), name


def test_conflicting_values_are_kept_with_their_sources() -> None:
    (inch,) = TOOLS["downcut_0_8"].diameter_mm.others
    assert inch.value == 25.4 / 32
    belt = MACHINES["hobby_belt_router"].accel_mm_s2
    assert belt is not None
    assert [(belt.value, "[S77]" in belt.source)] == [(400, True)]
    assert [other.value for other in belt.others] == [250, 15]
