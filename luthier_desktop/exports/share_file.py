"""The share file ``.rosette``: one document that carries what is needed to check it.

``{schema, snapshot, run, rules, witness, signature, sha256}`` in RFC 8785 form; *snapshot*, *run*
and *rules* are texts of the very bytes that are stored, *sha256* is that of the document without
this member. Signed are the first four members alone: the witness is another one in each export,
and carries a signature of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

SCHEMA = "luthier.share/1"
SUFFIX = ".rosette"
SIGNED_TYPE = "application/vnd.luthier.share+json"
"""Signed with the bytes, so that a signature of something else cannot be taken for this one."""

Encode = Callable[[Any], bytes]
"""Gives the RFC 8785 form."""


class ShareParts(NamedTuple):
    """The bytes that a share file is made of."""

    snapshot: bytes
    run: bytes
    rules: bytes


def share_file(
    parts: ShareParts,
    witness: Mapping[str, Any] | None,
    signature: Mapping[str, Any] | None,
    encode: Encode,
) -> bytes:
    """Return the bytes of a share file."""
    document = {**_base(parts), "witness": witness, "signature": signature}
    return encode({**document, "sha256": document_sha256(document, encode)})


def document_sha256(document: Mapping[str, Any], encode: Encode) -> str:
    """Return what the member ``sha256`` of *document* must be."""
    covered = {name: value for name, value in document.items() if name != "sha256"}
    return hashlib.sha256(encode(covered)).hexdigest()


def signed_bytes(parts: ShareParts, encode: Encode) -> bytes:
    """Return the bytes that the sender's key signs: the type, then the members, lengths before."""
    return _typed(encode(_base(parts)))


def _base(parts: ShareParts) -> dict[str, Any]:
    return {"schema": SCHEMA, **{name: data.decode() for name, data in parts._asdict().items()}}


def _typed(body: bytes) -> bytes:
    kind = SIGNED_TYPE.encode()
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(body), body)
