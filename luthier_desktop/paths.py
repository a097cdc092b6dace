"""Where things lie: the user's directories, and the files that ship with the program."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from platformdirs import PlatformDirs

DATA_VARIABLE = "LUTHIER_DATA_DIR"
_PACKAGE = Path(__file__).resolve().parent


def data_dir(given: Path | None = None, environ: Mapping[str, str] = os.environ) -> Path:
    """Return the data directory: the one *given*, else LUTHIER_DATA_DIR, else the user's own."""
    if given is not None:
        return given.expanduser().absolute()
    named = environ.get(DATA_VARIABLE, "")
    if named:
        return Path(named).expanduser().absolute()
    return _apart(_directories().user_data_path, "data")


def cache_dir() -> Path:
    """Return the directory of what can be made again: the index, pictures."""
    return _directories().user_cache_path


def config_dir() -> Path:
    """Return the directory of this user's own settings."""
    return _apart(_directories().user_config_path, "config")


def state_dir() -> Path:
    """Return the directory of drafts and of the program's own log file."""
    return _apart(_directories().user_state_path, "state")


def resource(name: str) -> Path:
    """Find a file or directory that ships with the program, such as ``presets``.

    It lies beside the package in a checkout, inside it when installed, and in the unpacked
    folder of a frozen build.

    Raises:
        FileNotFoundError: The installation is incomplete.
    """
    for root in _resource_roots():
        found = root / name
        if found.exists():
            return found
    raise FileNotFoundError(f"{name} is missing from this installation; install it again")


def _directories() -> PlatformDirs:
    return PlatformDirs("luthier-desktop", appauthor=False, roaming=False)


def _apart(directory: Path, name: str) -> Path:
    """Give each kind its own folder where the platform has one for all (Windows, macOS)."""
    shared = _directories().user_data_path == _directories().user_config_path
    return directory / name if shared else directory


def _resource_roots() -> list[Path]:
    roots = [_PACKAGE / "_resources", _PACKAGE.parent / "resources"]
    frozen: str | None = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        base = Path(frozen)
        return [base / "luthier_desktop" / "_resources", base / "resources", *roots]
    return roots
