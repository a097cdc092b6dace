"""Time the library of snapshots, from Ctrl+4 to its first paint, with many of them.

Run it by hand: ``python -m tests.benchmarks.bench_snapshot_library [SNAPSHOTS]``. Target: one
of 2,000 stands painted within 300 ms; pictures follow, drawn off the window's thread. The floor is
the same window over two snapshots: what Qt and the panel itself cost.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from luthier_desktop.domain.snapshot import SnapshotDetails, SnapshotQuery
from luthier_desktop.services.studio import open_studio
from luthier_desktop.ui import style
from tests.benchmarks.figures import figure, most
from tests.ui.desk import Desk

SNAPSHOTS = 2_000
TARGET_MS = 300
_FLOOR = 2


class Paints(QObject):
    """Notes when the list was painted first with all its rows."""

    def __init__(self, desk: Desk, rows: int) -> None:
        super().__init__()
        self._desk = desk
        self._rows = rows
        self.at = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note the time of the first paint that shows every row."""
        model = self._desk.workbench.library.browser.list.model()
        if event.type() == QEvent.Type.Paint and not self.at and model.rowCount() == self._rows:
            self.at = time.perf_counter()
        return False


def fill(data_dir: Path, count: int) -> None:
    """Keep so many snapshots of the starters, in lines of three versions."""
    with open_studio(data_dir) as studio:
        designs = [starter.design for starter in studio.presets.starters()]
        parent = None
        for number in range(count):
            details = SnapshotDetails(
                name=f"Rosette {number // 3}",
                description="For the show",
                tags=("steel", f"batch {number % 7}"),
                parent_snapshot_id=parent if number % 3 else None,
            )
            design = designs[(number // 3) % len(designs)]
            parent = studio.snapshots.save(design, details).snapshot_id


def opened(desk: Desk, rows: int) -> tuple[float, float]:
    """Open the library; return the ms until it was painted whole, wall clock and own work."""
    start, worked = time.perf_counter(), time.process_time()
    desk.window.commands["focus_snapshots"].trigger()
    paints = Paints(desk, rows)
    viewport = desk.workbench.library.browser.list.findChild(QWidget, "qt_scrollarea_viewport")
    assert viewport is not None
    viewport.installEventFilter(paints)
    while not paints.at:
        QApplication.processEvents()
    return (paints.at - start) * 1000, (time.process_time() - worked) * 1000


def measure(folder: Path, count: int) -> None:
    """Print how long a library of so many takes, and its list without a window."""
    fill(folder / "data", count)
    desk = Desk(folder)
    wall_ms, work_ms = opened(desk, count)
    late = "  LATE" if wall_ms > TARGET_MS else ""
    print(f"{count:,} snapshots: painted after {wall_ms:.0f} ms (target {TARGET_MS}), "
          f"own work {work_ms:.0f} ms{late}")  # fmt: skip
    figure(f"library of {count:,} snapshots", wall_ms, "ms", most(TARGET_MS))
    start = time.perf_counter()
    desk.settle()
    drawn, took_ms = len(desk.workbench.library.browser.thumbnails), _since_ms(start)
    print(f"  {drawn} pictures in sight drawn after {took_ms:.0f} ms more")
    snapshots = desk.workbench.studio.snapshots
    for name, work in {
        "ids by name": lambda: snapshots.ids(SnapshotQuery(sort="name")),
        "ids of a text": lambda: snapshots.ids(SnapshotQuery(text="rosette 6")),
        "entries of 100": lambda: snapshots.entries_for(snapshots.ids(SnapshotQuery())[:100]),
    }.items():
        start = time.perf_counter()
        work()
        print(f"  {name}: {_since_ms(start):.1f} ms")
    desk.close()


def _since_ms(start: float) -> float:
    return (time.perf_counter() - start) * 1000


def main(count: int) -> None:
    """Print the floor and the library."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    style.apply(application, style.LIGHT)
    for each in (_FLOOR, count):
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), each)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SNAPSHOTS)
