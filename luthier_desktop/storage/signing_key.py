"""The key that signs checkpoints: it shows which installation, not which person.

Its private half lies in a file of the OS user outside the data directory, so that no copy of the
store and no backup holds it. Its public half stands in the ledger, in the event that opens an
epoch; of two events for one epoch the first counts.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from luthier_desktop.domain.errors import StorageFailed
from luthier_desktop.storage.atomic import read_file
from luthier_desktop.storage.checkpoint import (
    Origin,
    public_key_of,
    public_key_text,
    read_public_key,
)
from luthier_desktop.storage.layout import StoreLayout
from luthier_desktop.storage.ledger import NewEvent, ReadEvent
from luthier_desktop.storage.os_calls import OS, OsCalls
from luthier_desktop.storage.private_file import create_private

EPOCH_OPENED = "epoch.opened"
SEED_BYTES = 32


@dataclass(frozen=True)
class Epoch:
    """A stretch of the log that one key signs, as its event tells it."""

    origin: Origin
    public_key: bytes
    seq: int

    @classmethod
    def told_by(cls, event: ReadEvent | None) -> Epoch | None:
        """Return the epoch that *event* opens; None when it opens none."""
        if event is None or event.members is None or event.members["event"] != EPOCH_OPENED:
            return None
        row: dict[str, Any] = event.members["row"] or {}
        origin, key = Origin.read(row.get("origin")), read_public_key(row.get("public_key"))
        if origin is None or key is None:
            return None
        return cls(origin, key, event.seq)


@dataclass(frozen=True)
class SigningKey:
    """An epoch together with the private half of its key."""

    epoch: Epoch
    seed: bytes


class SigningKeys:
    """The keys of one store that this OS user holds."""

    def __init__(self, layout: StoreLayout, store_id: str, calls: OsCalls = OS) -> None:
        self._folder = layout.config / "keys"
        self._store_id = store_id
        self._calls = calls

    def of(self, epoch: Epoch) -> SigningKey | None:
        """Return the key of *epoch*; None when this user does not hold it."""
        try:
            text = read_file(self._path(epoch.origin, epoch.public_key), self._calls)
            seed = base64.b64decode(text, validate=True)
        except (OSError, binascii.Error):
            return None
        if len(seed) != SEED_BYTES or public_key_of(seed) != epoch.public_key:
            return None
        return SigningKey(epoch, seed)

    def open_epoch(
        self,
        number: int,
        append: Callable[[NewEvent], int],
        events: Callable[[], Iterable[ReadEvent | None]],
    ) -> SigningKey | None:
        """Open epoch *number* with a new key; whoever loses that race discards his.

        The private half is on the disk before the event, so that no epoch is opened that nobody
        can sign. *events* gives the events in which an earlier opening could stand. None says
        that another user was first.

        Raises:
            StorageFailed: The key or its event is not known to be saved.
        """
        origin, seed = Origin(self._store_id, number), secrets.token_bytes(SEED_BYTES)
        public_key = public_key_of(seed)
        path = self._path(origin, public_key)
        try:
            create_private(path, base64.b64encode(seed), self._calls)
        except OSError as error:
            raise StorageFailed(
                f"No key could be kept in {path.parent} ({error.strerror or error}), so the log "
                "is not signed. Check the rights of the folder; what was recorded is safe."
            ) from error
        row = {"origin": str(origin), "public_key": public_key_text(public_key)}
        mine = Epoch(origin, public_key, append(NewEvent(EPOCH_OPENED, row=row)))
        told = (Epoch.told_by(event) for event in events())
        first = next((epoch for epoch in told if epoch and epoch.origin == origin), mine)
        if first == mine:
            return SigningKey(mine, seed)
        with contextlib.suppress(OSError):
            self._calls.unlink(path)
        return self.of(first)

    def _path(self, origin: Origin, public_key: bytes) -> Path:
        named = hashlib.sha256(public_key).hexdigest()[:16]
        return self._folder / f"{self._store_id}-{origin.epoch}-{named}.key"
