import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.storage.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    extends,
    includes,
    inclusion_proof,
    leaf_hash,
    tree_root,
)

MOST = 40
LEAVES = [leaf_hash(bytes([number])) for number in range(MOST)]
ROOTS = [tree_root(LEAVES[:size]) for size in range(MOST + 1)]
PAIRS = st.integers(1, MOST).flatmap(
    lambda size: st.tuples(st.integers(0, size - 1), st.just(size))
)


def sha256(data):
    return hashlib.sha256(data).digest()


def split(entries):
    power = 1
    while power * 2 < len(entries):
        power *= 2
    return entries[:power], entries[power:]


def root_by_definition(entries):
    """RFC 9162, section 2.1.1, word for word."""
    if not entries:
        return sha256(b"")
    if len(entries) == 1:
        return sha256(b"\x00" + entries[0])
    left, right = split(entries)
    return sha256(b"\x01" + root_by_definition(left) + root_by_definition(right))


def path_by_definition(index, entries):
    """RFC 9162, section 2.1.3.1."""
    if len(entries) == 1:
        return []
    left, right = split(entries)
    if index < len(left):
        return [*path_by_definition(index, left), root_by_definition(right)]
    return [*path_by_definition(index - len(left), right), root_by_definition(left)]


def growth_by_definition(old_size, entries, whole=True):
    """RFC 9162, section 2.1.4.1."""
    if old_size == len(entries):
        return [] if whole else [root_by_definition(entries)]
    left, right = split(entries)
    if old_size <= len(left):
        return [*growth_by_definition(old_size, left, whole), root_by_definition(right)]
    rest = growth_by_definition(old_size - len(left), right, False)
    return [*rest, root_by_definition(left)]


ENTRIES = [bytes([number]) for number in range(MOST)]


def test_the_root_of_no_leaf_and_of_one_are_the_published_ones():
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    empty_leaf = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert tree_root([leaf_hash(b"")]).hex() == empty_leaf


@pytest.mark.parametrize("size", range(MOST + 1))
def test_roots_and_proofs_are_those_of_the_definition(size):
    assert ROOTS[size] == root_by_definition(ENTRIES[:size])
    for index in range(size):
        expected = path_by_definition(index, ENTRIES[:size])
        assert inclusion_proof(LEAVES[:size], index) == expected
        grown = growth_by_definition(index + 1, ENTRIES[:size])
        assert consistency_proof(LEAVES[:size], index + 1) == grown


@pytest.mark.parametrize("size", range(1, MOST + 1))
def test_every_proof_is_accepted_in_its_place_and_in_no_other(size):
    for index in range(size):
        proof = inclusion_proof(LEAVES[:size], index)
        accepted = [
            at for at in range(size) if includes(ROOTS[size], size, at, LEAVES[index], proof)
        ]
        assert accepted == [index]
    for old in range(1, size + 1):
        proof = consistency_proof(LEAVES[:size], old)
        accepted = [
            at for at in range(1, size + 1) if extends(ROOTS[at], at, ROOTS[size], size, proof)
        ]
        assert accepted == [old]


@given(PAIRS, st.data())
@settings(deadline=None, max_examples=100)
def test_a_changed_bit_a_lost_and_an_added_hash_are_refused(pair, data):
    index, size = pair
    inclusion = inclusion_proof(LEAVES[:size], index)
    growth = consistency_proof(LEAVES[:size], index + 1)
    for proof, accepted in (
        (inclusion, lambda p: includes(ROOTS[size], size, index, LEAVES[index], p)),
        (growth, lambda p: extends(ROOTS[index + 1], index + 1, ROOTS[size], size, p)),
    ):
        assert accepted(proof)
        assert not accepted([*proof, LEAVES[0]])
        assert not accepted([LEAVES[0], *proof])
        if proof:
            at = data.draw(st.integers(0, len(proof) - 1))
            bit = data.draw(st.integers(0, 255))
            changed = bytearray(proof[at])
            changed[bit // 8] ^= 1 << bit % 8
            assert not accepted([*proof[:at], bytes(changed), *proof[at + 1 :]])
            assert not accepted(proof[:at] + proof[at + 1 :])
            assert not accepted([*proof[:at], proof[at][:31], *proof[at + 1 :]])


@given(st.integers(0, MOST), st.integers(0, MOST))
@settings(deadline=None, max_examples=60)
def test_a_frontier_that_was_kept_grows_to_the_same_root(size, more):
    kept = Frontier.of(LEAVES[:size])
    again = Frontier(kept.size, kept.nodes)
    for leaf in LEAVES[size : size + more]:
        again.add(leaf)
    assert again.root() == ROOTS[min(size + more, MOST)]
    assert kept.root() == ROOTS[size]


def test_what_does_not_exist_is_not_proven():
    assert not extends(ROOTS[0], 0, ROOTS[3], 3, [])
    assert not includes(ROOTS[3], 3, 3, LEAVES[2], inclusion_proof(LEAVES[:3], 2))
    assert not includes(ROOTS[3], 3, -1, LEAVES[2], inclusion_proof(LEAVES[:3], 2))
    assert not extends(ROOTS[3], 3, ROOTS[2], 2, [])
    for impossible in (
        lambda: inclusion_proof(LEAVES[:3], 3),
        lambda: consistency_proof(LEAVES[:3], 0),
        lambda: consistency_proof(LEAVES[:3], 4),
        lambda: Frontier(3, [LEAVES[0]]),
    ):
        with pytest.raises(ValueError, match="leaves"):
            impossible()
