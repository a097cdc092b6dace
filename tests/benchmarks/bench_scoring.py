"""Time one check of an eight-ring design: ``python -m tests.benchmarks.bench_scoring``.

Target: at most 2 ms; the stored report of the same design at most 32 kB with its run.
"""

from __future__ import annotations

import json
import time

from luthier_desktop.domain.feasibility.report import stored_report
from luthier_desktop.domain.feasibility.scorer import score
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from tests.benchmarks.figures import figure, most
from tests.domain.feasibility.workbench import CATALOGUE, SETUP

ROUNDS, CALLS = 25, 40
MOSAIC = {"rows": 9, "cols": 7, "px_mm": 0.5, "log_length_mm": 76.0, "kerf_mm": 0.5,
          "slice_mm": 1.6, "logs": 3}  # fmt: skip
WIDTHS_MM = (1.5, 2.5, 3.0, 4.5, 4.5, 3.0, 2.5, 1.5)
FAMILIES = ("LINES", "ROPE", "SEGMENTS", "MOSAIC", "MOSAIC", "CHECKER", "HERRINGBONE", "LINES")


def eight_rings() -> RosetteParamSpec:
    """Return eight rings of six families with a land before each: the most checks there are."""
    rings = []
    for index, (family, width_mm) in enumerate(zip(FAMILIES, WIDTHS_MM, strict=True)):
        ring = {
            "ring_index": index,
            "width_mm": width_mm,
            "pattern_type": family,
            "gap_before_mm": 2.2 if index else 0.0,
            "materials": ["indian_rosewood", "holly", "koa"],
            "inlay_thickness_mm": 1.6,
            "strip_thickness_mm": 0.5,
            "bending": "hot",
            "made": "machine" if family == "SEGMENTS" else "hand",
        }
        if family in ("ROPE", "SEGMENTS", "CHECKER", "HERRINGBONE"):
            ring["tile_length_mm"] = 3.1
        if family == "MOSAIC":
            ring["pattern"] = MOSAIC
        if family == "CHECKER":
            ring["pattern"] = {"rows": 3}
        rings.append(ring)
    outer_mm = 90 + 2 * (sum(WIDTHS_MM) + 7 * 2.2)
    return RosetteParamSpec.read(
        {
            "inner_diameter_mm": 90.0,
            "outer_diameter_mm": outer_mm,
            "soundhole_diameter_mm": 85.0,
            "top": {"material_id": "sitka_spruce", "thickness_mm": 3.0, "face_removal_mm": 0.2},
            "channel": {"depth_mm": 1.2, "glue": "hide", "clearance_mm": 0.1},
            "fingerboard": {"width_mm": 60.0, "end_distance_mm": 40.0},
            "ring_params": rings,
        },
        "benchmark design",
    )


def main() -> None:
    """Print the milliseconds of one call and the size of the stored report."""
    design, setup = eight_rings(), Setup.read(SETUP, "setup")
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(CALLS):
            answer = score(design, setup, CATALOGUE)
        rounds.append((time.perf_counter() - start) / CALLS * 1000)
    rounds.sort()
    stored = json.dumps(stored_report(answer, "0" * 64), separators=(",", ":"))
    print(
        f"score of {len(design.ring_params)} rings, {len(answer.findings)} findings: "
        f"min {rounds[0]:.3f} ms, median {rounds[len(rounds) // 2]:.3f} ms (target 2 ms); "
        f"stored report {len(stored) / 1000:.1f} kB (with its run at most 32 kB)"
    )
    figure("check of eight rings", rounds[len(rounds) // 2], "ms", most(2))


if __name__ == "__main__":
    main()
