"""Another key within an epoch: the event is signed by both, and each key counts in its stretch."""

import base64
import json
import stat

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from luthier_desktop.domain.errors import StorageFailed
from luthier_desktop.storage.canonical import canonical_bytes
from luthier_desktop.storage.checkpoint import Checkpoint, Note, sign
from luthier_desktop.storage.high_water import HighWater
from luthier_desktop.storage.key_rotation import EpochKeys, Rotation, rotation_row
from luthier_desktop.storage.ledger import NewEvent
from luthier_desktop.storage.verify import verify
from luthier_desktop.storage.witness import prove
from luthier_desktop.storage.witness_maker import WitnessMaker
from tests.storage.make import open_store, record, run_id


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path)
    record(opened, run_id(1))
    opened.catch_up()
    opened.checkpoints.make()
    return opened


def note_of(store, size):
    return Note.read(store.layout.checkpoint_path(size).read_bytes(), "note")


def key_files(store):
    return list((store.layout.config / "keys").iterdir())


def codes(store, seed=9):
    fresh = open_store(store.layout.data.parent, seed=seed)
    fresh.catch_up()
    report = verify(fresh)
    assert report.failed is None
    return [finding.code for finding in report.findings]


def test_the_event_is_signed_by_the_old_key_and_the_new_one(store):
    (old_file,) = key_files(store)
    before = note_of(store, 3)
    seq = store.checkpoints.rotate("The laptop was lent out")
    row = store.ledger.read(seq).members["row"]
    assert store.ledger.read(seq).members["event"] == "key.rotated"
    assert row["reason"] == "The laptop was lent out"
    assert row["after"] == {
        "size": 3, "root": base64.b64encode(before.checkpoint.root).decode(),
    }  # fmt: skip
    statement = b"luthier-desktop key.rotated\n" + canonical_bytes(
        {name: value for name, value in row.items() if name != "signatures"}
    )
    for by, key in (("old", row["old_public_key"]), ("new", row["public_key"])):
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key))
        public.verify(base64.b64decode(row["signatures"][by]), statement)
    assert before.is_signed_by(base64.b64decode(row["old_public_key"]))
    after = note_of(store, seq)
    assert after.is_signed_by(base64.b64decode(row["public_key"]))
    assert not after.is_signed_by(base64.b64decode(row["old_public_key"]))
    assert after.checkpoint.origin == before.checkpoint.origin
    (new_file,) = key_files(store)
    assert new_file != old_file
    assert stat.S_IMODE(new_file.stat().st_mode) & 0o077 == 0 or new_file.drive
    assert codes(store) == []


def test_a_missing_checkpoint_that_a_change_of_the_key_names_is_told(store, tmp_path):
    seq = store.checkpoints.rotate("Lent out")
    for path in store.layout.checkpoints.iterdir():
        path.unlink()
    HighWater(store.layout, store.store_id).path.unlink()
    fresh = open_store(tmp_path, seed=9)
    report = verify(fresh)
    told = [(found.code, found.severity, found.path, found.seq) for found in report.findings]
    assert ("checkpoint_bad", "warning", "checkpoints/000000003.note", seq) in told
    assert ("checkpoint_bad", "info", None, seq) in told
    assert (len([row for row in told if row[0] == "checkpoint_bad"]), report.ok) == (2, False)


def test_a_missing_checkpoint_that_only_its_epoch_tells_of_is_no_fault(store, tmp_path):
    """A program may have ended between the event that opens the epoch and the checkpoint."""
    store.layout.checkpoint_path(3).unlink()
    HighWater(store.layout, store.store_id).path.unlink()
    report = verify(open_store(tmp_path, seed=9))
    (found,) = [row for row in report.findings if row.code == "checkpoint_bad"]
    assert (found.severity, found.seq, report.ok) == ("info", 3, True)
    assert found.message == "No checkpoint of epoch 1 is here."


def test_later_checkpoints_are_the_new_keys(store, tmp_path):
    seq = store.checkpoints.rotate("Yearly")
    with open_store(tmp_path, seed=2) as later:
        record(later)
        later.catch_up()
        note = later.checkpoints.make()
    row = store.ledger.read(seq).members["row"]
    assert note.is_signed_by(base64.b64decode(row["public_key"]))
    assert note.checkpoint.origin.epoch == 1
    HighWater(store.layout, store.store_id).path.unlink()
    with open_store(tmp_path, seed=3) as again:
        record(again)
        again.catch_up()
        assert again.checkpoints.make().checkpoint.origin.epoch == 1
    assert codes(store) == []


def test_the_key_is_changed_as_often_as_one_likes(store):
    for number in range(3):
        store.checkpoints.rotate(f"Change {number}")
    assert len(key_files(store)) == 1
    assert codes(store) == []


def test_a_crash_behind_the_event_leaves_the_log_signable_by_the_new_key(store, tmp_path):
    (old_file,) = key_files(store)
    saved = old_file.read_bytes()
    seq = store.checkpoints.rotate("Lent out")
    store.layout.checkpoint_path(seq).unlink()
    old_file.write_bytes(saved)  # as if the program had ended before it forgot it
    mark = HighWater(store.layout, store.store_id)
    mark.path.unlink()
    with open_store(tmp_path, seed=2) as later:
        record(later)
        later.catch_up()
        note = later.checkpoints.make()
    new = base64.b64decode(store.ledger.read(seq).members["row"]["public_key"])
    assert note.is_signed_by(new)
    assert codes(store) == []


def test_a_change_whose_event_cannot_be_written_forgets_the_new_key(store):
    before = key_files(store)

    def refuse(_new):
        raise StorageFailed("The disk is full.")

    store.checkpoints._journal.append = refuse
    with pytest.raises(StorageFailed, match="full"):
        store.checkpoints.rotate("Lent out")
    assert key_files(store) == before


def test_a_checkpoint_of_the_old_key_behind_the_change_is_bad(store, tmp_path):
    (old_file,) = key_files(store)
    old_seed = base64.b64decode(old_file.read_bytes())
    seq = store.checkpoints.rotate("Lent out")
    path = store.layout.checkpoint_path(seq)
    good = note_of(store, seq).checkpoint
    path.chmod(0o644)
    path.write_bytes(sign(Checkpoint(good.origin, seq, good.root), old_seed).data())
    assert codes(store) == ["checkpoint_bad"]


@pytest.mark.parametrize("member", ["old", "new", "reason", "after", "old_public_key"])
def test_a_change_that_is_not_signed_as_it_stands_does_not_count(store, member):
    checkpoint = note_of(store, 3).checkpoint
    (old_file,) = key_files(store)
    old_seed = base64.b64decode(old_file.read_bytes())
    row = rotation_row(checkpoint, old_seed, bytes(32), "Lent out")
    assert Rotation.told_by({"event": "key.rotated", "row": row}).is_signed()
    if member in row["signatures"]:
        signature = bytearray(base64.b64decode(row["signatures"][member]))
        signature[7] ^= 1
        row["signatures"][member] = base64.b64encode(bytes(signature)).decode()
    elif member == "old_public_key":
        row["old_public_key"] = row["public_key"]
    else:
        row[member] = "Something else"
    assert not Rotation.told_by({"event": "key.rotated", "row": row}).is_signed()
    seq = store.journal.append(NewEvent("key.rotated", row=row))
    assert codes(store) == ["key_rotation_bad"]
    keys = EpochKeys()
    for event in store.ledger.events():
        keys.tell(event)
    assert keys.at(checkpoint.origin, seq).seq == 3
    store.checkpoints.make()
    assert codes(store, seed=10) == ["key_rotation_bad"]


@pytest.mark.parametrize(
    "row", [None, {}, {"origin": "x"}, {"signatures": None}, {"signatures": {"old": 1, "new": {}}}]
)
def test_a_change_without_its_members_is_told_and_does_nothing(store, row):
    whole = rotation_row(note_of(store, 3).checkpoint, bytes(32), bytes(32), "x")
    given = row if not row or "signatures" not in row else whole | row
    store.journal.append(NewEvent("key.rotated", row=given))
    assert codes(store) == ["key_rotation_bad"]


def test_a_lost_key_begins_a_new_epoch_behind_a_change(store, tmp_path):
    store.checkpoints.rotate("Lent out")
    for path in key_files(store):
        path.unlink()
    with open_store(tmp_path, seed=2) as later:
        record(later)
        later.catch_up()
        assert later.checkpoints.make().checkpoint.origin.epoch == 2
    assert codes(store) == []


def test_a_witness_carries_the_changes_that_lead_to_its_key(store):
    seq = store.checkpoints.rotate("Lent out")
    store.catch_up()
    witness = WitnessMaker(store).of_run(run_id(1))
    assert prove(witness).verdict == "verified"
    (event,) = json.loads(witness.data())["rotations"]
    assert event.encode() == store.layout.event_path(seq).read_bytes()
