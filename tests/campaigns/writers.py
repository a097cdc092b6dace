"""Programs that record without end, and the log in which their acknowledgements must be found.

One such program is ``python -m tests.campaigns.writers DISK CONFIG SEED HOW``: it tells each
acknowledged run in a line of its output and works on until it is killed. HOW is "real", "hasty"
(a plain write under the very name) or "unsynced" (a temporary file and a rename, no fsync).
"""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.services.clock import SystemClock
from luthier_desktop.storage import ledger, run_store
from luthier_desktop.storage.layout import StoreLayout
from luthier_desktop.storage.os_calls import OS, OsCalls
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.verify import verify
from tests.storage.make import open_layout, record, run_id

LIFE_S = (0.25, 1.05)
"""How long writers work on from the first acknowledgement."""
RUNS_A_LOOK = 8
"""After how many runs a writer lets the index follow."""
LONG_S = 7200.0


def layout_on(disk: Path, config: Path) -> StoreLayout:
    """Lay out a store on *disk*; the key and the mark of the user lie in *config*."""
    return StoreLayout.of(disk / "data", disk / "cache", config, {})


def hasty_put(path: Path, data: bytes, _calls: OsCalls = OS, **_order: object) -> str:
    """Write in two halves under the very name, as a program does that thinks of no kill."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data[: len(data) // 2])
        file.flush()
        file.write(data[len(data) // 2 :])
    return "created"


def unsynced_put(path: Path, data: bytes, _calls: OsCalls = OS, **_order: object) -> str:
    """Publish whole files and never wait for the disk, as most programs do."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_bytes(data)
    temporary.replace(path)
    return "created"


CARELESS = {"hasty": hasty_put, "unsynced": unsynced_put}


def write_for_ever(layout: StoreLayout, seed: int, how: str) -> None:
    """Record runs, sign and index them as the commands do, and tell each acknowledgement."""
    if how != "real":
        ledger.put_once = run_store.put_once = CARELESS[how]
    store = open_layout(layout, SystemClock().now, seed=seed)
    for number in itertools.count():
        recorded = record(store, run_id(seed * 100_000 + number))
        os.write(1, f"{recorded.seq} {recorded.path} {recorded.sha256}\n".encode())
        if how == "real":
            store.sign_if_due()
            if number % RUNS_A_LOOK == 0:
                store.catch_up()


class Writer:
    """A living writer, and what it has said so far."""

    def __init__(self, layout: StoreLayout, seed: int, how: str) -> None:
        program = [sys.executable, "-m", "tests.campaigns.writers"]
        program += [str(layout.data.parent), str(layout.config), str(seed), how]
        self.process = subprocess.Popen(
            program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.said: list[str] = []
        self.complaint = ""
        self._ears = [
            threading.Thread(target=ear, daemon=True) for ear in (self._hear, self._read)
        ]
        for ear in self._ears:
            ear.start()

    def spoke(self) -> bool:
        """Whether it has acknowledged a run, or ended by itself."""
        return bool(self.said) or self.process.poll() is not None

    def kill(self) -> None:
        """End it at whatever it does, and hear what it said until then."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        for ear in self._ears:
            ear.join()

    def _hear(self) -> None:
        assert self.process.stdout
        self.said += (line for line in self.process.stdout if line.endswith("\n"))

    def _read(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self.complaint = line.strip() or self.complaint


@contextmanager
def writers_at(work: list[Writer]) -> Iterator[list[Writer]]:
    """Hand out a list of living writers; whatever happens, none is left alive."""
    try:
        yield work
    finally:
        for writer in work:
            writer.kill()


@dataclass
class Found:
    """What a campaign has shown."""

    acknowledged: int = 0
    lost: int = 0
    damaged: int = 0
    double: int = 0
    adopted: int = 0
    leftovers: int = 0
    checkpoints: int = 0
    ended: int = 0
    """Writers that gave up although nothing was done to them."""

    def clean(self) -> bool:
        return not (self.lost or self.damaged or self.double or self.ended)

    def __add__(self, other: Found) -> Found:
        sums = (getattr(self, one.name) + getattr(other, one.name) for one in fields(Found))
        return Found(*sums)

    def __str__(self) -> str:
        return (
            f"{self.acknowledged:,} acknowledged, {self.lost} lost, {self.damaged} damaged, "
            f"{self.double} double, {self.ended} writers gave up; {self.adopted} orphans taken "
            f"in, {self.leftovers} leftovers of saves, {self.checkpoints} checkpoints"
        )


class Log:
    """One log that is maltreated, and what was acknowledged in it."""

    def __init__(self, layout: StoreLayout, seed: int, how: str) -> None:
        self.layout = layout
        self.found = Found()
        self._how = how
        self._told: dict[int, str] = {}
        self._seeds = itertools.count(seed * 10_000)
        self._open().close()

    def writer(self) -> Writer:
        """Start one more writer."""
        return Writer(self.layout, next(self._seeds), self._how)

    def hear(self, writer: Writer) -> None:
        """Take down what a writer has acknowledged."""
        for line in writer.said:
            seq, file = line.rstrip("\n").split(" ", 1)
            self.found.double += int(seq) in self._told
            self._told[int(seq)] = file
        self.found.acknowledged = len(self._told)

    def judge(self) -> None:
        """Take in orphans, verify in full and look for each acknowledged run."""
        with self._open() as store:
            try:
                self.found.adopted += len(store.adopt_orphans().runs)
            except LuthierError as error:
                self._tell(f"orphans could not be taken in: {error}")
            store.catch_up()
            self._verify(store)
            self._compare(store)

    def _verify(self, store: Store) -> None:
        report = verify(store, "full")
        codes = [finding.code for finding in report.findings]
        bad = [found for found in report.findings if found.severity == "damage"]
        self.found.damaged = len(bad) + (report.failed is not None)
        self.found.damaged += store.state.kind != "ok"
        self.found.double += codes.count("event_double")
        self.found.leftovers = codes.count("tmp_left")
        self.found.checkpoints = len(store.checkpoints.files.sizes())
        self._tell(
            *(found.message for found in bad[:3]), *([report.failed] if report.failed else [])
        )

    def _tell(self, *messages: str) -> None:
        if self._how == "real":
            print(*messages, sep="\n", end="\n" if messages else "", flush=True)

    def _compare(self, store: Store) -> None:
        kept = {}
        for event in store.ledger.events():
            if event is not None and event.members is not None and event.members["files"]:
                file = event.members["files"][0]
                kept[event.seq] = f"{file['path']} {file['sha256']}"
        self.found.lost = sum(kept.get(seq) != file for seq, file in self._told.items())

    def _open(self) -> Store:
        clock = SystemClock().now if not self._told else later
        return open_layout(self.layout, clock, seed=next(self._seeds))


def later() -> str:
    """Return a time at which what an interrupted writer left is old enough to be taken in."""
    return time.strftime("%Y-%m-%dT%H:%M:%S.000000Z", time.gmtime(time.time() + LONG_S))


if __name__ == "__main__":
    place = layout_on(Path(sys.argv[1]), Path(sys.argv[2]))
    write_for_ever(place, int(sys.argv[3]), sys.argv[4])
