"""A clock that stands still until it is asked, and designs to work with."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from luthier_desktop.domain.rosette import RosetteParamSpec

BEGIN = datetime(2026, 1, 22, 10, 11, 12, 123456, tzinfo=UTC)
SMOKE = {"outer_diameter_mm": 100, "inner_diameter_mm": 20, "ring_params": []}


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
