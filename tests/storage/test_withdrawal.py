"""Hidden and purged runs: told by events, never missing, the same after a rebuild."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3

import pytest

from luthier_desktop.domain.errors import RunPurged, StorageFailed
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.storage.layout import run_path
from luthier_desktop.storage.ledger import StoredFile
from luthier_desktop.storage.os_calls import OsCalls
from luthier_desktop.storage.verify import verify
from luthier_desktop.storage.withdrawal import HIDDEN, PURGED, SHOWN, purge_row
from tests.storage.make import open_store, record, run_id

HIDDEN_ONES = RunQuery(hidden=True)


class KeepsRuns(OsCalls):
    """A disk that lets no run be removed."""

    def unlink(self, path):
        if path.name.startswith("run_"):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        super().unlink(path)


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path)
    for number in range(1, 5):
        record(opened, run_id(number))
    opened.catch_up()
    return opened


def purge(store, number):
    file = StoredFile.of(run_path(run_id(number)), store.runs.get(run_id(number)).data)
    return store.withdraw(PURGED, run_id(number), purge_row(file, "asked for"))


def told(store, level="full"):
    report = verify(store, level)
    return report.ok, [(found.code, found.severity) for found in report.findings]


def listed(store, **filters):
    query = RunQuery(**filters)
    ids = store.index.ids(query)
    assert store.index.count(query) == len(ids)
    assert [entry.run_id for entry in store.find(query).entries] == ids
    return [int(each[-4:]) for each in ids]


def test_a_filter_finds_hidden_runs_among_the_hidden_ones_only(store):
    store.withdraw(HIDDEN, run_id(2), {"reason": "a trial"})
    purge(store, 3)
    store.catch_up()
    for asked in ({}, {"risk": ("green",)}, {"risk": ("red", "GREEN")}, {"text": "rose"}):
        assert listed(store, **asked) == [4, 1]
        assert listed(store, hidden=True, **asked) == [3, 2]
    assert listed(store, hidden=True, risk=("red",)) == []
    assert listed(store, hidden=True, sort="score", limit=1000) == [3, 2]
    page = store.find(RunQuery(hidden=True, limit=1))
    rest = store.find(RunQuery(hidden=True, cursor=page.next_cursor))
    assert [entry.run_id for entry in rest.entries] == [run_id(2)]


def test_an_entry_tells_which_event_hid_or_purged_its_run(store):
    hid = store.withdraw(HIDDEN, run_id(2), {"reason": "a trial"})
    gone = purge(store, 3)
    store.catch_up()
    found = {entry.run_id: entry for entry in store.find(HIDDEN_ONES).entries}
    hidden, purged = found[run_id(2)], found[run_id(3)]
    assert (hidden.hidden, hidden.purged, hidden.hidden_by) == (True, False, hid)
    assert (purged.hidden, purged.purged, purged.hidden_by) == (False, True, gone)
    assert (hidden.damaged, purged.damaged) == (False, False)
    assert store.withdrawal_of(run_id(2)).reason == "a trial"
    assert store.withdrawal_of(run_id(1)) is None


def test_a_rebuilt_index_has_the_same_rows(store):
    store.withdraw(HIDDEN, run_id(1), {"reason": "a trial"})
    store.withdraw(HIDDEN, run_id(2), {"reason": "a trial"})
    store.withdraw(SHOWN, run_id(2), {"reason": "wanted"})
    purge(store, 1)
    store.withdraw(SHOWN, run_id(1), {"reason": "nothing can bring it back"})
    store.catch_up()
    before = store.index.dump()
    store.rebuild()
    assert store.index.dump() == before
    assert listed(store) == [4, 3, 2]
    assert told(store, "deep") == (True, [("purged", "info")])


def test_verify_tells_purges_and_counts_hidden_runs_as_information(store):
    store.withdraw(HIDDEN, run_id(2), {"reason": "a trial"})
    store.withdraw(HIDDEN, run_id(3), {"reason": "a trial"})
    gone = purge(store, 3)
    store.catch_up()
    report = verify(store, "full")
    purged, hidden = report.findings
    assert (report.ok, report.runs) == (True, 4)
    assert (purged.code, purged.path, purged.seq) == ("purged", run_path(run_id(3)), gone)
    assert purged.message.endswith("by owner: asked for. Its hash is kept.")
    assert (hidden.code, hidden.message) == ("hidden", "1 run is hidden.")


def test_a_file_that_is_missing_without_a_purge_is_still_missing(store):
    purge(store, 3)
    store.layout.real(run_path(run_id(4))).unlink()
    store.catch_up()
    assert told(store) == (False, [("run_missing", "damage"), ("purged", "info")])


def test_a_purged_run_answers_with_a_sentence(store):
    purge(store, 3)
    store.catch_up()
    assert not store.layout.real(run_path(run_id(3))).exists()
    with pytest.raises(RunPurged, match="was purged on 2026-01-22 by owner: asked for"):
        store.runs.get(run_id(3))


@pytest.mark.parametrize("finish", ["adopt_orphans", "rebuild"])
def test_a_purge_that_was_cut_off_is_finished_at_the_next_start_and_never_by_verify(
    tmp_path, store, finish
):
    path = store.layout.real(run_path(run_id(3)))
    kept = path.read_bytes()
    purge(store, 3)
    path.write_bytes(kept)
    again = open_store(tmp_path, seed=2)
    again.catch_up()
    with pytest.raises(RunPurged):
        again.runs.get(run_id(3))
    report = verify(again)
    assert (report.ok, "Its file is still there" in report.findings[0].message) == (True, True)
    assert path.exists()
    getattr(again, finish)()
    assert not path.exists()
    assert told(again) == (True, [("purged", "info")])


def test_only_the_ledger_can_have_a_file_removed(store):
    path = store.layout.real(run_path(run_id(3)))
    hid = store.withdraw(HIDDEN, run_id(3), {"reason": "a trial"})
    store.catch_up()
    with contextlib.closing(sqlite3.connect(store.index.path, isolation_level=None)) as index:
        index.execute("UPDATE runs SET hidden = ?", (-hid,))
    assert store.index.entries([run_id(3)])[0].purged
    store.adopt_orphans()
    assert path.exists()
    assert all(store.layout.real(run_path(run_id(number))).exists() for number in range(1, 5))


def test_a_purge_whose_file_cannot_be_removed_says_that_it_is_recorded(tmp_path, store):
    path = store.layout.real(run_path(run_id(3)))
    failing = open_store(tmp_path, seed=2, calls=KeepsRuns())
    stored = StoredFile.of(run_path(run_id(3)), path.read_bytes())
    with pytest.raises(StorageFailed, match="is recorded, but"):
        failing.withdraw(PURGED, run_id(3), purge_row(stored, "asked for"))
    assert path.exists()
    store.adopt_orphans()
    assert not path.exists()
