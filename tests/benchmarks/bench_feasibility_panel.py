"""Time one drag step of the panel: ``python -m tests.benchmarks.bench_feasibility_panel``.

Target: at most 5 ms to take up a score of about 100 checks, its painting apart.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QTreeView

from luthier_desktop.domain.feasibility.findings import Scored
from luthier_desktop.domain.feasibility.scorer import score
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.ui import style
from luthier_desktop.ui.feasibility_panel.panel import FeasibilityPanel
from tests.benchmarks.bench_scoring import eight_rings
from tests.benchmarks.figures import figure, most
from tests.domain.feasibility.workbench import CATALOGUE, SETUP

STEPS = 200


def drag() -> list[Scored]:
    """Score an eight-ring design while the first ring grows by a hundredth a step."""
    design, setup = eight_rings(), Setup.read(SETUP, "setup")
    first, *others = design.ring_params
    scores = []
    for step in range(STEPS):
        ring = first.model_copy(update={"width_mm": first.width_mm + step / 100})
        moved = design.model_copy(update={"ring_params": (ring, *others)})
        scores.append(score(moved, setup, CATALOGUE))
    return scores


def median_ms(work: Callable[[Scored], None], scores: list[Scored]) -> tuple[float, float]:
    """Return the median milliseconds of taking up a score, and of painting it."""
    taken, painted = [], []
    for scored in scores:
        start = time.perf_counter()
        work(scored)
        shown = time.perf_counter()
        QApplication.processEvents()
        taken.append(shown - start)
        painted.append(time.perf_counter() - shown)
    middle = len(scores) // 2
    return sorted(taken)[middle] * 1000, sorted(painted)[middle] * 1000


def main() -> None:
    """Print the milliseconds with the deciding check open, and with every row open."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    style.apply(app, style.LIGHT)
    scores = drag()
    panel = FeasibilityPanel()
    panel.resize(340, 600)
    panel.show()
    panel.show_preview(scores[0])
    tree = panel.findChild(QTreeView, "checksView")
    assert tree is not None
    tree.expand(tree.model().index(0, 0))
    for name in ("deciding check open", "all open"):
        if name == "all open":
            tree.expandAll()
        taken, painted = median_ms(panel.show_preview, scores)
        print(
            f"{len(scores[0].findings)} checks, {name}: median {taken:.2f} ms (target 5 ms), "
            f"painting {painted:.2f} ms"
        )
        figure(f"feasibility panel, {name}", taken, "ms", most(5) if name != "all open" else None)


if __name__ == "__main__":
    main()
