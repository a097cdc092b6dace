"""T2: the power is cut while runs are recorded: ``python -m tests.campaigns.power_cuts [CUTS]``.

As root. A file system in a file is mounted, one or three writers record on it and tell each
acknowledgement through a pipe to this program, which is not on it. After a moment the file system
is told to stop at once, without writing its log ("nothing") or after writing all ("all"); it is
mounted again, which replays its log, orphans are taken in, and the log is verified in full. The
signing key and the high-water mark lie on the same disk ("beside") or on another one that is not
cut ("apart"): there a log that fell behind its own checkpoint would raise the alarm.
The negative control publishes with a rename and without fsync, and must lose runs.
"""

from __future__ import annotations

import itertools
import random
import sys
import time
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

from tests.campaigns.mounts import (
    FLUSH_ALL,
    FLUSH_NOTHING,
    cut,
    image,
    kinds,
    mounted,
    require_root,
)
from tests.campaigns.writers import LIFE_S, Found, Log, layout_on, writers_at

SEED = 2
CONTROL_CUTS = 5
MODES = {"nothing": FLUSH_NOTHING, "all": FLUSH_ALL}
OPTIONS = {
    "ext4": ("loop", "loop,data=writeback", "loop,commit=1"),
    "xfs": ("loop",),
}


class Case(NamedTuple):
    """One way to be cut off."""

    kind: str
    options: str
    writers: int
    mode: str
    marks: str
    how: str = "real"

    def __str__(self) -> str:
        options = self.options.removeprefix("loop").removeprefix(",") or "default"
        return f"{self.kind}, {options}, writers {self.writers}, writes {self.mode}, {self.marks}"


def cases() -> list[Case]:
    """List every combination that can be had here."""
    return [
        Case(kind, *rest)
        for kind in kinds()
        for rest in itertools.product(OPTIONS[kind], (1, 3), MODES, ("beside", "apart"))
    ]


class Cutting:
    """One log on one file system, over which the power is cut again and again."""

    def __init__(self, case: Case, file: Path, folder: Path, seed: int) -> None:
        self._case = case
        self._file = file
        self._disk = folder / "disk"
        self._chance = random.Random(seed)
        config = self._disk / "config" if case.marks == "beside" else folder / "config"
        with self._mounted():
            self.log = Log(layout_on(self._disk, config), seed, case.how)

    def once(self) -> None:
        """Let writers work, cut them off, and judge what the disk holds."""
        case = self._case
        with (
            self._mounted(),
            writers_at([self.log.writer() for _ in range(case.writers)]) as writers,
        ):
            while not all(writer.spoke() for writer in writers):
                time.sleep(0.002)
            time.sleep(self._chance.uniform(*LIFE_S))
            self.log.found.ended += sum(one.process.poll() is not None for one in writers)
            cut(self._disk, MODES[case.mode])
        for writer in writers:
            self.log.hear(writer)
        with self._mounted():
            self.log.judge()

    def _mounted(self) -> AbstractContextManager[None]:
        return mounted(str(self._file), self._case.options, self._case.kind, self._disk)


def campaign(case: Case, cuts: int, seed: int) -> Found:
    """Cut the power so many times over one log."""
    with image(case.kind) as file:
        cutting = Cutting(case, file, file.parent, seed)
        for _ in range(cuts):
            cutting.once()
        return cutting.log.found


def main(cuts: int) -> int:
    require_root()
    began, total = time.monotonic(), Found()
    found_cases = cases()
    print(f"seed {SEED}, file systems: {', '.join(kinds())}")
    for number, case in enumerate(found_cases):
        share = cuts * (number + 1) // len(found_cases) - cuts * number // len(found_cases)
        found = campaign(case, share, SEED + number)
        total += found
        print(f"{case}: {share} cuts: {found}", flush=True)
    print(f"{cuts} cuts in {time.monotonic() - began:.0f} s: {total}")
    control = Case("ext4", "loop", 1, "nothing", "apart", "unsynced")
    found = campaign(control, CONTROL_CUTS, SEED)
    print(f"control without fsync: {CONTROL_CUTS} cuts: {found}")
    if not found.lost:
        print("The control lost nothing: this campaign proves nothing.")
        return 1
    return 0 if total.clean() else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 300))
