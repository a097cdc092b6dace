"""Bits and machines of the trade: each value with its source, confidence and other values."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from luthier_desktop.domain.base import ExternalId, Flag, Text, Value
from luthier_desktop.domain.entries import EntryKind, read_each
from luthier_desktop.domain.materials import Property, within
from luthier_desktop.domain.workshop import Machine, MachineKind, Tool

Name = Annotated[str, Field(strict=True, min_length=1, max_length=200)]
_MOST_ENTRIES = Field(max_length=10_000)


def _whole(found: Property) -> Property:
    if not found.value.is_integer():
        raise ValueError(f".value must be a whole number, but is {found.value:g}")
    return found


_DiameterMm = Annotated[Property, within(0.1, 80, "mm")]
_FluteMm = Annotated[Property, within(0.1, 100, "mm")]
_StickoutMm = Annotated[Property, within(0.5, 150, "mm")]
_ShankMm = Annotated[Property, within(0.5, 25.4, "mm")]
_RunoutMm = Annotated[Property, within(0, 0.5, "mm")]
_Rpm = Annotated[Property, within(100, 200_000, "rpm")]
_WorkMm = Annotated[Property, within(5, 10_000, "mm")]


class ToolEntry(Value):
    """One bit as it is sold, and how it is usually clamped.

    The checks of a channel judge flat bits; a ball or a v bit is for carving, see `tool`.
    ``angle_deg`` is the included angle of a v bit. An absent value leaves the checks that need
    it UNKNOWN.
    """

    tool_id: ExternalId
    name: Name
    shape: Literal["flat", "ball", "v"] = "flat"
    material: Literal["carbide", "hss"] | None = None
    geometry: Literal["downcut", "upcut", "straight"] | None = None
    center_cutting: Flag | None = None
    diameter_mm: _DiameterMm
    flutes: Annotated[Property, within(1, 12, ""), AfterValidator(_whole)] | None = None
    flute_length_mm: _FluteMm | None = None
    stickout_mm: _StickoutMm | None = None
    shank_diameter_mm: _ShankMm | None = None
    runout_mm: _RunoutMm | None = None
    max_rpm: _Rpm | None = None
    angle_deg: Annotated[Property, within(5, 170, "degrees")] | None = None
    remark: Text | None = None

    @model_validator(mode="after")
    def _stands_together(self) -> Self:
        if (self.angle_deg is None) == (self.shape == "v"):
            raise ValueError("angle_deg must be given for the shape v, and for no other")
        flute, stickout = self.flute_length_mm, self.stickout_mm
        if flute is not None and stickout is not None and flute.value > stickout.value:
            raise ValueError(
                f"flute_length_mm must be at most stickout_mm ({stickout.value:g} mm), but is "
                f"{flute.value:g}: a collet must not grip the flutes"
            )
        return self

    def tool(self) -> Tool | None:
        """Return the bit as a setup's ``tool``; None for a ball or v bit."""
        if self.shape != "flat":
            return None
        return Tool.model_validate(_values(self, Tool))


class MachineEntry(Value):
    """One kind of machine, or none: hands. Its work area is given side by side."""

    machine_id: ExternalId
    name: Name
    kind: MachineKind
    max_feed_mm_min: Annotated[Property, within(10, 100_000, "mm/min")] | None = None
    accel_mm_s2: Annotated[Property, within(1, 100_000, "mm/s2")] | None = None
    junction_deviation_mm: Annotated[Property, within(0, 1, "mm")] | None = None
    min_rpm: _Rpm | None = None
    max_rpm: _Rpm | None = None
    spindle_w: Annotated[Property, within(5, 50_000, "W")] | None = None
    work_x_mm: _WorkMm | None = None
    work_y_mm: _WorkMm | None = None
    work_z_mm: _WorkMm | None = None
    backlash_mm: Annotated[Property, within(0, 2, "mm")] | None = None
    remark: Text | None = None

    @model_validator(mode="after")
    def _stands_together(self) -> Self:
        low, high = self.min_rpm, self.max_rpm
        if low is not None and high is not None and low.value > high.value:
            raise ValueError(
                f"min_rpm must be at most max_rpm ({high.value:g} rpm), but is {low.value:g}"
            )
        if len({side is None for side in self._sides()}) > 1:
            raise ValueError("work_x_mm, work_y_mm and work_z_mm must be given all three or none")
        return self

    def machine(self) -> Machine:
        """Return the machine as a setup's ``machine``."""
        area = [side.value for side in self._sides() if side is not None]
        return Machine.model_validate(
            _values(self, Machine) | ({"work_area_mm": tuple(area)} if area else {})
        )

    def _sides(self) -> tuple[Property | None, Property | None, Property | None]:
        return self.work_x_mm, self.work_y_mm, self.work_z_mm


TOOL = EntryKind(ToolEntry, "tool_id", "luthier.tool/1")
MACHINE = EntryKind(MachineEntry, "machine_id", "luthier.machine/1")


class ToolsFile(Value):
    """The head of a catalogue of bits; they are read one by one, to name the faulty one."""

    schema_: Annotated[Literal["luthier.tools/1"], Field(alias="schema")]
    remark: Text | None = None
    tools: Annotated[tuple[Any, ...], _MOST_ENTRIES]


class MachinesFile(Value):
    """The head of a catalogue of machines; they are read one by one."""

    schema_: Annotated[Literal["luthier.machines/1"], Field(alias="schema")]
    remark: Text | None = None
    machines: Annotated[tuple[Any, ...], _MOST_ENTRIES]


def read_tools(plain: Any, what: str = "tools.json") -> tuple[ToolEntry, ...]:
    """Read a catalogue of bits from parsed JSON; *what* names the file in a refusal.

    Raises:
        InputRefused: A member is missing, unknown or out of range, or an id stands twice; the
            sentence names the file, the bit, the field and the allowed range.
    """
    return read_each(TOOL, ToolsFile.read(plain, what).tools, what)


def read_machines(plain: Any, what: str = "machines.json") -> tuple[MachineEntry, ...]:
    """Read a catalogue of machines from parsed JSON; *what* names the file in a refusal.

    Raises:
        InputRefused: As `read_tools`.
    """
    return read_each(MACHINE, MachinesFile.read(plain, what).machines, what)


def _values(entry: Value, model: type[Value]) -> dict[str, Any]:
    """Return what *entry* says of the members of *model*, without sources."""
    found = {name: getattr(entry, name, None) for name in model.model_fields}
    return {
        name: value.value if isinstance(value, Property) else value
        for name, value in found.items()
        if value is not None
    }
