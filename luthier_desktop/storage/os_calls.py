"""The ten calls to the operating system that storage makes, and two wishes, behind one object.

Tests replace single calls to make them fail; the differences between systems stand here alone.
"""

from __future__ import annotations

import ctypes
import errno
import os
import stat
import sys
from pathlib import Path

from luthier_desktop.storage.machine import MACHINE, Machine
from luthier_desktop.storage.retry import retry_while

WINDOWS_SHARING = frozenset({32, 33})
"""Windows error codes of a file that another program holds open."""
WINDOWS_BUSY = WINDOWS_SHARING | {5}
"""Those, and "access denied", which Windows says of a file that is being deleted, too."""
WINDOWS_EXISTS = frozenset({80, 183})
NO_LINKS_HERE = frozenset(
    {errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.EXDEV}
)
_MOVE_WRITE_THROUGH = 0x8
_RENAME_NOREPLACE = 1
_RENAME_EXCLUSIVE_MACOS = 0x4
_AT_CURRENT_DIRECTORY = -100


class OsCalls:
    """open, write, fsync, read, link, unlink, mkdir, scandir, stat and replace."""

    machine: Machine = MACHINE

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

    def flush_all(self) -> None:
        """Let the disks begin with all that waits, where the system can be asked to."""
        if sys.platform != "win32":
            os.sync()

    def forget(self, descriptor: int) -> None:
        """Let a durable file be read from the disk next, where the system can be asked to."""
        if sys.platform == "linux":
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)

    def read(self, descriptor: int, size_bytes: int) -> bytes:
        return os.read(descriptor, size_bytes)

    def link(self, source: Path, target: Path) -> None:
        """Publish *source* under the free name *target*, never over an existing file.

        *source* may be gone afterwards: where there are no hard links, it is renamed.

        Raises:
            FileExistsError: *target* exists already.
        """
        if sys.platform == "win32":
            retry_while(is_held, lambda: _move_windows(source, target))
            return
        try:
            os.link(source, target, follow_symlinks=False)
        except OSError as error:
            if error.errno not in NO_LINKS_HERE:
                raise
            _rename_no_replace(source, target, error)

    def unlink(self, path: Path) -> None:
        if sys.platform == "win32":
            path.chmod(stat.S_IWRITE)  # Windows deletes no file that is marked read-only
        retry_while(is_held, path.unlink)

    def mkdir(self, path: Path) -> None:
        path.mkdir(exist_ok=True)

    def scandir(self, path: Path) -> list[os.DirEntry[str]]:
        with os.scandir(path) as entries:
            return list(entries)

    def stat(self, path: Path) -> os.stat_result:
        return path.stat(follow_symlinks=False)

    def replace(self, source: Path, target: Path) -> None:
        if sys.platform == "win32" and target.exists():
            target.chmod(stat.S_IWRITE)  # Windows replaces no file that is marked read-only
        retry_while(is_held, lambda: source.replace(target))


OS = OsCalls()


def is_held(error: BaseException) -> bool:
    """Tell whether Windows says that another program holds the file for a moment."""
    return getattr(error, "winerror", None) in WINDOWS_BUSY


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
