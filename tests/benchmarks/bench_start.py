"""How long a start takes with many runs: the store opened and the first page of the log read.

    python -m tests.benchmarks.bench_start [RUNS]

The floor, in the same run, is the start over a store with one event. The ledger is real, the files
of the newest runs too; besides, how fast the index is built anew from it, and what the end of a
session costs that must make the first checkpoint of so long a log.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from luthier_desktop.domain.operators import OWNER
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.services.clock import SystemClock
from luthier_desktop.services.studio import Acting, Studio
from tests.benchmarks.figures import figure, most
from tests.benchmarks.full_store import fill_store
from tests.storage.make import layout_in, open_store, record

ROUNDS = 15
SIGNING_ROUNDS = 8


def milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def start(folder: Path) -> None:
    with Studio(layout_in(folder), SystemClock(), Acting(OWNER, "window")) as studio:
        studio.health()
        studio.runs.find(RunQuery())


def tell(name: str, times: list[float]) -> float:
    median = statistics.median(times)
    print(f"{name:44} median {median:8.1f} ms, at most {max(times):8.1f} ms")
    return median


def ends_of_sessions(folder: Path) -> list[float]:
    """Record one run a session, and take the time of each session's end."""
    times = []
    for seed in range(SIGNING_ROUNDS):
        store = open_store(folder, seed=100 + seed)
        record(store)
        times.append(milliseconds(lambda store=store: (store.catch_up(), store.close())))
    return times


def main(runs: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        empty, full = Path(name) / "empty", Path(name) / "full"
        fill_store(empty, 1)
        print(f"{runs} runs filled in {milliseconds(lambda: fill_store(full, runs)) / 1000:.1f} s")
        floor, many = [], []
        for _ in range(ROUNDS):
            floor.append(milliseconds(lambda: start(empty)))
            many.append(milliseconds(lambda: start(full)))
        over = tell("start, many runs", many) - tell("start, one event (floor)", floor)
        print(f"many over the floor: {over:.1f} ms (limit 300 ms)")
        figure(f"start over {runs:,} runs, beyond one event", over, "ms", most(300))
        with open_store(full, seed=9) as store:
            seconds = milliseconds(store.index.rebuild) / 1000
            print(f"index built anew: {runs / seconds:.0f} runs/s (limit 5000)")
        tell("end of a session, log never signed", ends_of_sessions(full))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
