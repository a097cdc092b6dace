"""Checkpoints: one line of the log's name, its size and its root, signed (C2SP tlog-checkpoint).

The note is text that travels by itself: who holds one and the public key can tell later whether
a log still is what it was then, without this program.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import Self

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.storage.merkle import HASH_BYTES

PRODUCT = "luthier-desktop"
LARGEST_NOTE_BYTES = 1024
PUBLIC_KEY_BYTES = 32
SIGNATURE_BYTES = 64
_ED25519 = b"\x01"
_KEY_ID_BYTES = 4
_ORIGIN = re.compile(rf"{PRODUCT}/([A-Za-z0-9_-]{{1,64}})/([1-9][0-9]{{0,8}})")
_SIZE = re.compile(r"[1-9][0-9]{0,15}")


@dataclass(frozen=True, order=True)
class Origin:
    """The name of a log: its store, and the epoch that one key signs."""

    store_id: str
    epoch: int

    def __str__(self) -> str:
        return f"{PRODUCT}/{self.store_id}/{self.epoch}"

    @classmethod
    def read(cls, text: object) -> Self | None:
        """Return the origin that *text* names; None when it names none of this program."""
        match = _ORIGIN.fullmatch(text) if isinstance(text, str) else None
        return cls(match.group(1), int(match.group(2))) if match else None


@dataclass(frozen=True)
class Checkpoint:
    """What is signed: a log had this root when it had this many events."""

    origin: Origin
    size: int
    root: bytes

    def text(self) -> bytes:
        """Return the signed bytes."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n".encode()


@dataclass(frozen=True)
class Note:
    """A checkpoint with its signature, as it is stored and handed on."""

    checkpoint: Checkpoint
    key_id: bytes
    signature: bytes

    def data(self) -> bytes:
        """Return the bytes of the note."""
        signed = _base64(self.key_id + self.signature)
        line = f"\n\N{EM DASH} {self.checkpoint.origin} {signed}\n"
        return self.checkpoint.text() + line.encode()

    @classmethod
    def read(cls, data: bytes, what: str) -> Self:
        """Read a note; anything but the one way to write it is refused.

        Raises:
            InputRefused: These bytes are no checkpoint of this program.
        """
        note = cls._parsed(data)
        if note is None or note.data() != data:
            raise InputRefused(f"{what} is no checkpoint of {PRODUCT}; its bytes were changed.")
        return note

    @classmethod
    def _parsed(cls, data: bytes) -> Self | None:
        if len(data) > LARGEST_NOTE_BYTES:
            return None
        lines = data.decode("utf-8", "replace").split("\n")
        if len(lines) != len(("origin", "size", "root", "", "signature", "")):
            return None
        origin, size = Origin.read(lines[0]), _SIZE.fullmatch(lines[1])
        root = _bytes(lines[2], HASH_BYTES)
        signed = _bytes(lines[4].rpartition(" ")[2], _KEY_ID_BYTES + SIGNATURE_BYTES)
        if origin is None or size is None or root is None or signed is None:
            return None
        checkpoint = Checkpoint(origin, int(size.group()), root)
        return cls(checkpoint, signed[:_KEY_ID_BYTES], signed[_KEY_ID_BYTES:])

    def is_signed_by(self, public_key: bytes) -> bool:
        """Tell whether the holder of the key to *public_key* signed this checkpoint."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        if self.key_id != key_id(str(self.checkpoint.origin), public_key):
            return False
        try:
            key = Ed25519PublicKey.from_public_bytes(public_key)
            key.verify(self.signature, self.checkpoint.text())
        except (InvalidSignature, ValueError):
            return False
        return True


def sign(checkpoint: Checkpoint, seed: bytes) -> Note:
    """Sign *checkpoint* with the Ed25519 key that grows from *seed*."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(checkpoint.text())
    named = key_id(str(checkpoint.origin), public_key_of(seed))
    return Note(checkpoint, named, signature)


def public_key_of(seed: bytes) -> bytes:
    """Return the public key that belongs to *seed*."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def key_id(name: str, public_key: bytes) -> bytes:
    """Return the four bytes that name a key in a note (C2SP signed-note)."""
    named = name.encode() + b"\n" + _ED25519 + public_key
    return hashlib.sha256(named).digest()[:_KEY_ID_BYTES]


def public_key_text(public_key: bytes) -> str:
    """Return a public key as an event tells it."""
    return _base64(public_key)


def read_public_key(text: object) -> bytes | None:
    """Return the public key that an event tells; None when it tells none."""
    return _bytes(text, PUBLIC_KEY_BYTES) if isinstance(text, str) else None


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str, length: int) -> bytes | None:
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if len(data) == length else None
