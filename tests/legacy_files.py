"""A small data directory of the web ToolBox, written by hand with its faults."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FIRST_FORMAT = {
    "outer_diameter_mm": 100.0,
    "inner_diameter_mm": 96.0,
    "ring_params": [
        {"ring_index": 0, "width_mm": 2.0, "pattern_type": "HATCH", "tile_length_mm": None}
    ],
}
# Worked out with sha256sum, of the design and of the report below without blanks.
FINGERPRINT = "0a47b39b869d0217"
REPORT_SHA256 = "2121339c3d27d02cbdf49e5f015ca76c877fc60f00a3256fc9b1c75f5d20bc83"
DAY = "2025-12-20"


def run(name: str = "run_1", **changes: Any) -> dict[str, Any]:
    return {
        "run_id": name,
        "created_at_utc": f"{DAY}T08:00:00Z",
        "mode": "saw",
        "tool_id": "saw_blade_10",
        "status": "BLOCKED",
        "request_summary": {"design": FIRST_FORMAT},
        "feasibility": {"score": 31.0, "risk_bucket": "RED", "warnings": []},
        "decision": {"risk_level": "RED", "score": 31.0, "warnings": ["burns"]},
        "hashes": {"feasibility_sha256": REPORT_SHA256},
        "meta": {"source": "ui"},
        **changes,
    }


def snapshot(name: str = "snap_1", **changes: Any) -> dict[str, Any]:
    return {
        "snapshot_id": name,
        "design_fingerprint": FINGERPRINT,
        "created_at_utc": f"{DAY}T09:00:00+00:00",
        "design": FIRST_FORMAT,
        "feasibility": {"risk_bucket": "GREEN"},
        "metadata": {"name": "Ukulele", "description": None, "notes": None, "tags": ["shop"]},
        "run_id": None,
        "baseline": False,
        **changes,
    }


def backup(**settings: Any) -> dict[str, Any]:
    machine = {"id": "M", "name": "Router", "tools": [{"t": 1, "len_mm": 25.0}, {"t": 2}]}
    held = {"posts": ["grbl", "mach4"], "machines": {"machines": [machine]}, **settings}
    return {"timestamp": "2025-12-20T10:00:00", "version": "1.0", "settings": held}


def write(folder: Path, path: str, content: Any) -> Path:
    """Write one file of the data directory; bytes as they are, all else as JSON."""
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    data = content if isinstance(content, bytes) else json.dumps(content, indent=2).encode()
    place.write_bytes(data)
    return place


def write_run(folder: Path, name: str = "run_1", day: str = DAY, **changes: Any) -> Path:
    return write(folder, f"runs/rmos/{day}/{name}.json", run(name, **changes))


def write_snapshot(folder: Path, name: str = "snap_1", **changes: Any) -> Path:
    return write(folder, f"art_studio/snapshots/{name}.json", snapshot(name, **changes))


def write_sound(folder: Path) -> None:
    """Write one sound record of each kind, and the lists that are left out."""
    write_run(folder)
    write_snapshot(folder)
    write(folder, "cam/backups/cam_settings_20251220_100000.json", backup())
    write(folder, "runs/rmos/_index.json", {})
    write(folder, "runs/rmos/_attachment_recent.json", {})
