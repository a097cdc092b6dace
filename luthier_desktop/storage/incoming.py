"""What comes from outside: the one way in for designs, setups, batches and own entries.

A regular file within its size, held still while it is read, then strict JSON, then the schema of
its kind; nothing is stored and nothing large is built before all of them have passed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from luthier_desktop.domain.base import Value
from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import InputRefused, NotFound
from luthier_desktop.storage.canonical import sha256_hex
from luthier_desktop.storage.parsing import (
    DESIGN_LIMITS,
    Limits,
    parse_strict,
    require_size,
)

Kind = TypeVar("Kind", bound=Value)


@dataclass(frozen=True)
class Incoming:
    """A document that passed every rule but those of its kind; *what* names it in sentences."""

    what: str
    data: bytes
    plain: Any

    @cached_property
    def sha256(self) -> str:
        """The hash of the bytes as they came."""
        return sha256_hex(self.data)

    def read_as(self, kind: type[Kind]) -> Kind:
        """Return the document as a value of *kind*.

        Raises:
            InputRefused: It is none; the sentence names the place.
        """
        return kind.read(self.plain, self.what)


def take_in(source: bytes | Path, what: str, limits: Limits = DESIGN_LIMITS) -> Incoming:
    """Read and parse a document; *what* is its kind, such as "The design".

    Raises:
        NotFound: There is no such file.
        InputRefused: It is no regular file within its size, or breaks a rule of strict JSON.
    """
    if isinstance(source, Path):
        what = named(what, source)
        source = read_regular_file(source, what, limits)
    return Incoming(what, source, parse_strict(source, what, limits))


def named(what: str, path: Path) -> str:
    """Name a document by its kind and its file."""
    return f"{what} {shown(path.name)}"


def read_regular_file(path: Path, what: str, limits: Limits = DESIGN_LIMITS) -> bytes:
    """Return the bytes of a regular file that is within its size.

    Raises:
        NotFound: There is no such file.
        InputRefused: It is no regular file, is too large, changes or cannot be read.
    """
    with open_regular_file(path, what, limits) as file:
        return read_still(file, what, limits)


def read_still(file: BinaryIO, what: str, limits: Limits) -> bytes:
    """Read a file to its end, never more than one byte beyond its size.

    Raises:
        InputRefused: It is too large, or was written to meanwhile.
    """
    before = state_of(file)
    data = file.read(limits.size_bytes + 1)
    require_size(len(data), what, limits)
    if state_of(file) != before or len(data) != before[2]:
        raise InputRefused(f"{what}: the file was changed while it was read; try again.")
    return data


def state_of(file: BinaryIO) -> tuple[int, int, int, int]:
    """Tell one state of a file from another: device, number, size in bytes, time of change."""
    found = os.fstat(file.fileno())
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


@contextmanager
def open_regular_file(path: Path, what: str, limits: Limits = DESIGN_LIMITS) -> Iterator[BinaryIO]:
    """Open a regular file that is within its size, to be read piece by piece.

    Raises:
        NotFound: There is no such file.
        InputRefused: It is no regular file, is too large or cannot be read.
    """
    try:
        with _opened(path) as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise InputRefused(f"{what}: this is no regular file; give a file.")
            require_size(found.st_size, what, limits)
            yield file
    except FileNotFoundError:
        raise NotFound(f"{what}: there is no such file; check the name and the folder.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputRefused(f"{what}: the file cannot be read ({reason}).") from None


def _opened(path: Path) -> BinaryIO:
    # Not blocking: a named pipe without a writer would otherwise hold the program for ever.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags), "rb")
