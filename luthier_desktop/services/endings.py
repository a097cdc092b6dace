"""How the window ended: a crash of the process leaves its trace for the next start to tell.

Each run of the window has a file of its own in ``{state}/endings``, into which Python writes
where all threads stood when the process is killed by a fault. A clean end removes the file.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
from pathlib import Path
from typing import TextIO

from luthier_desktop.storage.os_calls import OS
from luthier_desktop.storage.processes import is_alive

_FOLDER = "endings"
_MOST_CHARACTERS = 20_000


class Ending:
    """Watches one run of the window; where nothing can be written it watches nothing."""

    def __init__(self, state_dir: Path) -> None:
        self._folder = state_dir / _FOLDER
        self._path = self._folder / f"{os.getpid()}.txt"
        self._file: TextIO | None = None

    def watch(self) -> str:
        """Let a fault of the process leave its trace, unless somebody else waits for it already.

        Returns:
            What earlier runs left when they ended badly, once; "" when none did.
        """
        earlier = self._take_earlier()
        if faulthandler.is_enabled():
            return earlier
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._file = os.fdopen(OS.open(self._path, _FLAGS, 0o600), "w", encoding="utf-8")
            faulthandler.enable(self._file)
        return earlier

    def was_clean(self) -> None:
        """Watch no more: this run came to its end."""
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            self._file = None
            with contextlib.suppress(OSError):
                OS.unlink(self._path)

    def _take_earlier(self) -> str:
        """Take away what runs left that are over; one that was killed left no word."""
        traces = []
        with contextlib.suppress(OSError):
            for path in sorted(self._folder.glob("*.txt")):
                if path == self._path or not is_alive(_process_of(path)):
                    traces.append(path.read_text(encoding="utf-8", errors="replace").strip())
                    OS.unlink(path)
        return "\n\n".join(trace for trace in traces if trace)[:_MOST_CHARACTERS]


_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC


def _process_of(path: Path) -> int | None:
    return int(path.stem) if path.stem.isascii() and path.stem.isdigit() else None
