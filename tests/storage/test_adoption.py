import os

import pytest
from filelock import FileLock

from luthier_desktop.domain.run import RunQuery
from luthier_desktop.domain.snapshot import SnapshotQuery
from luthier_desktop.storage.canonical import sha256_hex, storable_bytes
from luthier_desktop.storage.layout import run_path
from luthier_desktop.storage.verify import verify
from tests.storage.make import artifact, open_store, record, run_id

LONG_AGO = 1_600_000_000
NOBODY = 2**22 + 1


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path)
    record(opened, run_id(1))
    yield opened
    opened.close()


def orphan(store, number, data=None, *, old=True):
    path = store.layout.real(run_path(run_id(number)))
    run = artifact(run_id(number), meta={"source": "window"})
    path.write_bytes(storable_bytes(run.stored()) if data is None else data)
    if old:
        os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def test_a_complete_old_orphan_is_taken_into_the_log_like_its_own_event_would(store):
    path = orphan(store, 2)
    data = path.read_bytes()
    adopted = store.adopt_orphans()
    assert (adopted.runs, adopted.quarantined) == ((run_id(2),), ())
    event = store.ledger.read(3).members
    assert (event["event"], event["run_id"]) == ("run.adopted", run_id(2))
    store.catch_up()
    entry = store.find(RunQuery(limit=1)).entries[0]
    assert (entry.run_id, entry.seq, entry.event_type, entry.source) == (
        run_id(2), 3, "feasibility.checked", "window",
    )
    assert path.read_bytes() == data
    assert verify(store, "deep").findings == ()
    assert store.adopt_orphans().runs == ()


def test_an_orphan_that_saved_a_snapshot_brings_it_into_the_list(store):
    data = b'{"name":"Rose","snapshot_id":"snap_0000000000000001","tags":["a"]}'
    snapshot = store.layout.real("art_studio/snapshots/snap_0000000000000001.json")
    snapshot.parent.mkdir(parents=True)
    snapshot.write_bytes(data)
    output = {"snapshot_id": "snap_0000000000000001", "sha256": sha256_hex(data)}
    run = artifact(run_id(2), event_type="snapshot.saved", outputs={"snapshot": output})
    orphan(store, 2, storable_bytes(run.stored()))
    changed = artifact(
        run_id(3), event_type="snapshot.saved", outputs={"snapshot": output | {"sha256": "0"}}
    )
    orphan(store, 3, storable_bytes(changed.stored()))
    assert store.adopt_orphans().runs == (run_id(2), run_id(3))
    store.catch_up()
    items = store.index.snapshots(SnapshotQuery()).items
    assert [(item.name, item.tags, item.run_id) for item in items] == [
        ("Rose", ("a",), run_id(2))
    ]
    assert store.snapshots.get("snap_0000000000000001") == data
    assert verify(store, "full").ok


def test_a_run_that_may_be_being_saved_is_left_alone(store):
    orphan(store, 2, old=False)
    assert store.adopt_orphans().runs == ()
    assert store.ledger.last_seq() == 2


@pytest.mark.parametrize("data", [b"", b"{", b'{"a": 1}', b'{"a":1}'])
def test_an_incomplete_orphan_is_moved_aside_and_told(store, data):
    path = orphan(store, 2, data)
    adopted = store.adopt_orphans()
    assert (adopted.runs, adopted.quarantined) == ((), (run_path(run_id(2)),))
    assert not path.exists()
    assert (store.layout.data / "quarantine" / f"{run_id(2)}.json").read_bytes() == data
    event = store.ledger.read(3).members
    assert (event["event"], event["row"]) == ("file.quarantined", {"path": run_path(run_id(2))})
    store.catch_up()
    assert verify(store, "full").findings == ()


def lone_snapshot(store, *, old=True):
    path = store.layout.real("art_studio/snapshots/snap_0000000000000007.json")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b'{"name":"Rose"}')
    if old:
        os.utime(path, (LONG_AGO, LONG_AGO))
    return path


@pytest.mark.parametrize("work", ["adopt_orphans", "rebuild"])
def test_a_snapshot_whose_run_was_never_saved_is_moved_aside_and_told(store, work):
    path = lone_snapshot(store)
    store.catch_up()
    assert [found.code for found in verify(store, "full").findings] == ["snapshot_orphan"]
    getattr(store, work)()
    assert not path.exists()
    kept = store.layout.data / "quarantine" / path.name
    assert kept.read_bytes() == b'{"name":"Rose"}'
    event = store.ledger.read(3).members
    assert (event["event"], event["row"]["path"]) == (
        "file.quarantined", f"art_studio/snapshots/{path.name}",
    )
    store.catch_up()
    assert verify(store, "deep").findings == ()


def test_a_snapshot_that_may_be_being_saved_is_left_alone(store):
    young = lone_snapshot(store, old=False)
    assert store.adopt_orphans().quarantined == ()
    old = lone_snapshot(store)
    orphan(store, 2, old=False)
    assert store.adopt_orphans().quarantined == ()
    assert young == old
    assert old.exists()


def test_nothing_is_adopted_while_the_ledger_is_in_doubt(tmp_path, store):
    for number in (11, 12):
        record(store, run_id(number))
    orphan(store, 2)
    path = store.layout.event_path(3)
    data = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(data.replace(b"owner", b"other"))
    assert open_store(tmp_path, seed=2).adopt_orphans().runs == ()
    path.write_bytes(data)
    assert open_store(tmp_path, seed=2).adopt_orphans().runs == (run_id(2),)


def test_only_one_program_adopts_at_a_time(store):
    orphan(store, 2)
    with FileLock(store.layout.data / "adopt.lock"):
        assert store.adopt_orphans().runs == ()
    assert store.adopt_orphans().runs == (run_id(2),)


def test_a_rebuild_takes_orphans_in_and_verify_and_a_start_do_not(tmp_path, store):
    orphan(store, 2)
    again = open_store(tmp_path, seed=2)
    again.catch_up()
    verify(again, "deep")
    assert again.ledger.last_seq() == 2
    assert again.rebuild().runs == 2
    assert again.ledger.last_seq() == 4  # session.started and run.adopted


def test_only_old_leftovers_of_dead_programs_are_cleared_away(store):
    folder = store.layout.data / "runs"
    names = {
        f".a.json.{NOBODY}.0123456789ab.tmp": True,
        f".b.json.{NOBODY}.0123456789ab.tmp": False,
        f".c.json.{os.getpid()}.0123456789ab.tmp": True,
        f"d.json.{NOBODY}.0123456789ab.tmp": True,
    }
    for name, old in names.items():
        (folder / name).write_bytes(b"{")
        if old:
            os.utime(folder / name, (LONG_AGO, LONG_AGO))
    store.adopt_orphans()
    left = sorted(path.name for path in folder.iterdir() if path.is_file())
    assert left == sorted(list(names)[1:])
