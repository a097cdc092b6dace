"""How live the window is while the log is verified: on a thread, and in a process of its own.

    python -m tests.benchmarks.bench_long_work FOLDER [--seconds 8]

FOLDER is a data directory with many runs, such as `bench_verify --store` leaves. The window's
event loop is asked to paint every 4 ms; what is told is how late it does.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from luthier_desktop.services.studio import open_studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.job_runner import JobCall
from tests.ui.desk import Desk

BEAT_MS = 4
QUIET_S = 3.0


class Beat:
    """Paints the drawing again and again and notes how late and how long each time was."""

    def __init__(self, drawing: QWidget) -> None:
        self._drawing = drawing
        self._timer = QTimer()
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._paint)
        self._last = 0.0
        self.gaps_ms: list[float] = []
        self.paints_ms: list[float] = []

    def listen(self, application: QApplication, is_over: Callable[[], bool]) -> None:
        """Paint until it is over."""
        self._last = time.perf_counter()
        self._timer.start()
        while not is_over():
            application.processEvents()
            time.sleep(0.0005)
        self._timer.stop()

    def _paint(self) -> None:
        started = time.perf_counter()
        self.gaps_ms.append((started - self._last) * 1000)
        self._drawing.repaint()
        self._last = time.perf_counter()
        self.paints_ms.append((self._last - started) * 1000)

    def told(self, name: str) -> None:
        for what, times in (("paint", self.paints_ms), ("between two", self.gaps_ms)):
            ordered = sorted(times)
            print(
                f"{name:8} {what:12} median {statistics.median(ordered):6.2f} ms, "
                f"99 % {ordered[int(len(ordered) * 0.99)]:6.2f} ms, longest {ordered[-1]:6.2f} ms"
            )


def quiet(application: QApplication, drawing: QWidget) -> None:
    until = time.perf_counter() + QUIET_S
    beat = Beat(drawing)
    beat.listen(application, lambda: time.perf_counter() >= until)
    beat.told("nothing")


def on_a_thread(application: QApplication, drawing: QWidget, folder: Path, span_s: float) -> None:
    until = time.perf_counter() + span_s

    def work() -> None:
        with open_studio(folder) as studio:
            while time.perf_counter() < until:
                studio.runs.verify("full", None, lambda: time.perf_counter() >= until)

    thread = threading.Thread(target=work)
    beat = Beat(drawing)
    thread.start()
    beat.listen(application, lambda: not thread.is_alive())
    beat.told("thread")


def in_a_process(application: QApplication, drawing: QWidget, folder: Path, span_s: float) -> None:
    until = time.perf_counter() + span_s
    background = Background()
    call = JobCall("verify", "Verifying", str(folder), {"level": "full"})
    running = []

    def again(_: object = None) -> None:
        if time.perf_counter() < until:
            running[:] = [background.start(call, again, print)]

    again()
    beat = Beat(drawing)
    beat.listen(application, lambda: time.perf_counter() >= until)
    beat.told("process")
    background.shut_down()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=8.0)
    asked = parser.parse_args()
    application = QApplication([])
    with tempfile.TemporaryDirectory() as name:
        desk = Desk(Path(name))
        drawing = desk.find("designCanvas")
        for measure in (
            partial(quiet, application, drawing),
            partial(on_a_thread, application, drawing, asked.folder, asked.seconds),
            partial(in_a_process, application, drawing, asked.folder, asked.seconds),
        ):
            measure()
        desk.close()


if __name__ == "__main__":
    main()
