"""The ten calls to the operating system that storage makes, behind one object.

Tests replace single calls to make them fail; the differences between systems stand here alone.
"""

from __future__ import annotations

import ctypes
import errno
import os
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path

WINDOWS_BUSY = frozenset({5, 32, 33})
"""Windows error codes of a file that another program holds open for a moment."""
WINDOWS_EXISTS = frozenset({80, 183})
WINDOWS_WAITS_S = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)
_NO_LINKS_HERE = frozenset(
    {errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.EXDEV}
)
_MOVE_WRITE_THROUGH = 0x8
_RENAME_NOREPLACE = 1
_RENAME_EXCLUSIVE_MACOS = 0x4
_AT_CURRENT_DIRECTORY = -100


class OsCalls:
    """open, write, fsync, read, link, unlink, mkdir, scandir, stat and replace."""

    def open(self, path: Path, flags: int, mode: int = 0o444) -> int:
        extra = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
        return os.open(path, flags | extra, mode)

    def write(self, descriptor: int, data: bytes | memoryview) -> int:
        return os.write(descriptor, data)

    def fsync(self, descriptor: int) -> None:
        """Make the file durable; on macOS also through the drive's own cache."""
        if sys.platform == "darwin":
            import fcntl

            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        else:
            os.fsync(descriptor)

    def read(self, descriptor: int, size_bytes: int) -> bytes:
        return os.read(descriptor, size_bytes)

    def link(self, source: Path, target: Path) -> None:
        """Publish *source* under the free name *target*, never over an existing file.

        *source* may be gone afterwards: where there are no hard links, it is renamed.

        Raises:
            FileExistsError: *target* exists already.
        """
        if sys.platform == "win32":
            retry_while_busy(lambda: _move_windows(source, target))
            return
        try:
            os.link(source, target, follow_symlinks=False)
        except OSError as error:
            if error.errno not in _NO_LINKS_HERE:
                raise
            _rename_no_replace(source, target, error)

    def unlink(self, path: Path) -> None:
        try:
            path.unlink()
        except PermissionError:
            if sys.platform != "win32":
                raise
            path.chmod(stat.S_IWRITE)
            path.unlink()

    def mkdir(self, path: Path) -> None:
        path.mkdir(exist_ok=True)

    def scandir(self, path: Path) -> list[os.DirEntry[str]]:
        with os.scandir(path) as entries:
            return list(entries)

    def stat(self, path: Path) -> os.stat_result:
        return path.stat(follow_symlinks=False)

    def replace(self, source: Path, target: Path) -> None:
        source.replace(target)


OS = OsCalls()


def retry_while_busy(
    attempt: Callable[[], None], waits_s: tuple[float, ...] = WINDOWS_WAITS_S
) -> None:
    """Call *attempt* again while Windows says that another program holds the file."""
    for wait_s in waits_s:
        try:
            attempt()
        except OSError as error:
            if getattr(error, "winerror", None) not in WINDOWS_BUSY:
                raise
            time.sleep(wait_s)
        else:
            return
    attempt()


def _move_windows(source: Path, target: Path) -> None:
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        if not kernel.MoveFileExW(str(source), str(target), _MOVE_WRITE_THROUGH):
            code = ctypes.get_last_error()
            if code in WINDOWS_EXISTS:
                raise FileExistsError(errno.EEXIST, "the file exists", str(target))
            raise ctypes.WinError(code)


def _rename_no_replace(source: Path, target: Path, no_links: OSError) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    old, new = os.fsencode(source), os.fsencode(target)
    if hasattr(library, "renameat2"):
        here = _AT_CURRENT_DIRECTORY
        failed = library.renameat2(here, old, here, new, _RENAME_NOREPLACE)
    elif hasattr(library, "renamex_np"):
        failed = library.renamex_np(old, new, _RENAME_EXCLUSIVE_MACOS)
    else:
        raise no_links
    if failed:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(target))
