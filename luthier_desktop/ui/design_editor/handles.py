"""The two handles of the selected ring, and the drag of an edge with its snapping."""

from __future__ import annotations

import math
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.geometry import RingRadii, polar
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.ui import units
from luthier_desktop.ui.design_editor import ring_edits, stack_edits
from luthier_desktop.ui.design_editor.edits import Edit
from luthier_desktop.ui.design_editor.snapping import (
    FINE_GRID_MM,
    GRID_MM,
    RingEdge,
    Snap,
    Snaps,
)
from luthier_desktop.ui.design_editor.surroundings import Surroundings
from luthier_desktop.ui.design_editor.view import View

HIT_PX = 9.0
APART_PX = 24.0
INSET_PX = 14.0
THRESHOLD_PX = 4.0
THIN_PX = 3.0


class Handle(NamedTuple):
    """A handle: its edge and where it stands on the widget."""

    edge: RingEdge
    place: QPointF


def handles(radii: RingRadii, view: View, area: QRectF) -> tuple[Handle, ...]:
    """Return the handles of a ring: at 3 o'clock where that is in sight, else towards the middle.

    The handles of a narrow ring stand apart along the ring, so that each can be taken.
    """
    inside = area.adjusted(INSET_PX, INSET_PX, -INSET_PX, -INSET_PX)
    angle_deg = 90.0
    if not inside.contains(_place(radii.mean_mm, angle_deg, view)):
        middle = view.to_mm(area.center())
        angle_deg = math.degrees(math.atan2(middle.x(), -middle.y()))
    lacking_px = max(0.0, APART_PX - radii.width_mm * view.px_per_mm)
    along_deg = math.degrees(lacking_px / 2 / max(1.0, radii.mean_mm * view.px_per_mm))
    return (
        Handle(RingEdge.OUTER, _place(radii.outer_mm, angle_deg - along_deg, view)),
        Handle(RingEdge.INNER, _place(radii.inner_mm, angle_deg + along_deg, view)),
    )


def handle_at(found: tuple[Handle, ...], place: QPointF) -> Handle | None:
    """Return the handle under *place*, the nearer one of two."""
    near = [(_distance(handle.place, place), handle) for handle in found]
    distance, handle = min(near, key=lambda pair: pair[0], default=(math.inf, None))
    return handle if distance <= HIT_PX else None


def ring_under(design: RosetteParamSpec, place: QPointF, view: View) -> str | None:
    """Return the ring under *place*; a thin ring is a little wider to the hand."""
    radius_mm = _radius(view.to_mm(place))
    found = [
        (max(radii.inner_mm - radius_mm, radius_mm - radii.outer_mm), ring.identity)
        for ring, radii in zip(design.ring_params, ring_radii(design), strict=True)
    ]
    off_mm, ring_id = min(found, default=(THIN_PX, ""))
    return ring_id if off_mm * view.px_per_mm <= THIN_PX and ring_id else None


class EdgeDrag:
    """A drag of one edge of one ring: every step builds one edit from the design at its start."""

    def __init__(
        self, design: RosetteParamSpec, position: int, edge: RingEdge, around: Surroundings
    ) -> None:
        self.edge = edge
        self.position = position
        self.edit: Edit | None = None
        self.hint = ""
        self.snap: Snap | None = None
        self.begun = False
        self._design = design
        self._snaps = Snaps(design, position, edge, around)
        self._radii = ring_radii(design)[position]
        ring = design.ring_params[position]
        self._field = "width_mm" if ring.measured_width_mm is None else "measured_width_mm"
        self._pressed = QPointF()
        self._start_mm = 0.0

    @property
    def after(self) -> RosetteParamSpec:
        """The design as the drag leaves it now."""
        return self._design if self.edit is None else self.edit.after

    @property
    def width_mm(self) -> float:
        """The ring's width where the drag began."""
        return self._radii.width_mm

    def begin(self, pressed: QPointF, view: View) -> None:
        """Take the handle at the place that was pressed."""
        self._pressed = pressed
        self._start_mm = _radius(view.to_mm(pressed))

    def move(self, place: QPointF, view: View, *, fine: bool) -> bool:
        """Follow the cursor; False while it has not left the threshold."""
        self.begun = self.begun or _distance(place, self._pressed) >= THRESHOLD_PX
        if self.begun:
            by_mm = _radius(view.to_mm(place)) - self._start_mm
            self._build(self._snapped(by_mm, view, fine=fine))
        return self.begun

    def design_at(self, width_mm: float) -> RosetteParamSpec:
        """Return the design with the ring this wide.

        Raises:
            InputRefused: There is no room for it.
        """
        edit = self._edit(round(width_mm, 6))
        return self._design if edit is None else edit.after

    def radius_mm(self, width_mm: float) -> float:
        """Return where the edge lies when the ring is this wide."""
        inner_mm, outer_mm = self._radii
        outwards = self.edge is RingEdge.OUTER
        return inner_mm + width_mm if outwards else outer_mm - width_mm

    def _snapped(self, by_mm: float, view: View, *, fine: bool) -> Snap:
        """Return the place that the edge is drawn to, else the one on the grid."""
        width_mm = self._snaps.width_mm(by_mm)
        near = None if fine else self._snaps.nearest(width_mm, view.px_per_mm)
        return near or self._snaps.on_grid(width_mm, FINE_GRID_MM if fine else GRID_MM)

    def _build(self, snap: Snap) -> None:
        try:
            self.edit = self._edit(snap.width_mm)
        except LuthierError as refused:
            # A lock, or a neighbour without more room: the edge stays at the last good place.
            self.hint = self.hint or units.worded(refused.sentence)
            return
        self.snap = snap
        radii = ring_radii(self.after)[self.position]
        radius_mm = radii.outer_mm if self.edge is RingEdge.OUTER else radii.inner_mm
        change_mm = radii.width_mm - self._radii.width_mm
        sign = "-" if change_mm < 0 else "+"
        self.hint = (
            f"{units.brief(radii.width_mm)} ({sign}{units.bare(abs(change_mm))})  ·  "
            f"{self.edge} r {units.brief(radius_mm)}{'  ·  ' + snap.word if snap.word else ''}"
        )

    def _edit(self, width_mm: float) -> Edit | None:
        if self.edge is RingEdge.OUTER:
            return ring_edits.set_length(self._design, self.position, self._field, width_mm)
        by_mm = self._radii.width_mm - width_mm
        return stack_edits.move_inner_edge(self._design, self.position, by_mm)


def _place(radius_mm: float, angle_deg: float, view: View) -> QPointF:
    return view.to_px(*polar(radius_mm, angle_deg))


def _radius(place_mm: QPointF) -> float:
    return math.hypot(place_mm.x(), place_mm.y())


def _distance(a: QPointF, b: QPointF) -> float:
    return math.hypot(a.x() - b.x(), a.y() - b.y())
