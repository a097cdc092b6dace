"""The guard of a window: one per data directory and OS user, held by a lock of the kernel.

It lies in this user's state directory, so that a data directory can be read-only, and ends with
its process, however that ends. Beside the lock stands the address at which the window can be
spoken to; it may outlive its window, the lock does not.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from filelock import FileLock, Timeout

from luthier_desktop.storage.atomic import read_file
from luthier_desktop.storage.canonical import sha256_hex
from luthier_desktop.storage.os_calls import OS, OsCalls
from luthier_desktop.storage.private_file import replace_private

FOLDER = "windows"
ADDRESS_SUFFIX = ".open"
_LONGEST_ADDRESS = 512


class WindowGuard:
    """The right to be the window of one data directory."""

    def __init__(self, data: Path, state: Path, calls: OsCalls = OS) -> None:
        key = sha256_hex(str(data.resolve()).encode("utf-8", "surrogatepass"))[:16]
        self._folder = state / FOLDER
        self._lock = FileLock(self._folder / f"{key}.lock", timeout=0)
        self._address = self._folder / f"{key}{ADDRESS_SUFFIX}"
        self._calls = calls

    def take(self) -> bool:
        """Take the guard at once; False when another window holds it.

        Raises:
            OSError: It cannot be known, for the state directory cannot be written.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire()
        except Timeout:
            return False
        return True

    def is_held(self) -> bool:
        """Tell whether this is the guard that was taken."""
        return bool(self._lock.is_locked)

    def address(self) -> str:
        """Return where the window of this guard can be spoken to, or could; "" when unknown."""
        try:
            data = read_file(self._address, self._calls)
            return data.decode("utf-8") if len(data) <= _LONGEST_ADDRESS else ""
        except (OSError, UnicodeDecodeError):
            return ""

    def tell_address(self, address: str) -> None:
        """Tell later starts where the window can be spoken to.

        Raises:
            OSError: The state directory cannot be written.
        """
        replace_private(self._address, address.encode("utf-8"), self._calls)

    def release(self) -> None:
        """Let another window come."""
        if self.is_held():
            with contextlib.suppress(OSError):
                self._calls.unlink(self._address)
            self._lock.release()
