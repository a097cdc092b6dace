"""File systems made for a campaign: mounted, cut off from their disk, and always taken away."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

_SHUTDOWN = 0x8004587D
"""The ioctl by which ext4 and xfs stop at once; what they have not written is gone."""
FLUSH_ALL, FLUSH_NOTHING = 0, 2
MAKERS = {"ext4": ("mkfs.ext4", "-q", "-F"), "xfs": ("mkfs.xfs", "-q", "-f")}
IMAGE_BYTES = 320 * 2**20
_UNMOUNT_TRIES = 50


def require_root() -> None:
    """End the program with a sentence unless it may mount."""
    if os.geteuid() != 0:
        sys.exit("This campaign mounts file systems: run it as root.")
    signal.signal(signal.SIGTERM, _leave)  # so that what is mounted is taken away


def _leave(*_signal: object) -> NoReturn:
    sys.exit("The campaign was ended.")


def kinds() -> list[str]:
    """Name the file systems that can be made here."""
    return [kind for kind, command in MAKERS.items() if shutil.which(command[0])]


@contextlib.contextmanager
def image(kind: str) -> Iterator[Path]:
    """Make a fresh file system in a file."""
    with tempfile.TemporaryDirectory(prefix="luthier-image-") as folder:
        file = Path(folder) / "image"
        with file.open("wb") as opened:
            opened.truncate(IMAGE_BYTES)
        _run(*MAKERS[kind], str(file))
        yield file


@contextlib.contextmanager
def mounted(what: str, options: str, kind: str, folder: Path) -> Iterator[None]:
    """Mount a file with a file system, or "tmpfs"; it is taken away in any case."""
    folder.mkdir(exist_ok=True)
    _run("mount", "-t", kind, "-o", options, what, str(folder))
    try:
        yield
    finally:
        _unmount(folder)


def grow(folder: Path, size_bytes: int) -> None:
    """Give a file system in memory another size."""
    _run("mount", "-o", f"remount,size={size_bytes}", str(folder))


def cut(folder: Path, mode: int) -> None:
    """Stop the file system as a power cut does."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.ioctl(descriptor, _SHUTDOWN, struct.pack("I", mode))
    finally:
        os.close(descriptor)


def _unmount(folder: Path) -> None:
    for _ in range(_UNMOUNT_TRIES):
        if (
            subprocess.run(["umount", str(folder)], check=False, capture_output=True).returncode
            == 0
        ):
            return
        time.sleep(0.1)  # a program that was killed may still hold it
    _run("umount", "-l", str(folder))


def _run(*command: str) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command[:1])} failed: {done.stderr.strip()}")
