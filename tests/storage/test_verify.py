import os
import random

import pytest

from luthier_desktop.storage import parsing
from luthier_desktop.storage.document_store import Document
from luthier_desktop.storage.layout import snapshot_path
from luthier_desktop.storage.run_row import RunRow, SnapshotRow
from luthier_desktop.storage.verify import verify
from tests.storage.faulty import Always, ReadOnly
from tests.storage.make import (
    Clock,
    artifact,
    layout_in,
    open_layout,
    open_store,
    record,
    run_id,
)

LONG_AGO = 1_600_000_000
SNAPSHOT = "snap_0000000000000001"


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path)
    for number in range(5):
        record(opened, run_id(number))
    row = SnapshotRow(snapshot_id=SNAPSHOT, name="Rose")
    run = artifact(run_id(5), event_type="snapshot.saved")
    documents = [Document(snapshot_path(SNAPSHOT), b"{}"), Document("rules/1.json", b'{"v":1}')]
    opened.record(run, RunRow.of(run, "cli", snapshot=row), documents)
    opened.catch_up()
    yield opened
    opened.close()


def contents(folder):
    return {
        path: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def found(store, level="full"):
    """Verify from a fresh start, and make sure that nothing was written."""
    before = contents(store.layout.data)
    fresh = open_store(store.layout.data.parent, seed=9)
    report = verify(fresh, level)
    fresh.close()
    assert contents(store.layout.data) == before
    assert report.failed is None
    bad = any(finding.severity != "info" for finding in report.findings)
    assert report.ok == (not bad)
    return [(finding.code, finding.path) for finding in report.findings]


def change(path, work):
    data = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(work(data))


def place(folder, name, data=b"{}", *, old=True):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    if old:
        os.utime(path, (LONG_AGO, LONG_AGO))
    return path


@pytest.mark.parametrize("level", ["quick", "full", "deep", 0, 29])
def test_a_sound_store_has_no_findings(store, level):
    assert found(store, level) == []
    report = verify(store, level)
    assert (report.events, report.runs) == (7, 6)
    assert report.plain()["checkpoint"] is None


def test_one_changed_byte_of_a_run_is_named_with_its_file(store):
    path = f"runs/rmos/2026-01-22/{run_id(2)}.json"
    change(store.layout.data / path, lambda data: data.replace(b"GREEN", b"GREEM"))
    assert found(store, "quick") == []
    assert found(store, "full") == [("run_damaged", path)]
    assert found(store, "deep") == [("run_damaged", path)]
    finding = verify(store).findings[0]
    assert (finding.severity, finding.seq) == ("damage", 4)
    assert "Restore" in finding.advice


def test_a_slice_reads_one_thirtieth_of_the_events_and_all_slices_read_all(store):
    path = f"runs/rmos/2026-01-22/{run_id(2)}.json"
    change(store.layout.data / path, lambda data: data.replace(b"GREEN", b"GREEM"))
    assert [n for n in range(30) if found(store, n)] == [4]


def test_a_missing_run_a_missing_snapshot_and_a_missing_document_are_named(store):
    paths = [f"runs/rmos/2026-01-22/{run_id(0)}.json", snapshot_path(SNAPSHOT), "rules/1.json"]
    for path in paths:
        (store.layout.data / path).unlink()
    codes = ["run_missing", "snapshot_missing", "document_missing"]
    assert found(store, "quick") == list(zip(codes, paths, strict=True))


def test_a_file_of_another_size_is_found_by_the_quick_look(store):
    change(store.layout.data / snapshot_path(SNAPSHOT), lambda data: data + b" ")
    assert found(store, "quick") == [("snapshot_damaged", snapshot_path(SNAPSHOT))]


def test_a_run_without_an_event_is_an_orphan_once_it_is_old(store):
    place(store.layout.data, f"runs/rmos/2026-01-22/{run_id(90)}.json")
    place(store.layout.data, f"runs/rmos/2026-01-22/{run_id(91)}.json", old=False)
    place(store.layout.data, "art_studio/snapshots/snap_0000000000000007.json")
    assert sorted(found(store)) == [
        ("run_orphan", f"runs/rmos/2026-01-22/{run_id(90)}.json"),
        ("run_unfinished", f"runs/rmos/2026-01-22/{run_id(91)}.json"),
        ("snapshot_orphan", "art_studio/snapshots/snap_0000000000000007.json"),
    ]


def test_leftovers_and_foreign_files_are_told_apart(store):
    places = {
        "runs/rmos/2026-01-22/.x.json.123.0123456789ab.tmp": "tmp_left",
        ".STORE.json.123.0123456789ab.tmp": "tmp_left",
        "runs/rmos/2026-01-22/run_1 (Anna's conflicted copy).json": "foreign_file",
        "runs/notes.txt": "foreign_file",
        "ledger/000000/000000003.json.bak": "foreign_file",
        "ledger/000001/000000003.json": "foreign_file",
        "art_studio/x.json": "foreign_file",
        "desktop.ini": "foreign_file",
        "Photos/rose.jpg": "foreign_file",
    }
    for path in places:
        place(store.layout.data, path)
    for path in ("cam/backups/x.json", "workshop/setups/a.json", "adopt.lock", "quarantine/y"):
        place(store.layout.data, path)
    assert sorted(found(store)) == sorted((code, path) for path, code in places.items())


def event_path(seq):
    return f"ledger/000000/{seq:09d}.json"


def test_a_missing_event_is_named(store):
    (store.layout.data / event_path(3)).unlink()
    assert ("event_missing", event_path(3)) in found(store)


def test_an_event_that_cannot_be_read_breaks_the_chain_behind_it(store):
    change(store.layout.data / event_path(3), lambda data: data[:-5])
    codes = found(store)
    assert ("event_damaged", event_path(3)) in codes
    assert ("chain_broken", event_path(4)) in codes


def test_a_well_formed_edit_of_an_event_is_seen_by_the_next_one(store):
    change(store.layout.data / event_path(3), lambda data: data.replace(b"owner", b"other"))
    assert found(store) == [("chain_broken", event_path(4))]


def test_an_event_in_another_than_the_canonical_form_is_damaged(store):
    change(store.layout.data / event_path(7), lambda data: data.replace(b'"auth"', b' "auth"'))
    assert found(store) == [("event_damaged", event_path(7))]


def test_two_events_that_swapped_their_places_are_damaged(store):
    first, second = (store.layout.data / event_path(seq) for seq in (3, 4))
    aside = first.with_name("aside")
    first.rename(aside)
    second.rename(first)
    aside.rename(second)
    codes = found(store)
    assert ("event_damaged", event_path(3)) in codes
    assert ("event_damaged", event_path(4)) in codes


def test_every_bit_of_an_early_event_and_of_its_run_is_watched(tmp_path):
    store = open_store(tmp_path)
    recorded = record(store, run_id(1))
    record(store, run_id(2))
    source = random.Random(11)
    for path in (store.layout.event_path(recorded.seq), store.layout.real(recorded.path)):
        data = path.read_bytes()
        path.chmod(0o644)
        for bit in source.sample(range(len(data) * 8), 150):
            flipped = bytearray(data)
            flipped[bit // 8] ^= 1 << bit % 8
            path.write_bytes(flipped)
            with open_store(tmp_path, seed=bit) as again:
                report = verify(again)
            assert not report.ok, f"bit {bit} of {path.name} went unseen"
        path.write_bytes(data)
    assert verify(open_store(tmp_path, seed=3)).ok


def test_the_tail_of_the_ledger_cut_off_leaves_orphans_behind(store):
    (store.layout.data / event_path(6)).unlink()
    (store.layout.data / event_path(7)).unlink()
    codes = [code for code, _ in found(store)]
    # Their files are young; an hour later they would be orphans.
    assert codes.count("run_unfinished") == 2


def test_two_events_for_one_run_with_the_same_bytes_count_once(store):
    event = store.ledger.read(3).members
    from luthier_desktop.storage.ledger import NewEvent, StoredFile

    files = tuple(StoredFile(f["path"], f["sha256"], f["bytes"]) for f in event["files"])
    store.journal.append(NewEvent("run.adopted", event["run_id"], files, event["row"]))
    store.catch_up()
    assert found(store, "deep") == [("event_double", event_path(8))]
    assert store.index.entries([event["run_id"]])[0].seq == 3


def test_two_events_that_tell_different_bytes_for_one_run_are_damage(store):
    from luthier_desktop.domain.run import RunQuery
    from luthier_desktop.storage.ledger import NewEvent, StoredFile

    event = store.ledger.read(3).members
    other = (StoredFile(event["files"][0]["path"], "0" * 64, 5),)
    store.journal.append(NewEvent("run.adopted", event["run_id"], other, event["row"]))
    store.catch_up()
    codes = found(store)
    assert ("event_double", event["files"][0]["path"]) in codes
    assert not verify(store).ok
    listed = {entry.run_id: entry.damaged for entry in store.find(RunQuery()).entries}
    assert listed[event["run_id"]]
    assert sum(listed.values()) == 1


def test_an_event_that_names_a_path_outside_the_store_is_damage_and_nothing_is_read(store):
    from luthier_desktop.storage.ledger import NewEvent, StoredFile

    store.journal.append(NewEvent("x", files=(StoredFile("../../etc/passwd", "0" * 64, 1),)))
    store.catch_up()
    assert found(store) == [("event_damaged", None)]


def test_a_list_that_lags_behind_is_told_and_is_no_fault(store):
    record(store)
    report = verify(store)
    assert [finding.code for finding in report.findings] == ["index_stale"]
    assert report.ok


def test_a_list_that_differs_from_the_ledger_is_found_by_the_deep_look(store):
    store.index._open().execute("UPDATE runs SET risk_level = 'RED' WHERE seq = 3")
    assert found(store, "full") == []
    codes = found(store, "deep")
    assert [code for code, _ in codes] == ["index_damaged"]
    store.rebuild()
    assert found(store, "deep") == []


def test_a_file_that_cannot_be_read_is_a_finding_and_no_crash(tmp_path, store):
    (store.layout.data / snapshot_path(SNAPSHOT)).unlink()
    (store.layout.data / snapshot_path(SNAPSHOT)).mkdir()
    assert [code for code, _ in found(store)] == ["snapshot_damaged"]


def test_a_drive_that_fails_is_told_and_not_raised(tmp_path, store):
    failing = open_store(tmp_path, seed=4, calls=Always(5, "scandir", "read"))
    report = verify(failing)
    assert not report.ok
    assert report.failed
    assert "could not run to its end" in report.failed


def test_a_cancelled_verification_says_so_and_is_not_ok(store):
    steps = []
    report = verify(
        store,
        progress=lambda done, of: steps.append((done, of)),
        cancelled=lambda: len(steps) >= 3,
    )
    assert (report.ok, steps[-1][0]) == (False, 3)
    assert "cancelled" in report.failed


def test_progress_ends_where_it_said_it_would(store):
    steps = []
    verify(store, progress=lambda done, of: steps.append((done, of)))
    assert steps[-1] == (7, 7)
    assert [done for done, _ in steps] == list(range(1, 8))


def test_folders_that_were_moved_elsewhere_are_verified_there(tmp_path):
    layout = layout_in(
        tmp_path,
        RMOS_RUNS_DIR=str(tmp_path / "runs-elsewhere"),
        ART_STUDIO_SNAPSHOTS_DIR=str(tmp_path / "data" / "snaps"),
    )
    store = open_layout(layout, Clock(), seed=3)
    recorded = record(store, run_id(1))
    assert recorded.path == f"runs/rmos/2026-01-22/{run_id(1)}.json"
    assert (tmp_path / "runs-elsewhere/2026-01-22").is_dir()
    store.catch_up()
    assert verify(store, "deep").findings == ()
    place(tmp_path / "runs-elsewhere", "note.txt")
    place(tmp_path / "data" / "snaps", "snap_0000000000000007.json")
    assert [(found.code, found.path) for found in verify(store).findings] == [
        ("foreign_file", "runs/rmos/note.txt"),
        ("snapshot_orphan", "art_studio/snapshots/snap_0000000000000007.json"),
    ]
    change(layout.real(recorded.path), lambda data: data[:-1])
    assert "run_damaged" in [found.code for found in verify(store).findings]


def test_a_read_only_store_is_verified(tmp_path, store):
    viewer = open_store(tmp_path, seed=4, calls=ReadOnly())
    assert verify(viewer, "deep").ok


def test_an_event_that_is_too_large_is_told_and_never_parsed(store, monkeypatch):
    most = parsing.RECORD_LIMITS.size_bytes
    monkeypatch.setattr(parsing, "_load", lambda *_: pytest.fail("it was parsed"))
    path = store.layout.event_path(store.ledger.last_seq())
    path.chmod(0o644)
    with path.open("r+b") as file:
        file.truncate(40 * most)  # a file of holes
    report = verify(store, "full")
    told = [found for found in report.findings if found.code == "event_damaged"]
    assert "bytes are read" in told[0].message
    assert report.failed is None


def test_events_of_a_newer_form_are_not_called_damaged_by_an_older_version(tmp_path, store):
    record(store, run_id(70))
    store.close()
    own = store.layout.data / "STORE.json"
    for path, schema in (
        (own, b"luthier.store/"),
        (store.layout.event_path(store.ledger.last_seq()), b"luthier.event/"),
    ):
        data = path.read_bytes()
        path.unlink()
        path.write_bytes(data.replace(schema + b"1", schema + b"2"))
    report = verify(open_store(tmp_path, seed=2), "full")
    assert report.findings == ()
    assert "1 event is of a form that this version does not know" in report.failed
    assert "Update the program" in report.failed
    own.write_bytes(own.read_bytes().replace(b"store/2", b"store/1"))
    report = verify(open_store(tmp_path, seed=3), "full")
    assert "event_damaged" in {found.code for found in report.findings}
