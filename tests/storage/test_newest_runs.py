"""While the index is made anew, the newest runs are listed from the ledger itself."""

import threading

import pytest

from luthier_desktop.domain.run import RunQuery
from luthier_desktop.storage import newest_runs, run_index
from luthier_desktop.storage.index_build import IndexBuilding
from luthier_desktop.storage.os_calls import OsCalls
from luthier_desktop.storage.verify import verify
from tests.storage.make import open_store, record, run_id

RUNS = 12
NEWEST = 5


class Held(OsCalls):
    """A disk on which the builder of the index has to wait for a word."""

    def __init__(self):
        self.may_go_on = threading.Event()
        self.is_held = threading.Event()

    def read(self, descriptor, size_bytes):
        if threading.current_thread().name == "index builder":
            self.is_held.set()
            self.may_go_on.wait()
        return super().read(descriptor, size_bytes)


@pytest.fixture
def lost(tmp_path, monkeypatch):
    """Return a store whose index was lost, in which a few events count as many."""
    store = open_store(tmp_path)
    for number in range(RUNS):
        record(store, run_id(number), mode=("art_studio", "cam")[number % 2])
    store.record_event("run.hidden", {"reason": "x"}, run_id=run_id(RUNS - 1))
    store.catch_up()
    rows = store.index.dump()
    store.close()
    store.index.path.write_bytes(b"no index")
    monkeypatch.setattr(run_index, "EVENTS_AT_ONCE", 3)
    monkeypatch.setattr(newest_runs, "NEWEST_EVENTS", NEWEST)
    calls = Held()
    again = open_store(tmp_path, seed=2, calls=calls)
    again.catch_up()
    assert calls.is_held.wait(30)
    yield again, calls, rows
    calls.may_go_on.set()


def numbers(page):
    return [int(entry.run_id[-16:]) for entry in page.entries]


def test_the_newest_runs_are_listed_while_the_index_is_made_anew(lost):
    store, calls, rows = lost
    assert store.index.is_building
    assert "is being made anew" in store.index.stale
    assert numbers(store.find(RunQuery())) == [
        10,
        9,
        8,
    ]  # of five events, one hides, one is hidden
    assert numbers(store.find(RunQuery(mode=("cam",)))) == [9]
    assert numbers(store.find(RunQuery(text=run_id(8)[-5:]))) == [8]
    assert numbers(store.find(RunQuery(hidden=True))) == [11]
    assert numbers(store.find(RunQuery(sort="risk", limit=2))) == [10, 9]
    assert store.runs.get(run_id(9)).artifact.mode == "cam"
    assert store.lists.ids(RunQuery()) == [run_id(10), run_id(9), run_id(8)]
    with pytest.raises(IndexBuilding, match="Every run is safe"):
        store.index.ids(RunQuery())
    calls.may_go_on.set()
    store.index.close()
    store.catch_up()
    assert (store.index.stale, store.index.is_building) == ("", False)
    assert len(store.find(RunQuery()).entries) == RUNS - 1
    assert store.index.dump() == rows
    assert verify(store, "deep").ok


def test_what_is_recorded_meanwhile_is_listed_at_once_and_afterwards(lost):
    store, calls, _ = lost
    record(store, run_id(50))
    store.catch_up()
    assert numbers(store.find(RunQuery(limit=1))) == [50]
    calls.may_go_on.set()
    store.index.close()
    store.catch_up()
    assert numbers(store.find(RunQuery(limit=2))) == [50, 10]
    assert verify(store, "deep").ok


def test_the_bad_index_is_kept_and_nothing_is_left_of_the_build(lost):
    store, calls, _ = lost
    calls.may_go_on.set()
    store.index.close()
    (bad,) = store.index.path.parent.glob("index.sqlite.corrupt-*")
    assert bad.read_bytes() == b"no index"
    assert list(store.index.path.parent.glob("index.sqlite.new-*")) == []


def test_a_build_that_is_given_up_leaves_nothing_and_the_next_one_begins_again(tmp_path, lost):
    store, calls, rows = lost
    threading.Timer(0.05, calls.may_go_on.set).start()
    store.index.close(give_up=True)
    assert list(store.index.path.parent.glob("index.sqlite.new-*")) == []
    again = open_store(tmp_path, seed=3)
    again.catch_up()
    again.index.close()
    again.catch_up()
    assert again.index.dump() == rows


def test_a_second_program_does_not_build_beside_the_first(tmp_path, lost):
    store, calls, rows = lost
    other = open_store(tmp_path, seed=3)
    other.catch_up()
    other.index.close()
    other.catch_up()
    assert "is being made anew" in other.index.stale
    assert numbers(other.find(RunQuery())) == [10, 9, 8]
    other.index.close()
    calls.may_go_on.set()
    store.index.close()
    other.catch_up()
    assert other.index.stale == ""
    assert other.index.dump() == rows


def test_a_reader_goes_on_with_the_new_index_when_another_program_made_one(tmp_path):
    store = open_store(tmp_path)
    record(store, run_id(1))
    store.catch_up()
    other = open_store(tmp_path, seed=2)
    other.rebuild()
    assert numbers(store.find(RunQuery())) == [1]
    record(store, run_id(2))
    store.catch_up()
    assert numbers(other.find(RunQuery())) == [2, 1]
    assert store.index.dump() == other.index.dump()


def test_a_build_that_fails_is_told_and_the_ledger_still_lists(lost):
    store, calls, _ = lost

    def fails(descriptor, size_bytes):
        if threading.current_thread().name == "index builder":
            raise OSError(5, "Input/output error")
        return OsCalls.read(calls, descriptor, size_bytes)

    calls.read = fails
    calls.may_go_on.set()
    store.index._builder._thread.join()
    store.catch_up()
    assert "cannot be read" in store.index.stale
    assert numbers(store.find(RunQuery())) == [10, 9, 8]
