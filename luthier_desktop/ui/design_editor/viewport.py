"""Which part of the design the canvas shows: fit, zoom and pan."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Signal
from PySide6.QtWidgets import QWidget

from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.ui.design_editor.view import View, fitted

ZOOM_A_NOTCH = 1.2
MARGIN_MM = 4.0
LEAST_REACH_MM = 8.0


class Look(NamedTuple):
    """How a design is looked at: *fits* when all of it is shown, whatever the size."""

    view: View
    fits: bool


class Viewport(QObject):
    """The view of one canvas; while it ``fits``, a change of size fits the rosette again."""

    moved = Signal()

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._fitted_mm = 0.0
        self.view = View(4.0, 0.0, 0.0)
        self.fits = True

    @property
    def look(self) -> Look:
        """How the design is looked at now, to come back to."""
        return Look(self.view, self.fits)

    def come_back(self, look: Look | None, design: RosetteParamSpec) -> None:
        """Look at *design* as before, or at all of it."""
        if look is None or look.fits:
            self.fit(design)
        else:
            self.fits = False
            self._set(look.view)

    def fit(self, design: RosetteParamSpec) -> None:
        """Show the whole rosette, now and after a change of size."""
        self.fits = True
        self._fitted_mm = design.outer_diameter_mm
        outer_mm = [radii.outer_mm for radii in ring_radii(design)]
        radius_mm = max([design.outer_diameter_mm / 2, *outer_mm]) + MARGIN_MM
        self._look_at(QRectF(-radius_mm, -radius_mm, 2 * radius_mm, 2 * radius_mm))

    def fit_again(self, design: RosetteParamSpec) -> None:
        """Fit the rosette when its diameter changed; edits of rings leave the view alone."""
        if self.fits and design.outer_diameter_mm != self._fitted_mm:
            self.fit(design)

    def show_ring(self, radii: RingRadii) -> None:
        """Show one ring large, at 3 o'clock, where its handles are."""
        self.fits = False
        reach_mm = max(LEAST_REACH_MM, 2.5 * radii.width_mm)
        self._look_at(
            QRectF(radii.mean_mm - reach_mm, -reach_mm, 2 * reach_mm, 2 * reach_mm)
        )

    def zoom(self, notches: float, at: QPointF) -> None:
        """Zoom in (positive) or out; what lies under *at* stays there."""
        self.scale(ZOOM_A_NOTCH**notches, at)

    def scale(self, factor: float, at: QPointF) -> None:
        """Show everything *factor* times as large; what lies under *at* stays there."""
        self.fits = False
        self._set(self.view.zoomed(factor, at))

    def pan(self, by: QPointF) -> None:
        """Move what is shown by so many pixels."""
        self.fits = False
        self._set(self.view.panned(by))

    def _look_at(self, area_mm: QRectF) -> None:
        self._set(fitted(area_mm, QSizeF(self._canvas.size())))

    def _set(self, view: View) -> None:
        if view != self.view:
            self.view = view
            self.moved.emit()
