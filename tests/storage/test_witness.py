"""What a witness proves to somebody who has neither the log nor its store."""

import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.errors import InputRefused, NotFound, StorageFailed
from luthier_desktop.storage.canonical import canonical_bytes
from luthier_desktop.storage.merkle import includes, inclusion_proof, leaf_hash, tree_root
from luthier_desktop.storage.merkle_tree import MerkleTree
from luthier_desktop.storage.witness import Witness, prove
from luthier_desktop.storage.witness_maker import WitnessMaker
from tests.storage.make import open_store, record, run_id

COUNT = 5


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path)
    for number in range(COUNT):
        record(opened, run_id(number))
    opened.catch_up()
    opened.checkpoints.make()
    opened.catch_up()
    return opened


def run_bytes(store, number):
    return store.runs.get(run_id(number)).data


@settings(deadline=None)
@given(st.integers(1, 70), st.data())
def test_a_proof_from_the_whole_tree_is_the_one_of_its_leaves(size, data):
    leaves = [leaf_hash(bytes([number])) for number in range(size)]
    index = data.draw(st.integers(0, size - 1))
    tree = MerkleTree(leaves)
    assert tree.root() == tree_root(leaves)
    assert tree.inclusion_proof(index) == inclusion_proof(leaves, index)
    assert includes(tree.root(), size, index, leaves[index], tree.inclusion_proof(index))


def test_a_tree_without_leaves_has_a_root_and_no_proof():
    assert MerkleTree([]).root() == tree_root([])
    with pytest.raises(ValueError, match="has no leaf 0"):
        MerkleTree([]).inclusion_proof(0)


def test_every_run_of_the_log_is_proven_with_its_bytes(store):
    maker = WitnessMaker(store)
    for number in range(COUNT):
        witness = maker.of_run(run_id(number))
        proven = prove(witness, [run_bytes(store, number)])
        assert proven.verdict == "verified"
        assert (proven.seq, proven.size) == (number + 2, COUNT + 2)
        assert proven.origin == f"luthier-desktop/{store.store_id}/1"
        assert proven.at_utc == store.ledger.read(number + 2).members["at_utc"]
        assert f"event {number + 2} of luthier-desktop/" in proven.sentence


def test_the_witness_is_a_share_files_member_and_is_read_back(store):
    witness = WitnessMaker(store).of_run(run_id(1))
    member = witness.plain()
    assert set(member) == {"event", "index", "proof", "checkpoint", "public_key"}
    assert member["event"].encode() == store.layout.event_path(3).read_bytes()
    assert member["index"] == 2
    assert Witness.read(json.loads(witness.data()), "w") == witness
    assert len(witness.data()) < 4096


def test_without_a_witness_a_file_is_unsigned():
    assert prove(None).verdict == "unsigned"


def test_other_bytes_than_the_events_do_not_match(store):
    witness = WitnessMaker(store).of_run(run_id(1))
    proven = prove(witness, [run_bytes(store, 2)])
    assert (proven.verdict, "other bytes" in proven.sentence) == ("does_not_match", True)


def swapped(store, **changes):
    member = WitnessMaker(store).of_run(run_id(1)).plain()
    return prove(Witness.read(member | changes, "w"), [run_bytes(store, 1)])


def test_each_part_must_be_the_one_that_was_made(store):
    other = WitnessMaker(store).of_run(run_id(2)).plain()
    assert swapped(store).verdict == "verified"
    for changes, said in (
        ({"event": other["event"]}, "does not stand in the log"),
        ({"index": other["index"]}, "does not stand in the log"),
        ({"index": 10**12}, "does not stand in the log"),
        ({"proof": other["proof"]}, "does not stand in the log"),
        ({"proof": []}, "does not stand in the log"),
        ({"public_key": base64.b64encode(bytes(32)).decode()}, "not signed by the key"),
        ({"checkpoint": other["checkpoint"].replace("\n7\n", "\n6\n")}, "not signed by the key"),
    ):
        proven = swapped(store, **changes)
        assert (proven.verdict, said in proven.sentence) == ("does_not_match", True), changes


def test_every_flipped_bit_of_a_witness_is_found(store):
    data = WitnessMaker(store).of_run(run_id(1)).data()
    contents = [run_bytes(store, 1)]

    def is_good(changed):
        try:
            document = json.loads(changed)
            witness = Witness.read(document, "w")
            return canonical_bytes(document) == changed and prove(witness, contents).verdict
        except (ValueError, RecursionError, InputRefused):
            return "refused"

    assert is_good(data) == "verified"
    for bit in range(0, len(data) * 8, 3):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        assert is_good(bytes(changed)) != "verified", bit


@pytest.mark.parametrize(
    "changes",
    [
        {"event": 7}, {"index": -1}, {"index": True}, {"index": 1.5}, {"index": None},
        {"proof": "x"}, {"proof": ["AAAA"]}, {"proof": [7]}, {"proof": ["A" * 44] * 65},
        {"checkpoint": "x"}, {"checkpoint": None}, {"public_key": "AAAA"}, {"public_key": 1},
        {"more": 1}, {"rotations": 1}, {"rotations": [1]}, {"rotations": ["x"] * 101},
    ],
)  # fmt: skip
def test_what_has_not_the_form_of_a_witness_is_refused(store, changes):
    member = WitnessMaker(store).of_run(run_id(1)).plain()
    with pytest.raises(InputRefused, match=r"w is no witness|w: the checkpoint is no checkpoint"):
        Witness.read(member | changes, "w")


@pytest.mark.parametrize("member", [None, 1, "x", [], {}, {"event": "x"}])
def test_what_is_no_object_of_its_members_is_refused(member):
    with pytest.raises(InputRefused, match="w is no witness"):
        Witness.read(member, "w")


def test_a_run_that_is_not_covered_has_no_witness_yet(store):
    record(store, run_id(50))
    store.catch_up()
    with pytest.raises(StorageFailed, match="covers 7 events and not event 8"):
        WitnessMaker(store).of_run(run_id(50))
    with pytest.raises(NotFound, match="There is no run"):
        WitnessMaker(store).of_run(run_id(51))


def test_no_witness_is_made_of_a_log_that_was_not_signed(store, tmp_path):
    path = store.layout.event_path(3)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"GREEN", b"GREEM"))
    with pytest.raises(StorageFailed, match="not the one that checkpoint 7"):
        WitnessMaker(store)
    with pytest.raises(StorageFailed, match="there is none"):
        WitnessMaker(open_store(tmp_path / "new"))
