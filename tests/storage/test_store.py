import errno
import json
import os

import pytest
import rfc8785

from luthier_desktop.domain.errors import (
    Conflict,
    NotFound,
    RecordDamaged,
    RunDamaged,
    StorageFailed,
    StoreReadOnly,
)
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.domain.snapshot import SnapshotQuery
from luthier_desktop.storage.document_store import Document
from luthier_desktop.storage.layout import run_path, snapshot_path
from luthier_desktop.storage.run_row import RunRow, SnapshotRow
from luthier_desktop.storage.verify import verify
from tests.storage.faulty import Always, Faulty, ReadOnly
from tests.storage.make import artifact, open_store, record, run_id

SNAPSHOT_ID = "snap_0000000000000001"


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path)
    yield opened
    opened.close()


def edit(path, old, new):
    data = path.read_bytes()
    assert old in data
    path.chmod(0o644)
    path.write_bytes(data.replace(old, new))


def test_a_run_is_stored_as_the_canonical_form_of_its_members(store):
    run = artifact(run_id(5))
    recorded = store.record(run, RunRow.of(run, "cli"))
    folder = store.layout.data / "runs/rmos/2026-01-22"
    data = (folder / "run_20260122_0000000000000005.json").read_bytes()
    assert data == rfc8785.dumps(json.loads(run.model_dump_json(by_alias=True)))
    assert recorded.path == "runs/rmos/2026-01-22/run_20260122_0000000000000005.json"
    assert store.runs.get(run_id(5)).artifact == run
    assert store.runs.get(run_id(5)).data == data


def test_a_report_encoded_before_gives_the_same_bytes_as_one_encoded_with_its_run(store):
    report = {"checks": [{"value": 1.5, "id": "G1"}], "run_id": None, "overall_score": 90.0}
    first = artifact(run_id(5), feasibility=report)
    recorded = store.record(first, RunRow.of(first, "cli"), (), rfc8785.dumps(report))
    data = store.layout.real(recorded.path).read_bytes()
    assert data == rfc8785.dumps(json.loads(first.model_dump_json(by_alias=True)))


def test_the_first_event_of_a_session_says_who_records_and_later_ones_do_not(store):
    assert store.ledger.last_seq() == 0
    assert [record(store).seq, record(store).seq] == [2, 3]
    started, first, _ = (event.members for event in store.ledger.events())
    assert started["event"] == "session.started"
    assert started["row"] == {
        "source": "cli", "host": "bench", "os_user": "luthier", "app_version": "1.0",
    }
    assert first["event"] == "feasibility.checked"
    assert "bench" not in json.dumps(first)
    assert first["session"] == started["session"]


def test_a_session_that_records_nothing_leaves_no_event(tmp_path, store):
    record(store)
    viewer = open_store(tmp_path, seed=2)
    viewer.find(RunQuery())
    assert viewer.ledger.last_seq() == 2


def test_a_clock_that_went_back_is_told_in_the_ledger(tmp_path, store):
    for _ in range(200):
        store.ground.now()
    record(store)
    earlier = open_store(tmp_path, seed=2)
    record(earlier)
    names = [event.members["event"] for event in earlier.ledger.events(3)]
    assert names == ["session.started", "clock.regressed", "feasibility.checked"]


def test_a_clock_that_goes_back_while_the_program_runs_is_told_once(tmp_path):
    moment = ["2026-01-22T10:05:00.000000Z"]
    store = open_store(tmp_path, clock=lambda: moment[0])
    record(store)
    for moment[0] in ("2026-01-22T10:03:00.000000Z", "2026-01-22T10:00:59.000000Z"):
        record(store)
        record(store)
    names = [event.members["event"] for event in store.ledger.events(2)]
    checks = ["feasibility.checked"] * 2
    assert names == ["feasibility.checked", *checks, "clock.regressed", *checks]
    assert store.ledger.read(5).members["row"] == {
        "last_event_utc": "2026-01-22T10:03:00.000000Z",
        "now_utc": "2026-01-22T10:00:59.000000Z",
    }


def test_an_event_names_the_file_its_hash_and_its_size(store):
    recorded = record(store)
    data = store.layout.real(recorded.path).read_bytes()
    event = store.ledger.read(recorded.seq).members
    assert event["files"] == [
        {"path": recorded.path, "sha256": recorded.sha256, "bytes": len(data)}
    ]


def test_the_same_id_with_another_content_is_a_conflict_and_the_first_stays(store):
    record(store, run_id(7))
    before = store.ledger.last_seq()
    with pytest.raises(Conflict):
        record(store, run_id(7), mode="cam")
    assert store.ledger.last_seq() == before
    assert store.runs.get(run_id(7)).artifact.mode == "art_studio"


def test_a_run_that_nobody_recorded_is_not_found(store):
    with pytest.raises(NotFound, match="does not exist in this log"):
        store.runs.get(run_id(1))


@pytest.mark.parametrize("how", ["edited", "shortened", "emptied", "missing"])
def test_a_damaged_run_is_listed_and_left_in_place(store, how):
    recorded = record(store, run_id(3))
    record(store)
    store.catch_up()
    assert [entry.damaged for entry in store.find(RunQuery()).entries] == [False, False]
    path = store.layout.real(recorded.path)
    data = path.read_bytes()
    path.chmod(0o644)
    if how == "missing":
        path.unlink()
    else:
        changed = {"edited": data.replace(b"GREEN", b"AMBER"), "shortened": data[:-1]}
        path.write_bytes(changed.get(how, b""))
    found = path.read_bytes() if path.exists() else None
    assert [entry.damaged for entry in store.find(RunQuery()).entries] == [False, True]
    assert [entry.damaged for entry in store.index.find(RunQuery()).entries] == [False, True]
    assert [entry.damaged for entry in store.entries([run_id(3)])] == [True]
    with pytest.raises(RunDamaged) as damaged:
        store.runs.get(run_id(3))
    assert damaged.value.text == (found or b"").decode()
    assert recorded.path in damaged.value.sentence
    assert (path.read_bytes() if path.exists() else None) == found
    path.unlink(missing_ok=True)
    path.write_bytes(data)
    assert [entry.damaged for entry in store.find(RunQuery()).entries] == [False, False]


def test_an_edit_that_keeps_the_size_and_the_time_is_found_when_listed_anew(tmp_path, store):
    recorded = record(store)
    store.catch_up()
    store.find(RunQuery())
    path = store.layout.real(recorded.path)
    stat = path.stat()
    edit(path, b"GREEN", b"GREEM")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert store.find(RunQuery()).entries[0].damaged
    assert open_store(tmp_path, seed=2).find(RunQuery()).entries[0].damaged


def test_a_whole_run_that_is_no_complete_record_is_damaged_too(store):
    run = artifact(run_id(8))
    incomplete = run.model_copy(update={"hashes": None})
    store.record(incomplete, RunRow.of(run, "cli"))
    with pytest.raises(RunDamaged, match="no complete record"):
        store.runs.get(run_id(8))


def snapshot(number=1, **changes):
    members = {"snapshot_id": f"snap_{number:016d}", "name": f"Rose {number}", "tags": ("a",)}
    return SnapshotRow(**members | changes)


def save(store, number=1, **changes):
    row = snapshot(number, **changes)
    run = artifact(run_id(), event_type="snapshot.saved")
    document = Document(snapshot_path(row.snapshot_id), f'{{"n":{number}}}'.encode())
    return store.record(run, RunRow.of(run, "cli", snapshot=row), [document])


def test_a_snapshot_is_written_before_its_event_and_proven_when_read(store):
    recorded = save(store)
    path = store.layout.real(snapshot_path(SNAPSHOT_ID))
    event = store.ledger.read(recorded.seq).members
    assert [file["path"] for file in event["files"]] == [
        recorded.path, f"art_studio/snapshots/{SNAPSHOT_ID}.json",
    ]
    assert store.snapshots.get(SNAPSHOT_ID) == b'{"n":1}'
    edit(path, b"1", b"2")
    with pytest.raises(RecordDamaged, match="its bytes are not those"):
        store.snapshots.get(SNAPSHOT_ID)
    with pytest.raises(NotFound):
        store.snapshots.get("snap_0000000000000009")


def test_the_list_of_snapshots_follows_tags_baseline_and_deletion(store):
    saved = [save(store, number) for number in (1, 2, 3)]
    store.record_event("snapshot.tagged", {"snapshot_id": SNAPSHOT_ID, "tags": ["Größe", "b"]})
    store.record_event("baseline.set", {"snapshot_id": "snap_0000000000000002"})
    deleted = artifact(run_id(), event_type="snapshot.deleted")
    store.record(deleted, RunRow.of(deleted, "cli", snapshot=snapshot(3)))
    for _ in range(2):
        store.catch_up()
        items = store.index.snapshots(SnapshotQuery()).items
        assert [(item.name, item.tags, item.baseline) for item in items] == [
            ("Rose 2", ("a",), True), ("Rose 1", ("Größe", "b"), False),
        ]
        found = store.index.snapshots(SnapshotQuery(tag=("GRÖSSE",))).items
        assert [item.seq for item in found] == [saved[0].seq]
        assert store.index.find(RunQuery(tag=("grösse",))).entries[0].seq == saved[0].seq
        deleted_items = store.index.snapshots(SnapshotQuery(deleted=True)).items
        assert [item.name for item in deleted_items] == ["Rose 3"]
        assert store.index.snapshot("snap_0000000000000003").deleted
        store.rebuild()
    restored = artifact(run_id(), event_type="snapshot.restored")
    store.record(restored, RunRow.of(restored, "cli", snapshot=snapshot(3)))
    store.record_event("baseline.set", {"snapshot_id": None})
    store.catch_up()
    page = store.index.snapshots(SnapshotQuery(limit=2))
    assert [item.baseline for item in page.items] == [False, False]
    assert page.items[0].name == "Rose 3"
    rest = store.index.snapshots(SnapshotQuery(limit=2, cursor=page.next_cursor))
    assert ([item.name for item in rest.items], rest.has_more) == (["Rose 1"], False)
    assert store.index.snapshots(SnapshotQuery(text="rose 2")).items[0].name == "Rose 2"


def test_a_hidden_run_is_not_listed_until_it_is_shown_again(store):
    record(store, run_id(1))
    record(store, run_id(2))
    store.record_event("run.hidden", None, run_id=run_id(1))
    store.catch_up()
    assert store.index.ids(RunQuery()) == [run_id(2)]
    assert store.index.ids(RunQuery(risk=("green",))) == [run_id(2)]
    assert store.index.count(RunQuery(risk=("green", "red"))) == 1
    store.record_event("run.shown", None, run_id=run_id(1))
    store.catch_up()
    assert store.index.ids(RunQuery(risk=("green",))) == [run_id(2), run_id(1)]
    assert store.runs.get(run_id(1)).artifact.run_id == run_id(1)


def test_a_document_that_stands_already_is_named_again_and_not_written_again(tmp_path, store):
    rules = Document("rules/1.json", b"{}")
    for opened in (store, store, open_store(tmp_path, seed=2)):
        run = artifact(run_id())
        recorded = opened.record(run, RunRow.of(run, "cli"), [rules])
        assert opened.ledger.read(recorded.seq).members["files"][1]["path"] == "rules/1.json"
    store.catch_up()
    assert verify(store, "deep").findings == ()


def test_a_store_on_a_read_only_medium_opens_for_viewing(tmp_path, store):
    record(store, run_id(1))
    viewer = open_store(tmp_path, seed=2, calls=ReadOnly())
    assert viewer.state.kind == "read_only"
    assert str(tmp_path) in viewer.state.sentence
    assert "opened for viewing" in viewer.state.sentence
    with pytest.raises(StoreReadOnly, match=r"Nothing was saved\. .* cannot be written"):
        record(viewer)
    viewer.catch_up()
    assert [entry.run_id for entry in viewer.find(RunQuery()).entries] == [run_id(1)]
    assert viewer.runs.get(run_id(1)).artifact.run_id == run_id(1)
    assert verify(viewer, "full").ok
    assert viewer.rebuild().runs == 1


def test_a_store_on_a_full_disk_opens_for_viewing(tmp_path, store):
    record(store, run_id(1))
    viewer = open_store(tmp_path, seed=2, calls=Always(errno.ENOSPC, "write"))
    assert viewer.state.kind == "full"
    assert "is full" in viewer.state.sentence
    with pytest.raises(StoreReadOnly, match=r"Nothing was saved\."):
        record(viewer)
    viewer.catch_up()
    assert viewer.index.count(RunQuery()) == 1


@pytest.mark.parametrize("calls", [ReadOnly(), Always(errno.ENOSPC, "write")])
def test_a_new_store_that_cannot_be_made_opens_empty(tmp_path, calls):
    viewer = open_store(tmp_path, calls=calls)
    assert viewer.state.kind in ("read_only", "full")
    viewer.catch_up()
    assert viewer.find(RunQuery()).entries == ()
    assert verify(viewer, "full").events == 0


def test_a_data_directory_that_is_a_file_opens_empty_with_a_sentence(tmp_path):
    (tmp_path / "data").write_text("not a directory")
    viewer = open_store(tmp_path)
    assert not viewer.state.writable
    assert viewer.state.sentence
    assert viewer.find(RunQuery()).entries == ()


def test_a_store_of_a_newer_program_is_opened_for_viewing(tmp_path, store):
    record(store)
    path = store.layout.data / "STORE.json"
    edit(path, b"luthier.store/1", b"luthier.store/2")
    viewer = open_store(tmp_path, seed=2)
    assert viewer.state.kind == "newer_format"
    assert "Update the program" in viewer.state.sentence
    assert viewer.store_id == store.store_id
    viewer.catch_up()
    assert viewer.index.count(RunQuery()) == 1


def test_a_store_whose_name_is_unreadable_is_opened_for_viewing_and_told(tmp_path, store):
    record(store)
    path = store.layout.data / "STORE.json"
    path.unlink()
    path.write_bytes(b"{")
    viewer = open_store(tmp_path, seed=2)
    assert viewer.state.kind == "damaged"
    viewer.catch_up()
    assert viewer.index.count(RunQuery()) == 1
    assert "store_damaged" in [found.code for found in verify(viewer, "quick").findings]
    assert path.read_bytes() == b"{"


def test_a_second_program_takes_the_store_that_the_first_has_made(tmp_path, store):
    assert open_store(tmp_path, seed=2).store_id == store.store_id


def test_whichever_call_of_a_save_fails_the_same_save_succeeds_afterwards(tmp_path):
    counting = Faulty()
    store = open_store(tmp_path, calls=counting)
    record(store)
    begun = len(counting.seen)
    record(store, run_id(1))
    for number, at in enumerate(range(len(counting.seen) - begun), start=2):
        counting.at = len(counting.seen) + at
        with pytest.raises(StorageFailed, match="was not saved"):
            record(store, run_id(number))
        assert counting.at < len(counting.seen)
        counting.at = -1
        record(store, run_id(number))
    store.catch_up()
    report = verify(open_store(tmp_path, seed=2), "deep")
    codes = {found.code for found in report.findings}
    assert codes <= {"event_double", "tmp_left"}
    assert report.ok
    listed = store.index.ids(RunQuery(limit=1000))
    assert len(listed) == len(set(listed)) == number + 1


def test_a_run_outside_the_day_of_today_lies_in_the_folder_of_its_id(store):
    recorded = record(store, run_id(1, "20251231"))
    assert recorded.path.startswith("runs/rmos/2025-12-31/")
    assert recorded.path == run_path(run_id(1, "20251231"))
