"""What it costs when several programs record at once.

    python -m tests.benchmarks.bench_contention [RUNS_EACH]

Four programs record 200 runs each into one log, let loose at one moment. The floor, in the same
run, is one program that records as many runs alone; each run must be there, once.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from luthier_desktop.storage.verify import verify
from tests.benchmarks.figures import figure
from tests.storage.contest import contend
from tests.storage.make import open_store

PROGRAMS = 4


def recorded(folder: Path, programs: int, runs_each: int) -> float:
    """Return the runs a second, after a look that none is lost and none is double."""
    started = time.perf_counter()
    said = contend(folder, runs_each, "real", programs=programs)
    seconds = time.perf_counter() - started
    numbers = [int(line) for lines in said for line in lines]
    with open_store(folder, seed=99) as store:
        store.catch_up()
        report = verify(store, "full")
        listed = store.index.position()[0]
    runs = programs * runs_each
    lost, double = runs - listed, len(numbers) - len(set(numbers))
    errors = runs - len(numbers)
    print(
        f"{programs} programs, {runs} runs: {runs / seconds:7.0f} runs/s, "
        f"{seconds / runs_each * 1000:6.1f} ms a run of one program; {lost} lost, "
        f"{double} double, {errors} errors, {len(report.findings)} findings"
    )
    return runs / seconds


def main(runs_each: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        alone = recorded(Path(name) / "alone", 1, PROGRAMS * runs_each)
        together = recorded(Path(name) / "together", PROGRAMS, runs_each)
    print(f"together {together / alone:.2f} times the runs of one program alone (floor 1.00)")
    figure("four programs recording", together, "runs/s", floor=alone)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
