"""How an index is known that may have been left in the midst of a change: by a mark beside it.

A program sets its mark before it first writes, and takes it away when it has closed the index. A
mark whose program is gone tells of an unclean end; SQLite then looks through the whole file, which
takes too long to be done at each start. The mark is durable when it matters: SQLite makes the
directory durable together with the journal of its first change.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from luthier_desktop.storage.index_schema import IndexDamaged
from luthier_desktop.storage.processes import is_alive

_WRITING = ".writing-"
_DOUBT = "doubt"


class IndexMark:
    """The mark of one program at one index."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._is_set = False

    def set(self) -> None:
        """Tell that this program is about to write; where it cannot, there is no need to."""
        if not self._is_set:
            self._is_set = True
            self._touch(str(os.getpid()))

    def clear(self) -> None:
        """Tell that the index was closed."""
        if self._is_set:
            self._is_set = False
            with contextlib.suppress(OSError):
                self._file(str(os.getpid())).unlink()

    def doubt(self) -> None:
        """Let the index be looked through when it is opened next: a statement failed."""
        self._touch(_DOUBT)

    def require_sound(self, connection: sqlite3.Connection) -> None:
        """Look through the whole index when a program left it in the midst of its work.

        Raises:
            IndexDamaged: It is not sound.
            sqlite3.Error: It could not be looked through; the marks stay.
        """
        left = self._left_behind()
        if not left:
            return
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        for mark in left:
            with contextlib.suppress(OSError):
                mark.unlink()
        if found != "ok":
            raise IndexDamaged("a program ended while it wrote to it")

    def _left_behind(self) -> list[Path]:
        prefix = f"{self._path.name}{_WRITING}"
        try:
            names = [path for path in self._path.parent.iterdir() if path.name.startswith(prefix)]
        except OSError:
            return []
        return [path for path in names if _is_left(path.name.removeprefix(prefix))]

    def _touch(self, whose: str) -> None:
        with contextlib.suppress(OSError):
            self._file(whose).touch()

    def _file(self, whose: str) -> Path:
        return self._path.with_name(f"{self._path.name}{_WRITING}{whose}")


def _is_left(whose: str) -> bool:
    return not (whose.isdecimal() and is_alive(int(whose)))
