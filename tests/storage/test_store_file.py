"""STORE.json is covered by the event that opens an epoch."""

import json

import pytest

from luthier_desktop.storage.canonical import sha256_hex
from luthier_desktop.storage.os_calls import OsCalls
from luthier_desktop.storage.verify import verify
from tests.storage.flipping import every_bit, flipped
from tests.storage.make import layout_in, open_store, record, run_id


@pytest.fixture
def signed(tmp_path):
    with open_store(tmp_path) as store:
        record(store, run_id(1))
        store.checkpoints.make()
        store.catch_up()
    return layout_in(tmp_path).data / "STORE.json"


def opening(store):
    return next(
        event.members
        for event in store.ledger.events()
        if event.members["event"] == "epoch.opened"
    )


def test_the_opening_of_an_epoch_vouches_for_the_file(tmp_path, signed):
    data = signed.read_bytes()
    with open_store(tmp_path, seed=2) as store:
        assert opening(store)["files"] == [
            {"path": "STORE.json", "sha256": sha256_hex(data), "bytes": len(data)}
        ]
        assert verify(store, "deep").findings == ()


def test_each_bit_of_it_is_noticed(tmp_path, signed):
    flips = list(every_bit(signed))
    assert len(flips) == len(signed.read_bytes()) * 8
    for path, bit in flips[::5]:
        with flipped(path, bit), open_store(tmp_path, seed=2) as store:
            found = verify(store, "full").findings
            assert store.state.kind != "ok" or "store_damaged" in {one.code for one in found}


@pytest.mark.parametrize(
    "change",
    [
        lambda plain: plain | {"more": 1},
        lambda plain: {name: plain[name] for name in plain if name != "created_at_utc"},
        lambda plain: plain | {"created_at_utc": "yesterday"},
    ],
)
def test_other_members_make_it_no_store_of_this_format(tmp_path, signed, change):
    plain = json.loads(signed.read_bytes())
    signed.unlink()
    signed.write_text(json.dumps(change(plain)))
    with open_store(tmp_path, seed=2) as store:
        assert store.state.kind == "damaged"
        assert "its members are not of luthier.store/1" in store.state.sentence


def test_a_migration_that_kept_the_old_one_harms_nothing(tmp_path, signed):
    kept = signed.parent / "migrated" / "0-to-1-001" / "STORE.json"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(signed.read_bytes())
    plain = json.loads(signed.read_bytes()) | {"created_at_utc": "2026-01-23T00:00:00Z"}
    signed.unlink()
    signed.write_text(json.dumps(plain, separators=(",", ":"), sort_keys=True))
    with open_store(tmp_path, seed=2) as store:
        assert verify(store, "full").findings == ()
        store.checkpoints.begin_epoch("A new computer")
        store.catch_up()
        assert verify(store, "full").findings == ()
    kept.unlink()
    with open_store(tmp_path, seed=3) as store:
        assert [found.code for found in verify(store, "full").findings] == ["store_damaged"]


def test_a_log_that_lost_the_file_is_opened_for_viewing_and_not_named_anew(tmp_path, signed):
    signed.unlink()
    with open_store(tmp_path, seed=2) as store:
        assert store.state.kind == "damaged"
        assert "it is missing, and there is a ledger" in store.state.sentence
        assert "store_damaged" in {found.code for found in verify(store, "quick").findings}
    assert not signed.exists()


class BegunMeanwhile(OsCalls):
    """Another program makes the store between our first look and the next."""

    def __init__(self, begin):
        self._begin = begin

    def scandir(self, path):
        begin, self._begin = self._begin, None
        if begin is not None:
            begin()
        return super().scandir(path)


def test_a_store_that_another_program_just_begins_is_no_damage(tmp_path, signed):
    data = signed.read_bytes()
    signed.unlink()
    calls = BegunMeanwhile(lambda: signed.write_bytes(data))
    with open_store(tmp_path, seed=2, calls=calls) as store:
        assert store.state.kind == "ok"
    assert signed.read_bytes() == data
