import errno
import os
import stat

import pytest

from luthier_desktop.domain.errors import StorageFailed
from luthier_desktop.storage.checkpoint import Checkpoint, Origin, public_key_of, sign
from luthier_desktop.storage.private_file import create_private, replace_private
from luthier_desktop.storage.signing_key import Epoch, SigningKeys
from tests.storage.faulty import Always
from tests.storage.make import open_store, record


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path)
    record(opened)
    return opened


def keys_of(store, **more):
    return SigningKeys(store.layout, store.store_id, **more)


def files(store):
    folder = store.layout.config / "keys"
    return sorted(folder.iterdir()) if folder.is_dir() else []


def opened_epoch(store, number=1, before_append=lambda: None, keys=None):
    def append(new):
        before_append()
        return store.journal.append(new)

    return (keys or keys_of(store)).open_epoch(number, append, store.ledger.events)


def test_an_epoch_is_opened_by_an_event_with_its_name_and_public_key(store):
    key = opened_epoch(store)
    assert key.epoch.origin == Origin(store.store_id, 1)
    event = store.ledger.read(key.epoch.seq)
    assert event.members["event"] == "epoch.opened"
    assert event.members["row"]["origin"] == f"luthier-desktop/{store.store_id}/1"
    assert Epoch.told_by(event) == key.epoch
    assert key.epoch.public_key == public_key_of(key.seed)


def test_the_key_is_found_again_and_no_other_store_holds_it(store):
    key = opened_epoch(store)
    assert keys_of(store).of(key.epoch) == key
    assert SigningKeys(store.layout, "another").of(key.epoch) is None
    note = sign(Checkpoint(key.epoch.origin, 1, b"x" * 32), key.seed)
    assert note.is_signed_by(key.epoch.public_key)


def test_the_private_half_is_readable_by_its_user_alone(store):
    opened_epoch(store)
    (path,) = files(store)
    private = 0o666 if os.name == "nt" else 0o600  # there, the folder's own rights hold
    assert stat.S_IMODE(path.stat().st_mode) == private
    assert store.layout.data not in path.parents


def test_who_loses_the_race_discards_his_key_and_takes_the_winners(store):
    winner = []
    loser = opened_epoch(store, before_append=lambda: winner.append(opened_epoch(store)))
    assert loser == winner[0]
    assert len(files(store)) == 1


def test_who_loses_to_another_user_has_no_key(store, tmp_path):
    other = SigningKeys(
        type(store.layout)(**{**vars(store.layout), "config": tmp_path / "other"}), store.store_id
    )
    lost = opened_epoch(store, before_append=lambda: opened_epoch(store, keys=other))
    assert lost is None
    assert files(store) == []


@pytest.mark.parametrize("data", [b"", b"x", b"AAAA", b"A" * 44, b"\xff" * 44])
def test_a_damaged_key_file_is_no_key(store, data):
    key = opened_epoch(store)
    (path,) = files(store)
    replace_private(path, data)
    assert keys_of(store).of(key.epoch) is None


def test_no_event_is_written_when_the_key_cannot_be_kept(store):
    before = store.ledger.last_seq()
    with pytest.raises(StorageFailed, match="the log is not signed"):
        opened_epoch(store, keys=keys_of(store, calls=Always(errno.EROFS, "open", "mkdir")))
    assert store.ledger.last_seq() == before


@pytest.mark.parametrize("name", ["open", "write", "fsync", "link"])
def test_a_failed_write_leaves_nothing_behind(tmp_path, name):
    path = tmp_path / "sub" / "key"
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        create_private(path, b"x", Always(errno.EIO, name))
    assert list(path.parent.iterdir()) == []
    create_private(path, b"first")
    with pytest.raises(FileExistsError):
        create_private(path, b"second")
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        replace_private(path, b"second", Always(errno.EIO, "replace"))
    assert [(file.name, file.read_bytes()) for file in path.parent.iterdir()] == [
        ("key", b"first")
    ]
