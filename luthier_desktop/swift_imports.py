"""Imports without searches whose answer is known, for the time in which somebody waits."""

from __future__ import annotations

import builtins
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

_METADATA = "importlib.metadata"


@contextmanager
def swift_imports() -> Iterator[None]:
    """Import swiftly inside; PySide6 must have been imported before.

    PySide reads the source of every imported module to see whether it turns on an optional
    feature of PySide; pydantic looks through all installed packages for its plugins. There are
    none of either here. The reader of installed packages, which pydantic imports for that search,
    is imported when somebody calls it.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    searching = builtins.__import__
    builtins.__import__ = getattr(builtins, "__orig_import__", searching)
    late = ModuleType(_METADATA)
    vars(late)["entry_points"] = _entry_points
    is_late = sys.modules.setdefault(_METADATA, late) is late
    try:
        yield
    finally:
        builtins.__import__ = searching
        if is_late:
            del sys.modules[_METADATA]


def _entry_points(**wanted: Any) -> Any:
    from importlib.metadata import entry_points

    return entry_points(**wanted)
