"""The file of the saved filters, this user's own, beside the other settings."""

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

SCHEMA = "luthier.filters/1"
_LIMITS = Limits(size_bytes=2**20, nodes=10_000)
_LOCK_WAIT_S = 2.0


class FilterFile:
    """Reads the list of saved filters as plain members, and writes it as a whole."""

    def __init__(self, path: Path, calls: OsCalls = OS) -> None:
        self.path = path
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

    def read(self) -> list[Any]:
        """Return the saved filters; none where there is no file.

        Raises:
            InputRefused: The file is not one that the program wrote; it is left as it is.
            StorageFailed: It cannot be read.
        """
        try:
            data = read_file(self.path, self._calls, _LIMITS.size_bytes)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise read_failure(error, self.path) from error
        document = parse_strict(data, f"The saved filters {self.path}", _LIMITS)
        members = document if isinstance(document, dict) else {}
        filters = members.get("filters")
        if members.get("schema") != SCHEMA or not isinstance(filters, list):
            raise InputRefused(
                f"The saved filters {self.path}: schema must be {SCHEMA!r} with a list of "
                "filters; rename the file to begin anew."
            )
        return filters

    def write(self, filters: list[dict[str, str]]) -> None:
        """Write the list in place of the earlier one.

        Raises:
            StorageFailed: The disk refused; what stood there still does.
        """
        data = canonical_bytes({"schema": SCHEMA, "filters": filters})
        try:
            replace_private(self.path, data, self._calls)
        except OSError as error:
            raise storage_failure(error, self.path) from error
