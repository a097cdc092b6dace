"""What is found on one PC, row by row, with the mark of the OS user as the witness elsewhere."""

import hashlib
import json
import shutil

import pytest

from luthier_desktop.domain.errors import StorageFailed
from luthier_desktop.storage.canonical import canonical_bytes
from luthier_desktop.storage.high_water import HighWater
from luthier_desktop.storage.session import Session
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.verify import verify
from tests.storage.make import Clock, layout_in, open_store, opened, record, run_id, tokens

RUNS = 6
LAST = RUNS + 2
"""The runs, and the events that begin the session and the epoch."""


def window(folder, seed=1):
    session = Session("window", "bench", "luthier", "1.0")
    store = Store.open(layout_in(folder), Clock(), tokens(seed), session)
    return opened.enter_context(store)


@pytest.fixture
def store(tmp_path):
    with window(tmp_path) as closed:
        for number in range(RUNS):
            record(closed, run_id(number))
        closed.catch_up()
    assert found(closed) == []
    return closed


def found(store):
    """Verify from a fresh start; what the index says besides does not count here."""
    fresh = open_store(store.layout.data.parent, seed=77)
    report = verify(fresh, "full")
    fresh.close()
    assert report.failed is None
    codes = [finding.code for finding in report.findings]
    return [code for code in codes if not code.startswith("index_")]


def run_file(store, number):
    return store.layout.data / f"runs/rmos/2026-01-22/{run_id(number)}.json"


def event(store, seq):
    return store.layout.event_path(seq)


def change(path, work):
    path.chmod(0o644)
    path.write_bytes(work(path.read_bytes()))


def shout(data):
    assert b"GREEN" in data
    return data.replace(b"GREEN", b"GREEM")


def write_anew(store, first):
    """Chain the events from *first* on once more, as an able forger would."""
    prev = hashlib.sha256(event(store, first).read_bytes()).hexdigest()
    for seq in range(first + 1, LAST + 1):
        members = json.loads(event(store, seq).read_bytes())
        data = canonical_bytes(members | {"prev": prev})
        change(event(store, seq), lambda _, data=data: data)
        prev = hashlib.sha256(data).hexdigest()


def test_a_changed_run(store):
    change(run_file(store, 2), shout)
    assert found(store) == ["run_damaged"]


def test_a_deleted_run(store):
    run_file(store, 2).unlink()
    assert found(store) == ["run_missing"]


def test_an_inserted_run(store, tmp_path):
    other = open_store(tmp_path / "other", seed=5)
    record(other, run_id(99))
    shutil.copy2(run_file(other, 99), run_file(store, 99))
    assert found(store) in (["run_orphan"], ["run_unfinished"])


def test_a_changed_event_in_the_middle(store):
    change(event(store, 4), shout)
    assert {"chain_broken", "checkpoint_bad", "rollback"} <= set(found(store))


def test_a_deleted_event_in_the_middle(store):
    event(store, 4).unlink()
    assert "event_missing" in found(store)


def test_two_swapped_events(store):
    first, second = event(store, 4).read_bytes(), event(store, 5).read_bytes()
    change(event(store, 4), lambda _: second)
    change(event(store, 5), lambda _: first)
    assert "event_damaged" in found(store)


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_cut_tail(store, count):
    for seq in range(LAST - count + 1, LAST + 1):
        event(store, seq).unlink()
    for number in range(RUNS - count + 1, RUNS):
        run_file(store, number).unlink()
    shutil.rmtree(store.layout.checkpoints)
    assert "rollback" in found(store)
    again = open_store(store.layout.data.parent, seed=3)
    assert again.state.kind == "rollback"
    assert f"there was a checkpoint of {LAST}" in again.state.sentence


def test_a_cut_tail_is_told_by_the_checkpoint_alone(store):
    HighWater(store.layout, store.store_id).path.unlink()
    event(store, LAST).unlink()
    assert "rollback" in found(store)
    assert open_store(store.layout.data.parent, seed=3).state.kind == "rollback"


def test_the_last_event_changed(store):
    change(event(store, LAST), lambda data: data.replace(b'"owner"', b'"other"', 1))
    assert set(found(store)) >= {"checkpoint_bad", "rollback"}
    assert open_store(store.layout.data.parent, seed=3).state.kind == "rollback"


def test_everything_written_anew(store):
    change(event(store, 2), lambda data: data.replace(b"GREEN", b"BLACK"))
    write_anew(store, 2)
    codes = found(store)
    assert "chain_broken" not in codes
    assert {"checkpoint_bad", "rollback"} <= set(codes)
    shutil.rmtree(store.layout.checkpoints)
    assert "rollback" in found(store)
    again = open_store(store.layout.data.parent, seed=3)
    assert again.state.kind == "rollback"
    assert f"its event {LAST} is another one" in again.state.sentence


def test_an_old_copy_of_the_whole_directory(store, tmp_path):
    shutil.copytree(store.layout.data, tmp_path / "old")
    with window(tmp_path, 2) as later:
        record(later)
    assert found(store) == []
    shutil.rmtree(store.layout.data)
    (tmp_path / "old").rename(store.layout.data)
    assert found(store) == ["rollback"]
    assert open_store(tmp_path, seed=3).state.kind == "rollback"


def test_a_changed_and_a_deleted_checkpoint(store):
    path = store.layout.checkpoint_path(LAST)
    change(path, lambda data: data.replace(b"\n8\n", b"\n9\n"))
    assert found(store) == ["checkpoint_bad"]
    path.unlink()
    assert found(store) == ["checkpoint_bad"]


def test_a_change_before_the_first_checkpoint_is_not_found(tmp_path):
    """The limit that no log on one PC can pass: what nobody had seen can be changed."""
    with open_store(tmp_path) as store:
        record(store, run_id(0))
        store.catch_up()
    change(event(store, 2), lambda data: data.replace(b'"owner"', b'"other"', 1))
    assert found(store) == []


def test_a_false_record_of_the_program_itself_is_not_found(tmp_path):
    with window(tmp_path) as store:
        record(store, run_id(0), status="OK")
        store.catch_up()
    assert found(store) == []


@pytest.mark.parametrize("count", [1, 2, 5])
def test_an_acknowledged_rollback_is_signed_in_a_new_epoch(store, tmp_path, count):
    for seq in range(LAST - count + 1, LAST + 1):
        event(store, seq).unlink()
    for number in range(RUNS - count + 1, RUNS):
        run_file(store, number).unlink()
    with window(tmp_path, 3) as older:
        for _ in range(count - 1):
            record(older)
        older.catch_up()
    assert [path.name for path in store.layout.checkpoints.iterdir()] == [f"{LAST:09d}.note"]
    assert HighWater(store.layout, store.store_id).read().size == LAST
    with window(tmp_path, 4) as older:
        assert older.state.kind == "rollback"
        seq = older.acknowledge_rollback("Monday's copy is the right one")
        assert older.state.kind == "ok"
        older.catch_up()
    told = older.ledger.read(seq).members
    assert told["event"] == "rollback.acknowledged"
    assert told["row"]["reason"] == "Monday's copy is the right one"
    assert told["row"]["size"] == LAST
    aside = [store.layout.real(file["path"]).read_bytes() for file in told["files"]]
    assert all(data.startswith(b"luthier-desktop/") for data in aside)
    assert HighWater(store.layout, store.store_id).read().origin.epoch == 2
    assert found(store) == []
    with window(tmp_path, 5) as later:
        assert later.state.kind == "ok"
        record(later)
        later.catch_up()
    assert HighWater(store.layout, store.store_id).read().rank == (2, later.ledger.last_seq())
    assert found(store) == []


def test_a_rewritten_log_that_is_acknowledged_is_kept_apart_from_its_old_checkpoints(
    store, tmp_path
):
    change(event(store, 2), lambda data: data.replace(b"GREEN", b"BLACK"))
    write_anew(store, 2)
    with window(tmp_path, 4) as again:
        again.acknowledge_rollback("Known")
        again.catch_up()
    assert found(store) == []
    assert len(list((store.layout.data / "quarantine").iterdir())) == 1


def test_a_damaged_log_cannot_be_acknowledged(store, tmp_path):
    event(store, 4).unlink()
    event(store, LAST).unlink()
    with window(tmp_path, 4) as again, pytest.raises(StorageFailed, match="event 4 of the log"):
        again.acknowledge_rollback("Known")
