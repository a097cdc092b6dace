"""T1: programs that record are killed at random: ``python -m tests.campaigns.kills [KILLS]``.

Four writers record as fast as they can, sign checkpoints and keep the index, and tell each
acknowledgement through a pipe. Each is killed with SIGKILL some moments after its first one, and
replaced. After every fifty kills orphans are taken in and the log is verified in full; after a
hundred a new log is begun. What counts: acknowledged runs that are lost, damage, numbers or runs
told twice, writers that give up.
The negative control does the same with writers that publish carelessly (a plain write under the
very name), and must find something.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

from tests.campaigns.writers import LIFE_S, Found, Log, Writer, layout_on, writers_at

SEED = 1
WRITERS = 4
KILLS_A_ROUND = 50
KILLS_A_LOG = 100


def campaign(how: str, kills: int, seed: int) -> Found:
    """Kill so many writers and return what came of it."""
    chance = random.Random(seed)
    total = Found()
    for first in range(0, kills, KILLS_A_LOG):
        with tempfile.TemporaryDirectory(prefix="luthier-kills-") as name:
            folder = Path(name)
            log = Log(layout_on(folder, folder / "config"), seed + first, how)
            left = min(KILLS_A_LOG, kills - first)
            while left > 0:
                kill_some(log, min(KILLS_A_ROUND, left), chance)
                log.judge()
                left -= KILLS_A_ROUND
        total += log.found
        print(f"{min(first + KILLS_A_LOG, kills)} kills: {total}", flush=True)
    return total


def kill_some(log: Log, kills: int, chance: random.Random) -> None:
    """Let four writers work at a time until so many are killed."""
    started = min(WRITERS, kills)
    with writers_at([log.writer() for _ in range(started)]) as living:
        ends_s: dict[Writer, float] = {}
        while living:
            writer = _next_due(living, ends_s, chance)
            log.found.ended += writer.process.poll() is not None
            writer.kill()
            log.hear(writer)
            living.remove(writer)
            if started < kills:
                living.append(log.writer())
                started += 1


def _next_due(living: list[Writer], ends_s: dict[Writer, float], chance: random.Random) -> Writer:
    while True:
        for writer in living:
            if writer.spoke():
                due_s = ends_s.setdefault(writer, time.monotonic() + chance.uniform(*LIFE_S))
                if time.monotonic() >= due_s:
                    return writer
        time.sleep(0.002)


def main(kills: int) -> int:
    found = {}
    for how, most in (("real", kills), ("hasty", 20)):
        began = time.monotonic()
        print(f"{how} writers, seed {SEED}:")
        found[how] = campaign(how, most, SEED)
        print(f"{most} kills in {time.monotonic() - began:.0f} s: {found[how]}")
    if found["hasty"].clean():
        print("The control found nothing: this campaign proves nothing.")
        return 1
    return 0 if found["real"].clean() else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
