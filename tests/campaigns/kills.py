"""T1: programs that record are killed at random: ``python -m tests.campaigns.kills [KILLS]``.

Four writers record as fast as they can and tell each acknowledgement in a file. One after the
other is killed with SIGKILL and replaced. After every ten kills orphans are taken in and the log
is verified in full. What counts: acknowledged runs that are lost, damage, numbers or runs told
twice.
The negative control does the same with writers that publish carelessly (a plain write under the
very name), and must find something.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.storage import ledger, run_store
from luthier_desktop.storage.os_calls import OS, OsCalls
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.verify import verify
from tests.storage.make import open_store, record, run_id

WRITERS = 4
KILLS_A_ROUND = 10
LIFE_S = (0.25, 1.05)
"""How long a writer lives from its first acknowledgement on."""
LONG_S = 3600.0


def careless_put(path: Path, data: bytes, _calls: OsCalls = OS) -> str:
    """Write in two halves under the very name, as a program does that thinks of no kill."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data[: len(data) // 2])
        file.flush()
        file.write(data[len(data) // 2 :])
    return "created"


def write_for_ever(folder: Path, seed: int, how: str) -> None:
    """Record runs, and tell number, path and hash of each once it is acknowledged."""
    if how == "careless":
        ledger.put_once = run_store.put_once = careless_put
    store = open_store(folder, seed=seed)
    number = 0
    while True:
        recorded = record(store, run_id(seed * 100_000 + number))
        os.write(1, f"{recorded.seq} {recorded.path} {recorded.sha256}\n".encode())
        number += 1


@dataclass
class Writer:
    """A living writer and the file into which it tells what was acknowledged."""

    process: subprocess.Popen[bytes]
    said: Path


@dataclass
class Found:
    """What all rounds together have shown."""

    kills: int = 0
    acknowledged: dict[int, str] = field(default_factory=dict)
    lost: int = 0
    damaged: int = 0
    double: int = 0
    adopted: int = 0
    leftovers: int = 0

    def clean(self) -> bool:
        return not (self.lost or self.damaged or self.double)


class Campaign:
    """Starts, kills and judges."""

    def __init__(self, folder: Path, how: str, seed: int) -> None:
        self.folder = folder
        self.how = how
        self.found = Found()
        self._random = random.Random(seed)
        self._seed = 0

    def run(self, kills: int) -> Found:
        open_store(self.folder).close()
        while self.found.kills < kills:
            self._round()
            self._judge()
        return self.found

    def _start(self) -> Writer:
        self._seed += 1
        said = self.folder / f"said-{self._seed}"
        program = [sys.executable, "-m", "tests.campaigns.kills", "writer"]
        program += [str(self.folder), str(self._seed), self.how]
        with said.open("wb") as output:
            process = subprocess.Popen(program, stdout=output, stderr=subprocess.DEVNULL)
        return Writer(process, said)

    def _round(self) -> None:
        writers = [self._start() for _ in range(WRITERS)]
        for _ in range(KILLS_A_ROUND - WRITERS):
            place = self._random.randrange(WRITERS)
            self._kill(writers[place])
            writers[place] = self._start()
        for writer in writers:
            self._kill(writer)

    def _kill(self, writer: Writer) -> None:
        while writer.said.stat().st_size == 0 and writer.process.poll() is None:
            time.sleep(0.01)
        time.sleep(self._random.uniform(*LIFE_S))
        writer.process.send_signal(signal.SIGKILL)
        writer.process.wait()
        self.found.kills += 1
        for line in writer.said.read_text().splitlines(keepends=True):
            if line.endswith("\n"):
                seq, path, sha256 = line.split()
                self.found.double += int(seq) in self.found.acknowledged
                self.found.acknowledged[int(seq)] = f"{path} {sha256}"
        writer.said.unlink()

    def _judge(self) -> None:
        self._seed += 1
        later = time.time() + LONG_S  # so that what a killed writer left is old enough
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S.000000Z", time.gmtime(later))
        with open_store(self.folder, seed=self._seed, clock=lambda: stamp) as store:
            try:
                self.found.adopted += len(store.adopt_orphans().runs)
            except LuthierError as error:
                print(f"orphans could not be taken in: {error}")
            self._compare(store)

    def _compare(self, store: Store) -> None:
        store.catch_up()
        report = verify(store, "full")
        codes = [finding.code for finding in report.findings]
        self.found.damaged = sum(found.severity == "damage" for found in report.findings)
        self.found.damaged += report.failed is not None
        self.found.double += codes.count("event_double")
        self.found.leftovers = codes.count("tmp_left")
        told = {}
        for event in store.ledger.events():
            if event is not None and event.members is not None and event.members["files"]:
                file = event.members["files"][0]
                told[event.seq] = f"{file['path']} {file['sha256']}"
        wanted = self.found.acknowledged.items()
        self.found.lost = sum(told.get(seq) != file for seq, file in wanted)
        print(f"{self.found.kills} kills, {len(self.found.acknowledged)} acknowledged: "
              f"{self.found.lost} lost, {self.found.damaged} damaged, {self.found.double} double, "
              f"{self.found.adopted} orphans taken in", flush=True)


def main(kills: int) -> int:
    found = {}
    for how, most in (("real", kills), ("careless", KILLS_A_ROUND)):
        print(f"{how} writers:")
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="luthier-kills-") as folder:
            found[how] = Campaign(Path(folder), how, seed=1).run(most)
        print(f"{time.monotonic() - began:.0f} s, {found[how].leftovers} leftovers of saves")
    if found["careless"].clean():
        print("The control found nothing: this campaign proves nothing.")
        return 2
    return 0 if found["real"].clean() else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["writer"]:
        write_for_ever(Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
