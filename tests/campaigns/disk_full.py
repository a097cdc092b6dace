"""T6: the disk runs full while runs are recorded: ``python -m tests.campaigns.disk_full``.

As root. A small file system in memory, in 33 sizes from 200 kB to 1.4 MB, holds the store, its
index and its keys. Runs are recorded until the disk refuses three times; then 96 kB are freed, and
the refused run must be saved; when the disk grows, the index must follow, too. Every refusal must
be a sentence that says that it was not saved and where the disk is full. Afterwards nothing
acknowledged may be lost or damaged. A refusal at fsync, as of a disk that assigns space late, is
among the faults of `tests.campaigns.syscalls`.
The negative control writes under the very name, and must be found out.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from luthier_desktop.domain.errors import LuthierError, StorageFailed
from luthier_desktop.services.clock import SystemClock
from luthier_desktop.storage import ledger, run_store
from luthier_desktop.storage.canonical import sha256_hex
from luthier_desktop.storage.layout import StoreLayout
from luthier_desktop.storage.store import Recorded, Store
from luthier_desktop.storage.verify import verify
from tests.campaigns.mounts import grow, mounted, require_root
from tests.campaigns.writers import layout_on
from tests.storage.careless import careless_put
from tests.storage.make import open_layout, record, run_id

SIZES_KB = [200 + 37.5 * step for step in range(33)]
BALLAST_BYTES = 96 * 1024
GROWN_BYTES = 6 * 2**20
REFUSALS = 3
MOST_RUNS = 2000


@dataclass
class Found:
    """What all sizes together have shown."""

    acknowledged: int = 0
    refusals: int = 0
    never_begun: int = 0
    stale: int = 0
    problems: list[str] = field(default_factory=list)


class Size:
    """One disk of one size."""

    def __init__(self, disk: Path, found: Found, seed: int) -> None:
        self._disk = disk
        self._found = found
        self._seed = seed
        self._number = 0
        self._acknowledged: list[Recorded] = []
        self._layout: StoreLayout = layout_on(disk, disk / "config")

    def run(self) -> None:
        """Fill the disk, free some of it, and go on."""
        ballast = self._disk / "ballast"
        ballast.write_bytes(bytes(BALLAST_BYTES))
        try:
            self._fill()
        except LuthierError as error:  # not even the store had room
            self._found.never_begun += 1
            self._check_sentence(error)
        ballast.unlink()
        self._go_on()

    def _open(self) -> Store:
        self._seed += 1
        return open_layout(self._layout, SystemClock().now, seed=self._seed)

    def _fill(self) -> None:
        refused = 0
        with self._open() as store:
            while refused < REFUSALS and self._number < MOST_RUNS:
                try:
                    self._save(store)
                except StorageFailed as error:
                    refused += 1
                    self._check_sentence(error)
                store.catch_up()
                self._found.stale += bool(store.index.stale)
        if refused < REFUSALS:
            self._found.problems.append("the disk never was full")

    def _save(self, store: Store) -> None:
        recorded = record(store, run_id(self._number))
        self._number += 1
        self._acknowledged.append(recorded)
        self._found.acknowledged += 1

    def _go_on(self) -> None:
        with self._open() as store:
            try:
                self._save(store)
            except LuthierError as error:
                self._found.problems.append(f"with space again: {error}")
            grow(self._disk, GROWN_BYTES)
            store.catch_up()
            report = verify(store, "deep")
            bad = [one.message for one in report.findings if one.severity != "info"]
            self._found.problems += bad + [
                said for said in (report.failed, store.index.stale) if said
            ]
            for one in self._acknowledged:
                if sha256_hex(store.layout.real(one.path).read_bytes()) != one.sha256:
                    self._found.problems.append(f"{one.path} is lost")

    def _check_sentence(self, error: LuthierError) -> None:
        self._found.refusals += 1
        for words in ("not saved", "is full", str(self._disk)):
            if words not in error.sentence:
                self._found.problems.append(f"{words!r} is not said: {error.sentence}")


def campaign(sizes_kb: list[float]) -> Found:
    """Fill a disk of each size."""
    found = Found()
    for at, size_kb in enumerate(sizes_kb):
        with tempfile.TemporaryDirectory(prefix="luthier-full-") as name:
            disk = Path(name) / "disk"
            with mounted("none", f"size={size_kb * 1000:.0f}", "tmpfs", disk):
                before = len(found.problems)
                Size(disk, found, at * 100).run()
                found.problems[before:] = [
                    f"{size_kb:g} kB: {said}" for said in found.problems[before:]
                ]
    print(
        f"{len(sizes_kb)} sizes: {found.acknowledged:,} acknowledged, {found.refusals} refusals, "
        f"{found.never_begun} disks too small for a store, index behind {found.stale} times, "
        f"{len(found.problems)} problems",
        flush=True,
    )
    return found


def main() -> int:
    require_root()
    began = time.monotonic()
    print("no chance in it, no seed")
    found = campaign(SIZES_KB)
    print(f"{time.monotonic() - began:.0f} s", *found.problems[:20], sep="\n")
    run_store.put_once = ledger.put_once = careless_put
    if not any("damaged" in said for said in campaign(SIZES_KB[-3:]).problems):
        print("The control found nothing: this campaign proves nothing.")
        return 1
    return 1 if found.problems else 0


if __name__ == "__main__":
    sys.exit(main())
