import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.storage.checkpoint import (
    Checkpoint,
    Note,
    Origin,
    key_id,
    public_key_of,
    public_key_text,
    read_public_key,
    sign,
)

SEED = bytes(range(32))
OTHER_SEED = bytes(range(1, 33))
PUBLIC = public_key_of(SEED)
ROOT = hashlib.sha256(b"root").digest()
CHECKPOINT = Checkpoint(Origin("3f9c2c1e", 1), 1042, ROOT)
NOTE = sign(CHECKPOINT, SEED)
NAME = "luthier-desktop/3f9c2c1e/1"


def test_the_key_of_the_published_test_is_derived():
    seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
    public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert public_key_of(bytes.fromhex(seed)).hex() == public


def test_the_id_of_a_published_key_is_computed():
    """The verifier key of Go's note package names its key c74f20a3."""
    encoded = base64.b64decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    assert key_id("PeterNeumann", encoded[1:]).hex() == "c74f20a3"


def test_the_note_is_text_in_the_published_form():
    lines = NOTE.data().decode().split("\n")
    assert lines[:4] == [NAME, "1042", base64.b64encode(ROOT).decode(), ""]
    dash, name, signed = lines[4].split(" ")
    assert (dash, name, lines[5:]) == ("—", NAME, [""])
    named = hashlib.sha256(NAME.encode() + b"\x0a\x01" + PUBLIC).digest()[:4]
    raw = base64.b64decode(signed)
    assert (raw[:4], len(raw)) == (named, 4 + 64)
    signed_bytes = f"{NAME}\n1042\n{lines[2]}\n".encode()
    Ed25519PublicKey.from_public_bytes(PUBLIC).verify(raw[4:], signed_bytes)


def test_a_note_is_read_back_and_was_signed_by_its_key_alone():
    assert Note.read(NOTE.data(), "1042.note") == NOTE
    assert NOTE.is_signed_by(PUBLIC)
    assert not NOTE.is_signed_by(public_key_of(OTHER_SEED))
    assert not NOTE.is_signed_by(b"short")


def test_the_same_log_signed_twice_gives_the_same_bytes():
    assert sign(CHECKPOINT, SEED).data() == NOTE.data()


@pytest.mark.parametrize(
    "other",
    [
        Checkpoint(Origin("3f9c2c1e", 2), 1042, ROOT),
        Checkpoint(Origin("3f9c2c1f", 1), 1042, ROOT),
        Checkpoint(CHECKPOINT.origin, 1043, ROOT),
        Checkpoint(CHECKPOINT.origin, 1042, hashlib.sha256(b"").digest()),
    ],
)
def test_a_signature_counts_for_its_own_log_size_and_root_only(other):
    moved = Note(other, key_id(str(other.origin), PUBLIC), NOTE.signature)
    assert Note.read(moved.data(), "moved.note") == moved
    assert not moved.is_signed_by(PUBLIC)


def is_good(data):
    try:
        note = Note.read(data, "x.note")
    except InputRefused:
        return False
    return note.is_signed_by(PUBLIC)


def test_every_changed_bit_is_found():
    data = NOTE.data()
    assert is_good(data)
    for at in range(len(data)):
        for bit in range(8):
            changed = bytearray(data)
            changed[at] ^= 1 << bit
            assert not is_good(bytes(changed)), (at, bit)


def test_every_cut_and_every_added_byte_is_found():
    data = NOTE.data()
    for at in range(len(data)):
        assert not is_good(data[:at])
        assert not is_good(data[:at] + data[at + 1 :])
    for more in (b"\n", b" ", b"\r\n", b"\x00", data, b"x" * 2000):
        assert not is_good(data + more)
        assert not is_good(more + data)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n1042\n", "\n01042\n"),
        ("\n1042\n", "\n+1042\n"),
        ("\n1042\n", "\n1_042\n"),
        ("\n1042\n", "\n104\N{ARABIC-INDIC DIGIT TWO}\n"),
        ("\n1042\n", "\n0\n"),
        ("\n1042\n", "\n1042\nextension\n"),
        ("\n1042\n", "\n1042\r\n"),
        (f"— {NAME}", f"- {NAME}"),
        (f"— {NAME}", "— luthier-desktop/other/1"),
        (f"— {NAME} ", f"— {NAME}  "),
        (f"{NAME}\n", "luthier-desktop/3f9c2c1e/01\n"),
        (f"{NAME}\n", "luthier-desktop/../1\n"),
    ],
)
def test_another_way_to_write_the_same_is_refused(old, new):
    changed = NOTE.data().decode().replace(old, new, 1)
    assert changed.encode() != NOTE.data()
    with pytest.raises(InputRefused, match=r"x\.note is no checkpoint"):
        Note.read(changed.encode(), "x.note")


@given(st.binary(max_size=300))
@settings(deadline=None, max_examples=200)
def test_any_bytes_are_refused_with_a_sentence(data):
    assert not is_good(data)


def test_a_public_key_survives_its_event():
    assert read_public_key(public_key_text(PUBLIC)) == PUBLIC
    for wrong in (None, 7, "", "AAAA", public_key_text(PUBLIC) + "\n", "é"):
        assert read_public_key(wrong) is None
