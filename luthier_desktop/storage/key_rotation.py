"""Changing the key of an epoch: an event that the old key and the new key both signed.

The event ``key.rotated`` has the row ``{origin, after {size, root}, old_public_key, public_key,
reason, signatures {old, new}}``. Signed is the line ``luthier-desktop key.rotated`` and, behind
it, the RFC 8785 bytes of the row without ``signatures``. ``after`` is the last checkpoint that
the old key signed. Checkpoints that cover the event are the new key's, all before are the old's.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.storage.canonical import canonical_bytes
from luthier_desktop.storage.checkpoint import (
    PRODUCT,
    Checkpoint,
    Origin,
    public_key_of,
    public_key_text,
    read_public_key,
)
from luthier_desktop.storage.ledger import ReadEvent
from luthier_desktop.storage.signing_key import KEY_ROTATED, Epoch

_HEAD = f"{PRODUCT} {KEY_ROTATED}\n".encode()
_SIGNATURES = "signatures"


@dataclass(frozen=True)
class Rotation:
    """A change of key as an event tells it, signed or not."""

    origin: Origin
    old_public_key: bytes
    public_key: bytes
    row: dict[str, Any]

    @classmethod
    def told_by(cls, members: dict[str, Any] | None) -> Rotation | None:
        """Return the change that an event's *members* tell; None when they tell none."""
        if members is None or members["event"] != KEY_ROTATED:
            return None
        row = members["row"] or {}
        origin = Origin.read(row.get("origin"))
        old, new = (read_public_key(row.get(name)) for name in ("old_public_key", "public_key"))
        if origin is None or old is None or new is None:
            return None
        return cls(origin, old, new, row)

    @property
    def after_size(self) -> int:
        """The size of the last checkpoint that the old key signed; 0 where none is told."""
        after = self.row.get("after")
        size = after.get("size") if isinstance(after, dict) else None
        return size if isinstance(size, int) and size > 0 else 0

    def is_signed(self) -> bool:
        """Tell whether both keys signed this change."""
        signatures = self.row.get(_SIGNATURES)
        if not isinstance(signatures, dict):
            return False
        try:
            statement = _statement(self.row)
        except InputRefused:
            return False
        pairs = (("old", self.old_public_key), ("new", self.public_key))
        return all(_is_signed(statement, signatures.get(by), key) for by, key in pairs)


def rotation_row(after: Checkpoint, old_seed: bytes, seed: bytes, reason: str) -> dict[str, Any]:
    """Return the row of the event that gives the epoch of *after* another key."""
    row: dict[str, Any] = {
        "origin": str(after.origin),
        "after": {"size": after.size, "root": _text(after.root)},
        "old_public_key": public_key_text(public_key_of(old_seed)),
        "public_key": public_key_text(public_key_of(seed)),
        "reason": reason,
    }
    statement = _statement(row)
    signatures = {"old": _signature(statement, old_seed), "new": _signature(statement, seed)}
    return {**row, _SIGNATURES: signatures}


class EpochKeys:
    """Which key signs each epoch, and from which event on.

    ``signed_sizes`` are the sizes of the checkpoints that the changes of key name as signed, each
    with the number of the event that does.
    """

    def __init__(self, known: Iterable[Epoch] = ()) -> None:
        self.faults: list[tuple[int, str]] = []
        self.signed_sizes: dict[int, int] = {}
        self._keys: dict[Origin, list[Epoch]] = {epoch.origin: [epoch] for epoch in known}

    def tell(self, event: ReadEvent) -> None:
        """Take what one event says; of two openings of one epoch the first counts."""
        if event.members is not None and event.members["event"] == KEY_ROTATED:
            fault = self._rotate(event)
            if fault:
                self.faults.append((event.seq, fault))
            return
        epoch = Epoch.told_by(event)
        if epoch is not None:
            self._keys.setdefault(epoch.origin, [epoch])

    def at(self, origin: Origin, size: int) -> Epoch | None:
        """Return the key of *origin* for a checkpoint of *size* events; None when unknown."""
        keys = self._keys.get(origin, [])
        reached = [key for key in keys if key.seq <= size]
        return reached[-1] if reached else next(iter(keys), None)

    def current(self) -> list[Epoch]:
        """List the key that each epoch has now."""
        return [keys[-1] for keys in self._keys.values()]

    def _rotate(self, event: ReadEvent) -> str:
        rotation = Rotation.told_by(event.members)
        if rotation is None:
            return "it names no epoch or no keys"
        keys = self._keys.get(rotation.origin)
        if not keys or keys[-1].public_key != rotation.old_public_key:
            return "the key it says to end is not the one that signed until then"
        if not rotation.is_signed():
            return "it is not signed by the old key and the new one"
        keys.append(Epoch(rotation.origin, rotation.public_key, event.seq))
        if rotation.after_size:
            self.signed_sizes[rotation.after_size] = event.seq
        return ""


def _statement(row: dict[str, Any]) -> bytes:
    signed = {name: value for name, value in row.items() if name != _SIGNATURES}
    return _HEAD + canonical_bytes(signed)


def _signature(statement: bytes, seed: bytes) -> str:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return _text(Ed25519PrivateKey.from_private_bytes(seed).sign(statement))


def _is_signed(statement: bytes, signature: object, public_key: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        raw = base64.b64decode(signature if isinstance(signature, str) else "", validate=True)
        Ed25519PublicKey.from_public_bytes(public_key).verify(raw, statement)
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
