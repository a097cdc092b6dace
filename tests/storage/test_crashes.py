"""T4: every disk that a power cut may leave behind while runs are saved."""

import contextlib
import errno
import json
import os
import shutil
from pathlib import Path

import pytest

from luthier_desktop.domain.errors import StorageFailed
from luthier_desktop.storage.atomic import put_once
from luthier_desktop.storage.canonical import sha256_hex, storable_bytes
from luthier_desktop.storage.layout import run_path
from luthier_desktop.storage.ledger import NewEvent, StoredFile
from luthier_desktop.storage.os_calls import OsCalls
from luthier_desktop.storage.run_row import RunRow
from luthier_desktop.storage.verify import verify
from tests.storage.crashes import Crash, Name, Recording, bad, crashes, least
from tests.storage.make import artifact, open_store, run_id

LATER = "2100-01-22T00:00:00.000000Z"


KEY_BYTES = 44  # 32 in base 64


def judge(crash: Crash) -> str:
    """Say what is wrong with a disk; empty when nothing is."""
    files = dict(crash.disk)
    lost = [path for path, data in crash.promised if files.get(path) != data]
    if lost:
        return f"{lost[0]} was promised and is lost"
    for path, data in files.items():
        if path.endswith(("/", ".tmp", ".note")):
            continue
        if path.endswith(".key") and len(data) == KEY_BYTES:
            continue
        try:
            members = json.loads(data)
        except ValueError:
            return f"{path} is seen half written"
        for file in members.get("files", ()) if "/ledger/" in path else ():
            data_root = Path(path).parents[2]
            named = files.get(str(data_root / file["path"]))
            if named is None or sha256_hex(named) != file["sha256"]:
                return f"{path} tells of {file['path']}, which is not there"
    return ""


def save_two(folder, calls, *, event_first=False):
    """Save two runs in two sessions, from the store's making on."""
    for number in (1, 2):
        before = len(calls.operations)
        with open_store(folder, seed=number, calls=calls) as store:
            if number == 2:
                forget_probe(calls, before)
            run = artifact(run_id(number))
            if event_first:
                event_before_file(store, run)
            else:
                recorded = store.record(run, RunRow.of(run, "cli"))
                event = store.layout.event_path(recorded.seq)
                calls.acknowledge(store.layout.real(recorded.path), event)
    return calls.operations


def forget_probe(calls, before):
    """Leave out what a start writes and takes away again: the first start has shown it."""
    probed = [done.path.name for done in calls.operations[before:] if isinstance(done, Name)]
    assert probed
    assert all(name.startswith(".STORE.json.") for name in probed)
    del calls.operations[before:]


def event_before_file(store, run):
    data, path = storable_bytes(run.stored()), run_path(run.run_id)
    file = StoredFile.of(path, data)
    store.journal.append(NewEvent("x", run.run_id, (file,), RunRow.of(run, "cli").plain()))
    put_once(store.layout.real(path), data, store.calls)


def test_no_power_cut_loses_a_promised_run_or_shows_half_a_file(tmp_path):
    states, found = bad(save_two(tmp_path, Recording()), tmp_path, judge)
    assert found == []
    assert states >= 46


def materialised(crash, root, folder):
    """Write the disk of *crash* into *folder*."""
    for path, data in sorted(crash.disk):
        place = folder / Path(path).relative_to(root)
        if path.endswith("/"):
            place.mkdir(parents=True, exist_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
    return folder


def test_after_every_power_cut_the_store_opens_verifies_and_records_the_same_runs(tmp_path):
    root = tmp_path / "before"
    root.mkdir()
    seen = set()
    for crash in crashes(save_two(root, Recording()), root):
        if crash.disk in seen:
            continue
        seen.add(crash.disk)
        folder = materialised(crash, root, tmp_path / "after")
        calls = Unsynced()
        with open_store(folder, seed=9, calls=calls) as store:
            assert store.state.writable, store.state.sentence
            report = verify(store, "full")
            codes = {finding.code for finding in report.findings}
            assert report.ok, report
            assert codes <= {"run_unfinished", "tmp_left", "index_stale"}, report
            for number in (1, 2):
                run = artifact(run_id(number))
                store.record(run, RunRow.of(run, "cli"))
            store.catch_up()
            assert verify(store, "full").ok
        shutil.rmtree(folder)
    assert len(seen) >= 30


class FailingAt(Recording):
    """Refuses once to make one directory durable."""

    fails = None

    def fsync(self, descriptor):
        if self.fails is not None and self._open[descriptor] == self.fails:
            self.fails = None
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        super().fsync(descriptor)


def interrupted_at(folder, calls, directory):
    """Save a run whole, sign, and save one whose names in *directory* stay unsure."""
    with open_store(folder, calls=calls) as store:
        for number in (1, 2):
            calls.fails = store.layout.data / directory if number == 2 else None
            run = artifact(run_id(number))
            with contextlib.suppress(StorageFailed):
                store.record(run, RunRow.of(run, "cli"))
            if number == 1:
                store.checkpoints.make()
    assert calls.fails is None


def test_an_orphan_is_made_durable_before_the_log_tells_of_it(tmp_path):
    calls = FailingAt()
    interrupted_at(tmp_path, calls, "runs/rmos/2026-01-22")
    disk = least(calls.operations, tmp_path)
    assert not any(path.endswith(f"{run_id(2)}.json") for path, _ in disk)
    with open_store(tmp_path, seed=2, clock=lambda: LATER, calls=calls) as store:
        assert store.adopt_orphans().runs == (run_id(2),)
    disk = least(calls.operations, tmp_path)
    assert judge(Crash(len(calls.operations), disk, frozenset())) == ""
    assert any(path.endswith(f"{run_id(2)}.json") for path, _ in disk)


def test_a_snapshot_without_a_run_lies_in_one_place_whenever_the_power_is_cut(tmp_path):
    calls = Recording()
    with open_store(tmp_path, calls=calls, clock=lambda: LATER) as store:
        snapshot = store.layout.real("art_studio/snapshots/snap_0000000000000007.json")
        put_once(snapshot, b'{"name":"Rose"}', calls)
        calls.acknowledge(snapshot)
        begun = len(calls.operations)
        assert store.adopt_orphans().quarantined
        kept = (str(snapshot), str(store.layout.data / "quarantine" / snapshot.name))
    for end in range(begun, len(calls.operations) + 1):
        disk = dict(least(calls.operations[:end], tmp_path))
        assert b'{"name":"Rose"}' in [disk.get(path) for path in kept]


def test_a_checkpoint_covers_only_events_that_no_power_cut_takes_back(tmp_path):
    calls = FailingAt()
    interrupted_at(tmp_path, calls, "ledger/000000")
    with open_store(tmp_path, seed=2, calls=calls) as store:
        last = str(store.layout.event_path(store.ledger.last_seq()))
        assert last not in dict(least(calls.operations, tmp_path))
        size = store.checkpoints.make().checkpoint.size
    disk = dict(least(calls.operations, tmp_path))
    assert str(store.layout.checkpoint_path(size)) in disk
    assert str(store.layout.event_path(size)) in disk


class Unsynced(OsCalls):
    """Leaves out the waiting for the disk, where no power cut is meant to follow."""

    def fsync(self, descriptor):
        pass


def test_a_save_that_finds_the_same_file_makes_it_durable_before_it_promises(tmp_path):
    calls = Recording()
    path = tmp_path / "x.json"
    calls.fail_next_directory_sync = True
    with pytest.raises(StorageFailed):
        put_once(path, b'{"a":1}', calls)
    assert put_once(path, b'{"a":1}', calls) == "same"
    calls.acknowledge(path)
    states, found = bad(calls.operations, tmp_path, judge)
    assert found == []
    assert states > 10


@pytest.mark.parametrize(
    ("calls", "event_first", "words"),
    [
        (Recording(sync_files=False), False, "half written"),
        (Recording(sync_directories=False), False, "promised and is lost"),
        (Recording(), True, "which is not there"),
    ],
    ids=["no fsync of the file", "no fsync of the directory", "the event before the file"],
)
def test_a_save_that_leaves_out_a_step_is_found_out(tmp_path, calls, event_first, words):
    if event_first:
        save_two(tmp_path, calls, event_first=True)
    else:
        for name in ("x.json", "y.json"):
            put_once(tmp_path / name, b'{"a":1}', calls)
            calls.acknowledge(tmp_path / name)
    _, found = bad(calls.operations, tmp_path, judge)
    assert any(words in said for said in found)


def test_mark_and_key_survive_a_power_cut_right_after_the_first_checkpoint(tmp_path):
    calls = Recording()
    with open_store(tmp_path, calls=calls) as store:
        store.record_event("x", None)
        store.checkpoints.make()
        kept = [store.checkpoints.high_water.path, *(store.layout.config / "keys").glob("*.key")]
    disk = dict(least(calls.operations, tmp_path))
    assert len(kept) == 2
    assert [disk[str(path)] for path in kept] == [path.read_bytes() for path in kept]
