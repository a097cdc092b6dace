"""A window is killed while somebody edits: ``python -m tests.campaigns.edit_kills [KILLS]``.

A real window is driven by keys and killed with SIGKILL at a random step, again and again: the
next one restores what the last one left and goes on with it, so that most crashes come after a
recovery. After ten kills a new folder is begun. Each time the draft is read: its design must be
the last committed step or the one before, and the next window must show exactly that.
The negative control is a journal without its flush, and must lose.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from luthier_desktop.domain.draft import DraftHistory
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.services.clock import SystemClock
from luthier_desktop.services.drafts import Drafts
from luthier_desktop.storage.drafts import DraftFolder
from tests.campaigns.edit_session import sha_of

SEED = 5
KILLS_A_FOLDER = 10
MOST_STEPS = 40
LATEST_S = 0.02


@dataclass
class Outcome:
    """What became of the kills; *behind* counts designs that were the step before the last."""

    kills: int = 0
    steps: int = 0
    behind: int = 0
    lost: list[str] = field(default_factory=list)


class Editing:
    """One folder, in which one window after the other is killed, each before *most* steps."""

    def __init__(
        self, folder: Path, how: str, chance: random.Random, most: int = MOST_STEPS
    ) -> None:
        self.outcome = Outcome()
        self._folder = folder
        self._how = how
        self._chance = chance
        self._most = most
        self._state = folder / "state" / "luthier-desktop"
        self._history: DraftHistory | None = None

    def kill_once(self) -> None:
        """Let somebody edit, kill the window, and compare what it left with what was done."""
        told = self._edited(self._chance.randrange(3, self._most))
        first, *done = told
        word, begun = first.split()
        if self._history is not None and (word, begun) != ("restored", sha_of(self._design())):
            self.outcome.lost.append(f"the next window showed {first}")
        hashes = [begun, *(line.split()[1] for line in done)]
        self.outcome.kills += 1
        self.outcome.steps += len(done)
        self._compare(hashes)

    def _edited(self, steps: int) -> list[str]:
        program = [
            sys.executable,
            "-m",
            "tests.campaigns.edit_session",
            str(self._folder),
            str(self._chance.randrange(10**6)),
            self._how,
        ]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(self._folder)}
        for kind in ("DATA", "CACHE", "CONFIG", "STATE"):
            environment[f"XDG_{kind}_HOME"] = str(self._folder / kind.lower())
        process = subprocess.Popen(
            program, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        lines = []
        while len(lines) <= steps and (line := process.stdout.readline()):
            lines.append(line)
        time.sleep(self._chance.uniform(0, LATEST_S))
        process.kill()
        rest, said = process.communicate()
        lines += rest.splitlines(keepends=True)
        if len(lines) <= steps:
            raise RuntimeError(f"the window ended by itself: {said}")
        return [line.strip() for line in lines if line.endswith("\n")]

    def _compare(self, hashes: list[str]) -> None:
        folder = DraftFolder(self._folder / "data", self._state)
        search = Drafts(folder, SystemClock()).find()
        for found in search.found:
            found.draft.let_go()
        if search.set_aside or len(search.found) != 1:
            self.outcome.lost.append(f"{len(search.found)} drafts {search.set_aside}")
            self._history = None
            return
        self._history = search.found[0].history
        design = sha_of(self._design())
        if design not in hashes[-2:]:
            behind = len(hashes) - 1 - hashes.index(design) if design in hashes else "other"
            self.outcome.lost.append(f"{behind} steps")
        self.outcome.behind += design != hashes[-1]

    def _design(self) -> RosetteParamSpec:
        assert self._history is not None
        return self._history.design


def campaign(how: str, kills: int, seed: int) -> Outcome:
    """Kill so many windows and return what came of it."""
    chance, total = random.Random(seed), Outcome()
    for first in range(0, kills, KILLS_A_FOLDER):
        with tempfile.TemporaryDirectory(prefix="luthier-edits-") as name:
            editing = Editing(Path(name), how, chance)
            for _ in range(min(KILLS_A_FOLDER, kills - first)):
                editing.kill_once()
            total.kills += editing.outcome.kills
            total.steps += editing.outcome.steps
            total.behind += editing.outcome.behind
            total.lost += editing.outcome.lost
    return total


def main(kills: int) -> int:
    found = {}
    for how, most in (("real", kills), ("unflushed", 3)):
        began = time.monotonic()
        found[how] = campaign(how, most, SEED)
        print(f"{how}, seed {SEED}, {time.monotonic() - began:.0f} s: {found[how]}", flush=True)
    if not found["unflushed"].lost:
        print("The control lost nothing: this campaign proves nothing.")
        return 1
    return 1 if found["real"].lost else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50))
