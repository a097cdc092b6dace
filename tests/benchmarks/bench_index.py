"""How long the newest 50 of many runs take under each filter, from the index alone.

    python -m tests.benchmarks.bench_index [RUNS]

The floor reads the newest 50 rows of the same table by their number, with no filter at all.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from luthier_desktop.domain.run import RunQuery
from luthier_desktop.storage.run_index import RunIndex
from luthier_desktop.storage.run_row import RunRow
from tests.storage.make import ALPHABET, layout_in
from tests.storage.volume import fill, mixed_rows, unfilled_index

ROUNDS = 30


def milliseconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def identity(number: int) -> str:
    """Return an id that is as random as those of the program."""
    return "run_20260122_" + "".join(random.Random(number).choices(ALPHABET, k=16))


def rows_with_ids(runs: int) -> Iterator[RunRow]:
    for number, row in enumerate(mixed_rows(runs)):
        own = identity(number)
        search = row.search.replace(row.run_id, own)
        yield row.model_copy(update={"run_id": own, "search": search})


def queries(runs: int) -> dict[str, RunQuery]:
    middle = next(iter(mixed_rows(runs // 2 + 1, start=runs // 2))).created_at_utc
    return {
        "no filter": RunQuery(),
        "mode": RunQuery(mode=("art_studio",)),
        "mode, rare": RunQuery(mode=("rmos",)),
        "tool": RunQuery(tool=("T3",)),
        "risk": RunQuery(risk=("RED",)),
        "risk, two values": RunQuery(risk=("RED", "YELLOW")),
        "status": RunQuery(status=("BLOCKED",)),
        "status, rare": RunQuery(status=("ERROR",)),
        "status, absent": RunQuery(status=("LOST",)),
        "source": RunQuery(source=("cli",)),
        "event": RunQuery(event=("snapshot.saved",)),
        "operator": RunQuery(operator=("Op5",)),
        "operator, two, oldest only": RunQuery(operator=("early", "earliest")),
        "material": RunQuery(material=("holly",)),
        "design": RunQuery(design=("dsg_17",)),
        "tag": RunQuery(tag=("Éprouvé",)),
        "text, common": RunQuery(text="rosette"),
        "text, rare": RunQuery(text="zebrano"),
        "text, an id": RunQuery(text=identity(runs // 3)),
        "text, end of an id": RunQuery(text=identity(runs // 3)[-6:]),
        "text, begin of an id": RunQuery(text=identity(runs // 3)[:16]),
        "text, two letters": RunQuery(text="os"),
        "since": RunQuery(since=middle),
        "until": RunQuery(until=middle),
        "sort by score": RunQuery(sort="score"),
        "sort by operator": RunQuery(sort="operator"),
        "risk, sorted by score": RunQuery(risk=("RED",), sort="score"),
        "risk and material": RunQuery(risk=("RED",), material=("holly",)),
    }


def main(runs: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = layout_in(Path(name)).index_path("bench")
        index, connection = unfilled_index(path)
        started = time.perf_counter()
        fill(connection, rows_with_ids(runs))
        print(f"{runs} runs filled in {time.perf_counter() - started:.1f} s")
        report(index, runs)
        print(f"index {path.stat().st_size / 2**20:.0f} MiB")
        index.close()


def report(index: RunIndex, runs: int) -> None:
    floor_ms = milliseconds(lambda: index.find(RunQuery()))
    for name, query in queries(runs).items():
        page_ms = milliseconds(lambda query=query: index.find(query))
        started = time.perf_counter()
        matches = index.count(query)
        count_ms = (time.perf_counter() - started) * 1000
        print(
            f"{name:28} {page_ms:8.2f} ms  x{page_ms / floor_ms:6.1f}   "
            f"{matches:>8} matches counted in {count_ms:.1f} ms"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
