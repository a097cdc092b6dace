"""Telling at the start that the last window ended badly, with what the system knew of it."""

from __future__ import annotations

import atexit

from PySide6.QtWidgets import QWidget

from luthier_desktop import paths
from luthier_desktop.services.endings import Ending
from luthier_desktop.ui.widgets.report import Report

_TITLE = "The program ended badly last time"
_SENTENCE = (
    "The process was ended by a fault. Everything recorded is safe; what was open and not saved "
    "is offered to you. Copy this report and send it with a word on what you did."
)


def watch(window: QWidget) -> None:
    """Tell of an earlier bad end, and let a bad end of this run be told at the next start."""
    ending = Ending(paths.state_dir())
    trace = ending.watch()
    atexit.register(ending.was_clean)
    if trace:
        Report(_TITLE, _SENTENCE, trace, window).show()
