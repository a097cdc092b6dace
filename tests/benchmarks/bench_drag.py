"""Time a step of a drag, from the mouse event to the painted window.

Run it by hand: ``python -m tests.benchmarks.bench_drag``. Target: 16 ms median and 33 ms at the
95th percentile for the score and the changed ring repainted. A handle of one ring is dragged to
and fro by mouse events in the real editor beside the real panel, both laid out as in the
window; each step scores the design, shows the verdicts and paints all that they change. The
floor is a step that changes nothing: the same event without a button, and the canvas painted.
"""

from __future__ import annotations

import json
import math
import os
import time
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from luthier_desktop.domain.feasibility.scorer import score
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.ui import style
from luthier_desktop.ui.design_editor.canvas import DesignCanvas
from luthier_desktop.ui.design_editor.editor import DesignEditor
from luthier_desktop.ui.design_editor.handles import handles
from luthier_desktop.ui.feasibility_panel.panel import FeasibilityPanel
from tests.benchmarks.figures import figure, most
from tests.domain.feasibility.workbench import CATALOGUE, SETUP

STEPS, REACH_PX = 240, 10
WIDTH, HEIGHT, SHARES = 1366, 700, (76, 24)
PRESETS = Path(__file__).parents[2] / "resources" / "presets"
STARTER = "classical_mosaic.json"
TILES, RING_MM, LAND_MM, INNER_MM = 200, 3.0, 2.0, 45.0
FAMILIES = (
    "LADDER", "ROPE", "CHECKER", "MOSAIC", "HERRINGBONE", "SEGMENTS", "BARBER_POLE", "ROPE"
)  # fmt: skip
CURVED = ("WHEAT_EAR", "WAVE", "PLAIT", "MEANDER", "CUSTOM", "INLAY", "DOTS", "LINES")
PATTERNS = {
    "CHECKER": {"rows": 3},
    "MOSAIC": {"rows": 5, "cols": 5},
    "WAVE": {"count": TILES // 4},
    "PLAIT": {"count": TILES // 2},
    "INLAY": {"count": TILES // 2},
    "DOTS": {"count": TILES},
}
BUTTON = Qt.MouseButton


class Step(NamedTuple):
    """What one step took, and what of it was work of this process and not of others."""

    wall_ms: float
    work_ms: float


class Bench:
    """Editor and panel side by side, joined as the window joins them."""

    def __init__(self) -> None:
        self.window = QWidget()
        self.editor, self.panel = DesignEditor(CATALOGUE), FeasibilityPanel()
        self._setup = Setup.read(SETUP, "setup")
        line = QHBoxLayout(self.window)
        line.addWidget(self.editor, SHARES[0])
        line.addWidget(self.panel, SHARES[1])
        self.editor.designChanged.connect(self.judge)
        self.window.resize(WIDTH, HEIGHT)
        self.window.show()
        canvas = self.editor.findChild(DesignCanvas, "designCanvas")
        assert canvas is not None
        self.canvas = canvas

    def judge(self, design: RosetteParamSpec) -> None:
        """Score the design and show what the checks say."""
        scored = score(design, self._setup, CATALOGUE)
        self.panel.show_preview(scored)
        self.editor.show_verdicts(scored)

    def show(self, design: RosetteParamSpec, ring_index: int) -> QPointF:
        """Show a design with one ring selected; return where its outer handle stands."""
        self.editor.set_design(design)
        self.editor.focus_field("", ring_index)
        radii_mm = ring_radii(design)[ring_index]
        QApplication.processEvents()
        time.sleep(0.1)
        QApplication.processEvents()
        area = self.canvas.rect().toRectF()
        return handles(radii_mm, self.canvas.view, area)[0].place

    def send(self, kind: QEvent.Type, place: QPointF, button: BUTTON, down: BUTTON) -> Step:
        """Send one mouse event and paint; return what it took."""
        far = QPointF(self.canvas.mapToGlobal(place))
        event = QMouseEvent(kind, place, far, button, down, Qt.KeyboardModifier.NoModifier)
        start, worked = time.perf_counter(), time.process_time()
        QApplication.sendEvent(self.canvas, event)
        QApplication.processEvents()
        work_ms = (time.process_time() - worked) * 1000
        return Step((time.perf_counter() - start) * 1000, work_ms)


def drag(bench: Bench, design: RosetteParamSpec, ring_index: int) -> tuple[list[Step], float]:
    """Drag the outer edge of a ring to and fro; return each step and the work after it."""
    start = bench.show(design, ring_index)
    bench.send(QEvent.Type.MouseButtonPress, start, BUTTON.LeftButton, BUTTON.LeftButton)
    steps = [
        bench.send(
            QEvent.Type.MouseMove,
            start + QPointF(_swing(number), 0),
            BUTTON.NoButton,
            BUTTON.LeftButton,
        )
        for number in range(1, STEPS)
    ]
    bench.send(QEvent.Type.MouseButtonRelease, start, BUTTON.LeftButton, BUTTON.NoButton)
    worked = time.process_time()
    for _ in range(5):
        time.sleep(0.05)
        QApplication.processEvents()
    return steps, (time.process_time() - worked) * 1000


def _swing(number: int) -> float:
    return REACH_PX * math.sin(number / 12)


def idle(bench: Bench) -> list[Step]:
    """Return steps that only paint the canvas once more."""
    taken = []
    for _ in range(STEPS // 4):
        bench.canvas.update()
        place = QPointF(2, 2)
        taken.append(bench.send(QEvent.Type.MouseMove, place, BUTTON.NoButton, BUTTON.NoButton))
    return taken


def starter() -> RosetteParamSpec:
    """Return the starter with most pieces."""
    return RosetteParamSpec.read(json.loads((PRESETS / STARTER).read_text()), STARTER)


def eight_rings(families: tuple[str, ...]) -> RosetteParamSpec:
    """Return eight rings of 200 tiles or so each, with a land before each."""
    rings, edge_mm = [], INNER_MM
    for index, family in enumerate(families):
        inner_mm = edge_mm + (LAND_MM if index else 0.0)
        edge_mm = inner_mm + RING_MM
        rings.append(
            {
                "ring_index": index,
                "width_mm": RING_MM,
                "gap_before_mm": LAND_MM if index else 0.0,
                "pattern_type": family,
                "materials": ["indian_rosewood", "holly"],
                "tile_length_mm": math.pi * (inner_mm + edge_mm) / TILES,
                **({"pattern": PATTERNS[family]} if family in PATTERNS else {}),
            }
        )
    return RosetteParamSpec.read(
        {
            "inner_diameter_mm": 2 * INNER_MM,
            "outer_diameter_mm": round(2 * edge_mm, 6),
            "soundhole_diameter_mm": 2 * INNER_MM - 6,
            "ring_params": rings,
        },
        "benchmark design",
    )


def main() -> None:
    """Print median and 95th percentile for each design and dragged ring."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    style.apply(application, style.LIGHT)
    bench = Bench()
    designs = {
        "starter": starter(),
        "8 x 200 tiles": eight_rings(FAMILIES),
        "8 with curves": eight_rings(CURVED),
    }
    for name, design in designs.items():
        for ring_index in (0, len(design.ring_params) // 2, len(design.ring_params) - 1):
            steps, settled_ms = drag(bench, design, ring_index)
            wall = sorted(step.wall_ms for step in steps)
            work = sorted(step.work_ms for step in steps)
            bare = sorted(step.work_ms for step in idle(bench))
            middle, late = len(steps) // 2, len(steps) * 95 // 100
            print(
                f"{name}, ring {ring_index} of {len(design.ring_params)}: median "
                f"{wall[middle]:.1f} ms (target 16), 95th percentile {wall[late]:.1f} ms (target "
                f"33); of it work of this process {work[middle]:.1f} and {work[late]:.1f} ms, "
                f"{work[middle] / bare[len(bare) // 2]:.1f} x a bare repaint; exact again after "
                f"{settled_ms:.0f} ms of work"
            )
            which = f"step of a drag, {name}, ring {ring_index}"
            figure(f"{which}, median", wall[middle], "ms", most(16), floor=bare[len(bare) // 2])
            figure(f"{which}, 95 %", wall[late], "ms", most(33))
    bench.window.close()


if __name__ == "__main__":
    main()
