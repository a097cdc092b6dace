"""Facts about the machine that no call on a file of the store tells; tests state their own."""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
REMOTE_DRIVE = 4
_UNKNOWN_DRIVE = 0


class Machine:
    """What is mounted, how much is free, and which SQLite there is."""

    sqlite_version: tuple[int, ...] = sqlite3.sqlite_version_info

    def mounts(self) -> str:
        """Return Linux's table of mounts; "" where there is none."""
        try:
            return MOUNTS.read_text("utf-8", "surrogateescape")
        except OSError:
            return ""

    def drive_kind(self, path: Path) -> int:
        """Return what Windows says of the drive of *path*; 0 everywhere else."""
        if sys.platform == "win32":
            import ctypes

            return int(ctypes.windll.kernel32.GetDriveTypeW(path.anchor))
        return _UNKNOWN_DRIVE

    def free_bytes(self, path: Path) -> int | None:
        """Return what is free for this user on the disk of *path*; None when it is not known."""
        try:
            if sys.platform == "win32":
                import shutil

                return shutil.disk_usage(path).free
            found = os.statvfs(path)
        except (OSError, ValueError):
            return None
        return found.f_bavail * found.f_frsize


MACHINE = Machine()
