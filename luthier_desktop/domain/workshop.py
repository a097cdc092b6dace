"""The shop that a design is judged for: top, channel, tool, machine, cut, and their setup."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from luthier_desktop.domain.base import (
    Count,
    ExternalId,
    Flag,
    LengthMm,
    MaterialId,
    PositiveMm,
    Text,
    Value,
)

SETUP_SCHEMA: Literal["luthier.setup/1"] = "luthier.setup/1"

Rpm = Annotated[float, Field(strict=True, gt=0, le=200_000)]
FeedMmMin = Annotated[float, Field(strict=True, gt=0, le=100_000)]
Glue = Literal["hide", "pva", "ca", "epoxy"]
Layout = Literal["single", "per_ring"]
MachineKind = Literal["cnc", "hand_router", "hand"]


class TopPlate(Value):
    """The guitar's top: its thickness when routed and what levelling takes from each side."""

    material_id: MaterialId | None = None
    thickness_mm: PositiveMm | None = None
    face_removal_mm: LengthMm | None = None
    back_removal_mm: LengthMm | None = None
    backed: Flag | None = None
    rosette_limit_diameter_mm: PositiveMm | None = None


class Channel(Value):
    """The channel in the top that takes the rosette."""

    depth_mm: PositiveMm | None = None
    layout: Layout | None = None
    glue: Glue | None = None
    clearance_mm: Annotated[float, Field(strict=True, ge=-10, le=10)] | None = None


class Fingerboard(Value):
    """The fingerboard's end, which hides a part of the rosette."""

    width_mm: PositiveMm | None = None
    end_distance_mm: LengthMm | None = None


class Tool(Value):
    """A bit, its shape and how far it stands out of the collet."""

    tool_id: ExternalId | None = None
    name: Text | None = None
    diameter_mm: PositiveMm | None = None
    flutes: Annotated[Count, Field(le=12)] | None = None
    flute_length_mm: PositiveMm | None = None
    stickout_mm: PositiveMm | None = None
    shank_diameter_mm: PositiveMm | None = None
    material: Literal["carbide", "hss"] | None = None
    geometry: Literal["downcut", "upcut", "straight"] | None = None
    runout_mm: LengthMm | None = None
    max_rpm: Rpm | None = None
    center_cutting: Flag | None = None


class Machine(Value):
    """A CNC, a router on a circle jig, or hands."""

    machine_id: ExternalId | None = None
    name: Text | None = None
    kind: MachineKind | None = None
    max_feed_mm_min: FeedMmMin | None = None
    accel_mm_s2: Annotated[float, Field(strict=True, gt=0, le=100_000)] | None = None
    junction_deviation_mm: LengthMm | None = None
    min_rpm: Rpm | None = None
    max_rpm: Rpm | None = None
    spindle_w: Annotated[float, Field(strict=True, gt=0, le=100_000)] | None = None
    work_area_mm: (
        tuple[
            Annotated[float, Field(strict=True, gt=0, le=10_000)],
            Annotated[float, Field(strict=True, gt=0, le=10_000)],
            Annotated[float, Field(strict=True, gt=0, le=10_000)],
        ]
        | None
    ) = None
    backlash_mm: LengthMm | None = None


class Cut(Value):
    """Speeds, feeds and entry of one cut."""

    spindle_rpm: Rpm | None = None
    feed_mm_min: FeedMmMin | None = None
    plunge_mm_min: FeedMmMin | None = None
    stepdown_mm: PositiveMm | None = None
    stepover_ratio: Annotated[float, Field(strict=True, gt=0, le=1)] | None = None
    entry: Literal["ramp", "plunge"] | None = None
    ramp_deg: Annotated[float, Field(strict=True, gt=0, lt=90)] | None = None


class Shop(Value):
    """What protects the lungs."""

    extraction: Flag | None = None
    respirator: Flag | None = None


class Setup(Value):
    """One shop's way of working; nothing that is absent is filled in from another setup."""

    schema_: Annotated[Literal["luthier.setup/1"] | None, Field(alias="schema")] = None
    setup_id: ExternalId | None = None
    name: Text | None = None
    top: TopPlate | None = None
    channel: Channel | None = None
    fingerboard: Fingerboard | None = None
    tool: Tool | None = None
    inlay_tool: Tool | None = None
    machine: Machine | None = None
    cut: Cut | None = None
    inlay_cut: Cut | None = None
    shop: Shop | None = None
