"""Repair brings back what a copy still has, and touches nothing that is sound."""

from __future__ import annotations

import shutil

import pytest

from luthier_desktop.domain.errors import InputRefused, NotFound, StoreReadOnly
from luthier_desktop.storage.repair import Repair
from luthier_desktop.storage.verify import verify
from tests.storage.faulty import ReadOnly
from tests.storage.make import open_store, record, run_id
from tests.storage.test_verify import change, contents

RUN = f"runs/rmos/2026-01-22/{run_id(2)}.json"


@pytest.fixture
def store(tmp_path):
    """A store of four runs, events 2 to 5, and a copy of it in ``copy``."""
    opened = open_store(tmp_path)
    for number in range(4):
        record(opened, run_id(number))
    opened.catch_up()
    shutil.copytree(tmp_path / "data", tmp_path / "copy")
    return opened


def repaired(store, folder="copy"):
    return Repair(store, store.layout.data.parent / folder).run()


def test_a_sound_store_is_left_as_it_is(store):
    before = contents(store.layout.data)
    report = repaired(store)
    assert (report.restored, report.quarantined, report.not_restored) == ((), (), ())
    assert contents(store.layout.data) == before


def test_a_missing_and_a_damaged_run_come_back_and_the_damaged_bytes_are_kept(store):
    missing = f"runs/rmos/2026-01-22/{run_id(0)}.json"
    good = (store.layout.data / RUN).read_bytes()
    (store.layout.data / missing).unlink()
    change(store.layout.data / RUN, lambda data: data.replace(b"GREEN", b"GREEM"))
    bad = (store.layout.data / RUN).read_bytes()
    before = contents(store.layout.data)
    report = repaired(store)
    assert report.restored == (missing, RUN)
    assert report.not_restored == ()
    assert (store.layout.data / RUN).read_bytes() == good
    (aside,) = report.quarantined
    assert (store.layout.data / aside).read_bytes() == bad
    told = store.ledger.read(store.ledger.last_seq()).members
    assert told["event"] == "file.quarantined"
    assert told["row"]["path"] == RUN
    assert [file["path"] for file in told["files"]] == [aside]
    store.catch_up()
    assert verify(store, "deep").findings == ()
    after = contents(store.layout.data)
    assert {path for path in before if after[path] != before[path]} == {store.layout.data / RUN}


def test_a_copy_with_other_bytes_is_not_taken_and_the_damaged_file_stays(store):
    copy = store.layout.data.parent / "copy"
    change(copy / RUN, lambda data: data.replace(b"GREEN", b"AMBER"))
    change(store.layout.data / RUN, lambda data: data.replace(b"GREEN", b"GREEM"))
    before = contents(store.layout.data)
    report = repaired(store)
    assert [each.path for each in report.not_restored] == [RUN]
    assert "bytes that the ledger recorded" in report.not_restored[0].reason
    assert contents(store.layout.data) == before


def test_a_file_is_found_by_its_name_wherever_it_lies_in_the_copy(store):
    parent = store.layout.data.parent
    (parent / "stick" / "rescued").mkdir(parents=True)
    shutil.move(parent / "copy" / RUN, parent / "stick" / "rescued" / f"{run_id(2)}.json")
    (store.layout.data / RUN).unlink()
    assert repaired(store, "stick").restored == (RUN,)


def test_events_in_the_middle_come_back_by_the_hash_that_their_followers_tell(store):
    gone, edited = (f"ledger/000000/{seq:09d}.json" for seq in (2, 3))
    (store.layout.data / gone).unlink()
    change(store.layout.data / edited, lambda data: data.replace(b"owner", b"other"))
    report = repaired(store)
    assert report.restored == (edited, gone)
    store.catch_up()
    assert verify(store, "deep").findings == ()


def test_the_newest_event_has_no_follower_to_tell_its_hash(store):
    newest = f"ledger/000000/{store.ledger.last_seq():09d}.json"
    change(store.layout.data / newest, lambda data: data[:-5])
    report = repaired(open_store(store.layout.data.parent, seed=5))
    assert [each.path for each in report.not_restored] == [newest]
    assert "no sound event behind it" in report.not_restored[0].reason


def test_what_a_lead_purged_is_not_brought_back(store):
    from luthier_desktop.storage.ledger import NewEvent

    store.journal.append(
        NewEvent("run.purged", run_id(2), row={"reason": "asked for by the owner"})
    )
    (store.layout.data / RUN).unlink()
    assert repaired(store).restored == ()
    assert not (store.layout.data / RUN).exists()


def test_an_interrupted_repair_can_be_done_again(store):
    change(store.layout.data / RUN, lambda data: data[:-1])
    stopped = Repair(store, store.layout.data.parent / "copy", cancelled=lambda: True).run()
    assert (stopped.cancelled, stopped.restored) == (True, ())
    steps = []
    again = Repair(
        store, store.layout.data.parent / "copy", lambda done, of: steps.append((done, of))
    ).run()
    assert again.restored == (RUN,)
    assert steps == sorted(steps)


def test_no_folder_and_the_store_itself_are_no_copy(store, tmp_path):
    with pytest.raises(NotFound, match="no folder"):
        repaired(store, "nowhere")
    for folder in ("data", "data/runs"):
        with pytest.raises(InputRefused, match="in the store itself"):
            repaired(store, folder)
    viewer = open_store(tmp_path, seed=4, calls=ReadOnly())
    with pytest.raises(StoreReadOnly):
        Repair(viewer, tmp_path / "copy").run()
