"""The files that this user opened last, in a file of their own; nothing of them is kept in it."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.storage.config_file import ConfigFile
from luthier_desktop.storage.os_calls import OS, OsCalls

SCHEMA = "luthier.recent/1"
MOST = 12
LONGEST_PATH = 4096
_MISSING = "It is not there any more: moved, renamed, or on a drive that is not plugged in."
_NO_FILE = "It is no file any more."
_UNREADABLE = "It cannot be looked at ({0})."


class RecentFile(NamedTuple):
    """One file; *reason* says why it cannot be opened now, "" when it can."""

    path: Path
    reason: str = ""


class Recent(NamedTuple):
    """The files, the last one first; *told* says why the list itself could not be read."""

    files: tuple[RecentFile, ...]
    told: str = ""


class RecentFiles:
    """Remembers paths, each once; a list that is broken is told of and left as it is."""

    def __init__(self, config: Path, calls: OsCalls = OS) -> None:
        self._file = ConfigFile(config / "recent.json", SCHEMA, "The recent files", calls)

    def listed(self) -> Recent:
        """Look which files there are, and at each whether it can be opened."""
        try:
            paths = self._read()
        except LuthierError as error:
            return Recent((), error.sentence)
        return Recent(tuple(RecentFile(path, _reason(path)) for path in paths))

    def note(self, path: Path) -> None:
        """Put *path* first; one that the list cannot hold is not noted.

        Raises:
            InputRefused: The list is broken.
            StorageFailed: It is not known to be kept.
        """
        if _is_path(str(path)):
            with self._file.held():
                others = [one for one in self._read() if one != path]
                self._write([path, *others])

    def forget(self, path: Path) -> None:
        """Take *path* from the list; the file itself stays.

        Raises:
            InputRefused: The list is broken.
            StorageFailed: It is not known to be kept.
        """
        with self._file.held():
            self._write([one for one in self._read() if one != path])

    def clear(self) -> None:
        """Empty the list, a broken one too.

        Raises:
            StorageFailed: It is not known to be kept.
        """
        with self._file.held():
            self._write([])

    def _read(self) -> list[Path]:
        given = self._file.read().get("files", [])
        if not isinstance(given, list) or not all(map(_is_path, given)):
            raise self._file.refusal("files must be a list of absolute paths")
        return list(dict.fromkeys(Path(one) for one in given))[:MOST]

    def _write(self, paths: Sequence[Path]) -> None:
        self._file.write({"files": [str(path) for path in paths[:MOST]]})


def _reason(path: Path) -> str:
    """Say why a file cannot be opened now; "" when it can."""
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return _MISSING
    except OSError as error:
        return _UNREADABLE.format(error.strerror or error)
    return "" if stat.S_ISREG(found.st_mode) else _NO_FILE


def _is_path(given: Any) -> bool:
    """Tell an absolute path that can be written down from anything else."""
    if not isinstance(given, str) or not given.isprintable() or len(given) > LONGEST_PATH:
        return False
    return Path(given).is_absolute()
