"""T7: bits flip at rest: ``python -m tests.campaigns.flips [FLIPS] [SMALL_RUNS]``.

Three parts. 10,000 random bits over the files and events of 1,000 real runs, fifty at a time in
fifty files: each file must be told of by a finding of its own, a changed event by itself or by the
one that follows it. Then every single bit, one by one, of all files of six small runs: the runs,
their events, the checkpoint, and the store's own file, of which only the time at which the store
was made may change unnoticed: nothing rests on it, and no event covers it. Then 1,000
random bits of the index, one by one: what is listed afterwards is what the ledger tells, or the
verification says that it is not. No verification may end without a report. The negative control
looks at sizes and not at bytes, and must miss bits.
"""

from __future__ import annotations

import contextlib
import random
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from luthier_desktop.domain.run import RunQuery
from luthier_desktop.domain.verification import VerifyReport
from luthier_desktop.services.studio import open_studio
from luthier_desktop.storage.layout import STORE_FILE, StoreLayout
from luthier_desktop.storage.session import Session
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.verify import Level, verify
from tests.services.builders import FakeClock, design
from tests.storage.flipping import Flip, every_bit, files_of, flipped, unseen
from tests.storage.make import Clock, layout_in, open_store, record, run_id, tokens

SEED = 7
RUNS = 1000
AT_ONCE = 50
INDEX_FLIPS = 1000
CONTROL_FLIPS = 200


def real_runs(folder: Path, count: int) -> StoreLayout:
    """Record checks of real designs; the last event is covered by a checkpoint."""
    layout = layout_in(folder)
    with open_studio(layout.data, source="window", clock=FakeClock()) as studio:
        for number in range(count):
            studio.feasibility.check(design(name=f"Rose {number}"))
    return layout


def small_runs(folder: Path, count: int) -> None:
    """Record runs without rings in a session that signs at its end."""
    session = Session("window", "bench", "luthier", "1.0")
    with Store.open(layout_in(folder), Clock(), tokens(3), session) as store:
        for number in range(count):
            record(store, run_id(number))
        store.catch_up()


def many(store: Store, flips: int, level: Level, seed: int) -> tuple[int, list[str]]:
    """Flip bits of many files at once; return how many, and which files nobody told of."""
    chance = random.Random(seed)
    numbers = _numbers(store)
    files = list(numbers)
    for path in files:
        path.chmod(0o644)
    done, missed = 0, []
    while done < flips:
        chosen = _apart(chance.sample(files, AT_ONCE), numbers)[: flips - done]
        with contextlib.ExitStack() as turned:
            for path in chosen:
                bit = chance.randrange(path.stat().st_size * 8)
                turned.enter_context(flipped(path, bit))
            report = verify(store, level)
        done += len(chosen)
        missed += [path.name for path in chosen if not _told(report, store, path, numbers[path])]
        missed += [report.failed] if report.failed else []
    return done, missed


def _numbers(store: Store) -> dict[Path, int]:
    """Return the number of each event, and of the first event that names each other file."""
    numbers: dict[Path, int] = {}
    for event in store.ledger.events():
        assert event
        assert event.members
        numbers[store.layout.event_path(event.seq)] = event.seq
        for file in event.members["files"]:
            numbers.setdefault(store.layout.real(file["path"]), event.seq)
    return numbers


def _apart(files: list[Path], numbers: dict[Path, int]) -> list[Path]:
    """Leave out neighbours: beside a changed event it is open what else was changed."""
    taken: set[int] = set()
    kept = []
    for path in files:
        if not {numbers[path] + step for step in (-1, 0, 1)} & taken:
            taken.add(numbers[path])
            kept.append(path)
    return kept


def _told(report: VerifyReport, store: Store, path: Path, number: int) -> bool:
    logical = store.layout.logical(path)
    is_event = path == store.layout.event_path(number)
    by_a_checkpoint = is_event and number == store.ledger.last_seq()
    return any(
        found.path == logical
        or (is_event and found.seq in (number, number + 1))
        or (by_a_checkpoint and found.code in ("checkpoint_bad", "rollback"))
        for found in report.findings
        if found.severity == "damage"
    )


def each(folder: Path) -> tuple[int, list[str]]:
    """Flip every bit of every file of a small store, one at a time."""
    with open_store(folder, seed=5) as store:
        files = [*files_of(store), *sorted(store.layout.checkpoints.iterdir())]
        bits = sum(path.stat().st_size * 8 for path in files)
        missed = [flip for path in files for flip in unseen(store, every_bit(path))]
    own = layout_in(folder).data / STORE_FILE
    afresh = _unseen_afresh(folder, every_bit(own))
    print(f"{STORE_FILE}: {len(afresh)} of {own.stat().st_size * 8} bits change unnoticed")
    missed += afresh
    return bits + own.stat().st_size * 8, [f"{name} bit {bit}" for name, bit in missed]


def _unseen_afresh(folder: Path, flips: Iterable[Flip]) -> list[tuple[str, int]]:
    missed = []
    for path, bit in flips:
        with flipped(path, bit), open_store(folder, seed=5) as store:
            report = verify(store, "full")
        told = store.state.kind != "ok" or not report.ok
        if report.failed or not told:
            missed.append((path.name, bit))
    return missed


def index_bits(folder: Path, flips: int, seed: int) -> list[str]:
    """Flip bits of the index; return where the list is wrong and nobody says so."""
    chance = random.Random(seed)
    with open_store(folder, seed=5) as store:
        store.rebuild()
        path = store.index.path
        wanted = store.index.ids(RunQuery(limit=1000))
    whole = path.read_bytes()
    wrong = []
    for _ in range(flips):
        bit = chance.randrange(len(whole) * 8)
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        path.write_bytes(changed)
        with open_store(folder, seed=5) as store:
            store.catch_up()
            report = verify(store, "deep")
            said = store.index.stale or not report.ok
            if report.failed or not (said or store.index.ids(RunQuery(limit=1000)) == wanted):
                wrong.append(f"index bit {bit}: {report.failed}")
    return wrong


def main(flips: int, small: int) -> int:
    print(f"seed {SEED}")
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="luthier-flips-") as name:
        folder = Path(name)
        real_runs(folder, RUNS)
        with open_store(folder, seed=5) as store:
            done, missed = many(store, flips, "full", SEED)
            _, control = many(store, CONTROL_FLIPS, "quick", SEED)
        print(
            f"{done:,} random bits over {RUNS:,} runs: {len(missed)} not told of; "
            f"{time.monotonic() - began:.0f} s",
            flush=True,
        )
    with tempfile.TemporaryDirectory(prefix="luthier-flips-") as name:
        small_runs(Path(name), small)
        bits, unnoticed = each(Path(name))
        print(
            f"each of {bits:,} bits of {small} small runs: {len(unnoticed)} not told of; "
            f"{time.monotonic() - began:.0f} s",
            flush=True,
        )
        wrong = index_bits(Path(name), INDEX_FLIPS, SEED)
        print(
            f"{INDEX_FLIPS:,} bits of the index: {len(wrong)} lists wrong in silence; "
            f"{time.monotonic() - began:.0f} s",
            flush=True,
        )
    faults = missed + unnoticed + wrong
    print(*faults[:20], sep="\n")
    print(f"control: a look at sizes alone missed {len(control)} of {CONTROL_FLIPS}")
    return 1 if faults or not control else 0


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    sys.exit(main(*(given + [10_000, 6][len(given) :])))
