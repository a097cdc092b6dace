"""Every code of a finding is provoked once: its weight, its place, its meaning, its advice."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from luthier_desktop.storage.document_store import Document
from luthier_desktop.storage.layout import snapshot_path
from luthier_desktop.storage.ledger import NewEvent, StoredFile
from luthier_desktop.storage.run_row import RunRow, SnapshotRow
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.verify import verify
from tests.storage.make import artifact, open_store, record, run_id

LONG_AGO = 1_600_000_000
SNAPSHOT = snapshot_path("snap_0000000000000001")
RUN = f"runs/rmos/2026-01-22/{run_id(1)}.json"
STRANGER = f"runs/rmos/2026-01-22/{run_id(9)}.json"
EVENT = "ledger/000000/000000003.json"
CHECKPOINT = "checkpoints/000000006.note"


class Case(NamedTuple):
    """What is done to the store, and the finding that tells of it."""

    code: str
    severity: str
    path: str | None
    work: Callable[[Store], object]


def damaged(path: str) -> Callable[[Store], None]:
    def work(store: Store) -> None:
        file = store.layout.data / path
        data = file.read_bytes()
        file.chmod(0o644)
        file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))

    return work


def removed(path: str) -> Callable[[Store], None]:
    return lambda store: (store.layout.data / path).unlink()


def placed(path: str, *, old: bool = True) -> Callable[[Store], None]:
    def work(store: Store) -> None:
        file = store.layout.data / path
        file.write_bytes(b"{}")
        if old:
            os.utime(file, (LONG_AGO, LONG_AGO))

    return work


def edited(store: Store) -> None:
    file = store.layout.data / EVENT
    data = file.read_bytes()
    file.chmod(0o644)
    file.write_bytes(data.replace(b'"owner"', b'"other"'))


def told_again(store: Store, sha256: str | None = None) -> None:
    members = store.ledger.read(3).members  # type: ignore[union-attr]
    assert members is not None
    (file,) = members["files"]
    again = StoredFile(file["path"], sha256 or file["sha256"], file["bytes"])
    store.journal.append(NewEvent("run.adopted", run_id(1), (again,), members["row"]))
    store.catch_up()


def told_differently(store: Store) -> None:
    told_again(store, "0" * 64)


def purged(store: Store) -> None:
    row = {"reason": "The customer asked for it."}
    store.journal.append(NewEvent("run.purged", run_id(1), row=row))
    (store.layout.data / RUN).unlink()
    store.catch_up()


def rolled_back(store: Store) -> None:
    for seq in (5, 6):
        (store.layout.data / f"ledger/000000/{seq:09d}.json").unlink()


TMP = "runs/rmos/2026-01-22/.x.json.123.0123456789ab.tmp"
CASES = (
    Case("event_missing", "damage", EVENT, removed(EVENT)),
    Case("event_damaged", "damage", EVENT, damaged(EVENT)),
    Case("chain_broken", "damage", "ledger/000000/000000004.json", edited),
    Case("run_missing", "damage", RUN, removed(RUN)),
    Case("run_damaged", "damage", RUN, damaged(RUN)),
    Case("run_orphan", "warning", STRANGER, placed(STRANGER)),
    Case("run_unfinished", "info", STRANGER, placed(STRANGER, old=False)),
    Case("event_double", "info", "ledger/000000/000000007.json", told_again),
    Case("event_double", "damage", RUN, told_differently),
    Case("snapshot_missing", "damage", SNAPSHOT, removed(SNAPSHOT)),
    Case("snapshot_damaged", "damage", SNAPSHOT, damaged(SNAPSHOT)),
    Case("snapshot_orphan", "warning", SNAPSHOT.replace("1.json", "7.json"),
         placed(SNAPSHOT.replace("1.json", "7.json"))),
    Case("purged", "info", RUN, purged),
    Case("checkpoint_bad", "damage", CHECKPOINT, damaged(CHECKPOINT)),
    Case("rollback", "damage", CHECKPOINT, rolled_back),
    Case("tmp_left", "info", TMP, placed(TMP)),
    Case("foreign_file", "warning", "runs/notes.txt", placed("runs/notes.txt")),
    Case("index_stale", "info", "index.sqlite", lambda store: record(store, run_id(8))),
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Events 1 to 6: session, three runs (3 is run 1), a snapshot's run, the key; a checkpoint."""
    opened = open_store(tmp_path)
    for number in range(3):
        record(opened, run_id(number))
    run = artifact(run_id(3), event_type="snapshot.saved")
    row = SnapshotRow(snapshot_id="snap_0000000000000001", name="Rose")
    opened.record(run, RunRow.of(run, "cli", snapshot=row), [Document(SNAPSHOT, b"{}")])
    assert opened.checkpoints.follow(1)
    opened.catch_up()
    return opened


def test_the_store_of_these_tests_is_sound(store: Store) -> None:
    assert verify(store, "deep").findings == ()
    assert store.ledger.last_seq() == 6
    assert (store.layout.data / CHECKPOINT).is_file()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.severity}")
def test_a_code_tells_weight_place_meaning_and_advice(store: Store, case: Case) -> None:
    case.work(store)
    with open_store(store.layout.data.parent, seed=9) as fresh:
        report = verify(fresh)
    kind = (case.code, case.severity)
    told = [found for found in report.findings if (found.code, found.severity) == kind]
    assert told, [(found.code, found.severity) for found in report.findings]
    assert any((found.path or "").endswith(case.path or "") for found in told)
    for found in told:
        assert found.message.endswith(".")
        assert len(found.advice.split()) > 4
        assert found.advice.endswith(".")
    assert report.ok == all(found.severity == "info" for found in report.findings)
    assert report.failed is None
