"""Time a batch of 10,000 designs: ``python -m tests.benchmarks.bench_batch [designs]``.

Target: 1,000 designs a second or better on one core without recording, counted from the empty
process to the last summary, with memory that does not grow with the batch. Each batch is
judged in a process of its own, so that its largest memory is its own; beside it stands what
the same process needs for a hundredth of the designs. The floor is parsing the same designs
with the standard library and nothing else.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from luthier_desktop.cli import main as luthier
from tests.benchmarks.figures import figure, least

MOST_DESIGNS, SMALLER = 10_000, 100
MATERIALS = ("indian_rosewood", "holly", "hard_maple", "gaboon_ebony", "koa")
FAMILIES = ("SOLID", "LINES", "ROPE", "SEGMENTS", "MOSAIC", "CHECKER", "HERRINGBONE", "LADDER")
GAP_MM = 3.0


class Measured(NamedTuple):
    """What one command took."""

    seconds: float
    largest_mib: float
    summaries: int


def designs(count: int, seed: int = 3) -> Iterator[dict[str, Any]]:
    """Make designs of one to five rings as a suggesting program would send them.

    One at a time: a process counts what its parent held when it began.
    """
    chance = random.Random(seed)
    return (_design(chance) for _ in range(count))


def _design(chance: random.Random) -> dict[str, Any]:
    rings = [_ring(chance, index) for index in range(chance.randint(1, 5))]
    inner_mm = round(chance.uniform(80, 105), 1)
    return {
        "inner_diameter_mm": inner_mm,
        "outer_diameter_mm": round(inner_mm + 2 * sum(ring["width_mm"] for ring in rings), 6),
        "soundhole_diameter_mm": inner_mm - 2 * GAP_MM,
        "ring_params": rings,
    }


def _ring(chance: random.Random, index: int) -> dict[str, Any]:
    return {
        "ring_index": index,
        "width_mm": round(chance.uniform(1, 6), 2),
        "pattern_type": chance.choice(FAMILIES),
        "tile_length_mm": round(chance.uniform(1, 6), 2),
        "materials": chance.sample(MATERIALS, 2),
    }


def write(folder: Path, count: int) -> list[Path]:
    """Write the same designs in both forms of a batch."""
    one, lines = folder / f"{count}.json", folder / f"{count}.jsonl"
    with one.open("w") as document, lines.open("w") as by_line:
        for index, design in enumerate(designs(count)):
            text = json.dumps(design)
            document.write((", " if index else '{"specs": [') + text)
            by_line.write(f"{text}\n")
        names = json.dumps([f"s{index}" for index in range(count)])
        document.write(f'], "suggestion_ids": {names}}}')
    return [one, lines]


def measure(batch: Path, data: Path) -> Measured:
    """Judge one batch in a process of its own."""
    answers = data.with_suffix(".answers")
    with answers.open("wb") as output:
        command = [sys.executable, "-m", "tests.benchmarks.bench_batch", str(batch), str(data)]
        start = time.perf_counter()
        done = subprocess.run(command, stdout=output, stderr=subprocess.PIPE, check=True)
        seconds = time.perf_counter() - start
    with answers.open("rb") as lines:
        count = sum(b'"risk_bucket"' in line for line in lines)
    return Measured(seconds, int(done.stderr.split()[-1]) / 1024, count)


def judge(batch: str, data: str) -> None:
    """Run the command and tell its largest memory in kB on stderr."""
    luthier(["feasibility", "batch", batch, "--no-record", "--json", "--data-dir", data])
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)


def parse_seconds(batch: Path) -> float:
    """Return what the standard library needs to parse the designs one by one."""
    start = time.perf_counter()
    with batch.open("rb") as lines:
        for line in lines:
            json.loads(line)
    return time.perf_counter() - start


def main(count: int) -> None:
    """Print designs a second and the largest memory of both forms, each at two sizes."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        small, large = write(folder, max(1, count // SMALLER)), write(folder, count)
        floor = parse_seconds(large[1])
        for few, many in zip(small, large, strict=True):
            base, full = measure(few, folder / "data"), measure(many, folder / "data")
            print(
                f"{many.suffix:<6} {full.summaries} designs, {many.stat().st_size / 1e6:.1f} MB: "
                f"{full.seconds:.2f} s, {full.summaries / full.seconds:,.0f} designs/s "
                f"(target 1,000), {full.seconds / floor:.0f} x plain parsing; "
                f"largest memory {full.largest_mib:.1f} MiB, with {base.summaries} designs "
                f"{base.largest_mib:.1f} MiB"
            )
            rate = full.summaries / full.seconds
            figure(f"batch, {many.suffix}", rate, "designs/s", least(1_000))


if __name__ == "__main__":
    if len(sys.argv) == 3:
        judge(sys.argv[1], sys.argv[2])
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else MOST_DESIGNS)
