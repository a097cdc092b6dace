"""Time to the first paint, against a trivial PySide6 window in the same Python.

Run it by hand: ``python -m tests.benchmarks.bench_first_paint``. Fifteen paired rounds, each in
processes of their own; the minimum of each stage counts, from the start of the process.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.figures import figure, most_ratio

ROUNDS = 15
FRAME_LIMIT = 1.8
DESIGN_LIMIT = 3.5
ROOT = Path(__file__).resolve().parents[2]

TRIVIAL = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, self, self.painted)
    def painted(self):
        print(time.monotonic_ns() - int(sys.argv[1]), flush=True)
        QApplication.quit()
application = QApplication([])
window = Window()
window.resize(1366, 768)
window.show()
application.exec()
"""

OURS = """
import sys, time
from PySide6.QtCore import QTimer
from luthier_desktop import app
def stamp(stage):
    print(stage, time.monotonic_ns() - int(sys.argv[1]), flush=True)
furnish = app.Program._furnish
def _furnish(self):
    stamp("frame")
    furnish(self)
open_workbench = app.Program._open_workbench
def _open_workbench(self):
    stamp("design")
    assert self._first.has_design
    open_workbench(self)
    stamp("panels")
    QTimer.singleShot(0, self.window, self.window.close)
app.Program._furnish = _furnish
app.Program._open_workbench = _open_workbench
sys.exit(app.main(["--data-dir", sys.argv[2]]))
"""


def run(code: str, folder: str) -> list[str]:
    """Run *code* in a process of its own and return the words it prints."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a user's machine keeps compiled modules
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    environment |= {f"XDG_{kind}_HOME": folder for kind in ("DATA", "CACHE", "CONFIG", "STATE")}
    started = time.monotonic_ns()
    done = subprocess.run(
        [sys.executable, "-c", code, str(started), str(Path(folder, "data"))],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env=environment,
        timeout=60,
    )
    return done.stdout.split()


def main() -> int:
    """Print the minimum of each stage and its ratio; exit 1 when a limit is passed."""
    best = dict.fromkeys(("trivial", "frame", "design", "panels"), float("inf"))
    with tempfile.TemporaryDirectory() as folder:
        run(TRIVIAL, folder)  # once unmeasured: compiles what is not compiled
        run(OURS, folder)
        for _ in range(ROUNDS):
            best["trivial"] = min(best["trivial"], int(run(TRIVIAL, folder)[0]) / 1e6)
            words = run(OURS, folder)
            for stage, passed in zip(words[::2], words[1::2], strict=True):
                best[stage] = min(best[stage], int(passed) / 1e6)
    print(f"trivial window            {best['trivial']:7.1f} ms")
    print(f"all panels                {best['panels']:7.1f} ms")
    failed = False
    for stage, limit in (("frame", FRAME_LIMIT), ("design", DESIGN_LIMIT)):
        ratio = best[stage] / best["trivial"]
        failed |= ratio > limit
        print(f"{stage:25} {best[stage]:7.1f} ms   ratio {ratio:.2f} (limit {limit})")
        floor = best["trivial"]
        figure(f"first paint, {stage}", best[stage], "ms", most_ratio(limit), floor=floor)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
