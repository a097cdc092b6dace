"""Time the gallery, from the command to its first picture and until all starters are drawn.

Run it by hand: ``python -m tests.benchmarks.bench_gallery``. Target: it stands painted within
300 ms of the command; drawing goes on in steps, of which none should hold up the window for
long. The first opening reads all starters and draws the sheets of their woods.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from luthier_desktop.ui import style
from luthier_desktop.ui.workbench.gallery import Gallery
from tests.benchmarks.figures import figure, most
from tests.ui.desk import Desk, dialog

TIMES = 5


class Paints(QObject):
    """Notes when a widget was painted first."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note the time of the first paint."""
        if event.type() == QEvent.Type.Paint and not self.at:
            self.at = time.perf_counter()
        return False


def opened(desk: Desk) -> tuple[float, float]:
    """Open the gallery; return the ms until it was painted, wall clock and own work."""
    start, worked = time.perf_counter(), time.process_time()
    desk.window.commands["new_design"].trigger()
    paints = Paints()
    view = dialog("newDesignDialog").findChild(QWidget, "galleryView")
    assert view is not None
    viewport = view.findChild(QWidget, "qt_scrollarea_viewport")
    assert viewport is not None
    viewport.installEventFilter(paints)
    while not paints.at:
        QApplication.processEvents()
    return (paints.at - start) * 1000, (time.process_time() - worked) * 1000


def drawn(gallery: Gallery) -> list[float]:
    """Draw what is left step by step; return the own work of each step in ms."""
    steps = []
    while gallery.is_drawing:
        worked = time.process_time()
        QApplication.processEvents()
        steps.append((time.process_time() - worked) * 1000)
    return steps


def main() -> None:
    """Print the first opening, the steps of drawing, and the openings after it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    style.apply(application, style.LIGHT)
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        wall_ms, work_ms = opened(desk)
        print(f"first: painted after {wall_ms:.0f} ms (target 300), own work {work_ms:.0f} ms")
        figure("gallery, first opening", wall_ms, "ms", most(300))
        start = time.perf_counter()
        steps = sorted(drawn(desk.workbench.files.gallery))
        all_ms = (time.perf_counter() - start) * 1000
        print(
            f"drawing: {len(steps)} steps in {all_ms:.0f} ms; own work of a step median "
            f"{steps[len(steps) // 2]:.0f} ms, longest {steps[-1]:.0f} ms"
        )
        for _ in range(TIMES):
            dialog("newDesignDialog").close()
            desk.settle()
            wall_ms, work_ms = opened(desk)
            print(f"again: painted after {wall_ms:.0f} ms (target 300), work {work_ms:.0f} ms")
        desk.close()


if __name__ == "__main__":
    main()
