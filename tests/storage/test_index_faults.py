"""T10: whatever happens to the index, the store opens and the list is as a fresh one."""

import random
import shutil
import sqlite3

import pytest

from luthier_desktop.domain.run import RunQuery
from luthier_desktop.storage.document_store import Document
from luthier_desktop.storage.layout import snapshot_path
from luthier_desktop.storage.run_index import RunIndex
from luthier_desktop.storage.run_row import RunRow, SnapshotRow
from luthier_desktop.storage.verify import verify
from tests.storage.make import artifact, open_store, record, run_id

RUNS = 40


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Return where a store lies whose list has runs, a snapshot, a hidden run and a baseline."""
    folder = tmp_path_factory.mktemp("whole")
    with open_store(folder) as made:
        for number in range(RUNS):
            record(made, run_id(number), mode=("art_studio", "cam")[number % 2])
        row = SnapshotRow(snapshot_id=f"snap_{1:016d}", name="Größe", tags=("a",))
        run = artifact(run_id(RUNS), event_type="snapshot.saved")
        document = Document(snapshot_path(row.snapshot_id), b"{}")
        made.record(run, RunRow.of(run, "cli", snapshot=row), [document])
        made.record_event("baseline.set", {"snapshot_id": row.snapshot_id})
        made.record_event("run.hidden", None, run_id=run_id(3))
        made.catch_up()
    return folder


@pytest.fixture
def store(tmp_path, whole):
    """Return a copy of that store, its list caught up."""
    shutil.copytree(whole, tmp_path, dirs_exist_ok=True)
    opened = open_store(tmp_path)
    opened.catch_up()
    return opened


def fresh_rows(store, folder):
    fresh = RunIndex(folder / "fresh.sqlite", store.ledger)
    try:
        fresh.rebuild()
        return fresh.dump()
    finally:
        fresh.close()


def script(path, statements):
    connection = sqlite3.connect(path)
    connection.executescript(statements)
    connection.close()


def random_bytes(path):
    path.write_bytes(random.Random(7).randbytes(path.stat().st_size))


def cut(share):
    def work(path):
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * share)])

    return work


def flip_pages(path):
    data, source = bytearray(path.read_bytes()), random.Random(5)
    for _ in range(400):
        data[source.randrange(100, len(data))] ^= 255
    path.write_bytes(data)


FAULTS = {
    "deleted": lambda path: path.unlink(),
    "emptied": lambda path: path.write_bytes(b""),
    "cut after its first page": lambda path: path.write_bytes(path.read_bytes()[:4096]),
    "cut to nine tenths": cut(0.9),
    "cut to a half": cut(0.5),
    "cut inside its header": lambda path: path.write_bytes(path.read_bytes()[:50]),
    "random bytes": random_bytes,
    "flipped bytes": flip_pages,
    "an older schema": lambda path: script(path, "PRAGMA user_version = 0; DROP TABLE sets;"),
    "a newer schema": lambda path: script(path, "PRAGMA user_version = 99; DROP TABLE runs;"),
    "another program's tables": lambda path: script(path, "DROP TABLE meta; CREATE TABLE x (y);"),
    "without its place": lambda path: script(path, "DELETE FROM meta"),
    "a place that is no number": lambda path: script(
        path, "UPDATE meta SET value = 'x' WHERE key = 'last_seq'"
    ),
    "a place beyond the ledger": lambda path: script(
        path, "UPDATE meta SET value = 9999 WHERE key = 'last_seq'"
    ),
    "a place that it has passed": lambda path: script(
        path, f"UPDATE meta SET value = 0 WHERE key = 'last_seq'; "
        f"UPDATE meta SET value = '{'0' * 64}' WHERE key = 'last_sha256'"
    ),
    "a text that is none": lambda path: script(
        path, "UPDATE runs SET design_name = CAST(x'ff' AS TEXT) WHERE seq = 9"
    ),
    "a list that is none": lambda path: script(path, "UPDATE runs SET tags = '[' WHERE seq = 9"),
    "bytes in place of an id": lambda path: script(
        path, "UPDATE runs SET run_id = CAST(run_id AS BLOB) WHERE seq = 9"
    ),
    "bytes in place of a hash": lambda path: script(
        path, "UPDATE files SET sha256 = CAST(sha256 AS BLOB) WHERE seq = 9"
    ),
    "a directory in its place": lambda path: (path.unlink(), path.mkdir()),
}
NOT_SQLITE = ("cut inside its header", "random bytes")


@pytest.mark.parametrize("fault", FAULTS)
def test_the_store_opens_and_its_list_equals_a_fresh_one(tmp_path, store, fault):
    path = store.index.path
    expected = fresh_rows(store, tmp_path)
    assert store.index.dump() == expected
    store.close()
    FAULTS[fault](path)
    with open_store(tmp_path, seed=2) as again:
        again.catch_up()
        assert again.index.stale == ""
        assert len(again.find(RunQuery(limit=100)).entries) == RUNS
        assert again.index.dump() == expected
        recorded = record(again, run_id(900))
        again.catch_up()
        assert again.index.entries([run_id(900)])[0].seq == recorded.seq
        assert verify(again, "deep").ok


@pytest.mark.parametrize("fault", NOT_SQLITE)
def test_a_bad_index_is_kept_beside_the_new_one(tmp_path, store, fault):
    path = store.index.path
    store.close()
    FAULTS[fault](path)
    bad = path.read_bytes()
    with open_store(tmp_path, seed=2) as again:
        again.catch_up()
        again.index.find(RunQuery())
    (kept,) = path.parent.glob("index.sqlite.corrupt-*")
    assert kept.read_bytes() == bad


def test_an_older_index_follows_to_the_same_rows(tmp_path, store):
    path = store.index.path
    store.close()
    older = path.read_bytes()
    for number in range(100, 120):
        record(store, run_id(number))
    store.catch_up()
    expected = fresh_rows(store, tmp_path)
    store.close()
    path.write_bytes(older)
    with open_store(tmp_path, seed=2) as again:
        again.catch_up()
        assert again.index.dump() == expected
    assert list(path.parent.glob("index.sqlite.corrupt-*")) == []


def test_an_index_that_another_program_holds_is_listed_once_it_is_free(
    tmp_path, store, monkeypatch
):
    store.close()
    other = sqlite3.connect(store.index.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    monkeypatch.setattr("time.sleep", lambda _: None)
    monkeypatch.setattr("luthier_desktop.storage.index_schema._BUSY_TIMEOUT_MS", 1)
    with open_store(tmp_path, seed=2) as again:
        record(again, run_id(900))
        again.catch_up()
        assert "may miss the newest entries" in again.index.stale
        other.execute("ROLLBACK")
        other.close()
        again.catch_up()
        assert again.index.stale == ""
        assert again.index.dump() == fresh_rows(again, tmp_path)
    assert list(store.index.path.parent.glob("index.sqlite.corrupt-*")) == []


def test_a_row_that_was_changed_unseen_would_differ_from_a_fresh_list(tmp_path, store):
    expected = fresh_rows(store, tmp_path)
    script(store.index.path, "UPDATE runs SET risk_level = 'RED' WHERE seq = 4")
    assert store.index.dump() != expected
    store.rebuild()
    assert store.index.dump() == expected
