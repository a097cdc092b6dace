"""The stand-alone checker: its Ed25519, its numbers, its tree, and the Python it asks for."""

from __future__ import annotations

import ast
import random
import struct

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.storage.merkle import inclusion_proof, leaf_hash, tree_root
from tests.bundles import CHECKER, checker

CHECK = checker()
RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e3970"
            "1cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613"
            "d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760"
            "984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
]


@pytest.mark.parametrize(("key", "message", "signature"), RFC_8032)
def test_the_vectors_of_rfc_8032_hold_and_fail_with_a_bit_changed(
    key: str, message: str, signature: str
) -> None:
    parts = [bytes.fromhex(part) for part in (key, signature, message)]
    assert CHECK.is_signed(*parts)
    for position, part in enumerate(parts):
        changed = list(parts)
        changed[position] = bytes([part[0] ^ 1, *part[1:]]) if part else b"\x00"
        assert not CHECK.is_signed(*changed)


def test_it_agrees_with_another_library_on_random_signatures() -> None:
    source = random.Random(8032)
    for _ in range(10):
        private = Ed25519PrivateKey.from_private_bytes(source.randbytes(32))
        key, message = private.public_key().public_bytes_raw(), source.randbytes(60)
        signature = private.sign(message)
        assert CHECK.is_signed(key, signature, message)
        assert not CHECK.is_signed(key, source.randbytes(32) + signature[32:], message)
        # The same number once more round the group: another writing of the same signature.
        scalar = int.from_bytes(signature[32:], "little") + CHECK._ORDER
        assert not CHECK.is_signed(key, signature[:32] + scalar.to_bytes(32, "little"), message)


@pytest.mark.parametrize("key", [b"\x01" + bytes(31), bytes(32), b"\xff" * 32, b"", b"short"])
def test_a_key_that_is_none_signs_nothing(key: bytes) -> None:
    assert not CHECK.is_signed(key, bytes(64), b"anything")
    assert not CHECK.is_signed(key, b"\x01" + bytes(63), b"anything")


@settings(deadline=None)
@given(st.floats(min_value=-(2**53) + 1, max_value=2**53 - 1))
def test_numbers_are_written_as_rfc_8785_says(number: float) -> None:
    assert CHECK.number_text(number).encode() == rfc8785.dumps(number)


def test_many_small_numbers_are_written_as_rfc_8785_says() -> None:
    source = random.Random(6)
    for _ in range(3000):
        (number,) = struct.unpack("<d", source.randbytes(8))
        if abs(number) <= 2**53 - 1:
            assert CHECK.number_text(number).encode() == rfc8785.dumps(number)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@settings(deadline=None)
@given(VALUES)
def test_what_is_canonical_is_read_and_what_is_not_is_refused(value: object) -> None:
    data = rfc8785.dumps(value)
    assert CHECK.parse(data) == value
    for other in (data + b" ", b" " + data, b"\xef\xbb\xbf" + data):
        with pytest.raises(CHECK.Bad):
            CHECK.parse(other)


@pytest.mark.parametrize(
    "data",
    [
        *(
            b"",
            b"NaN",
            b"Infinity",
            b"-0",
            b"1.0",
            b"1e3",
            b"01",
            b'{"a":1,"a":1}',
            b'{"b":1,"a":1}',
        ),
        *(b"9007199254740993", b"1" * 5000, b"1e400", b'"\\u0041"', b'"\\ud800"', b"\xff"),
        b"[" * 100_000,
    ],
)
def test_other_json_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(CHECK.Bad):
        CHECK.parse(data)


def test_proofs_lead_to_the_root_from_their_own_place_only() -> None:
    for size in range(1, 18):
        leaves = [leaf_hash(bytes([number])) for number in range(size)]
        root = tree_root(leaves)
        assert CHECK.tree_root(leaves) == root
        for index, leaf in enumerate(leaves):
            proof = inclusion_proof(leaves, index)
            assert CHECK.root_of_proof(leaf, index, size, proof) == root
            for bad in ([*proof, root], proof[1:], proof[:-1]):
                assert bad == proof or CHECK.root_of_proof(leaf, index, size, bad) != root
            for other in range(size):
                found = CHECK.root_of_proof(leaf, other, size, proof)
                assert (found == root) == (other == index)


def test_it_asks_for_python_3_8_and_the_standard_library_alone() -> None:
    tree = ast.parse(CHECKER.read_text(encoding="utf-8"), feature_version=(3, 8))
    imported = {
        name.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for name in node.names
    } | {
        (node.module or "").split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    }
    assert imported == {
        *("__future__", "base64", "collections", "hashlib", "json", "pathlib", "re", "sys"),
        "typing",
    }
