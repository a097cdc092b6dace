"""One window for each data directory and OS user; commands need no leave."""

from __future__ import annotations

from pathlib import Path

from luthier_desktop import paths
from luthier_desktop.storage.guard import WindowGuard

__all__ = ["WindowGuard", "guard_of"]


def guard_of(data_dir: Path | None = None) -> WindowGuard:
    """Return the guard of the window over this data directory; it is not taken yet."""
    return WindowGuard(paths.data_dir(data_dir), paths.state_dir())
