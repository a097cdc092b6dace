"""Time remedies and sensitivities of eight rings: ``python -m tests.benchmarks.bench_remedies``.

Target: at most 50 ms together, after the verdict, however much is wrong.
"""

from __future__ import annotations

import statistics
import time
from typing import Any

from luthier_desktop.domain.feasibility.advice import advise
from luthier_desktop.domain.feasibility.scorer import score
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from tests.benchmarks.bench_scoring import eight_rings
from tests.benchmarks.figures import figure, most
from tests.domain.feasibility.workbench import CATALOGUE, SETUP, changed

CALLS = 40
MATERIALS = ("koa", "hard_maple", "indian_rosewood", "gaboon_ebony", "holly", "mother_of_pearl",
             "abs", "european_spruce")  # fmt: skip


def machined() -> dict[str, Any]:
    """Return eight rings of eight materials, all made by machine."""
    plain = eight_rings().plain()
    for ring, material in zip(plain["ring_params"], MATERIALS, strict=True):
        ring |= {"made": "machine", "materials": [material]}
    return plain


def spoilt() -> dict[str, Any]:
    """Return eight rings of which nearly every check is red or yellow."""
    plain = machined() | {"soundhole_diameter_mm": 89.5, "outer_diameter_mm": 170.0}
    plain["top"] |= {"rosette_limit_diameter_mm": 160.0}
    plain["channel"] |= {"depth_mm": 2.3, "clearance_mm": 0.5}
    for ring in plain["ring_params"]:
        ring |= {"inlay_thickness_mm": 1.0, "strip_thickness_mm": 3.1, "bending": "cold"}
        ring["gap_before_mm"] = 0.8
        ring["pattern"] = ring.get("pattern", {}) | (
            {"tapered": False} if ring["pattern_type"] in ("CHECKER", "MOSAIC") else {}
        )
        if ring["pattern_type"] == "MOSAIC":
            ring["pattern"] |= {"count": 51, "logs": 1, "slice_mm": 0.7, "rows": 20}
    return plain


BAD_SHOP = {
    "cut.feed_mm_min": 3900.0, "cut.stepdown_mm": 2.3, "cut.spindle_rpm": 31000.0,
    "tool.runout_mm": 0.2, "tool.flute_length_mm": 22.0, "tool.stickout_mm": 40.0,
    "tool.material": "hss", "machine.backlash_mm": 0.3, "shop": {}, "cut.entry": "plunge",
    "cut.plunge_mm_min": 3000.0,
}  # fmt: skip

CASES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "sound": (eight_rings().plain(), {}),
    "a deep channel": (changed(eight_rings().plain(), {"channel.depth_mm": 2.3}), {}),
    "eight materials with one feed": (machined(), {}),
    "nearly everything wrong": (spoilt(), BAD_SHOP),
}


def main() -> None:
    """Print the milliseconds of one call, and how much there was to say."""
    for name, (plain, shop) in CASES.items():
        design = RosetteParamSpec.read(plain, "design")
        setup = Setup.read(changed(SETUP, shop), "setup")
        scored = score(design, setup, CATALOGUE)
        times = []
        for _ in range(CALLS):
            start = time.perf_counter()
            advice = advise(design, setup, CATALOGUE, scored)
            times.append((time.perf_counter() - start) * 1000)
        problems = sum(one.status in ("RED", "YELLOW") for one in scored.findings)
        found = sum(len(one) for one in advice.remedies.values())
        print(
            f"{name:32} median {statistics.median(times):6.2f} ms, minimum {min(times):6.2f} ms;"
            f" {problems} problems, {found} remedies, {len(advice.sensitivities)} sensitivities"
        )
        figure(f"remedies, {name}", statistics.median(times), "ms", most(50))


if __name__ == "__main__":
    main()
