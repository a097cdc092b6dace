"""The operating system's keychain, where there is a real one that answers.

It is asked in a thread of its own for a few seconds at most: a keychain may be locked, may wait
for its user, or may never answer. Loading it takes a tenth of a second, so only who signs does.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from luthier_desktop.domain.errors import StorageFailed

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

Answer = TypeVar("Answer")

SERVICE = "luthier-desktop"
_WAIT_S = 3.0
_LEAST_PRIORITY = 1
_NO_KEYCHAINS = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")
"""Backends that keep nothing, or keep it in a file that anybody may read."""
_PLACES = {
    "keyring.backends.Windows": "Windows (Credential Manager)",
    "keyring.backends.macOS": "macOS",
    "keyring.backends.SecretService": "the desktop (Secret Service)",
    "keyring.backends.libsecret": "the desktop (Secret Service)",
    "keyring.backends.kwallet": "the desktop (KWallet)",
}


class Keychain:
    """Keeps short secrets under names; `trouble` says why the last one was not taken."""

    def __init__(self, wait_s: float = _WAIT_S) -> None:
        self.trouble = ""
        self._wait_s = wait_s
        self._asking: threading.Thread | None = None

    def keep(self, name: str, secret: str) -> str:
        """Keep *secret* and return the name of the keychain; nothing when there is none.

        What went wrong is told by `trouble`; it is no reason not to keep the secret elsewhere.
        """

        def work() -> str:
            backend = _real_backend()
            if backend is None:
                return ""
            backend.set_password(SERVICE, name, secret)
            if backend.get_password(SERVICE, name) != secret:
                raise StorageFailed("it did not give back what was put into it")
            return _place(backend)

        self.trouble = ""
        try:
            return self._ask(work)
        except StorageFailed as error:
            self.trouble = error.sentence
            return ""

    def get(self, name: str) -> str | None:
        """Return the secret; None when there is none under that name.

        Raises:
            StorageFailed: The keychain is not there, is locked or does not answer.
        """

        def work() -> str | None:
            backend = _real_backend()
            if backend is None:
                raise StorageFailed("there is none on this computer now")
            return backend.get_password(SERVICE, name)

        return self._ask(work)

    def discard(self, name: str) -> None:
        """Forget the secret under *name*, if the keychain lets it go."""

        def work() -> None:
            backend = _real_backend()
            if backend is not None and backend.get_password(SERVICE, name) is not None:
                backend.delete_password(SERVICE, name)

        with contextlib.suppress(StorageFailed):
            self._ask(work)

    def _ask(self, work: Callable[[], Answer]) -> Answer:
        if self._asking is not None and self._asking.is_alive():
            raise StorageFailed("it still has not answered an earlier question")
        answers: list[Answer] = []
        faults: list[str] = []

        def ask() -> None:
            try:
                answers.append(work())
            except Exception as error:  # a backend raises whatever its system gives it
                faults.append(str(error) or type(error).__name__)

        self._asking = threading.Thread(target=ask, name="keychain", daemon=True)
        self._asking.start()
        self._asking.join(self._wait_s)
        if faults:
            raise StorageFailed(faults[0])
        if not answers:
            raise StorageFailed(f"it did not answer within {self._wait_s:g} seconds")
        return answers[0]


KEYCHAIN = Keychain()
"""The one that the program uses: a keychain that hangs is waited for once."""


def _real_backend() -> KeyringBackend | None:
    import keyring

    found = keyring.get_keyring()
    candidates = getattr(found, "backends", None) or [found]  # a chain of several
    return next((backend for backend in candidates if _is_real(backend)), None)


def _is_real(backend: KeyringBackend) -> bool:
    kind = type(backend)
    if kind.__module__.startswith(_NO_KEYCHAINS) or "plaintext" in kind.__name__.lower():
        return False
    return float(backend.priority) >= _LEAST_PRIORITY


def _place(backend: KeyringBackend) -> str:
    return _PLACES.get(type(backend).__module__, str(backend.name))
