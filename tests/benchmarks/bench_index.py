"""How long the list takes over many runs under each filter and order, from the index alone.

    python -m tests.benchmarks.bench_index [RUNS] [FILE]

The floor reads the newest 50 rows of the same table by their number and makes entries of them,
with no filter at all. Each line gives the median of a page of 50 by the clock and by the processor
(the difference is other programs), the limit, how long the count takes, and the matches. With FILE
the index is kept there, and taken from there the next time.
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
from luthier_desktop.storage.ledger import Ledger
from luthier_desktop.storage.run_index import RunIndex
from luthier_desktop.storage.run_row import RunRow
from tests.benchmarks.figures import figure, most
from tests.storage.make import ALPHABET, layout_in
from tests.storage.volume import fill, mixed_rows, unfilled_index

ROUNDS = 15
LIMITS_MS = {
    100_000: {"one": 2, "any": 25, "text": 20, "short": 200, "numbers": 500},
    1_000_000: {"one": 5, "any": 150, "text": 20, "short": 200, "numbers": 500},
}


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """Return the medians by the clock and by the processor, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        clock, processor = time.perf_counter(), time.process_time()
        work()
        times.append((time.perf_counter() - clock, time.process_time() - processor))
    clocks, processors = zip(*times, strict=True)
    return statistics.median(clocks) * 1000, statistics.median(processors) * 1000


def identity(number: int) -> str:
    """Return an id that is as random as those of the program."""
    return "run_20260122_" + "".join(random.Random(number).choices(ALPHABET, k=16))


def rows_with_ids(runs: int) -> Iterator[RunRow]:
    for number, row in enumerate(mixed_rows(runs)):
        own = identity(number)
        search = row.search.replace(row.run_id, own)
        yield row.model_copy(update={"run_id": own, "search": search})


def day_of(number: int) -> str:
    return next(iter(mixed_rows(number + 1, start=number))).created_at_utc[:19]


def single_filters(runs: int) -> dict[str, RunQuery]:
    middle = day_of(runs // 2)
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
        "design, by its hash": RunQuery(design=(f"{17:064x}",)),
        "tag": RunQuery(tag=("Éprouvé",)),
        "hidden": RunQuery(hidden=True),
        "since": RunQuery(since=middle),
        "until": RunQuery(until=middle),
    }


def combinations(index: RunIndex, runs: int) -> dict[str, RunQuery]:
    span = {"since": day_of(runs // 3), "until": day_of(runs // 3 + runs // 50)}
    asked = {
        "risk and material": RunQuery(risk=("RED",), material=("holly",)),
        "two that never meet": RunQuery(operator=("early",), until=span["since"], risk=("RED",)),
        "nine filters": RunQuery(
            **{"mode": ("cam",), "tool": ("T1", "T2"), "risk": ("GREEN",), "status": ("OK",)},
            **{"source": ("cli", "window"), "event": ("feasibility.checked",)},
            **{"operator": ("op1", "op2"), "material": ("koa",), "tag": ("draft", "strasse")},
        ),
        "tag in a span": RunQuery(tag=("draft",), **span),
    }
    for sort in ("score", "risk", "status", "event", "operator"):
        for reverse in (False, True):
            way = f"by {sort}{', reversed' if reverse else ''}"
            order = {"sort": sort, "reverse": reverse}
            asked[way] = RunQuery(**order)
            asked[f"rare mode, {way}"] = RunQuery(mode=("rmos",), **order)
            asked[f"oldest operators, {way}"] = RunQuery(operator=("early",), **order)
            asked[f"no score, {way}"] = RunQuery(risk=("UNKNOWN",), **order)
            asked[f"nothing, {way}"] = RunQuery(risk=("RED",), status=("LOST",), **order)
            asked[f"span and tag, {way}"] = RunQuery(tag=("draft",), **order, **span)
            asked[f"deep in {way}"] = deep(index, RunQuery(risk=("RED", "GREEN"), **order))
    return asked


def deep(index: RunIndex, query: RunQuery) -> RunQuery:
    """Return the query of a page behind a hundred pages of 1,000."""
    for _ in range(100):
        page = index.find(query.model_copy(update={"limit": 1000}))
        if page.next_cursor is None:
            break
        query = query.model_copy(update={"cursor": page.next_cursor})
    return query


def texts(runs: int) -> dict[str, RunQuery]:
    own = identity(runs // 3)
    return {
        "text, common": RunQuery(text="rosette"),
        "text, in two of three": RunQuery(text="narrow"),
        "text, rare": RunQuery(text="zebrano"),
        "text, absent": RunQuery(text="narrowring"),
        "text, an id": RunQuery(text=own),
        "text, end of an id": RunQuery(text=own[-6:]),
        "text, begin of an id": RunQuery(text=own[:16]),
        "text, two words": RunQuery(text="rosette narrow"),
        "text, two that never meet": RunQuery(text="rope strasse"),
        "text and risk": RunQuery(text="rosette", risk=("RED",)),
    }


def sorted_texts() -> dict[str, RunQuery]:
    return {
        "text, by score": RunQuery(text="rosette", sort="score"),
        "text in two of three, by score": RunQuery(text="narrow", sort="score"),
        "text, oldest operators, by event": RunQuery(
            text="narrow", operator=("early",), sort="event"
        ),
        "rare text, by risk": RunQuery(text="zebrano", sort="risk"),
    }


def short_texts() -> dict[str, RunQuery]:
    return {
        "two letters": RunQuery(text="os"),
        "two letters, absent": RunQuery(text="ü9"),
        "one letter": RunQuery(text="o"),
        "two letters, by score": RunQuery(text="os", sort="score"),
        "two letters and risk": RunQuery(text="os", risk=("RED",)),
    }


def all_numbers() -> dict[str, RunQuery]:
    return {
        "numbers of all": RunQuery(),
        "numbers of one risk": RunQuery(risk=("RED",)),
        "numbers of all, by score": RunQuery(sort="score"),
        "numbers of all, by operator": RunQuery(sort="operator"),
        "numbers of a text": RunQuery(text="rosette"),
        "numbers of two letters": RunQuery(text="os"),
    }


def report(index: RunIndex, runs: int) -> None:
    limits = LIMITS_MS.get(runs, LIMITS_MS[1_000_000])
    floor, _ = measured(lambda: newest(index))
    print(f"floor: the newest 50 rows in {floor:.2f} ms")
    groups = {
        "one": single_filters(runs),
        "any": combinations(index, runs) | sorted_texts(),
        "text": texts(runs),
        "short": short_texts(),
    }
    for group, asked in groups.items():
        for name, query in asked.items():
            clock, processor = measured(lambda query=query: index.find(query))
            started = time.perf_counter()
            matches = index.count(query)
            counted = (time.perf_counter() - started) * 1000
            print(
                f"{name:40} {clock:8.2f} ms ({processor:7.2f})  x{clock / floor:6.1f}  "
                f"limit {limits[group]:>4}{_late(clock, limits[group])}  "
                f"count {counted:6.1f} ms {matches:>8}"
            )
            asked_for = f"50 of {runs:,} runs: {name}"
            figure(asked_for, clock, "ms", most(limits[group]), floor=floor)
    for name, query in all_numbers().items():
        clock, processor = measured(lambda query=query: index.numbers(query))
        print(
            f"{name:40} {clock:8.2f} ms ({processor:7.2f})  x{clock / floor:6.1f}  "
            f"limit {limits['numbers']:>4}{_late(clock, limits['numbers'])}"
        )


def newest(index: RunIndex) -> object:
    rows = index._open().execute("SELECT seq FROM runs ORDER BY seq DESC LIMIT 50")
    return index.entries_at([row[0] for row in rows])


def _late(milliseconds: float, limit: float) -> str:
    return "  LATE" if milliseconds > limit else "      "


def main(runs: int, kept: Path | None = None) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = kept or layout_in(Path(name)).index_path("bench")
        if path.exists():
            index = RunIndex(path, Ledger(layout_in(Path(name))))
        else:
            index, connection = unfilled_index(path)
            started = time.perf_counter()
            fill(connection, rows_with_ids(runs))
            print(f"{runs} runs filled in {time.perf_counter() - started:.1f} s")
        report(index, runs)
        print(f"index {path.stat().st_size / 2**20:.0f} MiB")
        index.close()


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 100_000,
        Path(sys.argv[2]) if len(sys.argv) > 2 else None,
    )
