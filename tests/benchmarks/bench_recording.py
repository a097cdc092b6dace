"""How long a save takes, from the finished report to the acknowledgement.

    python -m tests.benchmarks.bench_recording [RUNS_BEFORE ...]

The floor, in the same run, creates, writes and syncs two files of the same sizes and their
directories. The record's hashes are part of the save; the index follows later and is not.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from luthier_desktop.domain.run import RunArtifact
from luthier_desktop.services.recording import encoded
from luthier_desktop.storage.canonical import canonical_bytes, sha256_hex
from luthier_desktop.storage.run_row import RunRow
from luthier_desktop.storage.store import Store
from tests.benchmarks.figures import figure, most_ratio
from tests.storage.make import artifact, open_store, record, run_id

ROUNDS = 200
CHECKS = 130


def eight_ring_report() -> dict[str, object]:
    """Return a stored report of the size of an eight-ring design's."""
    checks = [
        {
            "id": f"G{number % 9}",
            "ring_index": number % 8,
            "status": "GREEN" if number % 7 else "YELLOW",
            "value": round(0.37 + number / 7, 9),
            "margin": round(1 / (number + 3), 9),
            "penalty": float(number % 3),
            "inputs": {"width_mm": 2.0, "depth_mm": 1.25, "top_thickness_mm": 2.8},
            **({} if number % 7 else {"message": "The ring is narrow for this pattern. " * 3}),
        }
        for number in range(CHECKS)
    ]
    head = {"overall_score": 81.5, "risk_bucket": "YELLOW", "warnings": [], "rings": []}
    return head | {"checks": checks}


def eight_ring_request() -> dict[str, object]:
    rings = [
        {"ring_index": index, "width_mm": 2.0, "pattern_type": "ROPE", "materials": ["holly"]}
        for index in range(8)
    ]
    return {"design": {"design_id": "dsg_1", "name": "Eight rings", "ring_params": rings}}


REPORT, REQUEST = eight_ring_report(), eight_ring_request()


def finished(identity: str) -> tuple[RunArtifact, RunRow, tuple[()], bytes]:
    """From the finished report to the finished record: its hashes, its members, its row."""
    report = encoded(REPORT)
    hashes = {
        "feasibility_sha256": report.sha256,
        "request_sha256": sha256_hex(canonical_bytes(REQUEST)),
    }
    run = artifact(identity, feasibility=REPORT, request=REQUEST, hashes=hashes)
    return run, RunRow.of(run, "cli"), (), report.data


def durable_pair(folder: Path, number: int, sizes: tuple[int, int]) -> None:
    """The floor: create + fsync(file) + fsync(directory), for two files."""
    for part, size_bytes in enumerate(sizes):
        directory = folder / str(part)
        descriptor = os.open(directory / f"{number}.json", os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        os.write(descriptor, b"x" * size_bytes)
        os.fsync(descriptor)
        os.close(descriptor)
        descriptor = os.open(directory, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


def milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def measure(store: Store, folder: Path, before: int) -> None:
    for part in ("0", "1"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    first = store.record(*finished(run_id()))
    run_bytes = store.layout.real(first.path).stat().st_size
    event_bytes = store.layout.event_path(first.seq).stat().st_size
    floor, records, saves = [], [], []
    for number in range(ROUNDS):
        floor.append(
            milliseconds(lambda at=number: durable_pair(folder, at, (run_bytes, event_bytes)))
        )
        done = finished(run_id())
        records.append(milliseconds(lambda done=done: store.record(*done)))
        identity = run_id()
        saves.append(milliseconds(lambda identity=identity: store.record(*finished(identity))))
    print(f"{before:>7} runs before; run {run_bytes} bytes, event {event_bytes} bytes")
    _tell("floor", floor, floor)
    _tell("record, from the finished artifact", records, floor)
    _tell("save, from the finished report", saves, floor)
    middle, beside = statistics.median(saves), statistics.median(floor)
    figure(f"save after {before:,} runs", middle, "ms", most_ratio(3), floor=beside)


def _tell(name: str, times: list[float], floor: list[float]) -> None:
    median, least = statistics.median(times), min(times)
    print(
        f"    {name:36} median {median:.2f} ms, ratio {median / statistics.median(floor):.2f};"
        f" minimum {least:.2f} ms, ratio {least / min(floor):.2f}"
    )


def main(counts: list[int]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = open_store(folder)
        recorded = 0
        for before in counts:
            while recorded < before:
                record(store)
                recorded += 1
            measure(store, folder / f"floor-{before}", before)
            recorded += 2 * ROUNDS + 1
        store.close()


if __name__ == "__main__":
    main([int(text) for text in sys.argv[1:]] or [10, 10_000])
