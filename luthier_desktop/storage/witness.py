"""A witness: what shows a stranger that an event stands in a log that was signed.

It travels with a shared design as ``{event, index, proof, checkpoint, public_key}`` and, where the
epoch's key was changed, ``rotations``: the events that say so.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Self

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.storage.canonical import canonical_bytes, sha256_hex
from luthier_desktop.storage.checkpoint import (
    Checkpoint,
    Note,
    public_key_text,
    read_public_key,
)
from luthier_desktop.storage.ledger import event_fault
from luthier_desktop.storage.merkle import HASH_BYTES, includes, leaf_hash
from luthier_desktop.storage.parsing import RECORD_LIMITS, parse_strict

Verdict = Literal["verified", "unsigned", "does_not_match"]
_MEMBERS = frozenset({"event", "index", "proof", "checkpoint", "public_key"})
_ROTATIONS = "rotations"
_MOST_ROTATIONS = 100
_LONGEST_PROOF = 64


@dataclass(frozen=True)
class Witness:
    """An event's bytes, its place counted from 0, and the proof that a checkpoint covers it."""

    event: bytes
    index: int
    proof: tuple[bytes, ...]
    note: Note
    public_key: bytes
    rotations: tuple[bytes, ...] = ()

    @property
    def checkpoint(self) -> Checkpoint:
        """What was signed."""
        return self.note.checkpoint

    @property
    def name(self) -> str:
        """Name the place of the event in its log, the same for each witness of that place."""
        return f"{self.checkpoint.size:09d}-{self.index:09d}"

    def plain(self) -> dict[str, Any]:
        """Return the ``witness`` member of a share file."""
        told: dict[str, Any] = {
            "event": self.event.decode(),
            "index": self.index,
            "proof": [base64.b64encode(node).decode("ascii") for node in self.proof],
            "checkpoint": self.note.data().decode(),
            "public_key": public_key_text(self.public_key),
        }
        if self.rotations:
            told[_ROTATIONS] = [event.decode() for event in self.rotations]
        return told

    def data(self) -> bytes:
        """Return the canonical bytes of the member."""
        return canonical_bytes(self.plain())

    @classmethod
    def read(cls, member: object, what: str) -> Self:
        """Read a ``witness`` member; whether it proves anything is asked of `prove`.

        Raises:
            InputRefused: It has not the form of one.
        """
        if not isinstance(member, dict) or not _MEMBERS <= set(member) <= _MEMBERS | {_ROTATIONS}:
            names = ", ".join(sorted(_MEMBERS))
            raise InputRefused(f"{what} is no witness; its members must be {names}.")
        note = Note.read(_bytes_of(member, "checkpoint", what), f"{what}: the checkpoint")
        key = read_public_key(member["public_key"])
        if key is None or public_key_text(key) != member["public_key"]:
            raise _refused(what, "public_key is no Ed25519 key in base64")
        return cls(
            event=_bytes_of(member, "event", what),
            index=_index(member["index"], what),
            proof=tuple(_proof(member["proof"], what)),
            note=note,
            public_key=key,
            rotations=tuple(_rotations(member.get(_ROTATIONS, []), what)),
        )

    def members(self) -> dict[str, Any] | None:
        """Return the event's members; None when the event is damaged."""
        try:
            members = parse_strict(self.event, "the event", RECORD_LIMITS)
        except InputRefused:
            return None
        return None if event_fault(members, self.index + 1) else members


@dataclass(frozen=True)
class Proven:
    """What a witness proves, in a word and in a sentence.

    The rest is told of a verified one alone: whose log it is, the number and time of the event in
    it, and how many events the checkpoint covers.
    """

    verdict: Verdict
    sentence: str
    origin: str = ""
    seq: int = 0
    at_utc: str = ""
    size: int = 0


def prove(witness: Witness | None, contents: Sequence[bytes] = ()) -> Proven:
    """Say what *witness* proves of *contents*, the files that its event is said to vouch for.

    "verified" says that the holder of the key signed a log in which the event stands, and that
    the event names each of *contents* by its SHA-256; not who holds the key.
    """
    if witness is None:
        return Proven("unsigned", "It carries no witness, so nothing shows when it was recorded.")
    fault = _fault(witness, contents)
    if fault:
        return Proven("does_not_match", f"Its witness does not match: {fault}.")
    members, checkpoint = witness.members() or {}, witness.checkpoint
    sentence = (
        f"Recorded as event {witness.index + 1:,} of {checkpoint.origin}, whose first "
        f"{checkpoint.size:,} events were signed."
    )
    origin, at_utc = str(checkpoint.origin), str(members["at_utc"])
    return Proven("verified", sentence, origin, witness.index + 1, at_utc, checkpoint.size)


def _fault(witness: Witness, contents: Sequence[bytes]) -> str:
    checkpoint = witness.checkpoint
    if not witness.note.is_signed_by(witness.public_key):
        return "the checkpoint is not signed by the key that came with it"
    leaf = leaf_hash(witness.event)
    if not includes(checkpoint.root, checkpoint.size, witness.index, leaf, witness.proof):
        return "the event does not stand in the log that was signed"
    members = witness.members()
    if members is None:
        return "the event is not in the form of one"
    named = {file["sha256"] for file in members["files"]}
    if not all(sha256_hex(content) in named for content in contents):
        return "the event vouches for other bytes than these"
    return ""


def _refused(what: str, rule: str) -> InputRefused:
    return InputRefused(f"{what} is no witness: {rule}.")


def _bytes_of(member: dict[str, Any], name: str, what: str) -> bytes:
    if not isinstance(member[name], str):
        raise _refused(what, f"{name} is not text")
    text: str = member[name]
    return text.encode(errors="replace")


def _index(value: object, what: str) -> int:
    if type(value) is not int or value < 0:
        raise _refused(what, "index is not a whole number from 0 on")
    return value


def _proof(value: object, what: str) -> list[bytes]:
    nodes = value if isinstance(value, list) and len(value) <= _LONGEST_PROOF else [None]
    found = [_hash(node) for node in nodes]
    known = [node for node in found if node is not None]
    if len(known) != len(found):
        raise _refused(what, f"proof is not a list of at most {_LONGEST_PROOF} hashes in base64")
    return known


def _hash(text: object) -> bytes | None:
    if not isinstance(text, str):
        return None
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    is_canonical = base64.b64encode(data).decode("ascii") == text
    return data if len(data) == HASH_BYTES and is_canonical else None


def _rotations(value: object, what: str) -> list[bytes]:
    events = value if isinstance(value, list) and len(value) <= _MOST_ROTATIONS else [None]
    texts = [event.encode(errors="replace") for event in events if isinstance(event, str)]
    if len(texts) != len(events):
        raise _refused(what, f"rotations is not a list of at most {_MOST_ROTATIONS} events")
    return texts
