"""What a step of the history looked like, and whether it could be made: drawn in idle moments."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QElapsedTimer, QObject, QRectF, QSize, QSizeF, QTimer, Signal
from PySide6.QtGui import QPixmap

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.feasibility.findings import Scored
from luthier_desktop.domain.feasibility.risk import RiskBucket
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.ui import style
from luthier_desktop.ui.design_editor.picture import Frame, Picture
from luthier_desktop.ui.design_editor.surroundings import surroundings
from luthier_desktop.ui.design_editor.view import fitted

MOST_LOOKS = 256
"""So many looks are kept; the ones that were not asked for longest are drawn again."""
MOST_WAITING = 64
SIDE_PX = 44

Judge = Callable[[RosetteParamSpec], Scored]


class StepVerdict(NamedTuple):
    """The verdict of a step in short, and that of each ring by its identity."""

    status: str
    score: float | None
    rings: Mapping[str, RiskBucket]

    @property
    def text(self) -> str:
        """The verdict with its sign and number, such as ``✓ Green 92.1``."""
        sign = style.risk_sign(self.status)
        number = "" if self.score is None else f" {self.score:.1f}"
        return f"{sign.glyph} {sign.word}{number}"

    @property
    def spoken(self) -> str:
        """The verdict without its sign."""
        return self.text.partition(" ")[2]


class StepLook(NamedTuple):
    """The small picture and the verdict of one design; the design is held, so its id lasts."""

    design: RosetteParamSpec
    picture: QPixmap
    verdict: StepVerdict


class StepLooks(QObject):
    """Looks by design; one that is not at hand is drawn later, and ``drawn`` comes then.

    One picture is kept for all, so that of two steps that follow each other only the ring that
    changed is built anew.
    """

    drawn = Signal()

    def __init__(
        self,
        picture: Picture,
        judge: Judge,
        parent: QObject | None = None,
        most: int = MOST_LOOKS,
    ) -> None:
        super().__init__(parent)
        self._picture = picture
        self._most = most
        self._judge = judge
        self._looks: OrderedDict[int, StepLook] = OrderedDict()
        self._waiting: OrderedDict[int, RosetteParamSpec] = OrderedDict()
        self._pixel_ratio = 1.0
        self._is_drawing = False

    def __len__(self) -> int:
        return len(self._looks)

    def look(self, design: RosetteParamSpec, pixel_ratio: float) -> StepLook | None:
        """Return how *design* looks, or None and draw it when there is time."""
        found = self._looks.get(id(design))
        if found is not None and found.picture.devicePixelRatioF() == pixel_ratio:
            self._looks.move_to_end(id(design))
            return found
        self._waiting[id(design)] = design
        self._waiting.move_to_end(id(design))
        if len(self._waiting) > MOST_WAITING:
            self._waiting.popitem(last=False)
        if not self._is_drawing:
            self._is_drawing = True
            self._pixel_ratio = pixel_ratio
            QTimer.singleShot(0, self, self._draw_next)
        return None

    def verdict(self, design: RosetteParamSpec) -> StepVerdict:
        """Return the verdict of *design*, judged at once if need be."""
        found = self._looks.get(id(design))
        return found.verdict if found is not None else self._judged(design)

    def forget(self) -> None:
        """Judge and draw everything anew: the setup of the shop is another one."""
        self._looks.clear()
        self.drawn.emit()

    def _draw_next(self) -> None:
        """Draw one look a turn, the one asked for last; then leave the window as much time."""
        self._is_drawing = False
        if not self._waiting:
            return
        took = QElapsedTimer()
        took.start()
        key, design = self._waiting.popitem()
        frame = stack_frame(design, self._pixel_ratio)
        picture = self._picture.pixmap(design, frame, hurried=False).copy()
        self._looks[key] = StepLook(design, picture, self._judged(design))
        if len(self._looks) > self._most:
            self._looks.popitem(last=False)
        if self._waiting:
            self._is_drawing = True
            QTimer.singleShot(took.elapsed(), self, self._draw_next)
        self.drawn.emit()

    def _judged(self, design: RosetteParamSpec) -> StepVerdict:
        try:
            scored = self._judge(design)
        except LuthierError:
            return StepVerdict("NA", None, {})
        rings = {ring.ring_id: ring.risk_bucket for ring in scored.rings}
        return StepVerdict(scored.risk_bucket, scored.score, rings)


def stack_frame(design: RosetteParamSpec, pixel_ratio: float) -> Frame:
    """Return the frame that shows the whole stack where it crosses 3 o'clock.

    A whole rosette on so few pixels would look the same before and after most edits.
    """
    radii = ring_radii(design)
    inner_mm = min([design.inner_diameter_mm / 2, *(ring.inner_mm for ring in radii)])
    outer_mm = max([design.outer_diameter_mm / 2, *(ring.outer_mm for ring in radii)])
    side_mm = outer_mm - inner_mm
    area_mm = QRectF(inner_mm, -side_mm / 2, side_mm, side_mm)
    view = fitted(area_mm, QSizeF(SIDE_PX, SIDE_PX))
    return Frame(view, QSize(SIDE_PX, SIDE_PX), pixel_ratio, surroundings(design, {}))
