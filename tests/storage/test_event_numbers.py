"""Events of one type while the index fails: told by the ledger, and each event read once."""

import json
import shutil

import pytest

from luthier_desktop.storage.os_calls import OsCalls
from tests.storage.make import open_store

EVENTS = ("operator.added", "x", "operator.refused", "x", "operator.added", "x")


class Opened(OsCalls):
    """Writes down the names of the files that are opened."""

    def __init__(self):
        self.names = []

    def open(self, path, flags, mode=0o444):
        self.names.append(path.name)
        return super().open(path, flags, mode)

    def events(self):
        return {int(name[:9]) for name in self.names if name[:9].isdecimal()}


@pytest.fixture
def calls():
    return Opened()


@pytest.fixture
def store(tmp_path, calls):
    store = open_store(tmp_path, calls=calls)
    for event in EVENTS:
        store.record_event(event, None)
    return store


def fail_index(store):
    store.catch_up()
    store.index._open().close()


def told(store, event="operator.added"):
    return [found.seq for found in store.events_of(event)]


def place_of(store, event):
    path = store.layout.ledger
    return next(
        each
        for each in sorted(path.rglob("*.json"))
        if json.loads(each.read_bytes())["event"] == event
    )


def test_without_an_index_the_ledger_tells_the_same(store):
    listed = told(store), told(store, "operator.refused"), told(store, "nothing")
    assert [len(each) for each in listed] == [2, 1, 0]
    fail_index(store)
    assert (told(store), told(store, "operator.refused"), told(store, "nothing")) == listed
    assert store.index.stale


def test_an_event_that_never_stood_in_the_index_is_told_by_the_ledger(store):
    fail_index(store)
    before = told(store)
    new = store.record_event("operator.added", None)
    assert told(store) == [new, *before]


def test_what_the_index_said_before_is_not_read_again(store, calls):
    before, last = told(store), store.ledger.last_seq()
    fail_index(store)
    new = store.record_event("operator.added", None)
    calls.names.clear()
    assert told(store) == [new, *before]
    assert calls.events() <= {*before, last, new, new + 1}


def test_each_event_is_read_once_for_all_types(store, calls):
    fail_index(store)
    told(store), told(store, "operator.refused")
    last = store.ledger.last_seq()
    calls.names.clear()
    found = told(store) + told(store, "operator.refused")
    assert calls.events() <= {*found, last, last + 1}


def test_an_event_that_comes_back_is_told_from_then_on(store, tmp_path):
    place = place_of(store, "operator.refused")
    kept = tmp_path / "kept.json"
    shutil.move(place, kept)
    fail_index(store)
    assert told(store, "operator.refused") == []
    shutil.move(kept, place)
    assert len(told(store, "operator.refused")) == 1


def test_an_event_in_another_form_is_told(store):
    place = place_of(store, "operator.refused")
    written = json.dumps(json.loads(place.read_bytes()), indent=1)
    place.unlink()
    place.write_text(written)
    fail_index(store)
    assert told(store, "operator.refused") == [int(place.stem)]


def test_a_log_that_was_put_back_is_read_anew(store, tmp_path):
    before = told(store)
    shutil.copytree(store.layout.ledger, tmp_path / "earlier")
    new = store.record_event("operator.added", None)
    assert told(store) == [new, *before]
    fail_index(store)
    (place_of_new,) = store.layout.ledger.rglob(f"{new:09d}.json")
    place_of_new.write_bytes(
        place_of_new.read_bytes().replace(b"operator.added", b"operator.xxxxx")
    )
    assert told(store) == before
