"""How fast the log is verified, beside reading and hashing the same files in a plain loop.

    python -m tests.benchmarks.bench_verify [RUNS] [--store FOLDER] [--small]

The runs are real ones of the starter designs. With ``--store`` they are kept and used again: to
record 10,000 takes minutes. Floor and verification take turns, so that both meet the same load.
With ``--small`` the runs are tiny and their files written without the save, so that the memory
that 100,000 events or more need can be seen.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from luthier_desktop.services.studio import Studio, open_studio
from luthier_desktop.storage.canonical import sha256_hex, storable_bytes
from luthier_desktop.storage.layout import EVENTS_A_DIRECTORY, run_path
from luthier_desktop.storage.ledger import FIRST_PREV, NewEvent, Stamp, StoredFile
from luthier_desktop.storage.verify import verify
from tests.benchmarks.figures import figure, most_ratio

ROUNDS = 5


def fill(studio: Studio, runs: int) -> None:
    """Record checks of the starter designs until there are *runs* events."""
    designs = [preset.design for preset in studio.presets.starters()]
    for number in range(studio.store().ledger.last_seq(), runs):
        design = designs[number % len(designs)]
        studio.feasibility.check(design.model_copy(update={"name": f"Rose {number}"}))


def fill_small(studio: Studio, runs: int) -> None:
    """Write events with tiny runs directly; a full verification finds nothing missing in them."""
    layout, prev = studio.store().layout, FIRST_PREV
    stamp = Stamp("2026-01-22T10:11:12.123456Z", "owner", "none", "0" * 16)
    for seq in range(1, runs + 1):
        run_id = f"run_20260122_{seq:016d}"
        data = storable_bytes({"run_id": run_id})
        file = StoredFile.of(run_path(run_id), data)
        new = NewEvent("feasibility.checked", run_id, (file,), {"run_id": run_id})
        event = storable_bytes(new.numbered(stamp, seq, prev))
        for path, content in ((layout.real(file.path), data), (layout.event_path(seq), event)):
            if seq % EVENTS_A_DIRECTORY < 2:
                path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        prev = sha256_hex(event)


def files_of(studio: Studio) -> list[str]:
    """List every file that a full verification reads, in its order."""
    layout, found = studio.store().layout, {}
    for event in studio.store().ledger.events():
        if event is not None and event.members is not None:
            found[str(layout.event_path(event.seq))] = None
            for file in event.members["files"]:
                found[str(layout.real(file["path"]))] = None
    return list(found)


def floor(files: list[str]) -> int:
    """Read and hash each file, and nothing else."""
    total = 0
    for name in files:
        descriptor = os.open(name, os.O_RDONLY)
        data = os.read(descriptor, 2**24)
        os.close(descriptor)
        hashlib.sha256(data).hexdigest()
        total += len(data)
    return total


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def measure(studio: Studio) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    _sound(studio)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"memory  {after} MiB at its highest, {peak} MiB before")
    files = files_of(studio)
    read_bytes = floor(files)
    print(f"{len(files):,} files, {read_bytes / 2**20:,.0f} MiB")
    floors, times = [], []
    for _ in range(ROUNDS):
        floors.append(seconds(lambda: floor(files)))
        times.append(seconds(lambda: _sound(studio)))
    lowest, least = min(floors), min(times)
    print(f"floor   minimum {lowest:.3f} s, median {statistics.median(floors):.3f} s")
    print(f"verify  minimum {least:.3f} s, median {statistics.median(times):.3f} s")
    print(f"speed   {lowest / least:.0%} of the floor (goal: 60 %)")
    figure(f"full verify, {len(files):,} files", least, "s", most_ratio(1 / 0.6), floor=lowest)


def _sound(studio: Studio) -> None:
    report = verify(studio.store(), "full")
    assert report.failed is None
    assert all(found.code == "index_stale" for found in report.findings), report.findings[:3]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("runs", nargs="?", type=int, default=10_000)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--small", action="store_true")
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as name,
        open_studio(asked.store or Path(name)) as studio,
    ):
        if asked.small:
            fill_small(studio, asked.runs)
        else:
            fill(studio, asked.runs)
            studio.store().catch_up()
        measure(studio)


if __name__ == "__main__":
    main()
