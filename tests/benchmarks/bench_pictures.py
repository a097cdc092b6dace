"""How long a picture takes, against bare ElementTree writing of as many elements."""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

from luthier_desktop.domain.picture import PictureOptions
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.services.studio import open_studio
from tests.benchmarks.figures import figure, most

TILES = 1500


def design() -> RosetteParamSpec:
    """Return three rings of 500 tiles."""
    ring = {"width_mm": 5.0, "pattern_type": "LADDER", "pattern": {"count": TILES // 3}}
    rings = [{"ring_index": at, "gap_before_mm": 0.5, **ring} for at in range(3)]
    members = {"outer_diameter_mm": 137.0, "inner_diameter_mm": 104.0, "ring_params": rings}
    return RosetteParamSpec.model_validate(members)


def floor() -> bytes:
    """Write as many paths as the design has tiles, each of the same length."""
    root = Element("svg")
    for at in range(TILES):
        arc = "A68.5 68.5 0 0 1 23.4567 12.6789"
        data = f"M{at}.1234 12.3456{arc}L1.2345 {at}.3456{arc}Z"
        SubElement(root, "path", {"d": data, "fill": "#123456", "class": "gaboon_ebony"})
    return tostring(root)


def median_ms(work: Callable[[], object], times: int) -> float:
    """Return the median of so many runs."""
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        took.append(1000 * (time.perf_counter() - begun))
    return statistics.median(took)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=9)
    times = parser.parse_args().times
    studio = open_studio(Path("/nowhere/at/all"))
    exporting, spec = studio.exporting.for_setup(studio.setups.last_known()), design()
    bare = median_ms(floor, times)
    svg = median_ms(lambda: exporting.svg(spec), times)
    full = PictureOptions(caption=True, dimensions=True)
    rich = median_ms(lambda: exporting.svg(spec, full), times)
    png = median_ms(lambda: exporting.png(spec, full), max(2, times // 3))
    print(f"{TILES} paths written by ElementTree alone: {bare:.1f} ms")
    print(f"SVG of {TILES} tiles: {svg:.1f} ms ({svg / bare:.1f} times the floor)")
    print(f"the same with caption, QR and diameters: {rich:.1f} ms")
    print(f"PNG of it at 300 dpi: {png:.0f} ms")
    figure(f"SVG of {TILES:,} tiles", svg, "ms", most(1_000), floor=bare)
    figure(f"PNG of {TILES:,} tiles", png, "ms", most(1_000))


if __name__ == "__main__":
    main()
