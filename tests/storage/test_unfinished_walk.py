"""The first checkpoint of a long log: read a bounded piece a session, and signed at its end."""

import shutil

import pytest

from luthier_desktop.storage import checkpoints
from luthier_desktop.storage.merkle import leaf_hash, tree_root
from luthier_desktop.storage.os_calls import OsCalls
from luthier_desktop.storage.verify import verify
from tests.storage.make import open_store, record

RUNS, PIECE = 130, 40


class Counting(OsCalls):
    """Leaves the waiting out, and notes which events are opened."""

    def __init__(self):
        self.opened = set()

    def fsync(self, descriptor):
        pass

    def open(self, path, flags, mode=0o444):
        if "ledger" in path.parts and path.suffix == ".json":
            self.opened.add(path.stem)
        return super().open(path, flags, mode)


@pytest.fixture
def long_log(tmp_path, monkeypatch):
    """Return the folder of a log that was signed, of which no checkpoint and no mark is left."""
    with open_store(tmp_path, calls=Counting()) as store:
        for _ in range(RUNS):
            record(store)
        store.catch_up()
        shutil.rmtree(store.layout.checkpoints)
        store.checkpoints.high_water.path.unlink()
    if store.layout.checkpoints.exists():
        shutil.rmtree(store.layout.checkpoints)
    store.checkpoints.high_water.path.unlink(missing_ok=True)
    monkeypatch.setattr(checkpoints, "EVENTS_A_PIECE", PIECE)
    return tmp_path


def one_session(folder, seed):
    """Record one run; return the store, and how many events the end of the session opened."""
    calls = Counting()
    store = open_store(folder, seed=seed, calls=calls)
    record(store)
    store.index.catch_up()
    calls.opened.clear()
    store.close()
    return store, len(calls.opened)


def sizes(store):
    return store.checkpoints.files.sizes()


def test_no_session_reads_more_than_a_piece_and_the_last_one_signs(long_log):
    kept, opened = [], []
    for seed in range(2, 6):
        store, count = one_session(long_log, seed)
        kept.append(list(sizes(store)))
        opened.append(count)
    last = store.ledger.last_seq()
    assert kept[:2] == [[], []]
    assert any(kept)
    assert max(opened) <= 2 * PIECE + 10
    size = max(sizes(store))
    note, _ = store.checkpoints.files.read(size)
    paths = [store.layout.event_path(seq) for seq in range(1, size + 1)]
    assert note.checkpoint.root == tree_root(leaf_hash(path.read_bytes()) for path in paths)
    assert size > RUNS
    assert last - size < 10
    assert list(store.checkpoints.high_water.path.parent.glob("*.walk.json")) == []
    with open_store(long_log, seed=99) as again:
        assert verify(again, "quick").ok


def test_the_key_of_the_log_is_found_again_and_no_second_epoch_begins(long_log):
    for seed in range(2, 6):
        store, _ = one_session(long_log, seed)
    told = [event.members["event"] for event in store.ledger.events()]
    assert told.count("epoch.opened") == 1


@pytest.mark.parametrize("data", [b"", b"{}", b'{"size":1}', b"\xff" * 50])
def test_a_damaged_memory_of_the_walk_begins_it_anew(long_log, data):
    store, _ = one_session(long_log, 2)
    (path,) = store.checkpoints.high_water.path.parent.glob("*.walk.json")
    whole = path.read_bytes()
    path.write_bytes(data)
    store, _ = one_session(long_log, 3)
    assert path.read_bytes() == whole
    assert sizes(store) == []


def test_a_log_that_was_exchanged_meanwhile_is_read_from_its_start(long_log):
    store, _ = one_session(long_log, 2)
    (path,) = store.checkpoints.high_water.path.parent.glob("*.walk.json")
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b'"size":40', b'"size":32'))
    one_session(long_log, 3)
    assert path.read_bytes() == whole


def test_a_changed_event_stops_the_walk_and_nothing_is_signed(long_log):
    store, _ = one_session(long_log, 2)
    event = store.layout.event_path(60)
    data = event.read_bytes()
    event.unlink()
    event.write_bytes(data.replace(b'"OK"', b'"KO"'))
    store, _ = one_session(long_log, 3)
    store, _ = one_session(long_log, 4)
    assert "does not follow" in store.checkpoints.problem
    assert sizes(store) == []
