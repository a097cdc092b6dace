import base64
import errno
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from luthier_desktop.domain.errors import NotFound, StorageFailed
from luthier_desktop.storage.checkpoint import Note, Origin
from luthier_desktop.storage.high_water import HighWater
from luthier_desktop.storage.merkle import leaf_hash, tree_root
from luthier_desktop.storage.session import Session
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.verify import verify
from tests.storage.faulty import Always
from tests.storage.make import Clock, layout_in, open_store, opened, record, tokens

ROOT = Path(__file__).parents[2]


def window(folder, seed=1):
    session = Session("window", "bench", "luthier", "1.0")
    store = Store.open(layout_in(folder), Clock(), tokens(seed), session)
    return opened.enter_context(store)


def fill(store, count):
    for _ in range(count):
        record(store)


def notes(store):
    folder = store.layout.checkpoints
    return [path.name for path in sorted(folder.glob("*"))] if folder.is_dir() else []


def root_on_disk(store, size):
    paths = [store.layout.event_path(seq) for seq in range(1, size + 1)]
    return tree_root(leaf_hash(path.read_bytes()) for path in paths)


def first_letters(root):
    text = base64.b32encode(root[:10]).decode()
    return f"{text[:4]} {text[4:8]} {text[8:12]} {text[12:]}"


def mark_of(store):
    return HighWater(store.layout, store.store_id).read()


def found(folder, level="quick"):
    fresh = open_store(folder, seed=77)
    report = verify(fresh, level)
    fresh.close()
    assert report.failed is None
    return [finding.code for finding in report.findings]


def test_a_command_signs_every_64_events_and_not_before(tmp_path):
    with open_store(tmp_path) as store:
        fill(store, 62)  # and session.started
        store.catch_up()
    assert notes(store) == []
    with open_store(tmp_path) as store:
        store.catch_up()
        assert notes(store) == []
        record(store)  # and session.started
        store.catch_up()
        assert notes(store) == ["000000066.note"]  # epoch.opened came with it
        fill(store, 63)
        store.catch_up()
        assert notes(store) == ["000000066.note"]
        fill(store, 1)
        assert notes(store) == ["000000066.note"]
    assert notes(store) == ["000000066.note", "000000130.note"]
    assert found(tmp_path) == []


def test_a_window_signs_every_64_events_and_at_its_end(tmp_path):
    with window(tmp_path) as store:
        fill(store, 1)
        store.catch_up()
        assert notes(store) == []
    assert notes(store) == ["000000003.note"]
    with window(tmp_path) as store:
        store.catch_up()
    assert notes(store) == ["000000003.note"]
    with window(tmp_path, seed=3) as store:
        fill(store, 63)
        store.catch_up()
        assert notes(store) == ["000000003.note", "000000067.note"]
    assert notes(store) == ["000000003.note", "000000067.note"]


def test_a_store_that_only_reads_signs_nothing(tmp_path):
    with open_store(tmp_path) as store:
        fill(store, 62)
    with window(tmp_path) as store:
        store.catch_up()
    assert notes(store) == []
    assert not store.layout.config.exists()


def test_recording_itself_never_signs(tmp_path):
    store = open_store(tmp_path)
    fill(store, 200)
    assert notes(store) == []


def test_the_note_holds_the_root_of_the_files_and_the_signature_of_the_opened_epoch(tmp_path):
    with window(tmp_path) as store:
        fill(store, 5)
    size = 7
    note = Note.read(store.layout.checkpoint_path(size).read_bytes(), "note")
    assert note.checkpoint.origin == Origin(store.store_id, 1)
    assert note.checkpoint.root == root_on_disk(store, size)
    event = json.loads(store.layout.event_path(size).read_bytes())
    assert event["event"] == "epoch.opened"
    assert event["row"]["origin"] == f"luthier-desktop/{store.store_id}/1"
    assert note.is_signed_by(base64.b64decode(event["row"]["public_key"]))


def test_the_tree_grows_from_the_mark_and_gives_the_same_root(tmp_path):
    for seed in range(1, 6):
        with window(tmp_path, seed) as store:
            fill(store, seed)
    for name in notes(store):
        note = Note.read((store.layout.checkpoints / name).read_bytes(), name)
        assert note.checkpoint.root == root_on_disk(store, int(name[:9]))
    mark = mark_of(store)
    assert (mark.size, mark.root) == (21, root_on_disk(store, 21))
    assert len(notes(store)) == 5
    assert found(tmp_path) == []


def test_without_the_mark_the_log_is_read_from_its_start_and_the_key_is_found(tmp_path):
    with window(tmp_path) as store:
        fill(store, 3)
    HighWater(store.layout, store.store_id).path.unlink()
    with window(tmp_path, 2) as store:
        fill(store, 1)
    assert notes(store) == ["000000005.note", "000000007.note"]
    assert mark_of(store).origin.epoch == 1
    assert found(tmp_path) == []


def test_without_the_key_a_new_epoch_begins_and_the_old_one_stays_verifiable(tmp_path):
    with window(tmp_path) as store:
        fill(store, 3)
    for path in (store.layout.config / "keys").iterdir():
        path.unlink()
    with window(tmp_path, 2) as store:
        fill(store, 1)
    assert mark_of(store).origin == Origin(store.store_id, 2)
    assert notes(store) == ["000000005.note", "000000008.note"]
    assert found(tmp_path) == []


def test_the_mark_is_never_lowered(tmp_path):
    with window(tmp_path) as store:
        fill(store, 3)
    old = mark_of(store)
    with window(tmp_path, 2) as store:
        fill(store, 3)
    new = mark_of(store)
    high_water = HighWater(store.layout, store.store_id)
    high_water.raise_to(old)
    assert high_water.read().rank == new.rank == (1, 9)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"schema":"luthier.highwater/1"}', b"\xff"])
def test_a_damaged_mark_is_told_and_made_anew(tmp_path, data):
    with window(tmp_path) as store:
        fill(store, 3)
    path = HighWater(store.layout, store.store_id).path
    path.write_bytes(data)
    assert found(tmp_path) == ["checkpoint_bad"]
    with window(tmp_path, 2) as store:
        assert store.state.kind == "ok"
        fill(store, 1)
    assert mark_of(store).size == 7
    assert found(tmp_path) == []


def test_a_log_that_is_not_the_signed_one_is_not_signed(tmp_path):
    with window(tmp_path) as store:
        fill(store, 3)
    HighWater(store.layout, store.store_id).path.unlink()  # so that only the note can tell
    path = store.layout.event_path(1)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"bench", b"BENCH"))
    with window(tmp_path, 2) as store:
        fill(store, 1)
        with pytest.raises(StorageFailed, match="No checkpoint was made"):
            store.checkpoints.make()
    assert notes(store) == ["000000005.note"]
    assert "No checkpoint was made" in store.checkpoints.problem
    assert mark_of(store) is None


def test_a_checkpoint_that_says_otherwise_is_not_joined_by_another(tmp_path):
    with window(tmp_path) as store:
        fill(store, 3)
    for seq in (3, 4, 5):
        store.layout.event_path(seq).unlink()
    HighWater(store.layout, store.store_id).path.unlink()
    with window(tmp_path, 2) as store:
        assert store.state.kind == "rollback"
        fill(store, 9)
        with pytest.raises(StorageFailed, match="not the one that checkpoint 5"):
            store.checkpoints.make()
    assert notes(store) == ["000000005.note"]


def test_a_failing_disk_never_stops_the_recording(tmp_path):
    with window(tmp_path) as store:
        fill(store, 3)
        store.checkpoints.files._calls = Always(errno.ENOSPC, "open")
        before = store.ledger.last_seq()
        store.catch_up()
    assert "full" in store.checkpoints.problem
    assert store.ledger.last_seq() == before + 1  # the epoch was opened
    assert notes(store) == []
    with window(tmp_path, 2) as store:
        fill(store, 1)
    assert mark_of(store).origin.epoch == 1
    assert found(tmp_path) == []


def test_several_programs_at_once_open_one_epoch_that_counts(tmp_path):
    def program(seed):
        command = [sys.executable, "-m", "tests.storage.recorder", tmp_path, str(seed), "70"]
        return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(program, (1, 2, 3)))
    store = open_store(tmp_path)
    store.catch_up()
    assert notes(store)
    assert found(tmp_path) == []
    assert len(list((store.layout.config / "keys").iterdir())) == 1
    assert mark_of(store).origin.epoch == 1


def test_verify_tells_the_newest_checkpoint(tmp_path):
    with window(tmp_path) as store:
        fill(store, 3)
    fresh = open_store(tmp_path, seed=9)
    told = verify(fresh, "quick").plain()["checkpoint"]
    assert told == {
        "origin": f"luthier-desktop/{store.store_id}/1",
        "size": 5,
        "root": base64.b64encode(root_on_disk(store, 5)).decode(),
        "letters": f"5 {first_letters(root_on_disk(store, 5))}",
        "public_key": fresh.ledger.read(5).members["row"]["public_key"],
        "at_utc": fresh.ledger.read(5).members["at_utc"],
    }


def test_there_is_nothing_to_acknowledge_in_a_sound_store(tmp_path):
    with window(tmp_path) as store:
        fill(store, 3)
        with pytest.raises(NotFound, match="nothing to acknowledge"):
            store.acknowledge_rollback("because")

