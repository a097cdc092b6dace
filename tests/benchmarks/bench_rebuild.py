"""How fast the index is made anew from the ledger.

    python -m tests.benchmarks.bench_rebuild [RUNS]

The floor, in the same run, reads the bytes of the same events and does nothing with them. Both are
told by the clock and by the processor: the difference is other programs and the disk.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from luthier_desktop.storage.atomic import read_file
from luthier_desktop.storage.index_build import build
from luthier_desktop.storage.ledger import Ledger
from tests.benchmarks.figures import figure, least
from tests.benchmarks.full_store import fill_store
from tests.storage.make import layout_in

LEAST_A_SECOND = 5_000


def measured(name: str, events: int, work: Callable[[], object]) -> float:
    clock, processor = time.perf_counter(), time.process_time()
    work()
    by_clock = events / (time.perf_counter() - clock)
    by_processor = events / (time.process_time() - processor)
    print(f"{name}: {by_clock:,.0f} events a second ({by_processor:,.0f} by the processor)")
    return by_clock


def main(runs: int) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        fill_store(folder, runs)
        layout = layout_in(folder)
        ledger = Ledger(layout)
        last = ledger.last_seq()
        paths = [layout.event_path(seq) for seq in range(1, last + 1)]
        reading = measured(
            "floor, reading", last, lambda: [len(read_file(path)) for path in paths]
        )
        fresh = folder / "fresh" / "index.sqlite"
        rate = measured("rebuild", last, lambda: build(fresh, ledger))
        target = least(LEAST_A_SECOND)
        figure("index made anew", rate, "runs/s", target, floor=reading)
        print(f"limit: {LEAST_A_SECOND:,} runs a second")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
