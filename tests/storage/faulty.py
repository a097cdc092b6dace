"""Operating system calls that fail, fall short or lie at a chosen moment."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable
from pathlib import Path

from luthier_desktop.storage.os_calls import OsCalls

NAMES = ("open", "write", "fsync", "read", "link", "unlink", "mkdir", "scandir", "stat", "replace")


class Faulty(OsCalls):
    """Counts each call; the one numbered *at* raises *code*, before or after it took effect."""

    def __init__(self, at: int = -1, code: int = errno.EIO, *, after: bool = False) -> None:
        self.at = at
        self.code = code
        self.after = after
        self.seen: list[str] = []

    def _call(self, name, *arguments):
        number = len(self.seen)
        self.seen.append(name)
        fails = number == self.at
        if fails and not self.after:
            raise OSError(self.code, os.strerror(self.code))
        if not fails:
            return getattr(OsCalls, name)(self, *arguments)
        with contextlib.suppress(OSError):
            result = getattr(OsCalls, name)(self, *arguments)
            if name == "open":
                os.close(result)
        raise OSError(self.code, os.strerror(self.code))


def _delegate(name):
    def call(self, *arguments):
        return self._call(name, *arguments)

    return call


for _name in NAMES:
    setattr(Faulty, _name, _delegate(_name))


class ShortWrites(OsCalls):
    """Writes at most three bytes a call."""

    def write(self, descriptor, data):
        return super().write(descriptor, data[:3])


class LyingWrites(OsCalls):
    """Says that all was written, and writes one bit differently."""

    def write(self, descriptor, data):
        return super().write(descriptor, bytes([data[0] ^ 1]) + bytes(data[1:]))


class Unsynced(OsCalls):
    """Waits for no disk, where neither a power cut nor durability is looked at."""

    def fsync(self, descriptor):
        pass


class Always(OsCalls):
    """Fails each call of the given names with one error."""

    def __init__(self, code: int, *names: str) -> None:
        for name in names:
            setattr(self, name, self._fail)
        self.code = code

    def _fail(self, *_arguments):
        raise OSError(self.code, os.strerror(self.code))


class ReadOnly(OsCalls):
    """A medium that can be read and not written."""

    def open(self, path, flags, mode=0o444):
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return super().open(path, flags, mode)

    def mkdir(self, path):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))


def closed_below(folder: Path, name: str) -> Callable[..., object]:
    """Return the call *name* of a machine on which nobody else may look into *folder*."""
    real = getattr(OsCalls, name)

    def call(self, path, *rest):
        if path.is_relative_to(folder):
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        return real(self, path, *rest)

    return call
