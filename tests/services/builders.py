"""A clock that stands still until it is asked, designs to work with, and decisions on them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from luthier_desktop.domain.gate import GateVerdict
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.services.decisions import Decided
from luthier_desktop.services.studio import Studio

BEGIN = datetime(2026, 1, 22, 10, 11, 12, 123456, tzinfo=UTC)
SMOKE = {"outer_diameter_mm": 100, "inner_diameter_mm": 20, "ring_params": []}
YELLOW_MM, RED_MM, THROUGH_MM = 1.7, 2.0, 2.8
"""Channels in a 2.8 mm top of which the starter setup takes 0.2 off the back."""
WHY = "the top is old, dry and stiff"


class FakeClock:
    """Every question takes a second; tokens count up in the alphabet of the ids."""

    def __init__(self) -> None:
        self.moment = BEGIN
        self._tokens = 0

    def now(self) -> str:
        text = self.moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        self.moment += timedelta(seconds=1)
        return text

    def token(self, length: int) -> str:
        self._tokens += 1
        return f"{self._tokens:0{length}d}"


def plain_design(**changes: Any) -> dict[str, Any]:
    """Return a design of three rings that fill 90 to 104 mm exactly."""
    design: dict[str, Any] = {
        "schema": "luthier.rosette/2",
        "name": "Three rings",
        "outer_diameter_mm": 104.0,
        "inner_diameter_mm": 90.0,
        "soundhole_diameter_mm": 84.0,
        "top": {"material_id": "sitka_spruce", "thickness_mm": 2.8},
        "channel": {"depth_mm": 1.4, "layout": "single"},
        "ring_params": [
            {"ring_index": 0, "width_mm": 1.0, "materials": ["holly"]},
            {"ring_index": 1, "width_mm": 5.0, "materials": ["indian_rosewood"]},
            {"ring_index": 2, "width_mm": 1.0, "materials": ["holly"]},
        ],
    }
    return {**design, **changes}


def design(**changes: Any) -> RosetteParamSpec:
    return RosetteParamSpec.model_validate(plain_design(**changes))


def design_bytes(**changes: Any) -> bytes:
    return json.dumps(plain_design(**changes)).encode()


def deep(depth_mm: float) -> dict[str, Any]:
    return {"channel": {"depth_mm": depth_mm, "layout": "single"}}


def cut(depth_mm: float = YELLOW_MM, **changes: Any) -> RosetteParamSpec:
    return design(**deep(depth_mm), design_id="dsg_1", **changes)


def accepted(studio: Studio, setup: Setup | None = None) -> Decided:
    return studio.decisions.accept(cut(), "C1", None, WHY, setup)


def gate(studio: Studio, depth_mm: float = YELLOW_MM) -> GateVerdict:
    return studio.decisions.gate(cut(depth_mm))
