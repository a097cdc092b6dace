"""Other people's checkpoints, and our own that came back, as they are kept and looked at."""

import shutil

import pytest

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.storage.checkpoint import (
    Checkpoint,
    Origin,
    public_key_of,
    public_key_text,
    sign,
)
from luthier_desktop.storage.evidence import read_evidence
from luthier_desktop.storage.letters import Letters
from luthier_desktop.storage.verify import verify
from luthier_desktop.storage.witness import Witness
from luthier_desktop.storage.witness_maker import WitnessMaker
from luthier_desktop.storage.witness_store import WitnessStore, folder_name
from tests.storage.flipping import every_bit, flipped
from tests.storage.make import Clock, layout_in, open_layout, open_store, record, run_id

OTHER_SEED = bytes(range(32))


def sender(folder, count=3, seed=5, clock=None):
    """Make the store of somebody else, signed."""
    store = open_store(folder, seed=seed, clock=clock)
    for number in range(count):
        record(store, run_id(number))
    store.catch_up()
    store.checkpoints.make()
    store.catch_up()
    return store


def more(store, number):
    record(store, run_id(number))
    store.catch_up()
    store.checkpoints.make()
    store.catch_up()


def witness_of(store, number):
    return WitnessMaker(store).of_run(run_id(number))


@pytest.fixture
def theirs(tmp_path):
    return sender(tmp_path / "theirs")


@pytest.fixture
def ours(tmp_path):
    return sender(tmp_path / "ours", seed=8)


def keeper(store):
    return WitnessStore(store.layout)


def names(store):
    root = store.layout.data / "witness"
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def codes(store, **more):
    fresh = open_store(store.layout.data.parent, seed=77)
    fresh.catch_up()
    report = verify(fresh, more.get("level", "quick"))
    assert report.failed is None
    return [finding.code for finding in report.findings], report.last_witness


def test_a_witness_is_kept_with_its_key_under_a_safe_name(ours, theirs):
    witness = witness_of(theirs, 1)
    assert keeper(ours).keep(witness) == ()
    folder = folder_name(witness.checkpoint.origin)
    member, note, key = names(ours)
    assert note == f"{folder}/000000005.note"
    assert (member[:-14], key) == (f"{folder}/000000005-000000002", f"{folder}/1.pub")
    assert folder.startswith(f"{theirs.store_id}-1-")
    again = names(ours)
    assert keeper(ours).keep(witness) == ()
    assert keeper(ours).keep(witness_of(theirs, 2)) == ()
    assert len(names(ours)) == len(again) + 1
    assert codes(ours) == ([], None)


def test_no_origin_can_name_a_place_that_is_not_its_own():
    folders = {folder_name(Origin(text, 1)) for text in ("con", "CON", "Con", "-", "a-1", "a")}
    assert len(folders) == 6
    for folder in folders:
        assert folder.split(".")[0].upper() not in ("CON", "NUL", "PRN", "AUX")
        assert "/" not in folder
    assert Origin.read("luthier-desktop/../1") is None
    assert Origin.read("luthier-desktop/a/1\n") is None


def test_what_proves_nothing_is_not_kept(ours, theirs):
    member = witness_of(theirs, 1).plain()
    forged = Witness.read(member | {"index": 0}, "w")
    with pytest.raises(InputRefused, match="Nothing was kept"):
        keeper(ours).keep(forged)
    assert not (ours.layout.data / "witness").exists()


def resigned(witness, seed=OTHER_SEED):
    """Sign what somebody signed with another key, as a forger would who took his name."""
    member = witness.plain()
    note = sign(witness.checkpoint, seed)
    key = public_key_text(public_key_of(seed))
    return Witness.read(member | {"checkpoint": note.data().decode(), "public_key": key}, "w")


def test_another_key_than_the_first_is_red_and_is_not_kept(ours, theirs):
    keeper(ours).keep(witness_of(theirs, 1))
    before = names(ours)
    (found,) = keeper(ours).keep(resigned(witness_of(theirs, 1)))
    assert (found.code, found.severity) == ("witness_key_changed", "damage")
    assert names(ours) == before


def test_a_key_that_the_sender_changed_as_it_should_be_is_followed(ours, theirs):
    keeper(ours).keep(witness_of(theirs, 1))
    theirs.checkpoints.rotate("Yearly")
    theirs.checkpoints.rotate("Once more")
    theirs.catch_up()
    assert keeper(ours).keep(witness_of(theirs, 1)) == ()
    assert sum(name.endswith(".pub") for name in names(ours)) == 2
    assert codes(ours) == ([], None)
    stranger = resigned(witness_of(theirs, 2))
    assert [found.code for found in keeper(ours).keep(stranger)] == ["witness_key_changed"]


def test_a_file_from_before_the_change_is_good_after_one_from_behind_it(ours, theirs):
    before = witness_of(theirs, 1)
    theirs.checkpoints.rotate("Yearly")
    theirs.catch_up()
    assert keeper(ours).keep(witness_of(theirs, 1)) == ()
    assert keeper(ours).keep(before) == ()
    assert sum(name.endswith(".pub") for name in names(ours)) == 2
    assert codes(ours) == ([], None)


def test_a_good_note_is_kept_beside_a_damaged_one(ours, theirs):
    keeper(ours).keep(witness_of(theirs, 1))
    path = ours.layout.data / "witness" / names(ours)[1]
    path.chmod(0o644)
    path.write_bytes(b"x")
    assert keeper(ours).keep(witness_of(theirs, 1)) == ()
    assert sum(name.endswith(".note") for name in names(ours)) == 2
    assert codes(ours)[0] == ["witness_bad"]


def test_another_root_at_the_same_size_is_a_fork_and_both_are_kept(ours, theirs, tmp_path):
    keeper(ours).keep(witness_of(theirs, 1))
    shutil.copytree(theirs.layout.config / "keys", tmp_path / "copy" / "config" / "keys")
    fork = forked_copy(theirs, tmp_path / "copy", lose=2)
    record(fork, run_id(7))
    fork.catch_up()
    (found,) = keeper(ours).keep(signed_at(fork, theirs, 5))
    assert (found.code, found.severity) == ("witness_forked", "damage")
    assert "two different checkpoints" in found.message
    assert sum(name.endswith(".note") for name in names(ours)) == 2
    assert codes(ours) == ([], None)


def forked_copy(store, folder, lose):
    """Copy somebody's log without its last events, with his keys, as he would go on from it."""
    shutil.copytree(store.layout.data, folder / "data")
    shutil.rmtree(folder / "data" / "checkpoints")
    last = store.ledger.last_seq()
    for seq in range(last - lose + 1, last + 1):
        layout_in(folder).event_path(seq).unlink()
    return open_layout(layout_in(folder), Clock(), seed=12)


def signed_at(fork, original, size):
    """Sign the fork, whose epoch was opened by an event that it lost, with the owner's key."""
    from luthier_desktop.storage.merkle import leaf_hash
    from luthier_desktop.storage.merkle_tree import MerkleTree

    epoch = next(e for e in epochs(original))
    seed = original.checkpoints._keys.of(epoch).seed
    paths = [fork.layout.event_path(seq) for seq in range(1, size + 1)]
    tree = MerkleTree(leaf_hash(path.read_bytes()) for path in paths)
    note = sign(Checkpoint(epoch.origin, size, tree.root()), seed)
    index = size - 1
    proof = tuple(tree.inclusion_proof(index))
    return Witness(paths[index].read_bytes(), index, proof, note, epoch.public_key)


def epochs(store):
    from luthier_desktop.storage.signing_key import Epoch

    return [found for event in store.ledger.events() if (found := Epoch.told_by(event))]


def test_a_shorter_log_signed_later_is_a_rollback_and_an_old_file_is_not(ours, tmp_path):
    theirs = sender(tmp_path / "theirs", count=2)
    early = signed_at(theirs, theirs, 3)
    for number in range(10, 14):
        more(theirs, number)
    assert keeper(ours).keep(witness_of(theirs, 13)) == ()
    assert keeper(ours).keep(early) == ()  # last year's file, opened today
    fork = forked_copy(theirs, tmp_path / "copy", lose=4)
    late = Clock()
    late.seconds = 3600
    fork = open_layout(fork.layout, late, seed=13)
    record(fork, run_id(30))
    found = keeper(ours).keep(signed_at(fork, theirs, fork.ledger.last_seq()))
    assert {finding.code for finding in found} == {"witness_forked"}
    said = " ".join(finding.message for finding in found)
    assert "was signed after its event" in said


@pytest.mark.parametrize("whose", ["ours", "theirs"])
def test_every_bit_of_a_kept_note_is_watched(ours, theirs, whose):
    keeper(ours).keep(witness_of({"ours": ours, "theirs": theirs}[whose], 1))
    (path,) = (ours.layout.data / "witness").rglob("000000005.note")
    for member in path.parent.glob("*.json"):  # the note alone is flipped and looked at
        member.unlink()
    kept = keeper(ours)
    for _, bit in every_bit(path):
        with flipped(path, bit):
            assert [found.severity for found in kept.faults()] == ["damage"], bit
    found, last = codes(ours)
    assert found == []
    assert (last is not None) == (whose == "ours")


def test_every_part_of_what_is_kept_is_watched(ours, theirs):
    keeper(ours).keep(witness_of(theirs, 1))
    root = ours.layout.data / "witness"
    for name in names(ours):
        path = root / name
        path.chmod(0o644)
        data = path.read_bytes()
        for at in range(0, len(data), 7):
            path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
            assert list(WitnessStore(ours.layout).faults()), (name, at)
        path.write_bytes(data)
    path = root / names(ours)[0]
    path.rename(path.with_name("000000009.note"))
    (root / "stray.txt").write_bytes(b"x")
    (path.parent / "stray.txt").write_bytes(b"x")
    found, _ = codes(ours)
    assert found.count("witness_bad") == 3


def test_own_witnesses_that_came_back_are_checked_by_every_verification(ours):
    keeper(ours).keep(witness_of(ours, 1))
    more(ours, 20)
    found, last = codes(ours)
    assert (found, last["size"]) == ([], 5)
    assert last["at_utc"] == ours.ledger.read(5).members["at_utc"]
    shutil.rmtree(ours.layout.config)
    shutil.rmtree(ours.layout.checkpoints)
    for seq in (5, 6):
        ours.layout.event_path(seq).unlink()
    for number in (20,):
        (ours.layout.data / f"runs/rmos/2026-01-22/{run_id(number)}.json").unlink()
    found, last = codes(ours)
    assert found == ["rollback"]
    assert last is None


def test_an_acknowledged_older_log_explains_the_witness_of_the_lost_one(ours, tmp_path):
    keeper(ours).keep(witness_of(ours, 1))
    for seq in (4, 5):
        ours.layout.event_path(seq).unlink()
    (ours.layout.data / f"runs/rmos/2026-01-22/{run_id(2)}.json").unlink()
    with open_store(tmp_path / "ours", seed=30) as again:
        again.acknowledge_rollback("Monday's copy")
    found, last = codes(ours)
    assert (found, last) == (["witness_closed"], None)


def test_an_own_note_alone_is_kept_when_the_logs_key_signed_it(ours):
    note, _ = ours.checkpoints.files.read(5)
    kept = keeper(ours)
    kept.keep_own(note, epochs(ours)[0].public_key)
    kept.keep_own(note, epochs(ours)[0].public_key)
    assert len(names(ours)) == 2
    assert codes(ours)[1]["size"] == 5
    with pytest.raises(InputRefused, match="not signed by the log's key"):
        kept.keep_own(sign(note.checkpoint, OTHER_SEED), epochs(ours)[0].public_key)


def test_letters_are_evidence_as_well(ours):
    note, _ = ours.checkpoints.files.read(5)
    line = str(Letters.of(5, note.checkpoint.root))
    assert read_evidence(line.lower(), ours.store_id).matches(note.checkpoint.root)
