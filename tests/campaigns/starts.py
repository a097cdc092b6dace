"""Starts beside living writers: ``python -m tests.campaigns.starts [STARTS]``.

Between the file of a run and its event every healthy run looks like one that a crash has left
out. Three writers record as fast as they can; beside them a window is started again and again,
with all that its start does: the store is opened, leftovers and orphans are looked for, the index
follows. No living run may be taken in, none may be told twice, and the log must verify in full.

The negative control takes orphans in whatever their age, as a naive start would, and must take
living runs in.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.services.clock import SystemClock
from luthier_desktop.storage import survey
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.verify import verify
from tests.storage.make import open_store, record, run_id

WRITERS = 3
CONTROL_STARTS = 60
STOP = "stop"


@dataclass
class Found:
    """What the starts have done and what stands in the log afterwards."""

    starts: int = 0
    adopted: int = 0
    refused: int = 0
    runs: int = 0
    double: int = 0
    lost: int = 0
    damaged: int = 0

    def clean(self) -> bool:
        return not (self.adopted or self.refused or self.double or self.lost or self.damaged)


def write(folder: Path, seed: int) -> None:
    """Record runs until the file STOP is there; print how many."""
    count = 0
    with open_store(folder, seed=seed, clock=SystemClock().now) as store:
        print("ready", flush=True)
        while not (folder / STOP).exists():
            record(store, run_id(seed * 1_000_000 + count))
            count += 1
    print(count, flush=True)


@contextmanager
def writers(folder: Path, counts: list[int]) -> Iterator[None]:
    """Let the writers work, and add what each has recorded to *counts*."""
    program = [sys.executable, "-m", "tests.campaigns.starts", "writer", str(folder)]
    working = [
        subprocess.Popen([*program, str(seed)], stdout=subprocess.PIPE, text=True)
        for seed in range(1, WRITERS + 1)
    ]
    try:
        for writer in working:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
        yield
    finally:
        (folder / STOP).touch()
        counts.extend(int(writer.communicate()[0]) for writer in working)


def run(folder: Path, starts: int) -> Found:
    """Start *starts* times beside the writers, then read all that was recorded."""
    found = Found()
    counts: list[int] = []
    with writers(folder, counts):
        for number in range(starts):
            with open_store(folder, seed=1000 + number, clock=SystemClock().now) as store:
                try:
                    found.adopted += len(store.adopt_orphans().runs)
                except LuthierError as error:
                    found.refused += 1
                    print(f"start {number}: {error}")
                store.catch_up()
            found.starts += 1
    with open_store(folder, seed=999, clock=SystemClock().now) as store:
        judge(store, sum(counts), found)
    return found


def judge(store: Store, recorded: int, found: Found) -> None:
    told = Counter(
        event.members["run_id"]
        for event in store.ledger.events()
        if event is not None and event.members is not None and event.members["run_id"]
    )
    found.runs = len(told)
    found.double = sum(times > 1 for times in told.values())
    found.lost = recorded - len(told)
    store.catch_up()
    report = verify(store, "full")
    found.damaged = sum(one.severity != "info" for one in report.findings)
    found.damaged += report.failed is not None


def main(starts: int) -> int:
    results = {}
    for how, most, age_s in (
        ("real", starts, survey.UNFINISHED_S),
        ("naive", min(starts, CONTROL_STARTS), -1.0),
    ):
        survey.UNFINISHED_S = age_s
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="luthier-starts-") as folder:
            results[how] = found = run(Path(folder), most)
        print(
            f"{how}: {found.starts} starts beside {WRITERS} writers with {found.runs} runs: "
            f"{found.adopted} adopted, {found.double} double, {found.lost} lost, "
            f"{found.damaged} findings, {found.refused} starts failed, "
            f"{time.monotonic() - began:.0f} s",
            flush=True,
        )
    if not results["naive"].adopted:
        print("The control took in nothing: this campaign proves nothing.")
        return 2
    return 0 if results["real"].clean() else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["writer"]:
        write(Path(sys.argv[2]), int(sys.argv[3]))
        sys.exit(0)
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
