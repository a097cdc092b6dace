"""Keychains for the tests: real backends of keyring that keep their secrets in memory."""

from __future__ import annotations

import threading

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError


class MemoryKeyring(KeyringBackend):
    """A keychain that works."""

    priority = 5
    name = "Bench keychain"

    def __init__(self) -> None:
        super().__init__()
        self.secrets: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.secrets[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.secrets.pop((service, username), None) is None:
            raise PasswordDeleteError("there is no such password")


class LockableKeyring(MemoryKeyring):
    """A keychain that its user may lock."""

    is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._require_open()
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self._require_open()
        super().set_password(service, username, password)

    def _require_open(self) -> None:
        if self.is_locked:
            raise KeyringLocked("the collection is locked")


class SilentKeyring(MemoryKeyring):
    """A keychain that waits for its user until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.let_go.wait()
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.let_go.wait()
        super().set_password(service, username, password)


class ForgetfulKeyring(MemoryKeyring):
    """A keychain that says it keeps what it forgets."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class PlaintextKeyring(MemoryKeyring):
    """Named as the one that writes secrets into a file for everybody."""


class WeakKeyring(MemoryKeyring):
    """A keychain that its own makers do not recommend."""

    priority = 0.5


for _kind in list(KeyringBackend._classes):  # none of these is found by a search for keychains
    if _kind.__module__ == __name__:
        KeyringBackend._classes.discard(_kind)
