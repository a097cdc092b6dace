"""A signature over bytes that travel: Ed25519 by the key that signs the log.

It shows which installation made them, not which person.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from luthier_desktop.storage.checkpoint import (
    SIGNATURE_BYTES,
    Origin,
    public_key_text,
    read_public_key,
)
from luthier_desktop.storage.signing_key import SigningKey

_MEMBERS = frozenset({"origin", "public_key", "signature"})


def sign_bytes(data: bytes, key: SigningKey) -> dict[str, str]:
    """Return the ``signature`` member: the log's name, its public key, and what they sign."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    signature = Ed25519PrivateKey.from_private_bytes(key.seed).sign(data)
    return {
        "origin": str(key.epoch.origin),
        "public_key": public_key_text(key.epoch.public_key),
        "signature": base64.b64encode(signature).decode("ascii"),
    }


def signature_fault(member: Mapping[str, Any], data: bytes) -> str:
    """Say why *member* is no signature of *data*; empty when it is one."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    key, signature = read_public_key(member.get("public_key")), _signature(member)
    if set(member) != _MEMBERS or key is None or signature is None:
        return "it has not the form of one"
    if public_key_text(key) != member["public_key"] or Origin.read(member["origin"]) is None:
        return "it has not the form of one"
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, data)
    except (InvalidSignature, ValueError):
        return "the key that came with it did not sign these bytes"
    return ""


def _signature(member: Mapping[str, Any]) -> bytes | None:
    text = member.get("signature")
    try:
        data = base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except (binascii.Error, ValueError):
        return None
    same = base64.b64encode(data).decode("ascii") == text
    return data if same and len(data) == SIGNATURE_BYTES else None
