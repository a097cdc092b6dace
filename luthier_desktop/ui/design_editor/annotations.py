"""What other panels say about the rings, as it is shown over the picture."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QPainter

from luthier_desktop.domain.feasibility.risk import RiskBucket
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.ui.design_editor import drag_painting, overlay
from luthier_desktop.ui.design_editor.edits import position_of
from luthier_desktop.ui.design_editor.view import View


class Annotations:
    """Verdicts and margins by ring identity, the ring pointed at, and the shop's own values."""

    def __init__(self) -> None:
        self.verdicts: Mapping[str, RiskBucket] = {}
        self.heats: Mapping[str, float] = {}
        self.pointed: str | None = None
        self.assumed: Mapping[str, object] = {}

    def paint(
        self, painter: QPainter, design: RosetteParamSpec, selected: int | None, view: View,
        *, tinted: bool = False,
    ) -> None:  # fmt: skip
        """Draw the verdicts, then the ring that is pointed at, then the selection on top.

        *tinted*: each ring has the colour of its margin instead of the outline of its verdict.
        """
        radii = ring_radii(design)
        marks = self._marks(design)
        if tinted:
            drag_painting.paint_tints(painter, design, self.heats, view)
        else:
            overlay.paint_marks(painter, marks, view)
        pointed = position_of(design, self.pointed)
        if pointed is not None:
            overlay.paint_pointed(painter, radii[pointed], view)
        if selected is not None:
            overlay.paint_selection(painter, radii[selected], view, lightly=tinted)
        overlay.paint_badges(painter, marks, view)

    def _marks(self, design: RosetteParamSpec) -> list[overlay.Mark]:
        marks = []
        for ring, radii in zip(design.ring_params, ring_radii(design), strict=True):
            verdict = self.verdicts.get(ring.identity, RiskBucket.GREEN)
            if verdict is not RiskBucket.GREEN:
                marks.append(overlay.Mark(radii, verdict))
        return marks
