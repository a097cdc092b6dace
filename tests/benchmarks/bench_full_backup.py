"""How fast a full backup is made, verified and restored, beside a plain copy with hashing.

    python -m tests.benchmarks.bench_full_backup [RUNS] [--store FOLDER] [--to FOLDER]

The plain copy reads each file, hashes it and writes it to a new folder, as one would by hand, with
one ``sync`` of everything, and hashes what was written, to compare it. Both take turns, so that
both meet the same load. The runs are real ones of the starter designs; with ``--store`` they are
kept.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from luthier_desktop.services.studio import Studio, open_studio
from tests.benchmarks.bench_verify import fill
from tests.benchmarks.figures import figure, most_ratio

ROUNDS = 3
GOAL = 0.6


def plain_copy(data: Path, folder: Path) -> int:
    """Copy and hash each file, then let all reach the disk; return the bytes."""
    total = 0
    for at, _, names in os.walk(data):
        place = folder / Path(at).relative_to(data)
        place.mkdir(parents=True, exist_ok=True)
        for name in names:
            content = Path(at, name).read_bytes()
            hashlib.sha256(content).hexdigest()
            (place / name).write_bytes(content)
            total += len(content)
    os.sync()
    for at, _, names in os.walk(folder):
        for name in names:
            hashlib.sha256(Path(at, name).read_bytes()).hexdigest()
    return total


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def told(name: str, times: list[float], plain: list[float], size_bytes: int) -> None:
    best, beside = min(times), min(plain)
    rate = size_bytes / 2**20 / best
    middle = statistics.median(times)
    print(f"{name:<8} minimum {best:.2f} s, median {middle:.2f} s, {rate:.0f} MiB/s, "
          f"{beside / best:.0%} of a plain copy (goal: {GOAL:.0%})")  # fmt: skip
    figure(f"full backup, {name}", best, "s", most_ratio(1 / GOAL), floor=beside)


def measure(studio: Studio, folder: Path) -> None:
    plain, made, verified, restored = [], [], [], []
    size_bytes = 0
    for number in range(ROUNDS):
        copy, new, stick = (folder / f"{name}{number}" for name in ("copy", "new", "stick"))
        stick.mkdir()
        started = time.perf_counter()
        size_bytes = plain_copy(studio.data_dir, copy)
        plain.append(time.perf_counter() - started)
        started = time.perf_counter()
        done = studio.full_backups.create(stick)
        made.append(time.perf_counter() - started)
        verified.append(seconds(lambda at=done.path: studio.full_backups.verify(at)))
        restored.append(
            seconds(lambda at=done.path, into=new: studio.full_backups.restore(at, into))
        )
        print(f"{done.files:,} files, {size_bytes / 2**20:,.0f} MiB", flush=True)
        for each in (copy, new, stick):
            shutil.rmtree(each)
    print(f"plain    minimum {min(plain):.2f} s, median {statistics.median(plain):.2f} s")
    told("create", made, plain, size_bytes)
    told("verify", verified, plain, size_bytes)
    told("restore", restored, plain, size_bytes)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("runs", nargs="?", type=int, default=2_000)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--to", type=Path)
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as name,
        tempfile.TemporaryDirectory(dir=asked.to) as folder,
        open_studio(asked.store or Path(name)) as studio,
    ):
        fill(studio, asked.runs)
        studio.store().catch_up()
        measure(studio, Path(folder))


if __name__ == "__main__":
    main()
