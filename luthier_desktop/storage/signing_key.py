"""The key that signs checkpoints: it shows which installation, not which person.

Its private half lies in the OS user's keychain or, where there is none, in a file of that user
outside the data directory, so that no copy of the store and no backup holds it. A small file
beside says that the keychain has it: only then is the keychain ever asked. The public half stands
in the ledger, in the event that opens an epoch; of two events for one epoch the first counts.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import StorageFailed
from luthier_desktop.storage.atomic import read_file
from luthier_desktop.storage.checkpoint import (
    Origin,
    public_key_of,
    public_key_text,
    read_public_key,
)
from luthier_desktop.storage.keychain import KEYCHAIN, Keychain
from luthier_desktop.storage.layout import StoreLayout
from luthier_desktop.storage.ledger import NewEvent, ReadEvent, StoredFile
from luthier_desktop.storage.os_calls import OS, OsCalls
from luthier_desktop.storage.private_file import create_private

EPOCH_OPENED = "epoch.opened"
KEY_ROTATED = "key.rotated"
SEED_BYTES = 32
_FILE, _POINTER = ".key", ".keychain"


@dataclass(frozen=True)
class Epoch:
    """A stretch of the log that one key signs, as the event that begins it tells."""

    origin: Origin
    public_key: bytes
    seq: int

    @classmethod
    def told_by(cls, event: ReadEvent | None) -> Epoch | None:
        """Return the epoch whose key *event* tells; None when it tells none.

        Whether a change of key is signed as it must be is not looked at here.
        """
        if event is None or event.members is None:
            return None
        if event.members["event"] not in (EPOCH_OPENED, KEY_ROTATED):
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

    def __init__(
        self,
        layout: StoreLayout,
        store_id: str,
        calls: OsCalls = OS,
        keychain: Keychain = KEYCHAIN,
    ) -> None:
        self._folder = layout.config / "keys"
        self._store_id = store_id
        self._calls = calls
        self._keychain = keychain

    def of(self, epoch: Epoch) -> SigningKey | None:
        """Return the key of *epoch*; None when this user does not hold it.

        Raises:
            StorageFailed: It lies in the keychain, which does not answer now.
        """
        name = self._name(epoch.origin, epoch.public_key)
        try:
            text = read_file(self._folder / f"{name}{_FILE}", self._calls)
        except OSError:
            text = self._from_keychain(name)
        try:
            seed = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            return None
        if len(seed) != SEED_BYTES or public_key_of(seed) != epoch.public_key:
            return None
        return SigningKey(epoch, seed)

    def make(self, origin: Origin) -> bytes:
        """Make a key for *origin* and return its private half, which is kept by then.

        Raises:
            StorageFailed: It could not be kept.
        """
        seed = secrets.token_bytes(SEED_BYTES)
        name, text = self._name(origin, public_key_of(seed)), base64.b64encode(seed)
        place = self._keychain.keep(name, text.decode("ascii"))
        try:
            if place:
                create_private(self._folder / f"{name}{_POINTER}", place.encode(), self._calls)
            else:
                create_private(self._folder / f"{name}{_FILE}", text, self._calls)
        except OSError as error:
            if place:
                self._keychain.discard(name)
            raise StorageFailed(
                f"No key could be kept in {self._folder} ({error.strerror or error}), so the log "
                "is not signed. Check the rights of the folder; what was recorded is safe."
            ) from error
        return seed

    def discard(self, origin: Origin, public_key: bytes) -> None:
        """Forget the private half of a key that will sign nothing more."""
        name = self._name(origin, public_key)
        if (self._folder / f"{name}{_POINTER}").is_file():
            self._keychain.discard(name)
        for ending in (_FILE, _POINTER):
            with contextlib.suppress(OSError):
                self._calls.unlink(self._folder / f"{name}{ending}")

    def forget(self) -> None:
        """Forget where the keys of the store are, also those that a keychain does not give."""
        for path in self._kept():
            with contextlib.suppress(OSError):
                self._calls.unlink(path)

    def holds(self, number: int, public_key: bytes | None = None) -> bool:
        """Tell whether this user has the key of epoch *number*, or one of a later epoch.

        *public_key* says which of that epoch's keys is meant. A keychain is not asked: what
        points to it counts.
        """
        named = _named(public_key) if public_key else ""
        for path in self._kept():
            told, _, key = path.stem.removeprefix(f"{self._store_id}-").partition("-")
            is_meant = int(told) > number or (int(told) == number and key.startswith(named))
            if is_meant and (path.suffix == _POINTER or len(self._seed_in(path)) == SEED_BYTES):
                return True
        return False

    def note(self) -> str:
        """Say in one sentence where the key of the newest epoch is kept; nothing without one."""
        kept: dict[int, Path] = {}
        for path in self._kept():
            number = int(path.name.removeprefix(f"{self._store_id}-").partition("-")[0])
            if number not in kept or path.suffix == _FILE:
                kept[number] = path
        if not kept:
            return ""
        newest = kept[max(kept)]
        if newest.suffix == _POINTER:
            place = self._place(newest)
            return f"The signing key is stored in the keychain of {place}."
        trouble = self._keychain.trouble.rstrip(".")
        because = f", because the keychain failed ({trouble})" if trouble else ""
        return f"The signing key is stored in a file{because}: {newest}"

    def open_epoch(
        self,
        number: int,
        append: Callable[[NewEvent], int],
        events: Callable[[], Iterable[ReadEvent | None]],
        reason: str = "",
        files: tuple[StoredFile, ...] = (),
    ) -> SigningKey | None:
        """Open epoch *number* with a new key, and say why; who loses that race discards his.

        The private half is kept before the event, so that no epoch is opened that nobody can
        sign. *files* are what the opening vouches for besides. *events* gives the events in which
        an earlier opening could stand. None says that another user was first.

        Raises:
            StorageFailed: The key or its event is not known to be saved.
        """
        origin = Origin(self._store_id, number)
        seed = self.make(origin)
        public_key = public_key_of(seed)
        row = {"origin": str(origin), "public_key": public_key_text(public_key)}
        if reason:
            row["reason"] = reason
        mine = Epoch(origin, public_key, append(NewEvent(EPOCH_OPENED, None, files, row)))
        told = (Epoch.told_by(event) for event in events())
        first = next((epoch for epoch in told if epoch and epoch.origin == origin), mine)
        if first == mine:
            return SigningKey(mine, seed)
        self.discard(origin, public_key)
        return self.of(first)

    def _seed_in(self, path: Path) -> bytes:
        try:
            return base64.b64decode(read_file(path, self._calls), validate=True)
        except (OSError, binascii.Error, ValueError):
            return b""

    def _from_keychain(self, name: str) -> bytes:
        if not (self._folder / f"{name}{_POINTER}").is_file():
            return b""
        try:
            text = self._keychain.get(name)
        except StorageFailed as error:
            place = self._place(self._folder / f"{name}{_POINTER}")
            raise StorageFailed(
                f"No checkpoint was made: the signing key is in the keychain of {place}, and "
                f"that failed ({error.sentence.rstrip('.')}). Unlock it, or give the key up with "
                "`luthier logs rotate-key --lost --reason`; what was recorded is safe."
            ) from error
        return (text or "").encode("ascii", "replace")

    def _place(self, pointer: Path) -> str:
        try:
            return shown(read_file(pointer, self._calls).decode("utf-8", "replace"))
        except OSError:
            return "this user"

    def _kept(self) -> list[Path]:
        pattern = re.compile(
            rf"{re.escape(self._store_id)}-[1-9][0-9]{{0,8}}-[0-9a-f]{{16}}\.(key|keychain)"
        )
        try:
            names = [entry.name for entry in self._calls.scandir(self._folder)]
        except OSError:
            return []
        return [self._folder / name for name in sorted(names) if pattern.fullmatch(name)]

    def _name(self, origin: Origin, public_key: bytes) -> str:
        return f"{self._store_id}-{origin.epoch}-{_named(public_key)}"


def _named(public_key: bytes) -> str:
    return hashlib.sha256(public_key).hexdigest()[:16]
