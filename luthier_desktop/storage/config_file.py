"""A small file of this user's own beside the other settings: a document under its schema."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from luthier_desktop.domain.errors import InputRefused, StorageFailed
from luthier_desktop.storage.atomic import (
    ensure_directory,
    read_failure,
    read_file,
    storage_failure,
)
from luthier_desktop.storage.canonical import canonical_bytes
from luthier_desktop.storage.os_calls import OS, OsCalls
from luthier_desktop.storage.parsing import Limits, parse_strict
from luthier_desktop.storage.private_file import replace_private

_LIMITS = Limits(size_bytes=2**20, nodes=10_000)
_LOCK_WAIT_S = 2.0


class ConfigFile:
    """Reads the document and writes it as a whole; *what* names it in sentences."""

    def __init__(self, path: Path, schema: str, what: str, calls: OsCalls = OS) -> None:
        self.path = path
        self._schema = schema
        self._what = what
        self._calls = calls

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep other windows of this user from changing it meanwhile.

        Raises:
            StorageFailed: Another one holds it, or the folder cannot be written.
        """
        try:
            ensure_directory(self.path.parent, self._calls)
            with FileLock(self.path.with_suffix(".lock"), timeout=_LOCK_WAIT_S):
                yield
        except Timeout as error:
            raise StorageFailed(
                f"{self.path.name} was not saved: another window changes it; try again."
            ) from error
        except OSError as error:
            raise storage_failure(error, self.path) from error

    def read(self) -> dict[str, Any]:
        """Return the document without its schema; empty where there is no file.

        Raises:
            InputRefused: The file is not one that the program wrote; it is left as it is.
            StorageFailed: It cannot be read.
        """
        try:
            data = read_file(self.path, self._calls, _LIMITS.size_bytes)
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except OSError as error:
            raise read_failure(error, self.path) from error
        document = parse_strict(data, f"{self._what} {self.path}", _LIMITS)
        members = document if isinstance(document, dict) else {}
        if members.pop("schema", None) != self._schema:
            raise self.refusal(f"schema must be {self._schema!r}")
        return members

    def write(self, document: dict[str, Any]) -> None:
        """Write *document* in place of the earlier one.

        Raises:
            StorageFailed: The disk refused; what stood there still does.
        """
        data = canonical_bytes({"schema": self._schema, **document})
        try:
            replace_private(self.path, data, self._calls)
        except OSError as error:
            raise storage_failure(error, self.path) from error

    def refusal(self, rule: str) -> InputRefused:
        """Return the refusal of a file that breaks a *rule*, for whoever knows what is in it."""
        return InputRefused(f"{self._what} {self.path}: {rule}; rename the file to begin anew.")
