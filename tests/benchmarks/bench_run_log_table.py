"""How quick the run log is over many runs, in the real window, alone and beside a verification.

    python -m tests.benchmarks.bench_run_log_table [--runs 1000000] [--folder FOLDER]

FOLDER keeps the log of that many runs and its index for the next time; the files of the newest
runs alone are there, so that the older ones are listed as damaged. Each line of a key gives what
the key and the paint after it take on the window's thread, at the median and at the 95th
percentile: by the clock, and in brackets the time that the processor spent for that thread, which
other programs on a busy machine lengthen less. Then comes how long it takes until all that it
asked for is shown. The floor, in the same process, is a stock table over a plain list of as many
rows. Memory is told above a window over an empty log.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QEventLoop,
    QModelIndex,
    QObject,
    Qt,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from luthier_desktop.domain.run import RunQuery
from tests.benchmarks.figures import figure
from tests.benchmarks.full_store import NEWEST, fill_store
from tests.ui import desk as desks
from tests.ui.desk import Desk, make_active, press

PRESSES = 40
COPIED = 10_000
LOG_HEIGHT = 360
PATIENCE_MS = 300_000
KEYS = {
    "j": "J", "k": "K", "Down": "Down", "G": "Shift+G", "g g": "G, G", "Home": "Home",
    "End": "End", "Ctrl+D": "Ctrl+D", "Ctrl+U": "Ctrl+U", "Page down": "PgDown", "]": "]",
    "[": "[", "n": "N", "N": "Shift+N", "Space": "Space", "' next mark": "'", "x": "X", "a": "A",
    "q": "Q", "7": "7",
}  # fmt: skip
SEARCHED = "rosette 17"
_WAITING = QEventLoop.ProcessEventsFlag.WaitForMoreEvents


class Took(NamedTuple):
    """What one act took, in milliseconds: of the window's thread, and until all was shown."""

    busy_ms: float
    processor_ms: float
    shown_ms: float


class Paints(QObject):
    """Counts how often a widget was painted."""

    def __init__(self, seen: QObject) -> None:
        super().__init__(seen)
        self.count = 0
        seen.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


class PlainRows(QAbstractTableModel):
    """The floor: as many rows as asked for, of texts that are there already."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self._rows = rows

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return self._rows

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 10

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return "Classical" if role == Qt.ItemDataRole.DisplayRole else None


class Bench:
    """One window over a log, and what is measured in it."""

    def __init__(self, application: QApplication, desk: Desk) -> None:
        self.application = application
        self.desk = desk
        self.table = desk.log.table
        self.paints = Paints(self.table.viewport())

    def settle(self) -> None:
        self.application.processEvents()
        while self.desk.program.background.is_busy():
            self.application.processEvents(_WAITING)
        self.application.processEvents()

    def rows(self) -> int:
        return self.table.model().rowCount()

    def timed(self, work: Callable[[], object]) -> Took:
        """Do *work* and what it lets be painted; where nothing is, the whole table is."""
        painted = self.paints.count
        started, processor = time.perf_counter(), time.thread_time()
        work()
        self.application.sendPostedEvents()
        if self.paints.count == painted:
            self.table.viewport().repaint()
        busy, processed = time.perf_counter() - started, time.thread_time() - processor
        self.settle()
        return Took(busy * 1000, processed * 1000, (time.perf_counter() - started) * 1000)

    def key(self, name: str, keys: str, among: random.Random) -> None:
        rows, times = self.rows(), []
        for _ in range(PRESSES):
            self.table.go_to(among.randrange(rows))
            self.settle()
            times.append(self.timed(lambda: press(keys)))
        told(name, times)

    def first_paint(self) -> None:
        times = []
        for _ in range(5):
            self.desk.log.filter.queryChanged.emit(RunQuery(event=("export.written",)))
            self.settle()
            order = self.desk.log._model.order
            self.desk.log.filter.queryChanged.emit(RunQuery())
            started = time.perf_counter()
            while self.desk.log._model.order is order:
                processor, listed = time.thread_time(), time.perf_counter()
                self.application.processEvents()
            self.table.viewport().repaint()
            painted, processed = time.perf_counter(), time.thread_time() - processor
            took = (painted - listed, processed, painted - started)
            times.append(Took(*(each * 1000 for each in took)))
            self.settle()
        told("all rows: shown, asked", times)

    def filters(self) -> None:
        asked = {
            "filter: one verdict": RunQuery(risk=("RED",)),
            "filter: a rare word": RunQuery(text="zebrano"),
            "filter: a word of many": RunQuery(text="rosette"),
            "filter: two letters": RunQuery(text="te"),
        }
        for name, query in asked.items():
            times = []
            for _ in range(5):
                times.append(self.timed(partial(self.desk.log.filter.queryChanged.emit, query)))
                self.desk.log.filter.queryChanged.emit(RunQuery())
                self.settle()
            told(name, times)

    def search(self, text: str) -> None:
        """Search for words and clear the filter again, so that ``n`` has something to seek."""
        field = self.desk.focus("runLogFilterText")
        QTest.keyClicks(field, text)
        press("Return")
        self.settle()
        self.desk.log.filter.clear()
        self.settle()
        self.desk.focus("runLogTable")

    def sorts(self) -> None:
        order_by = self.desk.log._sorting._order_by
        for sort in ("score", "risk", "operator"):
            times = []
            for _ in range(3):
                times.append(self.timed(partial(order_by, sort, False)))
                order_by("seq", False)
                self.settle()
            told(f"order: {sort}", times)

    def marks(self) -> None:
        times = []
        for _ in range(20):
            times.append(self.timed(lambda: self.desk.window.commands["mark_all"].trigger()))
            self.desk.log._model.clear_marks()
            self.settle()
        told("mark all", times)
        for form in ("copy_ids", "copy_csv"):
            times = []
            for _ in range(3):
                self.mark_many()
                times.append(self.timed(self.desk.window.commands[form].trigger))
                self.desk.log._model.clear_marks()
                self.settle()
            told(f"{form} of {COPIED:,} marked", times)

    def mark_many(self) -> None:
        model = self.desk.log._model
        among = random.Random(3)
        for row in among.sample(range(self.rows()), min(COPIED, self.rows())):
            model._marks.toggle(model.order.seqs[row])


def told(name: str, times: list[Took]) -> None:
    at = min(len(times) - 1, int(len(times) * 0.95))
    columns = [sorted(column) for column in zip(*times, strict=True)]
    busy, processor, shown = ((statistics.median(each), each[at]) for each in columns)
    print(
        f"{name:28} median {busy[0]:6.1f} ms ({processor[0]:5.1f})  "
        f"95 % {busy[1]:6.1f} ms ({processor[1]:5.1f})   "
        f"all shown: median {shown[0]:6.0f} ms  95 % {shown[1]:6.0f} ms",
        flush=True,
    )
    figure(f"run log, {name}, busy, median", busy[0], "ms")
    figure(f"run log, {name}, shown, 95 %", shown[1], "ms")


def floor(application: QApplication, rows: int) -> None:
    table = QTableView()
    table.resize(1330, 260)
    started = time.perf_counter()
    table.setModel(PlainRows(rows))
    table.show()
    make_active(table)
    table.repaint()
    first = (time.perf_counter() - started) * 1000
    times = []
    for _ in range(PRESSES):
        started, processor = time.perf_counter(), time.thread_time()
        QTest.keyClick(table, Qt.Key.Key_Down)
        table.viewport().repaint()
        busy, processed = time.perf_counter() - started, time.thread_time() - processor
        times.append(Took(busy * 1000, processed * 1000, busy * 1000))
    print(f"floor: a stock table over {rows:,} plain rows, first paint {first:.1f} ms")
    told("floor: Down", times)
    table.close()


def opened(folder: Path) -> Desk:
    """Open the window with a log that shows ten rows; its daily look at the log is put off."""
    desks.PATIENCE_MS = PATIENCE_MS
    desk = Desk(folder)
    desk.window.focus_pane("log")
    dock = desk.window.dock("log")
    desk.window.resizeDocks([dock], [LOG_HEIGHT], Qt.Orientation.Vertical)
    desk.settle()
    desk.workbench.verifying.rest.stop()
    return desk


def measure(application: QApplication, desk: Desk) -> None:
    bench = Bench(application, desk)
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"load {load} on {os.cpu_count()} cores")
    print(f"{desk.log.table.half_page() * 2} rows are seen of {bench.rows():,}")
    desk.focus("runLogTable")
    bench.first_paint()
    bench.filters()
    bench.search(SEARCHED)
    among = random.Random(5)
    for name, keys in KEYS.items():
        bench.key(name, keys, among)
    bench.marks()
    bench.sorts()


def resident_mb() -> float:
    gc.collect()
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def used_mb(folder: Path) -> float:
    """Return what a window over *folder* needs in memory after a walk, in a process of its own."""
    command = [sys.executable, "-m", __spec__.name, "--folder", str(folder), "--memory"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def walked(application: QApplication, desk: Desk) -> float:
    bench = Bench(application, desk)
    desk.focus("runLogTable")
    for keys in ("End", "Home", "Ctrl+D", "Ctrl+A", "]"):
        press(keys)
        bench.settle()
    return resident_mb()


def made(folder: Path, runs: int) -> None:
    """Make the log of *runs* runs in *folder*, unless it is there."""
    os.environ["XDG_CACHE_HOME"] = str(folder / "xdg")
    os.environ["XDG_CONFIG_HOME"] = str(folder / "xdg-config")
    cache = folder / "xdg" / "luthier-desktop"
    if not (folder / "data").exists():
        fill_store(folder, runs)
    if not cache.exists():
        cache.parent.mkdir(parents=True, exist_ok=True)
        cache.symlink_to(folder / "cache")
    (index,) = (folder / "cache").glob("*/index.sqlite")
    with sqlite3.connect(index) as connection:
        newest = "SELECT max(seq) FROM runs"
        connection.execute(
            f"UPDATE runs SET damaged = 1 WHERE damaged = 0 AND seq <= ({newest}) - ?", (NEWEST,)
        )
    connection.close()


def verifying(folder: Path) -> subprocess.Popen[bytes]:
    program = "import sys; from luthier_desktop.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", program, "logs", "verify"]
    return subprocess.Popen(
        [*command, "--data-dir", str(folder / "data")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def report(application: QApplication, folder: Path, runs: int) -> None:
    floor(application, runs)
    desk = opened(folder)
    measure(application, desk)
    print("beside a verification of the same log:")
    beside = verifying(folder)
    measure(application, desk)
    print(f"the verification was {'still at work' if beside.poll() is None else 'over'}")
    beside.kill()
    beside.wait()
    desk.close()
    with tempfile.TemporaryDirectory() as name:
        fill_store(Path(name), 1)
        empty, full = used_mb(Path(name)), used_mb(folder)
    print(f"memory: {full:.0f} MB, {full - empty:.0f} MB over a window with one run")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--memory", action="store_true")
    asked = parser.parse_args()
    application = QApplication([])
    with tempfile.TemporaryDirectory() as name:
        folder = asked.folder or Path(name)
        made(folder, asked.runs)
        if asked.memory:
            desk = opened(folder)
            print(walked(application, desk))
            desk.close()
        else:
            report(application, folder, asked.runs)


if __name__ == "__main__":
    main()
