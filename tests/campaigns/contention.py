"""T5: eight programs record at once: ``python -m tests.campaigns.contention [RUNS_EACH]``.

Eight programs record 1,000 runs each into one log, let loose at one moment; then eight programs
want one id, each with other bytes, twenty times over. What counts: numbers told twice, runs that
are not there, damage; more or less than one winner of an id, and another's bytes under it.
The negative controls look whether a name is free and then rename over it, and must fail.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from luthier_desktop.domain.run import RunQuery
from luthier_desktop.storage.canonical import sha256_hex
from luthier_desktop.storage.layout import run_path
from luthier_desktop.storage.verify import verify
from tests.storage.contender import WANTED
from tests.storage.contest import PROGRAMS, contend, won_and_lost
from tests.storage.make import open_store, run_id

RACES = 20
MOST_S = 1800


def all_record(folder: Path, runs_each: int, how: str) -> list[str]:
    """Return what is wrong after all programs have recorded."""
    said = contend(folder, runs_each, how, most_s=MOST_S)
    numbers = [int(line) for lines in said for line in lines]
    wanted = {
        run_id(n * 1_000_000 + at) for n in range(1, PROGRAMS + 1) for at in range(runs_each)
    }
    with open_store(folder, seed=99) as store:
        store.catch_up()
        report = verify(store, "deep")
        listed = set(store.index.ids(RunQuery(limit=1000)))
    wrong = [f"{found.code}: {found.message}" for found in report.findings]
    double = len(numbers) - len(set(numbers))
    lost = len(wanted - listed)
    print(
        f"{how}: {len(numbers):,} acknowledged, {double} numbers told twice, {lost} lost, "
        f"{len(wrong)} findings"
    )
    if double or lost or report.failed or len(numbers) != len(wanted):
        wrong.append(f"{double} double, {lost} lost, {report.failed}")
    return wrong


def all_want_one(folder: Path, how: str) -> list[str]:
    """Return what is wrong after all programs have wanted one id."""
    said = contend(folder, 0, how)
    won, told = won_and_lost(said)
    with open_store(folder, seed=98) as store:
        kept = sha256_hex(store.layout.real(run_path(run_id(WANTED))).read_bytes())
        report = verify(store, "full")
    winners = [line.split()[1] for lines in said for line in lines if line.startswith("won")]
    wrong = [] if (won, told) == (1, PROGRAMS - 1) else [f"{won} won, {told} were told"]
    wrong += [] if winners == [kept] else ["the bytes are not the winner's"]
    return wrong + [found.message for found in report.findings if found.severity == "damage"]


def races(how: str, count: int) -> list[str]:
    wrong = []
    for _ in range(count):
        with tempfile.TemporaryDirectory(prefix="luthier-race-") as folder:
            wrong += all_want_one(Path(folder), how)
    print(f"{how}: {count} races for one id, {len(wrong)} faults")
    return wrong


def record(how: str, runs_each: int) -> list[str]:
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="luthier-contend-") as folder:
        wrong = all_record(Path(folder), runs_each, how)
    print(f"{time.monotonic() - began:.0f} s", flush=True)
    return wrong


def main(runs_each: int) -> int:
    print("no seed: the scheduler decides")
    wrong = record("real", runs_each) + races("real", RACES)
    print(*wrong[:20], sep="\n", end="\n" if wrong else "")
    if not record("careless", 15) or not races("careless", 1):
        print("A control found nothing: this campaign proves nothing.")
        return 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
