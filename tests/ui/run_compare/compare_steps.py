"""The windows of comparing over runs of a design as it changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.run_compare.compare_window import CompareWindow
from tests.ui.hostile_texts import BIDI, IMAGE, TABLES

HOSTILE = f"{IMAGE}{BIDI}|`*_{TABLES}"


class Runs(NamedTuple):
    """A store with runs of one design as it changes, of the oldest first."""

    studio: Studio
    ids: tuple[str, ...]
    folder: Path


def at_once(work: Callable[[], Any], done: Callable[[Any], None], _: Any) -> None:
    done(work())


Open = Callable[..., CompareWindow]


def window_lives(window: CompareWindow) -> bool:
    try:
        window.isVisible()
    except RuntimeError:
        return False
    return True
